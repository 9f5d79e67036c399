"""An invented newsroom's archive: a conflict, a position that moved over two years, three sides, some verdicts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from strait_story import HALASZ, NOW, ORLIK, STERNAD, VELDEN, article, position, put_on_record, source, strait

from bot.ledger import Ledger
from bot.model import Alert, Conflict, Party, Position, Said, Span, Speaker, Statement
from config.schema import Channel, Config, Feed, Mandate, Official, Proposition, Side, Topic
from config.settings import Settings
from watchers.model import FeedState

MARSH = Party(name="Ilse Marsh", official="ilse-marsh", side="NORTHPORT", role="Mayor of Northport", rank="leader")
REMARKS = (  # who, when, stance, words
    (VELDEN, date(2029, 3, 5), "against", "There will be no monitors at the strait while I am in office"),
    (STERNAD, date(2029, 6, 18), "against", "Monitors at the strait are out of the question"),
    (ORLIK, date(2029, 9, 2), "open", "We have not decided on monitors at the strait"),
    (VELDEN, date(2029, 11, 21), "conditional", "Monitors at the strait are thinkable once the ceasefire holds"),
    (MARSH, date(2030, 2, 11), "for", "Northport would welcome monitors at the strait"),
    (ORLIK, date(2030, 5, 30), "against", "Kessland rejects monitors at the strait"),
    (VELDEN, date(2030, 9, 14), "for", "We support monitors at the strait"),
    (MARSH, date(2030, 12, 1), "for", "The sooner monitors come to the strait, the better for our port"),
)


def config() -> Config:
    """Sides, people and topics of the story."""
    return Config(
        feeds=(
            Feed(id="harbour", name="The Harbour Times", url="https://harbour.example.org/rss"),
            Feed(id="courier", name="The Courier", url="https://courier.example.org/rss"),
        ),
        sides=(
            Side(id="ARDENIA", name="Ardenia"),
            Side(id="KESSLAND", name="Kessland"),
            Side(id="NORTHPORT", name="City of Northport", kind="organisation", within=("ARDENIA",)),
        ),
        officials=tuple(
            Official(
                id=str(one.official),
                name=one.name,
                mandates=(Mandate(role=str(one.role), side=str(one.side), since=date(2028, 1, 1)),),
            )
            for one in (VELDEN, ORLIK, HALASZ, STERNAD, MARSH)
        ),
        topics=(
            Topic(
                id="strait-monitors",
                name="monitors at the strait",
                propositions=(Proposition(id="accept", text="Monitors come to the strait", words=(("monitors",),)),),
            ),
        ),
        channels=(Channel(id="C0FACTDESK", name="fact-desk"),),
        settings=Settings(),
    )


def remark(  # noqa: PLR0917
    party: Party, day: date, stance: str, words: str, number: int, outlet: str = "The Harbour Times"
) -> Position:
    """One remark with its article."""
    text = f"{party.name} spoke in the harbour hall. “{words},” {party.name.split()[-1]} said. The hall was full."
    told = article(text, f"story-{number}", outlet, datetime(day.year, day.month, day.day, 17, tzinfo=UTC))
    start = text.index(words)
    span = Span(start=start, end=start + len(words))
    written = text.index(party.name.split()[-1], span.end)
    said = Statement(
        source=source(told),
        kind="direct",
        span=span,
        quote=words,
        verbatim=(span,),
        cue="said",
        speaker=Speaker(party=party, as_written=party.name.split()[-1], span=Span(start=written, end=written + 4)),
        holder=party,
        said=Said(first=day, last=day, how=f"article of {day.day} {day:%b %Y}"),
        content=words,
        before=f"{party.name} spoke in the harbour hall.",
        after="The hall was full.",
    )
    return position(said, party, stance, scope=(("actor", "monitors"),))


def put(ledger: Ledger, *positions: Position, conflict: Conflict | None = None, now: datetime = NOW) -> Alert | None:
    """Take positions down as the pipeline would, each with an article of its own, and raise an alert on a conflict."""
    with ledger.work() as work:
        for one in positions:
            said = one.statement
            text = f"{said.before} “{said.quote},” {said.speaker.as_written} said. {said.after}"
            work.article(article(text, said.source.article, said.source.outlet, said.source.published))
            work.statement(said)
            work.position(one)
        raised = None
        if conflict:
            work.conflicts([conflict])
            raised = work.alert(conflict, "C0FACTDESK", "high", now)
        work.commit()
    return raised


def filled(ledger: Ledger) -> tuple[Alert, Alert]:
    """Everything on record: the strait's alert, and a change of position that the desk has confirmed."""
    remarks = [remark(*told, number) for number, told in enumerate(REMARKS)]
    put(ledger, *remarks[:-2], remarks[-1])
    turned = Conflict(
        kind="reversal",
        fresh=remarks[6],
        earlier=remarks[0],
        score=0.87,
        case="strait-monitors:mara-velden",
        title="Velden, earlier and now, on monitors at the strait",
        lede="On 5 Mar 2029 Velden said: “There will be no monitors at the strait”. Eighteen months later: “We support "
        "monitors at the strait”.",
        why="The earlier words are read as against monitors (“no monitors”), the new ones as in favour (“support”).",
        check_first=("one outlet only: The Harbour Times",),
    )
    first = put(ledger, remarks[6], conflict=turned, now=NOW - timedelta(days=3))
    assert first is not None
    ledger.assign(first.number, "U0ADA", "U0ADA", NOW - timedelta(days=3, minutes=-20))
    ledger.decide(first.number, "confirm", "U0ADA", "", NOW - timedelta(days=2))
    ledger.note(first.number, "Called her office: they stand by both.", "U0TOMAS", NOW - timedelta(days=2, hours=-1))
    second = put_on_record(ledger, strait())
    for feed, reason in (("harbour", ""), ("courier", "answers 503")):
        state = FeedState(feed=feed, polled_at=NOW, good_at=NOW - timedelta(minutes=4), seeded=True)
        ledger.save_feed_state(replace(state, reason=reason, failures=3 if reason else 0))
    return first, second


PAGES = (  # every kind of page once, by name
    ("front", "/"),
    ("conflicts", "/conflicts"),
    ("alert", "/a/OR-1002"),
    ("reversal", "/a/OR-1001"),
    ("people", "/people"),
    ("person", "/p/mara-velden"),
    ("timeline", "/p/mara-velden/on/strait-monitors"),
    ("topics", "/topics"),
    ("topic", "/t/strait-monitors"),
    ("sides", "/sides"),
    ("side", "/side/KESSLAND"),
    ("sources", "/sources"),
    ("source", "/source/The%20Harbour%20Times"),
    ("search", "/search?q=monitors"),
    ("stats", "/stats"),
    ("balance", "/balance"),
    ("audit", "/audit"),
    ("replay", "/replay?threshold=0.7"),
)
