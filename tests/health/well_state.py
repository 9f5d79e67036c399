"""A service that is well, at one moment, and what is changed of that."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.health import Signs, State
from bot.ledger.asking.vitals import Vitals

NOW = datetime(2025, 3, 5, 12, tzinfo=UTC)
LATE = timedelta(minutes=10)
WELL = Signs(uptime=3600, silences=(1.0, 2.0), silent_after=15, stands=0.1)
EMPTY = Vitals(articles=0, statements=0, messages={}, alerts={}, waiting=0, oldest=None, feeds=())


def state(signs=WELL, intervals=None, canary_late=None, **vitals):
    known = replace(EMPTY, **vitals)
    return State(now=NOW, signs=signs, vitals=known, intervals=intervals or {}, canary_late=canary_late)
