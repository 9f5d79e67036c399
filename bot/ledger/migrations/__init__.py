"""The ledger's schema over time, one Alembic revision a change."""
