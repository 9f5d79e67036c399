"""The terminal says of an alert what the card says."""

from __future__ import annotations

import io

from rich.console import Console

from bot.print import show_alert


def test_the_terminal_shows_kind_state_and_whose_position_it_is(story):
    out = io.StringIO()
    show_alert(Console(file=out, width=300), story.conflict, story.desk)
    shown = out.getvalue()
    assert "Possible conflict over Orlik’s position. Velden said" in shown
    assert "on Kessland’s position" in shown
    assert "Pointed back to · 2031-02-17 to 2031-02-23" in shown
