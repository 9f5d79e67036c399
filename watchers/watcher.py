"""One poll of one feed: what is new is read, made into articles and handed over, oldest first."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from config import environment, trace
from config.failpoint import reached
from config.faults import ConfigError
from config.schema import Feed
from config.settings import Settings
from watchers import news, pace, revisit, state
from watchers.answer import Response
from watchers.child import ParserChild
from watchers.errors import NoLogin, NotOnRecord, Refused, Unexpected, WatchError
from watchers.fetch import Downloader
from watchers.model import LEFT_OUT, Begun, FeedRecord, FeedState, Handed, Known, Look, Receiver
from watchers.parsed import ParsedEntry, ParsedFeed
from watchers.reading import Reading
from watchers.seen import without
from watchers.states import AtOnce, States

ATTEMPTS = 3  # at one entry, in as many polls
# Starts until an entry that ends the program is given up. The first counts for its feed; each later one for the entry
# that was in hand. With 5, a campaign of kills set an innocent article aside: on a machine that was too busy, it was in
# hand five times when the program was killed for other reasons.
UNENDED = 10
KEYS_AT_ONCE = 300  # below the number of parameters that any database takes

NEVER_ENDED = (
    "Reading it was begun {} times and never ended: it may bring the program down. It is tried again after an upgrade; "
    "please report the article."
)
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
        states: States | None = None,
        skip_past: bool = False,
    ) -> None:
        self.feed = feed
        self._skip_past = skip_past  # the entries of the first poll are known from then on, and are not read
        self._settings = settings
        self._record = record
        self._receive = receive
        self._downloader = downloader
        self._parser = parser
        self._states = states or AtOnce(record)
        self._noted = False  # that entries are about to be read, in this process
        self._one_at_a_time = asyncio.Lock()

    @property
    def interval(self) -> timedelta:
        """The time between two polls, unless the state of the feed names another."""
        return pace.usual(self.feed, self._settings.polling)

    async def state(self) -> FeedState:
        """What is remembered of the feed at its present address."""
        return state.of_address(await self._states.of(self.feed.id), self.feed.url)

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
            response, parsed, remembered = await self._document(before, now)
            if parsed is None:
                after = self._paced(before, state.unchanged(before, response, now), news=False)
            else:
                after, seen = await self._take_in(parsed, response, remembered, before, now)
        except NotOnRecord:
            raise
        except WatchError as error:
            log.warning("feed %s: %s", self.feed.id, error)
            after = state.failed(before, self.feed.url, error, now, self.interval)
        await self._states.save(before, after, seen)
        self._noted = self._noted or not after.failures
        return after

    async def _document(self, before: FeedState, now: datetime) -> tuple[Response, ParsedFeed | None, str]:
        """A good answer without its body, what is new in that, if anything, and what was remembered of the one before.

        The body is let go of here: its entries may take minutes to read.
        """
        doubtful = before.failures > 0
        async with self._downloader.get(
            self.feed.url,
            etag=before.etag,
            last_modified=before.last_modified,
            allow=self.feed.allow,
            login=_login(self.feed),
            doubtful=doubtful,
        ) as response:
            reached("downloaded")
            if response.status == 304 and before.etag is None and before.last_modified is None:
                raise Refused(response.url, "it says “not modified” although nothing was asked", status=304)
            if response.status == 304 or before.body_hash == state.digest(self.feed.url, response):
                return response.without_body(), None, ""
            remembered = await self._states.seen(self.feed.id) if before.seeded else ""
            parsed = await self._parser.feed(
                response,
                feed=self.feed.id,
                newest=self._settings.polling.newest_entries,
                now=now,
                remembered=remembered,
                doubtful=doubtful,
            )
            return response.without_body(), parsed, remembered

    async def _take_in(
        self, parsed: ParsedFeed, response: Response, remembered: str, before: FeedState, now: datetime
    ) -> tuple[FeedState, str | None]:
        """The state after the entries of a new document were handed over, and what is to be remembered of it."""
        if parsed.left_out:
            log.info("feed %s: %d older entries left out", self.feed.id, parsed.left_out)
        if parsed.dropped:
            log.info("feed %s: %d entries repeat others or hold nothing to know them by", self.feed.id, parsed.dropped)
        if parsed.lost:
            log.warning("feed %s: %d entries cannot be read, the others are", self.feed.id, parsed.lost)
        known = await self._known(parsed.entries)
        fresh = news.fresh(parsed.entries, known)
        if missed := sum(bool(left.piece) and left.piece in remembered for left in fresh):
            log.error("feed %s: %d entries had been passed over unread; they are read now", self.feed.id, missed)
        if self._skip_past and not before.seeded:
            for left in fresh:
                await asyncio.to_thread(self._record.give_up_entry, left.entry, LEFT_OUT, now)
            fresh = []
        quiet = not before.seeded and self._settings.polling.first_poll == "silent"
        later = await self._hand_over(fresh, known, now, quiet=quiet)
        later += await self._revisit(news.looked_at(parsed.entries, known), now, quiet=quiet)
        complete = not (later or parsed.hasty)  # else what is lost stays lost until the document or the program changes
        after = state.read(before, self.feed.url, response, now, complete=complete, lost=parsed.lost)
        after = self._paced(before, after, news=bool(fresh or later))
        return after, without(parsed.seen, {waiting.piece for waiting in later})

    def _paced(self, before: FeedState, after: FeedState, *, news: bool) -> FeedState:
        return pace.paced(before, after, self.interval, self._settings.polling, news=news)

    async def _known(self, entries: Sequence[ParsedEntry]) -> Known:
        """What is known of the entries."""
        keys = [key for parsed in entries for key in parsed.entry.keys]
        found = Known({}, frozenset(), frozenset())
        for start in range(0, len(keys), KEYS_AT_ONCE):
            some = tuple(keys[start : start + KEYS_AT_ONCE])
            more = await asyncio.to_thread(self._record.known, self.feed.id, some)
            found = Known({**found.looks, **more.looks}, found.given_up | more.given_up, found.tried | more.tried)
        return found

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
                    with trace.following(parsed.entry.keys[0]):
                        done = await self._read_again(parsed, look, reading, now, quiet=quiet)
                    later += [] if done else [parsed]
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
                await self._receive([Handed(article)], quiet=quiet, again=True)
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

    async def _hand_over(
        self, fresh: Sequence[ParsedEntry], known: Known, now: datetime, *, quiet: bool
    ) -> list[ParsedEntry]:
        """Read and hand over the entries; returns those that are to be tried again at the next poll.

        An attempt is counted before it is made where an entry was tried before, or may have ended the program. That
        some poll of the feed ended it is known by the note of its first poll since the start.
        """
        if not fresh:
            return []
        unended = not self._noted and await asyncio.to_thread(self._record.poll_begun, self.feed.id)
        reading = self._reading(now)
        counted = frozenset(key for parsed in fresh for key in parsed.entry.keys) if unended else known.tried
        later = []
        for some in news.in_steps(fresh, counted):
            if len(some) > 1 and await self._together(some, reading, now, quiet=quiet):
                continue
            for parsed in some:
                alone = not counted.isdisjoint(parsed.entry.keys)
                if not await self._attempt(parsed, reading, now, quiet=quiet, counted=alone):
                    later.append(parsed)
        return later

    async def _together(self, some: Sequence[ParsedEntry], reading: Reading, now: datetime, *, quiet: bool) -> bool:
        """Take entries with a whole text in one step; False if it failed, and each is to be taken by itself."""
        handed = []
        try:
            for parsed in some:
                with trace.following(parsed.entry.keys[0]):
                    log.info("feed %s: new entry %r", self.feed.id, parsed.entry.title)
                    article, _ = await reading.article(parsed)
                handed.append(Handed(article, revisit.first(parsed.entry, now)))
            reached("extracted")
            await self._receive(handed, quiet=quiet)
        except (NotOnRecord, asyncio.CancelledError):
            raise
        except Exception as error:  # noqa: BLE001  the scheduled job, for a few articles: whichever is at fault tells its own
            log.warning("feed %s: %d new entries are taken one by one: %r", self.feed.id, len(some), error)
            return False
        return True

    async def _attempt(
        self, parsed: ParsedEntry, reading: Reading, now: datetime, *, quiet: bool, counted: bool
    ) -> bool:
        """Take one entry; False if it is to be tried again."""
        with trace.following(parsed.entry.keys[0]):
            log.info("feed %s: new entry %r", self.feed.id, parsed.entry.title)
            return await self._begun(parsed, reading, now, quiet=quiet, counted=counted)

    async def _begun(self, parsed: ParsedEntry, reading: Reading, now: datetime, *, quiet: bool, counted: bool) -> bool:
        entry = parsed.entry
        begun = Begun(1, quiet)
        if counted:
            begun = await asyncio.to_thread(self._record.entry_begun, entry, now, quiet=quiet)
        if begun.attempts >= UNENDED:
            await asyncio.to_thread(self._record.give_up_entry, entry, NEVER_ENDED.format(begun.attempts), now)
            return True
        last = begun.attempts >= ATTEMPTS
        try:
            trouble = await self._take(parsed, reading, now, last=last, quiet=quiet or begun.quiet)
        except (NotOnRecord, asyncio.CancelledError):  # no fault of the entry
            if counted:
                await asyncio.to_thread(self._record.entry_waits, entry)
            raise
        except Exception as error:  # the boundary of the scheduled job, for one article: it never stops others
            log.exception("feed %s: entry %r failed", self.feed.id, entry.title)
            trouble = _unexpected(self.feed.id, error)
            if last:
                await asyncio.to_thread(self._record.give_up_entry, entry, trouble.reason, now)
                return True
        if trouble is not None:
            await asyncio.to_thread(self._record.entry_failed, entry, trouble.reason, now, quiet=quiet)
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
            await self._receive([Handed(article, revisit.first(parsed.entry, now))], quiet=quiet)
        else:
            reason = trouble.reason if trouble else "It holds no text."
            await asyncio.to_thread(self._record.give_up_entry, parsed.entry, reason, now)
        return None

    def _reading(self, now: datetime) -> Reading:
        return Reading(self.feed, self._downloader, self._parser, now)

    async def _note_fault(self, error: Exception, now: datetime) -> FeedState:
        before = await self.state()
        after = state.failed(before, self.feed.url, _unexpected(self.feed.id, error), now, self.interval)
        await self._states.save(before, after)
        return after


def _login(feed: Feed) -> tuple[str, str] | None:
    try:
        return environment.login(feed)
    except ConfigError as error:
        raise NoLogin(feed.id, "; ".join(map(str, error.faults))) from error


def _unexpected(subject: str, error: Exception) -> WatchError:
    if isinstance(error, WatchError):
        return error
    return Unexpected(subject, f"{type(error).__name__}: {error}"[:300])
