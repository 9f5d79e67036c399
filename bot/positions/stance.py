"""What stance a text takes towards an issue named in it: operators in order, negation, conditions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.positions.acting import (
    NEAR,
    RIGHT,
    called,
    close,
    given_up,
    goes,
    governing,
    inner,
    judges,
    lessening,
    lessening_it,
    negated,
    of_doing,
    of_none,
    of_nothing,
    once,
    only_looks,
    predicates,
    surpassed,
)
from bot.positions.clauses import clauses
from bot.positions.pointing import points
from bot.positions.subjects import OTHERS, OWN, refuses, subject, wanted_of_us
from bot.positions.words import words

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from bot.model import Stance
    from bot.positions.clauses import Clause, Operator
    from bot.positions.lexicon import Class
    from bot.positions.words import Word

EXPLICIT, EVALUATION, REFUSED, OPEN, DENIED, PLAIN = 0.85, 0.7, 0.65, 0.6, 0.45, 0.35
_BINDS = ("if ", "unless ", "provided", "so long as", "as long as", "on condition", "on the understanding")
_DEMANDS = ("must", "should", "ought to", "need to", "needs to", "has to", "have to")
_NEEDS = ("need to", "needs to", "has to", "have to")
_MIXED = 0.25  # off where two clauses point two ways
_SCATTERED = 0.3  # off where no clause names the whole issue
_HALF = ("rule out", "rules out", "ruled out", "ruling out", "exclud", "off the table")  # negated: open, not for
# Nothing has been said either way: no door is held open that a later refusal would shut.
_UNDECIDED = (
    "no ", "not ", "undecided", "two minds", "unclear", "too early", "too soon", "yet to", "could not tell",
    "can not tell", "wait and see", "remains to be seen", "up in the air", "an open question",
)  # fmt: skip
_WISHES = ("would like to", "would love to", "love to see", "like to see", "would be delighted")
_DONE = ("will", "shall", "must")  # "…, but it will"
_CEASED = ("no longer", "ceased to", "ceases to")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A stance with how sure it is, the phrases that show it, and whether a condition is tied to it.

    `whose`: the side whose act the words tell, where it is not the holder's own ("Norrland rejects it").
    """

    stance: Stance
    strength: float
    operators: tuple[str, ...] = ()
    condition: str | None = None
    whose: str = OWN


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sign:
    sign: int
    strength: float
    operators: tuple[str, ...]
    open: bool = False
    whose: str = OWN


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scene:
    """The words of a text, the places of the issue among them, and the sides named, by offset."""

    held: Sequence[Word]
    focus: Collection[int]
    named: Mapping[int, str]


def read(
    text: str,
    focus: Collection[int] = (),
    *,
    extra: Mapping[tuple[str, ...], Class] | None = None,
    flipped: bool = False,
    named: Mapping[int, str] | None = None,
) -> Reading:
    """The stance of `text` towards the issue at the character offsets `focus` (nowhere: towards what it is about).

    `extra` adds phrases of one proposition. `flipped`: the cue denies the content. `named`: the sides in the text.
    """
    held = words(text)
    parts = clauses(text, extra)
    silent = [op.text for part in parts for op in part.operators if op.kind == "silent"]
    if silent:
        return Reading(stance="no_comment", strength=EXPLICIT, operators=tuple(silent[:2]))
    at = frozenset(place for place, word in enumerate(held) if word.start in focus)
    main = [part for part in parts if not part.condition and not part.question]
    condition = next((text[held[part.first].start : held[part.last].end] for part in parts if part.condition), None)
    held_by = [sum(part.first <= place <= part.last for place in at) for part in main]
    most = max(held_by, default=0)
    here = [part for part, count in zip(main, held_by, strict=True) if count and count == most]
    scene = _Scene(held=held, focus=at, named=named or {})
    signs = [_sign(part, scene) for part in (here or main)]
    if at and not here:
        return Reading(stance="none", strength=0.0, condition=condition)  # named in a condition or a question only
    best = max(signs, key=lambda sign: sign.strength, default=None)
    if best is None:
        return Reading(stance="none", strength=0.0, condition=condition)
    told = [s for part, s in zip(here or main, signs, strict=True) if s.strength == best.strength and _now(part)]
    if told and not _now((here or main)[signs.index(best)]):  # "I said it was obsolete; it's no longer obsolete"
        signs, best, most = told, told[-1], len(at)
    if best.strength < DENIED and here:
        behind = replace(scene, focus=frozenset())
        elsewhere = [_sign(part, behind) for part in main if part.first > here[-1].last and points(part, held)]
        best = max([best, *elsewhere], key=lambda sign: sign.strength)
    if here and _yields(best, next((part for part in main if part.first > here[-1].last), None), held):
        best = replace(best, strength=PLAIN)
    mixed = {sign.sign for sign in signs if sign.strength >= EVALUATION}
    strength = best.strength - (_MIXED if len(mixed) > 1 else 0.0) - (_SCATTERED if len(at) > 1 and most == 1 else 0.0)
    sign = -best.sign if flipped else best.sign
    if flipped:
        strength = max(strength, EVALUATION)
    bound = condition is not None and (sign > 0 or (DENIED < strength < EVALUATION and _binds(condition)))
    if condition and sign < 0 and strength < EVALUATION and condition.casefold().startswith("without "):
        bound = True  # "no treaty without guarantees"
    return Reading(
        stance=_stance(sign, is_open=best.open and not flipped, conditional=bound),
        strength=round(strength - (0.1 if condition else 0.0), 2),
        operators=best.operators,
        condition=condition,
        whose=best.whose,
    )


def _yields(best: _Sign, behind: Clause | None, held: Sequence[Word]) -> bool:
    """Whether what is only wished gives way behind it: "I would love to, but I cannot", "rather not, but we will"."""
    if behind is None or held[behind.first].form != "but":
        return False
    shut = any(op.kind == "not" for op in behind.operators)
    if best.sign > 0:
        return shut and bool(best.operators) and best.operators[0] in _WISHES
    return not shut and held[behind.last].form in _DONE


def _now(part: Clause) -> bool:
    """Whether a clause says what has ceased to be so: where two clauses differ, it is the one that holds."""
    return any(op.kind == "not" and op.text in _CEASED for op in part.operators)


def _binds(condition: str) -> bool:
    """Whether it makes a refusal a conditional yes: "would not block it if …", not "never, once …"."""
    return condition.casefold().startswith(_BINDS)


def _stance(sign: int, *, is_open: bool, conditional: bool) -> Stance:
    if is_open:
        return "conditional" if conditional else "open"
    if conditional:
        return "conditional"
    return "for" if sign > 0 else "against"


def _sign(part: Clause, scene: _Scene) -> _Sign:
    """The sign of one clause at the issue: stance operator × "less" verbs × negators."""
    mine = sorted(place for place in scene.focus if part.first <= place <= part.last)
    target = min(mine) if mine else None
    stance = [op for op in part.operators if op.kind in {"accept", "reject"} and not only_looks(op, scene.held)]
    ruling = governing(stance, mine, scene.held)
    opening = [op for op in part.operators if op.kind == "open"]
    if ruling and not any(0 < ruling[0].first - op.last <= RIGHT for op in opening):  # "too early to recommend"
        sign, behind = of_doing(part, ruling[0], scene.held)
        lost: list[Operator] = []
        for op in ruling:
            against = negated(part, op.first, behind) or of_none(part, op, scene.held)
            against = against != of_nothing(part, op, scene.held)
            if against and op.text.startswith(_HALF):
                return _Sign(sign=1, strength=OPEN, operators=_texts([op]), open=True)
            taken = given_up(part, op)
            lost += taken
            sign *= (1 if op.kind == "accept" else -1) * (-1 if against != bool(taken) else 1)
            behind = op.last
        leads = target is None or ruling[0].first < target
        after = ruling[0].last if leads else part.first - 1  # "dropping it is a mistake"
        less = [op for op in lessening(part, mine, scene.held, after=after) if op not in lost]
        if (target is not None and inner(part, ruling[-1].last, target)) != surpassed(part, ruling[0], scene.held):
            sign = -sign
        return _Sign(
            sign=sign * (-1) ** len(less),
            strength=PLAIN if once(part, ruling[0], scene.held) else EXPLICIT,
            operators=_texts([*ruling, *less]),
            whose=OTHERS
            if wanted_of_us(part, ruling, scene.held)
            else subject(part, ruling[0], scene.held, scene.named),
        )
    judged = [op for op in part.operators if op.kind in {"good", "bad"} and judges(part, op, mine, scene.held)]
    less = (
        lessening(part, mine, scene.held, after=part.first - 1)
        if target is not None
        else lessening_it(part, scene.held)
    )
    if judged and not (less and not predicates(part, judged[0], scene.held)):
        ops = called(part, judged, scene.held)
        op, sign = ops[0], (-1) ** len(less)  # "it would be a mistake to end it"
        for one in ops:
            sign *= 1 if one.kind == "good" else -1
        sign *= -1 if negated(part, op.first, part.first - 1) else 1
        if any(no.kind == "not" and no.first == op.last + 1 for no in part.operators):
            sign = -sign  # "it would be a mistake not to go"
        told = EVALUATION if predicates(part, op, scene.held) else DENIED
        return _Sign(sign=sign, strength=told, operators=_texts([*ops, *less]))
    if not opening and any(word.form == "yet" for word in scene.held[part.first : part.last + 1]):
        undone = next((op for op in part.operators if op.kind == "not"), None)
        if undone:  # "has not been handed over yet"
            return _Sign(sign=1, strength=DENIED, operators=(f"{undone.text} … yet",), open=True)
    if opening:
        shut = negated(part, opening[0].first, part.first - 1)
        told = DENIED if opening[0].text.startswith(_UNDECIDED) else OPEN
        return _Sign(sign=-1 if shut else 1, strength=told, operators=_texts(opening[:1]), open=not shut)
    if goes(part, mine, scene.held):
        return _Sign(sign=-1, strength=EVALUATION, operators=("must go",))
    negators = [op for op in part.operators if op.kind in {"not", "hedge"} and op.text != "without"]
    vouched = next((op for op in part.operators if op.kind == "vouch" and close(op, mine, NEAR)), None)
    if (
        vouched and vouched.text in _DEMANDS
    ):  # "the view that it should stay has not changed": what is demanded is not negated behind it
        negators = [op for op in negators if op.first <= vouched.last + 2]
    sign = (-1 if negators else 1) * (-1) ** len(less)
    plain = DENIED if less or any(close(op, mine, NEAR) for op in negators) else PLAIN
    if any(close(op, mine, NEAR) and refuses(part, op, scene.held, scene.named) for op in negators):
        plain = REFUSED
    told = EVALUATION if vouched and not (negators and vouched.text in _NEEDS) else plain  # "we do not have to"
    return _Sign(sign=sign, strength=told, operators=_texts([*negators[:1], *less]))


def _texts(operators: list[Operator]) -> tuple[str, ...]:
    return tuple(op.text for op in operators)
