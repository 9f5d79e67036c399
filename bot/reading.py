"""From an article to statements with the positions they show: what the words tell, and whoever is asked beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import filling, positions, statements
from bot.conflicts.holders import voice
from bot.conflicts.standing import known, private
from bot.statements import Roster

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.model import Position, Statement
    from bot.opinions import Encoder, Reader
    from config.schema import Config
    from watchers.model import Article

    Heard = tuple[Statement, tuple[Position, ...]]


class Reading:
    """Reads articles for one configuration; holds no state between them."""

    def __init__(self, config: Config, reader: Reader | None, encoder: Encoder | None) -> None:
        self._reader = reader
        self._encoder = encoder
        self.roster = Roster.of(config.officials, config.sides)
        self._topics = positions.Topics.of(config.topics)
        self._gazetteer = positions.Gazetteer.of(config.sides)

    def all(self, article: Article) -> list[Heard]:
        """The statements of an article in text order, each with the positions it shows."""
        return self._filled(self._heard(list(statements.extract(article, self.roster))))

    def counting(self, article: Article) -> list[Heard]:
        """The same, but nobody is asked for the meaning of what can raise nothing: more than a third of it."""
        return self._filled(self._heard(list(statements.extract(article, self.roster)), counting=True))

    def of(self, statement: Statement) -> tuple[Position, ...]:
        """The positions of one statement, as `counting`."""
        return self._heard([statement], counting=True)[0][1]

    def _filled(self, heard: list[Heard]) -> list[Heard]:
        if self._reader is None:
            return heard
        return filling.filled(heard, self._reader, self.roster, self._topics, self._gazetteer)

    def _heard(self, told: Sequence[Statement], *, counting: bool = False) -> list[Heard]:
        """The encoder is asked about all of them at once, or about those that may count."""
        bare = self._encoder is not None
        taken = [positions.take(statement, self._topics, self._gazetteer, bare=bare) for statement in told]
        weighed: Sequence[Sequence[Position]] = taken
        if self._encoder is not None:
            asked = [one for some in taken for one in some if not counting or known(voice(one))]
            glances = dict(zip(map(id, asked), self._encoder(asked), strict=True))
            weighed = [
                [positions.weighed(one, glances[id(one)]) if id(one) in glances else one for one in some]
                for some in taken
            ]
        return [
            (statement, tuple(position for position in some if _stands(position)))
            for statement, some in zip(told, weighed, strict=True)
        ]


def _stands(position: Position) -> bool:
    """Whether it is a position at all: who speaks for nobody else tells what befell them, unless the words take a side."""
    if position.defers_to:
        return True
    implied = position.strength < positions.EXPLICIT and not (position.statement.told or position.statement.recalled)
    return position.stance != "none" and not (implied and private(voice(position)))
