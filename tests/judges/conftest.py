"""Positions of fictional officials written by hand, small real models, and a language model's server on loopback."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

from bot.model import Party, Position, Said, Source, Span, Speaker, Statement, content_key

PEOPLE = {
    "orla": Party(name="Orla Brandt", side="havmark", role="the Transport Minister", rank="minister"),
    "pell": Party(name="Jens Pell", side="havmark", role="government spokesman", rank="spokesman"),
    "ruiz": Party(name="Tova Ruiz", side="estmark", role="Foreign Minister of Estmark", rank="minister"),
    "havmark": Party(name="Havmark", side="havmark", person=False),
    "estmark": Party(name="Estmark", side="estmark", person=False),
    "nobody": Party(name="Ane Lund"),
}
START = date(2031, 3, 4)
Say = Callable[..., Position]


def position(
    who: str,
    words: str,
    *,
    day: int | None = 0,
    holder: str | None = None,
    claimed: bool = False,
    content: str | None = None,
    before: str = "",
    cue: str | None = "said",
    negated: bool = False,
    stance: str = "for",
    proposition: str = "The bridge is closed to lorries",
) -> Position:
    """A position of a fictional official, said `day` days after the start (None: no date known)."""
    on = START + timedelta(days=day or 0)
    retrieved = datetime(2031, 6, 1, tzinfo=UTC)
    statement = Statement(
        source=Source(
            article=content_key(who, words)[:8], outlet="Havn Herald", url=None, title="", published=None,
            retrieved=retrieved, text_hash=content_key(who, words, str(day)),
        ),
        kind="indirect" if negated else "direct",
        span=Span(start=0, end=len(words)),
        quote=words,
        verbatim=(),
        cue=cue,
        speaker=Speaker(party=PEOPLE[who], as_written=PEOPLE[who].name, span=Span(start=0, end=0)),
        holder=PEOPLE[holder or who],
        said=None if day is None else Said(first=on, last=on, how="test"),
        content=content or words,
        negated=negated,
        before=before,
    )  # fmt: skip
    return Position(
        statement=statement,
        holder=PEOPLE[holder or who],
        topic="made-bridge",
        topic_name="the bridge",
        proposition="made-bridge",
        proposition_text=proposition,
        stance=stance,
        strength=0.7,
        claimed_by=PEOPLE[who] if claimed else None,
    )


@pytest.fixture(scope="session")
def say() -> Say:
    """A position made by hand, with the arguments of `position`."""
    return position


# What each word adds to the three numbers of the small models: conflict, agree, unrelated.
WEIGHTS = {
    "[PAD]": (9.0, 9.0, -9.0),  # must never count
    "[UNK]": (0.0, 0.0, 0.0),
    "[CLS]": (0.0, 0.0, 0.0),
    "[SEP]": (0.0, 0.0, 0.0),
    "not": (2.5, 0.0, 0.0),
    "no": (2.5, 0.0, 0.0),
    "indeed": (0.0, 3.0, 0.0),
    "closed": (0.1, 0.0, 0.0),
}


def weights(
    folder: Path, *, order: tuple[int, ...] = (0, 1, 2), inputs: tuple[str, ...] = (), outputs: int = 3
) -> None:
    """A real model and its tokenizer: the sum of what each word adds, the numbers put in `order`."""
    words = list(WEIGHTS)
    tokenizer = Tokenizer(models.WordLevel({word: index for index, word in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    tokenizer.save(str(folder / "tokenizer.json"))
    table = np.array([[WEIGHTS[word][column] for column in order] for word in words], dtype=np.float32)[:, :outputs]
    names = ("input_ids", "attention_mask", *inputs)
    graph = helper.make_graph(
        [
            helper.make_node("Gather", ["table", "input_ids"], ["added"]),
            helper.make_node("Cast", ["attention_mask"], ["mask"], to=TensorProto.FLOAT),
            helper.make_node("Unsqueeze", ["mask", "last"], ["wide"]),
            helper.make_node("Mul", ["added", "wide"], ["counted"]),
            helper.make_node("ReduceSum", ["counted", "middle"], ["logits"], keepdims=0),
        ],
        "words",
        [helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "length"]) for name in names],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["batch", outputs])],
        [
            numpy_helper.from_array(table, "table"),
            numpy_helper.from_array(np.array([-1]), "last"),
            numpy_helper.from_array(np.array([1]), "middle"),
        ],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    onnx.checker.check_model(model)
    onnx.save(model, str(folder / "model.onnx"))


CARD = {
    "version": 1,
    "name": "small",
    "rendering": 1,
    "labels": ["conflict", "agree", "unrelated"],
    "max_length": 64,
    "temperature": 1.0,
}


@pytest.fixture(scope="session")
def make_weights() -> Callable[..., None]:
    """Writes a small real model and its tokenizer into a folder."""
    return weights


@pytest.fixture(scope="session")
def card() -> dict[str, Any]:
    """The judge.json of the small model."""
    return CARD


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A directory of our own cross-encoder."""
    folder = tmp_path / "own"
    folder.mkdir()
    weights(folder)
    (folder / "judge.json").write_text(json.dumps(CARD))
    return folder


@pytest.fixture
def inference(tmp_path: Path) -> Path:
    """A directory of a model of inference, whose numbers stand in another order."""
    folder = tmp_path / "inference"
    folder.mkdir()
    weights(folder, order=(1, 2, 0))
    names = {"0": "ENTAILMENT", "1": "neutral", "2": "contradiction"}
    (folder / "config.json").write_text(json.dumps({"id2label": names, "max_position_embeddings": 512}))
    return folder


@dataclass
class Endpoint:
    """An OpenAI-compatible server whose model is a function from the request to the text of its answer."""

    url: str
    model: Callable[[dict[str, Any]], str] = lambda request: "{}"
    status: int = 200
    raw: bytes | None = None  # sent instead of a completion
    headers: dict[str, str] = field(default_factory=dict)
    tokens: int | None = 100
    held: threading.Event | None = None  # the answer waits for it
    requests: list[dict[str, Any]] = field(default_factory=list)
    seen: list[dict[str, str]] = field(default_factory=list)  # headers
    paths: list[str] = field(default_factory=list)


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    """A server on loopback that answers as its fields say."""

    class Answers(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            at.requests.append(request)
            at.seen.append({name.casefold(): value for name, value in self.headers.items()})
            at.paths.append(self.path)
            if at.held:
                at.held.wait(20)
            reply: dict[str, Any] = {"choices": [{"message": {"role": "assistant", "content": at.model(request)}}]}
            if at.tokens is not None:
                reply["usage"] = {"total_tokens": at.tokens}
            body = json.dumps(reply).encode() if at.raw is None else at.raw
            self.send_response(at.status)
            for name, value in {"Content-Length": str(len(body)), **at.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # a client that has read enough hangs up
    at = Endpoint(url=f"http://127.0.0.1:{server.server_port}/v1")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield at
    if at.held:
        at.held.set()
    server.shutdown()
    thread.join()
    server.server_close()
