"""What is not posted by itself: cards that are held, and the digests into which they are folded in one step."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import ColumnElement, Connection, exists, insert, or_, select, update

from bot.ledger.alerts.alerts import mark
from bot.ledger.database.engine import Opened
from bot.ledger.flow import routes
from bot.ledger.flow.bulletins import announce
from bot.ledger.flow_records import Before, Routed
from bot.ledger.record.rows import alert, conflict, delivery
from bot.ledger.tables import flow as flow_tables
from bot.ledger.tables import schema
from bot.model import content_key

BURST, WITHIN = 10, timedelta(minutes=10)  # so many cards of one channel, raised so close together, are one digest
ROWS = 12  # alerts of one message
BURST_WORDS = "Many alerts at once"
BEFORE_WORDS = "Told before the record was put back from a copy"
_TOGETHER = "one of many that came within ten minutes: they share one digest"
_TOLD = "news of what a digest has told came while many waited: the record has it, no further digest does"
_bulletin, _carried = flow_tables.bulletin.c, flow_tables.bulletin_alert.c
_UNTOLD = (delivery.kind == "card") & delivery.state.in_(("pending", "held"))
_OVER = or_(alert.withdrawn_at.is_not(None), alert.review == "dismissed")  # nobody needs to be told of it any more

_Alerts = dict[str, set[int]]  # by channel


class Folding(Opened):
    """Holds cards back, and makes one digest of an occasion from what is held."""

    def held(self) -> dict[str, datetime]:
        """The channels in which alerts wait for a digest, with the moment since when the first of them does.

        What was dismissed or withdrawn meanwhile waits for nothing: a digest of others counts it.
        """
        query = (
            select(delivery.channel, delivery.created_at)
            .join(schema.alert, delivery.alert_number == alert.number)
            .where(delivery.kind == "card", delivery.state == "held", ~_OVER)
            .order_by(delivery.created_at.desc())
        )
        with self._reading() as connection:
            return {channel: since for channel, since in connection.execute(query)}  # noqa: C416 - rows are no pairs

    def untold(self) -> dict[str, dict[str, int]]:
        """By channel, the cards that wait to be posted, held or refused ones too: the key of each, and its delivery."""
        cards: dict[str, dict[str, int]] = {}
        with self._reading() as connection:
            for row in connection.execute(select(delivery.channel, delivery.key, delivery.id).where(_UNTOLD)):
                cards.setdefault(row.channel, {})[row.key] = row.id
        return cards

    def fold(self, channel: str, occasion: str, words: str, now: datetime, only: Collection[str] | None = None) -> int:
        """Make the digest of an occasion from what is held in a channel, the strongest first; how many alerts it has.

        An occasion has one digest, whatever comes between: the second time there is nothing to do. `only` some cards
        by their keys, or all.
        """
        with self._writing() as connection:
            first = content_key("digest", channel, occasion, "1")
            if connection.execute(select(_bulletin.id).where(_bulletin.key == first)).first():
                return 0
            held = (delivery.state == "held") & (delivery.channel == channel)
            numbers = _cards(connection, held & ~_OVER, only)
            if numbers:
                over = _cards(connection, held & _OVER)
                _fold(connection, channel, [*numbers, *over], occasion=occasion, words=words, now=now)
            return len(numbers)

    def fold_bursts(self, now: datetime, only: Mapping[str, Collection[str]] | None = None) -> int:
        """Fold the cards of each channel that wait ten or more within ten minutes; how many alerts that are.

        What a digest has told already waits only with news of it. Where ten or more wait so, no further digest tells
        them: else a busy day would tell the same alerts again and again. `only` some cards by their keys, by channel,
        or all.
        """
        told = exists().where(
            _carried.alert_number == delivery.alert_number,
            _bulletin.id == _carried.bulletin_id,
            _bulletin.state != "stuck",  # that one tells nobody
        )
        query = (
            select(delivery.channel, delivery.alert_number, delivery.created_at, delivery.key, told.label("told"))
            .where(_UNTOLD, delivery.state == "pending", delivery.attempts == 0)
            .order_by(delivery.created_at)
        )
        with self._reading() as connection:
            if not any(_many(connection.execute(query).all(), only)):
                return 0
        with self._writing() as connection:
            bursts, news = _many(connection.execute(query).all(), only)
            folded = 0
            for channel, numbers in bursts.items():
                ranked = _cards(connection, alert.number.in_(numbers) & alert.withdrawn_at.is_(None))
                occasion = f"burst:{now.isoformat()}"
                _fold(connection, channel, ranked, occasion=occasion, words=BURST_WORDS, now=now)
                _keep(connection, channel, ranked, _TOGETHER, now)
                folded += len(ranked)
            for channel, numbers in news.items():
                mark(connection, list(numbers), ("pending",), "folded")
                _keep(connection, channel, numbers, _TOLD, now)
                folded += len(numbers)
            return folded

    def told_before(self, channel: str, digests: Sequence[Before], now: datetime) -> frozenset[str]:
        """What digests in Slack told, though this ledger, put back from a copy, does not know, waits no more; its keys.

        A digest is drawn anew once all of it is on record again, for its alerts may have other numbers now. That its
        occasion has come is on record from now on.
        """
        with self._reading() as connection:
            if not any(_strange(connection, channel, digest) for digest in digests):
                return frozenset()
        ended: set[str] = set()
        with self._writing() as connection:
            for digest in digests:
                ended |= _took_up(connection, channel, digest, now)
        return frozenset(ended)

    def hold_waiting(self, channel: str, reason: str, now: datetime, only: int | None = None) -> int:
        """Hold the cards of a channel, or that of one alert, that wait untried, for a reason that came; how many."""
        waiting = (delivery.state == "pending") & (delivery.attempts == 0) & (delivery.channel == channel)
        if only is not None:
            waiting &= alert.number == only
        with self._reading() as connection:
            if not _cards(connection, waiting & alert.withdrawn_at.is_(None)):
                return 0
        with self._writing() as connection:
            numbers = _cards(connection, waiting & alert.withdrawn_at.is_(None))
            mark(connection, numbers, ("pending",), "held")
            _keep(connection, channel, numbers, reason, now)
            return len(numbers)

    def only_list(self, channel: str, numbers: Sequence[int], reason: str, now: datetime) -> None:
        """What is held in a channel is not to be told after all: it stays on record."""
        with self._writing() as connection:
            mark(connection, numbers, ("held",), "listed")
            for number in numbers:
                outcome = Routed(audience=channel, outcome="muted", reason=reason, at=now, alert=number)
                routes.add_numbered(connection, number, outcome)


def _fold(
    connection: Connection, channel: str, numbers: Sequence[int], *, occasion: str, words: str, now: datetime
) -> None:
    """Put these alerts into a digest, in as many messages as they need; none has a card any more."""
    parts = [numbers[at : at + ROWS] for at in range(0, len(numbers), ROWS)]
    names = (content_key("digest", channel, occasion, str(number)) for number in count(1))
    for place, part in enumerate(parts, start=1):
        told = f"{words} ({place} of {len(parts)})".strip() if len(parts) > 1 else words
        bulletin: int | None = None
        while bulletin is None:  # of an occasion whose first message is gone, Slack may hold a later one
            bulletin = announce(connection, next(names), channel, told, now, kind="digest")
        _carry(connection, bulletin, part)
    mark(connection, numbers, ("pending", "held"), "folded")


def _keep(connection: Connection, channel: str, numbers: Iterable[int], reason: str, now: datetime) -> None:
    for number in numbers:
        outcome = Routed(audience=channel, outcome="held", reason=reason, at=now, alert=number)
        routes.add_numbered(connection, number, outcome)


def _carry(connection: Connection, bulletin: int | None, numbers: Iterable[int]) -> None:
    for number in numbers:
        connection.execute(insert(flow_tables.bulletin_alert).values(bulletin_id=bulletin, alert_number=number))


def _cards(connection: Connection, where: ColumnElement[bool], only: Collection[str] | None = None) -> list[int]:
    """The alerts whose cards fulfil a condition, or some of them by key, the strongest first."""
    query = (
        select(alert.number, delivery.key)
        .join(schema.conflict, alert.conflict_id == conflict.id)
        .join(schema.delivery, (delivery.alert_number == alert.number) & (delivery.kind == "card"))
        .where(where)
        .order_by(conflict.score.desc(), alert.number)
    )
    return [number for number, key in connection.execute(query) if only is None or key in only]


def _strange(connection: Connection, channel: str, digest: Before) -> bool:
    """Whether a digest, or that it told of a card which waits, is not on record."""
    known = connection.scalar(select(_bulletin.id).where(_bulletin.key == digest.key))
    return known is None or bool(_told_by(connection, channel, digest, known))


def _told_by(connection: Connection, channel: str, digest: Before, known: int) -> dict[int, str]:
    """The alerts that wait though a digest told of them; one that is on record as told by it waits with news."""
    told = select(_carried.alert_number).where(_carried.bulletin_id == known)
    waits = _UNTOLD & (delivery.channel == channel) & delivery.key.in_(digest.carries)
    query = select(delivery.alert_number, delivery.key).where(waits, delivery.alert_number.not_in(told))
    return {number: key for number, key in connection.execute(query)}  # noqa: C416 - rows are no pairs


def _took_up(connection: Connection, channel: str, digest: Before, now: datetime) -> set[str]:
    """Put a digest that is in Slack on record, as far as its alerts are; the keys of those that waited."""
    known = connection.scalar(select(_bulletin.id).where(_bulletin.key == digest.key))
    number = known or announce(connection, digest.key, channel, BEFORE_WORDS, now, kind="digest")
    waited = _told_by(connection, channel, digest, number or 0)
    if known and not waited:
        return set()
    _carry(connection, number, waited)
    mark(connection, list(waited), ("pending", "held"), "folded")
    revisions = select(alert.revision).join(flow_tables.bulletin_alert, _carried.alert_number == alert.number)
    shown = list(connection.scalars(revisions.where(_carried.bulletin_id == number)))
    row = update(flow_tables.bulletin).where(_bulletin.id == number)
    place = {"slack_channel": digest.slack_channel, "slack_ts": digest.slack_ts}
    whole = len(shown) == len(digest.carries)
    connection.execute(row.values(state="sent", reason="", shown=0 if whole else sum(shown), **place))
    return set(waited.values())


def _many(waiting: Sequence[Any], only: Mapping[str, Collection[str]] | None) -> tuple[_Alerts, _Alerts]:
    """By channel: the alerts of which ten or more were raised within ten minutes, and as many told already."""
    queues: dict[tuple[str, bool], list[tuple[int, datetime]]] = {}
    for row in waiting:
        if only is None or row.key in only.get(row.channel, ()):
            queues.setdefault((row.channel, row.told), []).append((row.alert_number, row.created_at))
    bursts: _Alerts = {}
    news: _Alerts = {}
    for (channel, told), queue in queues.items():
        if told and len(queue) >= BURST:  # when each was raised says nothing of when its news came
            news[channel] = {number for number, _ in queue}
        for start in range(0 if told else max(0, len(queue) - BURST + 1)):
            run = queue[start : start + BURST]
            if run[-1][1] - run[0][1] <= WITHIN:
                bursts.setdefault(channel, set()).update(number for number, _ in run)
    return bursts, news
