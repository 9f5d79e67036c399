"""/record mute, unmute and mutes: what nobody wants to hear of for a while, always with an end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.slack.blocks import answers, flow
from bot.slack.commands.audiences import audience_of
from bot.slack.commands.ends import BadEnd, ended
from bot.slack.commands.subcommand import COMMAND, Subcommand
from bot.slack.commands.targets import Unclear, target_of

if TYPE_CHECKING:
    from bot.slack.newsroom import Answer, Newsroom, Request

_THING = "topic, person, side, kind, outlet or alert"


def _mute(newsroom: Newsroom, request: Request) -> Answer:
    asker, now = request.asker, request.now
    audience = audience_of(newsroom, asker, request.words, mine=False)
    try:
        named = ended(audience.words, now, asker.zone)
    except BadEnd as fault:
        return flow.wrong(str(fault), f"{COMMAND} mute peacekeepers for 2h")
    if not named.words:
        return _mutes(newsroom, request)
    try:
        target = target_of(newsroom, named.words)
    except Unclear as unclear:
        return answers.not_found(_THING, unclear.words, unclear.near, f"{COMMAND} mute peacekeepers for 2h")
    if not audience.may(asker):
        hint = f"{COMMAND} mute {named.words} for 2h for me"
        return flow.wrong("Only editors mute for a whole channel. You may mute for yourself.", hint)
    if named.until is None:
        return flow.ask_end(target, audience.id, mine=audience.mine)
    wish = newsroom.ledger.mute(audience.id, target, named.until, asker.user, now)
    return flow.muted(wish, asker.zone, mine=audience.mine)


def _unmute(newsroom: Newsroom, request: Request) -> Answer:
    asker = request.asker
    audience = audience_of(newsroom, asker, request.words, mine=False)
    try:
        target = target_of(newsroom, audience.words)
    except Unclear as unclear:
        near = unclear.near or tuple(one.target.name for one in newsroom.ledger.mutes(request.now, audience.id)[:3])
        return answers.not_found(_THING, unclear.words, near, f"{COMMAND} mutes")
    if not audience.may(asker):
        return answers.not_allowed(f"{COMMAND} unmute for a channel", "editor", asker.role)
    done = newsroom.ledger.unmute(audience.id, target, asker.user, request.now)
    return flow.unmuted(target, audience.id, mine=audience.mine, changed=bool(done))


def _mutes(newsroom: Newsroom, request: Request) -> Answer:
    asker = request.asker
    here = audience_of(newsroom, asker, "here", mine=False)
    found = [(one, False) for one in newsroom.ledger.mutes(request.now, here.id)] if not here.mine else []
    found += [(one, True) for one in newsroom.ledger.mutes(request.now, asker.user)]
    return flow.wishes(found, asker.zone, what="muted")


SUBCOMMANDS = (
    Subcommand(
        name="mute",
        answer=_mute,
        usage="mute <topic|person|side|kind|outlet|alert> for 2h|until 18:00|until Friday [for me|here]",
        does="keep its alerts out of this channel (editors), or of your direct messages, until then",
        examples=(
            "mute peacekeepers for 2h",
            "mute peskov until 18:00",
            "mute OR-1042 until Friday",
            "mute source Outlet A for 7 days for me",
        ),
    ),
    Subcommand(
        name="unmute",
        answer=_unmute,
        usage="unmute <topic|person|side|kind|outlet|alert> [for me|here]",
        does="end a mute early",
        examples=("unmute peacekeepers",),
    ),
    Subcommand(
        name="mutes",
        answer=_mutes,
        usage="mutes",
        does="what is muted here and for you, until when, and by whom",
        examples=("mutes",),
    ),
)
