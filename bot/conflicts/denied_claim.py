"""What one side says that another side holds, against what that other side says itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.conflicts.dealings import FRESH
from bot.conflicts.denials import aside, bare, contradicts, denies, names_source, of_one_matter, same_matter
from bot.conflicts.holders import concerns, one_side, own, voice
from bot.conflicts.nearness import Link, joined, link, own_words
from bot.conflicts.opposition import differ, may_oppose, opposed, opposes, score
from bot.conflicts.order import before, gap, sorted_by_day
from bot.conflicts.pair import Pair
from bot.conflicts.turned import turned
from bot.model import MADE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.contrast import Contrast
    from bot.model import Party, Position
    from config.schema import Side

_OFFICES = ("ambassador", "minister", "president", "spokes", "official", "envoy", "governor", "secretary", "chancellor")
_CHARGE: Final = f"{MADE}charge"  # how the topic of an accusation begins
_ANSWERED: Final = 0.5  # the link, where only the answer tells that there is one
_CALLED_UNTRUE: Final = 0.7
_DEFERRED = 0.02  # a refusal pointed back to counts a little less than one in the speaker's own words


def pairs(fresh: Position, near: Sequence[Position], sides: Sequence[Side], *, hits: bool = False) -> Iterator[Pair]:
    """Pairs of a claim and the holder's own side: answered later (denied) or before (on record).

    With `hits` those alone that conflict by the rules.
    """
    for other in near:
        claim, answer = _roles(fresh, other)
        if _unanswered(claim, answer, sides):
            continue
        earlier, later = sorted_by_day(fresh, other)
        if _called_untrue(claim, answer, sides) and not _rivals(claim, answer, (fresh, *near), sides):
            yield Pair(
                kind="denied_claim",
                earlier=claim,
                later=answer,
                link=link(claim, answer) or Link(score=_ANSWERED),
                hit=True,
                score=_CALLED_UNTRUE,
                answer="denied",
            )
            continue
        if hits and not may_oppose(claim, answer):
            continue
        turn = turned(earlier, later, sides)
        if hits and not differ(claim, answer, turn, claimed=True):
            continue
        linked = link(claim, answer) or joined(turn)
        if not linked:
            continue
        yield Pair(
            kind="denied_claim",
            earlier=earlier,
            later=later,
            link=linked,
            hit=_opposes(claim, answer, linked, turn, sides),
            score=score(claim, answer, linked, turn),
            turn=turn,
            answer="denied" if later is answer else "on_record",
        )


def _opposes(claim: Position, answer: Position, linked: Link, turn: Contrast | None, sides: Sequence[Side]) -> bool:
    """Whether the rules see the answer oppose the claim; an accusation only by words that deny it."""
    if claim.topic.startswith(_CHARGE) and not turn and not contradicts(answer, claim):
        return False
    return opposes(claim, answer, linked, turn, claimed=one_side(claim.holder, voice(answer), sides))


def barred(fresh: Position, other: Position, sides: Sequence[Side]) -> str:
    """Why the two can be no claim and its answer, whatever they say; "" where they can."""
    return _unanswered(*_roles(fresh, other), sides)


def _roles(fresh: Position, other: Position) -> tuple[Position, Position]:
    return (fresh, other) if fresh.claimed_by else (other, fresh)


def _answers(claim: Position, answer: Position, sides: Sequence[Side]) -> bool:
    """Whether `answer` is the claimed holder's own side speaking."""
    return not _unanswered(claim, answer, sides)


def _unanswered(claim: Position, answer: Position, sides: Sequence[Side]) -> str:
    """Why `answer` is not the claimed holder's own side speaking; "" where it is."""
    if claim.claimed_by is None:
        return "neither tells the position of another side"
    if not own(answer):
        return "both tell the position of another side"
    if not _official(claim.claimed_by):
        return "the one who claims is not known to hold a public office"
    if not concerns(claim.holder, voice(answer), sides):
        return "the one who answers is not known to be of the side that the claim is about"
    if one_side(claim.claimed_by, voice(answer), sides):
        return "the one who claims and the one who answers are of one side"
    return ""


def _called_untrue(claim: Position, answer: Position, sides: Sequence[Side]) -> bool:
    """Whether the side that is spoken of calls it untrue in another article while it is news, and names whose words.

    Named may be who said it, or that side ("the Norrlander allegations"), not another of its people. Within one
    article it is for the article to tell what is denied: see `told`.
    """
    accuser = claim.claimed_by
    if accuser is None or answer.statement.source.article == claim.statement.source.article:
        return False
    if before(answer, claim) or gap(answer, claim).days > FRESH:
        return False
    if not names_source(answer, accuser, sides):
        return False
    return denies(answer, claim) and of_one_matter(answer, claim) and not denies(claim, answer)


def _rivals(claim: Position, answer: Position, pool: Sequence[Position], sides: Sequence[Side]) -> bool:
    """Whether the answer may as well be to another claim of another matter: "The Norrlander claims are absurd"."""
    here = aside(answer, claim)
    return bare(own_words(answer)) and any(
        other is not claim
        and other is not answer
        and other.claimed_by is not None
        and not same_matter(other, claim)
        and not (here and not aside(answer, other))
        and not _unanswered(other, answer, sides)
        and _called_untrue(other, answer, sides)
        for other in pool
    )


def _official(party: Party) -> bool:
    """Whether it is somebody of public office: configured, of a known side, or called so ("Norrland's ambassador")."""
    if party.official or party.side:
        return True
    return party.person and any(noun in f"{party.name} {party.role or ''}".casefold() for noun in _OFFICES)


def deferrals(fresh: Position, near: Sequence[Position], sides: Sequence[Side]) -> Iterator[Pair]:
    """Triples of claim, somebody of the holder's side pointing back to an official, and that official's words.

    Any of the three may be the fresh one.
    """
    pool = (fresh, *near)
    claims = [claim for claim in pool if claim.claimed_by is not None]
    for deferral in pool if claims else ():
        if deferral.defers_to is None or not own(deferral):
            continue
        for bridge in pool:
            if not _pointed_at(deferral, bridge, sides):
                continue
            for claim in claims:
                if not any(fresh is one for one in (deferral, bridge, claim)) or not _answers(claim, deferral, sides):
                    continue
                if before(deferral, claim) or not _denied(claim, bridge) or not _answers(claim, bridge, sides):
                    continue
                linked = _linked(deferral, claim, bridge)
                if linked is None or not linked.firm:
                    continue
                yield Pair(
                    kind="denied_claim",
                    earlier=claim,
                    later=deferral,
                    link=linked,
                    hit=True,
                    score=round(max(0.0, score(claim, bridge, linked) - _DEFERRED), 2),
                    answer="deferred",
                    bridge=bridge,
                )


def _denied(claim: Position, bridge: Position) -> bool:
    return opposed(claim, bridge) and (not claim.topic.startswith(_CHARGE) or contradicts(bridge, claim))


def _pointed_at(deferral: Position, bridge: Position, sides: Sequence[Side]) -> bool:
    """Whether `bridge` is in the words of the one deferred to, and no later than the deferral."""
    to = deferral.defers_to
    if to is None or bridge is deferral or bridge.defers_to is not None or before(deferral, bridge):
        return False
    who = voice(bridge)
    if who.same(voice(deferral)):
        return False
    return own(bridge) and (to.same(who) or (not to.person and one_side(to, who, sides)))


def _linked(deferral: Position, claim: Position, bridge: Position) -> Link | None:
    linked = link(claim, bridge)
    return linked if linked and (link(deferral, claim) or link(deferral, bridge)) else None
