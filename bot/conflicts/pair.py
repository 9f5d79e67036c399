"""A pair of positions that may conflict, before it is put into words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.conflicts.holders import voice
from bot.conflicts.nearness import own_words
from bot.conflicts.opposition import in_words
from bot.matter import salient

if TYPE_CHECKING:
    from bot.conflicts.nearness import Link
    from bot.contrast import Contrast
    from bot.model import Answer, Party, Position, Told
    from config.values import ConflictKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two linked positions whose holders allow a conflict of `kind`; `hit`: their stances oppose in words.

    `score` counts only where they do. `claim` is the one made for somebody else's side, where there is one. `doubts`
    are those of a judge. `turn`: how the words of the two stand to each other, where that can be told. `told`: the
    article itself sets the one against the other.
    """

    kind: ConflictKind
    earlier: Position
    later: Position
    link: Link
    hit: bool
    score: float = 0.0
    answer: Answer | None = None
    bridge: Position | None = None
    doubts: tuple[str, ...] = ()
    turn: Contrast | None = None
    told: Told | None = None

    @property
    def turned(self) -> bool:
        """Whether words that lie side by side make the conflict, and not two stances in so many words."""
        return self.turn is not None and self.turn.turned and not in_words(self.earlier, self.later)

    @property
    def claim(self) -> Position | None:
        """The position that one party states for another side."""
        return next((position for position in (self.earlier, self.later) if position.claimed_by), None)

    @property
    def case(self) -> str:
        """The story's key: kind, who is concerned, and the issue. Later evidence has the same."""
        topic = _question(self.earlier)
        if self.claim and self.claim.claimed_by:
            topic = _question(self.claim)
            return ":".join((self.kind, _key(self.claim.claimed_by), _side(self.claim.holder), topic))
        people = sorted({_key(voice(self.earlier)), _key(voice(self.later))})
        # A turn that journalists tell of is one story, in whichever outlet; words that turn again later are another.
        how: tuple[str, ...] = ()
        if self.told and self.kind == "reversal":
            how = ("told",)
            if not self.earlier.on_named_topic:
                topic = "-".join(
                    sorted(sorted(salient(own_words(self.earlier)), key=lambda word: (-len(word), word))[:2])
                )
        return ":".join((self.kind, *people, topic, *how))


def _question(position: Position) -> str:
    """What it is about, as the words name it: two statements that name one matter are of one story, wherever filed."""
    return f"{position.topic}/{position.proposition}" if position.on_named_topic else position.proposition


def _key(party: Party) -> str:
    return party.official or (party.side if party.side and not party.person else party.name.casefold())


def _side(party: Party) -> str:
    return party.side or _key(party)
