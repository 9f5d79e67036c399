"""Verbs that attribute a statement, found in a sentence with their subject."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.statements.cues import groups, inversion, lexicon, objects, participles, phrases, sources, subjects
from bot.statements.cues.hits import Hit, speaker_so_far
from bot.statements.cues.lexicon import Cue, Form
from bot.statements.cues.phrases import Phrase
from bot.statements.text.sentences import Token
from bot.statements.text.words import (
    ADVERBS,
    BE,
    COORDINATORS,
    DETERMINERS,
    DO,
    MODALS,
    NEGATORS,
    POSSESSIVES,
    PREPOSITIONS,
    words,
)

_NOUN_LINKS = words("of on from about against by over in between at")
_PLURALS = words(
    "people police officials critics who they we i you many some others most few both all women men and or"
)
# After these a verb's form is a noun, unless the word itself can be a subject.
_CAN_BE_SUBJECTS = words("all both many some most few several each another others one this those these her")
_SINGULARS = words("he she it who that which")
# "People confirmed killed", "reported missing": nobody confirms.
_FATES = words("killed dead injured wounded missing infected captured sick safe")
# "Said by telephone" is no passive.
_MEDIA = words("phone telephone radio email e-mail letter text video telegram message")
_MADE_SO = words("it very quite perfectly abundantly absolutely")
# Behind these nothing is said yet.
_HYPOTHETICAL = words("if whether unless")
_NOBODY = words("neither no nobody none")
_PASSIVE_LINKS = words("of at as in on for against to from with during")


def find(tokens: Sequence[Token]) -> list[Hit]:
    """All cue verbs of a sentence that can attribute something, in order."""
    hits: list[Hit] = []
    titled = _title_case(tokens)
    for at, token in enumerate(tokens):
        if token.kind == "word" and token.low in lexicon.CUES and (titled or at == 0 or not token.capital):
            hit = _read(tokens, at, hits)
            if hit is not None:
                hits.append(hit)
    return sources.cited(tokens, hits)


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
    negated = bool(inside & NEGATORS)
    carrier = groups.carrier(tokens, group) if form in ("base", "participle") or inside & BE else None
    if carrier is not None:
        group = carrier.group
        negated = negated or carrier.refusing or bool({token.low for token in tokens[group:at]} & NEGATORS)
    if cue.only_negated and not negated:
        return None
    if _passive(cue, form, inside) or _is_noun(tokens, at, form, inside):
        return None
    if (
        form == "base"
        and carrier is None
        and not (inside & (MODALS | DO) or glued or _agrees(tokens, group) or _reads(tokens, at))
    ):
        return None
    if form == "past" and last < len(tokens) and _reduced(tokens, cue, last):
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


def _passive(cue: Cue, form: Form, inside: set[str]) -> bool:
    """Whether the subject does not speak: "was accused"; "would not be drawn" is the speaker's own silence."""
    if cue.lemma == "draw" and cue.particle is None:
        return not inside & BE
    return form == "past" and bool(inside & BE)


def _is_noun(tokens: Sequence[Token], at: int, form: Form, inside: set[str]) -> bool:
    """Whether a word that is both stands here as a noun, or as an adjective."""
    if at == 0:
        return form != "participle"
    previous = tokens[at - 1]
    if tokens[at].low == "back":
        return not inside & (MODALS | DO) and previous.low != "to"
    if previous.low == "united" and tokens[at].low == "states":
        return True
    noun = tokens[at].low in lexicon.ALSO_NOUNS
    if previous.low in DETERMINERS - {"neither"} and (noun or previous.low not in _CAN_BE_SUBJECTS):
        return noun or previous.low not in _CAN_BE_SUBJECTS
    if previous.low.endswith("'s") and not phrases.contracted(previous):
        return True
    if not noun or form in ("past", "participle") or inside:
        return False
    if previous.low in PREPOSITIONS | POSSESSIVES or previous.kind == "number":
        return previous.low != "to"
    if form != "s":
        return False
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if previous.capital and following is not None and following.low in _NOUN_LINKS:
        return True
    single = previous.capital or previous.low in _SINGULARS | ADVERBS or previous.text in {",", ")"}
    clear = following is not None and (
        following.low == "that" or following.kind == "quote" or following.low in lexicon.FORMS
    )
    return not (single or clear)


def _reads(tokens: Sequence[Token], at: int) -> bool:
    """Whether "read" is what a paper does, beside a quotation: "the statement read"."""
    if tokens[at].low != "read" or tokens[at - 1].low not in participles.DOCUMENTS:
        return False
    beside = tokens[max(0, at - 6) : at + 4]
    return any(token.kind == "quote" for token in beside)


def _agrees(tokens: Sequence[Token], group: int) -> bool:
    """Whether a base form has a plural before it."""
    if group == 0:
        return False
    previous = tokens[group - 1]
    if previous.text in {",", ")"} or previous.low in _PLURALS:
        return True
    if previous.kind != "word" or previous.low in COORDINATORS:
        return False
    return previous.low.endswith("s") and not previous.low.endswith(("'s", "ss", "us", "is"))


def _reduced(tokens: Sequence[Token], cue: Cue, last: int) -> bool:
    """Whether a past form is a passive without its auxiliary: "accused of", "announced by"."""
    following = tokens[last].low
    if following == "by" and last + 1 < len(tokens) and tokens[last + 1].low in _MEDIA:
        return False
    if following == "by" or following in _FATES:
        return True
    if cue.particle or "clause" in cue.frames or following in cue.prepositions:
        return False
    return following in _PASSIVE_LINKS and not (following == "to" and "to" in cue.frames)


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
        negated=negated or _nobody(tokens, speaker),
        refusing=refusing,
        as_clause=not carried and speaker is not None and speaker.first > 0 and tokens[speaker.first - 1].low == "as",
        modal=modal,
    )


def _nobody(tokens: Sequence[Token], speaker: Phrase | None) -> bool:
    """Whether the subject takes back what its verb says: "neither Velden nor Orlo said", "no minister has said"."""
    if speaker is None:
        return False
    before = tokens[speaker.first - 1].low if speaker.first else ""
    return before == "nor" or tokens[speaker.first].low in _NOBODY


def _behind_according(tokens: Sequence[Token], speaker: Phrase) -> bool:
    """Whether the subject belongs to an "according to", so that "report" behind it is a noun."""
    return any(token.low == "according" for token in tokens[max(0, speaker.first - 2) : speaker.last])
