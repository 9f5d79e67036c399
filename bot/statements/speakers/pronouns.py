"""What a pronoun that speaks stands for: the last compatible subject, never somebody named only inside a quotation."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.model import Party, Span
from bot.statements.people.cast import Cast, Mention, Person
from bot.statements.text.page import Page

MASCULINE = frozenset({"he", "him", "his", "himself"})
FEMININE = frozenset({"she", "her", "hers", "herself"})
PLURAL = frozenset({"they", "them", "their", "themselves", "we"})
NEUTER = frozenset({"it", "its", "itself"})
_ASKED = re.compile(
    r"\b(?:[Aa]sked|[Pp]ressed|[Qq]uestioned|[Qq]uizzed)\b[^.]*?(?:\b(?:if|whether|about|on|why|how|what|"
    r"by)\b)[^.,]*$"
)
_CLAIM_THAT = re.compile(r"'s? (?:[\w-]+ ){1,3}that ")
# Behind a comma the speaker follows what was said, unless the sentence opens with where, when or how it was said.
_TRAILING = re.compile(
    r"\s*(?!(?:[Aa]s|[Ww]h|[Aa]fter|[Bb]efore|[Ii]f|[Aa]lthough|[Tt]hough|[Ii]n|[Aa]t|[Oo]n|[Dd]uring|[Ff]or|[Bb]y|[Ff]rom|[Ww]ith|"
    r"[Ss]ince|[Uu]nlike|[Ll]ike|[Dd]espite|[Aa]sked|\w+(?:ing|ed)\b))[^;:]{1,300}, "
)
_SAYS = re.compile(r",? (?:said|says|told|has said|added|noted|explained)\b")
_SUBJECT = {"m": re.compile(r"\b[Hh]e\b"), "f": re.compile(r"\b[Ss]he\b")}
# "Velden told him to wait. “I will,” he replied": whoever was told, and not Velden.
_REPLIES = re.compile(r" (?:replied|answered|retorted|shot back|countered|responded)\b")
_TELLS = re.compile(r"\b(?:told|asked|urged|warned|ordered|begged) (?:(?P<pronoun>him|her)\b)?")
_TOGETHER = re.compile(r"(?: (?:of|from) [\w ]{2,20})?,? and (?:[\w'-]+ ){0,4}")
_REACH = 8  # sentences back; further off, a pronoun is not resolved


@dataclass(frozen=True, slots=True, kw_only=True)
class Antecedent:
    """A party that spoke at a place of the text; gender "f", "m", "n" for a body, None unknown."""

    place: int
    party: Party
    gender: str | None


def antecedent(
    word: str,
    place: int,
    *,
    page: Page,
    cast: Cast,
    heard: Sequence[Antecedent],
    bodies: Callable[[int], Party | None],
    content: Span,
) -> Person | Party | None:
    """Whom the pronoun at `place` means, walking back sentence by sentence; None if nobody fits."""
    if word in NEUTER:
        return bodies(place)
    if word in PLURAL:
        return bodies(place)
    gender = "f" if word in FEMININE else "m"
    index = page.sentence(place)
    for back in range(_REACH):
        at = index - back
        if at < 0:
            return None
        if back and page.headlines[at]:
            continue
        sentence = page.sentences[at]
        here = [m for m in cast.between(sentence.start, min(place, sentence.end)) if not m.quoted]
        # Whom the statement itself is about, or whom a question was about, did not make it.
        here = [m for m in here if not content.start <= m.span.start < content.end]
        here = [m for m in here if not _ASKED.search(page.view, sentence.start, m.span.start)]
        low = bisect_left(heard, sentence.start, key=lambda a: a.place)
        spoke = list(heard[low : bisect_left(heard, min(place, sentence.end), lo=low, key=lambda a: a.place)])
        spoke = [a for a in spoke if not _ASKED.search(page.view, sentence.start, a.place)]
        if back == 1 and _REPLIES.match(page.view, place + len(word)) and spoke:
            told = _TELLS.search(page.view, spoke[-1].place, sentence.end)
            if told and told["pronoun"] == {"m": "him", "f": "her"}[gender]:
                return None
            listener = next((m.person for m in here if told and m.span.start == told.end()), None)
            if listener is not None and listener.gender in (gender, None):
                return listener
        if back == 0:
            owner = _owner(page, here, place)
            if owner is not None and owner.gender in (gender, None):
                return owner
            if _TRAILING.fullmatch(page.view, sentence.start, place):
                here = []  # "Velden comes on Monday, he said": what stands before is what he said
        pronoun = _SUBJECT[gender].search(page.view, sentence.start, min(place, sentence.end))
        chained = bool(pronoun) and not (pronoun and page.within_quotes(pronoun.start()))
        if chained and pronoun and not spoke:  # "He also wants Velden as a partner": the subject stands before it
            here = [m for m in here if m.span.start < pronoun.start()]
        if back and spoke:  # "Velden backs it, Harnik said": Harnik goes on
            later = [m for m in here if m.subject and m.span.start > spoke[-1].place]
            later = [m for m in later if m.person.gender in (gender, None) and _SAYS.match(page.view, m.span.end)]
            if later:
                return later[-1].person
        if back and not spoke and _two(page, here, gender):
            return None
        found = _in_sentence(here, spoke, gender, same=back == 0, chained=chained)
        if found is not None:
            return found
    return None


def _owner(page: Page, here: Sequence[Mention], place: int) -> Person | None:
    """Whose claim it is, of "Velden's claim that he"."""
    for mention in reversed(here):
        if mention.possessive and _CLAIM_THAT.fullmatch(page.view, mention.span.end, place):
            return mention.person
    return None


def _two(page: Page, here: Sequence[Mention], gender: str) -> bool:
    """Whether the sentence opens with two of that gender together: "Velden and Harnik met"."""
    fit = [m for m in here if m.subject]
    return (
        len(fit) > 1
        and {m.person.gender for m in fit[:2]} == {gender}
        and fit[0].person is not fit[1].person
        and _TOGETHER.fullmatch(page.view, fit[0].span.end, fit[1].span.start) is not None
    )


def _in_sentence(
    here: Sequence[Mention], spoke: Sequence[Antecedent], gender: str, *, same: bool, chained: bool
) -> Person | Party | None:
    """The one speaker or subject of the sentence who fits; a subject goes before anybody else."""
    # A bare surname that spoke may be somebody's, wherever nobody known fits.
    speakers = [a.party for a in spoke if a.gender in (gender, None) and (a.party.person or not here)]
    subjects = [m.person for m in here if m.subject and m.person.gender in (gender, None)]
    if speakers:
        return speakers[-1]
    if subjects:
        return subjects[-1] if same else subjects[0]
    if same or chained:  # "He had met Velden": the sentence speaks of somebody before it
        return None
    others = [m.person for m in here if m.person.gender in (gender, None)]
    distinct = {id(p) for p in others}
    return others[0] if len(distinct) == 1 else None
