"""Fictional stories as what the network is trained on: statements and pairs in the words of bot/judges/rendering.py.

.venv/bin/python tests/training/rows.py        writes build/training/rows.jsonl, three versions of the pairs

Every statement is put twice where the bot's own reading finds it: once as it is marked, once as it is read, with the
content, the cue and what stood before that reading gives. The labels are those of the story either way.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time
from itertools import combinations
from typing import Any, cast

import sources
from story import Article, Cluster, Statement

from bot import lines
from bot import model as bot
from bot.judges import rendering
from bot.pipeline import Pipeline
from config.load import load
from watchers import model as watchers

VERSIONS = 3  # of the pairs: each draws anew which form stands for a statement, and which unlisted pairs are taken
DERIVED = 0.5  # the weight of a pair that nobody listed
ENOUGH = 0.5  # of both spans together, for a reading to be of the marked statement
BEFORE = 220  # characters kept before a marked statement; the rendering cuts them once more
_GENERIC = re.compile(r"\b(?:government|ministry|state|republic|the|of)\b")


class Renderer:
    """Puts the statements of stories as the bot does, with the package's own configuration and no topics."""

    def __init__(self) -> None:
        self._pipeline = Pipeline(load(environ={}).model_copy(update={"topics": ()}))

    def positions(self, story: Cluster) -> dict[str, list[bot.Position]]:
        """By the id of each statement, the forms it is put in; the marked one first."""
        articles = {article.id: article for article in story.articles}
        read = {article.id: self._read(story, article) for article in story.articles}
        sides = {statement.speaker: _side(statement.side) for statement in story.statements.values()}
        found = {}
        for statement in story.statements.values():
            marked = _marked(story, articles[statement.article], statement, sides)
            forms = [marked.statement]
            best = max(read[statement.article], key=lambda one: _shared(one, statement), default=None)
            if best is not None and _shared(best, statement) >= ENOUGH:
                told = marked.statement
                forms.append(
                    replace(best, source=told.source, speaker=told.speaker, holder=told.holder, said=told.said)
                )
            found[statement.id] = [replace(marked, statement=form) for form in forms]
        return found

    def _read(self, story: Cluster, article: Article) -> list[bot.Statement]:
        return [told for told, _ in self._pipeline.read(article_of(story, article))]


def article_of(story: Cluster, article: Article) -> watchers.Article:
    """An article of a story as the bot gets it."""
    row = {
        "id": f"{story.id}.{article.id}",
        "outlet": article.outlet,
        "title": article.title,
        "text": article.text,
        "published": article.published.isoformat(),
    }
    return lines.article(row, moment(article.published))


def moment(day: date) -> datetime:
    """Midnight, UTC."""
    return datetime.combine(day, time(), UTC)


def row(origin: str, story: Cluster, renderer: Renderer) -> dict[str, Any]:
    """All that is trained on from one story."""
    positions = renderer.positions(story)
    titles = {article.id: article.title for article in story.articles}
    return {
        "id": story.id,
        "source": origin,
        "propositions": story.propositions,
        "statements": [
            {
                "prop": statement.prop,
                "stance": statement.stance,
                "title": titles[statement.article],
                "lines": [rendering.alone(position) for position in positions[statement.id]],
            }
            for statement in story.statements.values()
        ],
        "pairs": [drawn(story, positions, random.Random(f"{story.id}/{version}")) for version in range(VERSIONS)],
    }


def drawn(story: Cluster, positions: dict[str, list[bot.Position]], drawing: random.Random) -> list[dict[str, Any]]:
    """Every listed pair of a story, and half as many that nobody listed, at least four."""
    listed: list[dict[str, Any]] = []
    derived: list[dict[str, Any]] = []
    for one, other, label, weight, worth in _labelled(story):
        older, newer = (one, other) if one.said_on <= other.said_on else (other, one)
        a, b = rendering.pair(drawing.choice(positions[older.id]), drawing.choice(positions[newer.id]))
        pair = {"a": a, "b": b, "label": label, "alert": worth, "weight": weight, "listed": weight == 1}
        (listed if weight == 1 else derived).append(pair)
    drawing.shuffle(derived)
    return listed + derived[: max(4, len(listed) // 2)]


def _labelled(story: Cluster) -> Iterator[tuple[Statement, Statement, str, float, float]]:
    """Pairs with label, weight, and whether they are worth an alert. What may conflict and is not listed is left out."""
    pairs = {pair.ids: pair for pair in [*story.harmless, *story.conflicts]}
    for one, other in combinations(story.statements.values(), 2):
        pair = pairs.get(frozenset((one.id, other.id)))
        if pair is not None:
            yield one, other, sources.label(pair, story), 1, float(pair.importance >= 2)
        elif not one.prop or one.prop != other.prop:
            yield one, other, "unrelated", DERIVED, 0
        elif one.stance == other.stance and one.stance in {"for", "against"}:
            yield one, other, "agree", DERIVED, 0


def _marked(story: Cluster, article: Article, statement: Statement, sides: dict[str, str]) -> bot.Position:
    """A marked statement as a position: what the story says of its speaker and holder, and the words as they stand."""
    speaker = _person(statement.speaker, statement.role, sides[statement.speaker])
    holder = speaker
    if not _one_name(statement.holder, statement.speaker):
        side = _side(statement.holder_side) or sides.get(statement.holder) or _side(statement.holder)
        if statement.holder in sides:
            holder = _person(statement.holder, "", side)
        else:
            holder = bot.Party(name=statement.holder, side=side, person=False)
    told = bot.Statement(
        source=bot.Source(
            article=f"{story.id}.{article.id}",
            outlet=article.outlet,
            url=None,
            title=article.title,
            published=moment(article.published),
            retrieved=moment(article.published),
            text_hash=bot.content_key(article.text),
        ),
        kind=cast("bot.StatementKind", statement.kind),
        span=bot.Span(start=statement.start, end=statement.end),
        quote=statement.quote,
        verbatim=(),
        cue=None,
        speaker=bot.Speaker(party=speaker, as_written="", span=bot.Span(start=0, end=0)),
        holder=holder,
        said=bot.Said(first=statement.said_on, last=statement.said_on, how=""),
        content=statement.quote,
        before=article.text[max(0, statement.start - BEFORE) : statement.start],
    )
    for_another = holder is not speaker and not (holder.side and holder.side == speaker.side)
    return bot.Position(
        statement=told,
        holder=holder,
        topic="",
        topic_name="",
        proposition="",
        proposition_text="",
        stance="none",
        strength=0,
        claimed_by=speaker if for_another else None,
    )


def _person(name: str, role: str, side: str) -> bot.Party:
    return bot.Party(name=name, official=_side(name) or name, side=side or None, role=role or None)


def _side(name: str) -> str:
    """One id for the names of a side: "Government of Orvany" and "Orvany" are one."""
    return re.sub(r"[^a-z]+", "-", _GENERIC.sub("", name.lower())).strip("-")


def _one_name(one: str, other: str) -> bool:
    """Whether a name is the other or a part of it, as a surname is."""
    left, right = set(one.lower().split()), set(other.lower().split())
    return bool(left) and bool(right) and (left <= right or right <= left)


def _shared(told: bot.Statement, statement: Statement) -> float:
    """How much of both spans together is in both."""
    both = min(told.span.end, statement.end) - max(told.span.start, statement.start)
    return max(0, both) / max(1, max(told.span.end, statement.end) - min(told.span.start, statement.start))


def main() -> int:
    """Write the rows of every story that is here."""
    renderer, count = Renderer(), 0
    sources.MADE.mkdir(parents=True, exist_ok=True)
    target = sources.MADE / "rows.jsonl"
    with target.open("w", encoding="utf-8") as out:
        for origin, story in sources.stories():
            out.write(json.dumps(row(origin, story, renderer), ensure_ascii=False) + "\n")
            count += 1
    print(f"{count} stories: {target.relative_to(sources.ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
