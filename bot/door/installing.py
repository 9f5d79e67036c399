"""How the app is installed: Slack's own flow by Bolt, with a list of who may and a page for whatever happens."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

import aiohttp
from slack_bolt.error import BoltError
from slack_bolt.oauth.async_callback_options import AsyncCallbackOptions, AsyncFailureArgs, AsyncSuccessArgs
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.door.pages import page
from bot.door.states import LIFE, States
from bot.installed import SCOPES, Installations

if TYPE_CHECKING:
    from collections.abc import Callable

    from slack_bolt.request.async_request import AsyncBoltRequest
    from slack_sdk.oauth.installation_store import Installation
    from slack_sdk.web.async_client import AsyncWebClient

    from config.environment import DoorSecrets
    from config.settings import DoorSettings

log = logging.getLogger(__name__)

INSTALL = "/slack/install"
RETURN = "/slack/oauth_redirect"
_TEAM = re.compile(r"T[A-Z0-9]{1,30}")
# What the client raises when there is no answer, or none that can be read.
_UNANSWERED = (SlackClientError, aiohttp.ClientError, OSError, ValueError, AttributeError)
# What Bolt calls what went wrong, or Slack itself in the address.
_FAILED = {
    "access_denied": "Somebody pressed Cancel at Slack.",
    "invalid_browser": "This is not the browser, or not the window, in which the installation was begun. Begin and end "
    "it in one browser that keeps cookies.",
    "invalid_state": "More than ten minutes have passed, this page was opened twice, or On Record was restarted "
    "meanwhile.",
    "missing_code": "Slack sent no code along.",
    "invalid_code": "Slack did not accept its own code, good once, for ten minutes. The door's log says more.",
}


class NotWelcome(BoltError):
    """An installation that is given back or could not be kept; the text is for the one who pressed the button."""


class Installing(AsyncOAuthFlow):
    """Slack's flow for one app. `client` carries no token."""

    def __init__(
        self,
        *,
        client: AsyncWebClient,
        secrets: DoorSecrets,
        settings: DoorSettings,
        installations: Installations,
        authorize: str,
        ticks: Callable[[], float],
    ) -> None:
        self._door = settings
        self._installations = installations
        super().__init__(
            client=client,
            logger=logging.getLogger("slack_bolt.door"),
            settings=AsyncOAuthSettings(
                client_id=secrets.client_id,
                client_secret=secrets.client_secret,
                scopes=SCOPES,
                user_scopes=(),  # what is not given would be read from the environment
                redirect_uri=settings.address.rstrip("/") + RETURN,
                install_path=INSTALL,
                redirect_uri_path=RETURN,
                authorization_url=authorize,
                installation_store=installations,
                state_store=States(ticks),
                state_expiration_seconds=LIFE,
                callback_options=AsyncCallbackOptions(success=self._welcome, failure=self._failed),
            ),
        )

    async def build_authorize_url(self, state: str, request: AsyncBoltRequest) -> str:
        """Slack's page; a workspace may be named in our own address as `?team=T…`."""
        team = str(next(iter(request.query.get("team") or ()), ""))
        return self.settings.authorize_url_generator.generate(state, team if _TEAM.fullmatch(team) else None)

    async def build_install_page_html(self, url: str, request: AsyncBoltRequest) -> str:  # noqa: ARG002  as inherited
        """The page on which it begins."""
        return page(
            "Add On Record to your workspace",
            "On Record keeps what officials said, and posts an alert to your newsroom when a fresh statement conflicts "
            "with it. Slack shows you what it may do before you agree.",
            "Only workspaces that its operators have listed can add it.",
            link=(url, "Add to Slack"),
        )

    async def store_installation(self, request: AsyncBoltRequest, installation: Installation) -> None:
        """Keep it if it is welcome; NotWelcome, with the app taken out of that workspace again, if it is not."""
        if refusal := self._refusal(installation):
            log.warning("not let in: %r (%s): %r", installation.team_name, installation.team_id, refusal)
            await self._give_back(installation)
            raise NotWelcome(refusal)
        try:
            await super().store_installation(request, installation)
        except OSError as error:
            log.exception("what was installed in %s could not be kept", installation.team_id)
            why = error.strerror or type(error).__name__
            raise NotWelcome(f"Slack has agreed, but it could not be kept here: {why}. Tell your operators.") from error
        log.info(
            "installed in %r (%s) by %s with %d scopes",
            installation.team_name,
            installation.team_id,
            installation.user_id,
            len(installation.bot_scopes or ()),
        )

    def _refusal(self, installation: Installation) -> str:
        team = installation.team_id or ""
        if installation.is_enterprise_install or not _TEAM.fullmatch(team) or not installation.bot_token:
            return "On Record is installed in one workspace at a time, not in a whole organisation. Choose a workspace."
        if installation.bot_refresh_token:
            return "The app's tokens end every twelve hours. Its operators should make it anew, without token rotation."
        if team in {one.team for one in self._door.workspaces}:
            return ""
        if installation.enterprise_id and installation.enterprise_id in self._door.enterprises:
            return ""
        return (
            f"{installation.team_name or 'This workspace'} is not on the list of workspaces that may add On Record. "
            f"Ask its operators to put {team} on it."
        )

    async def _give_back(self, installation: Installation) -> None:
        """Take the app out of a workspace again; its token is kept nowhere, whatever comes of this."""
        try:
            await self.client.apps_uninstall(
                client_id=self.settings.client_id,
                client_secret=self.settings.client_secret,
                token=installation.bot_token,
            )
        except _UNANSWERED as error:  # the refusal stands
            code = error.response.get("error") if isinstance(error, SlackApiError) else type(error).__name__
            log.warning("the app could not be taken out of %s again: %s", installation.team_id, code)

    async def _welcome(self, args: AsyncSuccessArgs) -> BoltResponse:
        installation = args.installation
        served = any(one.team == installation.team_id and one.process for one in self._door.workspaces)
        return _answer(
            args.settings,
            200,
            page(
                f"On Record is in {installation.team_name or installation.team_id}",
                "Invite it to the channels where alerts should go, and type /record help there."
                if served
                else f"It does not answer there yet: its operators still have to start a process for "
                f"{installation.team_id} and name it to the door.",
            ),
        )

    async def _failed(self, args: AsyncFailureArgs) -> BoltResponse:
        why = str(args.error) if isinstance(args.error, NotWelcome) else _FAILED.get(args.reason)
        known = re.fullmatch(r"[a-z_]{1,40}", args.reason)
        words = why or f"Slack says: {args.reason if known else 'something that is no word of Slack’s'}."
        status = 403 if isinstance(args.error, NotWelcome) else max(args.suggested_status_code, 400)
        return _answer(args.settings, status, failure(words))


def failure(words: str) -> str:
    """The page of what did not come about."""
    return page("On Record was not installed", words, link=(INSTALL, "Begin again"))


def _answer(settings: AsyncOAuthSettings, status: int, html: str) -> BoltResponse:
    gone = settings.state_utils.build_set_cookie_for_deletion()
    return BoltResponse(status=status, body=html, headers={"Content-Type": "text/html", "Set-Cookie": gone})
