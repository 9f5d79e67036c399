"""The time expressions of a text: where each stands, and the day or the interval it means."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain

from bot.model import Said
from bot.statements.dates.expressions import MONTHS, RULES, back, count, stretches

# What comes after such a word lies ahead or is the subject of the talk, so it does not date the saying.
_NOT_BEFORE = re.compile(
    r"(?:\b(?:until|till|by|since|next|coming|before|for|from|scheduled|planned|due|set|expected|'s|starting|"
    r"of)\s+(?:the\s+)?"
    r"(?:early\s+|late\s+|next\s+|this\s+coming\s+)?"
    r"(?:\d{1,2}(?:[:.]\d\d)?\s?(?:[ap]\.?m\.?)?\s(?:on\s+)?|noon\s(?:on\s+)?|midnight\s(?:on\s+)?)?)$",
    re.IGNORECASE,
)
# Newspapers and holidays that bear the name of a day.
_MASTHEAD = re.compile(r"\b(?:(?:Mail|Star|Post|Herald) on |(?:Good|Black|Easter|Palm|Bloody|Ash|Super) )$")
_MASTHEAD_BEHIND = re.compile(
    r"\s(?:Times|Telegraph|Mirror|Mail|Post|Express|Herald|Tribune|Independent|Star|Guardian)\b"
)
# Plans: "will meet on Friday", "is flying there on Sunday". The last such word in the clause counts.
_AHEAD = re.compile(
    r"\b(?:will|would|shall|(?:is|are|was|were|be) (?:\w+ )?(?:to|due|set|expected|scheduled|slated|going|planning|"
    r"flying|travelling|traveling|visiting|coming)|plans? to|hopes? to|intends? to|expects? to)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[.,;:!?\"“”()\n–—]|\b(?:said|says|told|after|before|when|as|while|because|since)\b")
_CAPTION = re.compile(
    r"[^\n]{0,30}?(?:\((?:credit|photo|picture|image|file)\b|\bREUTERS/|/REUTERS|\bGetty Images|\bAP Photo|/AFP\b|"
    r"\b(?:AFP|EPA) via|\bPhoto(?:graph)?s?(?:: | by ))",
    re.IGNORECASE,
)
# Told from a day named before: "the next day", "a day earlier", "later that day".
_ANCHORED = re.compile(
    r"\b(?i:(?P<same>(?:later |earlier )?(?:that|the same) (?:day|morning|afternoon|evening|night))"
    r"|(?P<next>(?:the )?(?:next|following) (?:day|morning)|the day after)"
    r"|(?P<eve>the (?:day|night|evening) before|the previous (?:day|night|evening))"
    r"|(?P<count>a|one|two|three|four|five|six|\d{1,2}) days? (?P<way>earlier|later|before))\b"
    r"(?=[.,;:)\"”]|\s+(?:that|in|at|on|he|she|they|it|to|but|and|[A-Z]\w*)\b|\s*$)",
)
_ANCHOR_REACH = 300  # characters
_CLAUSE_REACH = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A time expression in a text: where it stands, what it says, and the days it may mean."""

    start: int
    end: int
    words: str
    first: date
    last: date
    exact: bool  # one day, named; not "last week"


def moments(view: str, published: date | None) -> tuple[Moment, ...]:
    """Every past or present time expression of the text, in order; those that need a publication date only with one."""
    found: list[Moment] = []
    taken = bytearray(len(view))
    places = stretches(view)
    for pattern, rule, needs in RULES:
        if published is None and needs:
            continue
        for match in _each(pattern, view, places):
            if any(taken[match.start() : match.end()]) or _ahead(view, match.start(), match.end()):
                continue
            if not match.group().isascii():  # "Frıday": a dotless "ı" passes for an "i", and no list of days holds it
                continue
            days = rule(match, published or date.max)
            if days is None or (published is not None and days[0] > published):
                continue
            taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
            found.append(_moment(match, days[0], min(days[1], published or date.max)))
    found.sort(key=lambda m: m.start)
    told = _anchored(view, places, found, published)
    return tuple(sorted([*found, *told], key=lambda m: m.start))


def _each(pattern: re.Pattern[str], view: str, places: Iterable[tuple[int, int]]) -> Iterator[re.Match[str]]:
    """Every match of the pattern in these places of the text."""
    return chain.from_iterable(pattern.finditer(view, start, end) for start, end in places)


def said(moment: Moment, published: date | None) -> Said:
    """The moment as the day of a statement, with the words that show it."""
    how = f"'{moment.words}'"
    if published is not None:
        how += f", article of {published.day} {MONTHS[published.month - 1][:3].title()} {published.year}"
    return Said(first=moment.first, last=moment.last, how=how)


def by_default(published: date | None) -> Said | None:
    """The day of publication or the one before it; None without a date of publication."""
    if published is None:
        return None
    return Said(first=back(published, 1), last=published, how="publication date")


def _moment(match: re.Match[str], first: date, last: date) -> Moment:
    return Moment(
        start=match.start(),
        end=match.end(),
        words=" ".join(match.group().split()),
        first=first,
        last=last,
        exact=first == last,
    )


def _ahead(view: str, start: int, end: int) -> bool:
    """Whether the expression tells of a plan, a deadline or a newspaper, or stands below a picture."""
    before = view[max(0, start - _CLAUSE_REACH) : start]
    if _NOT_BEFORE.search(before[-45:]) or _MASTHEAD.search(before[-12:]) or _MASTHEAD_BEHIND.match(view, end):
        return True
    clause = max((m.end() for m in _CLAUSE.finditer(before)), default=0)
    return bool(_AHEAD.search(before, clause)) or bool(_CAPTION.match(view, end))


def _anchored(
    view: str, places: Iterable[tuple[int, int]], found: Sequence[Moment], published: date | None
) -> list[Moment]:
    """The days told from another: from the day named shortly before, backwards also from that of publication."""
    told: list[Moment] = []
    for match in _each(_ANCHORED, view, places):
        place = bisect_left(found, match.start(), key=lambda m: m.start)
        anchor = found[place - 1] if place else None
        if anchor and anchor.exact and match.start() - anchor.end <= _ANCHOR_REACH:
            base: date | None = anchor.first
        else:
            base = published if match["eve"] or (match["way"] or "").casefold() == "earlier" else None
        if base is None:
            continue
        many = count(match["count"]) if match["count"] else 0 if match["same"] else 1
        if match["next"] or (match["way"] or "").casefold() == "later":
            if many > (date.max - base).days:
                continue
            day = base + timedelta(days=many)
        else:
            day = back(base, many)
        if published is None or day <= published:
            told.append(_moment(match, day, day))
    return told
