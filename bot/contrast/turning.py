"""Whether two texts assert one thing and its opposite, found by laying their words side by side."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

from bot.contrast import lexicon
from bot.contrast.aligning import Aligned, align, may_align
from bot.contrast.assertions import assertions
from bot.contrast.causes import another_cause
from bot.contrast.cues import matter
from bot.contrast.lemmas import listed
from bot.contrast.specifics import figures, grown, periods
from bot.contrast.words import tokens

if TYPE_CHECKING:
    from bot.contrast.assertions import Assertion

How = Literal["same", "apart", "negation", "opposites", "number", "time", "condition", "cause"]

_FEW: Final = 2  # words of content that both must have
_SINCE: Final = frozenset({"past", "perfect", "any", "present"})
_HAPPENED: Final = frozenset({"past", "perfect", "any"})
_AUXILIARY: Final = listed("will would shall is are was were has have had did does do can may must should could")


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Words with who says them: `names` are the common forms of what the speaker's own side is called.

    `about`: what its "that" stands for. `indirect`: told in the words of a report. `denied`: the report says that the
    speaker denies them.
    """

    text: str
    names: frozenset[str] = frozenset()
    about: str = ""
    indirect: bool = False
    denied: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    """How two texts stand to each other, with the telling words of both as written.

    "same": nothing is turned. "apart": the words are much the same, but one of them is not asserted now by who says
    it. `fact`: both tell what is or was, not what somebody wants or plans. `owned`: who denies, denies of its own side
    what another says of it. `shared` are the words that both have.
    """

    how: How
    one: str
    other: str
    fact: bool = False
    owned: bool = False
    shared: tuple[str, ...] = ()

    @property
    def turned(self) -> bool:
        """Whether the one asserts what the other denies."""
        return self.how not in {"same", "apart"}


@lru_cache(maxsize=1 << 11)  # compared before the writer's turn, and within it with what came since
def contrast(earlier: Voice, later: Voice, *, one_party: bool) -> Contrast | None:
    """How two texts stand to each other: turned, the same, or None where that cannot be told for sure.

    With `one_party` both speak for one side, and "we" is the same in both; else "we" of the one is whom the other
    calls by name, and a number or a date alone turns nothing.
    """
    lends = earlier.about or later.about
    read = lends or may_align(earlier.text, later.text, earlier.names | later.names)
    told = _laid(earlier, later, one_party=one_party) if read else []
    causes = another_cause(earlier.text, later.text) if one_party and not (earlier.denied or later.denied) else None
    if causes and not any(found.turned for found in told):
        return Contrast(how="cause", one=causes[0], other=causes[1], fact=True, shared=_both(earlier, later))
    asserted = [found for found in told if found.how != "apart"]
    if len({found.turned for found in asserted}) > 1:  # "not obliged to, but ready to"
        return None
    return next(iter(asserted or told), None)


def _laid(earlier: Voice, later: Voice, *, one_party: bool) -> list[Contrast]:
    """How each clause of the one stands to each of the other, where that can be told."""
    told: list[Contrast] = []
    for one in assertions(earlier.text, earlier.about, indirect=earlier.indirect):
        for other in assertions(later.text, later.about, indirect=later.indirect):
            if one.stems.isdisjoint(other.stems) and not (one.lent or other.lent):
                continue
            laid = align(one, other, earlier.names, later.names, one_party=one_party)
            if laid is None or laid.matched + bool(one.carriers & other.carriers or one.frames & other.frames) < _FEW:
                continue
            signs = (-one.sign if earlier.denied else one.sign, -other.sign if later.denied else other.sign)
            found = _stand(laid, signs, one_party=one_party)
            if found:
                told.append(found)
    return told


def _both(one: Voice, other: Voice) -> tuple[str, ...]:
    return tuple(sorted(matter(one.text) & matter(other.text)))


def _stand(laid: Aligned, signs: tuple[int, int], *, one_party: bool) -> Contrast | None:
    one, other = laid.one, laid.other
    if len(laid.opposites) > 1 or not (one.sure and other.sure):
        return None
    if laid.lent and (laid.lent < _FEW or (one.lent and other.lent)):
        return None
    if not (one.asserted and other.asserted) or one.told != other.told:
        return None if laid.left and laid.right else _told(laid, "apart")
    equal = signs[0] == signs[1]
    if sum(tuple(words.split()) in lexicon.TURN for words in one.carriers & other.carriers) % 2:
        signs = (-signs[0], -signs[1])  # both speak of refusing: who denies that is the one who denies
    opposite = laid.opposites[0] if laid.opposites else None
    how: How
    owned = False
    if opposite is None and not equal:
        how, turned = "negation", _denies(laid, first=signs[0] < 0)
        owned = laid.owner == ("one" if signs[0] < 0 else "other")
    elif opposite is None:
        return _restated(laid, one_party=one_party)
    elif equal and (opposite.exclusive or signs[0] > 0):
        how, turned = "opposites", len(laid.left) + len(laid.right) <= 1 and not (one.bound or other.bound)
        turned = turned and _one_level(one, other) and _one_level(other, one) and not periods(one, other)
    else:
        return _told(laid, "same") if opposite.exclusive and not (laid.left or laid.right) else None
    if turned and not _one_time(one, other):
        return None if one.plan or other.plan else _told(laid, "apart")  # of one time it is a turn, of two it is none
    return _told(laid, how, owned=owned) if turned else None


def _denies(laid: Aligned, *, first: bool) -> bool:
    """Whether the `first` or the second denies what the other asserts: a denial is no narrower than what it denies."""
    one, other = laid.one, laid.other
    denied, held = (one, other) if first else (other, one)
    narrower, wider = (laid.left, laid.right) if first else (laid.right, laid.left)
    if (narrower and not (held.third and laid.names(narrower, first=first))) or len(wider) > max(1, laid.matched):
        return False
    if _elsewhere(held, wider):
        return False
    if held.lent and laid.lent and not held.carriers:
        return False
    if denied.narrowed - {token.form for token in held.held}:
        return False
    if (
        denied.bound
        or denied.tied == "until"
        or (held.bound and denied.tied != "even")
        or (held.soft and not denied.carriers & held.carriers)
    ):
        return False
    if not _one_level(held, denied) or figures(one, other) or periods(denied, held, lone=True):
        return False
    if first and (one.done or lexicon.ONSET & {token.lemma for token in tokens(other.text)}):
        return other.tense not in _SINCE  # it may have come true in between
    return True


def _elsewhere(held: Assertion, wider: tuple[int, ...]) -> bool:
    """Whether words that only the one has make it speak of something else: "another plan", "the families of …"."""
    behind = {held.held[at + 1].form for at in wider if at + 1 < len(held.held)}
    return "of" in behind or bool(lexicon.OTHERS & {held.held[at].lemma for at in wider})


def _restated(laid: Aligned, *, one_party: bool) -> Contrast | None:
    """The same thing once more, or with another number or date."""
    one, other = laid.one, laid.other
    if laid.left and laid.right:
        return None
    if one_party and one.sign > 0 and other.sign > 0 and len(laid.left) + len(laid.right) <= 1:
        if one.level == other.level and _one_time(one, other):
            amounts = figures(one, other)
            if amounts:
                risen = other.tense in _HAPPENED and grown(one, other)  # what is counted goes on being counted
                return None if risen else _told(laid, "number", amounts)
            days = periods(one, other)
            if days and not (one.bound or other.bound or laid.left or laid.right):
                return _told(laid, "time", days)
        if {one.tied, other.tied} == {"free", "only"}:
            return _told(laid, "condition")
    if laid.left or laid.right or figures(one, other) or periods(one, other):
        return None
    return _told(laid, "same") if _one_time(one, other) else None


def _one_level(held: Assertion, denied: Assertion) -> bool:
    """Whether a denial speaks of what is asserted: of the deed, of the wish or of the duty."""
    if (held.level == "wish") != (denied.level == "wish"):
        return bool(denied.carriers) and held.level == "wish"
    if denied.free and denied.sign < 0 and held.level != "duty":
        return False  # "need not" leaves the choice
    if held.possible and not denied.possible and not held.plan:
        return False
    return held.would == denied.would or denied.would


def _one_time(one: Assertion, other: Assertion) -> bool:
    """Whether both speak of one time: what was, what is, or what will be."""
    if "any" in {one.tense, other.tense} or one.tense == other.tense:
        return True
    pair = {one.tense, other.tense}
    if pair <= {"past", "perfect"}:
        return True
    plans = any(held.plan or held.level != "fact" for held in (one, other) if held.tense != "future")
    if pair <= {"present", "future"}:
        return plans or not any(held.tense == "present" and held.being for held in (one, other))
    return plans and "past" not in pair


def _told(laid: Aligned, how: How, words: tuple[str, str] | None = None, *, owned: bool = False) -> Contrast:
    one, other = laid.one, laid.other
    fact = all(held.level == "fact" and not held.plan and held.tense in _HAPPENED for held in (one, other))
    left, right = words or (_telling(laid, 0), _telling(laid, 1))
    return Contrast(how=how, one=left, other=right, fact=fact, owned=owned, shared=laid.shared)


def _telling(laid: Aligned, side: Literal[0, 1]) -> str:
    """The words that carry or turn an assertion: from the first of them to the next word that both have."""
    held = (laid.one, laid.other)[side]
    opposite = [pair.places[side] for pair in laid.opposites]
    matched = sorted([*(pair[side] for pair in laid.both), *opposite])
    auxiliary = [at for at, token in enumerate(held.held) if token.form in _AUXILIARY]
    carriers = [*held.telling, *auxiliary[:1]]
    if opposite and not held.telling:
        carriers = [at for at in auxiliary if at < opposite[0]][-1:] or opposite
    if not carriers:
        at = _partner(laid, side) if matched else None
        at = (matched or [0])[0] if at is None else at
        return held.words(at, at)
    last = max(carriers)
    return held.words(min(carriers), next((at for at in matched if at > last), last))


def _partner(laid: Aligned, side: Literal[0, 1]) -> int | None:
    """The place of the word that the other side carries or turns."""
    turned = (laid.one, laid.other)[1 - side].telling
    behind = sorted((pair[1 - side], pair[side]) for pair in laid.both)
    return next((mine for theirs, mine in behind if turned and theirs > max(turned)), None)
