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
    """One message, and never again in this channel: the claim and the message are on record in one step.

    What was stuck because the bot was not in the channel waits to be posted again.
    """
    for place in (heard.channel, heard.text, f"#{heard.text}"):  # as the configuration may call it
        newsroom.ledger.release(heard.now, place)
    config = newsroom.config
    named = {heard.channel, heard.text}  # by its id or by its name
    places = newsroom.ledger.flow(config.channels, heard.now).channels  # with what was set in Slack
    routed = next((one for one in places if one.kinds and one.id.removeprefix("#") in named), None)
    topics = {topic.id: topic.name for topic in config.topics}
    message = home.welcome(routed, newsroom.desk.sides, topics, commands.SUBCOMMANDS)
    number = newsroom.ledger.greet(heard.channel, message, heard.now)
    if number is None:
        return None
    queued = lambda: newsroom.ledger.bulletin(number)  # noqa: E731  read where it stands
    return Public(message=message, otherwise=home.not_welcome(heard.text), queued=queued)


EVENTS = (Event(name="member_joined_channel", subscribed="member_joined_channel", does=_greet, about="bot"),)
