"""/record route: what a channel gets, with what that would have been in the last 30 days."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, cast, get_args

from bot.ledger.flow_records import PreferenceName
from bot.routing import refused
from bot.slack.blocks import answers, flow, parts
from bot.slack.commands.audiences import Audience, audience_of
from bot.slack.commands.preferring import RESET, SPOKEN, Held, held, in_words, names_of, prefer
from bot.slack.commands.subcommand import COMMAND, Subcommand
from bot.slack.commands.targets import Unclear, kind_named, target_of
from config.values import ConflictKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.model import Alert
    from bot.slack.newsroom import Answer, Newsroom, Request
    from config.schema import Channel

_FIELDS: dict[str, PreferenceName] = {
    "kind": "kinds",
    "kinds": "kinds",
    "strength": "minimum",
    "minimum": "minimum",
    "confidence": "minimum",
    "topic": "topics",
    "topics": "topics",
    "person": "officials",
    "people": "officials",
    "official": "officials",
    "officials": "officials",
    "side": "sides",
    "sides": "sides",
}
_ROUTE: tuple[PreferenceName, ...] = ("kinds", "minimum", "topics", "officials", "sides")
_PREFIX: dict[PreferenceName, str] = {"topics": "topic", "officials": "person", "sides": "side"}
_ALL = frozenset({"all", "any", "everything", "everybody", "every"})
_BACK = timedelta(days=30)
_EXAMPLES = (f"{COMMAND} route topics peacekeepers, minerals", f"{COMMAND} route strength high")


class _Unknown(ValueError):
    """A value that a route cannot have."""


def _route(newsroom: Newsroom, request: Request) -> Answer:
    asker = request.asker
    audience = audience_of(newsroom, asker, request.words, mine=False)
    asked, _, rest = audience.words.partition(" ")
    now = held(newsroom, audience.id)
    if not asked:
        return _shown(newsroom, request, audience, now)
    name = _FIELDS.get(asked.casefold().rstrip(":="))
    if name is None:
        return flow.wrong(f"“{asked}” is no part of a route: kinds, strength, topics, people or sides are.", *_EXAMPLES)
    if not rest.strip():
        return flow.wrong(f"Which {asked.casefold()}? Say “all” to take every one.", *_EXAMPLES)
    if not audience.may(asker):
        return answers.not_allowed(f"{COMMAND} route", "editor", asker.role)
    try:
        value = None if rest.strip().casefold() in RESET else _value(newsroom, name, rest)
    except _Unknown as fault:
        return flow.wrong(str(fault), *_EXAMPLES)
    except Unclear as unclear:
        example = f"{COMMAND} route {asked} {unclear.near[0] if unclear.near else 'all'}"
        return answers.not_found(_PREFIX.get(name, asked.casefold()), unclear.words, unclear.near, example)
    lately = newsroom.ledger.alerts_since(request.now - _BACK)
    before = _would(lately, now.channel)
    changed = now.channel.model_copy(update={name: tuple(value) if isinstance(value, list) else value})
    if value is None:
        filed = next((one for one in newsroom.config.channels if one.id == audience.id), None)
        changed = now.channel.model_copy(update={name: getattr(filed, name) if filed else ()})
    note = _preview(lately, changed) + (f" As it was: {before}." if lately else "")
    return prefer(newsroom, request, audience, name, value, note)


def _value(newsroom: Newsroom, name: PreferenceName, words: str) -> list[str] | str:
    """What a part of the route is set to; _Unknown or Unclear where the words name nothing."""
    named = [part.strip() for part in re.split(r",|;|\s+and\s+", words) if part.strip()]
    if name == "minimum":
        plain = words.casefold().strip()
        if plain.split()[0] in {"high", "strong"}:
            return "high"
        if plain in _ALL or plain.split()[0] in {"medium", "low"}:
            return "medium"
        raise _Unknown(f"“{words}” is no strength: it is high, or medium for both.")
    if words.casefold().strip() in _ALL:
        return [kind for kind in get_args(ConflictKind) if kind != "opposed"] if name == "kinds" else []
    if name == "kinds":
        kinds = [kind_named(part) for part in named]
        if None in kinds:
            wrong = named[kinds.index(None)]
            raise _Unknown(f"“{wrong}” is no kind: reversal, same side, denied claim, disputed and opposed are.")
        return cast("list[str]", list(dict.fromkeys(kinds)))
    return list(dict.fromkeys(target_of(newsroom, f"{_PREFIX[name]} {part}").id for part in named))


def _would(lately: Sequence[Alert], channel: Channel) -> int:
    return sum(not refused(alert.conflict, channel, alert.strength) for alert in lately)


def _preview(lately: Sequence[Alert], channel: Channel) -> str:
    if not lately:
        return "No alert of the last 30 days is on record to show what this would bring."
    return (
        f"Of {parts.count(len(lately), 'alert')} in the last 30 days, {_would(lately, channel)} would have come here."
    )


def _shown(newsroom: Newsroom, request: Request, audience: Audience, now: Held) -> Answer:
    names = names_of(newsroom)
    found = [
        flow.Setting(
            name=SPOKEN[name],
            value=in_words(name, now.value(name), names),
            origin=now.origin(name),
            filed=now.filed(name),
        )
        for name in (*_ROUTE, "cap", "quiet", "digest")
    ]
    follows = newsroom.ledger.follows(request.now, audience.id)
    more = f"Beside its route it follows {len(follows)}: `{COMMAND} follows`" if follows else ""
    preview = _preview(newsroom.ledger.alerts_since(request.now - _BACK), now.channel)
    hint = f"`{_EXAMPLES[0]}` sets a part of it, `{COMMAND} route topics default` gives it back to the file"
    return flow.settings(flow.where(audience.id, mine=audience.mine), found, preview, more, hint)


SUBCOMMANDS = (
    Subcommand(
        name="route",
        answer=_route,
        usage="route [kinds|strength|topics|people|sides <what|all|default>] [for me|here]",
        does="what is sent here and where that is set; setting it shows what would have come in the last 30 days",
        examples=("route", "route topics peacekeepers, minerals", "route strength high", "route kinds reversal"),
    ),
)
