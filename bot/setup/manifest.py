"""The manifest of the Slack app, for the way in which Slack is to reach us."""

from __future__ import annotations

from importlib import resources

PATH = "/slack/events"


def text(address: str = "") -> str:
    """The manifest: for Socket Mode, or for signed requests that Slack sends to a public address."""
    manifest = (resources.files("bot.setup") / "slack-manifest.yaml").read_text("utf-8")
    if not address:
        return manifest
    url = address.rstrip("/") + PATH
    for there, instead in (
        ("    - command: /record\n", f"    - command: /record\n      url: {url}\n"),
        ("  interactivity:\n", f"  interactivity:\n    request_url: {url}\n"),
        ("  event_subscriptions:\n", f"  event_subscriptions:\n    request_url: {url}\n"),
        ("socket_mode_enabled: true # no public address is needed", "socket_mode_enabled: false"),
    ):
        assert manifest.count(there) == 1  # noqa: S101  a test reads every manifest that is made
        manifest = manifest.replace(there, instead)
    return manifest
