"""Alerts, what was decided on them, and the outbox."""
