"""Did somebody say it: candidates by the index of words and by fingerprints, then the texts themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

from rapidfuzz import fuzz
from sqlalchemy import Connection, desc, func, select

from bot.ledger.asked import Heard
from bot.ledger.asking.query import Queries
from bot.ledger.nearness.fulltext import holding, words_of
from bot.ledger.nearness.likeness import Wording, fingerprints
from bot.ledger.people.one_person import OnePerson
from bot.ledger.record.rows import as_statement, statement, statements
from bot.ledger.tables import schema
from bot.model import Statement

EXACT = 60  # candidates that hold all the words
PRINTS = 40  # that share a fingerprint
PAIRED = 150  # that hold two of the rarer words
RARE = 6  # the longest words stand for the rare ones
NEAR = 72.0  # of 100
_COMMON = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "been",
        "but",
        "by",
        "can",
        "did",
        "do",
        "for",
        "from",
        "had",
        "has",
        "have",
        "he",
        "her",
        "his",
        "i",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "me",
        "my",
        "no",
        "not",
        "of",
        "on",
        "or",
        "our",
        "she",
        "so",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "they",
        "this",
        "to",
        "us",
        "was",
        "we",
        "were",
        "what",
        "when",
        "which",
        "who",
        "will",
        "with",
        "would",
        "you",
        "your",
    ]
)


class Hearing(Queries):
    """Reads; each sees the ledger as it was at one moment."""

    def said(self, person: str, words: str, limit: int = 5) -> tuple[Heard, ...]:
        """Statements of a person (id or whole name) that hold these words, the exact ones first, then the likest.

        One report of each remark. Nothing found means that the record holds nothing like it, and no more.
        """
        asked = words_of(words)
        if not asked:
            return ()
        with self._reading() as connection:
            numbers = self._parties(connection, person)
            found = {number for party in numbers for number in _candidates(connection, party, asked, words)}
            rows = connection.execute(statements().where(statement.id.in_(found))).mappings().all() if found else ()
            people = OnePerson.of(connection)
            heard = [(row[statement.utterance_id], _heard(as_statement(row, people), asked)) for row in rows]
        best: dict[int, Heard] = {}
        order = sorted(((remark, one) for remark, one in heard if one), key=lambda pair: _rank(pair[1]))
        for remark, one in order:
            best.setdefault(remark, one)
        return tuple(best.values())[:limit]


def _candidates(connection: Connection, party: int, asked: Sequence[str], words: str) -> Iterable[int]:
    telling = [word for word in dict.fromkeys(asked) if word not in _COMMON] or list(dict.fromkeys(asked))
    rare = sorted(telling, key=len, reverse=True)[:RARE]
    yield from holding(connection, party, [list(dict.fromkeys(asked))], EXACT)
    groups = [list(pair) for pair in combinations(rare, 2)] or [rare]
    yield from holding(connection, party, groups, PAIRED)
    prints = schema.fingerprint.c
    shared = (
        select(prints.statement_id)
        .where(prints.party_id == party, prints.hash.in_(fingerprints(Wording.of(words))))
        .group_by(prints.statement_id)
        .order_by(desc(func.count()), desc(prints.statement_id))
        .limit(PRINTS)
    )
    yield from connection.scalars(shared)


def _heard(told: Statement, asked: Sequence[str]) -> Heard | None:
    wanted, whole = " ".join(asked), " ".join(words_of(told.quote))
    if f" {wanted} " in f" {whole} ":
        base = told.span.start
        marks = [told.quote[span.start - base : span.end - base] for span in told.verbatim]
        quoted = told.kind == "direct" or any(f" {wanted} " in f" {' '.join(words_of(part))} " for part in marks)
        return Heard(statement=told, match="quotation" if quoted else "paraphrase", likeness=100.0)
    if len(wanted) <= len(whole):
        likeness = fuzz.partial_ratio(wanted, whole, score_cutoff=NEAR)
    else:
        likeness = fuzz.ratio(wanted, whole, score_cutoff=NEAR)
    return Heard(statement=told, match="near", likeness=min(99.0, likeness)) if likeness else None


def _rank(heard: Heard) -> tuple[int, float, int]:
    """Exact before near, quotations before paraphrases, then the likest, then the newest."""
    said = heard.statement.said
    day = said.first if said else (heard.statement.source.published or heard.statement.source.retrieved).date()
    return ({"quotation": 0, "paraphrase": 1, "near": 2}[heard.match], -heard.likeness, -day.toordinal())
