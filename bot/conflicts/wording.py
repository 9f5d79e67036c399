"""A conflict in words: title, lede and reason, the same words for every side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.conflicts.holders import voice
from bot.conflicts.names import possessive, surname
from bot.conflicts.opposition import partial
from bot.conflicts.order import day, later, when
from bot.conflicts.quoting import operators, said

if TYPE_CHECKING:
    from bot.conflicts.pair import Pair
    from bot.model import Position

_TITLE = 150  # characters Slack allows in a header
_STANCES = {
    "for": "for", "against": "against", "conditional": "for, on a condition", "open": "open",
    "no_comment": "no comment", "none": "no stance",
}  # fmt: skip


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
    first = f"{when(pair.earlier)} {surname(voice(pair.earlier))} said{_of(pair.earlier)}: {said(pair.earlier)}"
    then = later(pair.earlier, pair.later)
    who = surname(voice(pair.later))
    if pair.bridge is not None:
        bridge = pair.bridge
        second = f"{then} {who} pointed back to {surname(voice(bridge))}, who had said ({day(bridge)}): {said(bridge)}"
    else:
        second = f"{then} {who} said{_of(pair.later)}: {said(pair.later)}"
    return f"{_closed(first)} {_closed(second)}"


def why(pair: Pair) -> str:
    """The reason in one sentence, without a verdict on truth or motive."""
    one = _read(pair.earlier)
    if pair.bridge is not None:
        two = f"{surname(voice(pair.later))} stands by {_read(pair.bridge, dated=True)}"
    else:
        two = _read(pair.later)
    degree = ""
    if pair.kind == "reversal":
        degree = "; a partial turn" if partial(pair.earlier) or partial(pair.later) else "; a full turn"
    return f"On {pair.earlier.topic_name}: {one}; {two}{degree}."


def _read(position: Position, *, dated: bool = False) -> str:
    """How the words are read: “Lavrov’s words are read as against (“unacceptable”)”."""
    shown = [part for part in (operators(position), position.statement.source.outlet if dated else "") if part]
    whose = f" for {_holder(position)}" if position.claimed_by else ""
    of = f" of {day(position)}, which are" if dated else " are"
    stance = _STANCES[position.stance]
    return f"{possessive(surname(voice(position)))} words{whose}{of} read as {stance}" + (
        f" ({'; '.join(shown)})" if shown else ""
    )


def _of(position: Position) -> str:
    """Whose position it is, where that is not the speaker's own."""
    return f" of {possessive(_holder(position))} position on {position.topic_name}" if position.claimed_by else ""


def _holder(position: Position) -> str:
    return surname(position.holder)


def _closed(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?", ".”", "!”", "?”", "…")) else sentence + "."
