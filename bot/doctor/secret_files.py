"""Secrets: whether each that is needed is there, and whether the files that hold them are closed to others."""

from __future__ import annotations

import stat
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bot import log
from bot.doctor.finding import Finding
from config.environment import (
    Secrets,
    database,
    llm_key,
    login,
    missing,
    missing_for_web,
    secrets,
    signing,
    smtp_password,
    wayback_keys,
    web_secrets,
)
from config.load import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from config.load import Fault
    from config.schema import Config

_found = partial(Finding, check="secrets")
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def examine(config: Config, faults: Sequence[Fault], environ: Mapping[str, str]) -> tuple[Secrets, list[Finding]]:
    """The secrets that could be had, which no line shows from now on; and what is to be said of them.

    `faults` are those of the file `.env`.
    """
    found = [_wrong(fault) for fault in faults]
    keys = Secrets()
    try:
        keys = secrets(environ)
    except ConfigError as error:
        found += [_wrong(fault) for fault in error.faults]
    else:
        slack = config.settings.slack
        gaps = missing(keys, slack.mode, slack.team)[:-1]  # the last one tells of the demonstration
        found += [_gap(gap) for gap in gaps]
        if not gaps:
            found.append(_found(subject="slack", says="every token that is needed is set"))
    found += _pages(config, environ)
    for ask in (
        lambda: llm_key(environ),
        lambda: database(config, environ),
        lambda: signing(config, environ),
        lambda: smtp_password(config, environ),
        lambda: wayback_keys(config, environ),
    ):
        found += _refused(ask)
    log.strike((*keys.values, told(lambda: llm_key(environ))))
    log.strike_address(told(lambda: database(config, environ)))
    for feed in config.feeds:
        if feed.enabled and feed.login:
            found += _login(lambda feed=feed: login(feed, environ))  # type: ignore[misc]
    found += _exposed(Path(config.settings.slack.installations))
    return keys, found


def _pages(config: Config, environ: Mapping[str, str]) -> Iterator[Finding]:
    """Secrets of the pages, where they are served; none is shown from now on."""
    if not config.settings.web.enabled:
        return
    try:
        pages = web_secrets(environ)
    except ConfigError as error:
        yield from map(_wrong, error.faults)
        return
    log.strike((pages.client_secret, pages.signing))
    yield from map(_gap, missing_for_web(pages, sign_in=config.settings.web.sign_in))


def _gap(sentence: str) -> Finding:
    subject, _, rest = sentence.partition(" ")
    says, _, todo = rest.partition(": ")
    return _found(subject=subject, says=says, todo=todo)


def _wrong(fault: Fault) -> Finding:
    says, _, todo = fault.message.partition(": ")
    return _found(subject=fault.key or fault.file, says=says, todo=todo or "mend it there")


def told(ask: Callable[[], str]) -> str:
    """What is set; empty where it cannot be had, which `examine` tells."""
    try:
        return ask()
    except ConfigError:
        return ""


def _refused(ask: Callable[[], object]) -> Iterator[Finding]:
    try:
        ask()
    except ConfigError as error:
        yield from map(_wrong, error.faults)


def _login(ask: Callable[[], tuple[str, str] | None]) -> Iterator[Finding]:
    try:
        known = ask()
    except ConfigError as error:
        for fault in error.faults:
            yield _found(subject=fault.key, says="holds no login", todo=fault.message)
    else:
        if known:
            log.strike_login(*known)


def _exposed(installations: Path) -> Iterator[Finding]:
    """Files of installed apps that others may look into; the door writes them closed, and a copy may open them."""
    for file in sorted(installations.glob("T*/installation.json")):
        if file.stat().st_mode & _OTHERS:
            yield _found(subject=str(file), says="it can be read or changed by others", todo=f"chmod 600 {file}")
