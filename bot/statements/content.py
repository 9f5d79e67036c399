"""What a statement says once its pronouns are replaced, so that it can be read away from its article.

The form is: the quote with "he", "she" or "they" replaced by the name where it is sure, and, where the words point
back to something ("accept that", "no problem with it") or are too few to show their subject, ` [about: …]` behind
them: the words of the statement, question or sentence before. What stands in the bracket is context, not claimed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Literal

from bot.model import Party, Span
from bot.statements.others import Others
from bot.statements.report import Report
from bot.statements.text.words import AUXILIARIES, COMMON_VERBS

ABOUT = " [about: "
_PRONOUN = re.compile(
    r"(?<![\w'’])(?:(?:[Hh]e|[Ss]he|[Tt]hey|HE|SHE|THEY)(?=['’](?:s|d|ll|re|ve)\b|(?!\w))|him(?![\w'’]))"
    r"(?!\s[(\[](?:[A-Z]|$))"
)
_GLOSSED = re.compile(  # "he (Velden) told us": the reporter has replaced it
    r"(?<![\w'’])(?:[Hh]e|[Ss]he|[Tt]hey|him|them)\s[(\[](?P<who>[A-Z][^()\[\]]{1,40})[)\]](?!\w)"
)
_FIRST = re.compile(r"(?<![\w'’])(?:I|[Ww]e|[Oo]ur|[Mm]y|us)(?=\b|['’])")
_POINTS_BACK = re.compile(
    r"\b(?:accept|do|did|doing|want|reject|oppose|support|back|welcome|discuss|asked|say|said|against|with|"
    r"about|of|for|to|on|"
    r"confirm|deny|rule|call|called|comment on|is|was|not|know|see|like|need|consider|approve|allow)\s+(?:it|"
    r"that|this|so|these|those|them)\b"
    r"|^\W*(?:it|that|this|these|those|he|she|they|yes|yeah|no|absolutely|never|of course)\b"
    r"|\bthat question\b|\bnothing to add\b|\bno comment\b|\bsuch an?\b|\bthis (?:issue|matter|question|move|"
    r"idea|step|topic)\b",
    re.IGNORECASE,
)
_SHORT = 5  # words; a quote this short shows no subject of its own
_LONG = 40  # words; a quote this long does
_IT = re.compile(r"^it\b(?!self)", re.IGNORECASE)
_LONG_CLAUSE = 12  # the same for a paraphrase, whose reporter has named what it is about
_THAT = re.compile(r"^that\s+", re.IGNORECASE)
_ABOUT_LIMIT = 300  # characters
_INSERTED = re.compile(r",\s(?:who|whom|whose|which|where)\b")  # a clause between commas, the last of them the cue's
_BRACKET = re.compile(r"\s*\[about: .*\]$", re.DOTALL)


def resolved(
    text: str,
    span: Span,
    *,
    spoken: Sequence[Span],
    speaker: Party | None,
    gender: Literal["f", "m"] | None,
    others: Others,
    until: int,
    earlier: str,
) -> str:
    """The content of a statement.

    `spoken` are the stretches in the speaker's own words, none of a paraphrase; there `others` are whom pronouns
    mean, elsewhere he is himself meant. `gender` is the speaker's.
    `until`: from this place of the text on, the content names somebody itself, so that pronouns stay as they are.
    `earlier` are the words that "it" or "that" may point back to, or empty.
    """
    quote = span.of(text)
    cut = max(0, min(len(quote), until - span.start))
    himself = Others.only(speaker if _single(speaker) else None, gender)

    def meant(place: int) -> Others:
        return others if any(s.start <= span.start + place < s.end for s in spoken) else himself

    plain = _GLOSSED.sub(r"\g<who>", _replace(quote[:cut], meant) + quote[cut:])
    if spoken and span.start < spoken[0].start:
        plain = _THAT.sub("", plain)
    if not spoken:
        plain = _THAT.sub("", plain)
        if speaker is not None and not speaker.person:
            name = speaker.name
            plain = _IT.sub(lambda _: name, plain)  # a name is no pattern
        quote = plain  # its own "he" and "it" are named by now
    plain = " ".join(plain.split())
    words = len(quote.split())
    about = _BRACKET.sub("", earlier)
    inherited = _BRACKET.search(earlier)
    if inherited and len(about.split()) < 2 * _SHORT:  # the words before needed a context themselves
        about = inherited.group().strip()[len(ABOUT.strip()) : -1]
    about = " ".join(about.split())[:_ABOUT_LIMIT].strip(' ,;.:“"')
    long = _LONG if spoken else _LONG_CLAUSE
    if not about:
        return plain
    needs = words <= _SHORT or (words <= long and bool(_POINTS_BACK.search(" ".join(quote.split()))))
    return f"{plain}{ABOUT}{about}]" if needs else plain


def with_subject(text: str, content: str, report: Report, reports: Sequence[Report]) -> str:
    """The content with its subject, where an attribution cuts the two apart: "The harbour, she added, was closed"."""
    words = content.split(maxsplit=1)
    if report.rule != "split by the cue" or not words or not _predicate(words[0]):
        return content
    fronts = (one for one in reports if one.cue_span == report.cue_span and one.span.end <= report.span.start)
    front = next(fronts, None)
    if front is None:
        return content
    subject = " ".join(front.span.of(text).split())
    comma = "," if _INSERTED.search(subject) else ""
    return f"{subject}{comma} {content.partition(ABOUT)[0]}"


def _predicate(word: str) -> bool:
    """Whether a verb begins what stands behind the attribution, so that its subject stands before it."""
    return word.casefold() in AUXILIARIES | COMMON_VERBS or (
        word.islower() and word.endswith("ed") and len(word) > len("need")
    )


def of_himself(clause: str, speaker: Party | None, gender: Literal["f", "m"] | None) -> str:
    """A clause about whoever speaks, with the name: "whether she would sign" is asked of her."""
    himself = Others.only(speaker if _single(speaker) else None, gender)
    return _replace(clause, lambda _: himself)


def _single(party: Party | None) -> bool:
    return party is not None and party.person


def _replace(quote: str, meant: Callable[[int], Others]) -> str:
    """The quote with third-person subjects named; each only where somebody is known for it."""

    def name(match: re.Match[str]) -> str:
        party = meant(match.start()).of(match.group().casefold())
        return party.name if party else match.group()

    return _PRONOUN.sub(name, quote)


def own_words(quote: str) -> bool:
    """Whether the words speak in the first person."""
    return bool(_FIRST.search(quote))
