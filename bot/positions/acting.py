"""What in a clause acts on the issue: which stance phrases govern it, judge it, negate it or lessen it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from bot.positions.words import listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.positions.clauses import Clause, Operator
    from bot.positions.words import Word

# Verbs that leave all open what they look into, or that only go there.
LOOKS_INTO: Final = listed("discuss debate consider study examine review explore look visit tour")
RIGHT = 2  # words: "without ever agreeing", but "without preconditions to allow for talks"
_REACH = 4  # words over which a negator still flips the next operator
_CHAIN = 6  # words between two operators that act on each other ("refused to rule out")
_PASSES = listed("""is are was were be been being remain remains remained called call calling calls as seem seems
find finds found consider considers considered sounds looks think thinks became become it them that this
constitute constitutes constituted represent represents represented pose poses posed amounts amounted""")
_DOES = (  # verbs: what does so is judged, not what it is done to
    "lead", "mean war", "means war", "start a war", "do ", "does ", "did ", "harm", "backfire", "play", "undermine",
    "jeopardi", "destabili", "hurt", "cripple", "devastate", "bankrupt", "wreck", "ruin", "endanger", "weaken", "run ",
    "runs ", "ran ", "go ", "goes ", "went ", "cost ", "costs ", "cause ", "causes ", "caused ", "send ", "sends ",
    "help no", "helps no", "serve no", "serves no", "benefits no",
)  # fmt: skip
_HARMFUL = listed("harmful detrimental damaging hostile threat insult affront")
_AT_FIRST = listed("initially originally formerly previously")
_CALLS = listed("call describe say suggest pretend claim think see treat portray paint label brand blame")
_GIVEN = ("support", "backing", "commitment to", "call for", "calls for", "demand for", "demand that", "consent")
_CLAIMS = listed("allegation allegations accusation accusations claim claims charges reports suggestions assertions")
_PREDICATE = 20  # words from the issue to what is said of it, long insertions between
_INSERTED = 26  # the same for a judgement that is passed: "the posting, whether under …, would make them hostile"
_BEHIND = 3  # words between the issue and a "less" verb behind it
_FAR = 12  # words beyond which an operator no longer acts on the issue
_POINTS = listed("it them this that")
_BE = listed("be been being is are was were")
_UNTIL = listed("by at until till before after since from to towards toward near through in")
_ONLY_BEHIND = ("gone", "closed", "overturned", "struck down", "torn up")
_HAVE = listed("have has had")
_PERIODS = listed("""
day week month year decade century next this last january february march april may june july august september october
november december road line story world""")
_DOING = ("that", "which", "who")  # "the treaty that ended the war" is not what ended
_NOTHING = ("nothing", "none", "nobody")
_GOING = 6  # words behind the issue, to be told to go
_MUST = listed("must should to")
_AT_ONCE = listed("now too altogether immediately today first and")
_NONE = ("no", "none", "nothing", "neither")
_LINKS = listed("and but or")
_NEXT = 4  # words between two "less" words of which the one turns the other
NEAR = 7  # words between a "less" verb and the issue it lessens


def once(part: Clause, op: Operator, held: Sequence[Word]) -> bool:
    """Whether a stance is one of the past: "I used to oppose it", "I once supported it"."""
    before = [held[place].form for place in range(max(part.first, op.first - RIGHT), op.first)]
    return before == ["used", "to"] or before[-1:] == ["once"] or not _AT_FIRST.isdisjoint(before)


def only_looks(op: Operator, held: Sequence[Word]) -> bool:
    """Whether what is wanted or agreed is only to look into the issue: "plan to review it", "agreed to debate it"."""
    behind = [word.form for word in held[op.last + 1 : op.last + 3]]
    leads = op.text.endswith(" to") or behind[:1] == ["to"]
    return op.kind == "accept" and leads and not LOOKS_INTO.isdisjoint(behind[: 1 if op.text.endswith(" to") else 2])


def surpassed(part: Clause, op: Operator, held: Sequence[Word]) -> bool:
    """Whether nobody else goes as far as somebody does: "no one wants peace more than I do" is for it."""
    forms = [word.form for word in held[part.first : part.last + 1]]
    behind = forms[op.last + 1 - part.first :]
    nobody = "nobody" in forms[: op.last - part.first] or ("no", "one") in pairwise(forms[: op.last - part.first])
    return nobody and ("more", "than") in pairwise(behind)


def given_up(part: Clause, op: Operator) -> list[Operator]:
    """What takes a stance back: "withdraw our support for it", "it has lost my support"."""
    if op.text not in _GIVEN:
        return []
    return [less for less in part.operators if less.kind == "less" and 0 < op.first - less.last <= _NEXT][-1:]


def of_doing(part: Clause, op: Operator, held: Sequence[Word]) -> tuple[int, int]:
    """What is thought of taking a stance, and where that ends: "it would be wrong to reject the plan" is for it."""
    opinions = [one for one in part.operators if one.kind in {"good", "bad"}]
    before = [one for one in opinions if 1 < op.first - one.last <= _REACH]
    thought, behind = None, part.first - 1
    if before and "to" in {word.form for word in held[before[-1].last + 1 : op.first]}:
        thought, behind = before[-1], before[-1].last
    elif op.first == part.first and held[op.first].form.endswith("ing"):  # "rejecting it would be a mistake"
        thought = next((one for one in opinions if one.first > op.last and predicates(part, one, held)), None)
    if thought is None:
        return 1, part.first - 1
    turned = negated(part, thought.first, part.first - 1)
    return (1 if thought.kind == "good" else -1) * (-1 if turned else 1), behind


def _denies(op: Operator, held: Sequence[Word]) -> bool:
    """Whether it is a claim that is rejected: "deny the fabricated allegations about …" rejects all that follows."""
    return op.kind == "reject" and any(word.form in _CLAIMS for word in held[op.last + 1 : op.last + 1 + _REACH])


def governing(stance: list[Operator], focus: list[int], held: Sequence[Word]) -> list[Operator]:
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


def called(part: Clause, judged: Sequence[Operator], held: Sequence[Word]) -> list[Operator]:
    """What must hold for the one that counts: "it would be wrong to call it a failure" has both."""
    first = judged[0]
    behind = [word.form for word in held[first.last + 1 : min(part.last, first.last + _REACH) + 1]]
    if "to" in behind and _CALLS & set(behind[behind.index("to") + 1 :][:1]):
        return list(judged[:2])
    return [first]


def judges(part: Clause, op: Operator, focus: list[int], held: Sequence[Word]) -> bool:
    """Whether a judgement is on the issue: "the plan is dangerous", "a dangerous plan", not "harmful to the talks".

    "It is dangerous for us to hold talks" judges what stands further behind.
    """
    if focus and _harms(part, op, focus[0], held):
        return False
    ahead = _FAR if "it" in {word.form for word in held[max(0, op.first - _REACH) : op.first]} else _BEHIND
    behind = _INSERTED if predicates(part, op, held) else _FAR
    return not focus or any(-behind <= place - op.last <= ahead for place in focus)


def _harms(part: Clause, op: Operator, target: int, held: Sequence[Word]) -> bool:
    """Whether a judgement is on what something does to the issue: "harmful to the talks", "good for trade"."""
    if op.last == part.last or target <= op.last + 1:
        return False
    link = held[op.last + 1].form
    if "to" in {word.form for word in held[op.last + 2 : target]}:
        return False  # "dangerous for us to hold talks"
    return link == "for" or (link == "to" and held[op.last].form in _HARMFUL)


def predicates(part: Clause, op: Operator, held: Sequence[Word]) -> bool:
    """Whether a judgement is passed: "it is fake", "called it fake", "Nonsense"; "fake reviews" only says which."""
    before = {held[place].form for place in range(max(part.first, op.first - _REACH), op.first)}
    return op.first - part.first <= 1 or bool(before & _PASSES) or op.text.startswith(_DOES)


def goes(part: Clause, focus: list[int], held: Sequence[Word]) -> bool:
    """Whether the issue is told to go, and not where: "the quota must go", not "it must go to parliament"."""
    for at in focus:
        behind = [word.form for word in held[at + 1 : part.last + 1]]
        go = next((place for place, form in enumerate(behind[:_GOING]) if form == "go"), 0)
        if go and behind[go - 1] in _MUST and behind[0] not in _DOING and {*behind[go + 1 : go + 2]} <= _AT_ONCE:
            return True
    return False


def close(op: Operator, focus: list[int], words_apart: int) -> bool:
    """Whether the operator stands within so many words of the issue, or the issue is not named at all."""
    return not focus or any(abs(op.first - place) <= words_apart for place in focus)


def inner(part: Clause, after: int, target: int) -> bool:
    """Whether the issue itself is negated behind its operator: "agreed not to send troops"."""
    return any(op.kind == "not" and after < op.first < target for op in part.operators)


def negated(part: Clause, at: int, behind: int) -> bool:
    """Whether a negator stands within reach before `at` (after `behind`), or a hedge anywhere before it."""
    return any(
        behind < op.first < at
        and (op.kind == "hedge" or (op.kind == "not" and at - op.last <= (RIGHT if op.text == "without" else _REACH)))
        for op in part.operators
    )


def of_nothing(part: Clause, op: Operator, held: Sequence[Word]) -> bool:
    """Whether the object right behind the operator is nothing: "agreed to nothing"."""
    return any(
        no.text in _NOTHING and 0 < no.first - op.last <= 2 and held[no.first - 1].form not in _LINKS
        for no in part.operators
    )


def of_none(part: Clause, op: Operator, held: Sequence[Word]) -> bool:
    """Whether what it happens to is none: "no return of the masks has been agreed"."""
    first = next((place for place in range(part.first, part.last + 1) if held[place].form != "that"), part.first)
    no = next((no for no in part.operators if no.first == first and no.text in _NONE), None)
    return no is not None and op.first - no.last > _REACH and held[op.first - 1].form in _BE


def lessening_it(part: Clause, held: Sequence[Word]) -> list[Operator]:
    """The word that lessens what a pronoun stands for: "we must drop it", "it should be scrapped"."""
    return [
        op
        for op in part.operators
        if op.kind == "less"
        and (
            (op.last < part.last and held[op.last + 1].form in _POINTS)
            or (
                op.first > part.first and held[op.first - 1].form in _BE and held[part.first].form in _POINTS | {"they"}
            )
        )
    ][:1]


def _time(op: Operator, held: Sequence[Word]) -> bool:
    """Whether an end is only a time: "by the end of the week", "at the end of the debate"."""
    if op.text != "the end of":
        return False
    before = held[op.first - 1].form if op.first else ""
    behind = {word.form for word in held[op.last + 1 : op.last + 3]}
    return before in _UNTIL or bool(behind & _PERIODS)


def lessening(part: Clause, focus: list[int], held: Sequence[Word], *, after: int) -> list[Operator]:
    """The words that lessen the issue: shortly before ("lift sanctions") or right behind ("sanctions be lifted").

    Before it there may be several, each of which turns the next: "lift the ban on grain".
    """
    found: list[Operator] = []
    for op in part.operators:
        if op.kind != "less" or op.last <= after or op.first in focus or _time(op, held):
            continue
        if found and not (op.first - found[-1].last <= _NEXT and focus and op.last < focus[0]):
            continue
        ahead = any(0 < place - op.last <= NEAR for place in focus)
        behind = focus and 0 < op.first - focus[-1] <= _BEHIND and held[op.first - 1].form not in _DOING
        if op.text in _ONLY_BEHIND and not (behind and held[op.first - 1].form not in _HAVE):
            continue  # "a closed meeting", "the envoys have gone"
        if found or not focus or ahead or behind:
            found.append(op)
    return found
