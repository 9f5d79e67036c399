"""Who does what in a clause: the subject of a stance phrase, and whether a refusal is the speaker's own will."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.positions.issues import COMMON
from bot.positions.words import listed, phrase, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.model import Party
    from bot.positions.clauses import Clause, Operator
    from bot.positions.gazetteer import Gazetteer
    from bot.positions.words import Word

OWN: Final = ""  # the holder's own side, as an actor
OTHERS: Final = "?"  # somebody else who is not known
_BEFORE_VERB: Final = listed("""
has have had is are was were be been being will would does do did not never also still already now can could may
might again always both all then even just too once long already""")
_DEMAND: Final = listed("must should ought need needs")
_WILL: Final = listed("ready willing prepared open opposed committed reluctant unwilling determined unable")
_BE: Final = listed("is are was were be been being")
_CROWD: Final = listed("""
partners allies critics opponents politicians lawmakers countries states nations others republicans democrats
members leaders governments parliament senate congress court courts judge judges predecessor predecessors rival
rivals colleagues people some many opposition majority residents voters citizens families parents
neighbours workers employers unions businesses companies farmers doctors nurses teachers students experts economists
scientists activists campaigners protesters demonstrators who you""")
_MODIFIES: Final = listed("on with against to for at over from")
_WANTS: Final = listed("believes thinks wants insists says demands argues believed wanted demanded insisted argued")
_SELF: Final = listed("i we")
_THIRD: Final = listed("he she they")
_AUXILIARY: Final = listed("will would shall can could must should do does did have has had am are is was were")
_SAYS: Final = _WANTS | listed(
    "say claim believe think fear fears hope hopes expect expects told tell suspect suspects"
)
_MEASURES: Final = listed("so more better less fewer")  # “never seen so many”, “never been better” deny nothing
_RUN = 6  # words between a subject and its verb
_AGENT = 3  # words between a passive verb and "by"
_ACCUSED_OF = listed("of for")
_OF_US = listed("us me")  # "they want us to accept it"
_OWN_BODIES = listed("government ministry cabinet administration party council company")
_MINE = listed("we our my")
# A noun for a stance, which is the speaker's own only where somebody has it: "opposition to it is growing".
_NOUNS_OF_STANCE = listed("opposition resistance objections objection support backing")
_RUNS_ON = listed("that who which")


def actors(text: str, gazetteer: Gazetteer, own: Sequence[Party]) -> dict[int, str]:
    """The sides named in `text`, by character offset of the last word: their ids, OWN for those of `own`."""
    held = words(text)
    mine = {party.side for party in own if party.side}
    names = {form for party in own for form in phrase(party.name)}
    found: dict[int, str] = {word.start: OWN for word in held if word.form in names}
    by_form = gazetteer.named
    for at, word in enumerate(held):
        if not word.capital:
            continue
        for size in (3, 2, 1):
            forms = tuple(later.form for later in held[at : at + size])
            last = held[at + size - 1] if len(forms) == size else None
            if last and forms in by_form and not (forms == ("us",) and text[word.start : word.end] != "US"):
                found.setdefault(last.start, OWN if by_form[forms] in mine else by_form[forms])
                break
    return found


def subject(part: Clause, op: Operator, held: Sequence[Word], named: Mapping[int, str]) -> str:
    """Whose act a stance phrase is: the side before the verb, OTHERS where it is somebody unknown, OWN by default.

    "Norrland rejects the plan" is Norrland's; "the plan for Norrland is unacceptable" and "Norrland must accept it"
    are the speaker's.
    """
    if _nobodys(part, op, held):
        return OTHERS
    at = op.first - 1
    while at > part.first and op.first - at < _RUN and _leads_verb(held[at].form):
        at -= 1
    if at < part.first:
        return OWN
    if any(held[place].form in _DEMAND for place in range(at, op.first)):
        return _demands(part, at, held, named)
    if held[op.first - 1].form in _BE and held[op.first].form not in _WILL and not op.text.endswith("ing"):
        return _agent(part, op, held, named)  # "the plan of Norrland was rejected", "is unacceptable"
    if (
        held[at].form in _ACCUSED_OF
        and held[op.first].form.endswith("ing")
        and at > part.first
        and held[at - 1].capital
    ):
        return named.get(held[at - 1].start, OTHERS)  # "accused Norrland of rejecting it"
    if at > part.first and held[at - 1].form in _MODIFIES:
        return OWN
    who = held[at]
    if who.form in _CROWD and not (at > part.first and held[at - 1].form in _MINE):
        return OTHERS
    if not _acts(held[op.first].form, held[op.first - 1].form):
        return OWN
    if who.start in named:
        return named[who.start]
    opens = at == part.first and not (held[op.first].form.endswith("s") and who.form not in _OWN_BODIES)
    unknown = who.capital and not opens and who.form not in COMMON and who.form not in _SELF | _THIRD
    return OTHERS if unknown else OWN


def wanted_of_us(part: Clause, ops: Sequence[Operator], held: Sequence[Word]) -> bool:
    """Whether somebody else wants the speaker to take the stance: "they want us to accept it"."""
    for op in ops:
        if op.first - part.first >= 2 and held[op.first - 1].form == "to" and held[op.first - 2].form in _OF_US:
            return not any(held[place].form in _SELF for place in range(part.first, op.first))
    return False


def _leads_verb(form: str) -> bool:
    return form in _BEFORE_VERB or form in _DEMAND or form.endswith("ly")


def _nobodys(part: Clause, op: Operator, held: Sequence[Word]) -> bool:
    """Whether a noun names a stance of which only is told how it fares: "support for the ban is falling"."""
    if held[op.first].form not in _NOUNS_OF_STANCE:
        return False
    before = {held[place].form for place in range(part.first, op.first)}
    if before & (_SELF | _THIRD | _MINE | _BEFORE_VERB | _DEMAND | {"to"}):
        return False
    for place in range(op.last + 1, part.last + 1):
        if held[place].form in _RUNS_ON:
            return False
        if held[place].form in _AUXILIARY:
            return True
    return False


def _agent(part: Clause, op: Operator, held: Sequence[Word], named: Mapping[int, str]) -> str:
    """Who does what is told in the passive: "was rejected by Norrland"; the holder where nobody is named."""
    by = next((at for at in range(op.last + 1, min(part.last, op.last + _AGENT) + 1) if held[at].form == "by"), None)
    if by is None or by == part.last or held[by + 1].form in _OF_US or held[by + 1].form.endswith("ing"):
        return OWN
    behind = range(by + 1, min(part.last, by + _AGENT) + 1)
    return next((named[held[at].start] for at in behind if held[at].start in named), OTHERS)


def _demands(part: Clause, before: int, held: Sequence[Word], named: Mapping[int, str]) -> str:
    """Whose demand "must accept" is: of the side that is told to want it ("Norrland believes it must …")."""
    for at in range(before, part.first, -1):
        if held[at].form in _WANTS and held[at - 1].start in named:
            return named[held[at - 1].start]
    return OWN


def _acts(form: str, before: str) -> bool:
    """Whether the phrase begins with a verb or an adjective of will that has a subject."""
    return form.endswith(("ed", "s", "ing")) or form in _WILL or before in _BEFORE_VERB


def refuses(part: Clause, op: Operator, held: Sequence[Word], named: Mapping[int, str]) -> bool:
    """Whether a negator is a refusal or denial in the speaker's own name: "we will not", "there is no"."""
    behind = held[op.last + 1].form if op.last < part.last else ""
    before = [held[place] for place in range(max(part.first, op.first - 3), op.first)]
    forms = {word.form for word in before}
    if "there" in forms and forms & _BE:
        return op.text in {"no", "never", "not"}
    after = {word.form for word in held[op.last + 1 : min(part.last, op.last + _RUN) + 1]}
    if op.text == "never" and after & _MEASURES:
        return False
    if op.text == "no" and not before and after & _BE:
        return True  # "no meeting is planned"
    if _said_by_others(held[part.first : op.first]):
        return False
    ours = bool(forms & (_SELF | _THIRD)) or any(named.get(word.start) == OWN for word in before)
    return ours and (bool(forms & _AUXILIARY) or op.text == "never") and behind not in {"only", "just", "yet", "sure"}


def _said_by_others(before: Sequence[Word]) -> bool:
    """Whether somebody else says what follows: "they believe we will not …", not "I promise we will not …"."""
    said = next((at for at, word in enumerate(before) if word.form in _SAYS), None)
    return bool(said) and not any(word.form in _SELF for word in before[:said])
