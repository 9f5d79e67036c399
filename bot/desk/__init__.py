"""What the desk asks beyond the record: texts checked, feeds tried, reasons, other settings; and what it changes."""

from __future__ import annotations

from bot.desk.office import Office

__all__ = ["Office"]
