"""A conflict in words: title, lede and reason, the same words for every side."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.conflicts.holders import voice
from bot.conflicts.names import possessive, surname
from bot.conflicts.opposition import partial
from bot.conflicts.order import day, later, when
from bot.conflicts.quoting import marked, operators, said

if TYPE_CHECKING:
    from bot.conflicts.pair import Pair
    from bot.contrast import Contrast, How
    from bot.model import Position, Told

_TITLE = 150  # characters Slack allows in a header
_SHORT = 2  # words of a name that takes the mark of ownership well
_FINITE = re.compile(r"\w+ed\b")  # "denied", "ruled out"; a participle or a noun needs a verb of ours
_TAKES_WHOM = ("accused", "blamed")
_PUT = {
    "for": "in favour", "against": "against", "conditional": "in favour on a condition", "open": "in between",
    "no_comment": "nowhere", "none": "nowhere",
}  # fmt: skip


TURNED: Final[dict[How, str]] = {
    "negation": "the one denies what the other asserts",
    "opposites": "the words are opposites, and the rest is alike",
    "number": "the numbers cannot both be right, and the rest is alike",
    "time": "the times cannot both be right, and the rest is alike",
    "condition": "the one names a condition, the other excludes any",
    "cause": "two causes are named for one thing",
}


def title(pair: Pair) -> str:
    """The name an editor would call the story by: "Peskov vs Trump on peacekeepers"."""
    topic = pair.earlier.topic_name
    if pair.kind == "reversal":
        text = f"{surname(voice(pair.later))}, earlier and now, on {topic}"
    else:
        text = f"{surname(voice(pair.later))} vs {surname(voice(pair.earlier))} on {topic}"
    return text if len(text) <= _TITLE else text[: _TITLE - 1].rstrip() + "…"


def lede(pair: Pair) -> str:
    """The news in one or two sentences, in the order of events, without the kind."""
    first = f"{when(pair.earlier)} {_told(pair.earlier)}"
    if pair.earlier.statement.recalled:
        first = _recalled(pair.earlier)
    then = later(pair.earlier, pair.later) if not pair.earlier.statement.recalled else when(pair.later)
    who = surname(voice(pair.later))
    if pair.bridge is not None:
        bridge = pair.bridge
        second = f"{then} {who} pointed back to {surname(voice(bridge))}, who had said ({day(bridge)}): {said(bridge)}"
    elif pair.told:
        second = f"{then} {_answer(pair.later, pair.told)}"
    else:
        second = f"{then} {_told(pair.later)}"
    return f"{_closed(first)} {_closed(second)}"


def _recalled(position: Position) -> str:
    """What the article goes back to; of a bare "a week after ruling it out" no words are anybody's but its own."""
    statement = position.statement
    if statement.cue == statement.quote:
        who = possessive(surname(voice(position)))
        return f"{statement.source.outlet} tells of an earlier position of {who}: {statement.quote}"
    return f"Earlier, on a day that is not named, {_told(position)}"


def _told(position: Position) -> str:
    """Who said what: “Velden said of Tarn’s position on peacekeepers: …”, “Velden accused Ostrava of …”."""
    who, cue = surname(voice(position)), position.statement.cue
    if position.charge and cue in _TAKES_WHOM and position.statement.quote.startswith(position.holder.name):
        return f"{who} {cue} {said(position)}"
    act = position.statement.act
    if act and _FINITE.match(act) and not position.claimed_by:
        return f"{who} {act} {said(position)}"
    return f"{who} said{_of(position)}: {f'[{act}] ' if act else ''}{said(position)}"


def _answer(position: Position, told: Told) -> str:
    """What the article says that somebody did, in its own words: “Velden denied this, as the Herald tells it”."""
    who, outlet = surname(voice(position)), position.statement.source.outlet
    if position.statement.cue == told.words and told.how == "turned":
        return f"{who}, as {outlet} tells it, {told.words} {said(position)}"
    if position.statement.kind == "indirect" and told.words and told.words in position.statement.quote:
        return f"{who} denied this, as {outlet} tells it: {said(position)}"
    return _told(position)


def why(pair: Pair) -> str:
    """The reason in one sentence, without a verdict on truth or motive."""
    told = _reason(pair)
    return told[:1].upper() + told[1:]


def _reason(pair: Pair) -> str:
    one, two = pair.earlier, pair.later
    if pair.told and pair.kind in {"reversal", "same_side"}:
        return _narrated(pair, pair.told)
    if pair.bridge is not None:
        bridge = possessive(surname(voice(pair.bridge)))
        told = _shown(pair.bridge, outlet=True)
        on = f"{surname(voice(two))} stands by {bridge} words of {day(pair.bridge)}"
        return f"{_claimed(one, two)}; {on}, which are read as {_stance(pair.bridge)}{told}."
    if pair.turn and pair.turned:
        return _turned(pair, pair.turn)
    if pair.kind != "disputed" and (one.claimed_by or two.claimed_by):
        return f"{_claimed(one, two)}; {_claimed(two, one)}."
    if pair.kind == "disputed":
        untrue = pair.answer == "denied"
        first, second = surname(voice(one)), _words(surname(voice(two)))
        return f"{first} gave one account; {second} " + ("call it untrue." if untrue else "give another.")
    topic = one.topic_name
    if pair.kind == "reversal":
        degree = "a partial change" if partial(one) or partial(two) else "the opposite stance"
        first, second = "The earlier words", "the new ones"
        end = f": {degree}"
    else:
        first, second = _words(surname(voice(one))), possessive(surname(voice(two)))
        end = "; both are of one side" if pair.kind == "same_side" else ""
    return f"{first} are read as {_stance(one, topic)}{_shown(one)}, {second} as {_stance(two)}{_shown(two)}{end}."


def _turned(pair: Pair, turn: Contrast) -> str:
    """What the one says and the other turns: “earlier “will raise”, now “will not raise””."""
    one, two = marked(turn.one, pair.earlier), marked(turn.other, pair.later)
    first, second = surname(voice(pair.earlier)), surname(voice(pair.later))
    if pair.kind == "reversal":
        told = f"earlier {one}, now {two}"
    elif pair.kind == "disputed":
        told = f"{first} gave one account, {one}; {_words(second)} give another, {two}"
    else:
        told = f"{_words(first)} are {one}, {possessive(second)} {two}"
    end = "; both are of one side" if pair.kind == "same_side" else ""
    return f"{told}: {TURNED[turn.how]}{end}."


def _narrated(pair: Pair, told: Told) -> str:
    """The reason where the article itself gives it."""
    outlet = pair.later.statement.source.outlet
    by = f" (“{told.words}”)" if told.words else ""
    if told.how == "turned":
        return f"{outlet} itself tells of a change of position{by}."
    one, two = surname(voice(pair.earlier)), _words(surname(voice(pair.later)))
    return f"{outlet} itself tells that {two} deny those of {one}{by}."


def _stance(position: Position, topic: str = "") -> str:
    """The stance as words that follow "read as", with the topic where it has not been named yet."""
    match position.stance:
        case "for":
            return f"in favour of {topic}" if topic else "in favour"
        case "conditional":
            return f"in favour of {topic} on a condition" if topic else "in favour on a condition"
        case "against":
            return f"against {topic}" if topic else "against"
        case "open":
            return f"leaving {topic or 'it'} open"
        case _:
            return "no answer"


def _claimed(position: Position, against: Position) -> str:
    """How a claim or the answer to it is read: “Trump’s words put Putin in favour (“accept”)”."""
    who = surname(voice(position))
    if position.charge:
        cue = position.statement.cue
        return f"{who} {cue if cue in _TAKES_WHOM else 'spoke of an act of'} {_holder(position)}"
    if position.claimed_by:
        return f"{_words(who)} put {_holder(position)} {_PUT[position.stance]}{_shown(position)}"
    stance = "a denial" if against.charge and position.stance == "against" else _stance(position)
    return f"{_words(who)} are read as {stance}{_shown(position)}"


def _words(who: str) -> str:
    """“Velden’s words”; “the words of …” where the name is long."""
    return f"{possessive(who)} words" if len(who.split()) <= _SHORT else f"the words of {who}"


def _shown(position: Position, *, outlet: bool = False) -> str:
    """The telling words in brackets, with the outlet where a statement has no field of its own; "" for none."""
    parts = [part for part in (operators(position), position.statement.source.outlet if outlet else "") if part]
    return f" ({'; '.join(parts)})" if parts else ""


def _of(position: Position) -> str:
    """Whose position it is, where that is not the speaker's own."""
    if position.charge:
        return f" of {_holder(position)}"
    return f" of {possessive(_holder(position))} position on {position.topic_name}" if position.claimed_by else ""


def _holder(position: Position) -> str:
    return surname(position.holder)


def _closed(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?", ".”", "!”", "?”", "…")) else sentence + "."
