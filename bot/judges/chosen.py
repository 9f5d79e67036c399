"""The judge that the settings choose: loaded and checked here, before anything runs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from bot.judges import cross_encoder, nli, plugin
from bot.judges.errors import JudgeError
from bot.judges.guarding import Careful, count, guarded, guarded_encoder, guarded_reader
from bot.judges.llm.allowance import Allowance
from bot.judges.llm.client import Client, Server
from bot.judges.llm.judge import LlmJudge
from bot.judges.llm.reader import LlmReader
from bot.judges.remembering import Remembering

if TYPE_CHECKING:
    from bot.opinions import Encoder, Judge, Reader
    from config.settings import Judging

_BUILT_IN = "built_in"  # the folder of our own weights


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Who is asked beside the rules; None: nobody."""

    judge: Judge | None = None
    reader: Reader | None = None
    encoder: Encoder | None = None


def choose(settings: Judging, key: str = "") -> Chosen:
    """The judge and the reader of the settings; JudgeError says what is wrong with them.

    Weights are loaded and tried; a plugin's module runs; a language model is not asked anything yet (see `reach`).
    """
    encoder = _encoder(settings)
    if settings.use != "llm":
        return Chosen(judge=_local(settings, settings.use), encoder=encoder)
    client = _client(settings, key)
    judge = guarded("the language model", LlmJudge(client, _local(settings, settings.fallback)))
    reader = guarded_reader("the language model", LlmReader(client)) if settings.reads else None
    return Chosen(judge=Remembering(judge), reader=reader, encoder=encoder)


def reach(settings: Judging, key: str = "") -> str:
    """What stands between us and the language model of the settings, in a sentence; empty: nothing."""
    return _client(settings, key).reach() if settings.use == "llm" else ""


def _local(settings: Judging, use: str) -> Judge | None:
    directory = Path(settings.directory).expanduser()
    match use:
        case "built_in":
            return Careful(guarded("the built-in judge", _built_in(settings)))
        case "nli":
            return guarded(f"the judge in {directory}", nli.load(directory))
        case "plugin":
            return guarded(f"judge plugin {settings.plugin!r}", plugin.load(settings.plugin))
        case _:
            return None


def _encoder(settings: Judging) -> Encoder | None:
    """What tells the meaning of statements: our own weights, whichever judge is asked about pairs."""
    if settings.use == "rules":
        return None
    found = _built_in(settings)
    return guarded_encoder("the built-in network", found.read) if found.glances else None


def _built_in(settings: Judging) -> cross_encoder.CrossEncoder:
    used = settings.fallback if settings.use == "llm" else settings.use
    own = settings.directory if used == "built_in" else ""
    return _loaded(Path(own).expanduser() if own else _weights())


@lru_cache(maxsize=2)
def _loaded(directory: Path) -> cross_encoder.CrossEncoder:
    """The weights in a directory, loaded once for all that they are asked."""
    return cross_encoder.load(directory)


def _weights() -> Path:
    """Where the package keeps its own weights."""
    place = Path(str(resources.files("bot.judges"))) / _BUILT_IN
    if not place.is_dir():
        raise JudgeError(
            "this installation comes without weights for the built-in judge: name the directory that holds them",
        )
    return place


def _client(settings: Judging, key: str) -> Client:
    server = Server(url=settings.endpoint, model=settings.model, seconds=settings.seconds, key=key)
    allowance = Allowance(calls_an_hour=settings.calls_an_hour, tokens_a_day=settings.tokens_a_day)
    return Client(server, allowance, failed=count)
