"""The occasions an article dates, a call, a speech, a letter, and the words that point back to one of them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from bot.model import Span
from bot.statements.dates.moments import Moment
from bot.statements.text.page import Page

# One occasion under several words: what was "talks" may be "the meeting" a sentence later.
_KINDS = {
    "call": "call conversation talk",
    "meeting": "meeting talks summit session negotiations visit gathering",
    "interview": "interview",
    "speech": "speech address",
    "briefing": "briefing conference",
    "letter": "letter email e-mail memo message",
    "statement": "statement communique communiqué",
    "post": "post tweet",
    "hearing": "hearing debate testimony",
    "ruling": "ruling verdict decision judgment judgement lawsuit complaint filing",
    "announcement": "announcement declaration",
}
_KIND = {word: kind for kind, words in _KINDS.items() for word in words.split()}
_NOUN = rf"(?P<noun>{'|'.join(sorted(_KIND, key=len, reverse=True))})"
_NAMED = re.compile(rf"\b{_NOUN}s?\b", re.IGNORECASE)
_POINTS_BACK = re.compile(
    rf"\b(?:after|following|during|in|at) (?:the|that|their|his|her|its|this|a joint) (?:[\w-]+ ){{0,3}}?{_NOUN}\b",
    re.IGNORECASE,
)
_MODIFIED = re.compile(rf"(?:['’]s)?(?: [\w-]+){{0,2}} {_NOUN}\b", re.IGNORECASE)
_REACH = 3  # sentences in which an occasion may stand whose kind is not said again
_NEAR = 80  # characters between an occasion and its day


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasions:
    """The dated occasions of an article, in text order."""

    dated: tuple[tuple[str, Moment], ...]
    exact: tuple[Moment, ...]

    @classmethod
    def of(cls, page: Page, moments: Sequence[Moment]) -> Occasions:
        """Every occasion that stands beside a day: "Monday's call", "in a letter dated March 3"."""
        found: list[tuple[str, Moment]] = []
        for moment in moments:
            index = page.sentence(moment.start)
            if not moment.exact or not page.holds(moment.start) or page.within_quotes(moment.start):
                continue
            sentence = page.sentences[index]
            low, high = max(sentence.start, moment.start - _NEAR), min(sentence.end, moment.end + _NEAR)
            found.extend((_KIND[m["noun"].casefold()], moment) for m in _NAMED.finditer(page.view, low, high))
        return cls(dated=tuple(found), exact=tuple(m for m in moments if m.exact))

    def meant(self, page: Page, where: Span) -> Moment | None:
        """The day of the occasion that these words point back to by its kind ("in the letter")."""
        pointer = _POINTS_BACK.search(page.view, where.start, where.end)
        if pointer is None or page.within_quotes(pointer.start()):
            return None
        kind = _KIND[pointer["noun"].casefold()]
        return next((m for k, m in reversed(self.dated) if k == kind and m.start < where.start), None)

    def before(self, page: Page, where: Span) -> Moment | None:
        """The day named last before these words, where they point back to an occasion at all ("After the call, …")."""
        if not _POINTS_BACK.search(page.view, where.start, where.end):
            return None
        low = page.sentences[max(0, page.sentence(where.start) - _REACH)].start
        place = bisect_left(self.exact, where.start, key=lambda m: m.start)
        last = self.exact[place - 1] if place else None
        return last if last and last.start >= low else None


def modifies(view: str, moment: Moment) -> bool:
    """Whether the expression only tells a thing from others ("Monday's attack"), no occasion of speech."""
    behind = view[moment.end : moment.end + 2]
    before = view[max(0, moment.start - 4) : moment.start].casefold()
    if not behind.startswith(("'s", "’s")) and not before.endswith((" a ", " an ", "the ", "'s ")):
        return False
    return not _MODIFIED.match(view, moment.end)
