"""Which question a position is on, where no configuration names it: that of the statements nearest in meaning."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from bot.matter import likeness, weights
from bot.meaning import cosines
from bot.model import MADE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.model import Position

# How alike statements on one question are, from 0 to 1: the cosine of their meanings and, for less, the share of their
# matter. Chosen on labelled news, where one half of the issues asks for the same as the other (docs/judging.md).
SAME: Final = 0.48
NAMED: Final = 0.54  # the same, to join what the configuration names: its own words say what that is about
_WORDS: Final = 0.7  # what shared words count, beside 1 for the meaning
_CLOSEST: Final = 5  # members of a question that are asked how near they are
_POOL: Final = 120  # of those nearest in meaning: nobody else is compared word by word
_ID, _MARK = 70, 6  # characters of a topic's id, and of what tells it from others of the same words
_ABOUT: Final = " [about: "  # how the reading room marks context behind a content
_QUOTED: Final = 60  # characters of the statement that a link names


def filed(position: Position, near: Sequence[Position]) -> Position:
    """The position under the question of those in `near` that it is most like, with the reason; else under its own."""
    return placed(position, near)[0]


def placed(position: Position, near: Sequence[Position]) -> tuple[Position, Position | None]:
    """The position `filed`, and the one in `near` whose question it is; None where it is its own.

    Several members of a question must be near, as far as it has several: one neighbour that shares a word is not
    enough. What the configuration names stays there; what it does not name may join it by its meaning.
    """
    if position.on_named_topic or position.link or position.charge or not position.meaning:
        return position, None
    others = [other for other in near if other.meaning]
    near_in_meaning = cosines(position.meaning, [other.meaning for other in others])
    pool = sorted(range(len(others)), key=lambda place: -near_in_meaning[place])[:_POOL]
    own = _matter(position)
    questions: dict[str, list[tuple[float, int]]] = defaultdict(list)
    for place in pool:
        shared = likeness(own, _matter(others[place]))
        alike = (near_in_meaning[place] + _WORDS * shared) / (1 + _WORDS)
        questions[others[place].topic].append((alike, place))
    best, member = 0.0, None
    for topic, members in questions.items():
        closest = sorted(members, reverse=True)[:_CLOSEST]
        mean = sum(share for share, _ in closest) / len(closest)
        if mean > best and mean >= (SAME if topic.startswith(MADE) else NAMED):
            best, member = mean, others[closest[0][1]]
    if member is None:
        return _apart(position), None
    words = " ".join(member.statement.quote.split())
    shown = words if len(words) <= _QUOTED else words[: _QUOTED - 1].rstrip() + "…"
    linked = replace(
        position,
        topic=member.topic,
        topic_name=member.topic_name,
        proposition=member.proposition,
        proposition_text=member.proposition_text,
        link=f"like “{shown}” ({best:.2f})",
    )
    return linked, member


def _matter(position: Position) -> Mapping[str, float]:
    """What the words are about, and the words before them and the headline."""
    statement = position.statement
    return _weighed(statement.content, statement.before, statement.source.title)


@lru_cache(maxsize=1 << 10)  # the same are compared with one statement after another
def _weighed(content: str, before: str, title: str) -> Mapping[str, float]:
    return weights(content.partition(_ABOUT)[0], f"{before} {title}")


def _apart(position: Position) -> Position:
    """Under a question of its own: that others share its words does not make it theirs."""
    mark = f"-{position.statement.key[:_MARK]}"
    return position if position.topic.endswith(mark) else replace(position, topic=f"{position.topic[:_ID]}{mark}")
