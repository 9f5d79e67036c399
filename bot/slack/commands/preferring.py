"""Setting what holds for a channel or a person, over the files: checked, kept with who and when, and undone."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.ledger.flow_records import PreferenceName, effective
from bot.slack.blocks import flow
from bot.slack.commands.audiences import warned
from bot.slack.commands.targets import topics

if TYPE_CHECKING:
    from bot.ledger import Preference
    from bot.slack.commands.audiences import Audience
    from bot.slack.newsroom import Answer, Newsroom, Request
    from config.schema import Channel

SPOKEN: dict[PreferenceName, str] = {
    "topics": "Topics",
    "sides": "Sides",
    "officials": "People",
    "kinds": "Kinds",
    "minimum": "Strength",
    "cap": "Daily cap",
    "quiet": "Quiet hours",
    "digest": "Digest",
}
RESET = frozenset({"default", "reset", "as the file says", "file", "as configured"})
OFF = frozenset({"off", "none", "never", "no", "stop"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What holds for an audience, and what of it was set in Slack."""

    channel: Channel
    preferences: tuple[Preference, ...]
    file: Channel | None  # as onrecord.toml has it

    def origin(self, name: PreferenceName) -> Preference | None:
        """Who set it and when; None where the file or the default holds."""
        return next((one for one in self.preferences if one.name == name), None)

    def filed(self, name: PreferenceName) -> bool:
        """Whether onrecord.toml says it of this channel."""
        return self.file is not None and name in self.file.model_fields_set

    def value(self, name: PreferenceName) -> Any:  # noqa: ANN401 - JSON
        """What holds, as it would be stored."""
        value = getattr(self.channel, name)
        return list(value) if isinstance(value, tuple) else value


def held(newsroom: Newsroom, audience: str) -> Held:
    """What holds for an audience now."""
    preferences = newsroom.ledger.preferences()
    channels = effective(newsroom.config.channels, preferences, [audience])
    channel = next(one for one in channels if one.id == audience)
    file = next((one for one in newsroom.config.channels if one.id == audience), None)
    return Held(channel=channel, preferences=tuple(one for one in preferences if one.audience == audience), file=file)


def names_of(newsroom: Newsroom) -> dict[str, str]:
    """The names of topics, people and sides by id."""
    config = newsroom.config
    named = {one.id: one.name for one in config.sides} | {one.id: one.name for one in config.officials}
    return named | topics(newsroom)


def in_words(name: PreferenceName, value: object, names: dict[str, str] | None = None) -> str:
    """A value as people read it."""
    if name == "quiet":
        return str(value).replace("-", "–", 1) or "none"
    if isinstance(value, (list, tuple)):
        if name == "kinds":
            return ", ".join(str(one).replace("_", " ") for one in value) or "none"
        return ", ".join((names or {}).get(one, str(one)) for one in value) or "all"
    if name == "cap":
        return f"{value} a day" if value else "none"
    if name == "minimum":
        return "high only" if value == "high" else "high and medium"
    return str(value) or "none"


def prefer(
    newsroom: Newsroom,
    request: Request,
    audience: Audience,
    name: PreferenceName,
    value: object,
    *notes: str,
) -> Answer:
    """Set a preference and answer with what held before, an undo, and why nothing can be posted there, if so."""
    before = held(newsroom, audience.id)
    newsroom.ledger.prefer(audience.id, name, value, request.asker.user, request.now)
    after = held(newsroom, audience.id)
    was = before.origin(name)
    undo = json.dumps([audience.id, name, was.value if was else None, value], ensure_ascii=False)
    place = flow.where(audience.id, mine=audience.mine)
    names = names_of(newsroom)
    old, new = in_words(name, before.value(name), names), in_words(name, after.value(name), names)
    why = warned(newsroom, request.asker, audience)
    return flow.changed(place, SPOKEN[name], old, new, *notes, undo=undo, why=why)
