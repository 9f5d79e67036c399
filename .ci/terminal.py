"""A page that shows what a command printed to a terminal: `terminal.py OUT.html < printed`; prints its height."""

from __future__ import annotations

import io
import sys
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

LINE, MARGIN = 22, 28  # pixels
INK, PAPER = (31, 35, 40), (255, 255, 255)
RED, GREEN, YELLOW, BLUE = (191, 38, 48), (17, 119, 51), (154, 103, 0), (9, 105, 218)
THEME = TerminalTheme(PAPER, INK, [INK, RED, GREEN, YELLOW, BLUE, (130, 60, 150), (0, 110, 130), (110, 118, 129)])
STYLE = (
    f"body{{{{margin:0;padding:{MARGIN}px 32px;background:{{background}};color:{{foreground}}}}}}"
    f"pre{{{{margin:0;font:15px/{LINE}px 'DejaVu Sans Mono','Liberation Mono',monospace}}}}"
)
PAGE = f"<!doctype html><meta charset='utf-8'><style>{STYLE}</style><pre>{{code}}</pre>"

printed = sys.stdin.read().rstrip("\n")
console = Console(record=True, width=100, file=io.StringIO(), force_terminal=True)
console.print(Text.from_ansi(printed))
Path(sys.argv[1]).write_text(console.export_html(theme=THEME, inline_styles=True, code_format=PAGE), "utf-8")
sys.stdout.write(f"{LINE * (printed.count(chr(10)) + 1) + 2 * MARGIN}\n")
