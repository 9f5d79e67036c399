"""/record quiet, digest and cap: when a channel or a person is left alone, and how what was held arrives."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.ledger.flow_records import PreferenceName
from bot.routing import first
from bot.slack.blocks import answers, flow
from bot.slack.commands.audiences import Audience, audience_of, warned
from bot.slack.commands.preferring import OFF, RESET, SPOKEN, held, in_words, prefer
from bot.slack.commands.subcommand import COMMAND, Subcommand
from config.hours import BadHours, Daily, Quiet

if TYPE_CHECKING:
    from bot.slack.newsroom import Answer, Newsroom, Request

_NUMBER = re.compile(r"(?:at most |to )?(\d{1,4})(?:\s+(?:alerts? )?(?:a|per) day)?", re.IGNORECASE)
_MOST = 1000
_FLOW: tuple[PreferenceName, ...] = ("quiet", "digest", "cap")


def _quiet(newsroom: Newsroom, request: Request) -> Answer:
    audience = audience_of(newsroom, request.asker, request.words, mine=False)
    asked = audience.words.casefold()
    if not asked:
        return _shown(newsroom, audience)
    if not audience.may(request.asker):
        return answers.not_allowed(f"{COMMAND} quiet for a channel", "editor", request.asker.role)
    if asked in RESET:
        return prefer(newsroom, request, audience, "quiet", None)
    if asked in OFF:
        return prefer(newsroom, request, audience, "quiet", "")
    try:
        quiet = Quiet.parse(audience.words, request.asker.zone)
    except BadHours as fault:
        return flow.wrong(str(fault), f"{COMMAND} quiet 22:00-07:00 Europe/London", f"{COMMAND} quiet off")
    note = "What comes meanwhile is held, and arrives in one digest when they end."
    return prefer(newsroom, request, audience, "quiet", str(quiet), note)


def _digest(newsroom: Newsroom, request: Request) -> Answer:
    audience = audience_of(newsroom, request.asker, request.words, mine=False)
    asked = audience.words.casefold()
    if not asked:
        return _shown(newsroom, audience)
    if not audience.may(request.asker):
        return answers.not_allowed(f"{COMMAND} digest for a channel", "editor", request.asker.role)
    if asked == "now":
        return _now(newsroom, request, audience)
    if asked in RESET:
        return prefer(newsroom, request, audience, "digest", None)
    if asked in OFF:
        over = "Over the daily cap, alerts are then only on record: `/record conflicts` lists them."
        note = over if held(newsroom, audience.id).channel.cap else ""
        return prefer(newsroom, request, audience, "digest", "", note)
    try:
        daily = Daily.parse(audience.words, request.asker.zone)
    except BadHours as fault:
        return flow.wrong(str(fault), f"{COMMAND} digest daily 08:00 Europe/London", f"{COMMAND} digest off")
    return prefer(newsroom, request, audience, "digest", str(daily))


def _now(newsroom: Newsroom, request: Request, audience: Audience) -> Answer:
    place = flow.where(audience.id, mine=audience.mine)
    if why := warned(newsroom, request.asker, audience):
        return flow.said(f"Nothing is told, and what is held stays held: {why}.")
    ledger = newsroom.ledger
    mutes = ledger.mutes(request.now, audience.id)
    waits = [
        one
        for one in ledger.conflicts(state="held", channel=audience.id, limit=_MOST)
        if one.review != "dismissed" and not first(mutes, audience.id, one.conflict)
    ]
    count = len(waits)
    if not count:
        return flow.said(f"Nothing is held {place}.")
    ledger.ask_digest(audience.id, request.asker.user, request.now)
    return flow.said(f"{count} held alert{'s' if count > 1 else ''} will be told {place} in a moment.")


def _cap(newsroom: Newsroom, request: Request) -> Answer:
    audience = audience_of(newsroom, request.asker, request.words, mine=False)
    asked = audience.words.casefold()
    if not asked:
        return _shown(newsroom, audience)
    if not audience.may(request.asker):
        return answers.not_allowed(f"{COMMAND} cap for a channel", "editor", request.asker.role)
    if asked in RESET:
        return prefer(newsroom, request, audience, "cap", None)
    found = _NUMBER.fullmatch("0" if asked in OFF else asked)
    if not found or int(found[1]) > _MOST:
        fault = f"“{asked}” is no number from 0 (no cap) to {_MOST}."
        return flow.wrong(fault, f"{COMMAND} cap 10", f"{COMMAND} cap off")
    cap = int(found[1])
    note = "The strongest come first; what is over the cap waits for the digest." if cap else ""
    return prefer(newsroom, request, audience, "cap", cap, note)


def _shown(newsroom: Newsroom, audience: Audience) -> Answer:
    now = held(newsroom, audience.id)
    found = [
        flow.Setting(
            name=SPOKEN[name], value=in_words(name, now.value(name)), origin=now.origin(name), filed=now.filed(name)
        )
        for name in _FLOW
    ]
    hint = f"`{COMMAND} quiet 22:00-07:00 Europe/London`, `{COMMAND} digest daily 08:00`, `{COMMAND} cap 10` set it"
    return flow.settings(flow.where(audience.id, mine=audience.mine), found, hint)


SUBCOMMANDS = (
    Subcommand(
        name="quiet",
        answer=_quiet,
        usage="quiet [22:00-07:00 Europe/London|off|default] [for me|here]",
        does="hours in which nothing is posted here (editors) or to you; what comes meanwhile is told when they end",
        examples=("quiet", "quiet 22:00-07:00 Europe/London", "quiet 10pm-7am for me", "quiet off"),
    ),
    Subcommand(
        name="digest",
        answer=_digest,
        usage="digest [daily 08:00 [zone]|now|off|default] [for me|here]",
        does="when what was held arrives, in one message a day",
        examples=("digest", "digest daily 08:00 Europe/London", "digest now", "digest off"),
    ),
    Subcommand(
        name="cap",
        answer=_cap,
        usage="cap [10|off|default] [for me|here]",
        does="how many alerts are posted a day; the rest waits for the digest",
        examples=("cap", "cap 10", "cap off"),
    ),
)
