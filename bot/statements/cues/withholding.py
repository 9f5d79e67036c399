"""What somebody is not given: "denied the inspectors a visa" denies no claim, and nobody says it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.statements.cues import phrases
from bot.statements.text.sentences import Token
from bot.statements.text.words import (
    AUXILIARIES,
    COORDINATORS,
    DETERMINERS,
    OBJECT_PRONOUNS,
    PREPOSITIONS,
    SUBORDINATORS,
    TIME_UNITS,
    TIME_WORDS,
    words,
)

_REACH = 12  # tokens from the verb to what is withheld
# What is only ever let in or granted, whoever asks for it.
_LET_IN = words(
    "access entry visa visas permission permit permits asylum bail parole passage transit accreditation admission "
    "clearance licence licences license licenses"
)
# What may be given to somebody who stands before it.
_GIVEN = _LET_IN | words(
    "aid help credit credits loan loans food water fuel medicine medicines treatment care shelter protection visit "
    "visits right rights citizenship residence residency benefits pension pensions funding funds money payment "
    "payments compensation refund refunds insurance release counsel conduct seats membership status recognition "
    "information data documents papers tickets leave pay weapons arms ammunition hearings justice freedom jobs "
    "housing registration berths passports supplies"
)
_PEOPLE = words(
    "people officials doctors nurses journalists relatives families crew crews companies firms patients women men "
    "children judges refugees migrants troops soldiers pilots police staff citizens residents victims students states "
    "countries civilians guards guests agents activists residents monks priests captain ship trawler plane airliner "
    "inmates detainees hostages witnesses experts"
)
_WHO_DO = ("ers", "ors", "ists", "ees", "ians")  # "prisoners", "inspectors", "refugees"
# What is said, and so denied: behind these a second noun begins a clause ("the charges a court brought").
_SAID = words(
    "claim claims allegation allegations accusation accusations charge charges report reports rumour rumours rumor "
    "rumors suggestion suggestions assertion assertions account story stories statement statements"
)
_OPENS = words("a an the any his her its their")
_PASTS = words("shot sank stole fled bought sold fought hid drove flew ate beat struck swore hit fed tore threw blew")
_LINKS = PREPOSITIONS | {"along"}
_PAUSES = SUBORDINATORS | words("who whom whose that which after before since until")


def withheld(tokens: Sequence[Token], at: int) -> bool:
    """Whether a thing, and mostly somebody who does not get it, stands behind "denied": "officials visas"."""
    if at >= len(tokens) or tokens[at].low in PREPOSITIONS or tokens[at].low.endswith("ing"):
        return False
    somebody = False
    for k in range(at, min(len(tokens), at + _REACH)):
        token = tokens[k]
        if _head(tokens, k) and token.low in (_GIVEN if somebody else _LET_IN):
            return not _goes_on(tokens, k + 1)
        if _breaks(tokens, k):
            return False
        if k > at and token.low in _OPENS and _free(tokens, k):
            return not _asserts(tokens, k)
        somebody = somebody or token.low in OBJECT_PRONOUNS | _PEOPLE or token.low.endswith(_WHO_DO)
    return False


def _breaks(tokens: Sequence[Token], k: int) -> bool:
    """Whether no second noun can follow any more: a clause begins, a verb or a mark stands here."""
    token = tokens[k]
    if token.kind == "quote" or (token.kind == "mark" and not phrases.in_name(token)):
        return True
    if token.low in _PAUSES | _SAID | {"there"} or phrases.is_verb(token) or token.low in _PASTS:
        return True
    done = token.low.endswith("ed") and not token.capital
    return done and tokens[k - 1].low not in DETERMINERS  # "the wounded"


def _free(tokens: Sequence[Token], k: int) -> bool:
    """Whether a noun that begins at `k` has no other word before it to which it belongs."""
    before = tokens[k - 1]
    if before.low in OBJECT_PRONOUNS:
        return True
    return before.low not in _LINKS | COORDINATORS | DETERMINERS and not before.low.endswith(("ing", "ly"))


def _asserts(tokens: Sequence[Token], k: int) -> bool:
    """Whether what begins at `k` is a time, or has a verb of its own: "the next day", "the army shelled"."""
    for token in tokens[k + 1 : k + _REACH]:
        if token.low in _LINKS | SUBORDINATORS or token.kind in {"mark", "quote"}:
            return False
        if token.low in TIME_UNITS | TIME_WORDS | _PASTS or phrases.is_verb(token):
            return True
    return False


def _head(tokens: Sequence[Token], k: int) -> bool:
    """Whether the noun phrase ends here: "visas after the fire", not "visa fraud"."""
    if k + 1 >= len(tokens):
        return True
    behind = tokens[k + 1]
    ends = _LINKS | SUBORDINATORS | COORDINATORS | TIME_WORDS | _PAUSES
    return behind.kind != "word" or behind.low in ends


def _goes_on(tokens: Sequence[Token], k: int) -> bool:
    """Whether the noun is the subject of a clause: "access to the site had been blocked"."""
    for token in tokens[k : k + _REACH]:
        if token.kind != "word" or token.low in _PAUSES:
            return False
        if token.low in AUXILIARIES:
            return True
    return False
