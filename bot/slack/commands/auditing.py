"""/record audit: what people did, to whatever they did it; nothing in it is ever changed or deleted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.ledger.flow_records import FlowChange
from bot.slack.blocks import answers, triage
from bot.slack.blocks import roster as people
from bot.slack.blocks.deeds import Changed
from bot.slack.blocks.parts import is_person_id
from bot.slack.commands.asking.since import moment, split_since
from bot.slack.commands.asking.topic_changes import in_words
from bot.slack.commands.names import plain_words, user_in, with_number
from bot.slack.commands.subcommand import COMMAND, Subcommand

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from bot.ledger.asked import HandedOut
    from bot.slack.blocks.deeds import Entry
    from bot.slack.newsroom import Answer, Asker, Newsroom, Request

_USER = re.compile(r"<@[^>]*>")
_EXAMPLE = f"{COMMAND} audit people since 7d"
_MOST = 1_000  # entries of one log that are counted


def _audit(newsroom: Newsroom, request: Request) -> Answer:
    ledger = newsroom.ledger
    words = plain_words(_USER.sub(" ", request.typed))
    rest, since, wrong = split_since(words, request.now)
    if wrong:
        return triage.wrong(wrong, _EXAMPLE)
    who, logs, left = user_in(request.typed), list(LOGS), []
    for word in rest.casefold().split():
        if word in LOGS:
            logs = [word]
        elif word in {"me", "mine"}:
            who = request.asker.user
        else:
            left.append(word)
    number, more = with_number(" ".join(left))
    if number is not None and not more:
        if ledger.alert(number) is None:
            return answers.not_found("alert", f"OR-{number}", example=f"{COMMAND} audit 1042")
        return triage.log(ledger.audit(number), to=f"OR-{number}")
    since = since or (moment(" ".join(left), request.now) if left else None)
    if left and since is None:
        said = f"“{' '.join(left)}” is no alert, nobody named with @, no time, and none of: {', '.join(LOGS)}."
        return triage.wrong(said, _EXAMPLE)
    found = entries_of(newsroom, logs, who, since, request.asker)
    return triage.log(found, to=logs[0] if len(logs) == 1 else "", by=who, since=since)


def entries_of(
    newsroom: Newsroom, logs: Iterable[str], who: str | None, since: datetime | None, asker: Asker
) -> list[Entry]:
    """What stands in some logs, the oldest first: of somebody, and since a moment. What a person alone follows is not.

    That is shown to the person alone.
    """
    found = [
        one
        for log in logs
        for one in LOGS[log](newsroom, who, since)
        if who in {None, one.by} and (since is None or one.at >= since)
        if not (isinstance(one, FlowChange) and is_person_id(one.audience) and one.audience != asker.user)
    ]
    found.sort(key=lambda one: one.at)
    return found


def _alerts(newsroom: Newsroom, who: str | None, since: datetime | None) -> Iterable[Entry]:
    return (one for one in newsroom.ledger.log(by=who, since=since, limit=_MOST) if one.action != "mend")


def _statements(newsroom: Newsroom, who: str | None, since: datetime | None) -> Iterable[Entry]:
    return newsroom.ledger.mends(by=who, since=since, limit=_MOST)


def _routes(newsroom: Newsroom, _who: str | None, _since: datetime | None) -> Iterable[Entry]:
    return newsroom.ledger.flow_changes(limit=None)


def _people(newsroom: Newsroom, _who: str | None, _since: datetime | None) -> Iterable[Entry]:
    names = {one.id: one.name for one in newsroom.inquiries.roster()[0]} if newsroom.inquiries else {}
    made = newsroom.ledger.roster_changes()
    told = {one.number: people.in_words(one, names.get(one.subject) or _name(newsroom, one.subject)) for one in made}
    for one in made:
        yield Changed(at=one.at, by=one.by, of="People and sides", told=_with_undone(told, one.number, one.undoes))


def _topics(newsroom: Newsroom, _who: str | None, _since: datetime | None) -> Iterable[Entry]:
    made = newsroom.ledger.topic_changes()
    told = {one.number: in_words(one, newsroom.ledger) for one in made}
    for one in made:
        yield Changed(at=one.at, by=one.by, of="Topics", told=_with_undone(told, one.number, one.undoes))


def _sources(newsroom: Newsroom, _who: str | None, _since: datetime | None) -> Iterable[Entry]:
    for one in newsroom.ledger.source_changes():
        where = f" ({one.url})" if one.url else ""
        yield Changed(at=one.at, by=one.by, of="Sources", told=f"{one.name} was {one.what}{where}")


def _thresholds(newsroom: Newsroom, _who: str | None, _since: datetime | None) -> Iterable[Entry]:
    for one in newsroom.ledger.threshold_steps():
        where = f"from {one.old:.2f} to {one.new:.2f}" if one.old != one.new else f"at {one.new:.2f}"
        told = f"{one.kind.replace('_', ' ')} was {one.what} {where}{f': {one.why}' if one.why else ''}"
        yield Changed(at=one.at, by=one.by or "the desk’s verdicts", of="Thresholds", told=told)


def _handed_out(newsroom: Newsroom, _who: str | None, _since: datetime | None) -> Iterable[Entry]:
    return map(handed, newsroom.ledger.handed_out(_MOST))


def handed(one: HandedOut) -> Changed:
    """What was handed out, as a line of the log."""
    did = "was shared" if one.what == "share" else "was exported"
    told = f"“{one.words}” {did}"
    return Changed(at=one.at, by=one.by, of="Handed out", told=told, ended=one.ended, ended_by=one.ended_by)


def _name(newsroom: Newsroom, subject: str) -> str:
    return newsroom.ledger.name_of(subject) or subject


def _with_undone(told: Mapping[int, str], number: int, undoes: int | None) -> str:
    undone = told.get(undoes or 0)
    return f"{told[number]}: {undone}" if undone else told[number]


LOGS: Mapping[str, Callable[[Newsroom, str | None, datetime | None], Iterable[Entry]]] = {
    "alerts": _alerts,
    "statements": _statements,
    "routes": _routes,
    "people": _people,
    "topics": _topics,
    "sources": _sources,
    "thresholds": _thresholds,
    "shares": _handed_out,
}

SUBCOMMANDS = (
    Subcommand(
        name="audit",
        answer=_audit,
        usage=f"audit [number|{'|'.join(LOGS)}|@somebody|me] [since 7d]",
        does="what people did, when and why; nothing in it is ever changed",
        examples=("audit", "audit 1042", "audit @ada", "audit people since 30d", "audit since 2025-03-01"),
        role="checker",
    ),
)
