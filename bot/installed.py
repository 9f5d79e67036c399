"""What is installed where: one file a workspace, written by the door and read by the workspace's own process.

Slack's library gives the shape of an installation. Its stores do not do here: they keep all workspaces in one place, or
write over the file that a process may be reading, and none can say what is there. A folder for each workspace can be
given to its process alone.
"""

from __future__ import annotations

import json
import os
import re
import stat
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from slack_sdk.oauth.installation_store import Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore

# What the app asks for when it is installed: the scopes of deploy/slack-manifest.yaml, where each has its reason.
SCOPES = (
    "chat:write",
    "commands",
    "app_mentions:read",
    "im:history",
    "channels:read",
    "groups:read",
    "users:read",
    "usergroups:read",
    "files:write",
    "im:write",
    "channels:history",
    "groups:history",
)
_TEAM = re.compile(r"T[A-Z0-9]{1,30}")
_FILE = "installation.json"


class NotInstalled(Exception):
    """There is no token to be had for a workspace; the text says why and what to do."""


class Installations(AsyncInstallationStore):
    """The installations in a folder, each in `<team>/installation.json`, readable by its owner alone (0600).

    A file is replaced as a whole: whoever reads it sees the earlier installation or the new one.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder.absolute()  # which its refusals name

    async def async_save(self, installation: Installation) -> None:
        """As `save`; what Bolt calls. It blocks for one small file."""
        self.save(installation)

    def save(self, installation: Installation) -> None:
        """Keep an installation in the place of the one before; OSError if that cannot be done."""
        place = self._place(installation.team_id or "")
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=place.parent, prefix=".new-")  # 0600 from its first moment
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                json.dump(installation.__dict__, file)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(place)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise

    def find(self, team: str) -> Installation | None:
        """What is installed in a workspace, or was: see `ended`. NotInstalled if its file cannot be read."""
        place = self._place(team)
        try:
            with place.open(encoding="utf-8") as file:
                exposed = os.fstat(file.fileno()).st_mode & (stat.S_IROTH | stat.S_IWOTH | stat.S_IWGRP)
                found = Installation(**json.load(file))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, TypeError) as error:
            why = error.strerror if isinstance(error, OSError) else "it is damaged"
            raise NotInstalled(f"{place} cannot be read: {why}; mend it, or install the app anew") from error
        if exposed:
            raise NotInstalled(f"{place} can be read or changed by others: chmod 600 {place}")
        return found

    def teams(self) -> tuple[str, ...]:
        """The workspaces in which the app is or was installed."""
        if not self._folder.is_dir():
            return ()
        return tuple(sorted(one.name for one in self._folder.iterdir() if _TEAM.fullmatch(one.name)))

    def end(self, team: str, why: str, at: datetime) -> bool:
        """Mark that Slack no longer knows the token, which is forgotten; False if there is none since before `at`.

        Slack may tell of an end late, when the app has been installed anew: that installation stands.
        """
        installation = self.find(team)
        if installation is None or ended(installation) or installation.installed_at > at.timestamp() + 1:
            return False
        installation.bot_token = None
        installation.set_custom_value("ended", at.isoformat())
        installation.set_custom_value("why", why)
        self.save(installation)
        return True

    def token(self, team: str) -> str:
        """The bot token of a workspace; NotInstalled, with what to do, where there is none that would do."""
        installation = self.find(team)
        if installation is None:
            raise NotInstalled(f"{team}: the app is not installed there, as far as {self._folder} tells; install it")
        if why := ended(installation):
            raise NotInstalled(f"{_named(installation)}: {why}; install the app again")
        if lacks := lacking(installation):
            raise NotInstalled(
                f"{_named(installation)}: the app was installed without {', '.join(lacks)}; install it again, so that "
                "Slack asks for what was added since"
            )
        return str(installation.bot_token)

    def _place(self, team: str) -> Path:
        if not _TEAM.fullmatch(team):
            raise NotInstalled(f"{team[:40]!r} is no id of a workspace")
        return self._folder / team / _FILE


def ended(installation: Installation) -> str:
    """Since when and why an installation is none any more; empty: it is one."""
    at, why = installation.get_custom_value("ended"), installation.get_custom_value("why")
    if at:
        return f"{why} on {datetime.fromisoformat(str(at)).astimezone(UTC):%d %b %Y %H:%M} UTC"
    return "" if installation.bot_token else "there is no bot token"


def lacking(installation: Installation) -> tuple[str, ...]:
    """The scopes that the app needs and was not given."""
    given = set(installation.bot_scopes or ())
    return tuple(scope for scope in SCOPES if scope not in given)


def _named(installation: Installation) -> str:
    name = installation.team_name
    return f"{name} ({installation.team_id})" if name else str(installation.team_id)
