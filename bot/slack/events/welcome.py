"""The bot was brought into a channel: it says once what it posts there, and how it is kept quiet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.slack import commands
from bot.slack.blocks import home
from bot.slack.events.event import Event
from bot.slack.newsroom import Public

if TYPE_CHECKING:
    from bot.slack.newsroom import Answer, Heard, Newsroom


def _greet(newsroom: Newsroom, heard: Heard) -> Answer:
    """One message, and never again in this channel: the claim is on record before it is posted."""
    if not newsroom.ledger.greet(heard.channel, heard.now):
        return None
    config = newsroom.config
    named = {heard.channel, heard.text}  # by its id or by its name
    places = newsroom.ledger.flow(config.channels, heard.now).channels  # with what was set in Slack
    routed = next((one for one in places if one.kinds and one.id.removeprefix("#") in named), None)
    topics = {topic.id: topic.name for topic in config.topics}
    message = home.welcome(routed, newsroom.desk.sides, topics, commands.SUBCOMMANDS)
    return Public(message=message, otherwise=home.not_welcome(heard.text))


EVENTS = (Event(name="member_joined_channel", subscribed="member_joined_channel", does=_greet, about="bot"),)
