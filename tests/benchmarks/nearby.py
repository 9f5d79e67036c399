"""How long the check of one fresh statement takes, as the record grows.

make bench                                    10,000 and 100,000 statements in SQLite
python tests/benchmarks/nearby.py --full      1,000,000 too: six minutes and 5 GB in the temporary folder
python tests/benchmarks/nearby.py --postgresql URL    an empty database, for 100,000 statements
python tests/benchmarks/nearby.py --full --keep FOLDER    what is filled stays there, and is not filled again

A check is `near()` and `conflicts.find()` without a judge, in CPU time of its thread: other work on the machine is not counted. The record is made up: prolific officials with up to 10,000
statements each, sides, questions of which few are hot, vectors in clusters around the questions. The file is on disk; what
of it lies in memory is up to the system, as in service. How many of the five nearest
that the same speaker ever said come back, whenever that was, is the second figure.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import pstats
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, func, select

from bot import conflicts, meaning
from bot.ledger import Ledger
from bot.ledger.record.rows import party_key, position_row, statement_row
from bot.ledger.tables import schema
from bot.model import Party, Position, Said, Source, Span, Speaker, Statement, content_key
from bot.sharing import keep

ROOT = Path(__file__).resolve().parents[2]
SIZES = (10_000, 100_000)
FULL = 1_000_000
CHECKS = 300
SLICE = 20_000  # rows that are put in at once
PROLIFIC = 10_000  # statements of one official
SIDES = 24
YEARS = 12
EXPLICIT = 4  # one statement in so many has its stance in so many words, as in real news
END = date(2031, 1, 1)
NOW = datetime(2031, 1, 1, 12, tzinfo=UTC)
OPENINGS = ("We will", "The government is ready to", "There is no reason to", "Nobody intends to", "It is time to")
ACTS = ("build", "close", "fund", "tax", "guard", "sell", "inspect", "widen", "move", "rent")
THINGS = ("harbour", "ferry", "lock", "canal", "depot", "granary", "lighthouse", "quay", "orchard", "tramway", "mint")
PLACES = ("Lindhaven", "Karsgrad", "Oster", "Velm", "Tarn", "Hollin", "Brede", "Sund", "Morva", "Elst", "Pirn")
# Invented words: of four that belong to a question, as of its thing and its place, a remark has each or another one in
# its place, by chance. So two remarks on one question share about as many words as two of one speaker in real news that
# are as near in meaning, one or two that carry the matter, and others hardly any.
SYLLABLES = (
    "bra cal dor fen gil hos jun kel lam mor nid oph pel quin ros sil tam ulm vor wen",
    "an el im or ut ab ec id ost uv ag en ir om ul",
    "ter sel dan mic pod ric ven lot gar nim",
)
HEADS, MIDDLES, TAILS = (some.split() for some in SYLLABLES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What a record is made of: who speaks, on which questions, and the vector of each statement."""

    parties: list[Party]
    speaker: NDArray[Any]
    question: NDArray[Any]
    day: NDArray[Any]
    centres: NDArray[Any]

    @classmethod
    def of(cls, size: int) -> Made:
        """The record of so many statements; the same for the same size."""
        chance = np.random.default_rng(size)
        prolific = max(1, int(size * 0.6) // PROLIFIC)
        others = max(50, size // 200)
        parties = [
            Party(
                name=f"Official {n}",
                official=f"official-{n}",
                side=f"side-{n % SIDES}",
                role="minister",
                rank="minister",
            )
            for n in range(prolific + others)
        ]
        often = min(0.6 / prolific, PROLIFIC / size)
        weights = np.concatenate([np.full(prolific, often), np.full(others, (1 - often * prolific) / others)])
        questions = max(200, size // 50)
        hot = 1.0 / np.arange(1, questions + 1) ** 0.7
        grid = meaning._grid()
        subjects = grid[1] if grid else _unit(chance.normal(size=(256, 384)))
        near = subjects[chance.integers(0, len(subjects), questions)]
        return cls(
            parties=parties,
            speaker=chance.choice(len(parties), size, p=weights),
            question=chance.choice(questions, size, p=hot / hot.sum()),
            day=np.sort(chance.integers(0, YEARS * 365, size)),
            centres=_unit(near + 0.6 * _unit(chance.normal(size=near.shape))),
        )

    def vectors(self, questions: NDArray[Any], seed: int) -> NDArray[Any]:
        """A vector for each statement on these questions: two on one question have a cosine of about .7."""
        noise = _unit(np.random.default_rng(seed).normal(size=(len(questions), self.centres.shape[1])))
        return np.round(127 * _unit(self.centres[questions] + 0.65 * noise)).astype(np.int8)

    def position(self, number: int, vector: bytes) -> Position:
        """Statement `number`, ten to an article."""
        question, day = int(self.question[number]), END - timedelta(days=YEARS * 365 - int(self.day[number]))
        return written(
            self.parties[self.speaker[number]], question, day, vector, article=f"a{number // 10}", number=number
        )


def _unit(rows: NDArray[Any]) -> NDArray[Any]:
    return rows / np.linalg.norm(rows, axis=-1, keepdims=True)


def written(party: Party, question: int, day: date, vector: bytes, *, article: str, number: int) -> Position:
    """A position of a party on a question."""
    about = f"the {THINGS[question % 11]} of {PLACES[question // 11 % 11]} {question}"
    content = _remark(question, number)
    span = Span(start=number % 10 * 200, end=number % 10 * 200 + len(content))
    statement = Statement(
        source=Source(
            article=article,
            outlet="Harbour Post",
            url=f"https://post.example/{article}",
            title=f"Officials speak of {about}",
            published=NOW,
            retrieved=NOW,
            text_hash=content_key(article),
        ),
        kind="direct",
        span=span,
        quote=content,
        verbatim=(span,),
        cue="said",
        speaker=Speaker(party=party, as_written=party.name, span=Span(start=span.end, end=span.end + 4)),
        holder=party,
        said=Said(first=day, last=day, how="given"),
        content=content,
        before="Reporters asked about it at the quay on the same afternoon.",
        after="The council meets again next week.",
    )
    return Position(
        statement=statement,
        holder=party,
        topic=f"made-{THINGS[question % 11]}-{question}",
        topic_name=about,
        proposition=f"made-{THINGS[question % 11]}-{question}",
        proposition_text=content,
        stance="against" if (question % 2 == 0) ^ (number % 25 == 7) else "for",
        strength=0.7 if number % EXPLICIT == 0 else 0.3,
        operators=(OPENINGS[number % 5],),
        scope=(("place", PLACES[question // 11 % 11]),),
        meaning=vector,
    )


def _remark(question: int, number: int) -> str:
    """What is said of a question: half of its words, and others in the place of the other half."""
    own, named = _words(number + 1_000_003, 6).split(), _words(question, 4).split()
    kept = (number * 2_654_435_761 >> 7) % 64
    words = [THINGS[question % 11], PLACES[question // 11 % 11], *named]
    thing, place, *rest = (word if kept >> at & 1 else own[at] for at, word in enumerate(words))
    act = ACTS[number // 7 % 10]
    return f"{OPENINGS[number % 5]} {act} the {thing} of {place} for {' '.join(rest[:2])}, after {' '.join(rest[2:])}."


def _words(seed: int, count: int) -> str:
    """So many words, the same for the same seed."""
    chosen = ((seed * 2_654_435_761 + at * 40_503_001) % 3_000 for at in range(count))
    return " ".join(HEADS[one % 20] + MIDDLES[one // 20 % 15] + TAILS[one // 300] for one in chosen)


def fill(connection: Connection, made: Made) -> None:
    """Put the whole record in, slice by slice."""
    parties = [
        {
            "id": n + 1,
            "key": party_key(one),
            "name": one.name,
            "official": one.official,
            "side": one.side,
            "person": True,
        }
        for n, one in enumerate(made.parties)
    ]
    connection.execute(schema.party.insert(), parties)
    topics = {f"made-{THINGS[q % 11]}-{q}": f"question {q}" for q in range(len(made.centres))}
    connection.execute(schema.topic.insert(), [{"key": key, "name": name} for key, name in topics.items()])
    grid = meaning._grid()
    for start in range(0, len(made.speaker), SLICE):
        numbers = range(start, min(start + SLICE, len(made.speaker)))
        vectors = made.vectors(made.question[numbers.start : numbers.stop], start)
        cells = grid[0] + (vectors.astype(np.float32) @ grid[1].T).argmax(axis=1) if grid else [None] * len(numbers)
        _put(connection, made, numbers, vectors, cells)


def _put(connection: Connection, made: Made, numbers: range, vectors: NDArray[Any], cells: Any) -> None:
    articles, utterances, statements, positions = [], [], [], []
    for number, vector, cell in zip(numbers, vectors, cells, strict=True):
        held = made.position(number, b"")
        told, source, row = held.statement, held.statement.source, {"party_id": int(made.speaker[number]) + 1}
        if number % 10 == 0:
            articles.append(
                {"id": number // 10 + 1, "key": content_key(source.article), "name": source.article, "url": source.url}
                | {"outlet": source.outlet, "title": source.title, "text": told.quote, "text_hash": source.text_hash}
                | {"published": NOW, "retrieved": NOW, "partial": False, "garbled": False, "notes": ()}
            )
        day = told.said.first if told.said else END
        utterances.append({"id": number + 1, **row, "first": day, "last": day})
        own = {"id": number + 1, "article_id": number // 10 + 1, "utterance_id": number + 1, "length": 18, "size": 18}
        statements.append({**own, **row, **statement_row(told)})
        place = {"id": number + 1, "statement_id": number + 1, "utterance_id": number + 1, "holder_id": row["party_id"]}
        meant = {"meaning": meaning.own() + vector.tobytes(), "cell": None if cell is None else int(cell)}
        positions.append({**place, **position_row(held), **meant})
    for table, rows in (
        (schema.article, articles),
        (schema.utterance, utterances),
        (schema.statement, statements),
        (schema.position, positions),
    ):
        connection.execute(table.insert(), rows)


def probes(made: Made) -> Iterator[Position]:
    """Fresh positions, four of five by the prolific, each on a question that its speaker spoke about years ago."""
    chance = np.random.default_rng(5)
    size = len(made.speaker)
    for at in range(10**9):
        number = int(chance.integers(0, size // 3))  # four years or more ago
        if at % 5 and int(made.speaker[number]) >= max(1, int(size * 0.6) // PROLIFIC):
            continue
        question = np.array([made.question[number]])
        vector = meaning.own() + made.vectors(question, size + at)[0].tobytes()
        party = made.parties[made.speaker[number]]
        fresh = written(party, int(question[0]), END, vector, article=f"fresh{at}", number=size + at)
        fresh = replace(fresh, topic=f"made-fresh-{at}", proposition=f"made-fresh-{at}")  # its words name it otherwise
        yield fresh


def share(ledger: Ledger, fresh: Position, near: Sequence[Position]) -> float:
    """How many of the five that are nearest in meaning of all that its speaker ever said have been found."""
    mine = select(schema.position.c.meaning, schema.position.c.key)
    whose = schema.party.c.key == party_key(fresh.holder)
    with ledger._reading() as connection:
        rows = connection.execute(
            mine.join(schema.party, schema.position.c.holder_id == schema.party.c.id).where(whose)
        )
        held = list(rows)
    nearness = meaning.cosines(fresh.meaning, [row.meaning for row in held])
    best = sorted(zip(nearness, (row.key for row in held), strict=True), reverse=True)[:5]
    found = {one.key for one in near}
    return sum(key in found for _, key in best) / max(1, len(best))


def _filled(ledger: Ledger, made: Made) -> None:
    with ledger._reading() as connection:
        held = connection.scalar(select(func.count()).select_from(schema.position))
    if held == len(made.speaker):
        return
    begun = time.monotonic()
    with ledger._writing() as connection:
        fill(connection, made)
    with ledger._writing() as connection:
        connection.exec_driver_sql("ANALYZE")
    sys.stdout.write(f"{len(made.speaker)} statements put in within {time.monotonic() - begun:.0f} s\n")


def measure(place: str, size: int, *, profile: bool) -> dict[str, float]:
    """Fill the ledger at `place` unless it is, then check fresh statements against it."""
    made = Made.of(size)
    with Ledger.open(place, durable=False) as ledger:
        _filled(ledger, made)
        asked = list(islice(probes(made), CHECKS + 20))
        took, reach, found, compared, bare = [], [], [], [], []
        watch = cProfile.Profile()
        keep()  # as the service does once it stands
        for at, fresh in enumerate(asked):
            with ledger.work() as work:  # each as the first of its article: nothing is at hand
                if profile and at == 20:
                    watch.enable()
                begun = time.thread_time()
                near = work.near(fresh, date.min)
                half = time.thread_time()
                conflicts.find(fresh, near, ())
                took.append(time.thread_time() - begun)
                reach.append(half - begun)
                compared.append(len(near))
                found.append(near)
            bare.append(_bare())  # beside each check: a machine is slower from minute to minute
        watch.disable()
        shares = [share(ledger, fresh, near) for fresh, near in islice(zip(asked, found, strict=True), 60)]
        if profile:
            pstats.Stats(watch).sort_stats("tottime").print_stats(30)
            pstats.Stats(watch).sort_stats("cumtime").print_stats(30)
    return {
        "bare": 1000 * statistics.median(bare),
        "p50": 1000 * statistics.median(took[20:]),
        "p95": 1000 * statistics.quantiles(took[20:], n=20)[-1],
        "near p50": 1000 * statistics.median(reach[20:]),
        "found": statistics.mean(shares),
        "compared": statistics.mean(compared),
    }


def _bare() -> float:
    """CPU seconds of a bare loop, for machines differ, and one machine from hour to hour."""
    begun = time.thread_time()
    sum(number * number for number in range(20_000))
    return time.thread_time() - begun


def main() -> int:
    """Measure, print, write down beside the other figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--full", action="store_true", help="a million statements too")
    parser.add_argument("--size", type=int, help="this size alone")
    parser.add_argument("--postgresql", metavar="URL", help="an empty database, in the place of SQLite")
    parser.add_argument("--keep", metavar="FOLDER", type=Path, help="where the ledgers stay, for another run")
    parser.add_argument("--profile", action="store_true")
    asked = parser.parse_args()
    sizes = (
        (asked.size,) if asked.size else SIZES[1:] if asked.postgresql else (*SIZES, *((FULL,) if asked.full else ()))
    )
    results: list[dict[str, Any]] = []
    p95: list[float] = []
    where = "PostgreSQL" if asked.postgresql else "SQLite"
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="onrecord-bench-") as folder:
            place = asked.postgresql or str((asked.keep or Path(folder)) / f"onrecord-{size}.db")
            told = measure(place, size, profile=asked.profile)
        p95.append(told["p95"])
        named = f"check of a fresh statement against {size:,}, {where}"
        results += [
            _figure(f"{named}, p95", told["p95"], "ms", "under 5"),
            _figure(f"{named}, median", told["p50"], "ms", ""),
            _figure(f"{named}, p95 against a bare loop of 20,000", told["p95"] / told["bare"], "times", ""),
            _figure(f"{named}, nearest found", told["found"], "share", "at least 0.9"),
        ]
        sys.stdout.write(f"  near alone, median {told['near p50']:.2f} ms; {told['compared']:.0f} positions loaded\n")
    if len(sizes) > 1:
        results.append(_figure(f"the same at {sizes[-1]:,} against {sizes[0]:,}", p95[-1] / p95[0], "times", "under 5"))
    for one in results:
        sys.stdout.write(f"{one['name']:75} {one['value']:10.3f} {one['unit']:8} {one['goal']}\n")
    out = ROOT / "build" / "bench.json"
    out.parent.mkdir(exist_ok=True)
    mine = {one["name"] for one in results}
    before = json.loads(out.read_text("utf-8")) if out.exists() else []
    kept = [one for one in before if one["name"] not in mine]
    out.write_text(json.dumps([*kept, *results], indent=1) + "\n", "utf-8")
    return 0


def _figure(name: str, value: float, unit: str, goal: str) -> dict[str, Any]:
    return {"name": name, "value": round(value, 3), "unit": unit, "goal": goal, "spread": 0.0}


if __name__ == "__main__":
    sys.exit(main())
