"""Somebody as the configuration lists them: by id, with their mandates, and before a word of theirs is on record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.ledger.asked import Card
from bot.ledger.records import Person

if TYPE_CHECKING:
    from collections.abc import Sequence

    from config.schema import Config, Mandate, Official


def official(config: Config, person: str) -> Official | None:
    """The entry of the configuration, by id."""
    return next((one for one in config.officials if one.id == person), None)


def unheard(listed: Official | None) -> Card | None:
    """The card of an official of whom nothing is on record yet."""
    if listed is None:
        return None
    role = next((one.role for one in listed.mandates if one.until is None), None)
    nobody = Person(key="", name=listed.name, official=listed.id, side=None, person=True, statements=0, last_said=None)
    return Card(person=nobody, role=role, alerts=0, open_alerts=0, positions=())


def history(listed: Official | None) -> Sequence[Mandate]:
    """The mandates, today's first: of those that go on the latest begun, then those that ended, the last one first."""
    mandates = listed.mandates if listed else ()
    open_ended = [one for one in mandates if one.until is None]
    ended = sorted((one for one in mandates if one.until), key=lambda one: str(one.until), reverse=True)
    return [*sorted(open_ended, key=lambda one: str(one.since or ""), reverse=True), *ended]
