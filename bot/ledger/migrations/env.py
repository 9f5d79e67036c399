"""Alembic's entry: runs the revisions on the connection that `bot.ledger.migrate` holds open."""

from __future__ import annotations

from alembic import context

from bot.ledger.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,  # true of SQLite too, once sqlite3 is kept from committing by itself
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
