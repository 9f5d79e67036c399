"""What an accusation says of another side: a claim about that side, which it may deny."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.model import MADE, Party
from bot.positions.subjects import OWN, actors
from bot.positions.words import listed, words

if TYPE_CHECKING:
    from bot.model import Position, Statement
    from bot.positions.gazetteer import Gazetteer

CHARGED: Final = 0.7  # how sure it is that an accuser says that it happened
ACCUSES: Final = listed("accuse accused accuses accusing alleged alleges alleging blamed blames blaming")
_OF = re.compile(r"\b(?:of|for)\s+(?:[a-z]+ing\s+(?:out\s+|up\s+)?)?(?P<act>[^,;.:!?()–—]+)")
_BLAMES = re.compile(r"\b(?:is|are|was|were|be|been)\s+(?:behind|responsible\s+for|to\s+blame\s+for)\b")
_REST = re.compile(r"\s*(?P<act>[^,;.:!?()–—]+)")
_NEXT: Final = listed("of on in at between against by since with to from for during after before that which who and")
_MARKS = str.maketrans("", "", '“”"«»„')
_LONG = 9  # words of a name for what somebody is accused of


def charge(statement: Statement, position: Position, gazetteer: Gazetteer) -> Position | None:
    """The claim about the first side that an accusation names; None where `statement` accuses no other side.

    It stays on an issue of its own: an accusation is no stance on a configured proposition.
    """
    speaker = statement.party
    if speaker is None or position.claimed_by or statement.negated:
        return None
    text = statement.content.partition(" [about: ")[0]
    blames = _BLAMES.search(text)
    if not (blames or any(word.form in ACCUSES for word in words(statement.cue or ""))):
        return None
    named = actors(text, gazetteer, [speaker])
    before = blames.start() if blames else len(text)
    accused = next((named[at] for at in sorted(named) if named[at] != OWN and at < before), None)
    side = gazetteer.sides.get(accused or "")
    if side is None or (speaker.side and gazetteer.one_side(speaker.side, side.id)):
        return None
    name = _act(text[blames.end() :], led=False) if blames else _act(text)
    if name is None:
        return None
    topic = f"{MADE}charge-{side.id}-{'-'.join(word.form for word in words(name))}"[:80]
    return replace(
        position,
        holder=Party(name=side.name, side=side.id, person=False),
        claimed_by=speaker,
        topic=topic,
        topic_name=name,
        proposition=topic,
        stance="for",
        strength=CHARGED,
        operators=(blames.group() if blames else statement.cue or "",),
    )


def _act(text: str, *, led: bool = True) -> str | None:
    """What somebody is accused of, in few words: "the fire in the port"; `led` by "of" or "for" in the text."""
    match = _OF.search(text) if led else _REST.match(text)
    kept: list[str] = []
    links = 0
    for word in match["act"].translate(_MARKS).split() if match else ():
        links += word in _NEXT
        if links > 1 or len(kept) == _LONG:
            break
        kept.append(word)
    while kept and kept[-1] in _NEXT:
        kept.pop()
    return " ".join(kept) or None
