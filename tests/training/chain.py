"""Held-out stories through the bot, as a newsroom would walk them that knows their officials; and their pairs alone.

.venv/bin/python tests/training/chain.py [DIRECTORY]   writes build/training/candidates.jsonl and compared.jsonl

Every story has a configuration of its own: the sides and officials that speak in it, and no topics. DIRECTORY holds
other weights than the package's own. Each line is a pair with its signs (bot/conflicts/comparing.py) and what the story
says of the two. In candidates.jsonl they are the pairs that a judge is asked about on the walk: "conflict", "harmless",
"unlisted", or "elsewhere" where one of the two is no marked statement. In compared.jsonl they are the listed pairs of
importance 2 and more and the harmless ones, put side by side without a record, as `onrecord compare` puts them.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import sources
from rows import article_of
from split import held
from story import Cluster, Listed, Statement

from bot import conflicts, pairs, positions
from bot.conflicts import comparing
from bot.judges.chosen import choose
from bot.meaning import cosine
from bot.model import Position
from bot.opinions import Encoder, Judge, Verdict
from bot.pipeline import Pipeline
from bot.statements import Roster
from config.load import load
from config.schema import Config, Mandate, Official, Side

NEAREST = 25  # positions of other articles that a ledger would bring for their meaning
MOST = 20  # pairs of one position that a judge is asked about, as in bot.conflicts
AROUND = 300  # characters on both sides of a quotation that is compared alone
COVERED, INSIDE = 0.3, 0.6  # of both spans together, or of the shorter one, to be the marked statement
_GENERIC = re.compile(r"\b(?:government of|the|republic of)\b", re.IGNORECASE)
_GOVERNMENT = re.compile(r"\bgovernment\b|\(.*\)", re.IGNORECASE)
_BODIES = ("government", "ministry", "office")


def configured(base: Config, story: Cluster) -> Config:
    """The configuration of a newsroom that knows the sides and officials of a story."""
    cast: dict[str, tuple[str, str]] = {}
    for statement in story.statements.values():
        cast.setdefault(statement.speaker, (statement.role, statement.side))
    sides = {_ident(side): side for _, side in cast.values() if side}
    known = [
        Official(id=_ident(name), name=name, mandates=(Mandate(role=role[:100], side=_ident(side), since=date.min),))
        for name, (role, side) in cast.items()
        if role and side and len(name.split()) > 1 and not name.lower().startswith(_BODIES)
    ]
    return base.model_copy(
        update={
            "sides": tuple(Side(id=ident, name=name, names=_short(name)) for ident, name in sides.items()),
            "officials": tuple(known),
            "topics": (),
            "feeds": (),
        }
    )


def candidates(story: Cluster, config: Config, judge: Judge, encoder: Encoder) -> Iterator[dict[str, Any]]:
    """Every pair of a story that a judge is asked about, in the order in which its articles appear."""
    pipeline = Pipeline(config, encoder=encoder)
    seen: list[Position] = []
    for article in sorted(story.articles, key=lambda one: one.published):
        read = [position for _, found in pipeline.read(article_of(story, article)) for position in found]
        for fresh in sorted(read, key=lambda one: (one.said_first or date.max, one.statement.span.start)):
            linked = conflicts.candidates(fresh, near(fresh, seen), config.sides)
            asked = sorted((pair for pair in linked if pair.kind != "opposed"), key=conflicts._likelihood)[:MOST]
            verdicts = judge([conflicts.older_first(pair) for pair in asked]) if asked else ()
            for pair, verdict in zip(asked, verdicts, strict=True):
                label, listed = labelled(story, pair.earlier, pair.later)
                yield {
                    "kind": pair.kind,
                    "hit": pair.hit,
                    "case": pair.case,
                    "score": pair.score,
                    "signs": signs(pair.earlier, pair.later, config, verdict),
                    "label": label,
                    "importance": listed.importance if listed else 0,
                    "listed": f"{listed.a} {listed.b}" if listed else "",
                    "one": _shown(pair.earlier),
                    "other": _shown(pair.later),
                }
            seen.append(fresh)


def compared(story: Cluster, config: Config, judge: Judge, encoder: Encoder) -> Iterator[dict[str, Any]]:
    """Every listed pair of a story that is worth an alert or harmless, read from its two quotations alone."""
    roster = Roster.of(config.officials, config.sides)
    texts = {article.id: article.text for article in story.articles}
    for pair in (*story.conflicts, *story.harmless):
        if pair.importance == 1:
            continue
        one, other = (_face(story.statements[ident], texts) for ident in (pair.a, pair.b))
        bare = [pairs.position(one, other, config, roster), pairs.position(other, one, config, roster)]
        first, second = map(positions.weighed, bare, encoder(bare))
        older, newer = sorted((first, second), key=lambda position: position.said_first or date.max)
        (verdict,) = judge([(older, newer)])
        label = "conflict" if pair.importance else "harmless"
        yield {
            "label": label,
            "importance": pair.importance,
            "listed": f"{pair.a} {pair.b}",
            "score": comparing.compare(first, second, config.sides, verdict, careful=True).score,
            "signs": signs(first, second, config, verdict),
        }


def signs(one: Position, other: Position, config: Config, verdict: Verdict) -> dict[str, float]:
    """What speaks for or against a conflict, each with its size."""
    return comparing.comparison_signs(
        one, other, comparing.comparison_kind(one, other, config.sides), config.sides, verdict
    )


def near(fresh: Position, seen: Sequence[Position]) -> list[Position]:
    """What a ledger would bring to a fresh position: its own article, its topic, and what is like it in meaning."""
    own = fresh.statement.source.article
    elsewhere = [other for other in seen if other.statement.source.article != own]
    like = sorted(elsewhere, key=lambda other: -cosine(fresh.meaning, other.meaning))[:NEAREST]
    same = [other for other in seen if other.topic == fresh.topic or other.statement.source.article == own]
    return list({other.key: other for other in [*like, *same]}.values())


def labelled(story: Cluster, one: Position, other: Position) -> tuple[str, Listed | None]:
    """What the story says of two positions, and its pair; of several conflicts the gravest."""
    ones, others = _marks(story, one), _marks(story, other)
    if not ones or not others:
        return "elsewhere", None
    met = {frozenset((x, y)) for x in ones for y in others}
    listed = [pair for pair in (*story.conflicts, *story.harmless) if pair.ids in met]
    if not listed:
        return "unlisted", None
    gravest = max(listed, key=lambda pair: pair.importance)
    return ("conflict" if gravest.importance else "harmless"), gravest


def _marks(story: Cluster, position: Position) -> list[str]:
    """The marked statements that a position's words show."""
    source, span = position.statement.source.article, position.statement.span

    def shows(mark: Statement) -> bool:
        both = min(span.end, mark.end) - max(span.start, mark.start)
        if both <= 0 or source != f"{story.id}.{mark.article}":
            return False
        lengths = span.end - span.start, mark.end - mark.start
        return both / (sum(lengths) - both) >= COVERED or both / max(1, min(lengths)) >= INSIDE

    return [mark.id for mark in story.statements.values() if shows(mark)]


def _face(statement: Statement, texts: dict[str, str]) -> pairs.Face:
    text = texts[statement.article]
    return pairs.Face(
        quote=statement.quote,
        speaker=statement.speaker,
        holder=statement.holder,
        role=statement.role,
        side=statement.side,
        said_on=statement.said_on,
        before=text[max(0, statement.start - AROUND) : statement.start],
        after=text[statement.end : statement.end + AROUND],
    )


def _shown(position: Position) -> dict[str, Any]:
    told = position.statement
    return {
        "article": told.source.article,
        "start": told.span.start,
        "end": told.span.end,
        "who": position.voice.name,
        "words": told.content,
        "stance": position.stance,
    }


def _ident(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:50] or "x"


def _short(name: str) -> tuple[str, ...]:
    """What a side is called without the words for its form of state."""
    bare = _GENERIC.sub("", _GOVERNMENT.sub("", name)).strip()
    return (bare,) if bare and bare != name else ()


def main(names: list[str]) -> int:
    """Walk every held-out story."""
    base = load(environ={})
    chosen = choose(base.settings.judge.model_copy(update={"directory": names[0]} if names else {}))
    if chosen.judge is None or chosen.encoder is None:
        print("these weights do not read statements alone: export them anew", file=sys.stderr)
        return 1
    stories = [(origin, story) for origin, story in sources.stories() if held(story.id)]
    articles = [(origin, story) for origin, story in stories if origin != "newsroom"]  # its issues are no articles
    sources.MADE.mkdir(parents=True, exist_ok=True)
    for walk in (candidates, compared):
        target, count = sources.MADE / f"{walk.__name__}.jsonl", 0
        with target.open("w", encoding="utf-8") as out:
            for origin, story in articles:
                for found in walk(story, configured(base, story), chosen.judge, chosen.encoder):
                    out.write(json.dumps({"story": f"{origin}/{story.id}"} | found, ensure_ascii=False) + "\n")
                    count += 1
        print(f"{count} pairs of {len(articles)} stories: {target.relative_to(sources.ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
