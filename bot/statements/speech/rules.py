"""The name of the rule that takes what stands behind a cue, by how the content begins."""

from __future__ import annotations

from collections.abc import Sequence

from bot.statements.cues.hits import Hit
from bot.statements.report import Rule
from bot.statements.speech import starts
from bot.statements.text.sentences import Token


def behind(tokens: Sequence[Token], hit: Hit, first: int) -> Rule:
    """Of "X said that …" the clause, of "X vowed to …" the infinitive, of "X rejected the offer" the object."""
    token = tokens[first]
    if token.kind == "quote":
        return "cue + quotation"
    takes_clause = not hit.cue.frames.isdisjoint(("clause", "that", "addressee"))
    if token.low == "that" and takes_clause:
        return "cue + that-clause"
    if token.low == "to" and "to" in hit.cue.frames:
        return "cue + infinitive"
    clause = takes_clause and starts.clause_at(tokens, first)
    return "cue + clause" if clause or "object" not in hit.cue.frames else "cue + object"
