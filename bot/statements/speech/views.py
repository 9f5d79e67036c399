"""Views told by a noun alone: "in Velden's view", "in the words of X", "X's position is that", "had no comment"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.statements.cues import phrases, subjects
from bot.statements.cues.hits import Hit
from bot.statements.cues.phrases import Phrase
from bot.statements.speech import edges
from bot.statements.speech.verbless import Frame
from bot.statements.text.sentences import Token
from bot.statements.text.words import POSSESSIVES, words

_VIEWS = words("view opinion words telling eyes estimation judgment judgement reading assessment")
_HELD = words(
    "view position stance message argument point belief answer line contention claim pledge promise demand opinion "
    "conviction assessment hope fear concern suggestion proposal plan"
)
_NOUNS = _VIEWS | _HELD | {"comment"}
_ARE = words("is was remains remained")
_HAS = words("has have had offered gave")
_LONGEST_OWNER = 8  # tokens of "the foreign minister of Borland's"


def find(tokens: Sequence[Token], hits: Sequence[Hit]) -> list[Frame]:
    """All such views of a sentence, in order."""
    frames: list[Frame] = []
    for at, token in enumerate(tokens):
        if token.low not in _NOUNS:
            continue
        frame: Frame | None = None
        if token.low in _VIEWS:
            frame = _in_view(tokens, at, hits)
        if frame is None and token.low in _HELD:
            frame = _is_that(tokens, at, hits)
        if token.low == "comment":
            frame = _no_comment(tokens, at, hits)
        if frame is not None:
            frames.append(frame)
    return frames


def _in_view(tokens: Sequence[Token], at: int, hits: Sequence[Hit]) -> Frame | None:
    """For "in X's view, …", "in the words of X, …" and the same behind what is held."""
    if at + 2 < len(tokens) and tokens[at + 1].low == "of" and at > 1 and tokens[at - 1].low == "the":
        opening, owner = at - 2, phrases.after(tokens, at + 2)
        last = owner.last if owner is not None else at
    else:
        owner = _owner(tokens, at)
        opening, last = (owner.first - 1, at + 1) if owner is not None else (-1, at)
    if owner is None or opening < 0 or tokens[opening].low != "in":
        return None
    named = tokens[owner.first].low not in POSSESSIVES
    if opening == 0 or tokens[opening - 1].low in {"and", "but"}:
        first = last + (last < len(tokens) and tokens[last].text == ",")
        if first >= len(tokens) - 1:
            return None
        own = [hit for hit in hits if hit.lead > first]
        return Frame(
            first, edges.after(tokens, first, own, len(tokens)), opening, last, owner, "say", "noun cue", named=named
        )
    if tokens[opening - 1].text != "," or (last < len(tokens) and tokens[last].text not in {".", ","}) or hits:
        return None
    return Frame(0, opening - 1, opening, last, owner, "say", "noun cue", named=named)


def _is_that(tokens: Sequence[Token], at: int, hits: Sequence[Hit]) -> Frame | None:
    """For "X's position is that …"."""
    verb = at + 1
    while verb < len(tokens) and phrases.is_adverb(tokens[verb]):
        verb += 1
    if verb + 2 >= len(tokens) or tokens[verb].low not in _ARE or tokens[verb + 1].low != "that":
        return None
    owner = _owner(tokens, at)
    if owner is None:
        return None
    own = [hit for hit in hits if hit.lead > verb + 1]
    last = edges.after(tokens, verb + 1, own, len(tokens))
    return Frame(
        verb + 1, last, at, verb + 1, owner, "say", "noun cue", named=tokens[owner.first].low not in POSSESSIVES
    )


def _no_comment(tokens: Sequence[Token], at: int, hits: Sequence[Hit]) -> Frame | None:
    """For "X had no comment on …": silence is told, and on what."""
    begin = at - 1
    while begin > 0 and tokens[begin].low in {"immediate", "further", "public"}:
        begin -= 1
    if begin < 2 or tokens[begin].low != "no" or tokens[begin - 1].low not in _HAS:
        return None
    speaker = subjects.before(tokens, begin - 1)
    if speaker is None or any(hit.verb < begin and hit.last <= speaker.first for hit in hits):
        return None
    behind = phrases.skip_time(tokens, at + 1)
    tells = behind < len(tokens) and tokens[behind].low in {"on", "about"}
    last = edges.after(tokens, begin, [], len(tokens)) if tells else at + 1
    return Frame(begin, last, begin - 1, begin, speaker, "no_comment", "noun cue")


def _owner(tokens: Sequence[Token], noun: int) -> Phrase | None:
    """The possessor right before a noun, an adjective between passed over: "his own view", "the minister's view"."""
    at = noun - 1
    while at > 0 and tokens[at].low in {"own", "personal", "official", "long-standing", "latest"}:
        at -= 1
    if at < 0:
        return None
    if tokens[at].low in POSSESSIVES - {"whose"}:
        return Phrase(at, at + 1, at)
    if not tokens[at].low.endswith(("'s", "s'")) or phrases.contracted(tokens[at]):
        return None
    first = at
    while first > max(0, at - _LONGEST_OWNER) and tokens[first - 1].kind == "word" and _names(tokens, first - 1):
        first -= 1
    return Phrase(first, at + 1, first)


def _names(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word can stand in the name or title of a possessor."""
    token = tokens[at]
    return (token.capital and token.low != "in") or token.low in {"the", "minister", "president", "prime", "foreign"}
