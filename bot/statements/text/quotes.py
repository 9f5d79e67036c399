"""Stretches between quotation marks of every style, read paragraph by paragraph."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.statements.text import lost_marks

DOUBLE = '"“”„‟«»″〝〞'
SINGLE = "'‘’‚‛‹›"
_NEXT = re.compile(f"[{DOUBLE}]")
_MARK = re.compile(f"[{DOUBLE}{SINGLE}]")
# How far behind an odd mark the next one is looked for.
_NEAR = 1500
_OPENS_ONLY = "„‚〝"
# What closes each opening mark in print; others close it by mistake only.
_CLOSED_BY = {"“": "”", "«": "»", "‹": "›", "„": "“”", "»": "«"}
_BEFORE_OPENING = " \t\u00a0\u2009\u202f([{—–-/\n:;,.…>|"
_AFTER_CLOSING = " \t\u00a0\u2009\u202f)]}—–-/\n:;,.…!?<|"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """One outer stretch: from its opening mark to behind its closing one, and what stands between them.

    Where none closes it, it ends with its paragraph.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int


def stretches(text: str, first: int, last: int) -> tuple[Quotation, ...]:
    """The outer quotations of the paragraph `text[first:last]`, in order."""
    found: list[Quotation] = []
    at = first
    none_until = first  # up to here no single quotation closes: one that opened before had looked
    while (sign := _MARK.search(text, at, last)) is not None:
        start = at = sign.start()
        mark = text[at]
        if mark in DOUBLE:
            if _may_open(text, at, first, last) or _opens_displaced(text, at, last):
                close = _double_close(text, at, last)
            else:
                begin = lost_marks.opening(text, at, found[-1].end if found else first)
                if begin is not None:
                    found.append(Quotation(start=begin, end=at + 1, inner_start=begin, inner_end=at))
                at += 1
                continue
        elif mark in SINGLE and _single_may_open(text, at, first, last):
            close = _single_close(text, at, max(at + 2, none_until), last)
            if close is None:
                none_until = max(none_until, min(last, at + _NEAR))
                at += 1
                continue
        else:
            at += 1
            continue
        end = last if close is None else close
        closed = close is not None and not (text[close] in DOUBLE and close > at + 1 and reopens(text, at, close, last))
        if not closed:
            end = lost_marks.closing(text, at, end, DOUBLE) or end
        quotation = _between(text, start, end, last, closed=closed)
        if quotation is not None:
            found.append(quotation)
        at = end + 1 if closed else end
    return tuple(found)


def _between(text: str, start: int, end: int, last: int, *, closed: bool) -> Quotation | None:
    """The quotation from the mark at `start` to `end`, without the blanks inside its marks; None: it is empty."""
    inner_start, inner_end = start + 1, end
    while inner_end > inner_start and text[inner_end - 1].isspace():
        inner_end -= 1
    while inner_start < inner_end and text[inner_start].isspace():
        inner_start += 1
    if inner_end <= inner_start:
        return None
    return Quotation(
        start=start, end=min(last, end + 1) if closed else inner_end, inner_start=inner_start, inner_end=inner_end
    )


def _opens_displaced(text: str, at: int, last: int) -> bool:
    """Whether a mark that stands as a closing one opens: glued to the sentence or the cue before it."""
    if not lost_marks.may_be_displaced(text, at):
        return False
    following = _NEXT.search(text, at + 1, min(last, at + _NEAR))
    return following is not None and lost_marks.displaced_opening(text, following.start(), last)


def _before(text: str, at: int, first: int) -> str:
    return text[at - 1] if at > first else "\n"


def _after(text: str, at: int, last: int) -> str:
    return text[at + 1] if at + 1 < last else "\n"


def _may_open(text: str, at: int, first: int, last: int) -> bool:
    """A mark opens unless it is glued to the end of a word; a curly opener also opens there."""
    mark, before, after = text[at], _before(text, at, first), _after(text, at, last)
    if after.isspace() and mark != "«":
        return (mark == "“" or at == first) and before.isspace() and _closes_later(text, at, last)
    if mark in "“„«〝":
        return True
    if mark in "”»" and before not in _BEFORE_OPENING:
        return False
    return before in _BEFORE_OPENING or before in SINGLE or before in DOUBLE


def _closes_later(text: str, at: int, last: int) -> bool:
    """Whether the next double mark behind the one at `at` can only be a closing one."""
    following = _NEXT.search(text, at + 1, min(last, at + _NEAR))
    return following is not None and following[0] != "“" and _after(text, following.start(), last) in _AFTER_CLOSING


def reopens(text: str, opened: int, at: int, last: int) -> bool:
    """Whether the mark at `at` opens a quotation anew behind a finished sentence, the one open never closed.

    So it stands where paragraphs of one quotation were run together.
    """
    if text[at] in "”»" or (text[at] != text[opened] and not _other_style(text, opened, at, last)):
        return False
    bare = text[max(opened, at - 3) : at].rstrip()
    return (
        text[at - 1].isspace()
        and bare[-1:] in (".", "!", "?")
        and at + 1 < last
        and text[at + 1].isupper()
        and at - opened > 20
        and not lost_marks.displaced_closing(text, at)
    )


def _other_style(text: str, opened: int, at: int, last: int) -> bool:
    """Whether a straight mark inside a curly quotation has no partner: the next mark is the curly closing one."""
    if text[at] != '"' or text[opened] != "“":
        return False
    following = _NEXT.search(text, at + 1, min(last, at + _NEAR))
    return following is not None and following[0] == "”"


def _double_close(text: str, opened: int, last: int) -> int | None:
    """Where the double quotation opened at `opened` closes, with further ones nested in it; None: nowhere."""
    open_marks = [text[opened]]
    at = opened + 1
    fallback = None
    while at < last:
        mark = text[at]
        if mark in DOUBLE:
            if reopens(text, opened, at, last):
                return at
            if _nests(text, opened, at, last):
                open_marks.append(mark)
            else:
                inner = open_marks.pop()
                if not open_marks:
                    return at
                if mark not in _CLOSED_BY.get(inner, "") or mark in _CLOSED_BY.get(text[opened], ""):
                    fallback = at
        at += 1
    # More marks opened than closed: the last closing one is taken, unless it belongs to a nested one.
    return fallback


def _nests(text: str, opened: int, at: int, last: int) -> bool:
    """Whether the double mark at `at` opens a quotation inside the one opened at `opened`."""
    mark, before, after = text[at], text[at - 1], _after(text, at, last)
    if mark == "”" and before not in " \t":
        return False
    if mark in "“«" and not (before not in " \t([—–-" and after in _AFTER_CLOSING):
        # „Zitat“ closes with the mark that opens elsewhere.
        return text[opened] not in "„‟»" or before in _BEFORE_OPENING
    if mark in _OPENS_ONLY:
        return True
    fits = before in _BEFORE_OPENING and not after.isspace() and after not in ",.;:!?)" and before not in ".,"
    return fits and not (before.isspace() and lost_marks.displaced_closing(text, at))


def _single_may_open(text: str, at: int, first: int, last: int) -> bool:
    """A single mark opens after a blank or bracket and before a letter; decades and clipped words do not count."""
    mark, before, after = text[at], _before(text, at, first), _after(text, at, last)
    if not (before in " \t\u00a0([{—–-\n:" or before in DOUBLE) or mark == "›":
        return False
    if mark == "’" and not after.isupper():
        return False
    if not (after.isalpha() or after in "…[$£€" or (after.isdigit() and mark == "‘")):
        return False
    if text[at + 1] == "s" and not _after(text, at + 1, last).isalnum():
        return False  # a possessive set apart: "Velden 's"
    return text[at + 1 : at + 4].lower() not in {"em ", "tis", "til", "cau", "twa"}


def _single_close(text: str, opened: int, begin: int, last: int) -> int | None:
    """Where the single quotation closes: the first closing mark, a plural possessive passed over if another follows.

    It is looked for from `begin` on.
    """
    possible = None
    for at in range(begin, min(last, opened + _NEAR)):
        mark = text[at]
        if mark in DOUBLE and text[at - 1] in _BEFORE_OPENING and possible is not None:
            break
        if mark not in "'’›‘":
            continue
        before, after = text[at - 1], _after(text, at, last)
        if before.isspace() or after.isalnum():
            if before.isspace() and possible is not None:
                break
            continue
        if before == "s" and after == " " and at + 2 < last and text[at + 2].islower():
            possible = possible or at
            continue
        return at
    return possible
