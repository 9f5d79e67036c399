"""One poll of one feed: what is new is read, made into articles and handed over, oldest first."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from config import load
from config.failpoint import reached
from config.schema import Feed, Settings
from watchers import pace, revisit, state
from watchers.answer import Response
from watchers.child import ParserChild
from watchers.errors import NoLogin, NotOnRecord, Refused, Unexpected, WatchError
from watchers.fetch import Downloader
from watchers.model import LEFT_OUT, FeedRecord, FeedState, Look, Receiver
from watchers.parsed import ParsedEntry
from watchers.reading import Reading
from watchers.seen import without

ATTEMPTS = 3  # at one entry, in as many polls
# Attempts that nobody heard the end of. With 5, a campaign of kills set an innocent article aside: on a machine that
# was too busy, it was in hand five times when the program was killed for other reasons.
UNENDED = 10
KEYS_AT_ONCE = 300  # below the number of parameters that any database takes

NEVER_ENDED = (
    "Reading it was begun {} times and never ended: it may bring the program down. It is tried again after an upgrade; "
    "please report the article."
)
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

    @property
    def interval(self) -> timedelta:
        """The time between two polls, unless the state of the feed names another."""
        return pace.usual(self.feed, self._settings.polling)

    async def state(self) -> FeedState:
        """What is remembered of the feed at its present address."""
        stored = await asyncio.to_thread(self._record.feed_state, self.feed.id)
        return state.of_address(stored, self.feed.url)

    async def run(self, now: datetime) -> FeedState | None:
        """The scheduled job: poll if the feed is due. Faults become state, unless the record itself fails."""
        try:
            async with self._one_at_a_time:
                before = await self.state()
                return await self._polled(before, now) if state.due(before, now) else before
        except NotOnRecord as error:
            log.warning("feed %s: %s", self.feed.id, error.reason)
        except Exception as error:  # the boundary of the scheduled job
            log.exception("feed %s: the poll failed", self.feed.id)
            return await self._note_fault(error, now)
        return None

    async def poll(self, now: datetime) -> FeedState:
        """Poll now, due or not, and return the new state. A failing feed is a state, not an exception."""
        async with self._one_at_a_time:
            return await self._polled(await self.state(), now)

    async def _polled(self, before: FeedState, now: datetime) -> FeedState:
        seen: str | None = None
        try:
            response = await self._downloader.get(
                self.feed.url,
                etag=before.etag,
                last_modified=before.last_modified,
                allow=self.feed.allow,
                login=_login(self.feed),
                doubtful=before.failures > 0,
            )
            reached("downloaded")
            after, seen = await self._take_in(response, before, now)
        except NotOnRecord:
            raise
        except WatchError as error:
            log.warning("feed %s: %s", self.feed.id, error)
            after = state.failed(before, self.feed.url, error, now, self.interval)
        await asyncio.to_thread(self._record.save_feed_state, after, seen)
        return after

    async def _take_in(self, response: Response, before: FeedState, now: datetime) -> tuple[FeedState, str | None]:
        """The state after a good answer, and what is to be remembered of the document if there was a new one."""
        if response.status == 304 and before.etag is None and before.last_modified is None:
            raise Refused(response.url, "it says “not modified” although nothing was asked", status=304)
        if response.status == 304 or before.body_hash == state.digest(self.feed.url, response.body):
            return self._paced(before, state.unchanged(before, response, now), news=False), None
        remembered = await asyncio.to_thread(self._record.feed_seen, self.feed.id) if before.seeded else ""
        parsed = await self._parser.feed(
            response,
            feed=self.feed.id,
            newest=self._settings.polling.newest_entries,
            now=now,
            remembered=remembered,
            doubtful=before.failures > 0,
        )
        if parsed.left_out:
            log.info("feed %s: %d older entries left out", self.feed.id, parsed.left_out)
        if parsed.dropped:
            log.info("feed %s: %d entries repeat others or hold nothing to know them by", self.feed.id, parsed.dropped)
        if parsed.lost:
            log.warning("feed %s: %d entries cannot be read, the others are", self.feed.id, parsed.lost)
        looks = await self._looks(parsed.entries)
        fresh = await self._unknown(parsed.entries)
        if missed := sum(bool(left.piece) and left.piece in remembered for left in fresh):
            log.error("feed %s: %d entries had been passed over unread; they are read now", self.feed.id, missed)
        if self._skip_past and not before.seeded:
            for left in fresh:
                await asyncio.to_thread(self._record.give_up_entry, left.entry, LEFT_OUT, now)
            fresh = []
        quiet = not before.seeded and self._settings.polling.first_poll == "silent"
        later = await self._hand_over(fresh, now, quiet=quiet) + await self._revisit(looks, now, quiet=quiet)
        complete = not (later or parsed.hasty)  # else what is lost stays lost until the document or the program changes
        after = state.read(before, self.feed.url, response, now, complete=complete, lost=parsed.lost)
        after = self._paced(before, after, news=bool(fresh or later))
        return after, without(parsed.seen, {waiting.piece for waiting in later})

    def _paced(self, before: FeedState, after: FeedState, *, news: bool) -> FeedState:
        return pace.paced(before, after, self.interval, self._settings.polling, news=news)

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

    async def _revisit(
        self, known: Sequence[tuple[ParsedEntry, Look | None]], now: datetime, *, quiet: bool
    ) -> list[ParsedEntry]:
        """Read again what the feed has changed since; returns the entries that are left for a later poll."""
        later = []
        reading = self._reading(now)
        for parsed, look in known:
            match revisit.step(parsed.entry, look, self._settings.polling, now):
                case "note":
                    await asyncio.to_thread(self._record.save_look, parsed.entry, revisit.first(parsed.entry, now))
                case "wait":
                    later.append(parsed)
                case "read" if look is not None:
                    if not await self._read_again(parsed, look, reading, now, quiet=quiet):
                        later.append(parsed)
                case _:
                    pass
        return later

    async def _read_again(
        self, parsed: ParsedEntry, look: Look, reading: Reading, now: datetime, *, quiet: bool
    ) -> bool:
        """Hand over what an entry's article has become; False if its page may be had later."""
        done = True
        # Counted before the work: what ends the program is not begun anew for ever.
        await asyncio.to_thread(self._record.save_look, parsed.entry, revisit.again(look, look.mark, now))
        try:
            article, trouble = await reading.article(parsed)
            reached("extracted")
            if trouble is not None:
                log.info("feed %s: %r is not read again: %s", self.feed.id, parsed.entry.title, trouble.reason)
            elif article.text:
                await self._receive(article, quiet=quiet, again=True)
            done = trouble is None or trouble.lasting
        except (NotOnRecord, asyncio.CancelledError):
            await asyncio.to_thread(self._record.save_look, parsed.entry, look)
            raise
        except Exception:  # the boundary of the scheduled job, for one article: it never stops others
            log.exception("feed %s: entry %r could not be read again", self.feed.id, parsed.entry.title)
        seen = revisit.again(look, parsed.entry.mark if done else look.mark, now)
        await asyncio.to_thread(self._record.save_look, parsed.entry, seen)
        if seen.times == self._settings.polling.reread_most:
            log.info("feed %s: %r was read for the last time", self.feed.id, parsed.entry.title)
        return done

    async def _hand_over(self, fresh: Sequence[ParsedEntry], now: datetime, *, quiet: bool) -> list[ParsedEntry]:
        """Read and hand over each entry; returns those that are to be tried again at the next poll."""
        reading = self._reading(now)
        return [parsed for parsed in fresh if not await self._attempt(parsed, reading, now, quiet=quiet)]

    async def _attempt(self, parsed: ParsedEntry, reading: Reading, now: datetime, *, quiet: bool) -> bool:
        """Take one entry; False if it is to be tried again. Counted before the work, as that may end the program."""
        entry = parsed.entry
        attempts, softly = await asyncio.to_thread(self._record.entry_begun, entry, now, quiet=quiet)
        if attempts > UNENDED:
            await asyncio.to_thread(self._record.give_up_entry, entry, NEVER_ENDED.format(attempts - 1), now)
            return True
        try:
            trouble = await self._take(parsed, reading, now, last=attempts >= ATTEMPTS, quiet=quiet or softly)
        except (NotOnRecord, asyncio.CancelledError):  # no fault of the entry
            await asyncio.to_thread(self._record.entry_waits, entry)
            raise
        except Exception as error:  # the boundary of the scheduled job, for one article: it never stops others
            log.exception("feed %s: entry %r failed", self.feed.id, entry.title)
            trouble = _unexpected(self.feed.id, error)
            if attempts >= ATTEMPTS:
                await asyncio.to_thread(self._record.give_up_entry, entry, trouble.reason, now)
                return True
        if trouble is not None:
            await asyncio.to_thread(self._record.entry_failed, entry, trouble.reason, now)
        return trouble is None

    async def _take(
        self, parsed: ParsedEntry, reading: Reading, now: datetime, *, last: bool, quiet: bool
    ) -> WatchError | None:
        """Hand over one entry, with its page's text if it needs one; why not, if that may pass and it is not the last.

        At the last attempt, what the feed itself holds will do.
        """
        article, trouble = await reading.article(parsed)
        if trouble is not None and not trouble.lasting and not last:
            return trouble
        reached("extracted")
        if article.text:
            await self._receive(article, quiet=quiet)
            await asyncio.to_thread(self._record.save_look, parsed.entry, revisit.first(parsed.entry, now))
        else:
            reason = trouble.reason if trouble else "It holds no text."
            await asyncio.to_thread(self._record.give_up_entry, parsed.entry, reason, now)
        return None

    def _reading(self, now: datetime) -> Reading:
        return Reading(self.feed, self._downloader, self._parser, now)

    async def _note_fault(self, error: Exception, now: datetime) -> FeedState:
        before = await self.state()
        after = state.failed(before, self.feed.url, _unexpected(self.feed.id, error), now, self.interval)
        await asyncio.to_thread(self._record.save_feed_state, after)
        return after


def _login(feed: Feed) -> tuple[str, str] | None:
    try:
        return load.login(feed)
    except load.ConfigError as error:
        raise NoLogin(feed.id, "; ".join(map(str, error.faults))) from error


def _unexpected(subject: str, error: Exception) -> WatchError:
    if isinstance(error, WatchError):
        return error
    return Unexpected(subject, f"{type(error).__name__}: {error}"[:300])
