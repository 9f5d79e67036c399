"""Where quotation marks that a page lost, displaced or typed with two signs must have stood."""

from __future__ import annotations

import re

_SPOKE = r"(?:said|says|told|added|replied|wrote|insisted|stressed|warned|noted)"
_NAME = r"(?:[Tt]he |[Aa] )?[A-Z][\w.’'-]{1,30}(?: [A-Z][\w.’'-]{1,30}){0,4}"
_WHO = rf"(?:he|she|they|{_NAME})"
_ATTRIBUTION = rf"(?:{_WHO} {_SPOKE}|{_SPOKE} {_WHO})\b"
_BEHIND_MARK = re.compile(rf" {_ATTRIBUTION}")
_GLUED_BEHIND_MARK = re.compile(rf"(?:{_SPOKE} {_WHO}|{_WHO} {_SPOKE}(?=[.,:]))")
# The attribution is the last thing of its stretch, but for a day.
_AT_THE_END = re.compile(
    rf"(?<!But)(?<!And)(?<!Well)[,?!](?= (?:{_WHO} (?!told){_SPOKE}|{_SPOKE} {_NAME})(?: on \w+day| \w+day)?[.:,]?\s*$)"
)
_SAID_BEFORE = re.compile(rf"\b{_SPOKE}[,:]$")
_STOP = re.compile(r"[.!?][”\")]?\s+(?=\S)")
_NEXT_SIGN = re.compile(r"\s*(\S)")
# Typed with two signs each; one mark and a blank stand for them, so that every place stays.
_TYPED_OPENING = re.compile(r"(?<![\w'‘’`])(?:''|``|‘‘)(?=[\w…\[$£€])")
_TYPED_CLOSING = re.compile(r"(?<=[\w.,!?…\])%])(?:''|’’)(?![\w'’])")
_SHORTEST = 8
_LONGEST_CUE = 12
_TAIL = 120
_HEAD = 400


def typed_with_two(text: str) -> str:
    """The text with ''marks of two signs'' made one mark and a blank; of the same length."""
    if "''" not in text and "``" not in text and "’’" not in text:
        return text
    return _TYPED_CLOSING.sub('" ', _TYPED_OPENING.sub(' "', text))


def closing(text: str, opened: int, end: int, marks: str) -> int | None:
    """Behind which place the closing mark was lost: the comma before an attribution that ends the stretch.

    `end`: where the stretch ends that nothing closed. Where the next paragraph opens with a mark, the quotation goes
    on there, and nothing was lost.
    """
    following = _NEXT_SIGN.match(text, end)
    if "\n" in text[end : end + 1] and following is not None and following.group(1) in marks:
        return None
    found = _AT_THE_END.search(text, max(opened + _SHORTEST, end - _TAIL), end)
    return found.end() if found else None


def opening(text: str, at: int, first: int) -> int | None:
    """Where a quotation begins whose opening mark was lost: with the sentence that the mark at `at` closes.

    Only before an attribution, and never before `first`.
    """
    if text[at] not in '"”' or text[at - 1 : at] not in {",", ".", "!", "?"} or not _BEHIND_MARK.match(text, at + 1):
        return None
    low = max(first, at - _HEAD)
    starts = [found.end() for found in _STOP.finditer(text, low, at)]
    begin = starts[-1] if starts else low
    if not starts and low > first:
        return None
    while begin < at and text[begin].isspace():
        begin += 1
    return begin if at - begin > _SHORTEST and text[begin].isupper() else None


def may_be_displaced(text: str, at: int) -> bool:
    """Whether a mark is glued to a sentence, or to a cue of saying, and a blank follows: 'he said." Of course …."'."""
    if text[at] not in '"“' or text[at + 1 : at + 2] != " ":
        return False
    ends = text[at - 1 : at] in {".", "!", "?"} and text[at + 2 : at + 3].isupper()
    return ends or _SAID_BEFORE.search(text, max(0, at - _LONGEST_CUE), at) is not None


def displaced_opening(text: str, next_mark: int, last: int) -> bool:
    """Whether the mark behind a displaced one closes, so that the displaced one opens."""
    return not text[next_mark - 1].isspace() and (next_mark + 1 >= last or not text[next_mark + 1].isalnum())


def displaced_closing(text: str, at: int) -> bool:
    """Whether a mark glued to an attribution closes what stands before it: '… is safe. "said Velden'."""
    return bool(_GLUED_BEHIND_MARK.match(text, at + 1))
