"""Bodies and people without a name, under the words of the article: "the harbour union", "a senior official"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.model import Party, Span
from bot.statements.people.cast import Cast
from bot.statements.people.nouns import BODY_NOUNS, NOT_NAMES, PERSON_NOUN, PLURALS
from bot.statements.people.roster import Roster
from bot.statements.people.spelling import plain
from bot.statements.people.voices import heads, quantified
from bot.statements.speakers.belonging import of_somebody
from bot.statements.speakers.companies import COMPANY, company_before, first_word
from bot.statements.speakers.countries import Countries
from bot.statements.speakers.earlier import (
    GROUPED,
    NOT_NAMED,
    PAPER,
    PRESS,
    back_reference,
    fuller,
    in_text,
    outlet_before,
    own_subject,
    spelt_out,
)
from bot.statements.speakers.institutions import (
    ARTICLE,
    COMPLEMENT,
    DEFINITE,
    canonical,
    of_country,
    of_side,
    office,
    possessive_side,
    undotted,
)
from bot.statements.speakers.pronouns import Antecedent
from bot.statements.text.page import Page
from bot.statements.text.words import words

# A newspaper, a university or a company does not speak for the state in its name.
_PRIVATE = words(
    "post times journal news herald tribune telegraph mail observer independent newspaper paper daily "
    "magazine tv television radio "
    "broadcaster agency university college school bank airlines company firm club institute centre center "
    "foundation analysts "
    "experts media report reports critics activists protesters residents opposition scientists researchers"
)
_RUMOURS = words("reports announcement announcements draft proclamation rumours rumors statements documents filings")
_EPITHET = 3  # words
_ANY = frozenset({"country", "nation", "state"})
_OUTLET = re.compile(
    r"(?:[Tt]he )?(?:[\w-]+ ){0,3}(?:newspaper|daily|broadcaster|news agency|news outlet|magazine|tabloid|channel|"
    r"news site) (?P<name>(?:The )?[A-ZÀ-Þ][\w'-]*(?: [A-ZÀ-Þ][\w'-]*){0,4})"
)
_APPOSED = re.compile(r", (?:the )?(?P<name>[A-ZÀ-Þ][\w'&-]*(?: (?:(?:of|for|and) )?[A-ZÀ-Þ][\w'&-]*){0,5}),?")
_BEHIND = 60  # characters
# What follows a name and is no part of it: how, where and when it was said, and to whom.
_NO_PART = re.compile(
    r" (?:quoted|cited|seen|obtained|reviewed|released|published|posted|contacted|reached|interviewed|speaking|told) "
    r"(?:by|on|in|to|at|last|this|late|early|[A-Z])|"
    r" (?:on the ground|at the scene|on condition of)\b|"
    r" in (?:an?|the|its|his|her|their) (?:[\w-]+ ){0,3}(?:statement|interview|release|post|report|letter|email|"
    r"message|briefing|note|memo|filing|call)\b|"
    r" (?:on |late |early )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bodies:
    """Resolves the bodies of one article."""

    page: Page
    cast: Cast
    roster: Roster
    countries: Countries

    def of(self, span: Span, head: str, heard: Sequence[Antecedent]) -> Party | None:
        """An organisation or somebody not named, under the words of the article, with the side they give."""
        head = _NO_PART.split(head, maxsplit=1)[0]
        bare = ARTICLE.sub("", head).strip()
        words = plain(bare).split()
        if not set(words) - NOT_NAMES or len(head) > 120:
            return None
        outlet = _OUTLET.match(self.page.view, span.start, span.end + _BEHIND)
        if outlet and outlet.end() >= span.end:
            return Party(name=outlet["name"], person=False)
        called = _APPOSED.fullmatch(self.page.view, span.start + len(head), span.end)
        if called and DEFINITE.match(head) and bare == bare.lower() and not self.cast.within(span):
            return Party(name=called["name"], person=False)  # "The promoter, Tidewell Live"
        if len(words) == 1 and bare[:1].isupper() and (firm := first_word(bare, span.start, heard)):
            return firm
        short = spelt_out(bare, self.page)
        if short:
            bare, words = short, plain(short).split()
        elif DEFINITE.match(head) and (len(words) == 1 or words[-1] in PAPER | PRESS) and not bare.isupper():
            if bare == bare.lower() and "'" not in bare:
                return (
                    own_subject(words[-1], span.start, self.page, self.roster)
                    or back_reference(words[-1], span.start, heard, self.page, self.roster)
                    or in_text(words[-1], 0, span.start, self.page, self.roster)
                    or (outlet_before(span.start, self.page) if words[-1] in PRESS else None)
                    or self._of_country(head, span)
                )
        elif DEFINITE.match(head) and bare == bare.lower() and (same := fuller(words, span.start, heard)):
            return same
        elif DEFINITE.match(head) and bare == bare.lower() and len(words) <= _EPITHET and words[-1] in COMPANY:
            return company_before(span.start, heard)  # "the search giant"
        elif (words[-1] in PAPER | _RUMOURS or bare in _ANY) and bare == bare.lower():
            return None  # "an announcement", "media reports": nobody is behind it, and "a country" is any
        of_country = self._of_country(head, span)
        if of_country:
            return of_country
        written = COMPLEMENT.split(bare, maxsplit=1)[0].split()
        main = plain(" ".join(written)).split() or words
        if main[-1] in PAPER and bare == bare.lower() and "'" not in written[0]:
            return None  # "a statement on the website"
        if quantified(head) or not (written[-1][:1].isupper() or heads(main)):
            return None
        side, rest = self.roster.split_side(possessive_side(bare))
        if side and rest in PAPER and bare.endswith(rest):  # "the Velden readout"
            return of_side(side, self.roster.sides[side].name, self.roster)
        side = None if _PRIVATE & set(words) else side
        mentions = self.cast.within(span)
        owners = [m.person for m in mentions if main[-1] in BODY_NOUNS]
        mandate = self.roster.role_on(owners[0].official, None) if owners and owners[0].official else None
        led = office(bare, mandate, self.roster)
        if led:
            return led
        theirs = of_somebody(bare, mentions, self.roster)
        if side is None and owners and not _PRIVATE & set(words):
            side = mandate.side if mandate else owners[0].side
        person = bool(PERSON_NOUN.fullmatch(main[-1])) and main[-1] not in PLURALS
        if person and not GROUPED.search(bare):
            return Party(name=theirs or undotted(bare), role=NOT_NAMED)
        name = theirs or (undotted(bare) if person else canonical(bare, side, self.roster))
        named = main[-1] in BODY_NOUNS or side or bare[:1].isupper()
        return Party(name=name, side=side, person=False, role=NOT_NAMED if person or not named else None)

    def _of_country(self, head: str, span: Span) -> Party | None:
        index = self.page.sentence(span.start)
        near = self.page.sentences[max(0, index - 1)].start if index >= 0 else 0
        return of_country(head, near, span.start, self.roster, self.countries)
