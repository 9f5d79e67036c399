"""Which specifics a text names: whose, who, which act, of what, where, under whose flag, if what, when, how many."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.positions.clauses import clauses
from bot.positions.issues import COMMON, ISSUE_OF
from bot.positions.words import listed, words
from bot.specifics import amounts, times

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.positions.gazetteer import Gazetteer
    from bot.positions.words import Word

Slots = tuple[tuple[str, str], ...]

_NOUNS: Final = listed("""
troops troop soldiers forces force peacekeepers peacekeeping contingent contingents members military boots
missiles weapons sanctions tariffs companies countries allies states guarantees""")
_ACTORS: Final = {
    "nato": "NATO", "european": "European", "eu": "EU", "un": "UN", "american": "American", "british": "British",
    "french": "French", "german": "German", "western": "Western", "us": "US", "turkish": "Turkish",
    "chinese": "Chinese", "foreign": "foreign", "international": "international", "allied": "allied",
}  # fmt: skip
_MODALS: Final = listed("will would shall can could must should may might do does did to cannot")
_AUXILIARIES: Final = _MODALS - {"to"} | listed("is are was were has have had")
_ADVERBS: Final = listed("not never also now even still only just again soon")
_BEING: Final = listed("be been being have has had")
_PLACES: Final = listed("in on at to into inside near across outside within")
_PARTIES: Final = listed("from with against")
_FLAGS: Final = listed("flag banner command mandate auspices umbrella leadership control supervision aegis")
_ENDS: Final = _AUXILIARIES | _PLACES | _PARTIES | listed("of to for by over about under")
_BELONGS: Final = listed("of in on at for")
_NAMED = 4  # words of a name
_BEHIND = 4  # words between "under" and the flag
_CALENDAR: Final = listed("""
january february march april may june july august september october november december monday tuesday wednesday thursday
friday saturday sunday""")
_ANSWERS: Final = listed("yes yeah yep no nope well ok okay sure absolutely exactly right oh look listen so")
_RULING: Final = frozenset({"accept", "reject", "open", "less"})
_DETERMINERS: Final = listed("a an the this that these those any some all every no our their its his her my your more")
_INNER: Final = COMMON - listed("week weeks day days month months year years people party person part place point")


def slots(text: str, gazetteer: Gazetteer, condition: str | None) -> Slots:
    """(slot, words as written), each once; what a text does not name for sure is left out.

    Slots: actor, subject, action, object, place, party, banner, time, number, condition; and "subject matter" and
    "object matter", the same in words in which "troops" and "soldiers" are one.
    """
    held = words(text)
    found = [
        *_actors(text, held, gazetteer),
        *_acts(text, held),
        *_named(text, held, gazetteer),
        *(("time", time.words) for time in times(text)),
        *(("number", amount.words) for amount in amounts(text)),
    ]
    if condition:
        found.append(("condition", " ".join(condition.split())))
    return tuple(dict.fromkeys(found))


def _actors(text: str, held: Sequence[Word], gazetteer: Gazetteer) -> Iterator[tuple[str, str]]:
    """Whose troops, companies, …: an owner's name or adjective before a noun."""
    for at, word in enumerate(held):
        written = text[word.start : word.end]
        following = held[at + 1 : at + 4]
        if word.form in _ACTORS and (word.form != "us" or written.isupper()):
            if {later.form for later in following} & _NOUNS:
                yield "actor", _ACTORS[word.form]
        elif word.form in gazetteer.owners and word.capital and following and _plain(held, at + 1):
            yield "actor", written


def _plain(held: Sequence[Word], at: int) -> bool:
    """Whether a word may be a noun or belong to one: no name, and none of the words that only join others."""
    return at < len(held) and not held[at].capital and held[at].form not in COMMON and held[at].form not in _PLACES


def _acts(text: str, held: Sequence[Word]) -> Iterator[tuple[str, str]]:
    """Who is to do what to what, clause by clause: around "will", "can", "to", and behind words that show a stance."""
    for part in clauses(text):
        if part.condition or part.question:
            continue
        if any(held[at].form in _AUXILIARIES for at in range(part.first + 1, part.last + 1)):
            yield from _object(text, held, part.first, part.last, slot="subject")
        for op in part.operators:
            if op.kind in _RULING and not op.text.endswith(" to"):
                yield from _object(text, held, op.last + 1, part.last)
        ruling = {place for op in part.operators for place in range(op.first, op.last + 1)}
        for at in range(part.first, part.last):
            if held[at].form not in _MODALS:
                continue
            verb, passive = _verb(held, at + 1, part.last)
            if verb > part.last or verb in ruling or held[verb].form in _MODALS:
                continue
            if held[verb].form in _DETERMINERS:  # "agree to a truce", "there will be an increase"
                if held[at].form != "to" or at - 1 in ruling:  # "to the valley" is a way
                    yield from _object(text, held, verb, part.last)
            elif _plain(held, verb) and (not passive or held[verb].form.endswith(("ed", "en", "n", "t"))):
                yield "action", held[verb].form
                yield from _object(text, held, verb + 1, part.last)


def _verb(held: Sequence[Word], at: int, last: int) -> tuple[int, bool]:
    """Where the verb behind "will" stands, and whether "be" or "have" stands before it."""
    passive = False
    while at <= last and (held[at].form in _ADVERBS | _BEING or held[at].form.endswith("ly")):
        passive = passive or held[at].form in _BEING
        at += 1
    return at, passive


def _object(text: str, held: Sequence[Word], at: int, last: int, slot: str = "object") -> Iterator[tuple[str, str]]:
    """The noun that begins at a place with what belongs to it ("increase in income tax"), and the issue it names."""
    first, end = _phrase(text, held, at, last)
    if first == end or amounts(text[held[first].start : held[end - 1].end]):  # a number has a slot of its own
        return
    if end <= last and held[end].form in _BELONGS and not set(text[held[end - 1].end : held[end].start]) - {" "}:
        inner, stop = _phrase(text, held, end + 1, last)
        if inner < stop and not held[inner].capital:
            end = stop
    told = [word.form for word in held[first:end] if word.form not in _DETERMINERS]
    if _ANSWERS.issuperset(told):  # "Yeah, he will accept that": it is no matter
        return
    yield slot, text[held[first].start : held[end - 1].end].removesuffix("’s").removesuffix("'s")
    yield f"{slot} matter", " ".join(ISSUE_OF.get(form, form) for form in told)


def _phrase(text: str, held: Sequence[Word], at: int, last: int) -> tuple[int, int]:
    """From where to where the noun and what stands before it goes that begins at a place; empty where none does."""
    while at <= last and (held[at].form in _DETERMINERS | _ADVERBS or held[at].form.endswith("ly")):
        at += 1
    first = at
    while at <= last and held[at].form not in (_INNER if at > first else COMMON) | _ENDS:
        if at > first and set(text[held[at - 1].end : held[at].start]) - set(" -’'\n"):
            break
        at += 1
    calendar = all(held[place].form in _CALENDAR for place in range(first, at))
    return (first, first) if calendar or at - first > _NAMED else (first, at)


def _named(text: str, held: Sequence[Word], gazetteer: Gazetteer) -> Iterator[tuple[str, str]]:
    """Places, the other party ("gas from Ostrava") and flags."""
    for at, word in enumerate(held[:-1]):
        if word.form in _PLACES:
            if name := _name(text, held, at + 1, gazetteer):
                yield "place", name
        elif word.form in _PARTIES:
            if name := _name(text, held, at + 1, gazetteer):
                yield "party", name
        elif word.form == "under":
            for end in range(at + 1, min(len(held), at + 1 + _BEHIND)):
                if held[end].form in _FLAGS:
                    yield "banner", text[held[at].start : held[end].end]
                    break


def _name(text: str, held: Sequence[Word], at: int, gazetteer: Gazetteer) -> str:
    """The name that begins at a word: a known one as it is, else words with capitals and the noun they describe."""
    for size in (3, 2, 1):
        forms = tuple(later.form for later in held[at : at + size])
        if len(forms) == size and forms in gazetteer.places:
            return text[held[at].start : held[at + size - 1].end]
    first = at + 1 if held[at].form in {"the", "a", "an"} else at
    if first + 2 < len(held) and _plain(held, first) and held[first + 1].form == "of" and held[first + 2].capital:
        name = _name(text, held, first + 2, gazetteer)  # "the port of Skarne"
        return text[held[first].start : held[first + 2].start] + name if name else ""
    end = first
    while end < len(held) and held[end].capital and held[end].form not in _CALENDAR and end - first < _NAMED:
        if end > first and set(text[held[end - 1].end : held[end].start]) - set(" -"):
            break
        end += 1
    if end == first:
        return ""
    if _plain(held, end) and text[held[end - 1].end : held[end].start] == " ":
        end += 1
    return text[held[first].start : held[end - 1].end]
