"""Answers about what is sent where: follows and mutes, quiet hours, digest, cap and route, each with its origin."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.ledger.flow_records import Target
from bot.slack import mrkdwn
from bot.slack.blocks import parts
from bot.slack.mrkdwn import Mrkdwn

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.ledger.flow_records import Preference, Wish
    from bot.slack.blocks.parts import Block, Payload

UNMUTE = "flow_unmute"
UNFOLLOW = "flow_unfollow"
UNDO = "flow_undo"
MUTE_FOR = {"flow_mute_2h": (2, "2 hours"), "flow_mute_24h": (24, "24 hours"), "flow_mute_7d": (7 * 24, "7 days")}
_SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One thing that holds for a channel: its name, its value in words, and where that comes from."""

    name: str
    value: str
    origin: Preference | None  # who set it in Slack; None: nobody did
    filed: bool  # the file says it, else it is the default


def packed(audience: str, target: Target) -> str:
    """An audience and a target as the value of a button."""
    return json.dumps([audience, target.kind, target.id[:1200], target.name[:200]], ensure_ascii=False)


def unpacked(value: str) -> tuple[str, Target]:
    """What `packed` made."""
    audience, kind, number, name = json.loads(value)
    return audience, Target(kind=kind, id=number, name=name)


def where(audience: str, *, mine: bool) -> Mrkdwn:
    """For whom, in words."""
    if mine:
        return Mrkdwn("in your direct messages")
    return Mrkdwn(f"in <#{audience}>") if parts.is_channel_id(audience) else mrkdwn.foreign(f"in #{audience}", 100)


def at(moment: datetime, zone: str) -> Mrkdwn:
    """A moment with its zone named, and in the reader's own."""
    local = moment.astimezone(ZoneInfo(zone))
    return Mrkdwn(f"{mrkdwn.day(local.date())} {local:%H:%M} {mrkdwn.foreign(zone, 60)}")


def ask_end(target: Target, audience: str, *, mine: bool) -> Payload:
    """Asks for the end of a mute, which has none by itself."""
    text = f"For how long should {_named(target, 'the')} be muted {where(audience, mine=mine)}? A mute always ends."
    value = packed(audience, target)
    buttons = [
        parts.button(action, words.capitalize(), value, f"Mute {target.name} for {words}"[:75])
        for action, (_, words) in MUTE_FOR.items()
    ]
    example = "Or say it: `/record mute peacekeepers for 2h`, `until 18:00`, `until Friday`"
    return _answer(text, {"type": "actions", "elements": buttons}, parts.context(Mrkdwn(example)))


def muted(wish: Wish, zone: str, *, mine: bool) -> Payload:
    """What is muted, for whom and until when, and the way back."""
    until = at(wish.until, zone) if wish.until else Mrkdwn("")
    text = (
        f"{_named(wish.target)} is muted {where(wish.audience, mine=mine)} until {until}. Alerts about it stay on "
        "record and are listed; none is posted."
    )
    back = parts.button(UNMUTE, "Unmute", packed(wish.audience, wish.target), f"Unmute {wish.target.name}"[:75])
    return _answer(text, {"type": "actions", "elements": [back]})


def unmuted(target: Target, audience: str, *, mine: bool, changed: bool) -> Payload:
    """That a mute is over, or that there was none."""
    place = where(audience, mine=mine)
    if changed:
        return _answer(f"{_named(target)} is no longer muted {place}.")
    return _answer(f"{_named(target)} was not muted {place}. `/record mutes` lists what is.")


def followed(wish: Wish, *, mine: bool, new: bool, why: str = "") -> Payload:
    """What is followed and where its alerts go; `why` nothing can be posted there."""
    place = where(wish.audience, mine=mine)
    text = f"{_named(wish.target)} is followed {place}: its alerts come, whatever else is routed there."
    if not new:
        text = f"{_named(wish.target)} was followed {place} already."
    back = parts.button(UNFOLLOW, "Unfollow", packed(wish.audience, wish.target), f"Unfollow {wish.target.name}"[:75])
    return _answer(f"{text}{_unposted(why)}", {"type": "actions", "elements": [back]})


def unfollowed(target: Target, audience: str, *, mine: bool, changed: bool) -> Payload:
    """That something is followed no longer, or was not."""
    place = where(audience, mine=mine)
    if changed:
        return _answer(f"{_named(target)} is no longer followed {place}.")
    return _answer(f"{_named(target)} was not followed {place}. `/record follows` lists what is.")


def wishes(found: Sequence[tuple[Wish, bool]], zone: str, *, what: str) -> Payload:
    """Follows or mutes that hold, each with the button that ends it (with each, whether it is the asker's own)."""
    example = "follow peskov" if what == "followed" else "mute peacekeepers for 2h"
    if not found:
        return _answer(f"Nothing is {what}, neither in your direct messages nor here.\nExample: `/record {example}`")
    action, label = (UNFOLLOW, "Unfollow") if what == "followed" else (UNMUTE, "Unmute")
    blocks: list[Block] = []
    for wish, mine in found[:_SHOWN]:
        until = Mrkdwn(f"until {at(wish.until, zone)}") if wish.until else Mrkdwn("")
        by = Mrkdwn(f"set by {mrkdwn.person(wish.by)} {mrkdwn.moment(wish.at)}")
        line = mrkdwn.joined((where(wish.audience, mine=mine), until, by), " · ")
        button = parts.button(action, label, packed(wish.audience, wish.target), f"{label} {wish.target.name}"[:75])
        blocks.append(parts.section(Mrkdwn(f"{_named(wish.target)}\n{line}"), f"wish:{wish.number}", button))
    more = f", of which {_SHOWN} are shown" if len(found) > _SHOWN else ""
    return _answer(f"{len(found)} {what}{more}", *blocks)


def settings(place: Mrkdwn, found: Sequence[Setting], *notes: str) -> Payload:
    """What holds, with where each of it comes from."""
    lines = [Mrkdwn(f"*{one.name}*  {mrkdwn.foreign(one.value, 400)}  {mrkdwn.italic(_origin(one))}") for one in found]
    text = mrkdwn.joined((Mrkdwn(f"What holds {place}:"), *lines), "\n")
    return _answer(text, *(parts.context(Mrkdwn(note)) for note in notes if note))


def changed(place: Mrkdwn, name: str, before: str, after: str, *notes: str, undo: str = "", why: str = "") -> Payload:
    """That something was set, what held before, and the way back; `why` nothing can be posted there."""
    text = f"{name} {place}: *{mrkdwn.foreign(after, 400)}*, before {mrkdwn.foreign(before, 400)}.{_unposted(why)}"
    blocks: list[Block] = [parts.context(Mrkdwn(note)) for note in notes if note]
    if undo and len(undo) <= 2000:
        blocks.append({"type": "actions", "elements": [parts.button(UNDO, "Undo", undo, f"Undo: {name}"[:75])]})
    return _answer(text, *blocks)


def _unposted(why: str) -> str:
    return f"\n*But nothing can be posted there yet*: {why}." if why else ""


def said(text: str) -> Payload:
    """A sentence of ours."""
    return _answer(text)


def wrong(what: str, *examples: str) -> Payload:
    """What is wrong with what was typed, and what would be right."""
    shown = " or ".join(f"`{example}`" for example in examples)
    return _answer(f"{mrkdwn.foreign(what, 500)}\nExample: {shown}")


def _origin(setting: Setting) -> Mrkdwn:
    if setting.origin is None:
        return Mrkdwn("from onrecord.toml" if setting.filed else "the default")
    return Mrkdwn(f"set by {mrkdwn.person(setting.origin.by)} {mrkdwn.moment(setting.origin.at)}")


def _named(target: Target, article: str = "The") -> Mrkdwn:
    kind = {"pair": "case of", "kind": "kind", "source": "outlet"}.get(target.kind, target.kind)
    return Mrkdwn(f"{article} {kind} {mrkdwn.bold(mrkdwn.foreign(target.name, 150))}")


def _answer(text: str, *blocks: Block) -> Payload:
    return parts.private(text, [parts.section(Mrkdwn(text)), *blocks]) | {"text": mrkdwn.unmarked(Mrkdwn(text[:900]))}
