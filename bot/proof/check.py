"""A proof file held against itself, with nothing else at hand, and against a ledger where there is one."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.ledger.record.texts import GONE, Stored
from bot.ledger.tables.columns import given
from bot.model import content_key
from bot.proof import form, pieces
from bot.proof.earlier import IN_HAND, as_it_was
from bot.proof.issue import Unprovable, proven

if TYPE_CHECKING:
    from datetime import datetime

    from bot.ledger import Ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What holds, what does not, and what cannot be told from what was at hand; each a sentence."""

    proof: form.Proof | None  # None: it could not be read as one
    holds: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    untold: tuple[str, ...] = ()


def alone(content: bytes) -> Verdict:
    """The file held against itself: structure, form, digest, pieces, places and keys."""
    try:
        proof = form.read(content)
    except form.NotAProof as error:
        return Verdict(proof=None, faults=(f"It is no proof file of this form: {error}.",))
    faults = [*_of_form(proof, content), *_of_texts(proof), *_of_statements(proof), *_of_alert(proof)]
    whole = sum(_whole(text) is not None for text in proof.texts)
    gone = sum(text.let_go is not None for text in proof.texts)
    holds = (
        f"The file is as it was issued: its digest is sha256:{proof.digest}.",
        f"{_many(proof.statements, 'quotation')} stand word for word at their places in what the file carries of "
        f"{_many(proof.texts, 'text')}.",
    )
    untold = ["Who issued it: the digest is no signature. Compare it with the one that you were given another way."]
    if parts := len(proof.texts) - whole - gone:
        untold.append(
            f"Whether the SHA-256 of {parts} whole texts is the one named: the file carries excerpts, proven against "
            "the hash of all pieces. Whoever has the text can tell, and so can the ledger."
        )
    if gone:
        untold.append(
            f"Of {gone} texts, let go by the newsroom's retention, only excerpts are left: that they stood in the text "
            "of that hash, the ledger's seals alone say."
        )
    return Verdict(proof=proof, holds=() if faults else holds, faults=tuple(faults), untold=tuple(untold))


def against(proof: form.Proof, ledger: Ledger, now: datetime) -> Verdict:
    """The file held against a ledger: the same texts, words, alert and log. What came later is told, and no fault."""
    alert = ledger.alert(proof.alert.number)
    if alert is None:
        return Verdict(proof=proof, faults=(f"The ledger has no alert OR-{proof.alert.number}.",))
    was = as_it_was(proof, alert, ledger)
    if was is None:
        return Verdict(proof=proof, faults=("The alert is about two other statements in the ledger.",))
    try:
        mine = proven(ledger, was.alert, now, whole=True)
    except Unprovable as error:
        return Verdict(proof=proof, faults=(f"The ledger's own evidence does not hold: {error}.",))
    words = [*_other_words(proof, mine, ledger), *_other_positions(proof, mine)]
    faults, later = [*_other_alert(proof, mine, was.titles), *words, *_other_log(proof, mine)], [*was.since]
    if more := len(mine.decisions) - len(proof.decisions):
        added = "One line was" if more == 1 else f"{more} lines were"
        later.append(f"{added} added to the log of decisions since it was issued.")
    if (mine.state.review, mine.state.delivery) != (proof.state.review, proof.state.delivery):
        later.append(f"The alert is now {mine.state.review}, its card {mine.state.delivery}.")
    holds = ("The ledger holds the same texts, quotations, alert and decisions.",)
    return Verdict(proof=proof, holds=() if faults else holds, faults=tuple(faults), untold=tuple(later))


def _many(things: tuple[object, ...], name: str) -> str:
    return f"{len(things)} {name}{'' if len(things) == 1 else 's'}"


def _of_form(proof: form.Proof, content: bytes) -> Iterator[str]:
    if form.digest(proof) != proof.digest:
        yield "Something in it was changed: the digest is another one."
    if form.written(proof) != content:
        yield "It is not written as it was issued, byte for byte."


def _of_texts(proof: form.Proof) -> Iterator[str]:
    if len({text.hash for text in proof.texts}) < len(proof.texts):
        yield "A text stands in it twice."
    for text in proof.texts:
        yield from (f"“{text.title}” of {text.outlet}: {fault}." for fault in _of_text(text))


def _of_text(text: form.Text) -> Iterator[str]:
    if text.let_go is not None:
        if text.pieces or text.root or text.length is not None:
            yield "it was let go, and yet has pieces"
        ends = [0, *(one.start + len(given(one.text)) for one in text.excerpts)]
        if any(one.start < end for one, end in zip(text.excerpts, ends, strict=False)):
            yield "its excerpts lie over each other"
        return
    if text.length is None or text.root is None or text.excerpts:
        yield "it was not let go, and yet has no pieces"
        return
    if len(text.pieces) != -(-text.length // form.SIZE):
        yield "it has another number of pieces than its length tells"
    for place, piece in enumerate(text.pieces):
        if piece.text is None:
            continue
        words = given(piece.text)
        if Stored.hashed(words) != piece.hash:
            yield f"the piece at {place * form.SIZE} has another hash"
        if len(words) != min(form.SIZE, text.length - place * form.SIZE):
            yield f"the piece at {place * form.SIZE} has another length"
    if pieces.root([piece.hash for piece in text.pieces], text.length) != text.root:
        yield "the hash of all pieces is another one"
    whole = _whole(text)
    if whole is not None and Stored.hashed(whole) != text.hash:
        yield "the whole text has another hash"


def _whole(text: form.Text) -> str | None:
    """All of a text, where the file carries it."""
    if text.let_go is not None or any(piece.text is None for piece in text.pieces):
        return None
    return "".join(given(piece.text or "") for piece in text.pieces)


def _of_statements(proof: form.Proof) -> Iterator[str]:
    texts = {text.hash: text for text in proof.texts}
    keys = {one.key for one in proof.statements}
    if len(keys) < len(proof.statements):
        yield "A statement stands in it twice."
    for one in proof.statements:
        text = texts.get(one.text)
        if text is None:
            yield f"The statement {one.key[:12]} is of a text that is not in the file."
            continue
        where = f"“{text.title}” of {text.outlet}, {one.start}–{one.end}"
        if one.key != _key(one):
            yield f"{where}: the statement has another key than its place gives it."
        if not one.start < one.end or not _stands(text, one.start, given(one.quote), one.end):
            yield f"{where}: the quotation does not stand there."
        if any(not one.start <= start <= end <= one.end for start, end in one.verbatim):
            yield f"{where}: exact words lie outside the quotation."
    for position in proof.positions:
        if position.statement not in keys:
            yield f"The {position.part} position is of a statement that is not in the file."


def _stands(text: form.Text, start: int, quote: str, end: int) -> bool:
    """Whether a quotation is what the file carries of a text from one place to another."""
    if text.let_go is None:
        return pieces.stretch(text.pieces, start, end) == quote
    carried = [GONE] * len(quote)  # as long as the quotation is, whatever places the file names
    for excerpt in text.excerpts:
        words = given(excerpt.text)
        first, last = max(start, excerpt.start), min(end, excerpt.start + len(words))
        if first < last:
            carried[first - start : last - start] = words[first - excerpt.start : last - excerpt.start]
    return len(quote) == end - start and "".join(carried) == quote != GONE * len(quote)


def _key(one: form.Quoted) -> str:
    place = (one.text, str(one.start), str(one.end))
    return content_key(*place, f"mended {one.mended}") if one.mended else content_key(*place)


def _of_alert(proof: form.Proof) -> Iterator[str]:
    heads = {one.part: one.statement for one in proof.positions}
    if [one.part for one in proof.positions[:2]] != ["earlier", "fresh"]:
        yield "The two positions of the conflict do not come first."
    elif proof.alert.conflict != content_key(proof.alert.kind, heads["fresh"], heads["earlier"]):
        yield "The conflict has another key than its two statements give it."
    moments = [one.at for one in proof.decisions]
    if any(at > proof.issued for at in (*moments, proof.alert.created_at)):
        yield "It tells of something that came after it was issued."


def _other_alert(proof: form.Proof, mine: form.Proof, titles: Collection[str]) -> Iterator[str]:
    for name in ("number", "key", "channel", "strength", "created_at", "score", "lede", "why", "check_first", "answer"):
        if getattr(proof.alert, name) != getattr(mine.alert, name):
            yield f"The alert has another {name.replace('_', ' ')} in the ledger."
    if proof.alert.title not in titles:
        yield "The alert has another title in the ledger."


def _other_words(proof: form.Proof, mine: form.Proof, ledger: Ledger) -> Iterator[str]:
    texts = {text.hash: text for text in mine.texts}
    for text in proof.texts:
        where = f"“{text.title}” of {text.outlet}"
        stored = ledger.text_of(text.hash)
        if stored is None:
            yield f"{where}: the ledger has no text of this hash."
        elif text.root and text.hash in texts and (root := texts[text.hash].root) and root != text.root:
            yield f"{where}: the pieces are others than those of the ledger's text."
        elif any(_unlike(stored, start, words) for start, words in _carries(text)):
            yield f"{where}: the ledger's text reads differently."
        held = texts.get(text.hash)
        if text.archived is not None and (held is None or held.archived != text.archived):
            yield f"{where}: the ledger knows of no such archived copy."
    known = {one.key: one for one in mine.statements}
    for one in proof.statements:
        same = known.get(one.key)
        if same and (any(getattr(one, name) != getattr(same, name) for name in _SEALED) or _named(one) != _named(same)):
            yield f"The statement {one.key[:12]} reads differently in the ledger."
        elif same is None:
            yield f"The alert does not show the statement {one.key[:12]} in the ledger."


def _other_positions(proof: form.Proof, mine: form.Proof) -> Iterator[str]:
    known = {(one.part, one.statement, _position(one)) for one in mine.positions}
    for one in proof.positions:
        if (one.part, one.statement, _position(one)) not in known:
            yield f"The {one.part} position is another one in the ledger."


def _named(one: form.Quoted) -> tuple[object, ...]:
    """Who said it; ids and sides may change as entries are merged."""
    who = one.speaker
    return (who.as_written, who.start, who.end, who.party and who.party.name) if who else ()


def _position(one: form.Held) -> tuple[object, ...]:
    """What never changes of a position; the topic may, as topics are merged."""
    claimed = one.claimed_by and one.claimed_by.name
    what = (one.proposition, one.proposition_text, one.stance, one.strength, one.operators, one.scope)
    return (one.holder.name, claimed, *what)


_SEALED = (
    *("kind", "start", "end", "quote", "verbatim", "cue", "said_first", "said_last", "said_how", "content"),
    *("negated", "before", "after", "caveats"),
)


def _carries(text: form.Text) -> Iterator[tuple[int, str]]:
    yield from ((one.start, given(one.text)) for one in text.excerpts)
    for place, piece in enumerate(text.pieces):
        if piece.text is not None:
            yield place * form.SIZE, given(piece.text)


def _unlike(stored: str, start: int, words: str) -> bool:
    """Whether words differ from the stored text, as far as that was not let go."""
    there = stored[start : start + len(words)]
    return any(mine not in (one, GONE) for mine, one in zip(there, words, strict=False))


def _other_log(proof: form.Proof, mine: form.Proof) -> Iterator[str]:
    if proof.decisions != mine.decisions[: len(proof.decisions)]:
        yield "The log of decisions is another one in the ledger."
    earlier = [one for one in mine.decisions[len(proof.decisions) :] if one.at < proof.issued - IN_HAND]
    if earlier:
        yield f"The log of the ledger has {len(earlier)} more lines from before the file was issued."
