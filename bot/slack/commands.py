"""/record and its subcommands: from what was typed to a private answer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from bot.model import MADE
from bot.slack.blocks import answers

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bot.calibration import Rules
    from bot.ledger import Ledger
    from bot.ledger.records import Found
    from bot.model import Alert, Position, ReviewState, Source
    from bot.slack.blocks import Desk
    from bot.slack.validate import Payload

COMMAND = "/record"
_SAME_WORD = 70  # of 100: a subcommand was meant
_SAME_NAME = 80  # a person was meant
_NEAR_NAME = 65  # a person may have been meant
_CLEAR = 4  # points by which the best name must lead the next
_LONGEST = 300  # characters of a command that are looked at
_ESCAPED = re.compile(r"<(?:[@#!][^|>]*\|)?([^|>]*)(?:\|([^>]*))?>")
_NUMBER = re.compile(r"(?:OR[\s-]*|#\s*)?(\d{1,9})", re.IGNORECASE)
_STATES: tuple[ReviewState, ...] = ("open", "confirmed", "dismissed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Whom a search found: one person and the words left over, or several to choose from, or nobody."""

    official: str = ""
    rest: str = ""
    several: tuple[str, ...] = ()


class Commands:
    """Answers /record from the ledger. Every answer blocks: call it off the event loop."""

    def __init__(self, ledger: Ledger, desk: Desk, troubles: Callable[[], Sequence[str]], rules: Rules) -> None:
        self._ledger = ledger
        self._rules = rules
        self._desk = desk
        self._troubles = troubles
        self._known: Mapping[str, Callable[[str], Payload]] = {
            "help": lambda _rest: answers.usage(),
            "who": self._who,
            "conflicts": self._conflicts,
            "alert": self._alert,
            "status": lambda _rest: self._status(),
        }

    def answer(self, typed: str) -> Payload:
        """What /record answers to these words; always something useful."""
        words = plain_words(typed)
        name, _, rest = words.partition(" ")
        known = self._known.get(name.casefold())
        if known:
            return known(rest.strip())
        if not name:
            return answers.usage()
        if numbered(words) is not None:
            return self._alert(words)
        return answers.unknown(words, self._suggestion(name, rest))

    def record(self, number: int) -> Payload:
        """The full record of an alert."""
        alert = self._ledger.alert(number)
        if alert is None:
            return answers.not_found("alert", f"OR-{number}", example=f"{COMMAND} conflicts")
        return answers.record(
            alert,
            self._desk,
            self._carried(_positions(alert)),
            audit=self._ledger.audit(number),
            faults=self._ledger.verify(alert),
        )

    def _who(self, rest: str) -> Payload:
        example = f"{COMMAND} who {self._somebody()}"
        chosen = choose(rest, self._ledger.find_people)
        if not chosen.official:
            if chosen.several:
                example = f"{COMMAND} who {chosen.several[0]}"
            return answers.not_found("person", rest, chosen.several, example)
        topic = self._topic(chosen.rest) if chosen.rest else None
        if chosen.rest and topic is None:
            near = tuple(known.name for known in self._ledger.topics() if not known.topic.startswith(MADE))[:3]
            name = rest.removesuffix(chosen.rest).strip()
            return answers.not_found("topic", chosen.rest, near, f"{COMMAND} who {name}")
        found = self._ledger.who(chosen.official, topic)
        if found is None:
            return answers.not_found("person", rest, example=example)
        return answers.person(found, self._carried(found.positions))

    def _conflicts(self, rest: str) -> Payload:
        ledger, asked = self._ledger, rest.casefold()
        state = next((state for state in _STATES if state == asked), None)
        if state or not rest or asked == "all":
            return answers.conflicts(ledger.conflicts(review=state), rest, self._desk)
        chosen = choose(rest, ledger.find_people)
        if chosen.official and not chosen.rest:
            return answers.conflicts(ledger.conflicts(person=chosen.official), rest, self._desk)
        topic = self._topic(rest)
        return answers.conflicts(ledger.conflicts(topic=topic) if topic else (), rest, self._desk)

    def _alert(self, rest: str) -> Payload:
        number = numbered(rest)
        if number is None:
            return answers.not_found("alert", rest, example=f"{COMMAND} alert OR-1042")
        return self.record(number)

    def _status(self) -> Payload:
        return answers.status(self._ledger.status(), self._troubles(), self._ledger.thresholds(self._rules))

    def _suggestion(self, name: str, rest: str) -> str | None:
        near = process.extractOne(name.casefold(), list(self._known), scorer=fuzz.ratio, score_cutoff=_SAME_WORD)
        if near:
            return f"{COMMAND} {near[0]} {rest}".strip()
        words = f"{name} {rest}".strip()
        return f"{COMMAND} who {words}" if choose(words, self._ledger.find_people).official else None

    def _topic(self, words: str) -> str | None:
        """The topic that these words name, by id or by a part of its name."""
        names = {known.topic: f"{known.name} {known.topic}".casefold() for known in self._ledger.topics()}
        near = process.extractOne(words.casefold(), names, scorer=fuzz.WRatio, score_cutoff=_SAME_NAME)
        return near[2] if near else None

    def _somebody(self) -> str:
        """A name that would be found."""
        people = self._ledger.people()
        return people[0].name if people else "<person>"

    def _carried(self, positions: Sequence[Position]) -> dict[str, Sequence[Source]]:
        return {position.statement.key: self._ledger.reports(position.statement) for position in positions}


def plain_words(typed: str) -> str:
    """What was typed, without Slack's marks for users, channels and links, and without quotation marks."""
    words = _ESCAPED.sub(lambda match: match.group(2) or match.group(1), typed[:_LONGEST])
    for entity, char in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        words = words.replace(entity, char)
    return " ".join(words.strip(" \t\n\"“”'‘’`*_").split())


def numbered(words: str) -> int | None:
    """The number in "1042", "OR-1042", "or 1042" or "#1042"."""
    match = _NUMBER.fullmatch(words.strip())
    return int(match.group(1)) if match else None


def choose(words: str, find: Callable[[str], Sequence[Found]]) -> Chosen:
    """The person that the first words name, as many of them as fit best; what follows is the topic.

    Two names that fit about as well are a choice for the asker, unless one is written out.
    """
    parts = words.split()
    if len(parts) > 1 and parts[0].casefold() == "the":
        del parts[0]  # "the kremlin"
    best: tuple[float, int, Sequence[Found]] = (0.0, 0, ())
    for end in range(min(len(parts), 6), 0, -1):
        found = find(" ".join(parts[:end]))
        if found and found[0].score >= best[0]:  # the fewest words that fit as well: the rest may be a topic
            best = (found[0].score, end, found)
    score, end, found = best
    close = tuple(one.person.name for one in found if one.score >= score - _CLEAR)
    if score < _SAME_NAME:
        return Chosen(several=tuple(one.person.name for one in found[:3] if one.score >= _NEAR_NAME))
    if len(close) > 1 and " ".join(parts[:end]).casefold() != close[0].casefold():
        return Chosen(several=close[:5])
    person = found[0].person
    return Chosen(official=person.official or person.name, rest=" ".join(parts[end:]))


def _positions(alert: Alert) -> tuple[Position, ...]:
    conflict = alert.conflict
    bridge = (conflict.bridge,) if conflict.bridge else ()
    return (conflict.earlier, conflict.fresh, *bridge)
