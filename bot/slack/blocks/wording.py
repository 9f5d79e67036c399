"""How statements, people, dates and verdicts are put in words; the same for every side."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.slack import mrkdwn
from bot.slack.mrkdwn import Mrkdwn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from bot.ledger.records import Track
    from bot.model import Alert, Conflict, Party, Position, Source, Statement
    from bot.slack.blocks.parts import Desk, Sizes

_NAME = 80
_ROLE = 120
_RECORD = 20  # decisions on a kind from which on the desk's own record stands for the model's share
_WORTH_WHILE = 16  # characters: less is not worth a word
_MARKS = "\"“”„‟«»‘’‚‛'‹›"
_WORD = re.compile(r"[\w-]+")
STANCES = {
    "for": "supports",
    "against": "opposes",
    "conditional": "on conditions",
    "open": "leaves it open",
    "no_comment": "gave no answer",
    "none": "",
}


def name_of(statement: Statement) -> str:
    """Who said it; as the article writes it where the person is not known."""
    if statement.party:
        return statement.party.name
    return statement.speaker.as_written if statement.speaker else "Unknown speaker"


def short_name(party: Party, text: str) -> str:
    """The part of a name that `text` uses, so that a card calls people by one name; else the whole name."""
    if not party.person or party.name in text:
        return party.name
    used = set(_WORD.findall(text))
    return next((part for part in reversed(party.name.split()) if part in used), party.name)


def possessive(name: str) -> str:
    """The name with ’s, or with ’ alone after an s: "Putin’s", "United States’"."""
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def kind_of(conflict: Conflict, desk: Desk) -> str:
    """The kind in words that complete "Possible …": about statements, never about persons."""
    if conflict.kind == "reversal":
        return "change of position"
    if conflict.kind == "same_side":
        return f"difference within {_side(conflict, desk)}"
    if conflict.kind == "disputed":
        return "disputed account"
    if conflict.kind == "denied_claim":
        claim = claimed(conflict)
        holder = short_name(claim.holder, conflict.lede + conflict.title)
        if claim.charge:
            return f"conflict over an accusation against {holder}"
        return f"conflict over {possessive(holder)} position"
    return "opposed statements"


def claimed(conflict: Conflict) -> Position:
    """The position that somebody claims for another; the earlier one where none is marked."""
    return conflict.fresh if conflict.fresh.claimed_by and not conflict.earlier.claimed_by else conflict.earlier


def headline(alert: Alert, desk: Desk) -> str:
    """Kind and state: "Possible change of position", "Change of position", "Withdrawn: possible change …"."""
    kind = kind_of(alert.conflict, desk)
    if alert.state == "withdrawn":
        return f"Withdrawn: possible {kind}"
    if alert.review == "confirmed":
        return kind[0].upper() + kind[1:]
    return f"Possible {kind}"


def degree(conflict: Conflict) -> str:
    """How far a reversal goes: full between opposite stances, else partial; empty for other kinds."""
    if conflict.kind != "reversal":
        return ""
    return "full" if {conflict.fresh.stance, conflict.earlier.stance} == {"for", "against"} else "partial"


def when(statement: Statement, *, weekday: bool = True) -> Mrkdwn:
    """The day it was said, or the interval that holds it; else the day of publication, named as such."""
    if statement.said:
        first, last = statement.said.first, statement.said.last
        return mrkdwn.day(first, weekday=weekday) if first == last else mrkdwn.days(first, last)
    published = statement.source.published
    if published is None:
        return Mrkdwn("date unknown")
    return Mrkdwn(f"published {mrkdwn.day(published.date(), weekday=weekday)}")


def speaker(statement: Statement) -> Mrkdwn:
    """Name in bold, and the role at that date."""
    role = statement.party.role if statement.party else None
    name = mrkdwn.bold(mrkdwn.foreign(name_of(statement), _NAME))
    return mrkdwn.joined((name, mrkdwn.foreign(role or "", _ROLE)), ", ")


def holder_of(position: Position, desk: Desk) -> str | None:
    """Whose position it is, a spokesman's being that of the side; None: the speaker's own."""
    party, holder = position.statement.party, position.holder
    if party is None or not holder.same(party):
        return holder.name
    return desk.sides.get(party.side or "") if party.rank == "spokesman" else None


def whose(position: Position, desk: Desk) -> Mrkdwn:
    """Whose position it is, in italics."""
    holder = holder_of(position, desk)
    if holder is None:
        return Mrkdwn("_own position_")
    return mrkdwn.italic(Mrkdwn(f"on {mrkdwn.foreign(possessive(holder), _NAME)} position"))


def bridge_label(conflict: Conflict) -> str:
    """What the third statement of a conflict is to the other two."""
    return "Pointed back to" if conflict.answer == "deferred" else "Also on record"


def stance(position: Position) -> Mrkdwn:
    """What the statement does to the proposition, in a word or two."""
    if position.defers_to:
        return Mrkdwn(f"refers to {mrkdwn.foreign(position.defers_to.name, _NAME)}")
    word = STANCES[position.stance]
    if word and position.claimed_by:
        return Mrkdwn(f"on {mrkdwn.foreign(possessive(position.holder.name), _NAME)} position: {word}")
    return Mrkdwn(word)


def words(statement: Statement, limit: int) -> Mrkdwn:
    """What was said. Quotation marks stand round verbatim stretches alone; joined stretches show the join.

    A report that misleads without its cue has it in brackets: "[denied] all allegations".
    """
    act = Mrkdwn(f"[{mrkdwn.foreign(statement.act, _NAME)}] ") if statement.act else Mrkdwn("")
    shown, room, before = "", limit - mrkdwn.length(act), ""
    for text, verbatim in pieces(statement):
        cut = mrkdwn.foreign_lines(text, max(room - 2, 1))
        if not cut:
            continue
        if room < _WORTH_WHILE:
            return Mrkdwn(f"{act}{shown} …")
        if shown:
            apart = before[-1:].isspace() or text[:1].isspace()
            shown += " … " if statement.kind == "direct" else " " if apart else ""
        part = f"“{cut.rstrip(',')}”" if verbatim else cut  # the comma before “he said” is the paper's
        shown, before = shown + part, text
        room -= mrkdwn.length(part) + 3
    return Mrkdwn(f"{act}{shown}" if shown else "")


def paraphrase(statement: Statement) -> Mrkdwn:
    """Says whose words they are where they are not the speaker's; empty for a direct quotation."""
    if statement.kind == "direct":
        return Mrkdwn("")
    outlet = mrkdwn.foreign(statement.source.outlet, _NAME)
    only = "; only the words in quotation marks are verbatim" if statement.verbatim else ""
    return mrkdwn.italic(Mrkdwn(f"paraphrase by {outlet}{only}"))


def outlets(statement: Statement, carried: Mapping[str, Sequence[Source]], sizes: Sizes) -> Mrkdwn:
    """The outlets that carry these words, each a link, the quoted one first."""
    sources = distinct((statement.source, *carried.get(statement.key, ())))
    shown = [source_link(source, sizes) for source in sources[: sizes.outlets]]
    if len(sources) > len(shown):
        shown.append(Mrkdwn(f"and {len(sources) - len(shown)} more"))
    return mrkdwn.joined(shown, ", ")


def distinct(sources: Iterable[Source]) -> list[Source]:
    """One of each outlet and address, in order."""
    found: dict[tuple[str, str | None], Source] = {}
    for source in sources:
        found.setdefault((source.outlet, source.url), source)
    return list(found.values())


def source_link(source: Source, sizes: Sizes) -> Mrkdwn:
    """An outlet by name, linked to its article."""
    return mrkdwn.link(source.url, source.outlet, limit=sizes.url)


def statement_field(
    label: Mrkdwn, position: Position, carried: Mapping[str, Sequence[Source]], sizes: Sizes, desk: Desk
) -> Mrkdwn:
    """One side of a pair: when, who, whose position, the words, and where they stand."""
    said = position.statement
    quote = words(said, sizes.words)
    return mrkdwn.joined(
        (
            Mrkdwn(f"{label} · {when(said)}"),
            speaker(said),
            whose(position, desk),
            mrkdwn.quoted(quote) if quote else quote,
            paraphrase(said),
            outlets(said, carried, sizes),
        ),
        "\n",
    )


def pieces(statement: Statement) -> Iterator[tuple[str, bool]]:
    """Stretches of a statement in order, each with whether it is verbatim."""
    start, quote = statement.span.start, statement.quote
    spans = sorted(statement.verbatim, key=lambda span: span.start)
    if statement.kind == "indirect" or not spans:
        yield quote, statement.kind == "direct"
        return
    at = 0
    for span in spans:
        first, last = max(span.start - start, at), min(span.end - start, len(quote))
        if statement.kind == "mixed" and quote[at:first]:
            yield _without_marks(quote[at:first], before=at > 0, after=True), False
        yield quote[first:last], True
        at = last
    if statement.kind == "mixed" and quote[at:]:
        yield _without_marks(quote[at:], before=True, after=False), False


def _without_marks(text: str, *, before: bool, after: bool) -> str:
    """The source's own marks go from where ours stand."""
    if before and text[:1] and text[0] in _MARKS:
        text = text[1:]
    if after and text[-1:] and text[-1] in _MARKS:
        text = text[:-1]
    return text


def _side(conflict: Conflict, desk: Desk) -> str:
    party = conflict.fresh.statement.party or conflict.fresh.holder
    side = party.side or conflict.fresh.holder.side or conflict.earlier.holder.side
    return desk.sides.get(side, side) if side else "one side"


def confidence(alert: Alert, track: Track | None = None) -> Mrkdwn:
    """The word first, then the desk's own record with this kind once it has one, else the share; never certainty."""
    if track is not None and track.decided >= _RECORD:
        own = f"{track.confirmed} of {track.decided} alerts of this kind confirmed in {track.days} days"
        return Mrkdwn(f"Confidence *{alert.strength}* ({own})")
    share = min(round(alert.conflict.score * 100), 99)
    return Mrkdwn(f"Confidence *{alert.strength}* ({share}%)")


def state(alert: Alert) -> Mrkdwn:
    """What the desk decided and, unless it is in its channel, what became of its card."""
    if alert.state in {"sent", "withdrawn"}:
        return Mrkdwn(alert.review)
    unposted = {"held": "held for the digest", "folded": "told in a digest", "listed": "not posted"}
    return Mrkdwn(f"{alert.review}, {unposted.get(alert.state, alert.state)}")


def answered(alert: Alert) -> Mrkdwn:
    """How the other side answered since the alert was raised; empty where it was raised on the answer itself."""
    if alert.answered not in {"denied", "deferred"} or alert.state == "withdrawn":
        return Mrkdwn("")
    return Mrkdwn(f"The other side answered: {alert.answered}")


def edited(alert: Alert) -> list[Mrkdwn]:
    """The outlets that have changed or taken out words which the card shows."""
    told = {position.statement.source.outlet for position in alert.conflict.heads if position.statement.amended}
    if alert.state == "withdrawn":
        return []
    return [mrkdwn.foreign(f"{outlet} edited a quotation, see thread", _ROLE) for outlet in sorted(told)]
