"""The secrets, and where the ledger is: the one door to the environment, and to the files that its variables name."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from config import env_file
from config.faults import ConfigError, Fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from config.schema import Config, Feed

# What each secret is and where it is found.
_WHERE = {
    "SLACK_BOT_TOKEN": "the Bot User OAuth Token (xoxb-…), under OAuth & Permissions of your Slack app",
    "SLACK_APP_TOKEN": "an app-level token (xapp-…) with connections:write, under Basic Information",
    "SLACK_SIGNING_SECRET": "the Signing Secret, under Basic Information of your Slack app",
    "SLACK_CLIENT_ID": "the Client ID, under Basic Information of your Slack app",
    "SLACK_CLIENT_SECRET": "the Client Secret, under Basic Information of your Slack app",
    "ONRECORD_WEB_SECRET": "a random text of your own that signs sessions and links (openssl rand -hex 32 makes one)",
}

_API = "ONRECORD_API_TOKENS"
_SMTP = "ONRECORD_SMTP_PASSWORD"
_WAYBACK = "ONRECORD_WAYBACK_KEYS"
_SHORTEST = 32  # characters of what signs, or is not to be guessed


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Secrets:
    """What opens the newsroom's Slack; empty where it is not set. Printing it shows nothing."""

    bot_token: str = ""
    app_token: str = ""
    signing_secret: str = ""
    api_tokens: Mapping[str, str] = field(default_factory=dict)  # by the name of whoever has one; docs/api.md
    webhooks: Mapping[str, str] = field(default_factory=dict)  # by id, what the posts are signed with; docs/outward.md
    smtp_password: str = ""
    wayback_keys: str = ""  # of an account of the Internet Archive, as access:secret; docs/outward.md

    @property
    def values(self) -> tuple[str, ...]:
        """Each of them, so that it can be kept out of what is written."""
        outward = (*self.webhooks.values(), self.smtp_password, self.wayback_keys, self.wayback_keys.partition(":")[2])
        more = (*self.api_tokens.values(), *outward)
        return self.bot_token, self.app_token, self.signing_secret, *more

    def __repr__(self) -> str:
        states = ["set" if value else "unset" for value in self.values[:3]]
        return "Secrets(bot_token={}, app_token={}, signing_secret={})".format(*states)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class DoorSecrets:
    """What belongs to a Slack app as such, whichever workspaces have it; empty where it is not set."""

    client_id: str = ""
    client_secret: str = ""
    signing_secret: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class WebSecrets:
    """What signing in to the pages takes; empty where it is not set."""

    client_id: str = ""
    client_secret: str = ""
    signing: str = ""  # of sessions, forms and links


def database(config: Config, environ: Mapping[str, str] = os.environ) -> str:
    """Where the ledger is: ONRECORD_DATABASE_URL where it is set, else the path in [ledger]."""
    return _from_environment("ONRECORD_DATABASE_URL", environ) or config.settings.ledger.path


def llm_key(environ: Mapping[str, str] = os.environ) -> str:
    """The key of the language model's server: ONRECORD_LLM_API_KEY, or the file that its twin with _FILE names.

    Empty where neither is set: a server on one's own machine mostly asks for none.
    """
    return _from_environment("ONRECORD_LLM_API_KEY", environ)


def login(feed: Feed, environ: Mapping[str, str] = os.environ) -> tuple[str, str] | None:
    """Name and password for a feed, from the variable (or the file of its twin with _FILE) that it names, if any.

    ConfigError if there is nothing of the form name:password.
    """
    if not feed.login:
        return None
    name, colon, password = _from_environment(feed.login, environ).partition(":")
    if not (name and colon):
        message = f"feed {feed.id} wants it as name:password, here or in a file that {feed.login}_FILE names"
        raise ConfigError([Fault(file="environment", key=feed.login, message=message)])
    return name, password


def signing(config: Config, environ: Mapping[str, str] = os.environ) -> Mapping[str, str]:
    """By the id of each webhook, the secret that its posts are signed with. ConfigError names all that are not set."""
    found, faults = {}, []
    for target in config.settings.webhooks.targets:
        found[target.id] = _from_environment(target.secret, environ)
        if len(found[target.id]) < _SHORTEST:
            message = (
                f"webhook {target.id} is signed with it: set it, or {target.secret}_FILE, to at least {_SHORTEST} "
                "characters that nobody can guess, such as: openssl rand -hex 32"
            )
            faults.append(Fault(file="environment", key=target.secret, message=message))
    if faults:
        raise ConfigError(faults)
    return found


def smtp_password(config: Config, environ: Mapping[str, str] = os.environ) -> str:
    """The password of `[mail] user`; ConfigError where a user is named and no password is set."""
    password = _from_environment(_SMTP, environ)
    if config.settings.mail.user and not password:
        message = f"is not set, and [mail] names the user {config.settings.mail.user!r}: set it, or {_SMTP}_FILE"
        raise ConfigError([Fault(file="environment", key=_SMTP, message=message)])
    return password


def wayback_keys(config: Config, environ: Mapping[str, str] = os.environ) -> str:
    """The keys of `[wayback]` as access:secret; ConfigError where it is enabled and they are not set like that."""
    keys = _from_environment(_WAYBACK, environ)
    access, _, secret = keys.partition(":")
    if config.settings.wayback.enabled and not (access and secret):
        message = (
            f"[wayback] is enabled: set it, or {_WAYBACK}_FILE, to access:secret, the two keys of your account at "
            "https://archive.org/account/s3.php"
        )
        raise ConfigError([Fault(file="environment", key=_WAYBACK, message=message)])
    return keys


def logins(config: Config, environ: Mapping[str, str] = os.environ) -> tuple[tuple[str, str], ...]:
    """The logins of the feeds that have theirs."""
    found: list[tuple[str, str]] = []
    for feed in config.feeds:
        with contextlib.suppress(ConfigError):
            if known := login(feed, environ):
                found.append(known)
    return tuple(found)


def secrets(environ: Mapping[str, str] = os.environ) -> Secrets:
    """The secrets of the environment: each by its variable, or in a file that the variable with _FILE names.

    Raises ConfigError if such a file cannot be read, if others may read or change it, or if both variables are set.
    """
    bot, app, signing = _all("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", environ=environ)
    return Secrets(bot_token=bot, app_token=app, signing_secret=signing, api_tokens=_api_tokens(environ))


def _api_tokens(environ: Mapping[str, str]) -> Mapping[str, str]:
    """The tokens of the API, one a line or with blanks between them, each as name:token."""
    found: dict[str, str] = {}
    for place, word in enumerate(_from_environment(_API, environ).split(), 1):
        name, colon, token = word.partition(":")
        if not (name and colon) or len(token) < _SHORTEST or name in found:
            message = (
                f"entry {place} is to be name:token, each name once, the token of at least {_SHORTEST} characters; "
                "make one with: openssl rand -hex 32"
            )
            raise ConfigError([Fault(file="environment", key=_API, message=message)])
        found[name] = token
    return found


def door_secrets(environ: Mapping[str, str] = os.environ) -> DoorSecrets:
    """The secrets of a door, found and refused as `secrets` does."""
    client, secret, signing = _all("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_SIGNING_SECRET", environ=environ)
    return DoorSecrets(client_id=client, client_secret=secret, signing_secret=signing)


def web_secrets(environ: Mapping[str, str] = os.environ) -> WebSecrets:
    """The secrets of the pages, found and refused as `secrets` does."""
    client, secret, signing = _all("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "ONRECORD_WEB_SECRET", environ=environ)
    return WebSecrets(client_id=client, client_secret=secret, signing=signing)


def _all(*variables: str, environ: Mapping[str, str]) -> list[str]:
    values: list[str] = []
    faults: list[Fault] = []
    for variable in variables:
        try:
            values.append(_from_environment(variable, environ))
        except ConfigError as error:
            faults += error.faults
    if faults:
        raise ConfigError(faults)
    return values


def missing(secrets: Secrets, mode: Literal["socket", "http"], team: str = "") -> tuple[str, ...]:
    """What keeps the service from reaching Slack in this mode, each with its remedy; empty: nothing does.

    With a `team` the bot token comes from its installation, and must not stand in the environment as well.
    """
    found = tuple(_missing(secrets, mode, team))
    if not found:
        return ()
    return (*found, "To see On Record at work without Slack, run `make demo` (or `onrecord demo`).")


def missing_for_door(secrets: DoorSecrets) -> tuple[str, ...]:
    """What a door lacks, each with its remedy; empty: nothing."""
    given = {
        "SLACK_CLIENT_ID": secrets.client_id,
        "SLACK_CLIENT_SECRET": secrets.client_secret,
        "SLACK_SIGNING_SECRET": secrets.signing_secret,
    }
    return tuple(_unset(variable) for variable, value in given.items() if not value)


def missing_for_web(secrets: WebSecrets, *, sign_in: bool) -> tuple[str, ...]:
    """What the pages lack, each with its remedy; empty: nothing. Without signing in they need no secret."""
    given = {
        "SLACK_CLIENT_ID": secrets.client_id,
        "SLACK_CLIENT_SECRET": secrets.client_secret,
        "ONRECORD_WEB_SECRET": secrets.signing,
    }
    lacking = [_unset(variable) for variable, value in given.items() if sign_in and not value]
    if secrets.signing and len(secrets.signing) < _SHORTEST:
        lacking.append(
            f"ONRECORD_WEB_SECRET has fewer than {_SHORTEST} characters: make a random one of at least so many."
        )
    return tuple(lacking)


def _missing(secrets: Secrets, mode: Literal["socket", "http"], team: str) -> Iterator[str]:
    needed = [("SLACK_BOT_TOKEN", secrets.bot_token, "xapp-")]  # with the beginning of what it is mistaken for
    if team and secrets.bot_token:
        yield f"SLACK_BOT_TOKEN is set, and [slack] team = {team} takes it from what is installed: keep one of them."
    if team:
        needed = []
    if mode == "socket":
        needed.append(("SLACK_APP_TOKEN", secrets.app_token, "xoxb-"))
    else:
        needed.append(("SLACK_SIGNING_SECRET", secrets.signing_secret, "xoxb-"))
    for variable, value, swapped in needed:
        if not value:
            yield _unset(variable)
        elif value.startswith(swapped):
            yield f"{variable} holds another Slack token ({swapped}…): it should be {_WHERE[variable]}."
        elif len(value.split()) > 1:
            yield f"{variable} holds blanks or several lines: it should be {_WHERE[variable]}, and nothing else."


def _unset(variable: str) -> str:
    return (
        f"{variable} is not set: it is {_WHERE[variable]}. Set it in the environment, "
        f"or set {variable}_FILE to the path of a file that holds it."
    )


def _from_environment(variable: str, environ: Mapping[str, str]) -> str:
    """The value of the variable, or of the file that its twin with _FILE names, without blanks around it."""
    value, path = environ.get(variable, "").strip(), environ.get(f"{variable}_FILE", "").strip()
    if value and path:
        message = f"is set and {variable} too: keep one of them"
        raise ConfigError([Fault(file="environment", key=f"{variable}_FILE", message=message)])
    if not path:
        return value
    try:
        with Path(path).open(encoding="utf-8") as file:
            if env_file.exposed(file.fileno()):
                message = f"{path} can be read or changed by others: chmod 600 {path}"
                raise ConfigError([Fault(file="environment", key=f"{variable}_FILE", message=message)])
            return file.read().strip()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        fault = Fault(file="environment", key=f"{variable}_FILE", message=f"{path} cannot be read: {reason}")
        raise ConfigError([fault]) from error
