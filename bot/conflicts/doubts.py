"""What could make a conflict a false alarm: short lines that stand beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.conflicts.holders import own, voice
from bot.conflicts.names import possessive, surname
from bot.conflicts.nearness import link
from bot.conflicts.opposition import EXPLICIT, partial
from bot.conflicts.scope import in_doubt, line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.conflicts.pair import Pair
    from bot.model import Position

_MOST = 6


def check_first(pair: Pair, near: Sequence[Position]) -> tuple[str, ...]:
    """Differences of scope and named gaps, the gravest first; `near` shows what else is on record."""
    shown = [position for position in (pair.earlier, pair.later, pair.bridge) if position is not None]
    lines = [
        *pair.doubts,
        *_narrated(pair, near),
        *_two_names(pair),
        *_scope(pair, shown, near),
        *_conditions(shown),
        *(line(slot, pair.earlier, pair.later) for slot in in_doubt(pair)),
        *_unnamed(pair),
        *_own_words(pair, near),
        *(caveat for position in shown for caveat in position.statement.caveats),
        *_paraphrases(shown),
        *_dates(shown),
        *_outlets(shown),
        *_plain(pair),
    ]
    return tuple(dict.fromkeys(lines))[:_MOST]


def _two_names(pair: Pair) -> list[str]:
    """That the one person of a pair stands on record under two names: whoever made the two one may have erred."""
    one, two = voice(pair.earlier), voice(pair.later)
    if one.official is None or one.official != two.official or one.name == two.name:
        return []
    return [f"both are on record as one person, the earlier words under the name {one.name}"]


def _scope(pair: Pair, shown: Sequence[Position], near: Sequence[Position]) -> list[str]:
    """Whose troops, sanctions, … each names, also in other reports of the same claim."""
    claim = pair.claim
    told = [*shown]
    if claim and claim.claimed_by:
        told += [
            other for other in near
            if other.claimed_by and other.claimed_by.same(claim.claimed_by) and link(other, claim)
        ]  # fmt: skip
    actors: dict[str, str] = {}
    for position in told:
        for slot, words in position.scope:
            if slot == "actor":
                exact = words in position.statement.quote
                actors[words] = f"“{words}”" if exact else actors.get(words, words)
    if len(actors) < 2:
        return []
    *most, last = actors.values()
    return [f"the wording differs: {', '.join(most)} and {last}"]


def _narrated(pair: Pair, near: Sequence[Position]) -> list[str]:
    """That the relation is told by the outlet, and that the earlier words themselves are not on record."""
    if pair.told is None:
        return []
    outlet = pair.later.statement.source.outlet
    lines = [f"that the one {'gives up' if pair.told.how == 'turned' else 'denies'} the other is as told by {outlet}"]
    if pair.earlier.statement.recalled:
        held = [other for other in near if own(other) and voice(other).same(voice(pair.earlier))]
        if not any(
            not other.statement.recalled and other is not pair.later and link(other, pair.earlier) for other in held
        ):
            lines.append(f"no earlier words of {surname(voice(pair.earlier))} on this are on record")
    return lines


def _conditions(shown: Sequence[Position]) -> list[str]:
    lines = []
    for position in shown:
        words = next((text for slot, text in position.scope if slot == "condition"), None)
        if words and partial(position):
            exact = words in position.statement.quote
            lines.append(f"{surname(voice(position))} names a condition: " + (f"“{words}”" if exact else words))
        elif position.stance == "open":
            lines.append(f"{surname(voice(position))} left it open")
    return lines


def _unnamed(pair: Pair) -> list[str]:
    """The one who answers may not mean the claim at all."""
    claim = pair.claim
    if pair.answer not in {"denied", "deferred"} or claim is None or claim.claimed_by is None:
        return []
    who = surname(claim.claimed_by)
    return [] if who in pair.later.statement.quote else [f"{surname(voice(pair.later))} did not name {who}"]


def _own_words(pair: Pair, near: Sequence[Position]) -> list[str]:
    claim = pair.claim
    if claim is None or not claim.holder.person:
        return []
    held = [other for other in (pair.earlier, pair.later, *near) if own(other) and voice(other).same(claim.holder)]
    if any(link(other, claim) for other in held):
        return []
    return [f"no words of {possessive(surname(claim.holder))} own found"]


def _paraphrases(shown: Sequence[Position]) -> list[str]:
    return [
        f"{possessive(surname(voice(position)))} words are a paraphrase by {position.statement.source.outlet}"
        for position in shown
        if position.statement.kind == "indirect"
    ]


def _dates(shown: Sequence[Position]) -> list[str]:
    lines = []
    for position in shown:
        if position.statement.said is None:
            known = "only the day of publication is known" if position.said_first else "no date is known"
            lines.append(f"{known} for {possessive(surname(voice(position)))} words")
    return lines


def _outlets(shown: Sequence[Position]) -> list[str]:
    outlets = {position.statement.source.outlet for position in shown}
    return [f"one outlet only: {outlets.pop()}"] if len(outlets) == 1 else []


def _plain(pair: Pair) -> list[str]:
    if pair.turned:
        return []
    weak = [position for position in (pair.earlier, pair.later) if 0 < position.strength < EXPLICIT]
    return [f"the stance in {possessive(surname(voice(position)))} words is only implied" for position in weak[:1]]
