"""A fictional story in the shape of the worked example: a claim about another's position, and a deferral."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from bot.calibration import Rules
from bot.ledger import Ledger
from bot.model import Alert, Conflict, Party, Position, Said, Source, Span, Speaker, Statement, StatementKind
from bot.slack.blocks import Desk
from bot.slack.newsroom import Asker, Newsroom
from config.schema import Config
from config.settings import Settings
from watchers.model import Article

NOW = datetime(2031, 2, 25, 13, 7, tzinfo=UTC)
CLAIM = (
    "President Mara Velden of Ardenia was asked on Monday about monitors at the strait. “Yes, he will accept that,” "
    "Velden said of Kessland’s president. “I put that very question to him. He is fine with it.” She then left."
)
REPLY = (
    "Kessland kept its distance. “Our position was set out by Foreign Minister Sternad. I have nothing to add,” "
    "spokeswoman Petra Halasz said on Tuesday. Just last week Sternad said alliance monitors under any flag would be "
    "“out of the question” for Kessland. The talks go on."
)
VELDEN = Party(name="Mara Velden", official="mara-velden", side="ARDENIA", role="President of Ardenia", rank="leader")
ORLIK = Party(name="Tomas Orlik", official="tomas-orlik", side="KESSLAND", role="President of Kessland", rank="leader")
KESSLAND = Party(name="Kessland", side="KESSLAND", person=False)
HALASZ = Party(name="Petra Halasz", official="petra-halasz", side="KESSLAND", role="Spokeswoman", rank="spokesman")
STERNAD = Party(name="Ivo Sternad", official="ivo-sternad", side="KESSLAND", role="Foreign Minister", rank="minister")


def article(text: str, name: str, outlet: str, published: datetime | None) -> Article:
    return Article(
        id=name,
        keys=(name,),
        url=f"https://{name}.example.org/story?a=1&b=2",
        outlet=outlet,
        title=f"Story {name}",
        text=text,
        published=published,
        retrieved=NOW,
    )


def source(of: Article) -> Source:
    return Source(
        article=of.id,
        outlet=of.outlet,
        url=of.url,
        title=of.title,
        published=of.published,
        retrieved=of.retrieved,
        text_hash=of.text_hash,
    )


def span(text: str, part: str) -> Span:
    start = text.index(part)
    return Span(start=start, end=start + len(part))


def statement(
    of: Article,
    kind: StatementKind,
    *,
    whole: tuple[str, str],
    verbatim: tuple[str, ...],
    speaker: Party,
    written: str,
    said: Said | None,
    **more: object,
) -> Statement:
    first, last = span(of.text, whole[0]), span(of.text, whole[1])
    stretch = Span(start=first.start, end=last.end)
    return Statement(
        source=source(of),
        kind=kind,
        span=stretch,
        quote=stretch.of(of.text),
        verbatim=tuple(span(of.text, part) for part in verbatim),
        cue="said",
        speaker=Speaker(party=speaker, as_written=written, span=span(of.text, written)),
        holder=speaker,
        said=said,
        content=stretch.of(of.text),
        **more,  # type: ignore[arg-type]
    )


def position(said: Statement, holder: Party, stance: str, **more: object) -> Position:
    return Position(
        statement=said,
        holder=holder,
        topic="strait-monitors",
        topic_name="monitors at the strait",
        proposition="accept",
        proposition_text="Kessland accepts monitors at the strait",
        stance=stance,  # type: ignore[arg-type]
        strength=0.9,
        **more,  # type: ignore[arg-type]
    )


@dataclass(frozen=True, kw_only=True)
class Story:
    articles: tuple[Article, ...]
    conflict: Conflict
    alert: Alert
    desk: Desk


def strait() -> Story:
    """Halasz vs Velden on monitors: denied_claim, deferred, with Sternad's refusal as the bridge."""
    claimed = article(CLAIM, "harbour", "The Harbour Times", datetime(2031, 2, 24, 18, tzinfo=UTC))
    replied = article(REPLY, "courier", "The Courier", None)
    monday, tuesday = date(2031, 2, 24), date(2031, 2, 25)
    deferral = "Our position was set out by Foreign Minister Sternad. I have nothing to add"
    earlier = statement(
        claimed,
        "direct",
        whole=("Yes, he will accept that", "He is fine with it."),
        verbatim=("Yes, he will accept that", "I put that very question to him. He is fine with it."),
        speaker=VELDEN,
        written="Velden",
        said=Said(first=monday, last=monday, how="'on Monday', article of 24 Feb 2031"),
        before="President Mara Velden of Ardenia was asked on Monday about monitors at the strait.",
        after="She then left.",
    )
    fresh = statement(
        replied,
        "direct",
        whole=(deferral, deferral),
        verbatim=(deferral,),
        speaker=HALASZ,
        written="Petra Halasz",
        said=Said(first=tuesday, last=tuesday, how="'on Tuesday'"),
        caveats=("the paper says “kept its distance”",),
        defers_to=STERNAD,
    )
    bridge = statement(
        replied,
        "mixed",
        whole=("alliance monitors under any flag", "out of the question”"),
        verbatim=("out of the question",),
        speaker=STERNAD,
        written="Sternad said",
        said=Said(first=date(2031, 2, 17), last=date(2031, 2, 23), how="'just last week'"),
    )
    conflict = Conflict(
        kind="denied_claim",
        fresh=position(fresh, KESSLAND, "against", defers_to=STERNAD, scope=(("actor", "alliance monitors"),)),
        earlier=position(earlier, ORLIK, "for", claimed_by=VELDEN, scope=(("actor", "monitors"),)),
        score=0.914,
        case="strait-monitors:kessland",
        title="Halasz vs Velden on monitors at the strait",
        lede=(
            "Velden said Orlik “is fine with” monitors. The next day Halasz pointed back to Sternad, who the week "
            "before had called them “out of the question”."
        ),
        why="Velden says that Orlik agreed; his spokeswoman stands by Sternad’s refusal of 17–23 Feb.",
        check_first=("“alliance monitors” against “monitors”.", "Halasz did not name Velden"),
        answer="deferred",
        bridge=position(bridge, KESSLAND, "against", scope=(("actor", "alliance monitors"),)),
    )
    alert = Alert(
        number=1042,
        conflict=conflict,
        joined=(),
        channel="C0FACTDESK",
        strength="high",
        created_at=NOW,
        state="pending",
        review="open",
        revision=1,
        dedupe_key="d" * 64,
        on_topic=9,
    )
    return Story(
        articles=(claimed, replied),
        conflict=conflict,
        alert=alert,
        desk=Desk(sides={"KESSLAND": "Kessland", "ARDENIA": "Ardenia"}),
    )


def put_on_record(ledger: Ledger, story: Story, channel: str = "C0FACTDESK", now: datetime = NOW) -> Alert:
    """Take the story down as the pipeline would, and raise its alert."""
    conflict = story.conflict
    with ledger.work() as work:
        for told in story.articles:
            work.article(told)
        for shown in (conflict.earlier, conflict.bridge, conflict.fresh):
            assert shown is not None
            work.statement(shown.statement)
            work.position(shown)
        work.conflicts([conflict])
        alert = work.alert(conflict, channel, "high", now)
        work.commit()
    assert alert is not None
    return alert


def newsroom_of(ledger: Ledger, desk: Desk) -> Newsroom:
    """What answers draw on: this ledger, and the default settings."""
    settings = Settings()
    return Newsroom(
        ledger=ledger,
        config=Config(settings=settings),
        desk=desk,
        rules=Rules.of(settings),
        troubles=lambda: (),
    )


ADA = Asker(user="U0ADA", role="editor", channel="C0FACTDESK")  # an editor in the desk's channel
