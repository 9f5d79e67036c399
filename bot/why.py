"""The command `onrecord why`: two statements, on record or of a file, and each step to an alert or to none."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass, replace
from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from bot import pairs
from bot.calibration import Rules, kept, posted
from bot.conflicts.explaining import Step, Trace, explain
from bot.ledger.flow_records import effective
from bot.routing import refused, strength_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from bot.judges.chosen import Chosen
    from bot.ledger import Ledger
    from bot.model import Alert, Conflict, Position, Statement
    from bot.statements import Roster
    from config.schema import Config
    from config.values import ConflictKind

WIDEST = 100  # characters a line
_ALERT = re.compile(r"(?:OR-?|#)?(\d{1,9})", re.IGNORECASE)
_SHORT = 10  # characters of a key that are shown
_QUOTED = 70  # characters of a statement in a list of several
TITLES = {
    "who": "Who says what, and whose position it is",
    "relation": "What the two could be",
    "link": "Are they on one question?",
    "stance": "Which stance does each take?",
    "scope": "Slot by slot",
    "judge": "What the judge says",
    "score": "Score",
    "threshold": "Threshold",
    "card": "Card",
}


class NotFound(Exception):
    """What was named is not on record, or could be several things; the message says which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """A trace with what the record adds to it; `others` counts further readings of the same two statements."""

    trace: Trace
    steps: tuple[Step, ...]
    verdict: str
    others: int = 0


def task(names: Sequence[str], config: Config, chosen: Chosen, console: Console) -> Callable[[Ledger], None]:
    """What `onrecord why NAMES` does to a ledger; `NotFound` where the names do not lead to two statements."""

    def run(ledger: Ledger) -> None:
        one, other = two_statements(names, ledger)
        show(console, explained(one, other, ledger, config, chosen), (one, other))

    return run


def two_statements(names: Sequence[str], ledger: Ledger) -> tuple[Statement, Statement]:
    """The two that an alert shows, or that two names stand for."""
    if len(names) == 1:
        number = numbered(names[0])
        alert = ledger.alert(number) if number is not None else None
        if alert is None:
            raise NotFound(f"{names[0]} is no alert on record; name an alert (OR-1042) or two statements")
        return alert.conflict.earlier.statement, alert.conflict.fresh.statement
    one, other = (statement(name, ledger) for name in names)
    if one.key == other.key:
        raise NotFound("both names lead to the same statement; a pair needs two")
    return one, other


def numbered(name: str) -> int | None:
    """The number of an alert that a name may be."""
    found = _ALERT.fullmatch(name.strip())
    return int(found[1]) if found else None


def statement(name: str, ledger: Ledger) -> Statement:
    """The one statement that a name stands for; `NotFound` where it is none, or could be several."""
    found = ledger.called(name)
    exact = [one for one in found if one.quote.strip() == name.strip()] or list(found)
    if len(exact) == 1:
        return exact[0]
    if not exact:
        raise NotFound(
            f"no statement on record is called {name!r}; name it by the beginning of its key, by ARTICLE#START, "
            "or by words in it"
        )
    listed = "".join(f"\n  {one.key[:_SHORT]}  {_cut(one.quote)} ({one.source.outlet})" for one in exact)
    raise NotFound(f"{name!r} may be one of several; name it by its key:{listed}")


def explained(one: Statement, other: Statement, ledger: Ledger, config: Config, chosen: Chosen) -> Explained:
    """Of all readings of the two statements the one that goes furthest, with thresholds and cards."""
    older, fresh = sorted((one, other), key=_arrival)
    mine, theirs = (_meant(ledger.positions_of(statement), chosen) for statement in (older, fresh))
    for statement, taken in ((older, mine), (fresh, theirs)):
        if not taken:
            raise NotFound(
                f"“{_cut(statement.quote)}” is on record, but shows no position: nothing in it is for or against "
                "anything, or nobody knows whose it is; without a position there is no conflict"
            )
    traces = [
        explain(new, old, _meant(ledger.beside(new), chosen), config.sides, chosen.judge)
        for new in theirs
        for old in mine
    ]
    best = max(traces, key=lambda trace: (trace.outcome == "conflict", trace.conflict is not None, trace.reached))
    steps, verdict = on_record(best, ledger, config)
    return Explained(trace=best, steps=(*best.steps, *steps), verdict=verdict, others=len(traces) - 1)


def _arrival(statement: Statement) -> tuple[object, ...]:
    """Which came on record first; of one poll's articles, those published first."""
    source = statement.source
    day = statement.said.first.isoformat() if statement.said else ""
    published = source.published or source.retrieved
    return source.retrieved, published, source.article, day, statement.span.start


def _meant(positions: Sequence[Position], chosen: Chosen) -> tuple[Position, ...]:
    """The positions with their meaning, where there is a network to tell it."""
    bare = [position for position in positions if not position.meaning]
    if chosen.encoder is None or not bare:
        return tuple(positions)
    told = dict(zip([position.key for position in bare], chosen.encoder(bare), strict=True))
    return tuple(
        replace(position, meaning=told[position.key].meaning) if position.key in told else position
        for position in positions
    )


def on_record(trace: Trace, ledger: Ledger, config: Config) -> tuple[list[Step], str]:
    """What the thresholds and the cards on record add to a trace, and the verdict."""
    found = trace.conflict
    if found is None:
        if trace.apart:
            return [], "Close, but not in conflict: no alert."
        return [], "No conflict: no alert."
    rules = Rules.of(config.settings)
    stands = next(one for one in ledger.thresholds(rules) if one.kind == found.kind)
    told = [f"{_kind(found.kind)} is posted from {stands.threshold:.2f} on."]
    if stands.step:
        told.append(
            f"The configuration says {rules.start:.2f}; step {stands.step.number} on record: {stands.step.why}."
        )
    high = posted(found.score, stands.threshold)
    if not high:
        told.append(
            "The score is lower: it stays on record and is not posted."
            if kept(found.score, stands.threshold, rules)
            else "The score is lower, and too low to be kept on record."
        )
    steps = [Step(name="threshold", told=tuple(told), ends=not high)]
    cards = ledger.cards_on(found)
    steps.append(Step(name="card", told=tuple(_cards(found, cards, ledger, config)), ends=not cards))
    return steps, _verdict(found, cards, high=high)


def _kind(kind: ConflictKind) -> str:
    return f"The kind “{kind.replace('_', ' ')}”"


def _cards(found: Conflict, cards: Sequence[Alert], ledger: Ledger, config: Config) -> list[str]:
    strength = strength_of(found, config.settings.alerts)
    places = effective(config.channels, ledger.preferences())
    channels = [place for place in places if not refused(found, place, strength)]
    told = [
        f"{card.name}, “{card.conflict.title}”, to {card.channel}: {card.state}, {card.review};"
        f" its pair was posted with {card.conflict.score:.2f}."
        for card in cards
    ]
    told += [f"{one.audience or 'Everywhere'}: {one.outcome}, {one.reason}." for one in ledger.routed(found.key)]
    if cards:
        return told
    if not channels:
        told.append(f"No channel takes a conflict of this kind, topic and strength ({strength}).")
    else:
        told.append(f"It would go to {', '.join(channel.id for channel in channels)} ({strength}).")
    since = _day(found.fresh) - timedelta(days=config.settings.alerts.look_back_days)
    said = found.earlier.said_first
    if said and said < since:
        told.append(f"The earlier words are from before {since.isoformat()}, further back than is looked.")
    told.append("It is on record as a conflict." if ledger.kept(found) else "It is not on record as a conflict.")
    return told


def _day(position: Position) -> date:
    source = position.statement.source
    return (source.published or source.retrieved).astimezone(UTC).date()


def _verdict(found: Conflict, cards: Sequence[Alert], *, high: bool) -> str:
    if cards:
        return f"Alerted: {', '.join(card.name for card in cards)}."
    if found.kind == "opposed":
        return "Opposed: kept on record, no alert."
    return "In conflict, but no card shows it." if high else "In conflict, but under the threshold: no alert."


def of_pair(
    first: pairs.Face, second: pairs.Face, config: Config, roster: Roster, chosen: Chosen
) -> tuple[Explained, tuple[Statement, Statement]]:
    """Two statements of a file, that no record holds."""
    one, other = (
        pairs.position(first, second, config, roster),
        pairs.position(second, first, config, roster),
    )
    old, new = sorted((one, other), key=lambda position: str(position.said_first or ""))
    old, new = _meant((old, new), chosen)
    trace = explain(new, old, (), config.sides, chosen.judge)
    opinion = pairs.compare(first, second, config, roster, judge=chosen.judge, encoder=chosen.encoder)
    told = f"Taken to be on one question, the comparison gives {opinion.score:.2f}: {opinion.why}."
    found = trace.conflict
    verdict = "No conflict." if found is None else f"In conflict: {_kind(found.kind)}."
    if trace.apart and found is None:
        verdict = "Close, but not in conflict."
    steps = (*trace.steps, Step(name="threshold", told=(told,)))
    return Explained(trace=trace, steps=steps, verdict=verdict), (old.statement, new.statement)


def show(console: Console, told: Explained, statements: Sequence[Statement]) -> None:
    """Print the steps, one after the other; those after the one at which a pair is out are dimmed."""
    width = min(console.width, WIDEST)
    older = told.trace.one.statement
    for name, statement in zip("AB", sorted(statements, key=lambda one: one.key != older.key), strict=True):
        _print(console, named(name, statement), width, style="dim")
    out = False
    for number, step in enumerate(told.steps, start=1):
        title = f"{number}  {TITLES[step.name]}" + (" – here the pair is out" if step.ends and not out else "")
        console.print()
        _print(console, title, width, style="dim" if out else "bold")
        for sentence in step.told:
            _print(console, sentence, width, style="dim" if out else "", indent="   ")
        out = out or step.ends
    console.print()
    _print(console, told.verdict, width, style="bold")
    if told.others:
        further = f"The two show {told.others + 1} pairs of positions; this is the one that goes furthest."
        _print(console, further, width, style="dim")


def named(letter: str, statement: Statement) -> str:
    """A statement by its key and its place."""
    place = f"{statement.source.url or statement.source.article}#{statement.span.start}"
    return f"{letter}  {statement.key[:_SHORT]}  {place}"


def _print(console: Console, words: str, width: int, *, style: str = "", indent: str = "") -> None:
    """A sentence, broken between words, the lines after the first a little further in."""
    filled = textwrap.fill(
        words, width, initial_indent=indent, subsequent_indent=indent + indent[:2], break_long_words=False
    )
    console.print(Text(filled, style=style), soft_wrap=True)


def _cut(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _QUOTED else words[: _QUOTED - 1].rstrip() + "…"
