"""For which time a clause speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from bot.contrast.cues import form_at
from bot.contrast.lemmas import IRREGULAR, listed
from bot.contrast.words import number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.contrast.words import Token

Tense = Literal["past", "perfect", "present", "future", "any"]

_PAST: Final = listed("did was were had")
_PRESENT: Final = listed("is are am do does can may must should need cannot")
_FUTURE: Final = listed("will shall")
_DETERMINERS: Final = listed("a an the our their his her its my this that these those of no")
_UNCHANGED: Final = listed("hit cut shut put let set")  # the same in the past
_BE: Final = listed("am is are")


def tense(held: Sequence[Token], *, indirect: bool) -> Tense:
    """For which time a clause speaks, by its first verb; "any" where that may be read in more than one way."""
    if fragment(held):
        return "any"
    for at, token in enumerate(held):
        form = token.form
        if form in _FUTURE or (form in _BE and "going" in {near.form for near in held[at + 1 : at + 4]}):
            return "future"
        if form == "would":
            return "future" if indirect else "present"
        if form in _PAST:
            return "any" if indirect else "past"
        if form in {"has", "have"} and any(_participle(near.form) for near in held[at + 1 : at + 5]):
            return "perfect"
        if form in _PRESENT:
            return "present"
        if form in _UNCHANGED:
            return "any"
        bare = form_at(held, at - 1) not in _DETERMINERS
        if (
            bare
            and form.endswith("ed")
            and len(form) > 4
            and not number(form)
            and not token.capital
            and not _adjective(held, at)
        ):
            return "any" if indirect else "past"
        if bare and form in IRREGULAR and IRREGULAR[form] != form and not form.endswith(("s", "ing")):
            return "any" if indirect else "past"
    return "present"


def fragment(held: Sequence[Token]) -> bool:
    """Whether it is what a report's verb governs: "(agreed) to extend", "(ruled out) paying"."""
    if held[0].form == "to":
        return True
    return held[0].form.endswith("ing") and not {token.form for token in held} & (_FUTURE | _PAST | _PRESENT)


def _adjective(held: Sequence[Token], at: int) -> bool:
    """Whether a participle stands before its noun: "suspended crews remain"."""
    return at == 0 or form_at(held, at - 1) in {"all", "some", "and"}


def _participle(form: str) -> bool:
    return (form.endswith("ed") and len(form) > 4) or (form in IRREGULAR and IRREGULAR[form] != form) or form == "begun"
