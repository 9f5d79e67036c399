"""/record source: what is watched, how it does, and changes to it, with their origin."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.inquiries import Unanswered
from bot.ledger.flow.sources import SourceChange
from bot.slack import sources
from bot.slack.blocks import answers
from bot.slack.blocks import sources as shown
from bot.slack.commands.names import plain_words
from bot.slack.commands.subcommand import COMMAND, Subcommand
from bot.slack.importing import looked_at
from bot.slack.newsroom import Modal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.inquiries import Trial
    from bot.ledger.flow.sources import Change
    from bot.slack.newsroom import Answer, Newsroom, Request
    from bot.slack.sources import Known

_ADDRESS = re.compile(r"<?(https?://[^|>\s]+)(?:\|[^>]*)?>?")
_LONGEST = 1900


def _source(newsroom: Newsroom, request: Request) -> Answer:
    verb, _, rest = request.typed.strip().partition(" ")
    act = _VERBS.get(verb.casefold())
    if act is None and not verb:
        act = _list
    if act is None:
        near = f"{COMMAND} source add {verb}" if _ADDRESS.match(verb) else None
        return answers.unknown(f"source {plain_words(verb)}", near or f"{COMMAND} source list")
    return act(newsroom, request, rest.strip())


def _list(newsroom: Newsroom, request: Request, rest: str) -> Answer:
    del request, rest
    return shown.listed(sources.known(newsroom))


def _health(newsroom: Newsroom, request: Request, rest: str) -> Answer:
    del rest
    return shown.health(sources.known(newsroom), newsroom.ledger.summaries(request.now - shown.LATELY))


def _test(newsroom: Newsroom, request: Request, rest: str) -> Answer:
    del request
    url, _ = _named(rest)
    if not url:
        return answers.not_found(
            "address", plain_words(rest), example=f"{COMMAND} source test https://outlet.example/feed"
        )
    there = [one for one in sources.known(newsroom) if sources.same_address(one.url, url)]
    known = f"It is a source already: {there[0].name} ({there[0].id}), {there[0].state}." if there else ""
    trial, trouble = _tried(newsroom, url)
    return shown.tried(trial, known) if trial else shown.told(f"{trouble} {known}".strip())


def _add(newsroom: Newsroom, request: Request, rest: str) -> Answer:
    """Try the feed, note the suggestion, and ask an editor what becomes of its past: the asker if they are one."""
    url, name = _named(rest)
    if not url:
        return answers.not_found(
            "address", plain_words(rest), example=f"{COMMAND} source add https://outlet.example/feed"
        )
    if len(url) > _LONGEST:
        return shown.told(f"That address is longer than {_LONGEST} characters, which no feed needs.")
    if sources.holds_login(url):
        return shown.told("A login has no place in Slack: put this source into feeds.toml, with login = …")
    all_known = sources.known(newsroom)
    there = next((one for one in all_known if sources.same_address(one.url, url)), None)
    if there and there.state in {"active", "paused"}:
        how = f" It is paused: {COMMAND} source resume {there.id}" if there.state == "paused" else ""
        return shown.told(f"{there.name} is a source already ({there.id}, from {there.origin}).{how}")
    trial, trouble = _tried(newsroom, url)
    called = name or (there.name if there else "") or sources.host_of(url)
    source = there.id if there else sources.id_for(called, {one.id for one in all_known})
    change = SourceChange(
        source=source, what="suggested", name=called, url=url, past="skip", by=request.asker.user, at=request.now
    )
    if request.asker.may("editor"):
        noted = newsroom.ledger.change_source(change)[0] or change
        return shown.question(noted.source, noted.name, trial, trouble)
    operators = newsroom.config.settings.slack.operator_channel
    message = shown.suggestion(change, trial, trouble) if operators else None
    stands, done = newsroom.ledger.change_source(change, channel=operators, message=message)
    said = f"{(stands or change).name} is suggested{'' if done else ' already'}; an editor decides."
    if not operators:
        said += f" No operators’ channel is set, so ask one to type {COMMAND} source add {url}"
    return shown.told(said)


def _pause(newsroom: Newsroom, request: Request, rest: str) -> Answer:
    return _changed(newsroom, request, rest, "paused")


def _resume(newsroom: Newsroom, request: Request, rest: str) -> Answer:
    return _changed(newsroom, request, rest, "resumed")


def _remove(newsroom: Newsroom, request: Request, rest: str) -> Answer:
    return _changed(newsroom, request, rest, "removed")


def _changed(newsroom: Newsroom, request: Request, rest: str, what: Change) -> Answer:
    verb = {"paused": "pause", "resumed": "resume", "removed": "remove"}[what]
    if not request.asker.may("editor"):
        return answers.not_allowed(f"{verb} sources", "editor", request.asker.role)
    wanted = _named(rest)[0] or plain_words(rest)
    there = [one for one in sources.known(newsroom) if one.state != "declined"]
    found = sources.called(there, wanted)
    if len(found) != 1:
        near = tuple(one.id for one in found[:5])
        return answers.not_found("source", wanted, near, f"{COMMAND} source {verb} {(near or ('<id>',))[0]}")
    one = found[0]
    if what == "removed" and one.origin == "feeds.toml":
        hint = f"It stands in feeds.toml: take it out there, or type {COMMAND} source pause {one.id}"
        return shown.told(f"{one.name} cannot be removed from here. {hint}")
    url = one.url if one.origin == "Slack" else ""
    change = SourceChange(
        source=one.id, what=what, name=one.name, url=url, past="skip", by=request.asker.user, at=request.now
    )
    return _told(newsroom, one, change)


def _told(newsroom: Newsroom, one: Known, change: SourceChange) -> Answer:
    if change.what == "resumed" and one.state == "paused" and not one.by:
        return shown.told(f"{one.name} is switched off in feeds.toml: set enabled = true there.")
    stands, done = newsroom.ledger.change_source(change)
    late = sources.take_up(newsroom)  # said again it is tried again: it may not have held yet
    if not done:
        state = stands.state if stands else one.state
        return shown.told(f"{one.name} is {state} already; nothing was changed. {late}".strip())
    back = {"paused": "resume", "resumed": "pause", "removed": "add"}[change.what]
    subject = one.url if back == "add" else one.id
    said = f"{one.name} is {change.what}. {late} To take it back: {COMMAND} source {back} {subject}"
    return shown.told(" ".join(said.split()))


def _import(newsroom: Newsroom, request: Request, rest: str) -> Answer:
    if not request.asker.may("editor"):
        return answers.not_allowed("import sources", "editor", request.asker.role)
    url, _ = _named(rest)
    if not url:
        return Modal(view=shown.importing())
    return Modal(view=shown.waiting_for(url), then=lambda: looked_at(newsroom, url, "", request.asker, request.now))


def _tried(newsroom: Newsroom, url: str) -> tuple[Trial | None, str]:
    if newsroom.inquiries is None:
        return None, "Feeds cannot be tried here: only the running service reads them."
    try:
        return newsroom.inquiries.trial(url), ""
    except Unanswered as error:
        return None, str(error)


def _named(words: str) -> tuple[str, str]:
    """The address in these words, and what else stands there as its name."""
    match = _ADDRESS.search(words)
    if match is None:
        return "", ""
    rest = f"{words[: match.start()]} {words[match.end() :]}"
    return match[1].replace("&amp;", "&"), plain_words(rest)[:200]


_VERBS: Mapping[str, Callable[[Newsroom, Request, str], Answer]] = {
    "list": _list,
    "health": _health,
    "test": _test,
    "try": _test,
    "add": _add,
    "suggest": _add,
    "pause": _pause,
    "resume": _resume,
    "remove": _remove,
    "import": _import,
}

SUBCOMMANDS = (
    Subcommand(
        name="source",
        answer=_source,
        usage="source [list|health|test|add|pause|resume|remove|import]",
        does="what is watched and how it does; anyone suggests a source, editors add, pause and remove",
        examples=(
            "source list",
            "source health",
            "source test https://outlet.example/feed",
            "source add https://outlet.example/feed The Outlet",
            "source pause the-outlet",
            "source resume the-outlet",
            "source remove the-outlet",
            "source import",
        ),
    ),
)
