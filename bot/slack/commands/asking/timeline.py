"""/record timeline: what a person said on a topic in order of time, as text and as a picture."""

from __future__ import annotations

from bot.slack.blocks import answers
from bot.slack.blocks.asking import timeline
from bot.slack.blocks.asking.plot import plot
from bot.slack.commands.asking.people import missing
from bot.slack.commands.asking.since import split_since
from bot.slack.commands.evidence import carried
from bot.slack.commands.names import topics_near, understand
from bot.slack.commands.subcommand import COMMAND, Subcommand
from bot.slack.newsroom import Answer, File, Newsroom, Request


def _timeline(newsroom: Newsroom, request: Request) -> Answer:
    ledger = newsroom.ledger
    words, since, wrong = split_since(request.words, request.now)
    if wrong:
        return answers.noted(wrong)
    named = understand(newsroom, words)
    if not named.person or named.lost:
        return missing(newsroom, "timeline", words, person=named.person, lost=named.lost, several=named.several)
    name = ledger.name_of(named.person) or named.person
    if named.topic is None:
        spoken = dict.fromkeys(one.name for one in ledger.stances(named.person))
        topics = list(spoken)[:3] or list(topics_near(ledger, ""))
        example = f"{COMMAND} timeline {name.split()[-1].lower()} {topics[0] if topics else '<topic>'}"
        return answers.not_found("topic", "", topics, example)
    day = since.date() if since else None
    found = ledger.timeline(named.person, named.topic, since=day, limit=timeline.PAGE + 1, skip=request.skip)
    if found is None:
        return missing(newsroom, "timeline", words)
    topic = ledger.topic_named(named.topic)
    more, shown = len(found.positions) > timeline.PAGE, found.positions[: timeline.PAGE]
    points = found.points
    file = None
    if points:
        title = f"{name} on {topic}: stance over time"
        file = File(
            name=f"stance-{named.topic[:60]}.png",
            title=title,
            alt=timeline.spoken(name, topic, points),
            comment=title,
            content=lambda: plot(points),
        )
    return timeline.timeline(
        type(found)(person=found.person, positions=shown, points=points),
        topic,
        carried(ledger, shown),
        since=day,
        skip=request.skip,
        more=more,
        file=file,
        hint=f"{COMMAND} who {name.split()[-1].lower()} {named.topic}",
    )


SUBCOMMANDS = (
    Subcommand(
        name="timeline",
        answer=_timeline,
        usage="timeline <person> <topic> [since]",
        does="what they said on it in order of time, with a picture",
        examples=(
            "timeline peskov peacekeepers",
            "timeline minerals trump since 2025-01-01",
            "timeline trump peacekeepers 90d",
        ),
    ),
)
