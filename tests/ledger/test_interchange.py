"""What is exported and imported is equal in every row; a file that is not as it was exported is refused by its line."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from ledger_sample import join, raised, record, told
from oddities import odd
from postgres import Server

from bot.__main__ import main
from bot.exits import Exit
from bot.ledger import Ledger, LedgerError, one_writer
from bot.ledger.errors import Damaged, NewerSchema
from bot.ledger.interchange.as_lines import line_of, taken, told_in
from bot.ledger.interchange.counted import Counted
from bot.ledger.interchange.exporting import export
from bot.ledger.interchange.importing import take_in
from bot.ledger.keeping.inspection import Tally
from bot.ledger.tables.columns import metadata

_numbers = count(1)


SINCE = {
    "conflict_party",
    "share_link",
    "share_link_end",
    "webhook",
    "webhook_post",
    "mailing",
    "capture",
}  # tables that schema 0019 had not


COLUMNS_SINCE = {"fingerprint": "day", "position": "said_by_id"}  # columns that schema 0019 had not


def before(lines: list[str], schema: str) -> list[str]:
    """The same record as a release with schema 0019 exported it."""
    told = [told_in(line) for line in lines]
    first, *rows, last = told
    shape = {
        name: [column for column in columns if column != COLUMNS_SINCE.get(name)]
        for name, columns in first["tables"].items()
        if name not in SINCE
    }
    old = [
        {"table": one["table"], "row": {column: one["row"][column] for column in shape[one["table"]]}}
        for one in rows
        if one["table"] in shape
    ]
    digests = dict(last["digests"])
    for name in COLUMNS_SINCE:
        counted = Counted()
        for one in old:
            if one["table"] == name:
                counted.add([taken(metadata.tables[name].columns[key], value) for key, value in one["row"].items()])
        digests[name] = counted.digest
    head = first | {"schema": schema, "tables": shape}
    end = last | {"digests": digests}
    return [line_of(head), *map(line_of, old), line_of(end)]


@pytest.fixture
def place(tmp_path: Path, blank_at: Callable[[Path], str]) -> str:
    """A record with one alert."""
    with Ledger.open(blank_at(tmp_path / "a.db"), durable=False) as ledger:
        raised(ledger)
    return str(tmp_path / "a.db")


@pytest.fixture
def lines(place: str) -> list[str]:
    return list(export(place))


def test_every_row_of_every_table_comes_through_by_way_of_postgresql(
    tmp_path: Path, blank_at: Callable[[Path], str], postgresql: Server
) -> None:
    start, there = blank_at(tmp_path / "a.db"), postgresql.database(f"taken{next(_numbers)}")
    with Ledger.open(start, durable=False) as ledger, ledger._writing() as connection:
        odd(connection)
    out = list(export(start))
    assert take_in(there, out).rows == dict.fromkeys(metadata.tables, 3)
    assert list(export(there)) == out, "byte for byte"
    take_in(str(tmp_path / "b.db"), export(there))
    assert list(export(str(tmp_path / "b.db"))) == out


def test_what_was_imported_goes_on_where_it_was(place: str, tmp_path: Path) -> None:
    with Ledger.open(place) as ledger:
        join(ledger, 1001)
        before, conflicts, cards = ledger.status(), ledger.conflicts(), ledger.untold()
    with one_writer(place):  # a service runs
        take_in(str(tmp_path / "b.db"), export(place))
    with Ledger.open(str(tmp_path / "b.db")) as ledger:
        tally = Tally()
        assert (list(ledger.inspect(tally)), tally.proven["texts"]) == ([], 3)
        assert (ledger.status(), ledger.conflicts(), ledger.untold()) == (before, conflicts, cards)
        record(ledger, told("The bridge will stand in spring.", "next"))  # under the next free numbers
        assert ledger.status().articles == before.articles + 1


def test_every_line_is_json_that_says_what_it_is(lines: list[str]) -> None:
    first, *rows, last = map(json.loads, lines)
    assert (first["onrecord"], first["version"]) == ("record", 1)
    assert first["tables"] == {table.name: [one.name for one in table.columns] for table in metadata.sorted_tables}
    assert all(set(row) == {"table", "row", "check"} for row in rows)
    assert sum(last["rows"].values()) == len(rows)


ALTERED: dict[str, Callable[[list[str]], tuple[list[str], int]]] = {
    "a letter": lambda lines: (changed(lines, 1, lines[1].replace("Harbour", "Harbor")), 2),
    "a digit of the check": lambda lines: (changed(lines, 4, lines[4][:-4] + "x" + lines[4][-3:]), 5),
    "a line cut off": lambda lines: (changed(lines, 4, lines[4][:40]), 5),
    "the end missing": lambda lines: (lines[:-1], len(lines)),
    "a row of another table before its own": lambda lines: ([lines[0], lines[-2], *lines[1:-2], lines[-1]], 2),
    "a line missing": lambda lines: (lines[:4] + lines[5:], len(lines) - 1),
    "a line twice": lambda lines: (lines[:2] + lines[1:], 3),
    "two lines in each other's place": lambda lines: ([lines[0], lines[2], lines[1], *lines[3:]], 3),
    "something after the end": lambda lines: ([*lines, lines[-2]], len(lines) + 1),
    "nothing": lambda _: ([], 1),
    "another file": lambda _: (["Buy fish.\n"], 1),
    "the beginning missing": lambda lines: (lines[1:], 1),
    "a value of another kind": lambda lines: (retold(lines, 1, "id", "one"), 2),
    "a value missing": lambda lines: (retold(lines, 1, "key", None), 2),
    "another form": lambda lines: (changed(lines, 0, line_of(told_in(lines[0]) | {"version": 2})), 1),
    "an unknown column": lambda lines: (
        changed(lines, 0, line_of(told_in(lines[0]) | {"tables": {"article": ["colour"]}})),
        1,
    ),
}


def changed(lines: list[str], at: int, line: str) -> list[str]:
    assert line != lines[at]
    return [*lines[:at], line, *lines[at + 1 :]]


def retold(lines: list[str], at: int, column: str, value: object) -> list[str]:
    """With another value in a line, and its check right again."""
    was = told_in(lines[at])
    return changed(lines, at, line_of({"table": was["table"], "row": was["row"] | {column: value}}))


@pytest.mark.parametrize("how", ALTERED)
def test_a_file_that_was_altered_is_refused_by_its_line_and_nothing_is_kept(
    how: str, lines: list[str], tmp_path: Path, blank_at: Callable[[Path], str]
) -> None:
    altered, number = ALTERED[how](lines)
    there = blank_at(tmp_path / "b.db")
    with pytest.raises(Damaged) as refused:
        take_in(there, altered)
    assert refused.value.line == number
    assert str(refused.value).startswith(f"line {number}: ")
    take_in(there, lines)  # as empty as it was


def test_a_place_that_holds_a_record_is_refused(place: str, lines: list[str]) -> None:
    with pytest.raises(LedgerError, match="holds a record already, and nothing is ever written over one"):
        take_in(place, lines)


def test_a_record_of_an_older_schema_is_brought_forward_and_one_of_a_newer_is_refused(
    lines: list[str], tmp_path: Path
) -> None:
    was = told_in(lines[0])
    take_in(str(tmp_path / "b.db"), before(lines, "0019"))
    assert list(export(str(tmp_path / "b.db"))) == lines
    with pytest.raises(NewerSchema, match="install that release"):
        take_in(str(tmp_path / "c.db"), [line_of(was | {"schema": "9999"}), *lines[1:]])


def test_the_commands_write_a_new_private_file_packed_or_not_and_take_it_in(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ONRECORD_DATABASE_URL", place)
    for name in ("record.jsonl", "record.jsonl.gz"):
        assert main(["export", str(tmp_path / name)]) == Exit.OK
        assert (tmp_path / name).stat().st_mode & 0o777 == 0o600
    assert gzip.decompress((tmp_path / name).read_bytes()) == (tmp_path / "record.jsonl").read_bytes()
    assert main(["export", str(tmp_path / name)]) == Exit.FAILURE
    assert "is there already; nothing is ever written over a file" in capsys.readouterr().err
    monkeypatch.setenv("ONRECORD_DATABASE_URL", str(tmp_path / "b.db"))
    assert main(["import", str(tmp_path / name)]) == Exit.OK
    assert "2 texts, 2 statements, 1 alerts" in capsys.readouterr().err
    assert list(export(str(tmp_path / "b.db"))) == list(export(place))
    with one_writer(place):
        monkeypatch.setenv("ONRECORD_DATABASE_URL", place)
        assert main(["import", str(tmp_path / name)]) == Exit.BUSY
    packed = (tmp_path / name).read_bytes()
    monkeypatch.setenv("ONRECORD_DATABASE_URL", str(tmp_path / "c.db"))
    for damaged in (packed[:-200], packed[:60] + b"\xff" * 40 + packed[100:], packed[:-8] + b"\0" * 8):
        (tmp_path / name).write_bytes(damaged)
        assert main(["import", str(tmp_path / name)]) == Exit.FAILURE
        assert "nothing was imported" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
