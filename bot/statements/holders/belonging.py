"""Whether an article brings a speaker in as somebody of a body: "Brandel's director Tomas Brell"."""

from __future__ import annotations

import re

from bot.model import Party, Span
from bot.statements.people.cast import Cast
from bot.statements.people.nouns import HONORIFICS, ROLE_MODIFIERS, ROLES
from bot.statements.people.roster import Roster
from bot.statements.people.spelling import plain
from bot.statements.text.page import Page
from bot.statements.text.words import words

# Whoever holds one of these speaks for a state.
_OFFICES = words(
    "minister premier president chancellor secretary ambassador commissioner envoy consul spokesman spokeswoman "
    "spokesperson attorney"
)
_ROLES = "|".join(sorted(map(re.escape, ROLES)))
_TITLES = "|".join(sorted(map(re.escape, ROLES | ROLE_MODIFIERS | HONORIFICS.keys())))
_ITS_OWN = re.compile(rf"\b(?:its|their) (?:[\w'-]+ ){{0,3}}(?:{_ROLES})\b")
_APPOSED = 40  # characters before a name in which its "its chairman" stands
_BEFORE = 90  # characters before a name in which its apposition stands
_BEHIND = 80
_LED_BY = re.compile(rf"(?:['’]s?)?,? (?:(?:{_TITLES})\.?,? ){{1,6}}$", re.IGNORECASE)
_OF = re.compile(
    rf"(?:\b(?:{_ROLES})\b[^.;:!?\n]{{0,50}} (?:of|at|for) (?:the )?)$",
    re.IGNORECASE,
)
_THEN_NAMED = re.compile(rf",? (?:(?:{_TITLES})\.? ){{0,4}}$", re.IGNORECASE)
_WHO_IS = re.compile(
    rf",? (?:(?:the|a|an|its) )?(?:[\w-]+ ){{0,3}}?(?:{_ROLES})\b(?: [\w-]+){{0,4}}? (?:of|at|for|with|from) (?:the )?$"
    r"|, who (?:runs|leads|heads|chairs|speaks for|represents|founded) (?:the )?$",
    re.IGNORECASE,
)


def holds_office(speaker: Party) -> bool:
    """Whether the speaker is somebody of a government."""
    return bool(_OFFICES & set(plain(f"{speaker.role or ''} {speaker.name}").split()))


def its_own(page: Page, content: Span, speaker: Span | None) -> bool:
    """Whether a speaker behind a content is brought in as of what he speaks of: "its chairman", "their leader"."""
    if speaker is None or speaker.start < content.start:
        return False
    return bool(_ITS_OWN.search(page.view, max(content.end, speaker.start - _APPOSED), speaker.end))


def belongs(speaker: Party, body: Party, page: Page, cast: Cast, roster: Roster) -> bool:
    """Whether the speaker's name or role, or an apposition of his name, says that he is of that body."""
    written = f"{speaker.role or ''} {speaker.name}".strip()
    if body.side and speaker.side is None and holds_office(speaker) and roster.split_side(written)[0] == body.side:
        return True
    return speaker.person and any(
        _apposed(page.view, mention.span.start, mention.span.end, body.name)
        for mention in cast.mentions
        if mention.person.name == speaker.name
    )


def _apposed(view: str, start: int, end: int, name: str) -> bool:
    """Whether a body's name stands in an apposition of the name between these places."""
    low = max(0, start - _BEFORE)
    at = view.rfind(name, low, start)
    if at >= 0:
        rest = at + len(name)
        if _LED_BY.match(view, rest, start) or (_OF.search(view, low, at) and _THEN_NAMED.match(view, rest, start)):
            return True
    at = view.find(name, end, end + _BEHIND)
    return at >= 0 and _WHO_IS.fullmatch(view, end, at) is not None
