"""Invented articles, remarks, positions and conflicts for the tests of the ledger."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from bot.ledger import Action, Ledger
from bot.model import Conflict, Party, Position, Said, Source, Span, Speaker, Statement
from config.values import ConflictKind
from watchers.model import Article

NOW = datetime(2025, 3, 4, 9, 30, tzinfo=UTC)
DAY = timedelta(days=1)
_marks = count(1)
MARA = Party(name="Mara Velden", official="velden", side="ostrava", role="Foreign Minister of Ostrava", rank="minister")
TILO = Party(name="Tilo Brandt", official="brandt", side="ostrava", role="spokesman", rank="spokesman")
IDA = Party(name="Ida Korr", official="korr", side="lumen", role="President of Lumen", rank="leader")
STRANGER = Party(name="Pavel Unbekannt", role="harbour master")
OSTRAVA = Party(name="Ostrava", side="ostrava", person=False)


def article(text: str, name: str = "a1", **changes: Any) -> Article:
    """An article of the Harbour Post."""
    values: dict[str, Any] = {
        "id": name,
        "keys": (f"guid:{name}", f"https://post.example/{name}"),
        "url": f"https://post.example/{name}",
        "outlet": "Harbour Post",
        "title": f"Title of {name}",
        "text": text,
        "published": NOW,
        "retrieved": NOW + timedelta(minutes=5),
        "feed": "post",
    }
    return Article(**(values | changes))


def source(of: Article) -> Source:
    """The source that the ledger makes of an article."""
    return Source(
        article=of.id,
        outlet=of.outlet,
        url=of.url,
        title=of.title,
        published=of.published,
        retrieved=of.retrieved,
        text_hash=of.text_hash,
    )


def statement(of: Article, quote: str, party: Party | None = MARA, **changes: Any) -> Statement:
    """A direct statement at the first place where `quote` stands in the article."""
    start = of.text.index(quote)
    span = Span(start=start, end=start + len(quote))
    values: dict[str, Any] = {
        "source": source(of),
        "kind": "direct",
        "span": span,
        "quote": quote,
        "verbatim": (span,),
        "cue": "said",
        "speaker": party and Speaker(party=party, as_written=party.name, span=Span(start=0, end=3)),
        "holder": party,
        "said": Said(first=date(2025, 3, 3), last=date(2025, 3, 3), how="'on Monday', article of 4 Mar 2025"),
        "content": quote,
    }
    return Statement(**(values | changes))


def position(of: Statement, stance: str = "for", **changes: Any) -> Position:
    """A position on the bridge over the strait."""
    values: dict[str, Any] = {
        "statement": of,
        "holder": of.holder or STRANGER,
        "topic": "bridge",
        "topic_name": "the strait bridge",
        "proposition": "build",
        "proposition_text": "The bridge over the strait is to be built",
        "stance": stance,
        "strength": 0.9,
    }
    return Position(**(values | changes))


def conflict(fresh: Position, earlier: Position, **changes: Any) -> Conflict:
    """A reversal on the bridge."""
    values: dict[str, Any] = {
        "kind": "reversal",
        "fresh": fresh,
        "earlier": earlier,
        "score": 0.83,
        "case": "bridge/velden",
        "title": "Velden, earlier and now, on the strait bridge",
        "lede": "Velden wanted the bridge; now she does not.",
        "why": "The statements differ.",
        "check_first": ("one outlet only",),
    }
    return Conflict(**(values | changes))


YES = "We will build the bridge over the strait before the next election, come what may."
NO = "There is no money for that bridge and we have decided to stop the work for good."
LATER = "I have nothing to take back: the work on the bridge has ended for all time."


def told(
    quote: str, name: str, party: Party | None = MARA, *, stance: str = "for", **changes: Any
) -> tuple[Article, Position]:
    """An article with one remark, and the position in it."""
    who = party.name if party else "Somebody"
    of = article(f"{who} spoke at noon. “{quote}” The harbour was calm, {name} reports.", name)
    return of, position(statement(of, quote, party, **changes), stance)


def record(ledger: Ledger, *stories: tuple[Article, Position]) -> None:
    """Put the stories on record."""
    with ledger.work() as work:
        for of, held in stories:
            work.article(of)
            work.statement(held.statement)
            work.position(held)
        work.commit()


def on_day(day: int) -> dict[str, Any]:
    """Changes that date a statement to a day of March 2025."""
    return {"said": Said(first=date(2025, 3, day), last=date(2025, 3, day), how="given")}


def raised(ledger: Ledger, channel: str = "desk", *, mark: str = "") -> int:
    """Put a reversal on record and raise its alert; its number."""
    earlier = told(YES + mark, f"yes{mark}", **on_day(1))
    fresh = told(NO + mark, f"no{mark}", stance="against", **on_day(3))
    record(ledger, earlier, fresh)
    with ledger.work() as work:
        alert = work.alert(conflict(fresh[1], earlier[1]), channel, "high", NOW)
        work.commit()
    assert alert is not None
    return alert.number


def ruled(
    ledger: Ledger,
    score: float,
    *decisions: tuple[Action, str],
    times: int = 1,
    kind: ConflictKind = "reversal",
    channels: tuple[str, ...] = ("desk",),
    at: datetime = NOW,
) -> list[int]:
    """So many conflicts of this score, alerted in these channels and each decided so; the numbers of the alerts."""
    numbers = []
    for _ in range(times):
        mark = f" {next(_marks)}"
        earlier, fresh = told(YES + mark, f"yes{mark}", **on_day(1)), told(NO + mark, f"no{mark}", **on_day(3))
        record(ledger, earlier, fresh)
        pair = conflict(fresh[1], earlier[1], score=score, kind=kind, case=f"bridge{mark}")
        with ledger.work() as work:
            alerts = [work.alert(pair, channel, "medium", NOW) for channel in channels]
            work.commit()
        for alert in alerts:
            assert alert is not None
            numbers.append(alert.number)
            for action, note in decisions:
                assert ledger.decide(alert.number, action, "U1", note, at).changed
    return numbers


def join(ledger: Ledger, number: int, name: str = "more") -> None:
    """Let one more remark join an alert."""
    story = told(f"{LATER} {name}", name, stance="against")
    record(ledger, story)
    with ledger.work() as work:
        work.join(number, story[1], now=NOW)
        work.commit()
