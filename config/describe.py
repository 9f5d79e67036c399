"""A configuration in a few lines of plain text, for `onrecord check-config`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from config.schema import Channel, Config
    from config.settings import Judging, Settings


def describe(config: Config) -> str:
    """What the configuration holds and what it lets the service do; never a secret, since none is in it."""
    feeds = [feed for feed in config.feeds if feed.enabled]
    off = len(config.feeds) - len(feeds)
    mandates = sum(len(official.mandates) for official in config.officials)
    propositions = sum(len(topic.propositions) for topic in config.topics)
    settings = config.settings
    lines = [
        f"feeds      {len(feeds)}, polled every {settings.polling.every_minutes:g} minutes unless set otherwise"
        + (f", {off} switched off" if off else "")
        + ("" if feeds else ": nothing will be read"),
        f"officials  {len(config.officials)} with {mandates} mandates",
        f"sides      {len(config.sides)}",
        f"topics     {len(config.topics)} with {propositions} propositions",
        f"channels   {len(config.channels)}"
        + ("" if config.channels else ": nothing will be posted; add a [[channel]]"),
        *(f"  {_route(channel)}" for channel in config.channels),
        f"first poll {settings.polling.first_poll}",
        f"ledger     {settings.ledger.path}",
        f"slack      by {'Socket Mode' if settings.slack.mode == 'socket' else 'signed HTTP'}"
        + (f", behind a door as {settings.slack.team}" if settings.slack.team else ""),
        f"thresholds {_thresholds(settings)}",
        f"judge      {_judge(settings.judge)}",
    ]
    if settings.door.address:
        processes = sum(bool(one.process) for one in settings.door.workspaces)
        listed = len(settings.door.workspaces)
        lines.append(f"door       {settings.door.address}, {listed} workspaces listed, {processes} with a process")
    if settings.web.enabled:
        where = settings.web.address or f"http://{settings.web.host}:{settings.web.port}"
        who = "after signing in with Slack" if settings.web.sign_in else "open to whoever is on this machine"
        lines.append(f"pages      {where}, {who}")
    allowed = [(feed.id, address) for feed in config.feeds for address in feed.allow]
    lines.append("private addresses allowed: " + ("none" if not allowed else ""))
    lines += [f"  {address} for feed {feed}" for feed, address in allowed]
    return "\n".join(line.rstrip() for line in lines)


def _thresholds(settings: Settings) -> str:
    """From which score alerts are posted, and whether verdicts move that."""
    start, feedback = settings.alerts.minimum_score, settings.feedback
    if not feedback.enabled:
        return f"{start:g} for every kind; verdicts move nothing"
    lowest, highest = min(feedback.lowest_score, start), max(settings.alerts.high_score, start)
    return f"{start:g} to start with; verdicts move each kind between {lowest:g} and {highest:g}"


def _route(channel: Channel) -> str:
    """One channel and what is sent to it."""
    named = channel.id if channel.name in ("", channel.id) else f"{channel.id} ({channel.name})"
    wanted = [
        f"{kind} {', '.join(ids)}"
        for kind, ids in (
            ("topics", channel.topics),
            ("sides", channel.sides),
            ("officials", channel.officials),
        )
        if ids
    ]
    route = f"{named}: {'; '.join(wanted) or 'everything'}; {', '.join(channel.kinds)}; from {channel.minimum} up"
    cap = f"at most {channel.cap} a day" if channel.cap else "no cap"
    quiet, digest = f"; quiet {channel.quiet}" if channel.quiet else "", channel.digest or "none"
    return f"{route}; {cap}{quiet}; digest {digest}"


def _judge(judging: Judging) -> str:
    """Who is asked beside the rules, and where."""
    match judging.use:
        case "built_in":
            return "built-in cross-encoder" + (f", weights in {judging.directory}" if judging.directory else "")
        case "nli":
            return f"inference model in {judging.directory}"
        case "plugin":
            return f"plugin {judging.plugin}"
        case "llm":
            does = "judges and reads" if judging.reads else "judges"
            return (
                f"language model {judging.model} at {judging.endpoint} {does}, at most {judging.calls_an_hour} "
                f"questions an hour and {judging.tokens_a_day} tokens a day; else {judging.fallback}"
            )
        case _:
            return "none, the rules alone"
