"""python tests/alarms/picture.py MINUTES PAGE: the dashboard, drawn from its own queries, as a page to be photographed.

Two newsrooms work for some minutes, one on a file and one of several roles on PostgreSQL; a feed breaks, and Slack asks us
to slow down for a while. A real Prometheus watches both, and is asked what each panel asks. It is not drawn by Grafana.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

TESTS = Path(__file__).parents[1]
sys.path[:0] = [str(TESTS.parent), *(str(TESTS / room) for room in ("alarms", "walk", "ledger", "soak"))]

from postgres import Server  # noqa: E402
from watched import FEEDS, Newsrooms, Panel, Prometheus, newsrooms, panels, prometheus  # noqa: E402

from bot.ledger import Ledger  # noqa: E402

COLUMN, LINE, GAP = 66, 34, 8  # pixels of the dashboard's grid
COLOURS = ("#3274d9", "#e0752d", "#56a64b", "#a352cc", "#c4162a", "#8f8f8f", "#12939a", "#b5a200", "#7d3c98", "#444444")
MOST = 8  # series that a legend names
STYLE = """
body{margin:0;background:#f4f5f5;font:13px/1.3 "DejaVu Sans",sans-serif;color:#24292e;position:relative}
section{position:absolute;background:#fff;border:1px solid #d8dbe0;border-radius:3px;box-sizing:border-box;padding:6px 9px;overflow:hidden}
h1{position:absolute;margin:0;font-size:17px;left:10px;top:8px}h1 small{font-weight:normal;font-size:12px;color:#59636e}
h2{position:absolute;margin:0;font-size:14px;color:#59636e}h3{margin:0;font-size:12px;white-space:nowrap}
.stat{color:#fff;text-align:center}.stat b{display:block;font-size:27px;margin-top:22px}
.legend{font-size:10px;line-height:1.35;color:#444;height:42px;overflow:hidden}.legend i{display:inline-block;width:10px;height:3px;margin:0 4px 3px 0}
.legend span{margin-right:11px;white-space:nowrap}text{font-size:10px;fill:#6a737d}td,th{font-size:11px;text-align:left;padding:3px 8px 3px 0}
"""


def told(value: float, unit: str) -> str:
    """A number as a person reads it."""
    if unit == "s":
        for size, name in ((86400, "d"), (3600, "h"), (60, "min")):
            if value >= 2 * size:
                return f"{value / size:.0f} {name}"
        return f"{value:.1f} s" if value >= 1 or value == 0 else f"{value * 1000:.0f} ms"
    if unit == "bytes":
        for size, name in ((1e9, "GB"), (1e6, "MB"), (1e3, "kB")):
            if value >= size:
                return f"{value / size:.{0 if value >= 10 * size else 1}f} {name}"
    return f"{value:.0f}" if value == int(value) or value >= 100 else f"{value:.2g}"


def stat(panel: Panel, value: float) -> str:
    steps = [step["color"] for step in panel.options["thresholds"]["steps"] if (step["value"] or -1e18) <= value]
    colour = {"green": "#4f9b45", "red": "#c4162a", "orange": "#e0752d"}[steps[-1]]
    named = {key: one["text"] for map_ in panel.options["mappings"] for key, one in map_["options"].items()}
    shown = named.get(f"{value:.0f}", told(value, panel.unit))
    return f'<section class="stat" style="{box(panel)};background:{colour}"><h3>{escape(panel.title)}</h3><b>{shown}</b></section>'


def table(panel: Panel, rows: Sequence[Mapping[str, str]]) -> str:
    names = ("job", "role", "version", "python")
    head = "".join(f"<th>{name}</th>" for name in names)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(row.get(name, ''))}</td>" for name in names) + "</tr>" for row in rows
    )
    return f'<section style="{box(panel)}"><h3>{escape(panel.title)}</h3><table><tr>{head}</tr>{body}</table></section>'


def series(panel: Panel, lines: Sequence[tuple[str, list[tuple[float, float]]]], begin: float, end: float) -> str:
    """Lines over time; where the dashboard stacks them, one above the other."""
    stacked = panel.options["custom"]["stacking"]["mode"] == "normal"
    wide, high = panel.place["w"] * COLUMN - GAP - 20, panel.place["h"] * LINE - GAP - 78
    below: dict[float, float] = {}
    drawn = []
    for name, points in lines:
        above = [(at, value + below.get(at, 0.0)) for at, value in points]
        drawn.append((name, above if stacked else points))
        below.update(above)
    top = max([value for _, points in drawn for _, value in points] + [0.0]) or 1.0
    left = 46
    parts = []
    for share in (0.0, 0.5, 1.0):
        y = high - share * (high - 12)
        parts.append(f'<line x1="{left}" x2="{wide}" y1="{y}" y2="{y}" stroke="#e7e9ec"/>')
        parts.append(f'<text x="{left - 5}" y="{y + 3}" text-anchor="end">{told(share * top, panel.unit)}</text>')
    for number, (_, points) in enumerate(drawn):
        at = [
            f"{left + (moment - begin) / (end - begin) * (wide - left):.1f},{high - value / top * (high - 12):.1f}"
            for moment, value in points
        ]
        parts.append(
            f'<polyline fill="none" stroke="{COLOURS[number % len(COLOURS)]}" stroke-width="1.5" points="{" ".join(at)}"/>'
        )
    legend = "".join(
        f'<span><i style="background:{COLOURS[number % len(COLOURS)]}"></i>{escape(name)}</span>'
        for number, (name, _) in enumerate(drawn[:MOST])
    )
    return (
        f'<section style="{box(panel)}"><h3>{escape(panel.title)}</h3><svg width="{wide}" height="{high + 6}">'
        f'{"".join(parts)}</svg><div class="legend">{legend}</div></section>'
    )


def box(panel: Panel) -> str:
    x, y, w, h = (panel.place[name] for name in ("x", "y", "w", "h"))
    return f"left:{x * COLUMN + 8}px;top:{y * LINE + 40}px;width:{w * COLUMN - GAP}px;height:{h * LINE - GAP}px"


async def drawn(asked: Prometheus, minutes: float) -> str:
    """The whole page, of the last minutes."""
    end = time.time()
    begin, parts, row = end - minutes * 60, [], ""
    for panel in panels():
        if panel.row != row:
            row = panel.row
            top = (panel.place["y"] - 1) * LINE + 46
            parts.append(f'<h2 style="left:10px;top:{top}px">{escape(row)}</h2>')
        if panel.kind == "timeseries":
            lines: list[tuple[str, list[tuple[float, float]]]] = []
            for target in panel.targets:
                got = await asked.ask("query_range", query=target.query, start=begin, end=end, step=3)
                for one in got["result"]:
                    points = [(at, float(value)) for at, value in one["values"] if value not in {"NaN", "+Inf"}]
                    lines.append((_named(target.legend, one["metric"]), points))
            parts.append(series(panel, [line for line in lines if line[1]], begin, end))
        else:
            (target,) = panel.targets
            found = await asked.values(target.query)
            if panel.kind == "table":
                parts.append(table(panel, [one["metric"] for one in found]))
            else:
                parts.append(stat(panel, float(found[0]["value"][1])))
    high = max((panel.place["y"] + panel.place["h"]) * LINE + 48 for panel in panels())
    return (
        f'<!doctype html><meta charset="utf-8"><style>{STYLE}</style><body style="width:{24 * COLUMN + 8}px;height:{high}px">'
        f"<h1>On Record <small>deploy/grafana/onrecord.json, drawn from its queries and not by Grafana; two newsrooms at "
        f"work for {minutes:.0f} minutes</small></h1>{''.join(parts)}</body>\n"
    )


def _named(legend: str, labels: Mapping[str, Any]) -> str:
    for name, value in labels.items():
        legend = legend.replace("{{" + name + "}}", str(value))
    return legend.replace("127.0.0.1:", ":")


async def at_work(both: Newsrooms, minutes: float) -> None:
    """News all the time; in the second third a feed is broken, and after it Slack takes nothing for a while."""
    begun = time.monotonic()
    spaces = both.alone.workspace, both.several.workspace
    slow = False
    while (share := (time.monotonic() - begun) / (minutes * 60)) < 1:
        both.publish(2)
        both.break_feed(FEEDS[2], broken=1 / 3 < share < 2 / 3)
        if slow != (0.7 < share < 0.85):
            slow = not slow
            for space in spaces:
                space.inject(
                    "chat.postMessage", status=429, retry_after=5, times=1000
                ) if slow else space.clear_faults()
        for space in spaces:
            await space.slash("ada", "fact-desk", "status")
        await asyncio.sleep(4)


async def photographed(minutes: float) -> str:
    """The page, once the newsrooms have worked for so long."""
    server = Server()
    try:
        Ledger.open(server.database("model")).close()
        with tempfile.TemporaryDirectory() as folder:
            async with (
                newsrooms(Path(folder), server.database("watched", "model")) as both,
                prometheus(Path(folder), both.jobs, every="2s") as asked,
            ):
                await at_work(both, minutes)
                return await drawn(asked, minutes)
    finally:
        server.close()


if __name__ == "__main__":
    Path(sys.argv[2]).write_text(asyncio.run(photographed(float(sys.argv[1]))), "utf-8")
