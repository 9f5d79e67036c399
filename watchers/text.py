"""Plain text from the markup of strangers: stripped, bounded, and judged for a wrong charset."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

MAX_TEXT = 500_000  # characters of one article
_BLOCKS = re.compile(
    r"address|article|aside|blockquote|br|d[dlt]|div|figure|footer|h[1-6r]|header|li|main|nav|[ou]l|p|pre|section"
    r"|table|t[dhr]"
)
_SILENT = frozenset({"script", "style", "template", "iframe", "figcaption", "noscript", "object", "svg", "button"})
# A tag as nearly all publishing software writes it, or the beginning of anything else. Those whose content is no markup
# are not among them.
_TAG = re.compile(
    r"<(?:/([a-zA-Z][a-zA-Z0-9]*)[ \t\n]*>"
    r"|(?!(?i:script|style|textarea|title|plaintext|xmp|iframe|no(?:embed|frames|script))\b)([a-zA-Z][a-zA-Z0-9]*)"
    r"""(?:[ \t\n]+[a-zA-Z][a-zA-Z0-9:_-]*=(?:"[^"<>]*"|'[^'<>]*'))*[ \t\n]*(/?)>)?"""
)
_BLANKS = r"\t\r\f\v\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
_SPACES = re.compile(rf" [ {_BLANKS}]+|[{_BLANKS}][ {_BLANKS}]*")  # all but a single blank, which stays
_BREAKS = re.compile(r" \n[ \n]*|\n[ \n]+")
# Control characters, lone surrogates, bidi marks and overrides, and invisible characters; joiners stay, since
# some scripts need them.
_DROPPED = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
    r"\ufff9-\ufffb\ud800-\udfff]+"
)
_MISREAD_UTF8 = re.compile(r"â[\x80€][\x80-\xbf™œ“”•–—˜š›žŸ˜¢¦]|[ÃÂÐÑ][\x80-\xbf]|Ã[‚ƒ„…†‡ˆ‰Š‹ŒŽ]")
_LATIN_LETTERS = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ]")
_HIGH_LATIN_LETTERS = re.compile(r"[À-ÖØ-öø-ÿ]")


def clean(text: str, limit: int = MAX_TEXT) -> str:
    """The text without invisible characters, blanks and line breaks evened, at most `limit` characters."""
    bounded = _DROPPED.sub("", text[: 2 * limit])
    return _BREAKS.sub("\n", _SPACES.sub(" ", bounded)).strip()[:limit].rstrip()


def one_line(text: str, limit: int) -> str:
    """As `clean`, on one line."""
    return clean(text.replace("\n", " "), limit)


def plain(markup: str, limit: int = MAX_TEXT) -> str:
    """The text of HTML, a line for each block; scripts, captions and the like are left out."""
    if "<" not in markup and "&" not in markup:
        return clean(markup, limit)
    stripper = _Stripper()
    if not _walked(markup, stripper):
        stripper = _Stripper()
        stripper.feed(markup)
        stripper.close()
    return clean("".join(stripper.parts), limit)


def _walked(markup: str, stripper: _Stripper) -> bool:
    """Tell the stripper what HTMLParser would, in a third of its time; False where not all tags are plain ones."""
    end = 0
    for found in _TAG.finditer(markup):
        closed, opened, empty = found.groups()
        if end < found.start():
            stripper.handle_data(unescape(markup[end : found.start()]))
        end = found.end()
        if closed:
            stripper.handle_endtag(closed.lower())
        elif opened and empty:
            stripper.handle_startendtag(opened.lower(), [])
        elif opened:
            stripper.handle_starttag(opened.lower(), [])
        else:
            return False
    stripper.handle_data(unescape(markup[end:]))
    return True


def garbled(text: str) -> bool:
    """Whether the text looks as if read with the wrong charset. Look before `clean`, which drops the traces."""
    sample = text[:20_000]
    if sample.isascii():
        return False
    if sample.count("\ufffd") > max(2, len(sample) // 500) or len(_MISREAD_UTF8.findall(sample)) >= 2:
        return True
    # Cyrillic or Greek read as Latin-1 is nearly all accented letters; no language written in Latin letters is.
    letters = len(_LATIN_LETTERS.findall(sample))
    return letters >= 8 and len(_HIGH_LATIN_LETTERS.findall(sample)) > 0.4 * letters


def has_foreign_letters(text: str) -> bool:
    """Whether there are letters beyond ASCII, which a guessed charset may have made of something else."""
    return not text.isascii() and any(character.isalpha() for character in text if character > "\x7f")


class _Stripper(HTMLParser):
    """Collects the text of a fragment."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0

    def parse_marked_section(self, i: int, report: bool = True) -> int:  # noqa: FBT001, FBT002 - HTMLParser's
        try:
            return super().parse_marked_section(i, report)
        except AssertionError:  # of a section that no standard knows; browsers make a comment of it
            return self.parse_bogus_comment(i)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - HTMLParser's
        if tag in _SILENT:
            self._silent += 1
        elif _BLOCKS.fullmatch(tag):
            self.parts.append("\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - HTMLParser's
        if _BLOCKS.fullmatch(tag):
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif _BLOCKS.fullmatch(tag):
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data.replace("\n", " "))
