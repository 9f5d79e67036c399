"""One flight of the canary: what is planted, the way it takes, and where it got stuck."""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
import tomllib
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime
from html import escape
from importlib import resources
from pathlib import Path
from time import monotonic
from typing import Any

from bot.judges import guarding
from bot.judges.chosen import Chosen
from bot.ledger import Ledger
from bot.pipeline import Pipeline
from config.schema import Channel, Config, Feed
from config.settings import Alerting, Feedback, Fetching, Settings
from watchers.answer import Response
from watchers.child import ParserChild
from watchers.errors import WatchError
from watchers.fetch import Downloader
from watchers.model import Handed
from watchers.watcher import Watcher

CHANNEL = "C0CANARY"  # of no workspace: nothing is ever posted to it
SECONDS = 120.0  # for one flight; a slow judge may need some of it
_FEED = Feed(id="canary", name="The Planted Gazette", url="https://canary.invalid/feed")
_FILLER = (
    "The royal aviary of Finchmark is the oldest of its kind. It has stood beside the lake for more than a century, "
    "and its keepers count the birds every morning before the gates are opened. Families come from the villages around "
    "the lake, school classes from further away, and in spring the queues reach as far as the old bridge. The roof was "
    "mended last year, and the great hall is to be painted when the weather allows it. "
)
_PLANTED = (
    (
        "Wren rules out a toll",
        "“A toll on visitors of the aviary is out of the question,” {who} told reporters {when}.",
    ),
    (
        "Visitors are to pay",
        "“We support a toll on visitors of the aviary,” {who} told reporters {when}. “The birds have waited long "
        "enough,” she added.",  # which no rule can tell for or against anything: a reader is asked
    ),
)
_WHO = "Finchmarkian Prime Minister Orla Wren"


@dataclass(frozen=True, slots=True, kw_only=True)
class Flown:
    """What came of it: how long it took, and where it got stuck, in words; empty where it came through."""

    seconds: float
    fault: str


async def fly(
    *,
    settings: Settings,
    chosen: Chosen,
    parser: ParserChild,
    rehearse: Callable[[Ledger], Awaitable[str]],
    now: datetime,
) -> Flown:
    """Send two articles that contradict each other through the walk of the running service, as if a feed had them.

    The feed is parsed in the service's own child, read and judged with its networks, put on record and into the outbox
    of a ledger that is thrown away, and its card is taken by `rehearse` as far as the point of being posted. Nothing
    of it is in the record. What it does not prove: that feeds can be downloaded, and that a channel takes a message.
    """
    begun, before = monotonic(), guarding.failures()
    try:
        async with asyncio.timeout(SECONDS):
            fault = await _flight(settings, chosen, parser, rehearse, now)
    except TimeoutError:
        fault = f"it was not through after {SECONDS:.0f} s"
    except WatchError as error:
        fault = f"the planted feed was not read: {error.reason}"
    except Exception as error:  # noqa: BLE001  a scheduled job: whatever stopped it is what it is to tell
        fault = f"{type(error).__name__}: {error}"[:300]
    if not fault and guarding.failures() > before:  # the rules alone find this pair
        fault = (
            "a judge, a network or the language model failed meanwhile, and it came through without; the log says why"
        )
    return Flown(seconds=monotonic() - begun, fault=fault)


async def _flight(
    settings: Settings,
    chosen: Chosen,
    parser: ParserChild,
    rehearse: Callable[[Ledger], Awaitable[str]],
    now: datetime,
) -> str:
    config = _config(settings)
    pipeline = Pipeline(config, chosen.judge, chosen.reader, chosen.encoder)
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="onrecord-canary-"))
        ledger = await asyncio.to_thread(Ledger.open, str(Path(folder) / "canary.db"), durable=False)
        stack.callback(ledger.close)

        async def receive(handed: Sequence[Handed], *, quiet: bool, again: bool = False) -> None:
            del again
            for one in handed:
                await asyncio.to_thread(pipeline.record, one.article, ledger, now=now, quiet=quiet)

        watcher = Watcher(
            feed=_FEED,
            settings=config.settings,
            record=ledger,
            receive=receive,
            downloader=_Nest(_feed(now)),
            parser=parser,
        )
        state = await watcher.poll(now)
        if state.reason:
            return f"the planted feed was not read: {state.reason}"
        alert = await asyncio.to_thread(ledger.alert, 1001)
        if alert is None:
            return "two planted articles that contradict each other raised no alert"
        return await rehearse(ledger)


class _Nest(Downloader):
    """Has the planted feed at hand, and opens no socket."""

    def __init__(self, body: bytes) -> None:
        super().__init__(Fetching())
        self._body = body

    @contextlib.asynccontextmanager
    async def get(self, url: str, **_asked: Any) -> AsyncIterator[Response]:  # noqa: ANN401  as asked of any downloader
        """The planted feed, whatever is asked for."""
        yield Response(status=200, url=url, body=self._body, headers={"content-type": "application/rss+xml"})


def _config(settings: Settings) -> Config:
    """The made country under the running settings; what a desk set for its alerts does not silence it."""
    world = Config.model_validate(
        tomllib.loads(resources.files("bot.canary").joinpath("planted.toml").read_text("utf-8"))
    )
    polling = settings.polling.model_copy(update={"first_poll": "alert", "newest_entries": len(_PLANTED)})
    changes = {"polling": polling, "alerts": Alerting(), "feedback": Feedback()}
    return world.model_copy(
        update={
            "channels": (Channel(id=CHANNEL, digest=""),),
            "settings": settings.model_copy(update=changes),
        }
    )


def _feed(now: datetime) -> bytes:
    items = []
    for days, (title, says) in zip((2, 1), _PLANTED, strict=True):
        day = now - timedelta(days=days)
        said = says.format(who=_WHO, when=f"on {day:%A}")
        items.append(
            f"<item><guid isPermaLink='false'>canary-{day:%Y%m%d}</guid><title>{title}</title>"
            f"<link>https://canary.invalid/{day:%Y%m%d}</link><pubDate>{format_datetime(day)}</pubDate>"
            f"<content:encoded>{escape(f'<p>{said}</p><p>{_FILLER}</p><p>{_FILLER}</p>')}</content:encoded></item>"
        )
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"<channel><title>{_FEED.name}</title><link>https://canary.invalid/</link><description>Planted</description>"
        f"{''.join(items)}</channel></rss>"
    ).encode()
