"""Alembic's entry: runs the revisions on the connection that `bot.ledger.migrate` holds open."""

from __future__ import annotations

from alembic import context

from bot.ledger import asking_tables, feed_tables, flow_tables, keeping_tables, link_tables, outward_tables, schema  # noqa: F401  every table is to be known
from bot.ledger.columns import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,  # true of SQLite too, once sqlite3 is kept from committing by itself
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
