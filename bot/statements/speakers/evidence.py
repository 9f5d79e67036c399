"""In words, why a mention stands for a party: what a reader can check against the article."""

from __future__ import annotations

from bot.model import Party
from bot.statements.people.cast import Cast, Mention, Person
from bot.statements.people.spelling import plain
from bot.statements.speakers.pronouns import Antecedent
from bot.statements.text.page import Page
from config.schema import Side


def in_full(cast: Cast, page: Page) -> dict[int, Mention]:
    """The first mention of each person by more than one name, by the person's identity."""
    named: dict[int, Mention] = {}
    for mention in reversed(cast.mentions):
        if " " in page.view[mention.span.start : mention.span.end]:
            named[id(mention.person)] = mention
    return named


def of_name(mention: Mention, full: Mention | None, page: Page) -> str:
    """For a full name or a surname: the place where the person is named in full, or the record."""
    person = mention.person
    written = page.view[mention.span.start : mention.span.end]
    known = "an official on record" if person.official else ""
    if " " in written:
        other = known and plain(written) != plain(person.name)
        return f"another spelling of {known}" if other else ", ".join(filter(None, ("named", known)))
    if full is None:
        return f"the surname of {known}" if known else "named by surname alone"
    start = full.span.start - (len(full.title) + 1 if full.title else 0)
    place = "above" if full.span.start < mention.span.start else "below"
    return f"surname of “{' '.join(page.view[start : full.span.end].split())}” {place}"


def of_pronoun(found: Person | Party) -> str:
    """For "he", "they", "it": whom it points back to."""
    if isinstance(found, Person):
        return "pronoun: the last subject that fits"
    return f"pronoun: the last {'speaker that fits' if found.person else 'body that spoke'}"


def of_side(head: str, side: Side) -> str:
    """For a state, a body or what stands for it: "the Kremlin"."""
    bare = plain(head).removeprefix("the ")
    return "a side on record" if bare == plain(side.name).removeprefix("the ") else f"stands for {side.name}"


def of_description(found: Person | Party) -> str:
    """For "the French president": somebody of the article, or whoever held the role."""
    if isinstance(found, Person):
        return f"description that fits {found.name}, named in the article"
    return "title held on the day, on record"


def of_body(party: Party, heard: list[Antecedent]) -> str:
    """For a body or somebody unnamed: a speaker heard before, or the article's own words."""
    if any(a.party is party for a in heard):
        return "points back to a speaker above"
    return "as the article writes it" + (", its side by name" if party.side else "")
