"""Why something is an alert or not: a pair step by step, or every statement of an article and where it ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import why
from bot.conflicts.explaining import explain
from bot.inquiries import Reason, Reasons, Unanswered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.conflicts.explaining import Trace
    from bot.judges.chosen import Chosen
    from bot.ledger import Ledger
    from bot.model import Position, Statement
    from config.schema import Config

_SHOWN = 8  # statements of an article
_CLOSEST = 12  # positions on record that one is held against, the nearest first
_QUOTED = 110  # characters of a statement


def told(names: Sequence[str], ledger: Ledger, config: Config, chosen: Chosen) -> Reasons:
    """The reasons for what is named: an alert, an address, a statement, or two of them."""
    if not names:
        raise Unanswered("Nothing was named. Name an alert (OR-1042), an address, or two statements by their words")
    if len(names) == 1 and names[0].startswith(("http://", "https://")):
        return _article(names[0], ledger, config, chosen)
    try:
        if len(names) == 1 and not why.numbered(names[0]):
            return _alone(why.statement(names[0], ledger), ledger, config, chosen)
        one, other = why.two_statements(names, ledger)
        return _pair(one, other, ledger, config, chosen)
    except why.NotFound as error:
        raise Unanswered(str(error)) from error


def _pair(one: Statement, other: Statement, ledger: Ledger, config: Config, chosen: Chosen) -> Reasons:
    found = why.explained(one, other, ledger, config, chosen)
    older = found.trace.one.statement
    both = sorted((one, other), key=lambda statement: statement.key != older.key)
    return Reasons(
        heading=tuple(f"{letter}  {_called(statement)}" for letter, statement in zip("AB", both, strict=True)),
        steps=tuple(Reason(title=why.TITLES[step.name], told=step.told, ends=step.ends) for step in found.steps),
        verdict=found.verdict,
        others=found.others,
    )


def _article(url: str, ledger: Ledger, config: Config, chosen: Chosen) -> Reasons:
    """Every statement of a page on record with how far it came; `Unanswered` where none was taken from it."""
    taken = ledger.statements_at(url)
    if not taken:
        why_not = ledger.why_unread(url)
        if why_not is None:
            raise Unanswered(
                f"{url} is not on record: no watched source has named it. `/record check` reads it now, storing nothing"
            )
        raise Unanswered(f"{url}: {why_not or 'it is on record, and nobody is quoted in it as far as we can read'}")
    steps = tuple(_step(statement, ledger, config, chosen) for statement in taken[:_SHOWN])
    alerted = sum(step.ends is False for step in steps)
    more = f", of which {_SHOWN} are shown" if len(taken) > _SHOWN else ""
    verdict = f"{len(taken)} statements are on record from it{more}; {alerted} led to an alert."
    return Reasons(heading=(f"{taken[0].source.outlet}, “{taken[0].source.title}”",), steps=steps, verdict=verdict)


def _alone(statement: Statement, ledger: Ledger, config: Config, chosen: Chosen) -> Reasons:
    step = _step(statement, ledger, config, chosen)
    verdict = "No alert shows it." if step.ends else "An alert shows it."
    return Reasons(heading=(_called(statement),), steps=(step,), verdict=verdict)


def _step(statement: Statement, ledger: Ledger, config: Config, chosen: Chosen) -> Reason:
    """How far one statement came; `ends` where no alert shows it."""
    title = f"{_speaker(statement)}: “{_cut(statement.quote)}”"
    shown = ledger.positions_of(statement)
    if not shown:
        who = "" if statement.party else " Who says it is not known, and an unknown voice is compared with nothing."
        return Reason(title=title, told=(f"It takes no position that can be compared.{who}",), ends=True)
    lines: list[str] = []
    alerted = False
    for position in shown:
        named = f"on {position.topic_name}: " if position.on_named_topic else ""
        lines.append(f"{named}{position.stance.replace('_', ' ')}. {_compared(position, ledger, config, chosen)}")
        alerted = alerted or "Alerted:" in lines[-1]
    return Reason(title=title, told=tuple(lines), ends=not alerted)


def _compared(position: Position, ledger: Ledger, config: Config, chosen: Chosen) -> str:
    near = [one for one in ledger.beside(position) if one.statement.key != position.statement.key]
    if not near:
        return "Nothing on record is near it: it was compared with nothing."
    traces = [explain(position, other, near, config.sides, chosen.judge) for other in near[:_CLOSEST]]
    best = max(traces, key=lambda trace: (trace.outcome == "conflict", trace.conflict is not None, trace.reached))
    across = best.one.statement
    furthest = f"furthest came “{_cut(across.quote)}” ({_speaker(across)})"
    return f"Held against {len(near)} on record; {furthest}. {_end(best, ledger, config)}"


def _end(trace: Trace, ledger: Ledger, config: Config) -> str:
    """Where a pair is out, and by which score it fell short, or the cards that show it."""
    if trace.conflict is not None:
        return why.on_record(trace, ledger, config)[1]
    out = next((step for step in trace.steps if step.ends), None)
    if out is None:
        return "No conflict."
    return f"It is out at “{why.TITLES[out.name]}”: {' '.join(out.told[:2])}"


def _called(statement: Statement) -> str:
    return f"{_speaker(statement)}, {statement.source.outlet}: “{_cut(statement.quote)}” ({statement.key[:10]})"


def _speaker(statement: Statement) -> str:
    return statement.party.name if statement.party else "somebody unnamed"


def _cut(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _QUOTED else f"{words[: _QUOTED - 1].rstrip()}…"
