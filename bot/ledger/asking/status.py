"""The ledger in figures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import get_args

from sqlalchemy import ColumnElement, Connection, Table, func, literal_column, select

from bot.ledger.database.totals import Totals
from bot.ledger.feeds.feeds import feed_states
from bot.ledger.flow.troubles import standing
from bot.ledger.record import fates
from bot.ledger.record.canaries import last_canary
from bot.ledger.record.rows import alert, article, delivery
from bot.ledger.records import Status
from bot.ledger.tables import feeds as feed_tables
from bot.ledger.tables import flow as flow_tables
from bot.ledger.tables import schema
from bot.ledger.tables.outward import capture, mailing, webhook_post
from bot.model import DeliveryState, ReviewState
from watchers.model import LEFT_OUT

bulletin = flow_tables.bulletin.c


def _size(connection: Connection, table: Table, *where: ColumnElement[bool]) -> int:
    return int(connection.execute(select(func.count()).select_from(table).where(*where)).scalar_one())


def status(connection: Connection, totals: Totals) -> Status:
    """How much is on record, how it reaches Slack, and what is wrong."""
    withdrawn = alert.withdrawn_at.is_not(None)
    cards = dict.fromkeys(get_args(DeliveryState), 0)
    by_state = (
        select(delivery.state, withdrawn, func.count())
        .join(schema.alert, delivery.alert_number == alert.number)
        .where(delivery.kind == "card")
        .group_by(delivery.state, withdrawn)
    )
    for state, gone, count in connection.execute(by_state):
        cards["withdrawn" if gone else state] += count
    reviews = dict.fromkeys(get_args(ReviewState), 0)
    decided = (alert.review != "open") | alert.withdrawn_at.is_(None)  # nobody decides what is withdrawn
    for review, count in connection.execute(select(alert.review, func.count()).where(decided).group_by(alert.review)):
        reviews[review] = count
    waits = delivery.state.in_(("pending", "sending")) & (delivery.kind != "update")
    lasting = bulletin.until.is_(None)  # of the others somebody waits for each, and is told what becomes of it
    told = bulletin.state.in_(("pending", "sending")) & lasting  # digests and notices wait as alerts do
    stuck = select(delivery.reason).where(delivery.state == "stuck").order_by(delivery.id.desc()).limit(10)
    mute = (bulletin.state == "stuck") & lasting
    unsaid = select(bulletin.reason).where(mute).order_by(bulletin.id.desc()).limit(10)
    since = (select(func.min(delivery.created_at)).where(waits), select(func.min(bulletin.created_at)).where(told))
    oldest: list[datetime | None] = [connection.execute(query).scalar() for query in since]
    entry = feed_tables.entry_attempt.c
    given_up = entry.parked & (entry.reason != LEFT_OUT)
    lost = select(entry.feed, entry.title, entry.reason).where(given_up).order_by(entry.last_at.desc()).limit(3)
    read_since = select(schema.version.c.first_id)  # only a version that can be read is taken down
    newest = article.retrieved.desc()  # by the id alone SQLite would walk through all the texts
    # spelled as in its index, for a parameter might be anything: SQLite walked through all articles to find three
    unread = (article.aside > literal_column("''")) & article.id.not_in(read_since)
    aside = select(article.outlet, article.title, article.aside).where(unread).order_by(newest, article.id.desc())
    amendments = fates.counts(connection)
    return Status(
        articles=totals.of(connection, schema.article) - _size(connection, schema.version),
        statements=totals.of(connection, schema.statement),
        utterances=totals.of(connection, schema.utterance),
        positions=totals.of(connection, schema.position),
        alerts=cards,
        reviews=reviews,
        feeds=feed_states(connection),
        aside=_size(connection, schema.article, unread),
        why_aside=tuple(f"{row.outlet}, “{row.title}”: {row.aside}" for row in connection.execute(aside.limit(3))),
        corrected=connection.scalar(select(func.count(schema.version.c.first_id.distinct()))) or 0,
        changed=amendments["changed"],
        vanished=amendments["vanished"],
        parked=_size(connection, feed_tables.entry_attempt, given_up),
        why_parked=tuple(f"{row.feed}, “{row.title}”: {row.reason}" for row in connection.execute(lost)),
        waiting=_size(connection, schema.delivery, waits) + _size(connection, flow_tables.bulletin, told),
        stuck=tuple(dict.fromkeys([*connection.scalars(stuck), *connection.scalars(unsaid), *_outward(connection)])),
        refused=standing(connection, "slack"),
        oldest_pending=min((first for first in oldest if first is not None), default=None),
        canary=last_canary(connection),
    )


def _outward(connection: Connection) -> Iterator[str]:
    """What is stuck on its way to webhooks, readers of mails and the archive, each with its newest reason."""
    post, mail = webhook_post.c, mailing.c
    hooks = select(post.webhook, func.count().label("many"), func.max(post.reason).label("reason"))
    for row in connection.execute(hooks.where(post.state == "stuck").group_by(post.webhook)):
        yield f"webhook {row.webhook}, {row.many} posts: {row.reason}"
    later = mailing.alias().c
    over = select(later.id).where(later.readers == mail.readers, later.id > mail.id, later.state == "sent").exists()
    mails = select(mail.readers, mail.day, mail.reason).where(mail.state == "stuck", ~over)
    mails = mails.order_by(mail.id.desc()).limit(3)
    for row in connection.execute(mails):
        yield f"mail of {row.day} to {row.readers}: {row.reason}"
    page = capture.c
    kept = select(func.max(page.attempted_at)).where(page.state == "kept").scalar_subquery()
    since = (page.state == "given up") & (kept.is_(None) | (page.attempted_at > kept))
    lost = select(page.url, page.reason).where(since).order_by(page.id.desc())
    for row in connection.execute(lost.limit(3)):
        yield f"archived copy of {row.url}: {row.reason}"
