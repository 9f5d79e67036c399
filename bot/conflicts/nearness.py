"""Whether two positions are on the same proposition, and whether two reports are one remark."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz

from bot.conflicts.holders import voice
from bot.conflicts.order import before
from bot.matter import lower, salient, stem, stems_of
from bot.meaning import cosine

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.contrast import Contrast
    from bot.model import Position

_WORD = re.compile(r"[^\W_]+")
_SIDE_BY_SIDE: Final = 0.5
_HARDLY: Final = 2  # words that carry a matter
_SURELY: Final = 0.8  # strength of a stance that is taken in so many words
# Cosines of meanings; chosen on story clusters that the network was not trained on (docs/judging.md).
_ALIKE: Final = 0.45  # from here on a judge is asked whether both are on one question
_APART_IN_MEANING: Final = 0.3  # below this, shared words are a coincidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """How near two positions are: by configuration (`score` 1), by their words (`shared`) or by what they mean.

    `likeness` is the cosine of their meanings, 0 where nobody knows them. A link that is not `firm` is a question for
    a judge: the rules alone raise nothing on it.
    """

    score: float
    shared: tuple[str, ...] = ()
    likeness: float = 0.0
    firm: bool = True

    @property
    def configured(self) -> bool:
        """Whether the configuration says that both are on one proposition."""
        return self.score >= 1.0


def link(one: Position, other: Position) -> Link | None:
    """The link between two positions on one proposition, None where there is none or it is too weak to tell."""
    made = not one.on_named_topic, not other.on_named_topic
    if not any(made):
        same = one.topic == other.topic and one.proposition == other.proposition
        return Link(score=1.0) if same else None
    likeness = cosine(one.meaning, other.meaning)
    found = _worded(one, other, both_made=all(made))
    if found and (not likeness or likeness >= _APART_IN_MEANING):
        return replace(found, likeness=likeness)
    if likeness < _ALIKE:
        return None
    shared = overlap(*_meant(one, other), names=(*_names(one), *_names(other))).shared
    return Link(score=min(0.99, likeness), shared=shared, likeness=likeness, firm=False)


def joined(turn: Contrast | None) -> Link | None:
    """The link of two positions whose words stand side by side and are turned; None for others."""
    return Link(score=_SIDE_BY_SIDE, shared=turn.shared) if turn and turn.turned else None


def _worded(one: Position, other: Position, *, both_made: bool) -> Link | None:
    """The link by words alone: enough of them shared, and not only names."""
    left, right = _meant(one, other)
    found = overlap(left, right, names=(*_names(one), *_names(other)))
    common = len(set(found.shared) & _small(left, right))
    if one.proposition == other.proposition and not (one.link or other.link):  # named by the same words
        return found if common >= 1 and len(found.shared) >= 2 and found.score >= 0.25 else None
    words, enough = _needed(both_made=both_made)
    return found if common >= 1 and len(found.shared) >= words and found.score >= enough else None


def _small(left: str, right: str) -> frozenset[str]:
    """What both have without a capital: the first word of one may be any word that the other writes small."""
    one, other = lower(left), lower(right)
    return (one & (other | _first(right))) | (other & _first(left))


def _first(text: str) -> frozenset[str]:
    match = _WORD.search(text)
    return frozenset({stem(match.group().casefold())} if match else ())


def _needed(*, both_made: bool) -> tuple[int, float]:
    """How many words, and which share of the shorter text, two topics of different names must have in common.

    Specifics split: where one names a configured issue and the other does not, much more must be shared.
    """
    return (2, 0.45) if both_made else (3, 0.6)


def in_words(one: Position, other: Position, found: Link | None) -> str:
    """What `found`, the answer of `link`, rests on, or what is missing; as a sentence."""
    if found and not (found.configured or found.shared or found.likeness):
        return "the one answers the other, whatever the words"
    made = not one.on_named_topic, not other.on_named_topic
    if not any(made):
        same = f"the configuration files both under “{one.proposition_text}”"
        apart = f"the configuration files them apart: “{one.proposition_text}” and “{other.proposition_text}”"
        return same if found else apart
    likeness = cosine(one.meaning, other.meaning)
    shared = overlap(*_meant(one, other), names=(*_names(one), *_names(other)))
    told = f"they share {_several(shared.shared, _meant(one, other)[0])}"
    part = "all" if shared.score >= 0.99 else f"{shared.score:.0%}"
    told += f" ({part} of what matters in the shorter)" if shared.shared else ""
    alike = f"their meanings are {likeness:.2f} alike" if likeness else "nobody knows how alike their meanings are"
    if found is None:
        words, enough = _needed(both_made=all(made))
        need = f"{words} words and {enough:.0%} are needed" if one.topic != other.topic else "more is needed"
        if likeness and likeness < _APART_IN_MEANING:
            return f"{told}, and {alike}: under {_APART_IN_MEANING:.2f} shared words are a coincidence"
        return f"{told}, {need}; {alike}, {_ALIKE:.2f} is needed to ask a judge"
    if found.firm:
        by_words = found.score != min(0.99, likeness)
        return f"{told}" + (f"; {alike}" if likeness or not by_words else "")
    return f"{alike}: near enough for a judge to be asked, too little for the rules"


def _several(shared: tuple[str, ...], text: str) -> str:
    """The shared words as one of the texts has them."""
    written = {stem(word.casefold()): word for word in reversed(_WORD.findall(text))}
    return ", ".join(f"“{written.get(form, form)}”" for form in shared) if shared else "no word that matters"


def own_words(position: Position) -> str:
    """The content without the context that the reading room puts behind it (" [about: …]")."""
    return position.statement.content.partition(" [about: ")[0]


def _meant(one: Position, other: Position) -> tuple[str, str]:
    """The own words of both; with what they point back to, where those of one carry a stance and hardly a matter.

    "We reject them" is about what was asked; of two such answers context alone would link what it likes.
    """
    told = [position.statement.content.partition(" [about: ") for position in (one, other)]
    bare = [
        bool(mark) and position.strength >= _SURELY and len(salient(text)) <= _HARDLY
        for position, (text, mark, _) in zip((one, other), told, strict=True)
    ]
    if all(bare):
        return own_words(one), own_words(other)
    left, right = (f"{text} {about}" if leans else text for (text, _, about), leans in zip(told, bare, strict=True))
    return left, right


def overlap(one: str, other: str, *, names: Iterable[str] = ()) -> Link:
    """The share of salient words in common, by the shorter text; `names` of those who speak do not count."""
    left, right = salient(one), salient(other)
    leave = frozenset().union(*map(stems_of, names))
    left, right = left - leave, right - leave
    if not left or not right:
        return Link(score=0.0)
    shared = left & right
    return Link(score=min(0.99, len(shared) / min(len(left), len(right))), shared=tuple(sorted(shared)))


def _names(position: Position) -> tuple[str, ...]:
    return (voice(position).name, position.holder.name)


def one_utterance(one: Position, other: Position) -> bool:
    """Whether both look like reports of one remark: same voice, days that may coincide, much the same words."""
    if one.statement.place == other.statement.place:
        return True
    if not _one_voice(one, other) or before(one, other) or before(other, one):
        return False
    return fuzz.token_set_ratio(one.statement.quote, other.statement.quote) >= 70


def _one_voice(one: Position, other: Position) -> bool:
    """Whether one person speaks, or a person and the body that the person speaks for."""
    left, right = voice(one), voice(other)
    body = left.person != right.person and left.side is not None and left.side == right.side
    return body or left.same(right)


def one_breath(one: Position, other: Position) -> bool:
    """Whether one person says both in one article on one day: a report twice, or a thought with two halves."""
    same = one.statement.source.article == other.statement.source.article
    return same and voice(one).same(voice(other)) and not (before(one, other) or before(other, one))
