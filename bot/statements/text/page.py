"""An article's text as its resolution walks through it: one view, its sentences, and what stands in quotation marks."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Self

from bot.model import Span
from bot.statements.text import sentences

_MARK = re.compile(r"[\"“”„«»]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The text, its equally long view with plain blanks and apostrophes, its sentences and its quotations.

    Furniture of the page lies in no sentence.
    """

    text: str
    view: str
    unmarked: str  # the view with a blank for each quotation mark
    sentences: tuple[Span, ...]
    paragraphs: tuple[int, ...]  # the paragraph of each sentence
    headlines: tuple[bool, ...]
    quoted: tuple[Span, ...]  # what stands between marks, in order
    _starts: tuple[int, ...]  # of the sentences

    @classmethod
    def of(cls, text: str, title: str) -> Self:
        """Read the whole text once."""
        read = sentences.read(text, title)
        return cls(
            text=text,
            view=(view := sentences.view(text)),
            unmarked=_MARK.sub(" ", view),
            sentences=tuple(Span(start=s.start, end=s.end) for s in read),
            _starts=tuple(s.start for s in read),
            paragraphs=tuple(s.paragraph for s in read),
            headlines=tuple(s.headline for s in read),
            quoted=tuple(
                Span(start=token.quotation.inner_start, end=token.quotation.inner_end)
                for s in read
                for token in s.tokens
                if token.quotation
            ),
        )

    def sentence(self, at: int) -> int:
        """The index of the sentence that holds this place, or of the last one before it; -1 before the first."""
        return bisect_right(self._starts, at) - 1

    def holds(self, at: int) -> bool:
        """Whether this place stands in a sentence, not in the furniture of the page."""
        index = self.sentence(at)
        return index >= 0 and at < self.sentences[index].end

    def within_quotes(self, at: int) -> bool:
        """Whether this place stands between quotation marks."""
        found = bisect_right(self.quoted, at, key=lambda s: s.start) - 1
        return found >= 0 and at < self.quoted[found].end
