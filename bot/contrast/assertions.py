"""What a text asserts, clause by clause: its words of content, what turns them, how firmly and for which time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final, Literal

from bot.contrast import lexicon
from bot.contrast.cues import bygone, form_at, kept_away, matter, narrowed, only_part, phrases, told_by, within
from bot.contrast.lemmas import listed
from bot.contrast.segments import segments
from bot.contrast.tenses import fragment, tense
from bot.contrast.words import places, tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.contrast.tenses import Tense
    from bot.contrast.words import Token

Level = Literal["fact", "wish", "duty"]

_BRIEF: Final = 8  # words of an answer that lives on what was asked
_OWN: Final = 2  # words of content that it has itself
_NONE: Final = frozenset[str]()
_MODALS: Final = listed("can may might could cannot")
_THIRD: Final = listed("he him his she her they them their")
_BEING: Final = listed("is are am has have")
_TODAY: Final = listed("today yet now yesterday")
_POINTING: Final = listed("that this it these those them such so")
_OTHERS: Final = re.compile(
    r"\b(?:th(?:at|is|ose|ese)|it) (?:is|are|was|were) (?:\w+ ){0,2}[A-Z]\w+['’]s? "
    r"(?:own )?(?:views?|words?|opinion|position|claim|phrase|idea)\b"
)


@dataclass(frozen=True, kw_only=True, eq=False)  # as one object, it is quickly found in a cache
class Assertion:
    """One clause: `sign` -1 where its words of content are denied or refused, after all that turns them.

    `tied` says to what (see `segments`). `lent` are words of content that stand before it, for its "that". The rest is
    told when it is asked for: most clauses meet none that speaks of the same.
    """

    text: str
    first: int  # its first word among those of the text
    held: tuple[Token, ...]
    content: tuple[int, ...]
    stems: frozenset[str]  # the common forms of the content
    sign: int
    carriers: frozenset[str]  # the phrases that refuse or let stand
    frames: frozenset[str]  # whether it tells a wish or a duty
    tied: str
    lent: frozenset[str]
    indirect: bool
    phrases: tuple[tuple[int, int, str], ...]  # of the lexicon: first place, last place, kind
    nots: tuple[int, ...]  # the places of what denies it

    def _any(self, kind: str) -> bool:
        return any(one == kind for _, _, one in self.phrases)

    @cached_property
    def _forms(self) -> frozenset[str]:
        return frozenset(token.form for token in self.held)

    @cached_property
    def _turning(self) -> tuple[int, ...]:
        return tuple(first for first, _, kind in self.phrases if kind == "turn")

    @cached_property
    def _lets(self) -> tuple[int, ...]:
        return tuple(first for first, _, kind in self.phrases if kind == "let")

    @cached_property
    def telling(self) -> tuple[int, ...]:
        """The places of the words that turn or carry it."""
        return tuple(sorted({*self.nots, *self._turning, *self._lets}))

    @cached_property
    def level(self) -> Level:
        """Whether it tells a fact, a wish or a duty."""
        return "wish" if self._any("wish") else "duty" if self._any("duty") else "fact"

    @cached_property
    def tense(self) -> Tense:
        """For which time it speaks."""
        return tense(self.held, indirect=self.indirect)

    @cached_property
    def asserted(self) -> bool:
        """Whether it is no supposition and no thing of the past."""
        return not (self.tied == "were" or bygone(self.held))

    @cached_property
    def told(self) -> frozenset[str]:
        """The words by which somebody says or thinks it."""
        return told_by(self.held, {place for first, last, _ in self.phrases for place in range(first, last + 1)})

    @cached_property
    def sure(self) -> bool:
        """Whether it is no mere possibility."""
        return not (self._any("doubt") or only_part(self.held) or kept_away(self.held))

    @cached_property
    def narrowed(self) -> frozenset[str]:
        """What limits a denial: "not all", "no further"."""
        return frozenset[str]().union(*(narrowed(self.held, at) for at in self.nots))

    @property
    def soft(self) -> bool:
        """Whether it is turned twice: "did not rule out"."""
        return self.sign > 0 and len(self.nots) + len(self._turning) > 1

    @cached_property
    def plan(self) -> bool:
        """Whether it tells what somebody means to do or to leave."""
        return bool(self._lets or self._turning) or fragment(self.held)

    @cached_property
    def free(self) -> bool:
        """Whether it leaves the choice: "need not"."""
        lemmas = (tuple(token.lemma for token in self.held[first : last + 1]) for first, last, _ in self.phrases)
        return any(one in lexicon.FREE for one in lemmas)

    @property
    def third(self) -> bool:
        """Whether it speaks of "him", "them"."""
        return bool(self._forms & _THIRD)

    @property
    def possible(self) -> bool:
        """Whether it says "may", "can", and no more than that."""
        return bool(self._forms & _MODALS)

    @property
    def would(self) -> bool:
        """Whether it says "would", in the speaker's own words."""
        return "would" in self._forms and not self.indirect

    @cached_property
    def being(self) -> bool:
        """Whether it tells a state: "is", "has"."""
        return bool(self._forms & _BEING) and not any(token.form.endswith("ing") for token in self.held)

    @cached_property
    def done(self) -> bool:
        """Whether it is true only up to when it was said: "has not yet begun", "began today"."""
        today = self._forms & _TODAY or {token.lemma for token in self.held} & lexicon.PROGRESS
        return bool(today) or self.tense == "perfect"

    @property
    def bound(self) -> bool:
        """Whether it is tied to a condition."""
        return self.tied in {"if", "only"}

    @cached_property
    def whole(self) -> str:
        """The clause as written."""
        return self.words(0, len(self.held) - 1)

    def words(self, first: int, last: int) -> str:
        """The words of these places as written."""
        where = places(self.text)
        return self.text[where[self.first + first][0] : where[self.first + last][1]]


@lru_cache(maxsize=1 << 10)
def assertions(text: str, about: str = "", *, indirect: bool = False) -> tuple[Assertion, ...]:
    """The assertions of a text in order; no questions and conditions.

    `about` is what its "that" stands for. In an `indirect` report "would" stands for "will", and the past for the
    present. Words that are laid in somebody else's mouth ("those are his words") assert nothing.
    """
    held = tokens(text)
    lent = matter(about) if about and _points(held) else frozenset[str]()
    others = _OTHERS.search(text) is not None
    return tuple(
        _assertion(
            text, first, held[first:end], "were" if others else tied, lent if not first else _NONE, indirect=indirect
        )
        for first, end, tied in segments(text)
    )


def _points(held: Sequence[Token]) -> bool:
    """Whether it is an answer that lives on what was asked: "That will not happen", "We have cancelled it"."""
    pointing = any(token.form in _POINTING for token in held[:_BRIEF])
    return pointing and len(held) <= _BRIEF and sum(token.counts for token in held) <= _OWN


def _assertion(
    text: str, first: int, held: tuple[Token, ...], tied: str, lent: frozenset[str], *, indirect: bool
) -> Assertion:
    found = phrases(held)
    taken = {place for begin, last, _ in found for place in range(begin, last + 1)}
    nots = [at for at in (begin for begin, _, kind in found if kind == "not") if not within(held, at)]
    only = [at for at in nots if held[at].form == "not" and form_at(held, at + 1) in {"only", "just", "merely"}]
    nots = [at for at in nots if at not in only]
    turning = sum(kind == "turn" for _, _, kind in found)
    content = tuple([at for at, token in enumerate(held) if token.counts and at not in taken])
    return Assertion(
        text=text,
        first=first,
        held=held,
        content=content,
        stems=frozenset([held[at].stem for at in content]),
        sign=(-1) ** (len(nots) + turning),
        carriers=frozenset(
            " ".join(token.lemma for token in held[begin : last + 1])
            for begin, last, kind in found
            if kind in {"turn", "let"}
        ),
        frames=frozenset(kind for _, _, kind in found if kind in {"wish", "duty"}),
        tied=tied,
        lent=lent,
        indirect=indirect,
        phrases=tuple(found),
        nots=tuple(nots),
    )
