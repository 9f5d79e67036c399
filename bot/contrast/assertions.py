"""What a text asserts, clause by clause: its words of content, what turns them, how firmly and for which time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

from bot.contrast import lexicon
from bot.contrast.cues import bygone, counts, form_at, matter, narrowed, only_part, phrases, told_by, within
from bot.contrast.lemmas import listed
from bot.contrast.segments import segments, tokens
from bot.contrast.tenses import fragment, tense

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.contrast.segments import Token
    from bot.contrast.tenses import Tense

Level = Literal["fact", "wish", "duty"]

_BRIEF: Final = 8  # words of an answer that lives on what was asked
_OWN: Final = 2  # words of content that it has itself
_NONE: Final = frozenset[str]()
_MODALS: Final = listed("can may might could cannot")
_THIRD: Final = listed("he him his she her they them their")
_BEING: Final = listed("is are am has have")
_POINTING: Final = listed("that this it these those them such so")
_OTHERS: Final = re.compile(
    r"\b(?:th(?:at|is|ose|ese)|it) (?:is|are|was|were) (?:\w+ ){0,2}[A-Z]\w+['’]s? "
    r"(?:own )?(?:views?|words?|opinion|position|claim|phrase|idea)\b"
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)  # as one object, it is quickly found in a cache
class Assertion:
    """One clause: `sign` -1 where its words of content are denied or refused, after all that turns them.

    `asserted`: no supposition or thing of the past; `sure`: no mere possibility. `tied` says to
    what (see `segments`). `telling` are the places of the words that turn or carry it. `lent` are words of content
    that stand before it, for its "that".
    """

    text: str
    held: tuple[Token, ...]
    content: tuple[int, ...]
    stems: frozenset[str]  # the common forms of the content
    sign: int
    carriers: frozenset[str]  # the phrases that refuse or let stand
    frames: frozenset[str]  # whether it tells a wish or a duty
    telling: tuple[int, ...]
    level: Level
    tense: Tense
    asserted: bool
    told: frozenset[str]  # the words by which somebody says or thinks it
    sure: bool
    tied: str
    narrowed: frozenset[str]  # what limits a denial: "not all", "no further"
    soft: bool
    plan: bool
    free: bool
    third: bool  # speaks of "him", "them"
    possible: bool  # "may", "can": no more than that
    would: bool
    being: bool  # tells a state: "is", "has"
    done: bool  # "has not yet begun", "began today": true only up to when it was said
    lent: frozenset[str]

    @property
    def bound(self) -> bool:
        """Whether it is tied to a condition."""
        return self.tied in {"if", "only"}

    @property
    def whole(self) -> str:
        """The clause as written."""
        return self.words(0, len(self.held) - 1)

    def words(self, first: int, last: int) -> str:
        """The words of these places as written."""
        return self.text[self.held[first].start : self.held[last].end]


@lru_cache(maxsize=8192)
def assertions(text: str, about: str = "", *, indirect: bool = False) -> tuple[Assertion, ...]:
    """The assertions of a text in order; no questions and conditions.

    `about` is what its "that" stands for. In an `indirect` report "would" stands for "will", and the past for the
    present. Words that are laid in somebody else's mouth ("those are his words") assert nothing.
    """
    held = tokens(text)
    lent = matter(about) if about and _points(held) else frozenset[str]()
    others = _OTHERS.search(text) is not None
    return tuple(
        _assertion(text, held[first:end], "were" if others else tied, lent if not first else _NONE, indirect=indirect)
        for first, end, tied in segments(text, held)
    )


def _points(held: Sequence[Token]) -> bool:
    """Whether it is an answer that lives on what was asked: "That will not happen", "We have cancelled it"."""
    pointing = any(token.form in _POINTING for token in held[:_BRIEF])
    return pointing and len(held) <= _BRIEF and sum(map(counts, held)) <= _OWN


def _assertion(text: str, held: tuple[Token, ...], tied: str, lent: frozenset[str], *, indirect: bool) -> Assertion:
    found = phrases(held)
    taken = {place for first, last, _ in found for place in range(first, last + 1)}
    nots = [at for at in (first for first, last, kind in found if kind == "not") if not within(held, at)]
    only = [at for at in nots if held[at].form == "not" and form_at(held, at + 1) in {"only", "just", "merely"}]
    nots = [at for at in nots if at not in only]
    turning = [(first, last) for first, last, kind in found if kind == "turn"]
    sign = (-1) ** (len(nots) + len(turning))
    lets = [first for first, _, kind in found if kind == "let"]
    forms = {token.form for token in held}
    duty = any(kind == "duty" for _, _, kind in found)
    content = tuple(at for at, token in enumerate(held) if at not in taken and counts(token))
    told_for = tense(held, indirect=indirect)
    return Assertion(
        text=text,
        held=held,
        content=content,
        stems=frozenset(lexicon.ALIKE.get(held[at].lemma, held[at].lemma) for at in content),
        sign=sign,
        carriers=frozenset(
            " ".join(token.lemma for token in held[first : last + 1])
            for first, last, kind in found
            if kind in {"turn", "let"}
        ),
        frames=frozenset(kind for _, _, kind in found if kind in {"wish", "duty"}),
        telling=tuple(sorted({*nots, *(first for first, _ in turning), *lets})),
        level="wish" if any(kind == "wish" for _, _, kind in found) else "duty" if duty else "fact",
        tense=told_for,
        asserted=not (tied == "were" or bygone(held)),
        told=told_by(held, taken),
        sure=not (any(kind == "doubt" for _, _, kind in found) or only_part(held)),
        tied=tied,
        narrowed=frozenset[str]().union(*(narrowed(held, at) for at in nots)),
        soft=sign > 0 and len(nots) + len(turning) > 1,
        plan=bool(lets or turning) or fragment(held),
        free=any(tuple(token.lemma for token in held[first : last + 1]) in lexicon.FREE for first, last, _ in found),
        third=bool(forms & _THIRD),
        possible=bool(forms & _MODALS),
        being=bool(forms & _BEING) and not any(token.form.endswith("ing") for token in held),
        would="would" in forms and not indirect,
        done=bool(forms & {"today", "yet", "now", "yesterday"} or {token.lemma for token in held} & lexicon.PROGRESS)
        or told_for == "perfect",
        lent=lent,
    )
