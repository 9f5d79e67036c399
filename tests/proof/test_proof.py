"""A proof file proves itself anywhere, any change of it is found, and a ledger at hand is held against it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_sample import IDA, NO, NOW, YES, conflict, join, on_day, raised, record, told

from bot.__main__ import main
from bot.ledger import Ledger
from bot.ledger.keeping.retention import AROUND
from bot.proof import form, pieces
from bot.proof.check import Verdict, against, alone
from bot.proof.issue import Unprovable, issue

LATER = NOW + timedelta(hours=2)
LONG = "The harbour was calm that morning, and the ferries went as they should. " * 60


@pytest.fixture
def ledger(tmp_path: Path, blank_at: Callable[[Path], str]) -> Iterator[Ledger]:
    with Ledger.open(blank_at(tmp_path / "onrecord.db"), durable=False) as opened:
        yield opened


def long_story(ledger: Ledger) -> int:
    """An alert on two articles of several thousand characters, the quotation in their midst."""
    stories = []
    for quote, name, stance, day in ((YES, "yes", "for", 1), (NO, "no", "against", 3)):
        of, _ = told(f"{LONG}”{quote} \ufdd0 \x00 \ud800“{LONG}", name, stance=stance, **on_day(day))
        stories.append((of, held(of, quote, stance, day)))
    record(ledger, *stories)
    with ledger.work() as work:
        alert = work.alert(conflict(stories[1][1], stories[0][1]), "desk", "high", NOW)
        work.commit()
    assert alert is not None
    return alert.number


def held(of: Any, quote: str, stance: str, day: int) -> Any:
    from ledger_sample import position, statement

    return position(statement(of, quote, **on_day(day)), stance)


def proof_of(ledger: Ledger, number: int, *, whole: bool = False) -> form.Proof:
    made = issue(ledger, number, LATER, whole=whole)
    assert made is not None
    return made


def resealed(proof: form.Proof) -> bytes:
    """As somebody would forge it who reckons the digest anew."""
    return form.written(proof.model_copy(update={"digest": form.digest(proof)}))


@pytest.mark.parametrize("whole", [False, True])
def test_a_file_proves_itself_with_nothing_else_at_hand(ledger: Ledger, whole: bool) -> None:
    number = long_story(ledger)
    join(ledger, number)
    ledger.decide(number, "confirm", "U1", "", NOW + timedelta(hours=1))
    content = form.written(proof_of(ledger, number, whole=whole))
    found = alone(content)
    assert found.faults == ()
    assert len(found.holds) == 2
    assert any("excerpts" in line for line in found.untold) is not whole
    proof = found.proof
    assert proof is not None
    assert [one.part for one in proof.positions] == ["earlier", "fresh", "joined"]
    assert [line.what for line in proof.decisions] == ["confirm"]


def test_what_it_carries_of_a_text_is_what_stands_around_the_quotation(ledger: Ledger) -> None:
    text = proof_of(ledger, long_story(ledger)).texts[0]
    carried = [place for place, one in enumerate(text.pieces) if one.text is not None]
    assert 0 < len(carried) * form.SIZE < len(YES) + 2 * AROUND + 4 * form.SIZE < (text.length or 0)


def test_the_hash_of_all_pieces_is_that_of_the_stored_text(ledger: Ledger) -> None:
    some, every = (proof_of(ledger, long_story_once(ledger), whole=whole).texts[0] for whole in (False, True))
    assert some.root == every.root == pieces.root([one.hash for one in every.pieces], every.length or 0)


def long_story_once(ledger: Ledger) -> int:
    return ledger.conflicts()[0].number if ledger.conflicts() else long_story(ledger)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory, blank: Path) -> bytes:
    place = shutil.copyfile(blank, tmp_path_factory.mktemp("proof") / "onrecord.db")
    with Ledger.open(str(place), durable=False) as ledger:
        number = long_story(ledger)
        ledger.decide(number, "dismiss", "U1", "old news", NOW + timedelta(hours=1))
        return form.written(proof_of(ledger, number))


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_any_changed_byte_is_found(file: bytes, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(file) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda one: one != file[place]))
    assert alone(file[:place] + bytes([byte]) + file[place + 1 :]).faults


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_any_byte_that_is_put_in_or_left_out_is_found(file: bytes, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(file) - 1))
    end = data.draw(st.integers(place, min(len(file), place + 50)))
    more = data.draw(st.binary(max_size=5))
    changed = file[:place] + more + file[end:]
    if changed != file:
        assert alone(changed).faults


@settings(max_examples=40, deadline=None)
@given(
    noise=st.binary(max_size=200)
    | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(lambda one: json.dumps(one).encode())
)
def test_no_file_whatever_it_holds_is_more_than_a_fault(noise: bytes) -> None:
    assert alone(noise).faults


def forged(file: bytes, change: Callable[[dict[str, Any]], object]) -> Verdict:
    told_ = json.loads(file)
    change(told_)
    return alone(resealed(form.Proof.model_validate_json(json.dumps(told_))))


def _reworded(told_: dict[str, Any]) -> None:
    told_["statements"][0]["quote"] = told_["statements"][0]["quote"].replace("build", "raise")


def _moved(told_: dict[str, Any]) -> None:
    told_["statements"][0]["start"] += 1
    told_["statements"][0]["end"] += 1


def _piece_reworded(told_: dict[str, Any]) -> None:
    piece = next(one for one in told_["texts"][0]["pieces"] if one["text"] and "bridge" in one["text"])
    piece["text"] = piece["text"].replace("bridge", "tunnel")


def _piece_swapped(told_: dict[str, Any]) -> None:
    held_ = told_["texts"][0]["pieces"]
    held_[0], held_[1] = held_[1], held_[0]


def _piece_dropped(told_: dict[str, Any]) -> None:
    del told_["texts"][0]["pieces"][-1]


def _other_text(told_: dict[str, Any]) -> None:
    told_["texts"][0]["hash"] = "0" * 64


def _turned(told_: dict[str, Any]) -> None:
    first, second = told_["positions"]
    first["statement"], second["statement"] = second["statement"], first["statement"]


def _longer(told_: dict[str, Any]) -> None:
    told_["texts"][0]["length"] += 1


def _early(told_: dict[str, Any]) -> None:
    told_["issued"] = "2001-01-01T00:00:00Z"


def _outside(told_: dict[str, Any]) -> None:
    told_["statements"][0]["verbatim"] = [[0, 4]]


CHANGES = (
    _reworded,
    _moved,
    _piece_reworded,
    _piece_swapped,
    _piece_dropped,
    _other_text,
    _turned,
    _longer,
    _early,
    _outside,
)


@pytest.mark.parametrize("change", CHANGES)
def test_what_does_not_fit_together_is_found_though_the_digest_was_reckoned_anew(
    file: bytes, change: Callable[[dict[str, Any]], None]
) -> None:
    assert forged(file, lambda told_: None).faults == ()
    assert forged(file, change).faults


@pytest.mark.parametrize("score", ["Infinity", "-Infinity", "NaN", "1e400"])
def test_a_number_that_no_json_has_is_a_fault(file: bytes, score: str) -> None:
    told_ = json.loads(file)
    assert alone(file.replace(f'"score": {told_["alert"]["score"]}'.encode(), f'"score": {score}'.encode())).faults


@pytest.mark.parametrize("place", [10**11, 10**30])
def test_a_place_beyond_every_text_is_a_fault_and_takes_no_memory(ledger: Ledger, place: int) -> None:
    number = long_story(ledger)
    ledger.let_go(LATER, LATER)
    told_ = json.loads(form.written(proof_of(ledger, number)))
    for one in told_["texts"][0]["excerpts"]:
        one["start"] += place
    assert alone(resealed(form.Proof.model_validate_json(json.dumps(told_)))).faults


def _undecided(told_: dict[str, Any]) -> None:
    told_["decisions"], told_["state"]["review"] = [], "open"


def _surer(told_: dict[str, Any]) -> None:
    told_["alert"]["score"] = 0.99


def _other_reason(told_: dict[str, Any]) -> None:
    told_["alert"]["why"] = "Because it is so."


def _other_stance(told_: dict[str, Any]) -> None:
    told_["positions"][0]["stance"] = "conditional"


def _other_holder(told_: dict[str, Any]) -> None:
    told_["positions"][1]["holder"]["name"] = "Ida Korr"


def _other_speaker(told_: dict[str, Any]) -> None:
    told_["statements"][0]["speaker"]["party"]["name"] = "Ida Korr"


def _other_day(told_: dict[str, Any]) -> None:
    told_["statements"][0]["said_first"] = "2020-01-01"


@pytest.mark.parametrize(
    "change", [_undecided, _surer, _other_reason, _other_stance, _other_holder, _other_speaker, _other_day]
)
def test_what_the_ledger_alone_knows_is_found_against_it(
    ledger: Ledger, change: Callable[[dict[str, Any]], None]
) -> None:
    number = long_story(ledger)
    ledger.decide(number, "dismiss", "U1", "old news", NOW + timedelta(hours=1))
    told_ = json.loads(form.written(proof_of(ledger, number)))
    change(told_)
    found = alone(resealed(form.Proof.model_validate_json(json.dumps(told_))))
    assert found.faults == ()
    assert found.proof is not None
    assert against(found.proof, ledger, LATER).faults


def test_of_a_text_that_was_let_go_the_excerpts_are_proven_and_the_file_says_what_is_not(ledger: Ledger) -> None:
    number = long_story(ledger)
    before = proof_of(ledger, number)
    assert ledger.let_go(LATER, LATER) == 2
    found = alone(form.written(proof_of(ledger, number)))
    assert found.faults == ()
    assert any("let go" in line for line in found.untold)
    assert against(before, ledger, LATER).faults == ()


def test_a_ledger_at_hand_confirms_it_and_tells_what_came_later(ledger: Ledger) -> None:
    number = long_story(ledger)
    proof = proof_of(ledger, number)
    assert against(proof, ledger, LATER) == Verdict(
        proof=proof, holds=("The ledger holds the same texts, quotations, alert and decisions.",)
    )
    ledger.decide(number, "confirm", "U1", "", LATER)
    join(ledger, number)
    later = against(proof, ledger, LATER + timedelta(hours=1))
    assert later.faults == ()
    assert len(later.untold) == 2


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("alert", "title = 'Another'"),
        ("statement", "content = 'Another'"),
        ("decision", "note = 'already known'"),
        ("article", "text = replace(text, 'bridge', 'tunnel')"),
    ],
)
def test_a_ledger_that_says_otherwise_is_a_fault(ledger: Ledger, table: str, change: str) -> None:
    number = long_story(ledger)
    ledger.decide(number, "dismiss", "U1", "old news", NOW + timedelta(hours=1))
    proof = proof_of(ledger, number)
    with ledger._writing() as connection:
        triggers = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars().all()
        for trigger in triggers:
            connection.exec_driver_sql(f"DROP TRIGGER {trigger}")
        connection.exec_driver_sql(f"UPDATE {table} SET {change}")  # noqa: S608
    assert against(proof, ledger, LATER).faults


def test_a_forged_file_that_fits_together_is_found_against_the_ledger(
    ledger: Ledger, tmp_path: Path, blank: Path
) -> None:
    number = long_story(ledger)
    with Ledger.open(str(shutil.copyfile(blank, tmp_path / "other.db")), durable=False) as other:
        record(other, told("We never wanted it.", "a", IDA), told("We always wanted it.", "b", IDA))
        assert raised(other) == number
        forged_ = proof_of(other, number)
    assert alone(form.written(forged_)).faults == ()
    assert against(forged_, ledger, LATER).faults


def test_no_file_is_issued_of_evidence_that_does_not_hold(ledger: Ledger) -> None:
    number = long_story(ledger)
    with ledger._writing() as connection:
        connection.exec_driver_sql("UPDATE article SET text = replace(text, 'bridge', 'tunnel')")
    with pytest.raises(Unprovable, match="altered"):
        issue(ledger, number, LATER)


def onrecord(*words: str, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    root = str(Path(__file__).resolve().parents[2])
    return subprocess.run(
        [sys.executable, "-m", "bot", *words], cwd=cwd, env={"PYTHONPATH": root}, capture_output=True, check=False
    )


def test_the_commands_write_it_here_and_prove_it_in_another_directory(ledger: Ledger, tmp_path: Path) -> None:
    number = long_story(ledger)
    ledger.close()
    (tmp_path / "onrecord.toml").write_text(f'[ledger]\npath = "{tmp_path}/onrecord.db"\n')
    issued = onrecord("proof", f"OR-{number}", "--config", str(tmp_path), cwd=tmp_path)
    assert issued.returncode == 0, issued.stderr
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "proof.json").write_bytes(issued.stdout)
    proven = onrecord("verify", "proof.json", cwd=elsewhere)
    assert (proven.returncode, proven.stderr) == (0, b"")
    assert b"Proven: The file is as it was issued" in proven.stdout
    assert sorted(path.name for path in elsewhere.iterdir()) == ["proof.json"]


def test_the_commands_say_what_does_not_hold(
    file: bytes, ledger: Ledger, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    number = long_story(ledger)
    ledger.decide(number, "dismiss", "U1", "old news", NOW + timedelta(hours=1))
    ours, path = str(tmp_path / "onrecord.db"), tmp_path / "proof.json"
    path.write_bytes(file)
    (tmp_path / "onrecord.toml").write_text(f'[ledger]\npath = "{ours}"\n')
    own = ["--config", str(tmp_path)]
    for against_it in (["--against", ours], [*own, "--against"]):
        assert main(["verify", str(path), *against_it]) == 0
        assert "The ledger holds the same" in capsys.readouterr().out
    path.write_bytes(file.replace(b"bridge", b"tunnel", 1))
    assert main(["verify", str(path), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["faults"]
    assert main(["proof", "OR-9", *own]) == 1
    assert main(["proof", "nine", *own]) == 2
