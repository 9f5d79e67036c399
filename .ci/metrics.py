"""Prints docs/reference/metrics.md: every figure of /metrics, from the table by which the service makes them."""

from __future__ import annotations

import sys

from bot.health.figures import FIGURES, NAMED_FEEDS, OF_THE_PROCESS, OTHERS

HEAD = f"""# Metrics

What `/metrics` shows, in the text form of Prometheus; `[health] port` opens it. This page is written by
`.venv/bin/python .ci/metrics.py > docs/reference/metrics.md` from the table that the service itself uses
(`bot/health/figures.py`), and a test compares them. [Operations](../operations.md) says which of them raise an alarm.

Ages are told rather than moments, by the clock of the service. Of feeds the first {NAMED_FEEDS} have a series of
their own; the others are counted together under `{OTHERS}`. Figures with *every service on a record* tell of what is on
record: where several processes share one PostgreSQL, each shows the same, so take `max`, not `sum`.

| name | kind | labels | shown by | meaning |
|---|---|---|---|---|
"""
ON_RECORD = {
    "articles", "statements", "alerts", "messages", "outbox_messages", "outbox_oldest_seconds", "ledger_bytes",
    "feeds_failing", "feeds_overdue", "poll_age_seconds", "feed_good_age_seconds", "wakeups",
}  # fmt: skip
OF_PROCESS = "\nFrom the Prometheus client itself, on Linux:\n\n| name | meaning |\n|---|---|\n"


def page() -> str:
    """The page as it should be."""
    rows = []
    for figure in FIGURES.values():
        labels = ", ".join(f"`{label}`" for label in figure.labels)
        where = figure.where
        if where == "always":
            where = "every service on a record" if figure.name in ON_RECORD else "every service"
        rows.append(f"| `{figure.shown}` | {figure.kind} | {labels} | {where} | {figure.says} |\n")
    process = "".join(f"| `{name}` | {says} |\n" for name, says in OF_THE_PROCESS.items())
    return HEAD + "".join(rows) + OF_PROCESS + process


if __name__ == "__main__":
    sys.stdout.write(page())
