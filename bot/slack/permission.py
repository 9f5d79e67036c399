"""Who somebody is in Slack, and so what they may do: asked of Slack, remembered for minutes, refused in doubt."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from slack_sdk.errors import SlackApiError

from bot.slack.newsroom import Asker, Role
from bot.slack.web_api.calls import FAULTS
from bot.slack.web_api.names import is_outsider
from config import hours

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from slack_sdk.web.async_client import AsyncWebClient

    from config.settings import Roles

_log = logging.getLogger(__name__)

_REMEMBERED = timedelta(minutes=10)  # a person who leaves a group keeps the role for no longer than that
_SOON = timedelta(seconds=30)  # what could not be read is asked for again
_PATIENCE = 1.5  # seconds for Slack's answer: a press must be acknowledged within three


class TurnedAway(Exception):
    """The person may not use On Record at all; the text says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Person:
    guest: bool
    admin: bool
    ours: bool  # of this workspace, as far as Slack says so
    zone: str


class Doorkeeper:
    """Finds the role of whoever is behind a payload. A refusal is an answer to show, never silence."""

    def __init__(
        self, client: AsyncWebClient, roles: Roles, identity: Mapping[str, Any], clock: Callable[[], datetime]
    ) -> None:
        self._client = client
        self.roles = roles  # others are put in their place when the files are read again
        self._team = str(identity.get("team_id") or "")
        self._clock = clock
        self._people: dict[str, tuple[datetime, _Person]] = {}
        self._groups: dict[str, tuple[datetime, frozenset[str]]] = {}

    @property
    def team(self) -> str:
        """The id of the workspace; empty where Slack did not say."""
        return self._team

    async def asker(self, body: Mapping[str, Any]) -> Asker:
        """The person with the highest role that is theirs; TurnedAway for guests, bots and other workspaces."""
        user = str(body.get("user_id") or (body.get("user") or {}).get("id") or "")
        channel = body.get("channel_id") or (body.get("channel") or {}).get("id")
        groups = {name for listed in (self.roles.admins, self.roles.checkers, self.roles.editors) for name in listed}
        asked = (self._members(name) for name in sorted(groups) if name.startswith("S"))
        # at once: a press must be acknowledged soon
        person, _ = await asyncio.gather(self._person(user), asyncio.gather(*asked))
        if not person.ours:
            raise TurnedAway("On Record answers the people of its own workspace only.")
        if person.guest:
            raise TurnedAway("Guests and apps cannot use On Record. Ask a member of this workspace.")
        role, place = await self._role(user, person), str(channel) if channel else None
        return Asker(user=user, role=role, channel=place, zone=person.zone)

    async def _role(self, user: str, person: _Person) -> Role:
        if await self._listed(user, self.roles.admins) if self.roles.admins else person.admin:
            return "admin"
        checker = not self.roles.checkers or await self._listed(user, self.roles.checkers)
        editor = checker if not self.roles.editors else await self._listed(user, self.roles.editors)
        return "editor" if editor else "checker" if checker else "member"

    async def _listed(self, user: str, listed: Iterable[str]) -> bool:
        names = tuple(listed)
        if user in names:
            return True
        return any([user in await self._members(name) for name in names if name.startswith("S")])

    async def _person(self, user: str) -> _Person:
        now = self._clock()
        known = self._people.get(user)
        if known and abs(now - known[0]) < _REMEMBERED:
            return known[1]
        told = (await self._asked("users.info", {"user": user})).get("user") or {}
        if not told:
            raise TurnedAway("Slack did not say who you are, and nothing was changed. Try again in a moment.")
        person = _Person(
            guest=is_outsider(told),
            admin=bool(told.get("is_admin") or told.get("is_owner")),
            ours=not self._team or self._team in _workspaces(told),
            zone=_zone(str(told.get("tz") or "")),
        )
        self._people[user] = (now, person)
        return person

    async def _members(self, group: str) -> frozenset[str]:
        now = self._clock()
        known = self._groups.get(group)
        if known and abs(now - known[0]) < _REMEMBERED:
            return known[1]
        told = await self._asked("usergroups.users.list", {"usergroup": group})
        members = frozenset(map(str, told.get("users", ())))  # nobody has a role by a group that cannot be read
        since = now if "users" in told else now - _REMEMBERED + _SOON
        self._groups[group] = (since, members)
        return members

    async def _asked(self, method: str, arguments: dict[str, str]) -> dict[str, Any]:
        try:
            async with asyncio.timeout(_PATIENCE):
                answer = await self._client.api_call(method, params=arguments, http_verb="GET")
        except SlackApiError as error:
            _log.warning("%s is not answered: %s", method, error.response.get("error"))
        except (TimeoutError, *FAULTS) as error:
            _log.warning("%s is not answered: %s", method, type(error).__name__)
        else:
            return answer.data if isinstance(answer.data, dict) else {}
        return {}


def _workspaces(told: Mapping[str, Any]) -> frozenset[str]:
    """The workspaces of somebody: their own, and those of an organisation that they are in, as Slack names them."""
    organised = told.get("enterprise_user")
    teams = organised.get("teams") if isinstance(organised, dict) else ()
    return frozenset(map(str, (told.get("team_id"), *(teams or ()))))


def _zone(name: str) -> str:
    """The time zone of a profile; UTC where it has none that is known here."""
    try:
        return hours.zone_of(name)
    except hours.BadHours:
        return "UTC"
