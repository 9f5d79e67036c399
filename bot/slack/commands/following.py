"""/record follow, unfollow and follows: whose alerts somebody wants, in direct messages or in a channel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.slack.blocks import answers, flow
from bot.slack.commands.audiences import Audience, audience_of, warned
from bot.slack.commands.subcommand import COMMAND, Subcommand
from bot.slack.commands.targets import Unclear, target_of

if TYPE_CHECKING:
    from bot.slack.newsroom import Answer, Newsroom, Request


def _follow(newsroom: Newsroom, request: Request) -> Answer:
    audience = audience_of(newsroom, request.asker, request.words, mine=True)
    if not audience.words:
        return _follows(newsroom, request)
    try:
        target = target_of(newsroom, audience.words)
    except Unclear as unclear:
        return answers.not_found("person, topic, side or kind", unclear.words, unclear.near, f"{COMMAND} follow peskov")
    if not audience.may(request.asker):
        return answers.not_allowed(f"{COMMAND} follow for a channel", "editor", request.asker.role)
    wish, new = newsroom.ledger.follow(audience.id, target, request.asker.user, request.now)
    return flow.followed(wish, mine=audience.mine, new=new, why=warned(newsroom, request.asker, audience))


def _unfollow(newsroom: Newsroom, request: Request) -> Answer:
    audience = audience_of(newsroom, request.asker, request.words, mine=True)
    try:
        target = target_of(newsroom, audience.words)
    except Unclear as unclear:
        near = unclear.near or tuple(one.target.name for one in newsroom.ledger.follows(request.now, audience.id)[:3])
        return answers.not_found("person, topic, side or kind", unclear.words, near, f"{COMMAND} follows")
    if not audience.may(request.asker):
        return answers.not_allowed(f"{COMMAND} unfollow for a channel", "editor", request.asker.role)
    ended = newsroom.ledger.unfollow(audience.id, target, request.asker.user, request.now)
    return flow.unfollowed(target, audience.id, mine=audience.mine, changed=bool(ended))


def _follows(newsroom: Newsroom, request: Request) -> Answer:
    asker = request.asker
    here: Audience = audience_of(newsroom, asker, "here", mine=False)
    found = [(one, True) for one in newsroom.ledger.follows(request.now, asker.user)]
    if not here.mine:
        found += [(one, False) for one in newsroom.ledger.follows(request.now, here.id)]
    return flow.wishes(found, asker.zone, what="followed")


SUBCOMMANDS = (
    Subcommand(
        name="follow",
        answer=_follow,
        usage="follow <person|topic|side|kind> [for me|here]",
        does="send the alerts on it to you in direct messages, or (editors) to this channel, whatever its route takes",
        examples=("follow peskov", "follow peacekeepers here", "follow side russia", "follow reversals for me"),
    ),
    Subcommand(
        name="unfollow",
        answer=_unfollow,
        usage="unfollow <person|topic|side|kind> [for me|here]",
        does="no longer",
        examples=("unfollow peskov", "unfollow peacekeepers here"),
    ),
    Subcommand(
        name="follows",
        answer=_follows,
        usage="follows",
        does="what you and this channel follow",
        examples=("follows",),
    ),
)
