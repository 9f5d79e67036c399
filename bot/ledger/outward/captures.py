"""Pages behind posted alerts that an archive is asked to keep: each once in so many days, and a few at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, insert, select, union, update

from bot.ledger.alerts.alert_rows import to_one
from bot.ledger.alerts.outbox import waiting
from bot.ledger.database.engine import Opened
from bot.ledger.record.rows import alert, conflict, delivery
from bot.ledger.tables import outward as outward_tables
from bot.ledger.tables import schema
from bot.model import content_key

LATELY = timedelta(days=2)  # alerts raised, posted or joined since then are looked at; the service may have been away
DAY = timedelta(days=1)
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=6)  # between two attempts: four times as long each
TRIES = 8  # a day or so
_row = outward_tables.capture.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """A page that is to be kept; `job` once it was asked for."""

    id: int
    url: str
    created_at: datetime
    attempts: int
    attempted_at: datetime | None
    job: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """The archived copy of a page."""

    url: str
    copy: str  # its address
    at: datetime


class Captures(Opened):
    """Pending, then asked while the archive is busy with it, then kept, or given up after so many attempts."""

    def want_captures(self, may: Callable[[str], bool], again: datetime, now: datetime) -> int:
        """Queue the pages behind cards that were posted, those that `may` be told of; how many that is.

        None that was queued since `again`. What goes to one person alone is told to nobody.
        """
        with self._reading() as connection:
            wanted = _wanted(connection, may, again, now)
        if not wanted:
            return 0
        rows = [
            {"page": page, "url": url, "state": "pending", "created_at": now, "attempts": 0, "job": "", "copy": ""}
            for page, url in wanted.items()
        ]
        with self._writing() as connection:
            connection.execute(insert(outward_tables.capture), [{**row, "reason": ""} for row in rows])
        return len(rows)

    def intend_capture(self, a_day: int, at_once: int, now: datetime) -> Capture | None:
        """The next page to be asked for, the attempt marked before it is made; None: none is due, or enough are."""
        with self._reading() as connection:
            if _next(connection, a_day, at_once, now) is None:
                return None
        with self._writing() as connection:
            found = _next(connection, a_day, at_once, now)
            if found is not None:
                attempts = found.attempts + 1
                _set(connection, found.id, attempts=attempts, attempted_at=now, retry_at=_again(attempts, now))
            return found

    def capture_asked(self, number: int, job: str, look: datetime) -> None:
        """The archive took it up; what became of it is worth asking from `look` on."""
        with self._writing() as connection:
            _set(connection, number, state="asked", job=job, retry_at=look, reason="")

    def captures_asked(self, now: datetime) -> tuple[Capture, ...]:
        """What the archive is busy with, as far as it is time to ask."""
        with self._reading() as connection:
            query = select(outward_tables.capture).where(_row.state == "asked", _row.retry_at <= now).order_by(_row.id)
            return tuple(map(_capture, connection.execute(query).mappings()))

    def look_again(self, number: int, at: datetime) -> None:
        """Nothing became of it yet."""
        with self._writing() as connection:
            _set(connection, number, retry_at=at)

    def capture_kept(self, number: int, copy: str, at: datetime) -> None:
        """It was captured at that moment, and stands at this address."""
        with self._writing() as connection:
            _set(connection, number, state="kept", copy=copy, captured_at=at, retry_at=None, reason="")

    def capture_put_off(self, number: int, reason: str, until: datetime) -> None:
        """The archive takes nothing for now: the attempt does not count."""
        with self._writing() as connection:
            fewer = func.coalesce(select(_row.attempts).where(_row.id == number).scalar_subquery(), 1) - 1
            _set(connection, number, attempts=fewer, retry_at=until, reason=reason)

    def capture_failed(self, number: int, reason: str, now: datetime) -> bool:
        """The archive could not keep it; it is asked again, and whether it is given up now."""
        with self._writing() as connection:
            attempts = connection.execute(select(_row.attempts).where(_row.id == number)).scalar_one()
            given_up = bool(attempts >= TRIES)
            state, retry = ("given up", None) if given_up else ("pending", _again(attempts, now))
            _set(connection, number, state=state, job="", reason=reason, retry_at=retry)
            return given_up

    def kept_pages(self, urls: Iterable[str | None]) -> Mapping[str, Kept]:
        """By the address of each of these pages the first copy that was archived, where there is one."""
        pages = {_page(url) for url in urls if url}
        if not pages:
            return {}
        query = select(_row.url, _row.copy, _row.captured_at).where(_row.page.in_(pages), _row.state == "kept")
        found: dict[str, Kept] = {}
        with self._reading() as connection:
            for row in connection.execute(query.order_by(_row.id)):
                found.setdefault(row.url, Kept(url=row.url, copy=row.copy, at=row.captured_at))
        return found


def _wanted(connection: Connection, may: Callable[[str], bool], again: datetime, now: datetime) -> dict[str, str]:
    joined, since = schema.alert_evidence.c, now - LATELY
    shown = (
        select(alert.number)
        .join(schema.delivery, (delivery.alert_number == alert.number) & (delivery.kind == "card"))
        .where(delivery.state == "sent", alert.withdrawn_at.is_(None), ~to_one(alert.channel))
        .where(
            (alert.created_at >= since)
            | (delivery.attempted_at >= since)  # a card may have waited long for Slack
            | alert.number.in_(select(joined.alert_number).where(joined.joined_at >= since))
        )
    )
    pairs = schema.alert.join(schema.conflict, alert.conflict_id == conflict.id)
    heads = [
        select(place.label("place")).select_from(pairs).where(alert.number.in_(shown))
        for place in (conflict.fresh_id, conflict.earlier_id, conflict.bridge_id)
    ]
    places = union(*heads, select(joined.position_id).where(joined.alert_number.in_(shown))).subquery()
    article, said, held = schema.article.c, schema.statement.c, schema.position.c
    urls = connection.scalars(
        select(article.url)
        .join(schema.statement, said.article_id == article.id)
        .join(schema.position, held.statement_id == said.id)
        .where(held.id.in_(select(places.c.place)), article.url.is_not(None))
        .order_by(article.id)
    )
    pages = {_page(url): url for url in urls if may(url)}
    known = set(connection.scalars(select(_row.page).where(_row.page.in_(pages), _row.created_at > again)))
    return {page: url for page, url in pages.items() if page not in known}


def _next(connection: Connection, a_day: int, at_once: int, now: datetime) -> Capture | None:
    busy = connection.scalar(select(func.count()).where(_row.state == "asked")) or 0
    today = connection.scalar(select(func.count()).where(_row.attempted_at > now - DAY)) or 0
    if busy >= at_once:
        return None
    mine = _row.state == "pending"
    if today >= a_day:
        mine &= _row.attempted_at > now - DAY  # what counts already may be asked again
    turn = func.coalesce(_row.retry_at, _row.created_at)  # none is always the first to be tried
    rows = connection.execute(select(outward_tables.capture).where(mine).order_by(turn, _row.id)).mappings()
    return next((_capture(row) for row in rows if not waiting(row[_row.retry_at], row[_row.attempted_at], now)), None)


def _again(attempts: int, now: datetime) -> datetime:
    """When a page is asked for once more after so many attempts."""
    times: int = 4 ** min(attempts - 1, 6)
    return now + min(LONGEST_WAIT, FIRST_WAIT * times)


def _capture(row: Any) -> Capture:  # noqa: ANN401 - a row
    names = ("id", "url", "created_at", "attempts", "attempted_at", "job")
    return Capture(**{name: row[_row[name]] for name in names})


def _page(url: str) -> str:
    return content_key("capture", url)


def _set(connection: Connection, number: int, **values: object) -> None:
    connection.execute(update(outward_tables.capture).where(_row.id == number).values(**values))
