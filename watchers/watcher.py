"""One poll of one feed: what is new is read, made into articles and handed over, oldest first."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from config.failpoint import reached
from config.schema import Feed, Settings
from watchers import language, revisit, state
from watchers.answer import Response
from watchers.child import ParserChild
from watchers.errors import NotOnRecord, Refused, TooSlow, Unexpected, Unreachable, WatchError
from watchers.fetch import PAGES, Downloader
from watchers.model import LEFT_OUT, Article, Entry, FeedRecord, FeedState, Look, Receiver
from watchers.parsed import PageText, ParsedEntry

ATTEMPTS = 3  # at one entry, in as many polls
KEYS_AT_ONCE = 300  # below the number of parameters that any database takes

_NO_DATE = datetime.max.replace(tzinfo=UTC)

log = logging.getLogger(__name__)


class Watcher:
    """Polls one feed and hands its new articles to `receive`.

    The state is saved only after everything was handed over, so that a poll cut short is simply done again.
    """

    def __init__(
        self,
        *,
        feed: Feed,
        settings: Settings,
        record: FeedRecord,
        receive: Receiver,
        downloader: Downloader,
        parser: ParserChild,
        skip_past: bool = False,
    ) -> None:
        self.feed = feed
        self._skip_past = skip_past  # the entries of the first poll are known from then on, and are not read
        self._settings = settings
        self._record = record
        self._receive = receive
        self._downloader = downloader
        self._parser = parser
        self._one_at_a_time = asyncio.Lock()
        self._quiet_later: set[str] = set()  # first keys of entries of the silent poll that are to be tried again

    @property
    def interval(self) -> timedelta:
        """The time between two polls."""
        return timedelta(minutes=self.feed.every_minutes or self._settings.polling.every_minutes)

    async def state(self) -> FeedState:
        """What is remembered of the feed at its present address."""
        stored = await asyncio.to_thread(self._record.feed_state, self.feed.id)
        return state.of_address(stored, self.feed.url)

    async def run(self, now: datetime) -> FeedState | None:
        """The scheduled job: poll if the feed is due. Faults become state, unless the record itself fails."""
        try:
            before = await self.state()
            if not state.due(before, now):
                return before
            return await self.poll(now)
        except NotOnRecord as error:
            log.warning("feed %s: %s", self.feed.id, error.reason)
        except Exception as error:  # the boundary of the scheduled job
            log.exception("feed %s: the poll failed", self.feed.id)
            return await self._note_fault(error, now)
        return None

    async def poll(self, now: datetime) -> FeedState:
        """Poll now, due or not, and return the new state. A failing feed is a state, not an exception."""
        async with self._one_at_a_time:
            before = await self.state()
            try:
                response = await self._downloader.get(
                    self.feed.url,
                    etag=before.etag,
                    last_modified=before.last_modified,
                    allow=self.feed.allow,
                    credentials=True,
                )
                reached("downloaded")
                after = await self._take_in(response, before, now)
            except NotOnRecord:
                raise
            except WatchError as error:
                log.warning("feed %s: %s", self.feed.id, error)
                after = state.failed(before, self.feed.url, error, now, self.interval)
            await asyncio.to_thread(self._record.save_feed_state, after)
            return after

    async def _take_in(self, response: Response, before: FeedState, now: datetime) -> FeedState:
        if response.status == 304:
            if before.etag is None and before.last_modified is None:
                raise Refused(response.url, "it says “not modified” although nothing was asked", status=304)
            return state.unchanged(before, response, now)
        if before.body_hash == state.digest(self.feed.url, response.body):
            return state.unchanged(before, response, now)
        newest = self._settings.polling.newest_entries
        parsed = await self._parser.feed(response, feed=self.feed.id, newest=newest, now=now)
        if parsed.left_out:
            log.info("feed %s: %d older entries left out", self.feed.id, parsed.left_out)
        looks = await self._looks(parsed.entries)
        fresh = await self._unknown(parsed.entries)
        if self._skip_past and not before.seeded:
            for left in fresh:
                await asyncio.to_thread(self._record.give_up_entry, left.entry, LEFT_OUT, now)
            fresh = []
        quiet = not before.seeded and self._settings.polling.first_poll == "silent"
        complete = await self._hand_over(fresh, now, quiet=quiet)
        complete &= await self._revisit(looks, now, quiet=quiet)
        return state.read(before, self.feed.url, response, now, complete=complete)

    async def _unknown(self, entries: Sequence[ParsedEntry]) -> list[ParsedEntry]:
        """The entries of which no key is known, oldest first."""
        keys = [key for parsed in entries for key in parsed.entry.keys]
        known: set[str] = set()
        for start in range(0, len(keys), KEYS_AT_ONCE):
            some = tuple(keys[start : start + KEYS_AT_ONCE])
            known |= await asyncio.to_thread(self._record.known_keys, some)
        fresh = [parsed for parsed in entries if known.isdisjoint(parsed.entry.keys)]
        dates = [parsed.entry.published for parsed in fresh if parsed.entry.published]
        undated = max(dates, default=None)  # documents run from new to old; an entry without a date counts as new
        fresh.reverse()
        fresh.sort(key=lambda parsed: parsed.entry.published or undated or _NO_DATE)
        return fresh

    async def _looks(self, entries: Sequence[ParsedEntry]) -> list[tuple[ParsedEntry, Look | None]]:
        """The entries of articles on record, each with the last look at it."""
        keys = [key for parsed in entries for key in parsed.entry.keys]
        found: dict[str, Look | None] = {}
        for start in range(0, len(keys), KEYS_AT_ONCE):
            some = tuple(keys[start : start + KEYS_AT_ONCE])
            found |= await asyncio.to_thread(self._record.looks, self.feed.id, some)
        known = [(parsed, [key for key in parsed.entry.keys if key in found]) for parsed in entries]
        return [(parsed, found[keys[0]]) for parsed, keys in known if keys]

    async def _revisit(self, known: Sequence[tuple[ParsedEntry, Look | None]], now: datetime, *, quiet: bool) -> bool:
        """Read again what the feed has changed since; False if something of it is left for a later poll."""
        complete = True
        down: dict[str, WatchError] = {}
        for parsed, look in known:
            match revisit.step(parsed.entry, look, self._settings.polling, now):
                case "note":
                    await asyncio.to_thread(self._record.save_look, parsed.entry, revisit.first(parsed.entry, now))
                case "wait":
                    complete = False
                case "read" if look is not None:
                    complete &= await self._read_again(parsed, look, down, now, quiet=quiet)
                case _:
                    pass
        return complete

    async def _read_again(
        self, parsed: ParsedEntry, look: Look, down: dict[str, WatchError], now: datetime, *, quiet: bool
    ) -> bool:
        """Hand over what an entry's article has become; False if its page may be had later."""
        done = True
        try:
            article, trouble = await self._article(parsed, down, now)
            reached("extracted")
            if trouble is not None:
                log.info("feed %s: %r is not read again: %s", self.feed.id, parsed.entry.title, trouble.reason)
            elif article.text:
                await self._receive(article, quiet=quiet, again=True)
            done = trouble is None or trouble.lasting
        except NotOnRecord:
            raise
        except Exception:  # the boundary of the scheduled job, for one article: it never stops others
            log.exception("feed %s: entry %r could not be read again", self.feed.id, parsed.entry.title)
        seen = revisit.again(look, parsed.entry.mark if done else look.mark, now)
        await asyncio.to_thread(self._record.save_look, parsed.entry, seen)
        if seen.times == self._settings.polling.reread_most:
            log.info("feed %s: %r was read for the last time", self.feed.id, parsed.entry.title)
        return done

    async def _hand_over(self, fresh: Sequence[ParsedEntry], now: datetime, *, quiet: bool) -> bool:
        """Read and hand over each entry; False if one is to be tried again at the next poll."""
        complete = True
        down: dict[str, WatchError] = {}  # hosts of pages that failed in this poll
        for parsed in fresh:
            first = parsed.entry.keys[0]
            softly = quiet or first in self._quiet_later
            try:
                done = await self._take(parsed, down, now, quiet=softly)
            except NotOnRecord:
                raise
            except Exception as error:  # the boundary of the scheduled job, for one article: it never stops others
                log.exception("feed %s: entry %r failed", self.feed.id, parsed.entry.title)
                done = await self._count(parsed.entry, _unexpected(self.feed.id, error), now)
            if done:
                self._quiet_later.discard(first)
                continue
            complete = False
            if softly:
                self._quiet_later.add(first)
        return complete

    async def _take(self, parsed: ParsedEntry, down: dict[str, WatchError], now: datetime, *, quiet: bool) -> bool:
        """Hand over one entry, with its page's text if it needs one; False if it is to be tried again."""
        article, trouble = await self._article(parsed, down, now)
        if trouble is not None and not trouble.lasting:
            attempts = await asyncio.to_thread(self._record.entry_failed, parsed.entry, trouble.reason, now)
            if attempts < ATTEMPTS:
                return False
        reached("extracted")
        if article.text:
            await self._receive(article, quiet=quiet)
            await asyncio.to_thread(self._record.save_look, parsed.entry, revisit.first(parsed.entry, now))
        else:
            reason = trouble.reason if trouble else "It holds no text."
            await asyncio.to_thread(self._record.give_up_entry, parsed.entry, reason, now)
        return True

    async def _count(self, entry: Entry, error: WatchError, now: datetime) -> bool:
        """Count a failed attempt; True when it was the last and the entry is parked."""
        attempts = await asyncio.to_thread(self._record.entry_failed, entry, error.reason, now)
        if attempts < ATTEMPTS:
            return False
        await asyncio.to_thread(self._record.give_up_entry, entry, error.reason, now)
        return True

    async def _article(
        self, parsed: ParsedEntry, down: dict[str, WatchError], now: datetime
    ) -> tuple[Article, WatchError | None]:
        """The best article to be had of an entry now, and what kept its page away."""
        entry = parsed.entry
        article = Article(
            id=entry.keys[0],
            keys=entry.keys,
            url=entry.url,
            outlet=self.feed.name,
            title=entry.title,
            text=entry.summary,
            published=entry.published,
            retrieved=now,
            feed=entry.feed,
            garbled=parsed.garbled,
            notes=parsed.notes,
            language=language.of(entry.title, entry.summary),
        )
        if entry.full:
            return article, None
        if entry.url is None:
            return _partial(article, "the feed gives no link to the article"), None
        try:
            page = await self._page(entry.url, entry.summary, down)
        except NotOnRecord:
            raise
        except WatchError as error:
            return _partial(article, f"the page could not be read: {error.reason}"), error
        if len(page.text) < len(entry.summary):
            return _partial(article, "the page holds less than the feed"), None
        title = page.title if parsed.garbled and page.title else entry.title
        notes = parsed.notes + page.notes
        spoken = language.of(title, page.text)
        return replace(article, title=title, text=page.text, garbled=page.garbled, notes=notes, language=spoken), None

    async def _page(self, url: str, summary: str, down: dict[str, WatchError]) -> PageText:
        host = urlsplit(url).netloc.lower()
        if host in down:
            raise down[host]
        try:
            response = await self._downloader.get(url, allow=self.feed.allow, accept=PAGES)
        except WatchError as error:
            if isinstance(error, Unreachable | TooSlow) or (
                isinstance(error, Refused) and (error.status == 429 or error.retry_after is not None)
            ):
                down[host] = error  # its other pages wait for the next poll
            raise
        reached("downloaded")
        return await self._parser.page(response, summary=summary)

    async def _note_fault(self, error: Exception, now: datetime) -> FeedState:
        before = await self.state()
        after = state.failed(before, self.feed.url, _unexpected(self.feed.id, error), now, self.interval)
        await asyncio.to_thread(self._record.save_feed_state, after)
        return after


def _partial(article: Article, note: str) -> Article:
    return replace(article, partial=True, notes=(*article.notes, note))


def _unexpected(subject: str, error: Exception) -> WatchError:
    if isinstance(error, WatchError):
        return error
    return Unexpected(subject, f"{type(error).__name__}: {error}"[:300])
