"""What stance a text takes towards an issue named in it: operators in order, negation, conditions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.positions.clauses import clauses
from bot.positions.pointing import points
from bot.positions.subjects import OWN, refuses, subject
from bot.positions.words import listed, words

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from bot.model import Stance
    from bot.positions.clauses import Clause, Operator
    from bot.positions.lexicon import Class
    from bot.positions.words import Word

EXPLICIT, EVALUATION, REFUSED, OPEN, DENIED, PLAIN = 0.85, 0.7, 0.65, 0.6, 0.45, 0.35
_REACH = 4  # words over which a negator still flips the next operator
_RIGHT = 2  # words: "without ever agreeing", but "without preconditions to allow for talks"
_CHAIN = 6  # words between two operators that act on each other ("refused to rule out")
_PASSES = listed("""is are was were be been being remain remains remained called call calling calls as seem seems
find finds found consider considers considered sounds looks think thinks became become it them that this
constitute constitutes constituted represent represents represented pose poses posed amounts amounted""")
_DOES = ("lead", "mean war", "means war", "start a war", "do ", "does ", "did ", "harms", "backfire", "play")  # verbs
_GIVEN = ("support", "backing", "commitment to", "call for", "calls for", "demand for", "demand that", "consent")
_BINDS = ("if ", "unless ", "provided", "so long as", "as long as", "on condition", "on the understanding")
_CLAIMS = listed("allegation allegations accusation accusations claim claims charges reports suggestions assertions")
_DEMANDS = ("must", "should", "ought to", "need to", "needs to", "has to", "have to")
_NEEDS = ("need to", "needs to", "has to", "have to")
_PREDICATE = 20  # words from the issue to what is said of it, long insertions between
_INSERTED = 26  # the same for a judgement that is passed: "the posting, whether under …, would make them hostile"
_MIXED = 0.25  # off where two clauses point two ways
_SCATTERED = 0.3  # off where no clause names the whole issue
_BEHIND = 3  # words between the issue and a "less" verb behind it
_FAR = 12  # words beyond which an operator no longer acts on the issue
_HALF = ("rule out", "rules out", "ruled out", "ruling out", "exclud", "off the table")  # negated: open, not for
# Nothing has been said either way: no door is held open that a later refusal would shut.
_UNDECIDED = (
    "no ", "not ", "undecided", "of two minds", "unclear", "too early", "too soon", "yet to", "could not tell",
    "can not tell", "wait and see", "remains to be seen", "up in the air", "an open question",
)  # fmt: skip
_DOING = ("that", "which", "who")  # "the treaty that ended the war" is not what ended
_CEASED = ("no longer", "ceased to", "ceases to")
_NOTHING = ("nothing", "none", "nobody")
_NEXT = 4  # words between two "less" words of which the one turns the other
_NEAR = 7  # words between a "less" verb and the issue it lessens


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
    mixed = {sign.sign for sign in signs if sign.strength >= EVALUATION}
    strength = best.strength - (_MIXED if len(mixed) > 1 else 0.0) - (_SCATTERED if len(at) > 1 and most == 1 else 0.0)
    sign = -best.sign if flipped else best.sign
    if flipped:
        strength = max(strength, EVALUATION)
    bound = condition is not None and (sign > 0 or (DENIED < strength < EVALUATION and _binds(condition)))
    return Reading(
        stance=_stance(sign, is_open=best.open and not flipped, conditional=bound),
        strength=round(strength - (0.1 if condition else 0.0), 2),
        operators=best.operators,
        condition=condition,
        whose=best.whose,
    )


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
    stance = [op for op in part.operators if op.kind in {"accept", "reject"}]
    governing = _governing(stance, mine, scene.held)
    opening = [op for op in part.operators if op.kind == "open"]
    if governing and not any(0 < governing[0].first - op.last <= _RIGHT for op in opening):  # "too early to recommend"
        sign, behind = _of_doing(part, governing[0], scene.held)
        lost: list[Operator] = []
        for op in governing:
            negated = _negated(part, op.first, behind) != _of_nothing(part, op)
            if negated and op.text.startswith(_HALF):
                return _Sign(sign=1, strength=OPEN, operators=_texts([op]), open=True)
            given_up = _given_up(part, op)
            lost += given_up
            sign *= (1 if op.kind == "accept" else -1) * (-1 if negated != bool(given_up) else 1)
            behind = op.last
        leads = target is None or governing[0].first < target
        after = governing[0].last if leads else part.first - 1  # "dropping it is a mistake"
        less = [op for op in _less(part, mine, scene.held, after=after) if op not in lost]
        if target is not None and _inner(part, governing[-1].last, target):
            sign = -sign
        return _Sign(
            sign=sign * (-1) ** len(less),
            strength=EXPLICIT,
            operators=_texts([*governing, *less]),
            whose=subject(part, governing[0], scene.held, scene.named),
        )
    judged = [op for op in part.operators if op.kind in {"good", "bad"} and _judges(part, op, mine, scene.held)]
    less = _less(part, mine, scene.held, after=part.first - 1) if target is not None else []
    if judged and not less:
        op = judged[0]
        sign = (1 if op.kind == "good" else -1) * (-1 if _negated(part, op.first, part.first - 1) else 1)
        if any(no.kind == "not" and no.first == op.last + 1 for no in part.operators):
            sign = -sign  # "it would be a mistake not to go"
        told = EVALUATION if _predicates(part, op, scene.held) else DENIED
        return _Sign(sign=sign, strength=told, operators=_texts([op]))
    if not opening and any(word.form == "yet" for word in scene.held[part.first : part.last + 1]):
        undone = next((op for op in part.operators if op.kind == "not"), None)
        if undone:  # "has not been handed over yet"
            return _Sign(sign=1, strength=DENIED, operators=(f"{undone.text} … yet",), open=True)
    if opening:
        negated = _negated(part, opening[0].first, part.first - 1)
        told = DENIED if opening[0].text.startswith(_UNDECIDED) else OPEN
        return _Sign(sign=-1 if negated else 1, strength=told, operators=_texts(opening[:1]), open=not negated)
    negators = [op for op in part.operators if op.kind in {"not", "hedge"} and op.text != "without"]
    vouched = next((op for op in part.operators if op.kind == "vouch" and _close(op, mine, _NEAR)), None)
    if (
        vouched and vouched.text in _DEMANDS
    ):  # "the view that it should stay has not changed": what is demanded is not negated behind it
        negators = [op for op in negators if op.first <= vouched.last + 2]
    sign = (-1 if negators else 1) * (-1) ** len(less)
    plain = DENIED if less or any(_close(op, mine, _NEAR) for op in negators) else PLAIN
    if any(_close(op, mine, _NEAR) and refuses(part, op, scene.held, scene.named) for op in negators):
        plain = REFUSED
    told = EVALUATION if vouched and not (negators and vouched.text in _NEEDS) else plain  # "we do not have to"
    return _Sign(sign=sign, strength=told, operators=_texts([*negators[:1], *less]))


def _given_up(part: Clause, op: Operator) -> list[Operator]:
    """What takes a stance back: "withdraw our support for it", "abandoned his call for it"."""
    if op.text not in _GIVEN:
        return []
    return [less for less in part.operators if less.kind == "less" and 0 < op.first - less.last <= _NEXT][-1:]


def _of_doing(part: Clause, op: Operator, held: Sequence[Word]) -> tuple[int, int]:
    """What is thought of taking a stance, and where that ends: "it would be wrong to reject the plan" is for it."""
    opinions = [one for one in part.operators if one.kind in {"good", "bad"}]
    before = [one for one in opinions if 1 < op.first - one.last <= _REACH]
    thought, behind = None, part.first - 1
    if before and "to" in {word.form for word in held[before[-1].last + 1 : op.first]}:
        thought, behind = before[-1], before[-1].last
    elif op.first == part.first and held[op.first].form.endswith("ing"):  # "rejecting it would be a mistake"
        thought = next((one for one in opinions if one.first > op.last and _predicates(part, one, held)), None)
    if thought is None:
        return 1, part.first - 1
    negated = _negated(part, thought.first, part.first - 1)
    return (1 if thought.kind == "good" else -1) * (-1 if negated else 1), behind


def _denies(op: Operator, held: Sequence[Word]) -> bool:
    """Whether it is a claim that is rejected: "deny the fabricated allegations about …" rejects all that follows."""
    return op.kind == "reject" and any(word.form in _CLAIMS for word in held[op.last + 1 : op.last + 1 + _REACH])


def _governing(stance: list[Operator], focus: list[int], held: Sequence[Word]) -> list[Operator]:
    """The operators that act on the issue: those before it, chained, else the first behind it; none from afar."""
    before = [op for op in stance if not focus or op.first <= focus[0]]
    if focus and before and focus[0] - before[-1].last > _FAR and not _denies(before[-1], held):
        before = []
    if not before:
        return [op for op in stance if focus and focus[0] < op.first <= focus[-1] + _PREDICATE][:1]
    chain = [before[0]]
    for op in before[1:]:
        if op.first - chain[-1].last > _CHAIN or _denies(chain[-1], held):
            break
        chain.append(op)
    return chain


def _judges(part: Clause, op: Operator, focus: list[int], held: Sequence[Word]) -> bool:
    """Whether a judgement is on the issue: "the plan is dangerous", "a dangerous plan", not "harmful to the talks".

    "It is dangerous for us to hold talks" judges what stands further behind.
    """
    ahead = _FAR if "it" in {word.form for word in held[max(0, op.first - _REACH) : op.first]} else _BEHIND
    behind = _INSERTED if _predicates(part, op, held) else _FAR
    return not focus or any(-behind <= place - op.last <= ahead for place in focus)


def _predicates(part: Clause, op: Operator, held: Sequence[Word]) -> bool:
    """Whether a judgement is passed: "it is fake", "called it fake", "Nonsense"; "fake reviews" only says which."""
    before = {held[place].form for place in range(max(part.first, op.first - _REACH), op.first)}
    return op.first - part.first <= 1 or bool(before & _PASSES) or op.text.startswith(_DOES)


def _close(op: Operator, focus: list[int], words_apart: int) -> bool:
    """Whether the operator stands within so many words of the issue, or the issue is not named at all."""
    return not focus or any(abs(op.first - place) <= words_apart for place in focus)


def _inner(part: Clause, after: int, target: int) -> bool:
    """Whether the issue itself is negated behind its operator: "agreed not to send troops"."""
    return any(op.kind == "not" and after < op.first < target for op in part.operators)


def _negated(part: Clause, at: int, behind: int) -> bool:
    """Whether a negator stands within reach before `at` (after `behind`), or a hedge anywhere before it."""
    return any(
        behind < op.first < at
        and (op.kind == "hedge" or (op.kind == "not" and at - op.last <= (_RIGHT if op.text == "without" else _REACH)))
        for op in part.operators
    )


def _of_nothing(part: Clause, op: Operator) -> bool:
    """Whether the object right behind the operator is nothing: "agreed to nothing"."""
    return any(no.text in _NOTHING and 0 < no.first - op.last <= 2 for no in part.operators)


def _less(part: Clause, focus: list[int], held: Sequence[Word], *, after: int) -> list[Operator]:
    """The words that lessen the issue: shortly before ("lift sanctions") or right behind ("sanctions be lifted").

    Before it there may be several, each of which turns the next: "lift the ban on grain".
    """
    found: list[Operator] = []
    for op in part.operators:
        if op.kind != "less" or op.last <= after or op.first in focus:
            continue
        if found and not (op.first - found[-1].last <= _NEXT and focus and op.last < focus[0]):
            continue
        ahead = any(0 < place - op.last <= _NEAR for place in focus)
        behind = focus and 0 < op.first - focus[-1] <= _BEHIND and held[op.first - 1].form not in _DOING
        if found or not focus or ahead or behind:
            found.append(op)
    return found


def _texts(operators: list[Operator]) -> tuple[str, ...]:
    return tuple(op.text for op in operators)
