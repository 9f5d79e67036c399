"""The card says what ALERT asks for, in its words, at every size and in every state."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.ledger import Change, Decided, FlowChange, Mend, Track
from bot.model import Span
from bot.slack.blocks import Desk, answers, card, deeds, evidence, joined, threads, triage, wording
from bot.slack.blocks.parts import ROOMY
from bot.slack.validate import WHOLE, faults, size


def block(payload, name):
    return next(one for one in payload["blocks"] if one["block_id"].startswith(f"{name}:"))


def button_ids(payload):
    return [button["action_id"] for button in block(payload, "triage")["elements"]]


def meta(payload):
    return block(payload, "meta")["elements"][0]["text"]


@pytest.fixture
def reversal(story):
    """The same words as a change of position of one person."""
    conflict = story.conflict
    velden = conflict.earlier.claimed_by
    fresh = replace(conflict.fresh, holder=velden, stance="against", defers_to=None)
    earlier = replace(conflict.earlier, holder=velden, claimed_by=None)
    changed = replace(conflict, kind="reversal", fresh=fresh, earlier=earlier, bridge=None, answer=None)
    return replace(story.alert, conflict=changed)


def test_a_card_says_first_what_an_outlet_did_to_the_words_it_shows(story):
    conflict = story.conflict
    said = replace(conflict.earlier.statement, amended="the outlet took these words out, as seen on 5 Mar 2025")
    edited = replace(conflict, earlier=replace(conflict.earlier, statement=said))
    why = block(card(replace(story.alert, conflict=edited), story.desk), "why")["text"]["text"]
    assert (
        f"{said.source.outlet}: the outlet took these words out, as seen on 5 Mar 2025" in why.split("Check first:")[1]
    )
    assert "took these words out" not in str(card(story.alert, story.desk))


def test_an_open_card_holds_the_whole_story(story):
    payload = card(story.alert, story.desk)
    assert faults(payload) == ()
    assert payload["text"] == (
        "Halasz vs Velden on monitors at the strait: possible conflict over Orlik’s position, high confidence. "
        + story.conflict.lede
    )
    assert (payload["channel"], payload["unfurl_links"], payload["unfurl_media"]) == ("C0FACTDESK", False, False)
    assert payload["metadata"] == {
        "event_type": "onrecord_alert",
        "event_payload": {"alert_id": "OR-1042", "kind": "denied_claim", "dedupe_key": "d" * 64},
    }
    assert [one["block_id"] for one in payload["blocks"]] == [
        f"{part}:OR-1042:1" for part in ("head", "lede", "pair", "why", "meta", "triage")
    ]
    assert block(payload, "head")["text"]["text"] == "Halasz vs Velden on monitors at the strait"
    assert block(payload, "lede")["text"]["text"] == (
        "*Possible conflict over Orlik’s position.* " + story.conflict.lede
    )
    assert [field["text"] for field in block(payload, "pair")["fields"]] == [
        "Earlier · Mon 24 Feb 2031\n"
        "*Mara Velden*, President of Ardenia\n"
        "_on Tomas Orlik’s position_\n"
        ">“Yes, he will accept that” … “I put that very question to him. He is fine with it.”\n"
        "<https://harbour.example.org/story?a=1&amp;b=2|The Harbour Times> (harbour.example.org)",
        "*New* · Tue 25 Feb 2031\n"
        "*Petra Halasz*, Spokeswoman\n"
        "_on Kessland’s position_\n"
        ">“Our position was set out by Foreign Minister Sternad. I have nothing to add”\n"
        "<https://courier.example.org/story?a=1&amp;b=2|The Courier> (courier.example.org)",
        "Pointed back to · 17–23 Feb 2031\n"
        "*Ivo Sternad*, Foreign Minister\n"
        "_on Kessland’s position_\n"
        ">alliance monitors under any flag would be “out of the question”\n"
        "_paraphrase by The Courier; only the words in quotation marks are verbatim_\n"
        "<https://courier.example.org/story?a=1&amp;b=2|The Courier> (courier.example.org)",
    ]
    assert block(payload, "why")["text"]["text"] == (
        "*Why it conflicts:* Velden says that Orlik agreed; his spokeswoman stands by Sternad’s refusal of 17–23 Feb.\n"
        "*Check first:* “alliance monitors” against “monitors”; Halasz did not name Velden."
    )
    assert meta(payload) == (
        "Confidence *high* (91%)  ·  9 statements on this topic  ·  Alert OR-1042  ·  evidence in thread"
    )
    assert button_ids(payload) == ["alert_confirm", "alert_dismiss", "alert_mute", "alert_open"]
    assert {button["value"] for button in block(payload, "triage")["elements"]} == {"OR-1042"}


def test_a_confirmed_card_drops_possible_and_names_who_decided(story, now):
    decided = replace(story.alert, review="confirmed", decided_by="U0ADA", decided_at=now, revision=2)
    payload = card(decided, story.desk)
    assert block(payload, "lede")["text"]["text"].startswith("*Conflict over Orlik’s position.* ")
    assert meta(payload) == (
        "Confirmed by <@U0ADA> at <!date^1929791220^{time}|13:07 UTC>  ·  Confidence *high* (91%)"
        "  ·  9 statements on this topic  ·  Alert OR-1042"
    )
    assert button_ids(payload) == ["alert_open", "alert_undo"]
    assert {one["block_id"].rpartition(":")[2] for one in payload["blocks"]} == {"2"}


def test_a_dismissed_card_is_struck_and_gives_the_reason(story, now):
    decided = replace(
        story.alert, review="dismissed", decided_by="U0ADA", decided_at=now, decision_note="changed context"
    )
    payload = card(decided, story.desk)
    lede = block(payload, "lede")["text"]["text"]
    assert lede.startswith("~*Possible conflict over Orlik’s position.* ")
    assert lede.endswith("~")
    assert meta(payload).startswith("Dismissed (changed context) by <@U0ADA> at ")
    assert payload["text"].startswith("Halasz vs Velden on monitors at the strait: dismissed, possible conflict")


def test_a_withdrawn_card_shows_neither_words_nor_decisions(story):
    withdrawn = replace(
        story.alert, state="withdrawn", reason="the speaker was somebody else", withdrawn_by="U0ADA", answered="denied"
    )
    payload = card(withdrawn, story.desk)
    assert faults(payload) == ()
    assert block(payload, "lede")["text"]["text"] == "*Withdrawn: possible conflict over Orlik’s position.*"
    assert meta(payload).startswith("Withdrawn (the speaker was somebody else) by <@U0ADA>  ·  Confidence")
    assert button_ids(payload) == ["alert_open"]
    assert "fine with" not in json.dumps(payload)


def test_a_card_says_how_the_other_side_has_answered_since(story):
    assert meta(card(replace(story.alert, answered="denied"))).startswith("The other side answered: denied  ·  ")
    assert "The other side answered" not in str(card(replace(story.alert, answered="on_record")))


def test_a_card_names_the_outlet_that_edited_a_quotation_and_who_looks_into_it(story):
    said = replace(story.conflict.earlier.statement, amended="the outlet took these words out, as seen on 5 Mar 2025")
    edited = replace(story.conflict, earlier=replace(story.conflict.earlier, statement=said))
    line = meta(card(replace(story.alert, conflict=edited, owner="U0ADA")))
    assert line.startswith("The Harbour Times edited a quotation, see thread  ·  <@U0ADA> looks into it  ·  ")


@pytest.mark.parametrize(
    ("decided", "shown"), [(19, "(91%)"), (20, "(17 of 20 alerts of this kind confirmed in 90 days)")]
)
def test_the_desks_own_record_takes_the_place_of_the_score_once_twenty_are_decided(story, decided, shown):
    track = Track(confirmed=17, decided=decided, days=90)
    assert f"Confidence *high* {shown}  ·  " in meta(card(story.alert, story.desk, track=track))


def test_a_reversal_names_its_degree(reversal):
    payload = card(reversal)
    assert block(payload, "lede")["text"]["text"].startswith("*Possible change of position.* ")
    assert "Degree *full*" in meta(payload)
    hedged = replace(reversal.conflict, fresh=replace(reversal.conflict.fresh, stance="conditional"))
    assert "Degree *partial*" in meta(card(replace(reversal, conflict=hedged)))


def test_a_difference_within_a_side_is_named_after_the_side(story):
    within = replace(story.alert, conflict=replace(story.conflict, kind="same_side"))
    lede = block(card(within, story.desk), "lede")["text"]["text"]
    assert lede.startswith("*Possible difference within Kessland.* ")


def test_with_pages_on_the_web_the_card_links_to_them(story):
    payload = card(story.alert, Desk(record_url="https://record.example.org"))
    assert "<https://record.example.org/t/strait-monitors|All 9 statements on this topic>" in meta(payload)
    opened = block(payload, "triage")["elements"][-1]
    assert opened["url"] == "https://record.example.org/a/OR-1042"


def test_later_evidence_is_counted_on_the_card(story):
    later = replace(story.alert, joined=(story.conflict.bridge, story.conflict.bridge))
    assert "2 further statements joined" in meta(card(later))


def test_other_outlets_that_carry_the_words_are_linked(story):
    said = story.conflict.earlier.statement
    more = tuple(replace(said.source, outlet=f"Outlet {name}", url=f"https://{name}.example.org/") for name in "abcd")
    field = block(card(story.alert, carried={said.key: (said.source, *more)}), "pair")["fields"][0]["text"]
    assert "|The Harbour Times> (harbour.example.org), <https://a.example.org/|Outlet a>" in field
    assert field.endswith("and 2 more")


def test_a_spokesman_states_the_position_of_the_side(story):
    own = replace(story.conflict.fresh, holder=story.conflict.fresh.statement.party)
    assert wording.whose(own, story.desk) == "_on Kessland’s position_"
    assert wording.whose(own, Desk()) == "_own position_"


def test_a_single_quoted_word_is_not_widened(story):
    assert wording.words(story.conflict.bridge.statement, 500) == (
        "alliance monitors under any flag would be “out of the question”"
    )


def test_a_paraphrase_has_no_marks_and_names_the_outlet(story):
    said = replace(story.conflict.bridge.statement, kind="indirect", verbatim=(), quote="monitors were unwelcome")
    field = wording.statement_field("New", replace(story.conflict.bridge, statement=said), {}, ROOMY, story.desk)
    assert ">monitors were unwelcome\n_paraphrase by The Courier_\n" in field
    assert "“" not in field


def test_every_verbatim_stretch_shown_stands_in_the_article(story):
    texts = {article.text_hash: article.text for article in story.articles}
    for position in (story.conflict.earlier, story.conflict.fresh, story.conflict.bridge):
        shown = re.findall(r"“([^”]*)”", wording.words(position.statement, 2000))
        assert shown
        assert all(part in texts[position.statement.source.text_hash] for part in shown)


def test_a_statement_without_a_day_gives_the_day_of_publication_as_such(story):
    undated = replace(story.conflict.earlier.statement, said=None)
    assert wording.when(undated) == "published Mon 24 Feb 2031"
    assert wording.when(replace(undated, source=replace(undated.source, published=None))) == "date unknown"


def test_certainty_is_never_claimed(story):
    sure = replace(story.alert, conflict=replace(story.conflict, score=1.0))
    assert "Confidence *high* (99%)" in meta(card(sure))


LONG = {
    "one word": "x" * 4000,
    "words": "word " * 1500,
    "entities": "<&>" * 1500,
    "mentions": "@here :boom: *b* <!channel> " * 200,
    "two bytes": "Ж" * 3000,
    "two units": "😀" * 2000,
    "lines": "a\nb\n" * 900,
}


def swollen(story, filler: str):
    """The story with every text at a size nobody expects."""

    def big(position):
        said = position.statement
        source = replace(said.source, outlet=filler, title=filler, url="https://example.org/?q=" + "a&" * 1400)
        party = replace(said.speaker.party, name=filler, role=filler)
        whole = Span(start=0, end=len(filler))
        grown = replace(
            said,
            source=source,
            speaker=replace(said.speaker, party=party),
            span=whole,
            quote=filler,
            verbatim=(Span(start=0, end=len(filler) // 2), Span(start=len(filler) // 2 + 1, end=len(filler))),
            before=filler,
            after=filler,
            caveats=(filler,) * 20,
            said=replace(said.said, how=filler),
        )
        return replace(
            position,
            statement=grown,
            holder=replace(position.holder, name=filler),
            topic_name=filler,
            scope=tuple((filler[:200] + str(slot), filler) for slot in range(12)),
        )

    conflict = replace(
        story.conflict,
        fresh=big(story.conflict.fresh),
        earlier=big(story.conflict.earlier),
        bridge=big(story.conflict.bridge),
        title=filler,
        lede=filler,
        why=filler,
        check_first=(filler,) * 20,
    )
    return replace(story.alert, conflict=conflict, joined=(conflict.bridge,) * 30, decision_note=filler, reason=filler)


@pytest.mark.campaign
@pytest.mark.parametrize(
    ("filler", "review", "state"),
    [
        *((filler, "open", "sent") for filler in LONG.values()),
        (LONG["mentions"], "dismissed", "stuck"),
        (LONG["mentions"], "open", "withdrawn"),
    ],
    ids=[*LONG, "dismissed and stuck", "withdrawn"],
)
def test_every_message_is_valid_at_sizes_nobody_expects(story, filler, review, state):
    alert = replace(
        swollen(story, filler),
        review=review,
        state=state,
        decided_by=filler,
        decided_at=datetime(2031, 1, 1, tzinfo=UTC),
    )
    desk = Desk(
        sides={"KESSLAND": filler},
        record_url="https://record.example.org",
        asked=frozenset({"timeline", "why", "assign", "reply", "export"}),
    )
    told = Change(what="mend", by=filler, why=filler, remark=filler, before=filler, after=filler)
    source = alert.conflict.fresh.statement.source
    carried = {position.statement.key: (source,) * 50 for position in (alert.conflict.fresh, alert.conflict.earlier)}
    messages = {
        "card": card(alert, desk, carried),
        "evidence": evidence(alert, desk, carried, key="k"),
        "joined": joined(alert, alert.joined, desk, carried, key="k"),
        "record": answers.record(alert, desk, carried, faults=(filler,) * 9, audit=(_done(alert, filler),) * 9),
        "changed": threads.changed(alert, told, filler, key="k"),
        "log": triage.log(
            [_done(alert, filler), _fixed(alert, filler), _set(alert, filler), _made(alert, filler)] * 20,
            to=filler,
            by=filler,
        ),
        "refused": triage.wrong(filler, filler),
        "unknown": answers.unknown(filler, filler),
        "not found": answers.not_found("person", filler, (filler,) * 3, filler),
        "told": answers.told(filler),
    }
    for name, message in messages.items():
        assert (name, faults(message)) == (name, ())
        assert size(message) < WHOLE, name
        for text in _texts(message):
            assert "<!channel" not in text
            assert "@here" not in text


def _done(alert, filler):
    return Decided(
        alert=alert.number,
        action="dismiss",
        by=filler,
        note=filler,
        at=alert.created_at,
        before=filler,
        after=filler,
        remark=filler,
    )


def _made(alert, filler):
    return deeds.Changed(at=alert.created_at, by=filler, of="People and sides", told=filler)


def _set(alert, filler):
    return FlowChange(
        at=alert.created_at, by=filler, audience=filler, what="set", subject=filler, before=filler, after=filler
    )


def _fixed(alert, filler):
    said = alert.conflict.fresh.statement
    return Mend(statement=said, field="words", old=filler, new=filler, by=filler, at=alert.created_at, why=filler)


def _texts(value):
    if isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
    elif isinstance(value, str):
        yield value


@pytest.mark.parametrize("word", ["flip-flop", "U-turn", "lie", "caught", "admits", "claims"])
def test_our_own_words_judge_nobody(story, word):
    spoken = json.dumps([card(story.alert, story.desk), evidence(story.alert, key="k")], ensure_ascii=False)
    assert not re.search(rf"\b{word}\b", spoken, re.IGNORECASE)


def test_a_report_of_a_denial_says_that_it_is_one(story):
    said = replace(story.alert.conflict.earlier.statement, kind="indirect", cue="denied", negated=True, verbatim=())
    assert wording.words(said, 500) == f"[denied] {said.quote}"


def test_an_accusation_is_called_one_and_no_position(story):
    conflict = story.alert.conflict
    said = replace(conflict.earlier.statement, kind="indirect", cue="accused", verbatim=())
    accused = replace(conflict, earlier=replace(conflict.earlier, statement=said, operators=("accused",)))
    assert accused.earlier.claimed_by is not None
    assert wording.kind_of(accused, story.desk).startswith("conflict over an accusation against ")
