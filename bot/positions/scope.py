"""Which specifics a text names: whose troops, which act, where, under which condition."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.positions.words import listed, words

if TYPE_CHECKING:
    from bot.positions.gazetteer import Gazetteer

_NOUNS: Final = listed("""
troops troop soldiers forces force peacekeepers peacekeeping contingent contingents members military boots
missiles weapons sanctions tariffs companies countries allies states guarantees""")
_ACTORS: Final = {
    "nato": "NATO", "european": "European", "eu": "EU", "un": "UN", "american": "American", "british": "British",
    "french": "French", "german": "German", "western": "Western", "us": "US", "turkish": "Turkish",
    "chinese": "Chinese", "foreign": "foreign", "international": "international", "allied": "allied",
}  # fmt: skip
_ACTS: Final = listed("""
deploy deployed deploying deployment send sending sent station stationed stationing host join joining supply
supplying impose lift withdraw recognise recognize""")
_BEFORE_PLACE: Final = frozenset({"in", "on", "to", "into", "inside"})


def slots(text: str, gazetteer: Gazetteer, condition: str | None) -> tuple[tuple[str, str], ...]:
    """(slot, words as written) for actor, action, place and condition; each pair once, in text order."""
    held = words(text)
    found: list[tuple[str, str]] = []
    for at, word in enumerate(held):
        written = text[word.start : word.end]
        following = {later.form for later in held[at + 1 : at + 4]}
        actor = word.form in _ACTORS and (word.form != "us" or written.isupper())
        if (actor or (word.form in gazetteer.owners and word.capital)) and following & _NOUNS:
            found.append(("actor", _ACTORS.get(word.form, written)))
        elif word.form in _ACTS:
            found.append(("action", written))
        elif word.form in _BEFORE_PLACE:
            for size in (3, 2, 1):
                forms = tuple(later.form for later in held[at + 1 : at + 1 + size])
                if len(forms) == size and forms in gazetteer.places:
                    found.append(("place", text[held[at + 1].start : held[at + size].end]))
                    break
    if condition:
        found.append(("condition", " ".join(condition.split())))
    return tuple(dict.fromkeys(found))
