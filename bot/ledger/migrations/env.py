"""Alembic's entry: runs the revisions on the connection that `bot.ledger.database.migrate` holds open."""

from __future__ import annotations

from alembic import context

from bot.ledger.tables import asking as asking_tables  # noqa: F401  every table is to be known
from bot.ledger.tables import feeds as feed_tables  # noqa: F401  every table is to be known
from bot.ledger.tables import flow as flow_tables  # noqa: F401  every table is to be known
from bot.ledger.tables import keeping as keeping_tables  # noqa: F401  every table is to be known
from bot.ledger.tables import links as link_tables  # noqa: F401  every table is to be known
from bot.ledger.tables import outward as outward_tables  # noqa: F401  every table is to be known
from bot.ledger.tables import schema  # noqa: F401  every table is to be known
from bot.ledger.tables.columns import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,  # true of SQLite too, once sqlite3 is kept from committing by itself
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
