"""How a ledger is opened, held, migrated and copied, on SQLite and PostgreSQL."""
