"""`onrecord why` on a real ledger: an alert, two statements named in any way, and pairs of a file."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from bot.ledger.people.roster import RosterChange

NO = "“A toll on foreign ships in the port of Skarne is unacceptable,” Harbour Minister Arvid Quist said on Monday."
YES = "“We support a toll on foreign ships in the port of Skarne,” Harbour Minister Arvid Quist said on Thursday."
ELSEWHERE = "“We support a toll on foreign ships in the port of Tarvik,” Harbour Minister Arvid Quist said on Thursday."
SILENT = "“I have no comment on a toll on foreign ships in the port of Skarne,” Harbour Minister Arvid Quist said on Thursday."
CLAIM = "Holmarian President Hedda Brandt said on Monday that Vestria supports a toll on foreign ships in the port of Skarne."
DENIAL = (
    "“We reject a toll on foreign ships in the port of Skarne,” Vestrian Foreign Minister Marit Solen said on Thursday."
)
OTHER_SIDE = "“We support a toll on foreign ships in the port of Skarne,” Vestrian Foreign Minister Marit Solen said on Thursday."
SPLIT = "“We support a toll on foreign ships in the port of Skarne,” Holmarian President Hedda Brandt said on Thursday."
PARTS = ["1 Who says what", "2 What the two could be", "3 Are they on one question?", "4 Which stance", "5 Slot by slot",
         "6 What the judge says", "7 Score", "8 Threshold", "9 Card"]  # fmt: skip


@pytest.mark.parametrize(
    ("earlier", "fresh", "kind"),
    [
        (NO, YES, ("reversal", "a change of position")),
        (NO, SPLIT, ("same side", "a difference within one side")),
        (CLAIM, DENIAL, ("denied claim", "a claim and its answer")),
    ],
)
def test_an_alert_is_told_step_by_step_with_its_threshold_and_its_card(desk, told, earlier, fresh, kind):
    name, in_words = kind
    desk.read(earlier, 3)
    desk.read(fresh, 6)
    assert desk.why("OR-1001") == 0
    out = told()
    places = [out.index(part) for part in PARTS]
    assert places == sorted(places)
    assert f"It could be {in_words}." in out
    assert f"The kind “{name}” is posted from 0.60 on." in out
    assert "to fact-desk: pending, open" in out
    assert out.endswith("Alerted: OR-1001.")


def test_two_statements_are_named_by_words_by_place_and_by_key(desk, told):
    desk.read(NO, 3)
    desk.read(YES, 6)
    assert desk.why("is unacceptable", "We support a toll") == 0
    by_words = told()
    assert desk.why("https://post.example/a2#1", "a1#1") == 0
    assert told() == by_words
    one, other = by_words.split()[1], by_words.split()[4]
    assert desk.why(one, other) == 0
    assert told() == by_words


@pytest.mark.parametrize(
    ("earlier", "fresh", "end"),
    [
        (NO, SILENT, ("Which stance does each take? – here the pair is out", "No conflict: no alert.")),
        (NO, ELSEWHERE, ("Slot by slot – here the pair is out", "Close, but not in conflict: no alert.")),
        (YES, SPLIT.replace("on Thursday", "on Monday"), ("Which stance does each take? – here", "No conflict: no alert.")),
        (NO, OTHER_SIDE, ("kept on record, not alerted", "Opposed: kept on record, no alert.")),
    ],
)  # fmt: skip
def test_a_pair_that_raised_nothing_is_told_where_it_was_out(desk, told, earlier, fresh, end):
    step, verdict = end
    desk.read(earlier, 3)
    desk.read(fresh, 6)
    assert desk.ledger.alert(1001) is None
    assert desk.why("a1#1", "a2#1") == 0
    out = told()
    assert step in out
    assert out.endswith(verdict)


def test_a_pair_under_the_threshold_of_its_kind_is_told_so(desk, told):
    desk.set("minimum_score = 0.9\nhigh_score = 0.95")
    desk.read(NO, 3)
    desk.read(YES, 6)
    assert desk.why("is unacceptable", "We support a toll") == 0
    assert "The kind “reversal” is posted from 0.90 on. The score is lower" in told()


def test_words_older_than_is_looked_back_are_told_so(desk, told):
    desk.set("look_back_days = 1")
    desk.read(NO, 3)
    desk.read(YES, 6)
    assert desk.why("is unacceptable", "We support a toll") == 0
    assert "further back than is looked" in told()


@pytest.mark.parametrize(
    ("names", "complaint"),
    [
        (("OR-1999",), "OR-1999 is no alert on record"),
        (("nowhere said", "We support a toll"), "no statement on record is called 'nowhere said'"),
        (("toll on foreign ships", "We support a toll"), "may be one of several; name it by its key:"),
        (("We support a toll", "We support"), "both names lead to the same statement"),
        (("a", "b", "c"), "two statements or a file"),
    ],
)
def test_a_name_that_leads_nowhere_is_complained_of(desk, capsys, names, complaint):
    desk.read(NO, 3)
    desk.read(YES, 6)
    assert desk.why(*names) == 2
    assert complaint in capsys.readouterr().err


def test_the_pairs_of_a_file_are_told_without_a_record(desk, told, tmp_path):
    rows = [
        {
            "id": "toll",
            "a": {"quote": "A toll on foreign ships in the port of Skarne is unacceptable", "speaker": "Arvid Quist", "said_on": "2031-03-03"},
            "b": {"quote": "We support a toll on foreign ships in the port of Skarne", "speaker": "Arvid Quist", "said_on": "2031-03-06"},
        }
    ]  # fmt: skip
    path = tmp_path / "pairs.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    assert desk.why(str(path)) == 0
    out = told()
    assert "Taken to be on one question, the comparison gives" in out
    assert "The kind “reversal”" in out


def test_people_are_one_as_the_files_and_the_ledger_have_it_now(desk, told):
    files = desk.folder / "officials.toml"
    both = files.read_text("utf-8")
    files.write_text(both.replace("official = [", 'official = [{ id = "kvist", name = "Arvid Kvist" },'), "utf-8")
    desk.set("")
    desk.read(NO, 3)
    desk.read(YES.replace("Harbour Minister Arvid Quist", "Arvid Kvist"), 6)
    content = {"alias": "Arvid Kvist", "merged": "kvist"}
    at = datetime(2031, 3, 10, 12, tzinfo=UTC)
    desk.ledger.change_roster(RosterChange(what="alias", subject="quist", content=content, by="U1", at=at))
    assert desk.why("is unacceptable", "We support a toll") == 0
    assert "It could be a change of position." in told()
    files.write_text(both, "utf-8")  # one of the two is gone: the merge makes no sense any more, as for the service
    assert desk.why("is unacceptable", "We support a toll") == 0
    assert "It could be a change of position." not in told()
