"""Makes text safe for Slack: the one place where foreign text becomes mrkdwn."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC
from functools import lru_cache
from typing import TYPE_CHECKING, NewType
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

Mrkdwn = NewType("Mrkdwn", str)  # text that Slack may parse: ours, or foreign text made safe here

LABEL = 80  # longest label of a link, escaped
URL = 2900  # Slack takes 3,000 in a button; mrkdwn has no documented limit
_WORD_JOINER = "\u2060"
_LOOK_ALIKES = str.maketrans({"*": "∗", "~": "∼", "`": "ˋ"})
_FORMATTING_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")  # not between letters or digits: it cannot format
_MARKS = re.compile(rf"[*`]|{_FORMATTING_UNDERSCORE.pattern}")
_EMOJI = re.compile(r":(?=[^\s:/\u2060]+:)(?!\d\d[–-]\d\d:)")  # a name of any script, but no address or hours
_MENTION = re.compile(r"@(?=\w)")
_LEADING_QUOTE = re.compile(r"^(\s*)>", re.MULTILINE)
_BLANKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")  # letters and marks that show nothing
_JOINER = "\u200d"
_LOOSE_JOINER = re.compile(  # one that makes no picture of two
    rf"(?<![\ufe0f\u2190-\u2bff\U0001f000-\U0001faff]){_JOINER}|{_JOINER}(?![\u2190-\u2bff\U0001f000-\U0001faff])"
)
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_ESCAPES = str.maketrans(_ENTITIES)
_SAFE_URL = re.compile(r"[^\s<>|\\\"'`{}^\x00-\x20\x7f-\x9f]+")
_HOST = re.compile(r"[a-z0-9._-]+|[0-9a-f:.]+")
_USER = re.compile(r"[UW][A-Z0-9]{2,20}")


def length(text: str) -> int:
    """How long Slack may find a text: UTF-16 units, the largest of the ways in which it may count characters."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def clean(text: str) -> str:
    """NFC without control, zero-width, bidirectional or unassigned characters; white space is a blank or a new line.

    What joins emoji to one picture stays.
    """
    if text.isprintable() and _BLANKS.isdisjoint(text):
        return " ".join(unicodedata.normalize("NFC", text).split())
    kept = _LOOSE_JOINER.sub("", text).translate({ord(char): _kept(char) for char in set(text)})
    lines = (" ".join(line.split()) for line in unicodedata.normalize("NFC", kept).split("\n"))
    return "\n".join(line for line in lines if line)


@lru_cache(maxsize=4096)
def _kept(char: str) -> str:
    """What stands for a character of foreign text; empty: it shows nothing, or does harm."""
    if char in "\n\r\u2028\u2029\x0b\x0c\x85":
        return "\n"
    category = unicodedata.category(char)
    if category == "Zs" or char == "\t":
        return " "
    return char if char == _JOINER or (category[0] != "C" and char not in _BLANKS) else ""


def line(text: str) -> str:
    """`clean` on one line."""
    return clean(text).replace("\n", " ")


def foreign(text: str, limit: int) -> Mrkdwn:
    """Foreign text on one line that cannot format, link or ping; at most `limit` long once escaped."""
    return Mrkdwn(_cut(_disarm(line(_near(text, limit))), limit))


def foreign_lines(text: str, limit: int) -> Mrkdwn:
    """As `foreign`, keeping the breaks between lines."""
    return Mrkdwn(_cut(_disarm(clean(_near(text, limit))), limit))


def plain(text: str, limit: int) -> str:
    """Foreign text for a plain_text object, where Slack parses only emoji; angle brackets become look-alikes.

    Nothing is escaped: a client that shows entities as they stand would show them. `&` alone starts nothing.
    """
    disarmed = _break_words(line(_near(text, limit))).replace("<", "‹").replace(">", "›")
    return _cut(disarmed, limit, escaped=False)


def bold(text: Mrkdwn) -> Mrkdwn:
    """In bold."""
    return Mrkdwn(f"*{text}*") if text else text


def italic(text: Mrkdwn) -> Mrkdwn:
    """In italics."""
    return Mrkdwn(f"_{text}_") if text else text


def struck(text: Mrkdwn) -> Mrkdwn:
    """Struck through."""
    return Mrkdwn(f"~{text}~") if text else text


def unmarked(text: Mrkdwn) -> Mrkdwn:
    """A text of ours without the marks of bold, italics and code: for the notice and for who has it read out."""
    return Mrkdwn(_MARKS.sub("", text))


def joined(parts: Iterable[Mrkdwn], between: str = " ") -> Mrkdwn:
    """The parts that hold something, with our own words between them."""
    return Mrkdwn(between.join(part for part in parts if part))


def sentence(parts: Iterable[Mrkdwn]) -> Mrkdwn:
    """Short remarks as one line that ends with a stop; a question keeps its mark."""
    line_ = "; ".join(part for part in parts if part)
    if line_ and line_[-1] not in ".!?…":
        line_ += "."
    return Mrkdwn(line_.replace("?;", "?").replace("!;", "!"))


def quoted(text: Mrkdwn) -> Mrkdwn:
    """A block quote: every line begins with the mark."""
    return Mrkdwn("\n".join(f">{part}" for part in text.split("\n")))


def link(url: str | None, label: str, *, limit: int = URL) -> Mrkdwn:
    """A link by http or https with its host beside the label; the label alone where the address is unsafe.

    The host is what the browser would go to: user names in an address are never linked, and letters that only
    look Latin come out in their ASCII form.
    """
    host = host_of(url)
    shown = _cut(_disarm(line(label)).replace("|", "¦"), LABEL)
    if host is None or url is None:
        return Mrkdwn(shown)
    beside = Mrkdwn(_cut(_disarm(host), LABEL))
    if not shown or shown.casefold() == beside:
        shown, beside = beside, Mrkdwn("")
    target = url.translate(_ESCAPES)
    linked = linkable(url) and length(target) <= limit
    text = f"<{target}|{shown}>" if linked else shown
    return Mrkdwn(f"{text} ({beside})" if beside else text)


def linkable(url: str) -> bool:
    """Whether an address may be the target of a link: http or https, a host, no user name, nothing to misread."""
    return host_of(url) is not None and "@" not in urlsplit(url).netloc and length(url) <= URL and clean(url) == url


def host_of(url: str | None) -> str | None:
    """The host of a web address in ASCII, without a leading "www."; None where there is none or it can be misread."""
    if not url or not _SAFE_URL.fullmatch(url):
        return None
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode("ascii").lower()
    except ValueError:  # a malformed host; UnicodeError is one too
        return None
    if parts.scheme not in {"http", "https"} or not _HOST.fullmatch(host):
        return None
    return host.removeprefix("www.")


def person(user: str | None) -> Mrkdwn:
    """A Slack user by id; other words as they stand."""
    if user and _USER.fullmatch(user):
        return Mrkdwn(f"<@{user}>")
    return foreign(user or "somebody", LABEL)


def clock(moment: datetime) -> Mrkdwn:
    """A time of day in the reader's zone, with UTC for readers that cannot localise."""
    utc = moment.astimezone(UTC)
    return Mrkdwn(f"<!date^{int(utc.timestamp())}^{{time}}|{utc:%H:%M} UTC>")


def moment(when: datetime) -> Mrkdwn:
    """A date and time in the reader's zone, with UTC for readers that cannot localise."""
    utc = when.astimezone(UTC)
    fallback = f"{utc.day} {_MONTHS[utc.month - 1]} {utc.year} {utc:%H:%M} UTC"
    return Mrkdwn(f"<!date^{int(utc.timestamp())}^{{date_short}} {{time}}|{fallback}>")


def day(when: date, *, weekday: bool = True) -> Mrkdwn:
    """A day, whatever the locale: "Mon 24 Feb 2025"."""
    name = f"{_DAYS[when.weekday()]} " if weekday else ""
    return Mrkdwn(f"{name}{when.day} {_MONTHS[when.month - 1]} {when.year}")


def days(first: date, last: date) -> Mrkdwn:
    """A day or an interval of days: "Mon 24 Feb 2025", "17–23 Feb 2025", "27 Feb – 3 Mar 2025"."""
    if first == last:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return Mrkdwn(f"{first.day}–{day(last, weekday=False)}")
    year = "" if first.year == last.year else f" {first.year}"
    return Mrkdwn(f"{first.day} {_MONTHS[first.month - 1]}{year} – {day(last, weekday=False)}")


def _near(text: str, limit: int) -> str:
    """As much of a long text as can matter, were seven of eight characters stripped."""
    return text[: 8 * limit + 100]


def _disarm(text: str) -> str:
    """Replace what formats and break what pings."""
    text = _FORMATTING_UNDERSCORE.sub("ˍ", text)  # before the look-alikes, some of which count as letters
    return _break_words(_LEADING_QUOTE.sub(r"\1›", text.translate(_LOOK_ALIKES)))


def _break_words(text: str) -> str:
    return _MENTION.sub("@" + _WORD_JOINER, _EMOJI.sub(":" + _WORD_JOINER, text))


def _cut(text: str, limit: int, *, escaped: bool = True) -> str:
    """Escape, and cut at the last word that fits, with "…"; inside a word only where none fits, never in an entity."""
    if len(text) <= limit and length(whole := text.translate(_ESCAPES) if escaped else text) <= limit:
        return whole
    entities = _ENTITIES if escaped else {}
    pieces = [entities.get(char, char) for char in text[: limit + 1]]  # no character is shorter than 1
    room, kept, word_end = limit - 1, 0, 0  # 1: the ellipsis
    for place, piece in enumerate(pieces):
        if piece.isspace():
            word_end = place
        room -= len(piece) + (piece > "\uffff")  # its `length`, where an entity is ASCII
        if room < 0:
            break
        kept = place + 1
    if kept < len(pieces) and pieces[kept].isspace():
        word_end = kept
    while kept > 1 and word_end == 0 and unicodedata.combining(text[kept]):
        kept -= 1  # a mark stays with its letter
    end = word_end or kept
    return "".join(pieces[:end]).rstrip(" _,:\u200d") + "…" if limit >= 1 else ""
