"""The errors of the Slack side."""

from __future__ import annotations


class SlackSideError(Exception):
    """The Slack side cannot do what was asked."""


class SlackRefused(SlackSideError):
    """Slack does not accept our token at start: an operator has to see to it."""


class SlackUnreachable(SlackSideError):
    """Slack cannot be reached at start, or gives no clear answer: it may be tried again."""


class InvalidMessage(SlackSideError):
    """A message breaks a limit of Block Kit; each fault names its place."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("the message breaks Block Kit's limits: " + "; ".join(faults))
        self.faults = faults
