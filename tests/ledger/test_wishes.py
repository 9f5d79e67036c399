"""What channels and people wish to hear of, and what was set in Slack: added to, ended, never changed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from ledger_sample import DAY, NOW
from sqlalchemy import delete, update

from bot.ledger import Ledger, LedgerError, Target
from bot.ledger.flow_records import effective
from bot.ledger.people.roster import MERGED, RosterChange
from bot.ledger.tables import flow as flow_tables
from config.schema import Channel

HOUR = timedelta(hours=1)
BRIDGE = Target(kind="topic", id="bridge", name="the strait bridge")
MARA = Target(kind="person", id="velden", name="Mara Velden")


def test_a_mute_holds_until_its_end_and_no_longer(ledger: Ledger) -> None:
    mute = ledger.mute("desk", BRIDGE, NOW + 2 * HOUR, "U1", NOW)
    assert (mute.audience, mute.target, mute.until, mute.by) == ("desk", BRIDGE, NOW + 2 * HOUR, "U1")
    assert ledger.mutes(NOW + HOUR) == (mute,)
    assert ledger.mutes(NOW + HOUR, "politics") == ()
    assert ledger.mutes(NOW + 2 * HOUR) == ()


def test_a_mute_without_time_ahead_is_refused(ledger: Ledger) -> None:
    with pytest.raises(ValueError, match="ends later than it begins"):
        ledger.mute("desk", BRIDGE, NOW, "U1", NOW)


def test_a_mute_is_ended_early_by_somebody_and_only_where_it_was_made(ledger: Ledger) -> None:
    ledger.mute("desk", BRIDGE, NOW + DAY, "U1", NOW)
    mine = ledger.mute("U2", BRIDGE, NOW + DAY, "U2", NOW)
    (ended,) = ledger.unmute("desk", BRIDGE, "U3", NOW + HOUR)
    assert (ended.ended_by, ended.ended_at) == ("U3", NOW + HOUR)
    assert ledger.mutes(NOW + HOUR) == (mine,)
    assert ledger.unmute("desk", BRIDGE, "U3", NOW + HOUR) == ()


def test_two_mutes_of_one_target_end_together(ledger: Ledger) -> None:
    ledger.mute("desk", BRIDGE, NOW + HOUR, "U1", NOW)
    ledger.mute("desk", BRIDGE, NOW + DAY, "U2", NOW)
    assert len(ledger.unmute("desk", BRIDGE, "U3", NOW)) == 2
    assert ledger.mutes(NOW) == ()


def test_following_twice_is_following_once(ledger: Ledger) -> None:
    wish, new = ledger.follow("U1", MARA, "U1", NOW)
    again, newer = ledger.follow("U1", Target(kind="person", id="velden", name="M. Velden"), "U1", NOW + HOUR)
    assert (new, newer, again) == (True, False, wish)
    assert ledger.unfollow("U1", MARA, "U1", NOW + DAY) != ()
    assert ledger.follows(NOW + DAY) == ()
    assert ledger.follow("U1", MARA, "U1", NOW + DAY)[1]


def test_the_last_preference_holds_over_the_file_and_is_given_back(ledger: Ledger) -> None:
    files = (Channel(id="desk", topics=("bridge",), cap=7),)
    assert ledger.prefer("desk", "topics", ["quay"], "U1", NOW) is None
    before = ledger.prefer("desk", "topics", [], "U2", NOW + HOUR)
    assert before is not None
    assert (before.value, before.by, before.at) == (["quay"], "U1", NOW)
    ledger.prefer("desk", "quiet", "", "U2", NOW)
    (desk,) = effective(files, ledger.preferences())
    assert (desk.topics, desk.cap, desk.quiet) == ((), 7, "")
    ledger.prefer("desk", "topics", None, "U1", NOW + DAY)
    (desk,) = effective(files, ledger.preferences())
    assert desk.topics == ("bridge",)


def test_a_place_that_no_file_names_is_sent_what_it_follows_and_what_a_route_was_set_for(ledger: Ledger) -> None:
    ledger.follow("U1", MARA, "U1", NOW)
    ledger.prefer("C9", "kinds", ["reversal"], "U2", NOW)
    places = {place.id: place for place in ledger.flow((Channel(id="desk"),), NOW).channels}
    assert list(places) == ["desk", "C9", "U1"]
    assert (places["C9"].kinds, places["U1"].kinds) == (("reversal",), ())


def test_every_change_is_in_the_audit_with_before_and_after(ledger: Ledger) -> None:
    ledger.mute("desk", BRIDGE, NOW + DAY, "U1", NOW)
    ledger.unmute("desk", BRIDGE, "U2", NOW + HOUR)
    ledger.prefer("desk", "cap", 5, "U1", NOW + 2 * HOUR)
    ledger.prefer("desk", "cap", None, "U3", NOW + 3 * HOUR)
    ledger.follow("U1", MARA, "U1", NOW + 4 * HOUR)
    told = [(one.by, one.what, one.subject, one.before, one.after) for one in ledger.flow_changes()]
    assert told == [
        ("U1", "followed", "person Mara Velden", "", ""),
        ("U3", "set", "cap", "5", "as the file says"),
        ("U1", "set", "cap", "as the file says", "5"),
        ("U2", "unmuted", "topic the strait bridge", "until 2025-03-05 09:30 UTC", ""),
        ("U1", "muted", "topic the strait bridge", "", "until 2025-03-05 09:30 UTC"),
    ]
    assert [one.what for one in ledger.flow_changes("U1")] == ["followed"]
    assert len(ledger.flow_changes(limit=2)) == 2


@pytest.mark.parametrize("table", ["wish", "wish_end", "preference", "routed", "bulletin_alert", "trouble"])
def test_no_row_is_ever_changed_or_deleted(ledger: Ledger, table: str) -> None:
    from test_bulletins import everything

    everything(ledger)
    rows = getattr(flow_tables, table)
    for change in (delete(rows), update(rows).values({next(iter(rows.c)): 4711})):
        with pytest.raises(LedgerError, match="never changed"), ledger._writing() as connection:
            connection.execute(change)


def test_routes_follows_and_mutes_of_an_entry_are_the_person_s_it_was_merged_into_and_come_back(
    ledger: Ledger,
) -> None:
    old = Target(kind="person", id="m-velden", name="M. Velden")
    ledger.prefer("desk", "officials", ["m-velden", "brandt", "velden"], "U1", NOW)
    follow, _ = ledger.follow("U1", old, "U1", NOW)
    ledger.mute("desk", old, NOW + DAY, "U1", NOW)
    content = {"alias": "M. Velden", MERGED: "m-velden"}
    merge = ledger.change_roster(RosterChange(what="alias", subject="velden", content=content, by="U2", at=NOW))
    assert merge is not None
    seen = ledger.flow((Channel(id="desk"),), NOW + HOUR)
    assert seen.channels[0].officials == ("velden", "brandt")
    assert [one.target for one in (*seen.follows, *seen.mutes)] == [MARA, MARA]
    assert ledger.follow("U1", MARA, "U1", NOW + HOUR)[1] is False, "she is followed already"
    assert len(ledger.unmute("desk", MARA, "U1", NOW + HOUR)) == 1
    undone = RosterChange(what="undone", subject="velden", content={}, by="U2", at=NOW, undoes=merge.number)
    ledger.change_roster(undone)
    seen = ledger.flow((Channel(id="desk"),), NOW + HOUR)
    assert seen.channels[0].officials == ("m-velden", "brandt", "velden")
    assert seen.follows == (follow,)
