"""What the walk raises on the fictional stories, each walked by a newsroom that knows its officials.

.venv/bin/python tests/training/raised.py [--each FILE]

The stories tell their conflicts in other words on purpose, and the rules were not written with them in view: they show how
little is raised of what nobody has put into plain words. Cards are told apart by what their story says of the pair that leads;
where it lists neither of the two statements, or not the pair, a person has to judge (--each writes them down).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import sources
from chain import configured, labelled, near
from rows import article_of
from story import WORTH, Cluster

from bot import conflicts
from bot.judges.chosen import choose
from bot.model import Conflict, Position
from bot.opinions import Encoder, Judge
from bot.pipeline import Pipeline
from config.load import load
from config.schema import Config


def cards(story: Cluster, config: Config, judge: Judge | None, encoder: Encoder | None) -> list[list[Conflict]]:
    """The conflicts of a story that would be posted, by case."""
    pipeline = Pipeline(config, encoder=encoder)
    least = config.settings.alerts.minimum_score
    seen: list[Position] = []
    cases: dict[str, list[Conflict]] = {}
    for article in sorted(story.articles, key=lambda one: one.published):
        read = [position for _, found in pipeline.read(article_of(story, article)) for position in found]
        for fresh in sorted(read, key=lambda one: (one.said_first or date.max, one.statement.span.start)):
            for one in conflicts.find(fresh, near(fresh, seen), config.sides, judge):
                if one.kind != "opposed" and one.score >= least:
                    cases.setdefault(one.case, []).append(one)
            seen.append(fresh)
    return list(cases.values())


def told(story: Cluster, card: Sequence[Conflict]) -> tuple[str, set[frozenset[str]]]:
    """What the story says of the pair that leads a card, and the listed conflicts worth an alert that it shows."""
    labels = [labelled(story, one.earlier, one.fresh) for one in card]
    shown = {pair.ids for label, pair in labels if pair and label == "conflict" and pair.importance >= WORTH}
    lead = conflicts.lead(card)
    label, pair = labelled(story, lead.earlier, lead.fresh)
    if pair and label == "conflict" and pair.importance < WORTH:
        label = "conflict for a digest"
    return label, shown


def main(arguments: Sequence[str]) -> int:
    """Walk every story and print what was raised."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--each", type=Path)
    given = asked.parse_args(arguments)
    base = load(environ={})
    chosen = choose(base.settings.judge)
    stories = [story for origin, story in sources.stories() if origin != "newsroom"]  # its issues are no articles
    counts: Counter[str] = Counter()
    listed = found = 0
    lines: list[str] = []
    for story in stories:
        worth = {pair.ids for pair in story.conflicts if pair.importance >= WORTH}
        listed += len(worth)
        shown: set[frozenset[str]] = set()
        for card in cards(story, configured(base, story), chosen.judge, chosen.encoder):
            label, more = told(story, card)
            counts[label] += 1
            shown |= more
            lines += _shown(story, label, conflicts.lead(card))
        found += len(shown)
    print(f"{len(stories)} stories: {found} of {listed} listed conflicts worth an alert are on a card")
    print(
        f"{counts.total()} cards, by the pair that leads: "
        + ", ".join(f"{n} {what}" for what, n in sorted(counts.items()))
    )
    if given.each:
        given.each.write_text("\n".join(lines) + "\n", "utf-8")
    return 0


def _shown(story: Cluster, label: str, lead: Conflict) -> Iterator[str]:
    yield json.dumps({"story": story.id, "says": label, "kind": lead.kind, "score": lead.score})
    for one in (lead.earlier, lead.fresh):
        yield f"    {one.voice.name}: {one.stance}, {one.statement.cue} | {' '.join(one.statement.content.split())}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
