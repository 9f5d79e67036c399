"""What a later word for a body points back to: "the ministry", "the statement", "it", a short form in brackets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from bot.model import Party
from bot.statements.people.nouns import BODY_NOUNS, NOT_NAMES, PERSON_NOUN
from bot.statements.people.roster import Roster
from bot.statements.people.spelling import plain
from bot.statements.people.voices import POSTPOSED
from bot.statements.speakers.companies import COMPANY, company_before, may_be_body
from bot.statements.speakers.institutions import ARTICLE, COMPLEMENT, canonical, of_side, possessive_side
from bot.statements.speakers.pronouns import Antecedent
from bot.statements.text.page import Page
from bot.statements.text.words import words
from config.schema import Side

NOT_NAMED = "not named"
GROUPED = re.compile(r"\b(?:officials?|spokes(?:man|woman|person|people)|representatives?)\b", re.IGNORECASE)
# A paper or a post has no voice of its own: whoever spoke last is behind it.
PAPER = words(
    "statement report post document text readout release ruling letter message tweet authors communique note "
    "filing memo"
)
PRESS = words("newspaper daily broadcaster outlet magazine tabloid channel website agency paper")
_PERSONAL = frozenset({"post", "message", "tweet", "letter"})
_LEADS = frozenset({"the", "a", "an", "by", "from", "at"})
_CAPITALISED = r"(?:(?:[A-Z]\.){2,}|[A-ZÀ-Þ][\w'-]*)"
_CLAUSE_OPENS = re.compile(r"(?:[Tt]he )?(?P<name>[A-ZÀ-Þ][\w.-]*(?: [A-ZÀ-Þ][\w.-]*){0,3}) [a-z]")
_SPELT = {"defense": "defence", "organization": "organisation", "labor": "labour"}
_OPENING = frozenset({"the", "a", "an", "its", "his", "her", "their"})  # of a name's first mention
_FORCES = frozenset({"military", "army"})
_OF_WHOM = re.compile(rf" (?:{PERSON_NOUN.pattern})s?\b", re.IGNORECASE)  # "a senior army officer" is no army
_SUBJECT = 60  # characters
ANY_BODY = words("group organisation organization company firm movement alliance bloc body institution charity union")
_WORDS_BEFORE = re.compile(r"(?:[\w'.-]+ ){0,6}[\w'.-]+$")
_INITIALS = 2  # letters; two stand for too much
_AGENCIES = words("AFP UPI DPA BBC CNN CBS NBC ABC CNBC NPR PBS TASS ANSA")  # known by no other name
_NEAR = 900  # characters
_REPORTED = re.compile(
    r"(?<![\w-])(?:[Tt]he )?(?P<name>[A-ZÀ-Þ][\w'-]*(?: [A-ZÀ-Þ][\w'-]*){0,3})(?: newspaper| news agency)? "
    r"(?:reported|reports|wrote|writes|has learned|has reported)\b"
)
_KINDS = {  # of configured sides, by what they may be called
    "group": ("movement", "party"),
    "movement": ("movement", "party"),
    "alliance": ("organisation",),
    "bloc": ("organisation",),
}
_GENERIC = ANY_BODY - words("union charity")  # which are named so
_NO_GROUP = words("council police court ministry government department parliament university")


def own_subject(noun: str, place: int, page: Page, roster: Roster) -> Party | None:
    """The body that the statement itself opens with: "The oil ministry of Velden will answer," the ministry said."""
    if PERSON_NOUN.fullmatch(noun):
        return None
    start = page.sentences[max(0, page.sentence(place))].start
    return in_text(noun, start, min(place, start + _SUBJECT), page, roster)


def back_reference(noun: str, place: int, heard: Sequence[Antecedent], page: Page, roster: Roster) -> Party | None:
    """The latest speaker whose name holds the noun; behind a paper, the latest speaker that may write one.

    "The group" is also one that is only named: "Velden said that the Harbour Front will disarm; the group …".
    """
    for earlier in reversed(heard):
        party = earlier.party
        if earlier.place >= place:
            continue
        if noun in PAPER and (not party.person or noun in _PERSONAL):
            return party
        if _head_of(party.name, noun) and (not party.person or party.role == NOT_NAMED):
            return party
    if noun in COMPANY:
        return company_before(place, heard)
    named = _named(noun, place, page, roster)
    for earlier in reversed(heard):
        party = earlier.party
        if named is not None and earlier.place < named[0]:
            break
        if earlier.place < place and may_be_body(earlier) and party.role != NOT_NAMED:
            state = party.side is not None and roster.sides[party.side].kind == "state"
            if noun in PRESS and party.side is None and party.name[:1].isupper():
                return party
            if noun in _GENERIC and not state and not _NO_GROUP & set(plain(party.name).split()):
                return party
    return of_side(named[1].id, named[1].name, roster) if named else None


def _named(noun: str, place: int, page: Page, roster: Roster) -> tuple[int, Side] | None:
    """Where the one configured body that the noun may mean is last named not long before, and which one that is."""
    kinds = _KINDS.get(noun)
    if kinds is None:
        return None
    near = page.view[max(0, place - _NEAR) : place]
    found: list[tuple[int, Side]] = []
    for side in roster.sides.values():
        names = [name for name in (side.name, *side.names) if name in near]
        if side.kind in kinds and names:
            found.append((max(place - len(near) + near.rindex(name) for name in names), side))
    return found[0] if len(found) == 1 else None


def fuller(words: Sequence[str], place: int, heard: Sequence[Antecedent]) -> Party | None:
    """The latest body that spoke under a longer name with these words: "the trade ministry" for Velmark's."""
    wanted = {_SPELT.get(w, w) for w in words}
    for earlier in reversed(heard):
        has = {_SPELT.get(w, w) for w in plain(earlier.party.name).split()}
        if earlier.place < place and not earlier.party.person and wanted <= has:
            return earlier.party
    return None


def _head_of(name: str, noun: str) -> bool:
    """Whether the noun says what the name names: "the ministry" the Ministry of Trade, not a Ministry Staff Union."""
    written = f" {plain(name)} "
    behind = written.partition(f" {noun} ")[2]
    return (
        written.endswith(f" {noun} ")
        or bool(COMPLEMENT.match(f" {behind}"))
        or (bool(behind) and POSTPOSED.fullmatch(behind.split()[0]) is not None)
    )


def in_text(noun: str, start: int, place: int, page: Page, roster: Roster) -> Party | None:
    """The latest fuller name of such a body in the text before: "the oil ministry of Velden" for "the ministry"."""
    if PERSON_NOUN.fullmatch(noun):
        return _unnamed_in_text(noun, place, page, roster)
    if noun not in BODY_NOUNS | _FORCES or noun in PAPER:
        return None
    best = None
    for match in _fuller_name(noun).finditer(page.view, start, place):
        words_before = match.group().casefold().partition(noun)[0].split()[1:]
        if (
            page.holds(match.start())
            and not _OF_WHOM.match(page.view, match.end())
            and not NOT_NAMES & {*words_before, match.group().split()[0].casefold()} - _OPENING
        ):
            best = match.group()
    bare = ARTICLE.sub("", best or "").strip()
    if len(bare.split()) < 2:
        return None
    if known := roster.side(bare):
        return of_side(known.id, bare, roster)
    side = roster.split_side(possessive_side(bare))[0]
    return Party(name=canonical(bare, side, roster), side=side, person=False)


@lru_cache(maxsize=256)
def _fuller_name(noun: str) -> re.Pattern[str]:
    """A name that ends in the noun, or goes on behind it with "of"."""
    lead = rf"(?:{_CAPITALISED} |[a-z]+ )??(?:{_CAPITALISED} )"
    of = rf"(?: of (?:the )?{_CAPITALISED}(?: {_CAPITALISED})?)"
    return re.compile(
        rf"(?:{_CAPITALISED} ){{1,4}}(?i:{re.escape(noun)})\b{of}?|{lead}[a-z]+ (?i:{re.escape(noun)})\b{of}?|"
        rf"[a-z]+ {re.escape(noun)}\b{of}"
    )


def _unnamed_in_text(noun: str, place: int, page: Page, roster: Roster) -> Party | None:
    """Whom "the spokesperson" means, where "a Velden spokesperson" was brought in before."""
    pattern = re.compile(rf"\b(?:[Aa]n?|[Oo]ne) ((?:[\w.'-]+ ){{0,4}}{re.escape(noun)})\b")
    found = [m.group(1) for m in pattern.finditer(page.view, 0, place) if page.holds(m.start())]
    if not found:
        return None
    bare = " ".join(found[-1].split())
    side = roster.split_side(possessive_side(bare))[0]
    if GROUPED.search(bare):
        return Party(name=bare, side=side, person=False, role=NOT_NAMED)
    return Party(name=bare, role=NOT_NAMED)


def spelt_out(short: str, page: Page) -> str | None:
    """What a short form stands for, where the text gives it in brackets: "Office of Fair Play (OFP)"."""
    if not re.fullmatch(r"[A-Z][A-Za-z&-]{1,7}", short) or sum(c.isupper() for c in short) < 2:
        return None
    match = re.search(rf" \({re.escape(short)}\)|, or (?:the )?{re.escape(short)}\b", page.view)
    before = _WORDS_BEFORE.search(page.view, max(0, match.start() - _SUBJECT), match.start()) if match else None
    if before is None:
        return _by_initials(short, page) if short.isupper() and len(short) > _INITIALS else None
    lead = before.group().split()
    capitals = [k for k, w in enumerate(lead) if w[0].isupper() and w.casefold() not in _LEADS]
    first = next((k for k, w in enumerate(lead) if w.casefold() in _LEADS), -1) + 1
    chosen = lead[min(capitals) :] if capitals else lead[first:]
    return " ".join(chosen) or None


def _by_initials(short: str, page: Page) -> str | None:
    """The name in the text whose words begin with these letters: "Office of Fair Play" for "the OFP"."""
    if short in _AGENCIES:
        return None
    small = r"(?: (?:of|for|the|and|on|to|in)){0,2}"
    name = f"{small} ".join(rf"{letter}[\w'-]+" for letter in short)
    found = {" ".join(m.group().split()) for m in re.finditer(rf"(?<![\w-]){name}(?![\w-]| [A-Z])", page.view)}
    return found.pop().removesuffix("'s") if len(found) == 1 else None


def outlet_before(place: int, page: Page) -> Party | None:
    """The outlet that "the newspaper" means where another spoke through it: "Lamp Daily reported, citing sources"."""
    found = list(_REPORTED.finditer(page.view, max(0, place - _NEAR), place))
    return Party(name=found[-1]["name"], person=False) if found else None


def body_before(place: int, heard: Sequence[Antecedent]) -> Party | None:
    """The latest body that spoke: "it", "they"."""
    for earlier in reversed(heard):
        if earlier.place < place and not earlier.party.person:
            return earlier.party
    return None


def acting(place: int, page: Page, roster: Roster) -> Party | None:
    """The side that the clause of an "it" or "its" opens with: "the Citadel dropped its demand"."""
    start = page.sentences[max(0, page.sentence(place))].start
    opens = _CLAUSE_OPENS.match(page.view[start:place].rsplit(", ", 1)[-1])
    side = roster.side(opens["name"]) if opens else None
    return of_side(side.id, opens["name"], roster) if opens and side else None
