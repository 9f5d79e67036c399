"""Whether words call something untrue themselves: not perhaps, not in words of others, and not as its denial."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.untruth import CALLED_UNTRUE, CLAIMS, NO_ASSERTION

if TYPE_CHECKING:
    from collections.abc import Iterator

UNTRUE: Final = re.compile(rf"\b{CALLED_UNTRUE}\b", re.IGNORECASE)
SAID: Final = rf"(?:{CLAIMS}|reports?|statements?|remarks?|words|figures?|numbers?|description)"
CLAIM: Final = re.compile(rf"\b{SAID}\b{NO_ASSERTION}", re.IGNORECASE)
# Within the words up to the last of these marks a "may" or a "not" speaks of what stands behind it.
_PIECE: Final = re.compile(r"[.;:–—]|,(?! or\b)|\b(?:and|but)\b")
# The same for words that bear on a whole clause: "perhaps the reports of Monday and Tuesday are false".
_CLAUSE: Final = re.compile(r"[.;:–—]|,(?! or\b)|\bbut\b")
_SURE: Final = re.compile(
    r"\b(?:(?:no|without) (?:doubt|question)|not (?:only|just|merely)|nothing (?:but|more than|less than|other than)|"
    r"can only|(?:I|we) (?:would|must) (?:say|call)|(?:I|we)(?: have|['’]ve)?(?: \w+)? (?:said|called)|"
    r"what (?:\S+ ){1,4}?(?:says?|said))\b",
    re.IGNORECASE,
)
_UNSURE: Final = re.compile(
    r"\b(?:would|could|can|might|may|probably|likely|possibly|seem(?:s|ed)?|appear(?:s|ed)?)\b", re.IGNORECASE
)
_SUPPOSED: Final = re.compile(
    r"\b(?:if|whether|unless|perhaps|maybe|possible|(?:may|might|could) be that|suspect(?:s|ed)?|wonder(?:s|ed)?|"
    r"(?-i:Should))\b",
    re.IGNORECASE,
)
_NOT: Final = re.compile(r"\b(?:not|never|no|nobody|none|nothing|neither|cannot)\b|n['’]t\b", re.IGNORECASE)
_TELLS: Final = re.compile(
    r"\b[\w.’'-]+ (?:(?:has|have|had|himself|herself|once|also|already|later|even) ){0,3}"
    r"(?:said|says|called|calls|admit(?:s|ted)|confirm(?:s|ed)|conceded|concedes|acknowledge[sd]|denie[sd]|knows?)\b"
)
_LIST: Final = re.compile(r"\W*(?:(?:and|or|even|just|simply|plainly|wholly|an?)\W+)*", re.IGNORECASE)
_ABOUT_WORDS: Final = re.compile(r"\b(?:what|says?|said|told|claim(?:s|ed))\b", re.IGNORECASE)
_FEW: Final = 4  # words: "Velden is wrong", "That account is wrong"


def calls_untrue(words: str, claim: str) -> bool:
    """Whether words that answer `claim` surely call something untrue, in the speaker's own name."""
    denied = bool(_NOT.search(claim))
    for found in _first_of_lists(words):
        before = words[: found.start()]
        near = _SURE.sub("", _PIECE.split(before)[-1])
        if _SUPPOSED.search(_SURE.sub("", _CLAUSE.split(before)[-1])) or _UNSURE.search(near) or _TELLS.search(near):
            continue
        if not denied and _NOT.search(near):
            continue
        if found.group().casefold().endswith("wrong") and not _of_words(words, before):
            continue
        return True
    return False


def hedged(words: str) -> bool:
    """Whether words only suppose something, or hold it possible: "can be wrong, and so can ours"."""
    plain = _SURE.sub("", words)
    return bool(_SUPPOSED.search(plain) or _UNSURE.search(plain))


def _first_of_lists(words: str) -> Iterator[re.Match[str]]:
    """The words that call something untrue, of several in one breath the first: "inaccurate, misleading or false"."""
    last = None
    for found in UNTRUE.finditer(words):
        if last is None or not _LIST.fullmatch(words, last.end(), found.start()):
            yield found
        last = found


def _of_words(words: str, before: str) -> bool:
    """Whether it is somebody or what is said that is wrong: to shell a hospital is wrong as well."""
    return bool(CLAIM.search(words) or _ABOUT_WORDS.search(before)) or len(before.split()) < _FEW
