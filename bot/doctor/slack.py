"""The workspace: tokens and their scopes, channels, and whether this machine's clock agrees with Slack's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.doctor.finding import Finding
from bot.installed import SCOPES, Installations, NotInstalled
from bot.slack.blocks.parts import is_channel_id, is_person_id
from bot.slack.errors import SlackRefused, SlackSideError
from bot.slack.web_api.client import quiet_libraries, web_client
from bot.slack.web_api.history import Unreadable, asked, channel_id
from bot.slack.web_api.remedies import INVITE
from bot.slack.web_api.tokens import answered

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from slack_sdk.web.async_client import AsyncWebClient

    from config.environment import Secrets
    from config.schema import Config
    from config.settings import SlackSettings

AGREES = timedelta(seconds=30)  # clocks differ by less, what is on its way included
_REACH = "see whether this machine may reach it: its network, its firewall, HTTPS_PROXY"
_LATER = "look again in a minute; if it stays, see Slack's own status page (slack-status.com)"
_AGAIN = "install the app again with deploy/slack-manifest.yaml, and set the new token"

_slack, _channel, _clock = (partial(Finding, check=name) for name in ("slack", "channels", "clock"))


async def examine(config: Config, keys: Secrets) -> list[Finding]:
    """What is to be said of the workspace; a token that is not set is passed over, for that is said elsewhere."""
    quiet_libraries()
    settings = config.settings.slack
    found: list[Finding] = []
    try:
        token = Installations(Path(settings.installations)).token(settings.team) if settings.team else keys.bot_token
    except NotInstalled as error:
        return [_slack(subject=settings.team, says=str(error), todo="install the app there (docs/workspaces.md)")]
    if token:
        client = web_client(token, settings.base_url)
        about, let_in = await _bot(client, settings)
        found += about
        if let_in:
            places = [channel.id for channel in config.channels]
            places += [settings.operator_channel] if settings.operator_channel else []
            for place in dict.fromkeys(places):
                found.append(await _place(client, place))
    if settings.mode == "socket" and keys.app_token:
        found.append(await _app(keys.app_token, settings.base_url))
    return found


async def _bot(client: AsyncWebClient, settings: SlackSettings) -> tuple[list[Finding], bool]:
    """Identity, scopes and clock, by one question; whether more can be asked."""
    before = datetime.now(UTC)
    try:
        answer = await answered(client, "auth.test", "bot token")
    except SlackRefused as error:
        return [_slack(subject="SLACK_BOT_TOKEN", says=_head(error), todo=_AGAIN)], False
    except SlackSideError as error:
        return [_slack(subject=settings.base_url, says=str(error), todo=_REACH)], False
    after = datetime.now(UTC)
    data: Any = answer.data
    headers = {name.casefold(): str(value) for name, value in answer.headers.items()}
    found = [_identity(data, settings.team), _scopes(headers.get("x-oauth-scopes"))]
    return [*found, *_time(headers.get("date", ""), before, after)], True


def _identity(data: Mapping[str, Any], team: str) -> Finding:
    if team and data.get("team_id") != team:
        return _slack(
            subject="[slack] team",
            says=f"the token kept for {team} is one of {data.get('team_id')}",
            todo="install the app again in that workspace",
        )
    return _slack(subject="bot token", says=f"accepted as {data.get('user')} in {data.get('team')}")


def _scopes(header: str | None) -> Finding:
    if header is None:
        return _slack(subject="scopes", says="Slack did not tell which the token has")
    lacking = set(SCOPES) - {scope.strip() for scope in header.split(",")}
    if lacking:
        return _slack(subject="scopes", says=f"the token lacks {', '.join(sorted(lacking))}", todo=_AGAIN)
    return _slack(subject="scopes", says=f"all {len(SCOPES)} of the manifest")


def _time(date: str, before: datetime, after: datetime) -> Iterator[Finding]:
    try:
        theirs = parsedate_to_datetime(date)
    except ValueError:
        yield _clock(subject="this machine", says="Slack told no time to compare with")
        return
    ahead = before - theirs if theirs < before else after - theirs if theirs > after else timedelta()
    if abs(ahead) > AGREES:
        off = f"{abs(ahead).total_seconds():,.0f} s {'ahead of' if ahead > timedelta() else 'behind'}"
        yield _clock(
            subject="this machine",
            says=f"its clock is {off} Slack's",
            todo="set it by the network: timedatectl set-ntp true; Slack's signed requests fail at five minutes",
        )
    else:
        yield _clock(subject="this machine", says="its clock agrees with Slack's")


async def _app(token: str, base_url: str) -> Finding:
    """By opening a connection's address, which is never dialled: Slack has no smaller question for this token."""
    try:
        await answered(web_client(token, base_url), "apps.connections.open", "app-level token")
    except SlackRefused as error:
        todo = "under Basic Information of the app make a token with connections:write, and switch Socket Mode on"
        return _slack(subject="SLACK_APP_TOKEN", says=_head(error), todo=todo)
    except SlackSideError as error:
        return _slack(subject="SLACK_APP_TOKEN", says=str(error), todo=_REACH)
    return _slack(subject="app token", says="accepted, and Socket Mode is on")


def _head(error: SlackRefused) -> str:
    return str(error).partition("; ")[0]  # what to do we say ourselves


async def _place(client: AsyncWebClient, place: str) -> Finding:
    """Whether a channel or a person can be posted to, as far as Slack tells without a post."""
    try:
        if is_person_id(place):
            return _person(place, (await asked(client, "users.info", {"user": place})).get("user") or {})
        known = place if is_channel_id(place) else await channel_id(client, place)
        if known is None:
            todo = f"make it or correct its name in onrecord.toml; if it is private, {INVITE}"
            return _channel(subject=place, says="Slack shows On Record no channel of this name", todo=todo)
        return _joined(place, (await asked(client, "conversations.info", {"channel": known})).get("channel") or {})
    except Unreadable as error:
        ways = {"channel_not_found": f"correct it in onrecord.toml, or {INVITE}", "missing_scope": _AGAIN}
        return _channel(subject=place, says=f"Slack says {error.code}", todo=ways.get(error.code, _LATER))


def _person(place: str, told: Mapping[str, Any]) -> Finding:
    gone = told.get("deleted") or told.get("is_bot")
    todo = "name another person in onrecord.toml" if gone else ""
    return _channel(
        subject=place, says="nobody who could be written to" if gone else "a person of the workspace", todo=todo
    )


def _joined(place: str, told: Mapping[str, Any]) -> Finding:
    if told.get("is_archived"):
        return _channel(subject=place, says="it is archived", todo="open it again, or name another in onrecord.toml")
    if told.get("is_member") is False:
        return _channel(subject=place, says="On Record is not in it", todo=INVITE)
    return _channel(subject=place, says="On Record is in it")
