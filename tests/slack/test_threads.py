"""The replies under a card prove it: context, dates and how they were found, sources, doubts, order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.model import Said
from bot.slack import mrkdwn
from bot.slack.blocks import evidence, joined, wording
from bot.slack.validate import faults


def texts(payload):
    return [block["text"]["text"] for block in payload["blocks"] if "text" in block]


def fields(payload):
    return [field["text"] for block in payload["blocks"] for field in block.get("fields", ())]


def order(alert):
    return next(text for text in texts(evidence(alert, key="k")) if text.startswith("*Order*"))


def said_on(position, first, last=None):
    said = Said(first=first, last=last or first, how="as written")
    return replace(position, statement=replace(position.statement, said=said))


def test_the_evidence_shows_context_dates_sources_and_doubts(story):
    payload = evidence(story.alert, story.desk, key="k")
    assert faults(payload) == ()
    assert payload["metadata"]["event_payload"]["dedupe_key"] == "k"
    assert texts(payload) == [
        "*Earlier* · *Mara Velden*, President of Ardenia\n"
        ">President Mara Velden of Ardenia was asked on Monday about monitors at the strait.\n"
        ">“Yes, he will accept that” … “I put that very question to him. He is fine with it.”\n"
        ">She then left.\n"
        "Said Mon 24 Feb 2031 ('on Monday', article of 24 Feb 2031)  ·  "
        "Published <!date^1929722400^{date_short} {time}|24 Feb 2031 18:00 UTC>  ·  "
        "First seen <!date^1929791220^{date_short} {time}|25 Feb 2031 13:07 UTC>",
        "*New* · *Petra Halasz*, Spokeswoman\n"
        ">“Our position was set out by Foreign Minister Sternad. I have nothing to add”\n"
        "Said Tue 25 Feb 2031 ('on Tuesday')  ·  No publication date  ·  "
        "First seen <!date^1929791220^{date_short} {time}|25 Feb 2031 13:07 UTC>",
        "*Pointed back to* · *Ivo Sternad*, Foreign Minister\n"
        ">alliance monitors under any flag would be “out of the question”\n"
        "_paraphrase by The Courier; only the words in quotation marks are verbatim_\n"
        "Said 17–23 Feb 2031 ('just last week')  ·  No publication date  ·  "
        "First seen <!date^1929791220^{date_short} {time}|25 Feb 2031 13:07 UTC>",
        "*Scope*, earlier | pointed back to\nactor: *monitors* | *alliance monitors*",
        "*Order* Mara Velden spoke first, then Petra Halasz.",
        "*Doubts* Petra Halasz: the paper says “kept its distance”; The Courier gives no publication date.",
        "*Sources*, independence not established\n"
        "<https://harbour.example.org/story?a=1&amp;b=2|The Harbour Times> (harbour.example.org), "
        f"stored copy SHA-256 {story.articles[0].text_hash[:16]}\n"
        "<https://courier.example.org/story?a=1&amp;b=2|The Courier> (courier.example.org), "
        f"stored copy SHA-256 {story.articles[1].text_hash[:16]}",
    ]


def test_the_order_is_told_as_far_as_the_dates_can_tell(story):
    conflict, alert = story.conflict, story.alert

    def with_days(earlier, fresh):
        return replace(alert, conflict=replace(conflict, earlier=earlier, fresh=fresh))

    week = said_on(conflict.earlier, date(2031, 2, 17), date(2031, 2, 25))
    assert order(with_days(week, conflict.fresh)) == "*Order* not certain: the dates overlap."
    late = said_on(conflict.earlier, date(2031, 3, 1))
    assert "was said before the one under “Earlier”" in order(with_days(late, conflict.fresh))
    undated = replace(conflict.fresh, statement=replace(conflict.fresh.statement, said=None))
    assert "not every date" in order(with_days(conflict.earlier, undated))


def test_same_scope_is_not_stressed(story):
    conflict = replace(story.conflict, earlier=replace(story.conflict.earlier, scope=story.conflict.fresh.scope))
    assert "actor: alliance monitors | alliance monitors" in "\n".join(
        texts(evidence(replace(story.alert, conflict=conflict), key="k"))
    )


def test_further_evidence_names_stance_and_source(story):
    payload = joined(story.alert, (story.conflict.bridge,) * 6, key="k")
    assert faults(payload) == ()
    assert payload["text"] == "Further evidence on OR-1042, Halasz vs Velden on monitors at the strait: Ivo Sternad"
    assert fields(payload)[0].startswith("opposes · 17–23 Feb 2031\n*Ivo Sternad*, Foreign Minister\n")
    assert fields(payload)[-1] == "and 2 further statements"


def test_a_deferral_is_called_one(story):
    assert wording.stance(story.conflict.fresh) == "refers to Ivo Sternad"
    assert wording.stance(story.conflict.earlier) == "on Tomas Orlik’s position: supports"


def test_a_name_is_shortened_only_to_a_word_that_the_story_uses(story):
    orlik = story.conflict.earlier.holder
    assert wording.short_name(orlik, "Orlik agreed") == "Orlik"
    assert wording.short_name(orlik, "Orliks agreed") == "Tomas Orlik"
    assert wording.short_name(orlik, "Tomas Orlik agreed") == "Tomas Orlik"
    assert (wording.possessive("Orlik"), wording.possessive("Marks")) == ("Orlik’s", "Marks’")


def test_the_comma_before_he_said_is_left_out_and_a_question_keeps_its_mark(story):
    said = story.conflict.fresh.statement
    with_comma = replace(
        said,
        quote=said.quote + ",",
        span=type(said.span)(start=said.span.start, end=said.span.end + 1),
        verbatim=(type(said.span)(start=said.span.start, end=said.span.end + 1),),
    )
    assert wording.words(with_comma, 500) == wording.words(said, 500)
    assert mrkdwn.sentence(["is it the same?", "one outlet only"]) == "is it the same? one outlet only."


def test_no_blank_is_added_or_lost_round_a_quoted_word(story):
    said = story.conflict.bridge.statement
    text = "a so-“called”, “open”-ended plan"
    spans = [(text.index(word), text.index(word) + len(word)) for word in ("called", "open")]
    mixed = replace(
        said,
        quote=text,
        span=type(said.span)(start=0, end=len(text)),
        verbatim=tuple(type(said.span)(start=start, end=end) for start, end in spans),
    )
    assert wording.words(mixed, 500) == text
