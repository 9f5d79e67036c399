"""Verbs that attribute a statement, found in a sentence with their subject."""

from __future__ import annotations

from collections.abc import Sequence

from bot.statements.cues import lexicon, participles, phrases, sources, subjects
from bot.statements.cues.hits import Hit, speaker_so_far
from bot.statements.cues.lexicon import Cue, Form
from bot.statements.cues.phrases import DASHES, Phrase
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
    WH_WORDS,
    words,
)

_NOUN_LINKS = words("of on from about against by over in between at")
_BEHIND_INVERTED = words("who in on at during after of to for with")
_PLURALS = words(
    "people police officials critics who they we i you many some others most few both all women men and or"
)
# After these a verb's form is a noun, unless the word itself can be a subject.
_CAN_BE_SUBJECTS = words("all both many some most few several each another others one this those these her")
_SINGULARS = words("he she it who that which")
# "People confirmed killed", "reported missing": nobody confirms.
_FATES = words("killed dead injured wounded missing infected captured sick safe")
_PASSIVE_LINKS = words("of at as in on for against to from with during")


def find(tokens: Sequence[Token]) -> list[Hit]:
    """All cue verbs of a sentence that can attribute something, in order."""
    hits: list[Hit] = []
    titled = _title_case(tokens)
    for at, token in enumerate(tokens):
        if token.kind == "word" and token.low in lexicon.FORMS and (titled or at == 0 or not token.capital):
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
    for cue, form in lexicon.FORMS[tokens[at].low]:
        if cue.particle is None:
            return cue, form, at + 1
        behind = phrases.skip_time(tokens, at + 1)
        if behind < len(tokens) and tokens[behind].low == cue.particle:
            return cue, form, behind + 1
    return None


def _read(tokens: Sequence[Token], at: int, earlier: Sequence[Hit]) -> Hit | None:
    picked = _pick(tokens, at)
    if picked is None:
        return None
    cue, form, last = picked
    if cue.lemma == "cite" and sources.quotes_somebody(tokens, at):
        return None
    group = subjects.group_start(tokens, at)
    inside = {token.low for token in tokens[group:at]}
    glued = group > 0 and phrases.contracted(tokens[group - 1])
    negated = bool(inside & NEGATORS)
    if (form == "past" and inside & BE) or _is_noun(tokens, at, form, inside):
        return None
    if form == "base":
        carrier = _carrier(tokens, group)
        if carrier is not None:
            group, refusing = carrier
            negated = negated or refusing
        elif not (inside & (MODALS | DO) or glued or _agrees(tokens, group) or _reads(tokens, at)):
            return None
    if form == "past" and last < len(tokens) and _reduced(tokens, cue, last):
        return None
    if form == "participle" and not inside & BE and not glued:
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
        modal=bool(inside & MODALS),
    )


def _is_noun(tokens: Sequence[Token], at: int, form: Form, inside: set[str]) -> bool:
    """Whether a word that is both stands here as a noun, or as an adjective."""
    if at == 0:
        return form != "participle"
    previous = tokens[at - 1]
    if tokens[at].low == "back" or (previous.low == "united" and tokens[at].low == "states"):
        return True
    noun = tokens[at].low in lexicon.ALSO_NOUNS
    if previous.low in DETERMINERS and (noun or previous.low not in _CAN_BE_SUBJECTS):
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


def _carrier(tokens: Sequence[Token], group: int) -> tuple[int, bool] | None:
    """For "declined to say": where the carrying verb's group begins, and whether it refuses."""
    if group < 2 or tokens[group - 1].low != "to":
        return None
    carrying = group - 2
    if tokens[carrying].low == "on" and carrying > 0:
        carrying -= 1
    if tokens[carrying].low in lexicon.REFUSING:
        return subjects.group_start(tokens, carrying), True
    if tokens[carrying].low in lexicon.CARRYING:
        return subjects.group_start(tokens, carrying), False
    return None


def _reduced(tokens: Sequence[Token], cue: Cue, last: int) -> bool:
    """Whether a past form is a passive without its auxiliary: "accused of", "announced by"."""
    following = tokens[last].low
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
    modal: bool,
) -> Hit | None:
    """A verb with a subject before or behind it, or with the one of the verb before."""
    if group == 0:
        return None
    inverted = _inverted(tokens, at, last, group)
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
        lead = speaker.lead
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
        negated=negated,
        as_clause=not carried and speaker is not None and speaker.first > 0 and tokens[speaker.first - 1].low == "as",
        modal=modal,
    )


def _behind_according(tokens: Sequence[Token], speaker: Phrase) -> bool:
    """Whether the subject belongs to an "according to", so that "report" behind it is a noun."""
    return any(token.low == "according" for token in tokens[max(0, speaker.first - 2) : speaker.last])


def _inverted(tokens: Sequence[Token], at: int, last: int, group: int) -> Phrase | None:
    """The subject behind the verb, as in '"…," said X'."""
    if group != at or last >= len(tokens):
        return None
    previous = tokens[at - 1]
    quoted = previous.kind == "quote"
    if tokens[at].low not in lexicon.INVERTED and not quoted:
        return None
    if (
        not quoted
        and previous.text not in {",", "?", "!"}
        and previous.text not in DASHES
        and previous.low not in {"so", "as"}
    ):
        return None
    first = tokens[last]
    if first.kind not in {"word", "number"} or first.low in WH_WORDS | {"that"}:
        return None
    phrase = phrases.after(tokens, last)
    if phrase is None or phrase.last >= len(tokens):
        return phrase
    ending = tokens[phrase.last]
    if quoted:
        return None if phrases.is_verb(ending) else phrase
    if ending.text in {".", ",", "!", ";", ":", "("} or ending.text in DASHES:
        return phrase
    return phrase if ending.low in _BEHIND_INVERTED and (first.capital or first.low == "the") else None
