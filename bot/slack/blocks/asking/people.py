"""Where a person stands: the position card, a page of words at a time, and what others say they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.slack import mrkdwn
from bot.slack.blocks import parts, wording
from bot.slack.blocks.parts import Block, Sizes
from bot.slack.mrkdwn import Mrkdwn
from bot.slack.newsroom import Shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from bot.ledger.asked import Card, Claim, Stood
    from bot.model import Position, Source, Stance
    from bot.slack.blocks.parts import Desk
    from config.schema import Mandate

PAGE = 6  # statements
_STANCES = 5  # topics with their stance on the card; the menu has them all
_ROLES = 4
_ANSWERED = {
    "denied": "their own side denied it",
    "deferred": "their own side pointed back to an earlier position",
    "on_record": "their own side had said otherwise",
}


def card(
    record: Card,
    carried: Mapping[str, Sequence[Source]],
    desk: Desk,
    *,
    roles: Sequence[Mandate],
    stances: Sequence[Stood],
    topic: str | None = None,
    skip: int = 0,
    more: bool = False,
    narrow: Sequence[tuple[str, str]] = (),
    hint: str = "",
) -> Shown:
    """The position card: name, role, counts; roles with their dates; where they stand; the newest words."""
    name = record.person.name
    counted = [parts.count(record.person.statements, "statement") + " on record"]
    if record.alerts:
        counted.append(parts.count(record.alerts, "alert") + f", {record.open_alerts} open")
    about = f" on {topic}" if topic else ""

    def build(sizes: Sizes) -> list[Block]:
        head = mrkdwn.joined((mrkdwn.bold(mrkdwn.foreign(name, 120)), mrkdwn.foreign(record.role or "", 160)), " · ")
        blocks = [parts.section(Mrkdwn(f"{head}\n{' · '.join(counted)}"))]
        if skip == 0:
            blocks += _standing(roles, stances, sizes, desk)
        shown = [said(position, carried, sizes) for position in record.positions[:PAGE]]
        for at in range(0, len(shown), 2):
            blocks.append(parts.fields(shown[at : at + 2], f"who:{skip}:{at}"))
        if not shown:
            nothing = f"No position of theirs{behind(about)} is on record{' yet' if not skip else ' beyond'}."
            blocks.append(parts.section(Mrkdwn(nothing)))
        return blocks

    return Shown(text=f"{name}: {counted[0]}{about}", build=build, step=PAGE, more=more, narrow=narrow, hint=hint)


def _standing(roles: Sequence[Mandate], stances: Sequence[Stood], sizes: Sizes, desk: Desk) -> list[Block]:
    lines = []
    if roles:
        told = [_role(one, sizes, desk) for one in roles[:_ROLES]]
        if len(roles) > _ROLES:
            told.append(Mrkdwn(f"and {len(roles) - _ROLES} earlier"))
        lines.append(Mrkdwn(f"*Roles* {mrkdwn.joined(told, '; ')}"))
    if stances:
        told = [_stood(one) for one in stances[:_STANCES]]
        if len(stances) > _STANCES:
            told.append(Mrkdwn(f"and {len(stances) - _STANCES} further topics: filter by topic"))
        lines.append(Mrkdwn(f"*Stands* {mrkdwn.joined(told, '; ')}"))
        changes = sorted((one for one in stances if one.changed), key=_changed, reverse=True)
        lines.append(_last_change(changes[0]) if changes else Mrkdwn("*Last change* none on record"))
    return [parts.section(mrkdwn.joined(lines, "\n"))] if lines else []


def _changed(one: Stood) -> date:
    return one.changed or one.day


def _role(mandate: Mandate, sizes: Sizes, desk: Desk) -> Mrkdwn:
    role = mrkdwn.foreign(mandate.role, min(sizes.note, 120))
    side = mrkdwn.foreign(desk.sides.get(mandate.side, mandate.side), 60)
    since = mrkdwn.day(mandate.since, weekday=False) if mandate.since else None
    until = mrkdwn.day(mandate.until, weekday=False) if mandate.until else None
    if since and until:
        when = f"{since} – {until}"
    elif since:
        when = f"since {since}"
    else:
        when = f"until {until}" if until else "dates not given"
    named = role if side.casefold() in role.casefold() else Mrkdwn(f"{role}, {side}")
    return Mrkdwn(f"{named} ({when})")


def _stood(one: Stood) -> Mrkdwn:
    name = mrkdwn.foreign(one.name, 80)
    return Mrkdwn(f"{name}: {stance_word(one.stance, one.defers_to)} ({mrkdwn.day(one.day, weekday=False)})")


def _last_change(one: Stood) -> Mrkdwn:
    before = stance_word(one.before, None) if one.before else Mrkdwn("no stance")
    when = mrkdwn.day(_changed(one), weekday=False)
    name = mrkdwn.foreign(one.name, 80)
    return Mrkdwn(f"*Last change* {name}, {when}: from “{before}” to “{stance_word(one.stance, one.defers_to)}”")


def stance_word(stance: Stance, defers_to: str | None) -> Mrkdwn:
    """A stance in a word or two."""
    if defers_to:
        return Mrkdwn(f"refers to {mrkdwn.foreign(defers_to, 80)}")
    return Mrkdwn(wording.STANCES[stance] or "no stance")


def behind(words: str) -> Mrkdwn:
    """Foreign words with the blank that sets them off from what stands before; empty for none."""
    shown = mrkdwn.foreign(words, 140)
    return Mrkdwn(f" {shown}") if shown else shown


def said(position: Position, carried: Mapping[str, Sequence[Source]], sizes: Sizes) -> Mrkdwn:
    """A statement in a field: date and topic, who told it if not they, the words, outlets, stance."""
    told = position.statement
    words, short = wording.words(told, min(sizes.words, 500)), min(sizes.note, 120)
    named = position.on_named_topic  # for or against what, nobody could say of a made one
    topic = mrkdwn.foreign(position.topic_name, short) if named else Mrkdwn("")
    stance = wording.stance(position) if named else Mrkdwn("")
    lines = (
        mrkdwn.joined((mrkdwn.bold(wording.when(told, weekday=False)), topic), " · "),
        Mrkdwn(f"as told by {wording.speaker(told)}") if position.claimed_by else Mrkdwn(""),
        mrkdwn.quoted(words) if words else words,
        wording.paraphrase(told),
        mrkdwn.joined((wording.outlets(told, carried, sizes), stance, mrkdwn.foreign(told.amended, short)), " · "),
    )
    return mrkdwn.joined(lines, "\n")


def claims(
    name: str,
    found: Sequence[Claim],
    carried: Mapping[str, Sequence[Source]],
    *,
    topic: str | None = None,
    skip: int = 0,
    more: bool = False,
    step: int = 5,
    hint: str = "",
) -> Shown:
    """What others said somebody's position is, and how their own side answered each."""
    about = f" on {topic}" if topic else ""

    def build(sizes: Sizes) -> list[Block]:
        who = mrkdwn.foreign(wording.possessive(name), 120)
        head = Mrkdwn(f"*What others say is {who} position*{behind(about)}")
        if not found:
            return [parts.section(Mrkdwn(f"{head}\nNothing{' more' if skip else ''} of that kind is on record."))]
        blocks = [parts.section(head)]
        for place, one in enumerate(found):
            sides = [said(one.position, carried, sizes), _answer(one, carried, sizes)]
            blocks.append(parts.fields(sides, f"about:{skip}:{place}"))
        return blocks

    return Shown(
        text=f"What others say is {wording.possessive(name)} position{about}: {len(found)} shown",
        build=build,
        step=step,
        more=more,
        hint=hint,
    )


def _answer(one: Claim, carried: Mapping[str, Sequence[Source]], sizes: Sizes) -> Mrkdwn:
    alert = Mrkdwn(f"Alert OR-{one.alert}") if one.alert else Mrkdwn("")
    if one.answer is None:
        head = Mrkdwn("*No reply yet* from their own side")
        if one.reply is None:
            return mrkdwn.joined((head, Mrkdwn("No words of their own on this topic are on record.")), "\n")
        head = Mrkdwn(f"{head}; the newest of their own words on the topic:")
    else:
        head = Mrkdwn(f"*Answer*: {_ANSWERED[one.answer]}")
    if one.reply is None:
        return mrkdwn.joined((head, alert), "\n")
    by = wording.speaker(one.reply.statement)
    return mrkdwn.joined((head, by, said(one.reply, carried, sizes), alert), "\n")
