"""Everything that can go wrong on the way from a feed to an article: one root, each naming its subject."""

from __future__ import annotations

from typing import ClassVar

MAY_PASS = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 529})
MEANING = {
    401: "a login is required",
    402: "payment is required",
    403: "access is forbidden",
    404: "there is nothing at this address",
    406: "it offers no form that we read",
    429: "too many requests",
    451: "withheld for legal reasons",
    500: "its software failed",
    502: "the server behind it does not answer",
    503: "it is overloaded or under repair",
    504: "the server behind it does not answer",
}


class WatchError(Exception):
    """It could not be read."""

    advice: ClassVar[str] = ""
    lasting: bool = True  # trying again soon is pointless

    def __init__(self, subject: str, detail: str = "") -> None:
        super().__init__(subject, detail)
        self.subject = subject
        self.detail = detail

    @property
    def what(self) -> str:
        """What went wrong, in words and without the subject."""
        said = (type(self).__doc__ or "").splitlines()[0].rstrip(".")
        return f"{said}: {self.detail.rstrip('.')}." if self.detail else f"{said}."

    @property
    def reason(self) -> str:
        """What went wrong and what to do about it, in words and without the subject."""
        return f"{self.what} {self.advice}".rstrip()

    def __str__(self) -> str:
        return f"{self.subject}: {self.reason}"


class BlockedAddress(WatchError):
    """The address may not be dialled."""

    advice = 'A feed in a private network needs its "host:port" under allow in feeds.toml.'


class NoAddress(BlockedAddress):
    """The address may not be dialled."""

    advice = "Correct it: it looks like https://outlet.example/feed."


class LoginInAddress(BlockedAddress):
    """The address may not be dialled."""

    advice = "Take the login out of it; a feed's own is named by login = … in feeds.toml."


class TooLarge(WatchError):
    """The answer is larger than allowed."""

    advice = "Raise fetching.max_bytes if this source is trusted."


class TooSlow(WatchError):
    """It took longer than allowed."""

    advice = "It will be tried again."
    lasting = False


class NoLogin(WatchError):
    """The login of the feed is not there."""

    advice = "Set it in the environment and start the service again."


class Unreachable(WatchError):
    """The server could not be reached."""

    advice = "Check the host name and the network; it will be tried again."
    lasting = False


class Unreadable(WatchError):
    """The answer is in a form that was not asked for."""

    advice = "Only plain and gzip answers are read."


class Refused(WatchError):
    """The server refused."""

    def __init__(self, subject: str, detail: str = "", *, status: int = 0, retry_after: float | None = None) -> None:
        meaning = MEANING.get(status, "")
        said = ", ".join(part for part in (f"status {status}" if status else "", meaning, detail) if part)
        super().__init__(subject, said)
        self.status = status
        self.retry_after = retry_after  # seconds, as the server asked
        self.lasting = status not in MAY_PASS

    @property
    def reason(self) -> str:
        """What the server said, and whether an editor is needed."""
        advice = "Check the address in a browser." if self.lasting else "It will be tried again."
        return f"{super().reason} {advice}"


class Gone(WatchError):
    """The feed is gone for good."""

    advice = "Polling is paused: remove the feed or give it its new address."


class NotAFeed(WatchError):
    """The answer is not a feed."""

    advice = "Open the address in a browser and look for the feed's own link (RSS or Atom)."


class NoText(WatchError):
    """The page holds no article text."""

    advice = "It may be a paywall, a consent page or a page built by scripts."


class NotWelcome(WatchError):
    """The site asks programs not to fetch this page."""

    advice = "Its robots.txt says so; robots under [fetching] in onrecord.toml says what becomes of that."


class ParserLost(WatchError):
    """The parser was lost."""

    advice = "It was started afresh; the input will be tried again."
    lasting = False


class NotOnRecord(WatchError):
    """The record cannot take articles for the moment.

    For the receiver of articles to raise: the poll ends without counting it against any entry, and the same
    entries are new again at the next poll.
    """

    advice = "Check the ledger; nothing is lost, the entries are read again."
    lasting = False


class Unexpected(WatchError):
    """Something unexpected happened."""

    advice = "This is a fault of the program: see the log."
    lasting = False
