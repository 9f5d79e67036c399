"""Bodies and people without a name: ministries under one name, "the ministry", "the statement", short forms."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.model import Party, Span
from bot.statements.people.cast import Cast
from bot.statements.people.nouns import BODY_NOUNS, NOT_NAMES, PERSON_NOUN, PLURALS
from bot.statements.people.roster import Roster
from bot.statements.people.spelling import plain
from bot.statements.people.voices import heads, quantified
from bot.statements.speakers.pronouns import Antecedent
from bot.statements.text.page import Page
from bot.statements.text.words import words

NOT_NAMED = "not named"
ARTICLE = re.compile(r"^(?:the|a|an|its|his|her|their|this|that|these|those|both|another|one)\s+", re.IGNORECASE)
DEFINITE = re.compile(r"^(?:the|his|her|its|their|this|that)\b", re.IGNORECASE)
COMPLEMENT = re.compile(r"\s(?:for|of|to|in|at|from|with|on)\s", re.IGNORECASE)
_INSTITUTION = re.compile(
    r"kremlin|house|department|ministry|street|palace|pentagon|office|élysée|elysee|commission|parliament|"
    r"duma|congress|government|administration",
    re.IGNORECASE,
)
_OF_A_STATE = re.compile(
    r"^(?:[\w-]+ ){0,3}(?:ministry|government|parliament|army|military|embassy|presidency|armed forces|air "
    r"force|foreign office)$",
    re.IGNORECASE,
)
_GROUPED = re.compile(r"\b(?:officials?|spokes(?:man|woman|person|people)|representatives?)\b", re.IGNORECASE)
# A paper or a post has no voice of its own: whoever spoke last is behind it.
_PAPER = words(
    "statement report post document text readout release ruling letter message tweet authors communique note"
)
# A newspaper, a university or a company does not speak for the state in its name.
_PRIVATE = words(
    "post times journal news herald tribune telegraph mail observer independent newspaper paper daily "
    "magazine tv television radio "
    "broadcaster agency university college school bank airlines company firm club institute centre center "
    "foundation analysts "
    "experts media report reports critics activists protesters residents opposition scientists researchers"
)
_OPENING = frozenset({"the", "a", "an", "its", "his", "her", "their"})  # of a name's first mention
_PERSONAL = frozenset({"post", "message", "tweet", "letter"})
_LEADS = frozenset({"the", "a", "an", "by", "from", "at"})
_CAPITALISED = r"(?:(?:[A-Z]\.){2,}|[A-ZÀ-Þ][\w'-]*)"


def of_side(side: str, written: str, roster: Roster) -> Party:
    """A side named by its capital or country carries its own name; an institution keeps its name."""
    bare = ARTICLE.sub("", written).strip()
    known = roster.sides[side]
    name = bare if _INSTITUTION.search(bare) or known.kind != "state" else known.name
    return Party(name=known.name if known.kind != "state" else name, side=side, person=False)


def canonical(bare: str, side: str | None, roster: Roster) -> str:
    """One name for "Russia's defence ministry", "the Russian Defence Ministry" and "Defence Ministry of Russia"."""
    if side is None:
        return bare
    words = bare.replace("'s ", " ").split()
    for size in (3, 2, 1):
        lead = " ".join(words[:size])
        if len(words) > size and (roster.side(lead) or roster.adjective(lead)):
            rest = " ".join(words[size:])
            if _OF_A_STATE.match(rest):
                return f"{rest.title() if rest.islower() else rest} of {roster.sides[side].name}"
    return bare


def possessive_side(phrase: str) -> str:
    """The phrase with possessives undone, so that "Russia's foreign minister" names its side."""
    return phrase.replace("'s ", " ")


def body(span: Span, head: str, *, page: Page, roster: Roster, cast: Cast, heard: Sequence[Antecedent]) -> Party | None:
    """An organisation or somebody not named, under the words of the article, with the side they give."""
    bare = ARTICLE.sub("", head).strip()
    words = plain(bare).split()
    if not words or len(head) > 120:
        return None
    short = _spelt_out(bare, page)
    if short:
        bare, words = short, plain(short).split()
    elif DEFINITE.match(head) and len(words) == 1 and not bare.isupper():
        return _back_reference(words[0], span.start, heard) or _in_text(words[0], span.start, page, roster)
    written = COMPLEMENT.split(bare, maxsplit=1)[0].split()
    main = plain(" ".join(written)).split() or words
    if quantified(head) or not (written[-1][:1].isupper() or heads(main)):
        return None
    side = None if _PRIVATE & set(words) else roster.split_side(possessive_side(bare))[0]
    if side is None and not _PRIVATE & set(words):
        owners = [m.person for m in cast.within(span) if main[-1] in BODY_NOUNS]
        mandate = roster.role_on(owners[0].official, None) if owners and owners[0].official else None
        side = mandate.side if mandate else owners[0].side if owners else None
    person = bool(PERSON_NOUN.fullmatch(main[-1])) and main[-1] not in PLURALS
    if person and not _GROUPED.search(bare):
        return Party(name=bare, role=NOT_NAMED)
    name = canonical(bare, side, roster)
    named = main[-1] in BODY_NOUNS or side or bare[:1].isupper()
    return Party(name=name, side=side, person=False, role=NOT_NAMED if person or not named else None)


def _back_reference(noun: str, place: int, heard: Sequence[Antecedent]) -> Party | None:
    """The latest speaker whose name holds the noun; behind a paper, the latest speaker that may write one."""
    for earlier in reversed(heard):
        party = earlier.party
        if earlier.place >= place:
            continue
        if noun in _PAPER and (not party.person or noun in _PERSONAL):
            return party
        if _head_of(party.name, noun) and (not party.person or party.role == NOT_NAMED):
            return party
    return None


def _head_of(name: str, noun: str) -> bool:
    """Whether the noun says what the name names: "the ministry" the Ministry of Trade, not a Ministry Staff Union."""
    written = f" {plain(name)} "
    return written.endswith(f" {noun} ") or bool(COMPLEMENT.match(written.partition(f" {noun}")[2]))


def _in_text(noun: str, place: int, page: Page, roster: Roster) -> Party | None:
    """The latest fuller name of such a body in the text before: "the oil ministry of Velden" for "the ministry"."""
    if PERSON_NOUN.fullmatch(noun):
        return _unnamed_in_text(noun, place, page, roster)
    if noun not in BODY_NOUNS or noun in _PAPER:
        return None
    lead = rf"(?:{_CAPITALISED} |[a-z]+ )??(?:{_CAPITALISED} )"
    pattern = re.compile(
        rf"(?:{_CAPITALISED} ){{1,4}}(?i:{re.escape(noun)})\b(?: of (?:the )?{_CAPITALISED}(?: "
        rf"{_CAPITALISED})?)?|{lead}[a-z]+ (?i:{re.escape(noun)})\b"
    )
    best = None
    for match in pattern.finditer(page.view, 0, place):
        words_before = match.group().casefold().partition(noun)[0].split()[1:]
        if (
            page.holds(match.start())
            and not NOT_NAMES & {*words_before, match.group().split()[0].casefold()} - _OPENING
        ):
            best = match.group()
    bare = ARTICLE.sub("", best or "").strip()
    if len(bare.split()) < 2:
        return None
    side = roster.split_side(possessive_side(bare))[0]
    return Party(name=canonical(bare, side, roster), side=side, person=False)


def _unnamed_in_text(noun: str, place: int, page: Page, roster: Roster) -> Party | None:
    """Whom "the spokesperson" means, where "a Velden spokesperson" was brought in before."""
    pattern = re.compile(rf"\b(?:[Aa]n?|[Oo]ne) ((?:[\w.'-]+ ){{1,4}}{re.escape(noun)})\b")
    found = [m.group(1) for m in pattern.finditer(page.view, 0, place) if page.holds(m.start())]
    if not found:
        return None
    bare = " ".join(found[-1].split())
    side = roster.split_side(possessive_side(bare))[0]
    if _GROUPED.search(bare):
        return Party(name=bare, side=side, person=False, role=NOT_NAMED)
    return Party(name=bare, role=NOT_NAMED)


def _spelt_out(short: str, page: Page) -> str | None:
    """What a short form stands for, where the text gives it in brackets: "Office of Fair Play (OFP)"."""
    if not re.fullmatch(r"[A-Z][A-Za-z&-]{1,7}", short) or sum(c.isupper() for c in short) < 2:
        return None
    pattern = re.compile(rf"((?:[\w'.-]+ ){{1,7}})\({re.escape(short)}\)")
    match = pattern.search(page.view)
    if match is None:
        return None
    lead = match.group(1).split()
    capitals = [k for k, w in enumerate(lead) if w[0].isupper() and w.casefold() not in _LEADS]
    first = next((k for k, w in enumerate(lead) if w.casefold() in _LEADS), -1) + 1
    chosen = lead[min(capitals) :] if capitals else lead[first:]
    return " ".join(chosen) or None


def body_before(place: int, heard: Sequence[Antecedent]) -> Party | None:
    """The latest body that spoke: "it", "they"."""
    for earlier in reversed(heard):
        if earlier.place < place and not earlier.party.person:
            return earlier.party
    return None
