"""/record conflicts, alert, verify: what was raised, what stands behind it, and whether its words hold."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.ledger.asked import Sought
from bot.proof.issue import Unprovable
from bot.slack.blocks import answers
from bot.slack.blocks.asking import figures, pairs
from bot.slack.commands.asking.since import split_since
from bot.slack.commands.evidence import proof, record
from bot.slack.commands.names import Finder, bare, numbered, side_called, topic_called
from bot.slack.commands.subcommand import COMMAND, Subcommand
from bot.slack.newsroom import Answer, Newsroom, Request

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.model import ReviewState
    from config.values import ConflictKind

_STATES: Mapping[str, ReviewState] = {
    "open": "open",
    "undecided": "open",
    "confirmed": "confirmed",
    "dismissed": "dismissed",
}
_KINDS: Mapping[str, ConflictKind] = {
    "reversal": "reversal",
    "reversals": "reversal",
    "change": "reversal",
    "same_side": "same_side",
    "same-side": "same_side",
    "denied_claim": "denied_claim",
    "denied-claim": "denied_claim",
    "denied": "denied_claim",
    "disputed": "disputed",
    "opposed": "opposed",
}
_OPPOSED = (
    "No alert of that kind is on record: two sides that differ are no news by themselves, and raise one only where the"
    f" route of a channel takes it ({COMMAND} route kinds opposed). {COMMAND} compare sets two people side by side."
)


def _conflicts(newsroom: Newsroom, request: Request) -> Answer:
    words, since, wrong = split_since(request.words, request.now)
    if wrong:
        return answers.noted(wrong)
    words, close = _without(words, "close")
    sought, lost = _read(newsroom, words, request.asker.user)
    if lost:
        return answers.not_found("person, side or topic", lost, example=f"{COMMAND} conflicts open")
    sought = replace(sought, since=since)
    if close:
        return _close(newsroom, sought, request)
    listed = newsroom.ledger.sought(sought, pairs.LISTED, request.skip)
    if sought.kind == "opposed" and not listed.total:
        return answers.noted(_OPPOSED)
    return pairs.conflicts(
        listed, request.words, newsroom.desk, skip=request.skip, hint=f"{COMMAND} conflicts open since 7d"
    )


def _close(newsroom: Newsroom, sought: Sought, request: Request) -> Answer:
    """What is close, but not in conflict: worked out when it is asked for."""
    if newsroom.inquiries is None:
        return answers.noted("Close pairs cannot be listed here: only the running service works them out.")
    if sought.review or sought.kind or sought.of:
        return answers.noted("Close pairs are no alerts: they are filtered by person, side, topic and time alone.")
    found = newsroom.inquiries.close(sought)
    return pairs.close(found, _without(request.words, "close")[0], skip=request.skip, hint=f"{COMMAND} why OR-1042")


def _without(words: str, word: str) -> tuple[str, bool]:
    """The words without one of them, and whether it was there."""
    left = [one for one in words.split() if one.casefold() != word]
    return " ".join(left), len(left) < len(words.split())


def _read(newsroom: Newsroom, words: str, user: str) -> tuple[Sought, str]:
    """The filters in any order, and what of the words means none."""
    sought, rest = Sought(), []
    spaced = f" {words.casefold()} ".replace(" same side ", " same_side ").replace(" denied claim ", " denied_claim ")
    for word in spaced.replace(",", " ").split():
        if word in _STATES:
            sought = replace(sought, review=_STATES[word])
        elif word in _KINDS:
            sought = replace(sought, kind=_KINDS[word])
        elif word in {"mine", "me"}:
            sought = replace(sought, of=user)
        elif word != "all":
            rest.append(word)
    left = bare(" ".join(rest))
    while left:
        found, after = _next(newsroom, sought, left)
        if found is None:
            return sought, left
        sought, left = found, bare(after)
    return sought, ""


def _next(newsroom: Newsroom, sought: Sought, left: str) -> tuple[Sought | None, str]:
    """The filter that the first words are: a side, a person, else all of them a topic."""
    ledger = newsroom.ledger
    if sought.topic is None and (topic := topic_called(ledger, left)) and len(left.split()) == 1:
        person = Finder(newsroom).first(left)
        if not person.official:
            return replace(sought, topic=topic), ""
    if sought.side is None:
        side, after = side_called(newsroom.config, left)
        if side:
            return replace(sought, side=side), after
    if sought.person is None:
        chosen = Finder(newsroom).first(left)
        if chosen.official:
            return replace(sought, person=chosen.official), chosen.rest
    if sought.topic is None:
        parts = left.split()
        for count in range(len(parts), 0, -1):
            if topic := topic_called(ledger, " ".join(parts[:count])):
                return replace(sought, topic=topic), " ".join(parts[count:])
    return None, left


def _alert(newsroom: Newsroom, request: Request) -> Answer:
    number = numbered(request.words)
    if number is None:
        return answers.not_found("alert", request.words, example=f"{COMMAND} alert OR-1042")
    return record(newsroom, number, request.now)


def _verify(newsroom: Newsroom, request: Request) -> Answer:
    words, wanted = _without(request.words, "file")
    number = numbered(words)
    alert = newsroom.ledger.alert(number) if number is not None else None
    if alert is None:
        return answers.not_found("alert", words, example=f"{COMMAND} verify OR-1042")
    shown = figures.verify(alert, newsroom.ledger.proofs(alert))
    if not wanted:
        return shown
    if not request.asker.may("editor"):
        return answers.not_allowed(f"{COMMAND} verify … file", "editor", request.asker.role)
    try:
        return replace(shown, file=proof(newsroom, alert.number, request))
    except Unprovable:
        return shown  # it says itself what does not hold


SUBCOMMANDS = (
    Subcommand(
        name="conflicts",
        answer=_conflicts,
        usage="conflicts [open|confirmed|dismissed|mine|close|person|side|topic|kind] [since 7d]",
        does="alerts, the newest first, or what is close but not in conflict; filters in any order",
        examples=(
            "conflicts open",
            "conflicts lavrov since 7d",
            "conflicts peacekeepers reversal",
            "conflicts mine",
            "conflicts close lavrov since 30d",
        ),
    ),
    Subcommand(
        name="alert",
        answer=_alert,
        usage="alert <number>",
        does="the full record behind an alert: 1042 or OR-1042",
        examples=("alert 1042", "alert OR-1042"),
    ),
    Subcommand(
        name="verify",
        answer=_verify,
        usage="verify <number> [file]",
        does="its quotations against the stored copies, with places and hashes; file: a proof that others can check",
        examples=("verify 1042", "verify 1042 file"),
    ),
)
