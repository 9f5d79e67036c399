"""Which workspaces have the app, and which of them somebody serves."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import aiohttp

from bot.installed import Installations, NotInstalled, ended, lacking
from bot.signed import PATH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from config.settings import DoorSettings

_PATIENCE = 3.0  # seconds for a process to answer


async def listing(settings: DoorSettings, installations: Installations) -> tuple[str, ...]:
    """For each workspace who installed it when, what is wrong with that, and whether its process answers: in lines."""
    processes = {one.team: one.process for one in settings.workspaces}
    teams = sorted({*processes, *installations.teams()})
    async with aiohttp.ClientSession(trust_env=False) as session:
        lines = await asyncio.gather(*(_served(session, processes.get(team)) for team in teams))
    return tuple("\n".join((*_kept(installations, team), f"  {line}")) for team, line in zip(teams, lines, strict=True))


def _kept(installations: Installations, team: str) -> Iterator[str]:
    try:
        found = installations.find(team)
    except NotInstalled as error:
        yield f"{team}: {error}"
        return
    if found is None:
        yield f"{team}: not installed"
        return
    at = datetime.fromtimestamp(found.installed_at, UTC)
    yield f"{team} {found.team_name or ''}: installed {at:%d %b %Y %H:%M} UTC by {found.user_id}"
    if why := ended(found):
        yield f"  {why}: install it again"
    elif lacks := lacking(found):
        yield f"  without {', '.join(lacks)}: install it again"


async def _served(session: aiohttp.ClientSession, process: str | None) -> str:
    if process is None:
        return "not listed: add a [[door.workspaces]] with this team, or nobody hears what comes from it"
    if not process:
        return "no process: nobody hears what comes from it"
    try:
        async with asyncio.timeout(_PATIENCE), session.get(process.rstrip("/") + PATH) as answer:
            listens = answer.status == 405  # it takes nothing but what is posted there
    except (TimeoutError, aiohttp.ClientError, OSError, ValueError):
        return f"its process at {process} does not answer"
    return f"its process at {process} " + ("listens" if listens else "is something else")
