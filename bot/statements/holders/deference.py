"""To whom a speaker points instead of answering: "I refer you to the minister", "that is a question for Velden"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bot.model import Party, Span
from bot.statements.holders.actors import DESCRIBED, ORGANS
from bot.statements.people.cast import Cast
from bot.statements.people.nouns import PERSON_NOUN
from bot.statements.people.roster import Roster
from bot.statements.text.page import Page

# What somebody else said, whose name or title stands in the words or behind them.
_POINTS_TO = re.compile(
    r"\b(?:position|stance|view|statement|words|comments?|remarks?|answer|"
    r"explanation)s?\b[^.!?\n]{0,60}?\b(?:was |were |has been |have been |already )?"
    r"(?:expressed|stated|set out|outlined|voiced|given|laid out|formulated|explained|made|spelled out|"
    r"articulated|presented) by\b"
    r"|\brefer(?:red|s|ring)? (?:you|them|reporters|journalists|questions|back)?\s*(?:back )?to\b"
    r"|\b(?:nothing|little) (?:more )?to add (?:to|beyond)\b"
    r"|\bpoint(?:ed|s|ing)? (?:you |them |reporters |back )*to (?:the )?(?:statements?|words|position|"
    r"remarks|comments) (?:of|by)\b"
    r"|\bas (?:[A-Z][\w.]+ ){1,5}(?:has |have )?(?:already )?(?:said|stated|explained|put it)\b"
    r"|\b(?:has|have) already (?:commented|spoken|stated|expressed|given|answered|said everything|explained|"
    r"made (?:his|her|their|its) position)\b"
    r"|\b(?:stand|stands|stood) by (?:what )?",
    re.IGNORECASE,
)
# Who is to be asked. Only of his own side: "it is for Karsovia to decide" is a position.
_IS_FOR = re.compile(
    r"\b(?:matter|question|questions|issue|decision|one|call|subject|topic|something) (?:\w+ ){0,2}?for (?=\w)"
    r"|(?:(?<=[\"'“‘„«])|[.!?;:,]\s*|\b(?:please|you (?:should|must|better|can|could|may)|ask you to|suggest you) )"
    r"(?:ask|talk to|speak to|speak with|ring|call|contact|turn to|wait for) (?=\w)"
    r"|\b(?:put|direct|address|send|pose|take) (?:that|it|this|them|(?:your|the|any|those|these|such|the same|all) )"
    r"(?:\w+ ){0,2}?to (?=\w)|\b(?:put|direct|address|pose) (?:that|it|this|them) to (?=\w)"
    r"|\bleave (?:that|it|this|the \w+)(?: \w+)? to (?=\w)"
    r"|\b(?:is|was|'s) (?:\w+ )?for (?=[\w.' -]{3,40}? to (?:say|answer|comment|speak|explain|clarify|announce)\b)"
    r"|\b(?:lies|lay|rests|rested) with (?=\w)",
    re.IGNORECASE,
)
# Who has spoken, with nothing left to say.
_HAS_SPOKEN = re.compile(
    r"\b(?:has|have|had) (?:already )?(?:spoken|commented|answered|set out|laid out|outlined|explained|stated|"
    r"made clear|said (?:what|all|everything|enough))\b|\b(?:speaks|spoke|speak) for (?:the|our|us)\b",
    re.IGNORECASE,
)
_NO_MORE = re.compile(
    r"\b(?:nothing|little|not a \w+) (?:more |else |further )?to (?:add|say)\b|\b(?:not|n't|never) (?:\w+ ){0,2}"
    r"(?:add|repeat|comment|go beyond|speak over|interpret)\b",
    re.IGNORECASE,
)
_ITS_STANCE = re.compile(
    r"(?P<who>(?:the )?[\w' -]{3,50}?)'s? (?:stance|position|statement|words|remarks|comments|view)\b", re.IGNORECASE
)
_STOP = re.compile(r"[.!?](?:\s|$)")
_THE = 5  # characters that may stand before a name: "the "
_ADVERB = 12  # characters between a subject and its verb: "already "
_NEAR = 40  # characters behind "a question for" in which the one to ask is named


@dataclass(frozen=True, slots=True, kw_only=True)
class Deference:
    """Reads of an article whom its speakers point to."""

    page: Page
    cast: Cast
    roster: Roster
    day: date | None
    named: Callable[[str], Party | None]  # a person of the article, by name
    described: Callable[[Span, Span], Party | None]  # whom "the minister" means, beside a content

    def of(self, content: Span, speaker: Party) -> Party | None:
        """To whom the words point back instead of answering; None where they do not, or nobody can be told.

        "Our view has been set out by the minister. There is no more to say": the minister.
        """
        view = self.page.view
        match = _POINTS_TO.search(view, content.start, content.end)
        if match:
            found = self._pointed(Span(start=match.start(), end=match.end()), content, speaker)
            if found:
                return found
        for asked in _IS_FOR.finditer(view, content.start, content.end):
            reach = Span(start=asked.end(), end=min(content.end, asked.end() + _NEAR))
            found = self._colleague(reach, content, speaker, first=True)
            if found:
                return found
        spoken = _HAS_SPOKEN.search(view, content.start, content.end)
        if spoken and _NO_MORE.search(view, content.start, content.end):
            before = max((m.end() for m in _STOP.finditer(view, content.start, spoken.start())), default=content.start)
            return self._colleague(Span(start=before, end=spoken.start()), content, speaker, first=False)
        return None

    def _pointed(self, match: Span, content: Span, speaker: Party) -> Party | None:
        view = self.page.view
        stop = _STOP.search(view, match.end, content.end)
        reach = Span(start=match.start, end=stop.end() if stop else content.end)
        for mention in self.cast.within(reach):
            if mention.person.name != speaker.name:
                return self.named(mention.person.name)
        stance = _ITS_STANCE.search(view, match.end, reach.end)
        if stance is None:
            return self._colleague(Span(start=match.end, end=reach.end), content, speaker, first=True)
        who = stance["who"].strip()
        titled = self.roster.by_title(who, self.day)
        if titled:
            return self.roster.party(titled, self.day)
        if who.casefold().removeprefix("the ").strip() in ("his", "her", "our", "my", "their", "its"):
            return None
        side = self.roster.split_side(who)[0] or speaker.side
        return Party(name=who.removeprefix("the ").strip(), side=side, person=False)

    def _colleague(self, reach: Span, content: Span, speaker: Party, *, first: bool) -> Party | None:
        """Somebody named or described in the stretch who is not known to be of another side.

        `first`: he begins it; else he ends it.
        """
        found: list[tuple[int, int, Party | None]] = []
        for mention in self.cast.within(Span(start=reach.start, end=content.end)):
            start = mention.span.start - (len(mention.title) + 1 if mention.title else 0)
            found.append((start, mention.span.end, self.named(mention.person.name)))
        for match in DESCRIBED.finditer(self.page.view, reach.start, content.end):
            # "a matter for the next parliament" points to nobody who has spoken
            if match.start() < reach.end and (PERSON_NOUN.fullmatch(match["head"]) or match["head"] in ORGANS):
                party = self.described(Span(start=match.start(), end=match.end()), content)
                found.append((match.start(), match.end(), party))
        for start, end, party in found:
            touches = start <= reach.start + _THE if first else end >= reach.end - _ADVERB and start < reach.end
            if touches and party and not party.same(speaker):
                other = party.side and speaker.side and not self.roster.speaks_for(speaker, party, self.day)
                return None if other else party
        return None
