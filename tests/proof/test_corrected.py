"""A file issued before a statement was corrected still holds, the ledger says what came since, and forgeries are found."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_sample import join, on_day, raised, record
from ledger_sample import told as story

from bot.__main__ import main
from bot.correcting import Correcting
from bot.demo.stories import with_invented_country
from bot.ledger import Ledger
from bot.mending import Mending
from bot.model import Alert
from bot.proof import form
from bot.proof.check import Verdict, against, alone
from bot.proof.issue import issue
from config.load import load
from config.schema import Channel
from watchers.model import Article

NOW = datetime(2025, 3, 6, 12, tzinfo=UTC)
ISSUED, SINCE = NOW + timedelta(hours=1), NOW + timedelta(hours=2)
BACKED = "“We support joining the Northern Grid,” Velmarkian Finance Minister Tomas Reede said on Monday."
REJECTED = "“We reject joining the Northern Grid,” Velmarkian Energy Minister Anna Kolb said on Wednesday."


def article(name: str, text: str, day: int) -> Article:
    return Article(
        id=name,
        keys=(f"id:{name}",),
        url=f"https://times.example/{name}",
        outlet="The Harbour Times",
        title=name,
        text=f"Velmarkian Prime Minister Ilse Marken spoke in the capital. {text}",
        published=datetime(2025, 3, day, 9, tzinfo=UTC),
        retrieved=NOW,
    )


@pytest.fixture(scope="module")
def pipeline() -> Correcting:
    return Correcting(with_invented_country(load(environ={})).model_copy(update={"channels": (Channel(id="desk"),)}))


@pytest.fixture(scope="module")
def grid(pipeline: Correcting, blank: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a ledger in which Reede stands against Kolb on the grid, to be copied."""
    file = Path(shutil.copyfile(blank, tmp_path_factory.mktemp("grid") / "onrecord.db"))
    with Ledger.open(str(file), durable=False) as ledger:
        pipeline.record(article("yes", BACKED, 3), ledger, now=NOW)
        pipeline.record(article("no", REJECTED, 5), ledger, now=NOW)
    return file


@pytest.fixture
def ledger(grid: Path, tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(str(shutil.copyfile(grid, tmp_path / "onrecord.db")), durable=False) as opened:
        yield opened


def only_alert(ledger: Ledger) -> Alert:
    (alert,) = ledger.conflicts()
    return alert


def mend(pipeline: Correcting, ledger: Ledger, given_: Mapping[str, str], at: datetime = SINCE) -> Alert:
    """The alert with its fresh statement put right."""
    said = only_alert(ledger).conflict.fresh.statement
    mending = pipeline.understood(ledger, said, given_)
    assert isinstance(mending, Mending), mending
    pipeline.mend(ledger, said, mending, "U1", "she was quoted", at)
    return only_alert(ledger)


def file_of(ledger: Ledger, at: datetime = ISSUED) -> form.Proof:
    made = issue(ledger, only_alert(ledger).number, at)
    assert made is not None
    return made


def test_a_file_of_before_a_correction_holds_and_it_is_said_what_was_corrected_by_whom(
    pipeline: Correcting, ledger: Ledger, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "proof.json"
    path.write_bytes(form.written(file_of(ledger)))
    before, after = only_alert(ledger), mend(pipeline, ledger, {"speaker": "Ilse Marken"})
    assert after.conflict.key != before.conflict.key
    assert after.conflict.title != before.conflict.title
    assert main(["verify", str(path), "--against", str(tmp_path / "onrecord.db")]) == 0
    said = capsys.readouterr().out
    assert "FAULT" not in said
    assert "was so when the file was issued; corrected since on 6 Mar 2025 by U1 (she was quoted): speaker from" in said
    assert "from “Anna Kolb" in said
    assert "to “Ilse Marken" in said


@pytest.mark.parametrize("given_", [{"date": "2025-03-04"}, {"words": "joining the Northern Grid"}, {"stance": "for"}])
def test_it_holds_whatever_was_corrected(pipeline: Correcting, ledger: Ledger, given_: dict[str, str]) -> None:
    proof = file_of(ledger)
    mend(pipeline, ledger, given_)
    found = against(proof, ledger, SINCE)
    assert found.faults == ()
    assert any("; corrected since on" in line for line in found.untold) or only_alert(ledger).state == "withdrawn"


def test_it_holds_between_two_corrections(pipeline: Correcting, ledger: Ledger) -> None:
    first = file_of(ledger)
    mend(pipeline, ledger, {"speaker": "Ilse Marken"})
    between = file_of(ledger, SINCE + timedelta(hours=1))
    mend(pipeline, ledger, {"date": "2025-03-04"}, SINCE + timedelta(hours=2))
    last = file_of(ledger, SINCE + timedelta(hours=3))
    told = [against(one, ledger, SINCE + timedelta(hours=4)) for one in (first, between, last)]
    assert [one.faults for one in told] == [(), (), ()]
    assert [sum("corrected since" in line for line in one.untold) for one in told] == [1, 1, 0]


@pytest.mark.parametrize("heads", [True, False])
def test_it_holds_where_a_statement_was_withdrawn(
    tmp_path: Path, blank_at: Callable[[Path], str], *, heads: bool
) -> None:
    with Ledger.open(blank_at(tmp_path / "other.db"), durable=False) as ledger:
        number = raised(ledger)
        join(ledger, number)
        proof = issue(ledger, number, ISSUED)
        alert = ledger.alert(number)
        assert proof is not None
        assert alert is not None
        gone = alert.conflict.fresh if heads else alert.joined[0]
        ledger.withdraw_statement(gone.statement, "misheard", "U1", SINCE)
        found = against(proof, ledger, SINCE)
    assert found.faults == ()
    assert any("; withdrawn since on 6 Mar 2025 by U1 (misheard)." in line for line in found.untold)


def test_what_an_alert_never_showed_is_found_though_it_is_on_record_and_was_corrected(
    tmp_path: Path, blank_at: Callable[[Path], str]
) -> None:
    with Ledger.open(blank_at(tmp_path / "other.db"), durable=False) as ledger:
        mine, other = raised(ledger, mark=" 1"), raised(ledger, mark=" 2")
        join(ledger, other)
        record(ledger, story("It was a mistake.", "apart", **on_day(3)))
        proofs = [issue(ledger, number, ISSUED) for number in (mine, other)]
        alert = ledger.alert(other)
        assert alert is not None
        for one in (*alert.conflict.heads, *alert.joined):
            ledger.withdraw_statement(one.statement, "misheard", "U1", SINCE)
        first, second = (json.loads(form.written(one)) for one in proofs if one)
        for part in ("statements", "positions", "texts"):
            first[part].append(second[part][-1])  # what joined the other one
        found = _against(first, ledger)
    assert any("does not show the statement" in fault for fault in found.faults)


@pytest.fixture(scope="module")
def corrected(
    grid: Path, pipeline: Correcting, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Ledger, bytes]]:
    """A ledger in which a statement was corrected, with a file of before."""
    file = shutil.copyfile(grid, tmp_path_factory.mktemp("corrected") / "onrecord.db")
    with Ledger.open(str(file), durable=False) as ledger:
        proof = file_of(ledger)
        mend(pipeline, ledger, {"speaker": "Ilse Marken"})
        assert against(proof, ledger, SINCE).faults == ()
        yield ledger, form.written(proof)


def _against(told: dict[str, Any], ledger: Ledger) -> Verdict:
    """What is found where the digest was reckoned anew, so that the file by itself is without a fault."""
    proof = form.Proof.model_validate_json(json.dumps(told))
    found = alone(form.written(proof.model_copy(update={"digest": form.digest(proof)})))
    assert found.proof is not None
    return found if found.faults else against(found.proof, ledger, SINCE)


WORDS = st.text(st.sampled_from("abcdefgxyzABC"), min_size=1, max_size=12)
FORGED = {  # what a file by itself cannot tell
    ("statements", "content"): WORDS,
    ("statements", "before"): WORDS,
    ("statements", "after"): WORDS,
    ("statements", "cue"): WORDS,
    ("statements", "negated"): st.booleans(),
    ("statements", "caveats"): st.lists(WORDS, max_size=2),
    ("statements", "said_first"): st.dates().map(str),
    ("statements", "said_last"): st.dates().map(str),
    ("statements", "kind"): st.sampled_from(["direct", "mixed", "indirect"]),
    ("statements", "speaker", "as_written"): WORDS,
    ("statements", "speaker", "party", "name"): WORDS | st.just("Ilse Marken"),
    ("positions", "stance"): st.sampled_from(["for", "against", "conditional", "open"]),
    ("positions", "strength"): st.floats(0, 1),
    ("positions", "proposition_text"): WORDS,
    ("positions", "holder", "name"): WORDS | st.just("Ilse Marken"),
    ("positions", "operators"): st.lists(WORDS, max_size=2),
    ("alert", "number"): st.integers(1, 2000),
    ("alert", "title"): WORDS,
    ("alert", "score"): st.floats(0, 1),
    ("alert", "lede"): WORDS,
    ("alert", "why"): WORDS,
    ("alert", "check_first"): st.lists(WORDS, max_size=2),
    ("alert", "strength"): st.sampled_from(["high", "medium"]),
    ("alert", "channel"): WORDS,
    ("alert", "answer"): st.sampled_from(["deferred", "denied"]),
}


@settings(max_examples=60)
@given(data=st.data())
def test_a_forged_change_of_a_corrected_statement_is_still_found(
    corrected: tuple[Ledger, bytes], data: st.DataObject
) -> None:
    ledger, file = corrected
    told = json.loads(file)
    (part, *path, last), values = data.draw(st.sampled_from(sorted(FORGED.items(), key=str)))
    place = told[part] if part == "alert" else data.draw(st.sampled_from(told[part]))
    for name in path:
        place = place[name]
    forged = data.draw(values.filter(lambda value: value != place[last]))
    place[last] = forged
    assert _against(told, ledger).faults
