"""Two people side by side, where everybody stands on a topic, and lists of alerts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.slack import mrkdwn
from bot.slack.blocks import parts, wording
from bot.slack.blocks.asking.people import behind, said, stance_word
from bot.slack.blocks.parts import Block, Sizes
from bot.slack.mrkdwn import Mrkdwn
from bot.slack.newsroom import Shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.inquiries import CloseCalls
    from bot.ledger.asked import Listed
    from bot.model import Alert, Position, Source
    from bot.slack.blocks.parts import Desk

LISTED = 8  # alerts on a page
CLOSE = 4  # pairs on a page
STANDING = 10  # people on a page
_EACH = 2  # statements of each of two people


def compare(
    names: tuple[str, str],
    topic: str,
    positions: tuple[Sequence[Position], Sequence[Position]],
    carried: Mapping[str, Sequence[Source]],
    *,
    alerts: Sequence[Alert],
    desk: Desk,
    hint: str = "",
) -> Shown:
    """Both on one topic: the newest words of each, the scope of both, whether they agree, and alerts about them."""
    newest = tuple(next(iter(mine), None) for mine in positions)
    agreement = _agreement(names, newest)

    def build(sizes: Sizes) -> list[Block]:
        left, right = (mrkdwn.foreign(name, 100) for name in names)
        head = Mrkdwn(f"*{left}* and *{right}* on {mrkdwn.foreign(topic, 120)}\n{mrkdwn.foreign(agreement, 300)}")
        blocks = [parts.section(head)]
        for place in range(_EACH):
            texts = [
                _side(name, mine[place], carried, sizes) if place < len(mine) else _nothing(name, place)
                for name, mine in zip(names, positions, strict=True)
            ]
            if any(place < len(mine) for mine in positions) or place == 0:
                blocks.append(parts.fields([text or Mrkdwn("–") for text in texts], f"compare:{place}"))
        if newest[0] and newest[1]:
            blocks.append(parts.section(_scope(newest[0], newest[1], sizes)))
        blocks += [_line(alert, desk) for alert in alerts]
        return blocks

    return Shown(text=f"{names[0]} and {names[1]} on {topic}: {agreement}", build=build, hint=hint)


def _side(name: str, position: Position, carried: Mapping[str, Sequence[Source]], sizes: Sizes) -> Mrkdwn:
    return mrkdwn.joined((mrkdwn.bold(mrkdwn.foreign(name, 100)), said(position, carried, sizes)), "\n")


def _nothing(name: str, place: int) -> Mrkdwn:
    shown = mrkdwn.bold(mrkdwn.foreign(name, 100))
    return Mrkdwn(f"{shown}\n{'nothing further' if place else 'nothing'} on this topic is on record")


def _agreement(names: tuple[str, str], newest: tuple[Position | None, ...]) -> str:
    one, other = newest
    if one is None or other is None:
        missing = [name for name, position in zip(names, newest, strict=True) if position is None]
        return f"Nothing of {' or '.join(missing)} on this topic is on record."
    if one.proposition != other.proposition:
        return "Their newest words are about different propositions, so that they neither agree nor differ."
    if one.defers_to or other.defers_to:
        return "One of them points to another’s position in the newest words."
    if one.stance == other.stance:
        return f"Their newest words agree: both “{stance_word(one.stance, None)}”."
    return f"Their newest words differ: “{stance_word(one.stance, None)}” and “{stance_word(other.stance, None)}”."


def _scope(one: Position, other: Position, sizes: Sizes) -> Mrkdwn:
    left, right = dict(one.scope), dict(other.scope)
    lines = []
    for slot in list(dict.fromkeys([*left, *right]))[:6]:
        mine = mrkdwn.foreign(left.get(slot, ""), sizes.note) or Mrkdwn("not named")
        theirs = mrkdwn.foreign(right.get(slot, ""), sizes.note) or Mrkdwn("not named")
        same = mine.casefold() == theirs.casefold()
        lines.append(Mrkdwn(f"{mrkdwn.foreign(slot, 40)}: {mine} | {theirs}{' (the same)' if same else ''}"))
    if not lines:
        return Mrkdwn("*Scope* neither names an actor, an action, a place or a condition.")
    return mrkdwn.joined((Mrkdwn("*Scope*, left | right"), *lines), "\n")


def standing(
    name: str,
    positions: Sequence[Position],
    carried: Mapping[str, Sequence[Source]],
    *,
    total: int,
    skip: int,
    more: bool,
    changes: Sequence[str] = (),
    hint: str = "",
) -> Shown:
    """Who stands where on a topic: the newest words of each, the newest first."""

    def build(sizes: Sizes) -> list[Block]:
        head = Mrkdwn(f"*{mrkdwn.foreign(name, 150)}*\n{parts.count(total, 'statement')} on record; the newest of each")
        blocks = [parts.section(head)]
        for at in range(0, len(positions), 2):
            texts = [
                mrkdwn.joined((_whose(position), said(position, carried, sizes)), "\n")
                for position in positions[at : at + 2]
            ]
            blocks.append(parts.fields(texts, f"topic:{skip}:{at}"))
        if not positions:
            blocks.append(parts.section(Mrkdwn("Nobody’s words on it are on record." if not skip else "No more.")))
        if changes:
            told = mrkdwn.joined([mrkdwn.foreign(one, 200) for one in changes[:4]], "\n")
            blocks.append(parts.context(told))
        return blocks

    return Shown(
        text=f"{name}: {parts.count(total, 'statement')} on record", build=build, step=STANDING, more=more, hint=hint
    )


def _whose(position: Position) -> Mrkdwn:
    holder = position.holder
    return mrkdwn.joined((mrkdwn.bold(mrkdwn.foreign(holder.name, 80)), mrkdwn.foreign(holder.role or "", 100)), ", ")


def conflicts(listed: Listed, asked: str, desk: Desk, *, skip: int = 0, hint: str = "") -> Shown:
    """Alerts by name with their state, each with the way to its record."""
    about = f" for “{asked}”" if asked else ""
    first = (
        f"{parts.count(listed.total, 'alert')}{about} on record" if listed.total else f"No alerts{about} are on record"
    )

    def build(sizes: Sizes) -> list[Block]:
        del sizes  # titles have their own bounds
        if not listed.alerts:
            shown = behind(about)
            return [
                parts.section(
                    Mrkdwn(
                        f"No alerts{shown} are on record.\nExample: `/record conflicts`"
                        if about
                        else "No alerts are on record."
                    )
                )
            ]
        last = skip + len(listed.alerts)
        page = "" if listed.total == len(listed.alerts) else f", {skip + 1}–{last} shown"
        head = Mrkdwn(f"*{parts.count(listed.total, 'alert')}*{behind(about)}{page}, the newest first")
        return [parts.section(head), *(_line(alert, desk) for alert in listed.alerts)]

    return Shown(text=first, build=build, step=LISTED, more=skip + len(listed.alerts) < listed.total, hint=hint)


def close(found: CloseCalls, asked: str, *, skip: int = 0, hint: str = "") -> Shown:
    """Pairs that are no alert because what was said differs in scope, which stands beside both quotations."""
    about = f" for “{asked}”" if asked else ""
    text = f"{parts.count(len(found.pairs), 'pair')}{about} close, but not in conflict"
    looked = f"{'All' if found.all else 'The newest'} {parts.count(found.looked, 'remark')} looked at, as of now."

    def build(sizes: Sizes) -> list[Block]:
        head = Mrkdwn(f"*{parts.count(len(found.pairs), 'pair')}*{behind(about)} close, but not in conflict")
        blocks = [parts.section(head)]
        for place, one in enumerate(found.pairs[skip : skip + CLOSE]):
            texts = [
                mrkdwn.joined((Mrkdwn(f"*{label}  {mrkdwn.foreign(who.voice.name, 80)}*"), said(who, {}, sizes)), "\n")
                for label, who in (("A", one.earlier), ("B", one.later))
            ]
            blocks.append(parts.fields(texts, f"close:{skip}:{place}"))
            would = f"Otherwise it might be {one.would}."
            lines = [mrkdwn.foreign(line, sizes.note) for line in (*one.told[-4:], would)]
            blocks.append(parts.context(mrkdwn.joined(lines, "\n")))
        return blocks

    more = skip + CLOSE < len(found.pairs)
    return Shown(text=text, build=build, step=CLOSE, more=more, aside=Mrkdwn(looked), hint=hint)


def _line(alert: Alert, desk: Desk) -> Block:
    title = mrkdwn.bold(mrkdwn.foreign(alert.conflict.title, 150))
    line = (
        Mrkdwn(alert.name),
        mrkdwn.foreign(wording.headline(alert, desk), 200),
        wording.state(alert),
        mrkdwn.moment(alert.created_at),
    )
    text = Mrkdwn(f"{title}\n{mrkdwn.joined(line, ' · ')}")
    return parts.section(text, f"list:{alert.name}", parts.open_record(alert, desk))
