"""Verbs that attribute a statement, found in a sentence with their subject."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.statements.cues import (
    groups,
    inversion,
    lexicon,
    lookalikes,
    objects,
    participles,
    phrases,
    sources,
    stands,
    subjects,
)
from bot.statements.cues.hits import Hit, speaker_so_far
from bot.statements.cues.lexicon import Cue, Form
from bot.statements.cues.phrases import Phrase
from bot.statements.text.sentences import Token
from bot.statements.text.words import (
    BE,
    DO,
    MODALS,
    NEGATORS,
    words,
)

_MADE_SO = words("it very quite perfectly abundantly absolutely")
# Behind these nothing is said yet.
_HYPOTHETICAL = words("if whether unless")
# These do not go without whom they tell.
_TOLD = words("tell inform notify remind reassure brief")
_NOBODY = words("neither no nobody none")
_BARELY = NEGATORS | words("hardly scarcely")


def find(tokens: Sequence[Token]) -> list[Hit]:
    """All cue verbs of a sentence that can attribute something, in order."""
    hits: list[Hit] = []
    titled = _title_case(tokens)
    for at, token in enumerate(tokens):
        if token.kind == "word" and token.low in lexicon.CUES and (titled or at == 0 or not token.capital):
            hit = _read(tokens, at, hits)
            if hit is not None:
                hits.append(hit)
    return sources.cited(tokens, hits or stands.find(tokens))


def _title_case(tokens: Sequence[Token]) -> bool:
    """Whether the sentence is written as headlines are, so that a capital says nothing."""
    long = [token for token in tokens if token.kind == "word" and len(token.text) > 3]
    return len(long) < 25 and sum(token.capital for token in long) > 0.7 * len(long)


def _pick(tokens: Sequence[Token], at: int) -> tuple[Cue, Form, int] | None:
    """The cue that the word at `at` is, and the token behind it and its particle, a time between passed over."""
    for cue, form in lexicon.CUES[tokens[at].low]:
        last = at + 1
        if cue.particle is not None:
            last = phrases.skip_time(tokens, last)
            while cue.lemma == "make" and last < len(tokens) and tokens[last].low in _MADE_SO:
                last += 1
            if last == len(tokens) or tokens[last].low != cue.particle:
                continue
            last += 1
        if objects.suit(tokens, cue, last):
            return cue, form, last
    return None


def _read(tokens: Sequence[Token], at: int, earlier: Sequence[Hit]) -> Hit | None:
    picked = _pick(tokens, at)
    if picked is None:
        return None
    cue, form, last = picked
    if cue.lemma == "cite" and sources.quotes_somebody(tokens, at):
        return None
    if at and tokens[at - 1].low == "nor":
        return _nor(cue, form, at, last, earlier)
    group = groups.start(tokens, at)
    inside = {token.low for token in tokens[group:at]}
    glued = group > 0 and phrases.contracted(tokens[group - 1])
    negated = bool(inside & _BARELY)
    carrier = groups.carrier(tokens, group) if form in ("base", "participle") or inside & BE else None
    if carrier is not None:
        group = carrier.group
        negated = negated or carrier.refusing or bool({token.low for token in tokens[group:at]} & NEGATORS)
    if (cue.only_negated and not negated) or (lookalikes.planned(cue, inside) and not negated):
        return None
    paired = earlier and (earlier[-1].form == "base" or group - earlier[-1].cue_last <= 1)
    if form == "base" and carrier is None and not inside and not paired and lookalikes.of_another(tokens, group):
        return None
    if lookalikes.passive(tokens[at].low, cue, form, inside) or lookalikes.noun(tokens, at, cue, form, inside):
        return None
    if (
        form == "base"
        and carrier is None
        and not (inside & (MODALS | DO) or glued or lookalikes.agrees(tokens, group) or lookalikes.reads(tokens, at))
    ):
        return None
    if form == "past" and last < len(tokens) and lookalikes.reduced(tokens, cue, last):
        return None
    if form == "participle" and carrier is None and not inside & BE and not glued:
        if cue.lemma in objects.BACKING:
            return None
        return participles.read(tokens, at, last, cue=cue, group=group, earlier=earlier)
    return _finite(
        tokens,
        at,
        last,
        cue=cue,
        form=form,
        group=group,
        earlier=earlier,
        negated=negated,
        refusing=carrier is not None and carrier.refusing,
        modal=bool(inside & MODALS),
    )


def _nor(cue: Cue, form: Form, at: int, last: int, earlier: Sequence[Hit]) -> Hit | None:
    """The second half of "neither confirmed nor denied", whose content is that of both."""
    if not earlier or not earlier[-1].negated or at - earlier[-1].cue_last > 1:
        return None
    return replace(earlier[-1], cue=cue, form=form, verb=at, cue_last=last, last=last, lead=at - 1)


def _finite(
    tokens: Sequence[Token],
    at: int,
    last: int,
    *,
    cue: Cue,
    form: Form,
    group: int,
    earlier: Sequence[Hit],
    negated: bool,
    refusing: bool,
    modal: bool,
) -> Hit | None:
    """A verb with a subject before or behind it, or with the one of the verb before."""
    if group == 0:
        return None
    inverted = inversion.subject(tokens, at, last, group) if cue.lemma != "tell" else None
    carried = inverted is None and tokens[group - 1].low in {"and", "but", "or", "then", "yet"}
    behind = last
    if inverted is not None:
        speaker: Phrase | None = inverted
        lead, behind = group, inverted.last
    elif carried:
        if cue.lemma in _TOLD and last < len(tokens) and tokens[last].low in {"that", "of", "about"}:
            return None  # "was called and informed that": nobody is told, so the passive goes on
        speaker = speaker_so_far(tokens, earlier, group)
        lead = group - 1
        if lead > 0 and tokens[lead - 1].text == ",":
            lead -= 1
    else:
        speaker = subjects.before(tokens, group)
        if speaker is None or (tokens[speaker.first].low in {"who", "which"} and speaker.first == 0):
            return None
        if tokens[speaker.first].low == "you" or _behind_according(tokens, speaker):
            return None
        speaker = _pair(tokens, speaker)
        if speaker.first > 0 and tokens[speaker.first - 1].low in _HYPOTHETICAL:
            return None
        lead = speaker.lead
    if speaker is not None and not objects.takes(tokens, cue, form, speaker=speaker, group=group, at=behind):
        return None
    return Hit(
        cue=cue,
        form=form,
        group=group,
        verb=at,
        cue_last=last,
        last=behind,
        speaker=speaker,
        lead=lead,
        carried=carried,
        inverted=inverted is not None,
        negated=negated or _nobody(tokens, speaker, cue),
        refusing=refusing,
        as_clause=not carried and speaker is not None and speaker.first > 0 and tokens[speaker.first - 1].low == "as",
        modal=modal,
    )


def _pair(tokens: Sequence[Token], second: Phrase) -> Phrase:
    """Both of "neither Velden nor Orlo", of whom the second alone has said and withheld nothing by himself."""
    if second.first < 2 or tokens[second.first - 1].low != "nor":
        return second
    for at in range(second.first - 2, max(-1, second.first - phrases.LONGEST), -1):
        if tokens[at].low == "neither":
            return Phrase(at + 1, second.last, max(0, at - (at > 0 and tokens[at - 1].text == ",")))
        if tokens[at].kind == "quote" or tokens[at].text in {";", ":"} or phrases.is_verb(tokens[at]):
            break
    return second


def _nobody(tokens: Sequence[Token], speaker: Phrase | None, cue: Cue) -> bool:
    """Whether the subject takes back what its verb says: "neither Velden nor Orlo said", "no minister has said"."""
    if speaker is None:
        return False
    before = tokens[speaker.first - 1].low if speaker.first else ""
    subject = tokens[speaker.first].low
    return before in {"neither", "nor"} or subject in _NOBODY or (subject == "few" and cue.act == "deny")


def _behind_according(tokens: Sequence[Token], speaker: Phrase) -> bool:
    """Whether the subject belongs to an "according to", so that "report" behind it is a noun."""
    return any(token.low == "according" for token in tokens[max(0, speaker.first - 2) : speaker.last])
