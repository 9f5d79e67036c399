"""A proof file made from the record as it is now."""

from __future__ import annotations

import re
import secrets
from datetime import datetime
from importlib.metadata import version
from typing import TYPE_CHECKING

from bot.ledger.asked import HandedOut
from bot.ledger.keeping.retention import AROUND
from bot.ledger.record.texts import GONE
from bot.ledger.tables.columns import escaped
from bot.proof import form, pieces

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.ledger import Decided, Ledger
    from bot.model import Alert, Party, Position, Source, Statement

ARCHIVE = "the Internet Archive; not part of the proof"
_PERSON = re.compile(r"[UW][A-Z0-9]+")  # who gets an alert in private is nobody else's business


class Unprovable(ValueError):
    """The evidence of an alert does not hold, so that no file can prove it; the message says why."""


def issue(ledger: Ledger, number: int, now: datetime, *, whole: bool = False) -> form.Proof | None:
    """The proof of an alert; None where there is none of this number. `whole`: with all of each text.

    `Unprovable` where a quotation does not equal its place in the stored text.
    """
    alert = ledger.alert(number)
    return proven(ledger, alert, now, whole=whole) if alert else None


def proven(ledger: Ledger, alert: Alert, now: datetime, *, whole: bool) -> form.Proof:
    """The proof of an alert with what it shows. `Unprovable` as `issue`."""
    if faults := ledger.verify(alert):
        raise Unprovable("; ".join(faults))
    shown = list(_shown(alert))
    said = {position.statement.key: position.statement for _, position in shown}
    texts = {one.source.text_hash: one.source for one in said.values()}
    return form.sealed(
        issued=now,
        release=version("on-record"),
        alert=_raised(alert),
        state=form.State(
            delivery=alert.state,
            review=alert.review,
            decided_by=_or_none(alert.decided_by),
            decided_at=alert.decided_at,
            withdrawn=escaped(alert.reason) if alert.state == "withdrawn" else "",
        ),
        positions=tuple(_held(part, position) for part, position in shown),
        statements=tuple(map(_quoted, said.values())),
        texts=tuple(_text(ledger, source, list(said.values()), whole=whole) for source in texts.values()),
        decisions=tuple(map(_decision, ledger.audit(alert.number))),
    )


def hand_out(ledger: Ledger, proof: form.Proof, *, by: str, channel: str = "") -> bytes:
    """The file for somebody, once that they took it is written down with its digest."""
    words = f"proof OR-{proof.alert.number} {proof.digest}"
    ledger.hand_out(
        HandedOut(what="export", words=words, channel=channel, by=by, at=proof.issued), secrets.token_hex(16)
    )
    return form.written(proof)


def _shown(alert: Alert) -> Iterator[tuple[form.Role, Position]]:
    pair = alert.conflict
    yield "earlier", pair.earlier
    yield "fresh", pair.fresh
    if pair.bridge:
        yield "bridge", pair.bridge
    yield from (("joined", one) for one in alert.joined)


def _raised(alert: Alert) -> form.Raised:
    pair = alert.conflict
    return form.Raised(
        number=alert.number,
        key=alert.dedupe_key,
        kind=pair.kind,
        conflict=pair.key,
        title=escaped(pair.title),
        case=escaped(pair.case),
        channel="direct messages" if _PERSON.fullmatch(alert.channel) else escaped(alert.channel),
        strength=alert.strength,
        created_at=alert.created_at,
        score=pair.score,
        lede=escaped(pair.lede),
        why=escaped(pair.why),
        check_first=tuple(map(escaped, pair.check_first)),
        answer=pair.answer,
    )


def _text(ledger: Ledger, source: Source, said: Sequence[Statement], *, whole: bool) -> form.Text:
    text, let_go = ledger.text_of(source.text_hash) or "", ledger.let_go_on(source.text_hash)
    mine = [one for one in said if one.source.text_hash == source.text_hash]
    places = [(one.span.start, one.span.end) for one in mine]
    places += [(one.speaker.span.start, one.speaker.span.end) for one in mine if one.speaker]
    cut = () if let_go else pieces.pieces(text, None if whole else pieces.around(places, AROUND))
    return form.Text(
        hash=source.text_hash,
        outlet=escaped(source.outlet),
        url=_or_none(source.url),
        title=escaped(source.title),
        published=source.published,
        retrieved=source.retrieved,
        let_go=let_go,
        length=None if let_go else len(text),
        root=None if let_go else pieces.root([one.hash for one in cut], len(text)),
        pieces=cut,
        excerpts=tuple(_excerpts(text)) if let_go else (),
        archived=_archived(ledger, source.url),
    )


def _archived(ledger: Ledger, url: str | None) -> form.Archived | None:
    found = ledger.kept_pages([url])
    kept = found.get(url) if url else None
    return form.Archived(by=ARCHIVE, at=kept.at, copy_at=escaped(kept.copy)) if kept else None


def _excerpts(text: str) -> Iterator[form.Excerpt]:
    place = 0
    for kept in text.split(GONE):
        if kept:
            yield form.Excerpt(start=place, text=escaped(kept))
        place += len(kept) + 1


def _quoted(value: Statement) -> form.Quoted:
    said, speaker = value.said, value.speaker
    return form.Quoted(
        key=value.key,
        text=value.source.text_hash,
        kind=value.kind,
        start=value.span.start,
        end=value.span.end,
        quote=escaped(value.quote),
        verbatim=tuple((span.start, span.end) for span in value.verbatim),
        speaker=form.Speaker(
            as_written=escaped(speaker.as_written),
            start=speaker.span.start,
            end=speaker.span.end,
            party=_who(speaker.party),
            how=escaped(speaker.how),
        )
        if speaker
        else None,
        cue=_or_none(value.cue),
        said_first=said.first if said else None,
        said_last=said.last if said else None,
        said_how=_or_none(said.how) if said else None,
        content=escaped(value.content),
        negated=value.negated,
        before=escaped(value.before),
        after=escaped(value.after),
        caveats=tuple(map(escaped, value.caveats)),
        mended=value.mended,
        amended=escaped(value.amended),
    )


def _held(part: form.Role, value: Position) -> form.Held:
    holder = _who(value.holder)
    assert holder is not None  # noqa: S101 - a position has one
    return form.Held(
        part=part,
        statement=value.statement.key,
        holder=holder,
        claimed_by=_who(value.claimed_by),
        topic=escaped(value.topic),
        topic_name=escaped(value.topic_name),
        proposition=escaped(value.proposition),
        proposition_text=escaped(value.proposition_text),
        stance=value.stance,
        strength=value.strength,
        operators=tuple(map(escaped, value.operators)),
        scope=tuple((escaped(slot), escaped(words)) for slot, words in value.scope),
    )


def _who(party: Party | None) -> form.Who | None:
    if party is None:
        return None
    role, official, side = map(_or_none, (party.role, party.official, party.side))
    return form.Who(name=escaped(party.name), official=official, side=side, role=role)


def _decision(line: Decided) -> form.Decision:
    return form.Decision(
        what=line.action,
        by=escaped(line.by),
        reason=escaped(line.note),
        remark=escaped(line.remark),
        at=line.at,
        before=escaped(line.before),
        after=escaped(line.after),
    )


def _or_none(words: str | None) -> str | None:
    return None if words is None else escaped(words)
