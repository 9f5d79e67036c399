"""People and sides as the files give them, with what was added or mended in Slack on top."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ValidationError

from bot.ledger.people.roster import MERGED
from config.schema import Config, Mandate, Official, Side

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.ledger import Ledger
    from bot.ledger.people.roster import RosterChange


class Unusable(ValueError):
    """A change that makes no sense on top of the others; the message says why."""


def merged(config: Config, changes: Sequence[RosterChange]) -> Config:
    """The configuration with every change that still makes sense; what does not is left out."""
    return _with(config, changes)[0]


def taken_up(config: Config, ledger: Ledger) -> Config:
    """The configuration with what the ledger adds, as `merged`; the ledger leaves out the same from now on."""
    running, left_out = _with(config, ledger.roster())
    ledger.leave_out(left_out)
    return running


def _with(config: Config, changes: Sequence[RosterChange]) -> tuple[Config, list[int]]:
    """The configuration with the changes that make sense, and the numbers of those that do not."""
    left_out = []
    for change in changes:
        try:
            config = with_change(config, change)
        except Unusable:  # the files have changed since: a person is gone, or is there now
            left_out.append(change.number)
    return config, left_out


def with_change(config: Config, change: RosterChange) -> Config:
    """The configuration with one change more; `Unusable` where it makes no sense."""
    try:
        match change.what:
            case "side":
                return _side(config, change)
            case "person":
                return _person(config, change)
            case "alias" | "role":
                return _mended(config, change)
            case _:
                return config
    except ValidationError as error:
        first = error.errors()[0]
        raise Unusable(f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from error


def _side(config: Config, change: RosterChange) -> Config:
    if any(side.id == change.subject for side in config.sides):
        raise Unusable(f"there is a side {change.subject} already")
    made = Side.model_validate({"id": change.subject, **change.content})
    return config.model_copy(update={"sides": (*config.sides, made)})


def _person(config: Config, change: RosterChange) -> Config:
    if any(official.id == change.subject for official in config.officials):
        raise Unusable(f"there is somebody with the id {change.subject} already")
    made = Official.model_validate({"id": change.subject, **change.content})
    _known_sides(config, made.mandates)
    return config.model_copy(update={"officials": (*config.officials, made)})


def _mended(config: Config, change: RosterChange) -> Config:
    person = next((official for official in config.officials if official.id == change.subject), None)
    if person is None:
        raise Unusable(f"nobody has the id {change.subject}")
    if MERGED in change.content:
        return _one_person(config, person, str(change.content[MERGED]))
    if change.what == "alias":
        alias = str(change.content["alias"])
        if alias in {person.name, *person.aliases}:
            raise Unusable(f"{person.name} is called {alias} already")
        mended = person.model_copy(update={"aliases": (*person.aliases, alias)})
    else:
        mandate = Mandate.model_validate(change.content)
        _known_sides(config, (mandate,))
        mended = person.model_copy(update={"mandates": (mandate, *person.mandates)})
    mended = Official.model_validate(mended.model_dump())
    others = tuple(mended if official.id == mended.id else official for official in config.officials)
    return config.model_copy(update={"officials": others})


def _one_person(config: Config, person: Official, gone: str) -> Config:
    """Two entries of one person as one: with the names and roles of both, wherever either was named."""
    other = next((official for official in config.officials if official.id == gone), None)
    if other is None or other.id == person.id:
        raise Unusable(f"there is no other person with the id {gone}")
    names = dict.fromkeys((*person.aliases, other.name, *other.aliases))
    names.pop(person.name, None)
    mandates = (*person.mandates, *(one for one in other.mandates if one not in person.mandates))
    both = person.model_copy(update={"aliases": tuple(names), "mandates": mandates})

    def named(ids: Sequence[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(person.id if one == gone else one for one in ids))

    officials = [
        one.model_copy(
            update={
                "mandates": tuple(
                    mandate.model_copy(update={"speaks_for": named(mandate.speaks_for)}) for mandate in one.mandates
                )
            }
        )
        for one in (both if one.id == person.id else one for one in config.officials if one.id != gone)
    ]
    channels = [one.model_copy(update={"officials": named(one.officials)}) for one in config.channels]
    return config.model_copy(update={"officials": tuple(officials), "channels": tuple(channels)})


def _known_sides(config: Config, mandates: Sequence[Mandate]) -> None:
    known = {side.id for side in config.sides}
    for mandate in mandates:
        if mandate.side not in known:
            raise Unusable(f"there is no side {mandate.side}; add it first")
