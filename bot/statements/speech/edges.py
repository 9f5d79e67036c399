"""Where the content of a statement ends, and where it begins when it stands before its cue."""

from __future__ import annotations

from collections.abc import Sequence

from bot.statements.cues import lexicon, phrases
from bot.statements.cues.hits import Hit
from bot.statements.cues.phrases import DASHES
from bot.statements.text.sentences import Token
from bot.statements.text.words import DETERMINERS, POSSESSIVES, PREPOSITIONS, SUBORDINATORS, TIME_WORDS, words

_STOPS = frozenset({".", "!", "?", "..", "..."})
_CIRCUMSTANCES = words("as after when while amid before until")
_ASIDES = words("while whereas although though as")
_APPOSED = words(
    "move claim charge accusation allegation reference assertion statement remark comment step decision position "
    "stance sign view prospect message suggestion argument warning threat promise pledge proposal idea line "
    "point figure"
)
_OPENS_OCCASION = DETERMINERS - words("no any every each all both") | TIME_WORDS | phrases.PLATFORMS
# Longest phrase of occasion at the end of a sentence, longest way from a comma to the cue of a new attribution.
_OCCASION_LENGTH = 16
_LEAD_LENGTH = 20


def comma_at(tokens: Sequence[Token], at: int) -> bool:
    """Whether a comma stands here, or closes the quotation here."""
    token = tokens[at]
    return token.text == "," or (token.kind == "quote" and token.text.endswith(","))


def after(tokens: Sequence[Token], first: int, hits: Sequence[Hit], limit: int, *, clause: bool = True) -> int:
    """The token before which the content that begins at `first` ends.

    `clause`: the content is a clause, which may hold what somebody else said; otherwise a noun phrase, which what
    happened when it was said does not belong to.
    """
    if tokens[first].kind == "quote" and _stands_alone(tokens, first, limit):
        return first + 1
    nested = clause
    cuts = {hit.lead for hit in hits if hit.lead > first and _own(tokens, hit, first, nested=nested)}
    depth = 0
    for at in range(first, limit):
        token = tokens[at]
        depth += (token.text in {"(", "["}) - (token.text in {")", "]"})
        if depth < 0:
            return at
        if depth or at == first:
            continue
        if at in cuts or token.text == ";":
            return at
        if token.text == "," and _cut_behind_comma(tokens, at + 1, limit, nested=nested):
            return at
        if (
            token.kind == "quote"
            and token.text.endswith(",")
            and _cut_behind_comma(tokens, at + 1, limit, nested=nested)
        ):
            return at + 1
        if _occasion(tokens, at, limit):
            return at
        if not clause and at > first + 1 and token.low in _CIRCUMSTANCES and _happens(tokens, at, limit):
            return at
        if token.low == "according" and at + 1 < limit and tokens[at + 1].low == "to":
            return at
    while limit > first + 1 and tokens[limit - 1].kind == "mark" and tokens[limit - 1].text in _STOPS | {",", ";", ":"}:
        limit -= 1
    return limit


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
    if mark.low == "and" and not hit.carried and not any(phrases.is_verb(near) for near in tokens[first : hit.lead]):
        # "that he and Velden had talked": what stands before the conjunction is no clause yet.
        return False
    if mark.text in {",", ";"} or mark.text in DASHES:
        return hit.carried or hit.inverted or (hit.speaker is not None and hit.verb - hit.lead < _LEAD_LENGTH)
    if comma_at(tokens, hit.lead - 1) or mark.low in {"and", "but", "while", "although", "though", "as"}:
        return True
    said = "clause" in hit.cue.frames or "addressee" in hit.cue.frames
    return hit.carried and said and mark.low in {"by", "while", "before", "after"}


def _says(token: Token) -> bool:
    return any(cue.particle is None for cue, _ in lexicon.FORMS.get(token.low, ()))


def _cut_behind_comma(tokens: Sequence[Token], at: int, limit: int, *, nested: bool) -> bool:
    """Whether what follows a comma is the writer's own; `nested`: what somebody else said may be part of it."""
    if at >= limit:
        return False
    token = tokens[at]
    following = tokens[at + 1].low if at + 1 < limit else ""
    if any(form == "participle" for _, form in lexicon.FORMS.get(token.low, ())):
        return True
    if token.low in _ASIDES:
        return not (token.low == "as" and following in {"well", "long", "much"})
    if token.low == "even" and following in {"as", "though"}:
        return True
    if token.low in {"a", "an", "the"} | POSSESSIVES:
        return bool({near.low for near in tokens[at + 1 : min(limit, at + 4)]} & _APPOSED)
    if token.low in {"which", "who"}:
        if nested and any(_says(near) for near in tokens[at + 1 : min(limit, at + 4)]):
            return False
        return not any(later.text == "," for later in tokens[at + 1 : limit])
    return False


def _occasion(tokens: Sequence[Token], at: int, limit: int) -> bool:
    """Whether a phrase that names the occasion of the saying ends the sentence here."""
    if tokens[at].low not in {"in", "during", "on", "at", "via"} or at + 1 >= limit or limit - at > _OCCASION_LENGTH:
        return False
    first = tokens[at + 1]
    if first.low in TIME_WORDS:
        return at + 2 >= limit - 1
    if first.low not in _OPENS_OCCASION:
        return False
    near = {token.low for token in tokens[at + 1 : min(limit, at + 5)]}
    if not near & (phrases.OCCASIONS | phrases.PLATFORMS):
        return False
    return not any(phrases.is_verb(token) for token in tokens[at:limit])


def limit_of(tokens: Sequence[Token], hit: Hit) -> int:
    """How far content may reach: that of a relative clause between commas ends at the closing one."""
    if hit.fronted:
        return next((at for at in range(hit.last, len(tokens)) if comma_at(tokens, at)), len(tokens))
    speaker = hit.speaker
    if speaker is None or speaker.first == 0 or tokens[speaker.first].low not in {"who", "which"}:
        return len(tokens)
    if tokens[speaker.first - 1].text != ",":
        return len(tokens)
    for at in range(hit.last + 1, len(tokens)):
        if comma_at(tokens, at):
            behind = at + 1
            while behind < len(tokens) and phrases.is_adverb(tokens[behind]):
                behind += 1
            if behind < len(tokens) and phrases.is_verb(tokens[behind]):
                return at if tokens[at].text == "," else at + 1
    return len(tokens)


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


def before(tokens: Sequence[Token], hit: Hit, done: int) -> tuple[int, int] | None:
    """The content before a cue: from `done`, where the sentence is still unread, to before the subject's comma."""
    if hit.carried or hit.negated:
        return None
    stop = hit.group if hit.inverted or hit.speaker is None else hit.speaker.first
    while stop > 0 and (tokens[stop - 1].low in {"as", "so", "but", "and"} or phrases.is_adverb(tokens[stop - 1])):
        stop -= 1
    if stop == 0:
        return None
    mark = tokens[stop - 1]
    if mark.text == "," or mark.text in DASHES:
        stop -= 1
    elif mark.kind != "quote" and mark.text not in {"?", "!"}:
        return None
    first = done
    while first < stop and tokens[first].kind == "mark" and tokens[first].text not in {"[", "$", "@", "#"}:
        first += 1
    if first >= stop:
        return None
    if tokens[stop - 1].kind == "quote":
        return _quoted_before(tokens, first, stop)
    if (done and not hit.inverted) or "clause" not in hit.cue.frames:
        return None
    return (first, stop) if _sayable(tokens, first, stop) else None


def _quoted_before(tokens: Sequence[Token], first: int, stop: int) -> tuple[int, int] | None:
    """A quotation before its cue stands for itself if it begins as a sentence does, else it grows to the left."""
    last = tokens[stop - 1]
    if stop - 1 == first:
        return first, stop
    mark = tokens[stop - 2]
    if mark.text in {",", ":"} | _STOPS or mark.text in DASHES or mark.kind == "quote":
        return stop - 1, stop
    if tokens[first].low in {"as", "when", "while", "asked"}:
        return None
    if len(last.text.split()) > 12 and last.text[:1].isupper():
        return stop - 1, stop
    if tokens[first].low in PREPOSITIONS and not any(phrases.is_verb(token) for token in tokens[first:stop]):
        return None
    return first, stop


def _sayable(tokens: Sequence[Token], first: int, stop: int) -> bool:
    """Whether the stretch before ", X said" is a clause and not an adverbial."""
    opening = tokens[first]
    if stop - first < 3:
        return False
    adverbial = (
        opening.low in PREPOSITIONS | SUBORDINATORS - {"that", "what", "how"}
        or phrases.is_adverb(opening)
        or opening.low in {"asked", "speaking"}
        or opening.low.endswith("ing")
    )
    if opening.kind == "quote" and not any(token.text == "," for token in tokens[first:stop]):
        return True
    if adverbial and not any(token.text == "," for token in tokens[first:stop]):
        return False
    return any(phrases.is_verb(token) or token.low.endswith(("ed", "s")) for token in tokens[first:stop])


def middle(tokens: Sequence[Token], hit: Hit) -> int | None:
    """Where the content goes on behind an attribution between commas: "Taxes, he said, will fall"."""
    last = phrases.skip_time(tokens, hit.last)
    if hit.inverted or last + 1 >= len(tokens) or tokens[last].text != ",":
        return None
    return last + 1


def piece_before(tokens: Sequence[Token], hit: Hit, done: int) -> tuple[int, int] | None:
    """The first piece of content that an attribution between commas cuts in two."""
    if hit.carried or hit.negated or done or hit.speaker is None or "clause" not in hit.cue.frames:
        return None
    stop = hit.speaker.first
    if stop < 2 or tokens[stop - 1].text != ",":
        return None
    stop -= 1
    if tokens[0].low in TIME_WORDS or any(token.low in TIME_WORDS for token in tokens[:stop]):
        return None
    return 0, stop
