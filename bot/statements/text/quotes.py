"""Stretches between quotation marks of every style, read paragraph by paragraph."""

from __future__ import annotations

from dataclasses import dataclass

DOUBLE = '"“”„‟«»″〝〞'
SINGLE = "'‘’‚‛‹›"
_OPENS_ONLY = "„‚〝"
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
    while at < last:
        mark = text[at]
        if mark in DOUBLE and _may_open(text, at, first, last):
            close = _double_close(text, at, last)
        elif mark in SINGLE and _single_may_open(text, at, first, last):
            close = _single_close(text, at, last)
            if close is None:
                at += 1
                continue
        else:
            at += 1
            continue
        end = last if close is None else close
        closed = close is not None and not (text[close] in DOUBLE and close > at + 1 and reopens(text, at, close, last))
        inner_end = end
        while inner_end > at + 1 and text[inner_end - 1].isspace():
            inner_end -= 1
        if inner_end > at + 1:
            found.append(
                Quotation(
                    start=at,
                    end=min(last, end + 1) if closed else inner_end,
                    inner_start=at + 1,
                    inner_end=inner_end,
                )
            )
        at = end + 1 if closed else end
    return tuple(found)


def _before(text: str, at: int, first: int) -> str:
    return text[at - 1] if at > first else "\n"


def _after(text: str, at: int, last: int) -> str:
    return text[at + 1] if at + 1 < last else "\n"


def _may_open(text: str, at: int, first: int, last: int) -> bool:
    """A mark opens unless it is glued to the end of a word; a curly opener also opens there."""
    mark, before, after = text[at], _before(text, at, first), _after(text, at, last)
    if after.isspace() and mark != "«":
        return False
    if mark in "“„«〝":
        return True
    if mark in "”»" and before not in _BEFORE_OPENING:
        return False
    return before in _BEFORE_OPENING or before in SINGLE or before in DOUBLE


def reopens(text: str, opened: int, at: int, last: int) -> bool:
    """Whether the mark at `at` opens a quotation anew behind a finished sentence, the one open never closed.

    So it stands where paragraphs of one quotation were run together.
    """
    if text[at] != text[opened] or text[at] in "”»":
        return False
    bare = text[max(opened, at - 3) : at].rstrip()
    return (
        text[at - 1].isspace()
        and bare[-1:] in (".", "!", "?")
        and at + 1 < last
        and text[at + 1].isupper()
        and at - opened > 20
    )


def _double_close(text: str, opened: int, last: int) -> int | None:
    """Where the double quotation opened at `opened` closes, with further ones nested in it; None: nowhere."""
    depth = 1
    at = opened + 1
    fallback = None
    while at < last:
        mark = text[at]
        if mark in DOUBLE:
            if reopens(text, opened, at, last):
                return at
            before, after = text[at - 1], _after(text, at, last)
            opens = mark in _OPENS_ONLY or (
                before in _BEFORE_OPENING and not after.isspace() and after not in ",.;:!?)" and before not in ".,"
            )
            if mark in "“«" and not (before not in " \t([—–-" and after in _AFTER_CLOSING):
                # „Zitat“ closes with the mark that opens elsewhere.
                opens = text[opened] not in "„‟»" or before in _BEFORE_OPENING
            if mark == "”" and before not in " \t":
                opens = False
            if opens:
                depth += 1
            else:
                depth -= 1
                fallback = at
                if depth == 0:
                    return at
        at += 1
    # More marks opened than closed: the last closing one is taken.
    return fallback


def _single_may_open(text: str, at: int, first: int, last: int) -> bool:
    """A single mark opens after a blank or bracket and before a letter; decades and clipped words do not count."""
    mark, before, after = text[at], _before(text, at, first), _after(text, at, last)
    if not (before in " \t\u00a0([{—–-\n:" or before in DOUBLE) or mark == "›":
        return False
    if mark == "’" and not after.isupper():
        return False
    if not (after.isalpha() or after in "…[$£€" or (after.isdigit() and mark == "‘")):
        return False
    return text[at + 1 : at + 4].lower() not in {"em ", "tis", "til", "cau", "twa"}


def _single_close(text: str, opened: int, last: int) -> int | None:
    """Where the single quotation closes: the first closing mark, a plural possessive passed over if another follows."""
    possible = None
    for at in range(opened + 2, min(last, opened + 1500)):
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
