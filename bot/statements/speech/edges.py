"""Where the content of a statement behind its cue ends."""

from __future__ import annotations

from collections.abc import Sequence

from bot.statements.cues import phrases
from bot.statements.cues.hits import Hit
from bot.statements.cues.phrases import DASHES
from bot.statements.speech import asides
from bot.statements.text.sentences import Token
from bot.statements.text.words import (
    DETERMINERS,
    OBJECT_PRONOUNS,
    POSSESSIVES,
    PREPOSITIONS,
    SUBORDINATORS,
    TIME_WORDS,
    WH_WORDS,
    words,
)

_STOPS = frozenset({".", "!", "?", "..", "..."})
_CIRCUMSTANCES = words("as after when while amid before until")
_OPENS_OCCASION = DETERMINERS - words("no any every each all both") | TIME_WORDS | phrases.PLATFORMS
_LEADING = words("while whereas although though as when after before because since")
# Longest phrase of occasion at the end of a sentence, longest way from a comma to the cue of a new attribution.
_OCCASION_LENGTH = 16
_LEAD_LENGTH = 20
_CONTACTING = words("phoned telephoned rang rung texted contacted approached emailed e-mailed messaged")
_CONTACT_REACH = 5  # tokens from such a verb to the conjunction behind its object


def comma_at(tokens: Sequence[Token], at: int) -> bool:
    """Whether a comma stands here, or closes the quotation here."""
    token = tokens[at]
    return token.text == "," or (token.kind == "quote" and token.text.endswith(","))


def after(
    tokens: Sequence[Token], first: int, hits: Sequence[Hit], limit: int, *, clause: bool = True, names: bool = False
) -> int:
    """The token before which the content that begins at `first` ends.

    `clause`: the content is a clause, which may hold what somebody else said; otherwise a noun phrase, which what
    happened when it was said does not belong to. `names`: it gives a name to something, which "as" leads to.
    """
    if tokens[first].kind == "quote" and _stands_alone(tokens, first, limit):
        return first + 1
    cuts = {hit.lead for hit in hits if hit.lead > first and _own(tokens, hit, first, nested=clause)}
    depth = 0
    for at in range(first, limit):
        token = tokens[at]
        depth += (token.text in {"(", "["}) - (token.text in {")", "]"})
        if depth < 0:
            return at
        if depth or at == first:
            continue
        if at in cuts or token.text == ";" or _goes_on(tokens, first, at, limit):
            return at
        if clause and token.text == "," and not any(_may_be_verb(said) for said in tokens[first:at]):
            continue
        if comma_at(tokens, at) and asides.behind_comma(tokens, first, at + 1, limit, clause=clause):
            return at + (token.kind == "quote")
        if _occasion(tokens, at, limit):
            return at
        aside = token.low in _CIRCUMSTANCES and not (names and token.low == "as")
        if not clause and aside and at > first + 1 and _happens(tokens, at, limit):
            return at
        if token.low == "according" and at + 1 < limit and tokens[at + 1].low == "to":
            return at
    while limit > first + 1 and tokens[limit - 1].kind == "mark" and tokens[limit - 1].text in _STOPS | {",", ";", ":"}:
        limit -= 1
    return limit


def circumstance(tokens: Sequence[Token], at: int) -> bool:
    """Whether what begins here only tells when it was said: "as talks resumed", "after the vote"."""
    return tokens[at].low in _CIRCUMSTANCES and _happens(tokens, at, len(tokens))


def _happens(tokens: Sequence[Token], at: int, limit: int) -> bool:
    """Whether "as", "after", "when" opens a clause of its own here."""
    if tokens[at].low == "amid":
        return True
    phrase = phrases.after(tokens, at + 1, subject=True)
    if phrase is None or phrase.last >= limit:
        return False
    behind = tokens[phrase.last]
    return phrases.is_verb(behind) or phrases.is_adverb(behind) or behind.low.endswith("ed")


def _stands_alone(tokens: Sequence[Token], at: int, limit: int) -> bool:
    """Whether a quotation behind a cue is the whole content, and not the start of a mixed one."""
    return tokens[at].text[-1:] in (",", ".", "!", "?") or at + 1 >= limit or tokens[at + 1].kind == "mark"


def _own(tokens: Sequence[Token], hit: Hit, first: int, *, nested: bool) -> bool:
    """Whether a later cue begins an attribution of its own, and does not stand inside the content."""
    mark = tokens[hit.lead]
    if (nested and hit.relative(tokens)) or (hit.carried and hit.modal):
        return False
    if hit.carried and hit.form == "past" and mark.low == "and" and _contacts(tokens, first, hit.lead):
        return False
    joined = mark.low == "and" and (not hit.carried or _describes(tokens, hit, first))
    if joined and not any(phrases.is_verb(near) for near in tokens[first : hit.lead]):
        # "that he and Velden had talked": what stands before the conjunction is no clause yet.
        return False
    if mark.text == "," and nested and not (hit.carried or hit.inverted) and _leads_up(tokens, first, hit.lead):
        return False
    if mark.text in {",", ";"} or mark.text in DASHES:
        return hit.carried or hit.inverted or (hit.speaker is not None and hit.verb - hit.lead < _LEAD_LENGTH)
    if comma_at(tokens, hit.lead - 1) or mark.low in {"and", "but", "while", "although", "though", "as"}:
        return True
    said = "clause" in hit.cue.frames or "addressee" in hit.cue.frames
    return hit.carried and said and mark.low in {"by", "while", "before", "after"}


def _occasion(tokens: Sequence[Token], at: int, limit: int) -> bool:
    """Whether a phrase that names the occasion of the saying ends the sentence here."""
    if tokens[at].low not in {"in", "during", "on", "at", "via"} or at + 1 >= limit or limit - at > _OCCASION_LENGTH:
        return False
    first = tokens[at + 1]
    if first.low in TIME_WORDS:
        return at + 2 >= limit - 1
    if first.low.removesuffix("'s") not in _OPENS_OCCASION:
        return False
    near = {token.low for token in tokens[at + 1 : min(limit, at + 5)]}
    if not near & (phrases.OCCASIONS | phrases.PLATFORMS):
        return False
    return not any(phrases.is_verb(token) for token in tokens[at:limit])


def limit_of(tokens: Sequence[Token], hit: Hit) -> int:
    """How far content may reach: in a relative or a leading clause to the comma that closes it."""
    if hit.fronted:
        return next((at for at in range(hit.last, len(tokens)) if comma_at(tokens, at)), len(tokens))
    speaker = hit.speaker
    if speaker is not None and hit.form == "participle" and speaker.last == hit.group - 1 and _comma(tokens, hit.group):
        return _main_verb(tokens, hit.last)
    if speaker is not None and hit.lead <= 1 and not hit.as_clause and _subordinate(tokens[: speaker.first]):
        commas = (at for at in range(hit.last, len(tokens) - 1) if tokens[at].text == ",")
        return next((at for at in commas if tokens[at + 1].low not in WH_WORDS), len(tokens))
    if speaker is None or speaker.first == 0 or tokens[speaker.first].low not in {"who", "which"}:
        return len(tokens)
    if tokens[speaker.first - 1].text != ",":
        return len(tokens)
    return _main_verb(tokens, hit.last)


def _comma(tokens: Sequence[Token], group: int) -> bool:
    return tokens[group - 1].text == ","


def _main_verb(tokens: Sequence[Token], last: int) -> int:
    """The comma that closes an insertion behind a subject, so that its verb follows."""
    for at in range(last + 1, len(tokens)):
        if comma_at(tokens, at):
            behind = at + 1
            while behind < len(tokens) and phrases.is_adverb(tokens[behind]):
                behind += 1
            if behind < len(tokens) and phrases.is_verb(tokens[behind]):
                return at if tokens[at].text == "," else at + 1
    return len(tokens)


def _subordinate(front: Sequence[Token]) -> bool:
    """Whether the words before a subject make its clause one that leads up to the main clause."""
    return any(token.low in _LEADING for token in front)


def others_quote(tokens: Sequence[Token], hit: Hit, later: Sequence[Hit]) -> int:
    """Where a quotation begins that a subject of its own claims right behind it: "crossheads say “…,” Velden said"."""
    for other in later:
        if other.carried or other.inverted or other.speaker is None or other.speaker == hit.speaker:
            continue
        first = other.speaker.first
        named = any(token.capital for token in tokens[first : other.speaker.last])
        if first - 1 < hit.last or not named or not _ends_there(tokens, phrases.skip_time(tokens, other.last)):
            continue
        quote = tokens[first - 1]
        whole = quote.kind == "quote" and quote.text.endswith(",") and quote.text[:1].isupper()
        if whole and tokens[first - 2].kind == "word" and tokens[first - 2].low != "that":
            return first - 1
    return len(tokens)


def _ends_there(tokens: Sequence[Token], at: int) -> bool:
    """Whether the sentence ends at `at`, or goes on behind a stop."""
    return at >= len(tokens) or tokens[at].kind == "mark"


def _goes_on(tokens: Sequence[Token], first: int, at: int, limit: int) -> bool:
    """Whether a past tense goes on the cue's clause behind an infinitive: "threatened to leave and forced her to …"."""
    if tokens[first].low != "to" or tokens[at].low not in {"and", "but"} or at + 2 >= limit:
        return False
    verb, object_ = tokens[at + 1], tokens[at + 2]
    return verb.low.endswith("ed") and object_.low in OBJECT_PRONOUNS | POSSESSIVES | {"the", "a", "an"}


def _may_be_verb(token: Token) -> bool:
    """Whether the token may be a predicate's; a plural may look so."""
    return token.kind != "word" or phrases.is_verb(token) or (not token.capital and len(token.low) > len("that"))


def _leads_up(tokens: Sequence[Token], first: int, comma: int) -> bool:
    """Whether what stands before the first comma of a that-clause only leads up to it: "that after the vote, he …"."""
    if tokens[first].low != "that" or first + 1 >= comma:
        return False
    opens = tokens[first + 1].low in PREPOSITIONS | SUBORDINATORS | {"every"}
    return opens and not any(token.text == "," for token in tokens[first:comma])


def _contacts(tokens: Sequence[Token], first: int, link: int) -> bool:
    """Whether somebody reaches another right before the conjunction, to speak: "that he had phoned her and offered"."""
    near = range(max(first + 2, link - _CONTACT_REACH), link - 1)
    return any(tokens[at].low in _CONTACTING and tokens[at - 1].low != "the" for at in near)


def _describes(tokens: Sequence[Token], hit: Hit, first: int) -> bool:
    """Whether a past form in a that-clause is its subject's adjective: "that closing it and continued control …"."""
    before, behind = tokens[first : hit.lead], tokens[hit.cue_last : hit.cue_last + 1]
    if tokens[first].low != "that" or any(said.kind == "quote" or said.low.endswith("ed") for said in before):
        return False
    plain = bool(behind) and behind[0].kind == "word" and not behind[0].capital
    return hit.form == "past" and plain and behind[0].low not in DETERMINERS | PREPOSITIONS | WH_WORDS | OBJECT_PRONOUNS
