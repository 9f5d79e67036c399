"""How long an answer to /record takes, as the record grows, while a writer works.

make bench                                     10,000 and 100,000 statements in SQLite
python tests/benchmarks/commands.py --full     1,000,000 too: about ten minutes and 6 GB in the temporary folder
python tests/benchmarks/commands.py --postgresql URL     an empty database, for 100,000 statements

The time is that of making the answer, from the words typed to the blocks, on the wall clock and in CPU time of its
thread (other work on the machine is not in that one): Slack's acknowledgement
comes before it, and the way through the network is not ours. The record is that of nearby.py with names of people as
they are, a part of its questions as topics of a configuration, claims about others, and alerts. Beside it one thread
takes down an article with three statements ten times a second.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "benchmarks"))

import nearby  # noqa: E402
from sqlalchemy import insert, text  # noqa: E402

from bot.calibration import Rules  # noqa: E402
from bot.desk import close  # noqa: E402
from bot.ledger import Ledger  # noqa: E402
from bot.ledger.nearness import fulltext  # noqa: E402
from bot.ledger.record import involved  # noqa: E402
from bot.ledger.tables import schema  # noqa: E402
from bot.model import Party, Position, content_key  # noqa: E402
from bot.sharing import keep, share  # noqa: E402
from bot.slack import commands  # noqa: E402
from bot.slack.blocks import Desk  # noqa: E402
from bot.slack.newsroom import Asker, Newsroom  # noqa: E402
from config.schema import Config, Side  # noqa: E402
from config.settings import Settings  # noqa: E402
from watchers.model import Article  # noqa: E402

GOAL = 500.0  # ms, p99
WHO = {"SQLite": 20.0, "PostgreSQL": 30.0}  # ms, p95 of the whole answer to `/record who`
WHOLE = {"who", "who, by name"}
ROUNDS = 60  # of each command
SLOW = "conflicts close"  # worked out when it is asked for, in seconds: asked of only with --only, of the first rounds
NAMED = 60  # questions that are topics of a configuration
CLAIMED = 25  # every so many statements is about another's position
ALERTS = 5_000  # at most; one for each 200 statements
NOW = datetime(2031, 1, 1, 12, tzinfo=UTC)
FIRST = (
    "Mara",
    "Tilo",
    "Ida",
    "Pavel",
    "Jana",
    "Ivo",
    "Petra",
    "Tomas",
    "Sela",
    "Oskar",
    "Runa",
    "Emil",
    "Lena",
    "Karl",
)
STEMS = (
    "Vel",
    "Bran",
    "Kor",
    "Hal",
    "Ster",
    "Orl",
    "Dren",
    "Mos",
    "Tar",
    "Lun",
    "Bek",
    "Sor",
    "Fen",
    "Gra",
    "Hol",
    "Nim",
)
ENDS = ("den", "dt", "rin", "asz", "nad", "ik", "ova", "man", "vel", "berg", "stad", "sky", "low", "mont", "ric", "un")


def name(number: int) -> str:
    """A name of a person, another for each number."""
    first, rest = FIRST[number % len(FIRST)], number // len(FIRST)
    stem, end = STEMS[rest % len(STEMS)], ENDS[rest // len(STEMS) % len(ENDS)]
    again = rest // (len(STEMS) * len(ENDS))
    return f"{first} {stem}{end}" + (
        f"-{STEMS[again % len(STEMS)]}{ENDS[again // len(STEMS) % len(ENDS)]}" if again else ""
    )


class Talk(nearby.Made):
    """The record of nearby.py, with names, named topics and claims."""

    def position(self, number: int, vector: bytes) -> Position:
        """Statement `number`, now and then about another's position."""
        held, question = nearby.Made.position(self, number, vector), int(self.question[number])
        if question < NAMED:
            held = replace(held, topic=f"topic-{question}", topic_name=topic(question), proposition="one")
        if number % CLAIMED == 3:
            other = self.parties[(int(self.speaker[number]) + 1) % len(self.parties)]
            held = replace(held, holder=other, claimed_by=held.holder)
        return held


def topic(question: int) -> str:
    """What a question of the configuration is called."""
    return f"the {nearby.THINGS[question % 11]} of {nearby.PLACES[question // 11 % 11]}"


def fill(ledger: Ledger, size: int) -> Talk:
    """Put the record in, with its alerts."""
    plain = nearby.Made.of(size)
    parties = [Party(**{**_fields(one), "name": name(n)}) for n, one in enumerate(plain.parties)]
    made = Talk(parties=parties, speaker=plain.speaker, question=plain.question, day=plain.day, centres=plain.centres)
    with ledger._writing() as connection:
        nearby.fill(connection, made)
        connection.execute(insert(schema.topic), [{"key": f"topic-{q}", "name": topic(q)} for q in range(NAMED)])
        people = len(parties)
        connection.execute(
            text(
                "UPDATE position SET claimed_by_id = holder_id, said_by_id = holder_id, "
                "holder_id = holder_id % :people + 1 WHERE id % :every = :place"
            ),
            {"people": people, "every": CLAIMED, "place": 4},  # ids begin with 1
        )
        spread = (
            "strftime('%Y-%m-%d %H:%M:%S.000000', '2031-01-01', '-' || ((:last - id) * 4380 / :last) || ' days')"
            if connection.dialect.name == "sqlite"
            else "TIMESTAMPTZ '2031-01-01 00:00+00' - make_interval(days => CAST((:last - id) * 4380 / :last AS int))"
        )
        connection.execute(text(f"UPDATE article SET retrieved = {spread}"), {"last": size // 10})  # noqa: S608
        fulltext.fill(connection)
        _alerts(connection, made)
        if (
            connection.dialect.name == "postgresql"
        ):  # rows were put in with their numbers; the writer goes on behind them
            for table in ("article", "utterance", "statement", "position", "party"):
                behind = f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"  # noqa: S608
                connection.execute(text(behind))
    with ledger._writing() as connection:
        connection.exec_driver_sql("ANALYZE")
    return made


def _fields(party: Party) -> dict[str, Any]:
    return {one: getattr(party, one) for one in ("official", "side", "role", "rank", "person")}


def _alerts(connection: Any, made: Talk) -> None:
    size = len(made.speaker)
    pairs, alerts, cards = [], [], []
    for number in range(1, min(ALERTS, size // 200) + 1):
        fresh = size - number * 50 % (size // 2)
        earlier = max(1, fresh - 5000 + number % 977)
        pairs.append(
            {
                "id": number,
                "key": content_key(str(number)),
                "kind": ("reversal", "same_side", "denied_claim")[number % 3],
            }
            | {"fresh_id": fresh, "earlier_id": earlier, "score": 0.8, "case": f"case {number}", "lede": "They differ."}
            | {"title": f"{name(number)} vs {name(number + 1)} on {topic(number % NAMED)}", "why": "They differ."}
            | {"check_first": (), "answer": "denied" if number % 3 == 2 else None}
        )
        alerts.append(
            {
                "number": 1000 + number,
                "dedupe_key": content_key("a", str(number)),
                "conflict_id": number,
                "fresh_id": fresh,
            }
            | {"earlier_id": earlier, "title": pairs[-1]["title"], "case": f"case {number}", "channel": "C1"}
            | {"strength": "high", "created_at": NOW - timedelta(hours=ALERTS - number), "revision": 1}
            | {"review": ("open", "confirmed", "dismissed")[number % 3], "decision_note": "", "withdrawn_why": ""}
        )
        cards.append(
            {"key": content_key("d", str(number)), "kind": "card", "alert_number": 1000 + number, "channel": "C1"}
            | {
                "state": "sent",
                "opening": False,
                "body": (),
                "created_at": NOW,
                "attempts": 1,
                "intended": 1,
                "shown": 1,
            }
            | {"reason": "", "slack_channel": "C1", "slack_ts": f"{NOW.timestamp():.6f}"}
        )
    for table, rows in ((schema.conflict, pairs), (schema.alert, alerts), (schema.delivery, cards)):
        connection.execute(table.insert(), rows)
    involved.keep(connection, [one["key"] for one in pairs])


def questions(made: Talk, chance: random.Random) -> Iterator[tuple[str, str]]:
    """What people type: half about the prolific, half about anybody."""
    prolific = max(1, int(len(made.speaker) * 0.6) // nearby.PROLIFIC)

    def somebody() -> tuple[int, str]:
        number = chance.randrange(prolific if chance.random() < 0.5 else len(made.parties))
        return number, name(number)

    for turn in range(ROUNDS):
        (number, one), (_, two), about = somebody(), somebody(), topic(chance.randrange(NAMED))
        said = next(
            (
                n
                for n in range(chance.randrange(len(made.speaker) // 2), len(made.speaker))
                if made.speaker[n] == number
            ),
            0,
        )
        words = made.position(said, b"").statement.quote.split()
        yield "who", f"who {one.split()[-1]}"  # several are called that: who may be meant
        yield "who, by name", f"who {one}"
        yield "who, on a topic", f"who {about} {one}"
        yield "said, exact", f'said {one} "{" ".join(words[2:9])}"'
        yield "said, near", f'said {one} "{" ".join([*words[:4], "indeed", *words[5:11]])}"'
        yield "timeline", f"timeline {one} {about}"
        yield "about", f"about {one}"
        yield "compare", f"compare {one} {two} {about}"
        yield "conflicts", f"conflicts {chance.choice(('open', one, about, 'side-3', 'since 7d'))}"
        yield "topic", f"topic {about}"
        yield "verify", f"verify {1001 + chance.randrange(min(ALERTS, len(made.speaker) // 200))}"
        yield "stats", "stats"
        yield "balance", "balance since 7d"
        yield "status", "status"
        if turn < ROUNDS // 5:
            yield SLOW, f"conflicts close {(one, about, 'side-3', 'since 7d', '')[turn % 5]}"
        yield "an unknown name", "wo velbergsdotter the haarbour"


def writer(ledger: Ledger, stop: threading.Event, written: list[int]) -> None:
    """Takes down an article with three statements ten times a second, until told to stop."""
    at = 0
    while not stop.wait(0.1):
        at += 1
        quotes = [
            f"We will open the harbour of Oster number {at} on day {n}, whatever the weather brings." for n in range(3)
        ]
        body = " ".join(f"“{quote}” said Somebody {at % 90}." for quote in quotes) + f" Filed as {at}."
        of = Article(
            id=f"fresh-{at}", keys=(f"fresh-{at}",), url=f"https://post.example/fresh-{at}", outlet="Harbour Post",
            title=f"Fresh {at}", text=body, published=NOW, retrieved=NOW,
        )  # fmt: skip
        with ledger.work() as work:
            source = work.article(of)
            party = Party(name=f"Somebody {at % 90}", official=f"somebody-{at % 90}", side="side-1")
            for quote in quotes:
                held = nearby.written(party, at % 40, NOW.date(), b"", article=of.id, number=at)
                start = body.index(quote)
                span = replace(held.statement.span, start=start, end=start + len(quote))
                told = replace(held.statement, source=source, quote=quote, content=quote, span=span, verbatim=(span,))
                work.statement(told)
                work.position(replace(held, statement=told))
            work.commit()
        written.append(at)


def measure(place: str, size: int, *, only: str | None) -> dict[str, list[tuple[float, float]]]:
    """Fill the ledger at `place` unless it is filled, then ask."""
    with Ledger.open(place, durable=False) as ledger:
        begun = time.monotonic()
        if ledger.some_names():
            plain = nearby.Made.of(size)
            parties = [Party(**{**_fields(one), "name": name(n)}) for n, one in enumerate(plain.parties)]
            made = Talk(
                parties=parties, speaker=plain.speaker, question=plain.question, day=plain.day, centres=plain.centres
            )
        else:
            made = fill(ledger, size)
        sys.stdout.write(f"{size} statements put in within {time.monotonic() - begun:.0f} s\n")
        settings = Settings()
        sides = tuple(Side(id=f"side-{n}", name=f"Side {n}") for n in range(nearby.SIDES))
        config = Config(settings=settings, sides=sides)
        newsroom = Newsroom(
            ledger=ledger,
            config=config,
            desk=Desk(),
            rules=Rules.of(settings),
            troubles=lambda: (),
            inquiries=SimpleNamespace(close=lambda sought: close.found(sought, ledger, config)),
        )
        asker = Asker(user="U0ADA", role="admin", channel="C1")
        stop, written = threading.Event(), [0]
        beside = threading.Thread(target=writer, args=(ledger, stop, written))
        asked = [one for one in questions(made, random.Random(size)) if only in {None, one[0].split(",")[0]}]  # noqa: S311
        asked = [one for one in asked if one[0] != SLOW or only == SLOW]
        kinds = list(dict.fromkeys(kind for kind, _ in asked))
        share()
        keep()  # threads and collector as the service has them
        for _, typed in asked[: len(kinds)]:  # what is read once is in memory, as it is in service
            commands.answer(newsroom, typed, asker, NOW)
        beside.start()
        took: dict[str, list[tuple[float, float]]] = {}
        try:
            for kind, typed in asked:
                begun, worked = time.perf_counter(), time.thread_time()
                commands.answer(newsroom, typed, asker, NOW)
                spent = (1000 * (time.perf_counter() - begun), 1000 * (time.thread_time() - worked))
                took.setdefault(kind, []).append(spent)
        finally:
            stop.set()
            beside.join()
        sys.stdout.write(f"meanwhile {len(written) - 1} articles were taken down\n")
    return took


def p99(values: Sequence[float]) -> float:
    """What ninety-nine of a hundred stay within; with fewer values the largest but none."""
    return within(values, 99)


def within(values: Sequence[float], share: int) -> float:
    """What so many of a hundred values stay within."""
    return sorted(values)[max(0, -(-len(values) * share // 100) - 1)]


def main() -> int:
    """Measure, print, write down beside the other figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--full", action="store_true", help="a million statements too")
    parser.add_argument("--size", type=int, help="this size alone")
    parser.add_argument("--only", help="this command alone")
    parser.add_argument("--keep", metavar="FILE", help="a ledger that is kept, to measure again without filling")
    parser.add_argument("--postgresql", metavar="URL", help="an empty database, in the place of SQLite")
    asked = parser.parse_args()
    sizes = (
        (asked.size,)
        if asked.size
        else (100_000,)
        if asked.postgresql
        else (10_000, 100_000, *((1_000_000,) if asked.full else ()))
    )
    results: list[dict[str, Any]] = []
    late = 0
    where = "PostgreSQL" if asked.postgresql else "SQLite"
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="onrecord-bench-") as folder:
            took = measure(asked.postgresql or asked.keep or str(Path(folder) / "onrecord.db"), size, only=asked.only)
        for kind, pairs in took.items():
            values, cpu = [wall for wall, _ in pairs], [busy for _, busy in pairs]
            worst, most = p99(values), within(values, 95)
            late += worst > GOAL
            named = f"/record {kind}, {size:,} statements, {where}"
            results.append({"name": f"{named}, p99", "value": worst, "unit": "ms", "goal": f"under {GOAL:.0f}"})
            goal = f"under {WHO[where]:.0f}" if kind in WHOLE else ""
            results.append({"name": f"{named}, p95", "value": most, "unit": "ms", "goal": goal})
            results.append({"name": f"{named}, median", "value": statistics.median(values), "unit": "ms", "goal": ""})
            results.append({"name": f"{named}, p99 of CPU time", "value": p99(cpu), "unit": "ms", "goal": ""})
            shown = (statistics.median(values), most, worst, statistics.median(cpu), p99(cpu))
            sys.stdout.write(
                f"{kind:18} p50 {shown[0]:7.1f}  p95 {shown[1]:7.1f}  p99 {shown[2]:7.1f}  "
                f"CPU p50 {shown[3]:7.1f}  p99 {shown[4]:7.1f} ms\n"
            )
    out = ROOT / "build" / "bench.json"
    out.parent.mkdir(exist_ok=True)
    mine = {one["name"] for one in results}
    before = json.loads(out.read_text("utf-8")) if out.exists() else []
    kept = [one for one in before if one["name"] not in mine]
    out.write_text(json.dumps([*kept, *results], indent=1) + "\n", "utf-8")
    return 1 if late else 0


if __name__ == "__main__":
    sys.exit(main())
