"""Where content stands that comes before its cue: "…, Velden said", "Taxes, he said, will fall"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.statements.cues import objects, phrases, sources
from bot.statements.cues.hits import Hit
from bot.statements.cues.phrases import DASHES
from bot.statements.text.sentences import Token
from bot.statements.text.words import (
    COORDINATORS,
    DETERMINERS,
    NEGATORS,
    POSSESSIVES,
    PREPOSITIONS,
    SUBJECT_PRONOUNS,
    SUBORDINATORS,
    TIME_LEADS,
    TIME_UNITS,
    TIME_WORDS,
    WH_WORDS,
    words,
)

_ASKS = words("whether how what who which why where")
_CONDITIONS = words("if when after once with")
_QUESTION = 3  # tokens of a question at least
_TO = 2  # tokens of "to say"
_STOPS = frozenset({".", "!", "?", "..", "..."})
_SINCE = words("after before later earlier ago since")
_MOMENT = 3  # tokens in which a moment is named: "Two long days after"
_NAMES = 4  # capitals of a name with its office at most; more are a headline
_CLAUSE = 2  # tokens of a clause at least
# These begin a subject, though they look like adverbs or participles.
_SUBJECTS = DETERMINERS | words("nothing something everything anything king")


def before(tokens: Sequence[Token], hit: Hit, done: int) -> tuple[int, int] | None:
    """The content before a cue: from `done`, where the sentence is still unread, to before the subject's comma."""
    if hit.negated:
        return unanswered(tokens, hit)
    if hit.carried or hit.relative(tokens):
        return None
    stop = hit.group if hit.inverted or hit.speaker is None else hit.speaker.first
    if hit.form == "participle" and stop > hit.lead:
        stop = hit.lead  # "…, the Courier quoted Velden as saying"
    while stop > 0 and (tokens[stop - 1].low in {"as", "so", "but", "and"} or phrases.is_adverb(tokens[stop - 1])):
        stop -= 1
    if stop == 0:
        return None
    mark = tokens[stop - 1]
    if mark.text == "," or mark.text in DASHES:
        stop -= 1
    elif mark.kind != "quote" and mark.text not in {"?", "!"}:
        return None
    first = _first_word(tokens, done, stop)
    if tokens[first].low == "according" and sources.outlet(tokens, hit.speaker):
        return None  # "According to Velden, …, the paper said": the paper passes it on
    if tokens[stop - 1].kind == "quote":
        return _quoted_before(tokens, first, stop) if first < stop else None
    if done and not hit.inverted:
        # "Borland backs the plan, Velden said": the last word on the whole sentence is Velden's.
        relayed = hit.cue.lemma == "report" or sources.outlet(tokens, hit.speaker)
        if mark.text != "," or hit.as_clause or relayed:
            return None
        first = _first_word(tokens, 0, stop)
    last = _ends(tokens, hit)
    states = _states(hit) or (last and "that" in hit.cue.frames)  # "The turnout fell by half, the board implied"
    return (first, stop) if states and first < stop and _sayable(tokens, first, stop, last=last) else None


def unanswered(tokens: Sequence[Token], hit: Hit) -> tuple[int, int] | None:
    """The question before a cue that leaves it open: "Whether the bridge would open, she could not predict"."""
    speaker = hit.speaker
    if speaker is None or hit.carried or hit.inverted or speaker.first < _QUESTION or not _ends(tokens, hit):
        return None
    first, stop = _first_word(tokens, 0, speaker.first), speaker.first - 1
    inside = tokens[first:stop]
    if tokens[stop].text != "," or len(inside) < _QUESTION or not _left_open(tokens, hit):
        return None
    when = tokens[first].low == "when" and any(token.low in {"will", "would"} for token in inside)
    return (first, stop) if when or tokens[first].low in _ASKS else None


def _left_open(tokens: Sequence[Token], hit: Hit) -> bool:
    """Whether it is an answer that is not given: "could not say", "declined to say"."""
    if hit.cue.lemma in {"refuse", "decline"}:
        return any(token.low in objects.SILENCE for token in tokens[hit.cue_last : hit.cue_last + _TO])
    return hit.cue.act == "say" and ("clause" in hit.cue.frames or hit.cue.lemma in objects.SILENCE | {"tell"})


def _first_word(tokens: Sequence[Token], at: int, stop: int) -> int:
    """The first token from `at` on that content can begin with."""
    while at < stop and tokens[at].kind == "mark" and tokens[at].text not in {"[", "$", "@", "#"}:
        at += 1
    return at


def _states(hit: Hit) -> bool:
    """Whether the cue takes a clause before it: "…, she said", "…, she told reporters"."""
    return "clause" in hit.cue.frames or (hit.cue.lemma == "tell" and hit.form != "participle")


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


def _ends(tokens: Sequence[Token], hit: Hit) -> bool:
    """Whether nothing is said behind the cue, as in "…, she told investors on Saturday"."""
    behind = tokens[hit.last :]
    return not any(
        token.kind == "quote" or token.text in {",", ":"} or token.low == "that" or phrases.is_verb(token)
        for token in behind
    )


def _sayable(tokens: Sequence[Token], first: int, stop: int, *, last: bool) -> bool:
    """Whether the stretch before ", X said" is a clause and not an adverbial.

    Where the attribution is the `last` of its sentence, what stands before it is said, by whatever verb.
    """
    while first < stop and tokens[first].low in COORDINATORS:
        first += 1
    if stop - first < 3:
        return False
    inside = tokens[first:stop]
    if tokens[first].kind == "quote" and not any(token.text == "," for token in inside):
        return True
    verbal = any(phrases.is_verb(token) for token in inside)
    if tokens[first].low == "only" and inside[1].low in _CONDITIONS and last:
        return True  # "Only if the rain stopped, she replied"
    if tokens[first].low in _ASKS and last and verbal:
        return True  # "Whether wages would fall depended on exports, she said"
    if _leads(inside):
        return any(_claused(part) for part in _parts(inside)[1:])
    if last and not verbal:  # "People like Scott, he said": who is spoken of already goes on
        return tokens[min(stop + 1, len(tokens) - 1)].low in SUBJECT_PRONOUNS or not _verbless(inside)
    return last or any(phrases.is_verb(token) or token.low.endswith(("ed", "s")) for token in inside)


def _parts(inside: Sequence[Token]) -> list[Sequence[Token]]:
    """What stands between the commas."""
    commas = [at for at, token in enumerate(inside) if token.text == ","]
    return [
        inside[first:stop] for first, stop in zip([0, *(at + 1 for at in commas)], [*commas, len(inside)], strict=True)
    ]


def _leads(part: Sequence[Token]) -> bool:
    """Whether what begins so only leads up to a main clause: "Two days after the vote", "Flanked by her ministers"."""
    opening, following = part[0], part[1]
    moment = any(
        token.low in TIME_UNITS and (part[at].low in _SINCE or opening.low in TIME_LEADS)
        for at, token in enumerate(part[:_MOMENT], 1)
        if at < len(part)
    )
    joined = opening.low.endswith("ed") and following.low in PREPOSITIONS
    mood = opening.low.endswith("ly") and following.low.endswith("ed")
    absolute = opening.low in POSSESSIVES and part[min(2, len(part) - 1)].low.endswith("ing")
    return moment or joined or mood or absolute or _adverbial(opening, following)


def _claused(part: Sequence[Token]) -> bool:
    """Whether a part behind an adverbial is a clause of its own, not one more adverbial or a relative clause."""
    while part and (part[0].low in COORDINATORS or part[0].kind == "mark"):
        part = part[1:]
    if len(part) < _CLAUSE:
        return any(token.kind == "quote" for token in part)
    if part[0].low in WH_WORDS | {"that"} or part[0].low.endswith("ed") or part[1].low in WH_WORDS or _leads(part):
        return False
    return any(phrases.is_verb(token) or token.kind == "quote" or token.low.endswith(("ed", "s")) for token in part)


def _verbless(inside: Sequence[Token]) -> bool:
    """Whether none of its words can be a verb, known or not: "The harbour at Merrow", a list of names, a dateline.

    Words in quotation marks may hold one.
    """
    plain = names = 0
    for token in inside:
        if token.kind == "quote":
            return False
        if token.kind != "word" or token.low in PREPOSITIONS | COORDINATORS | {"than"}:
            plain = names = 0
        elif token.capital:
            names += 1
        elif names and token.low.endswith("ed"):
            return False  # "The mayor of Merrow resigned"
        elif token.low not in DETERMINERS | POSSESSIVES:
            plain += 1
        if plain > 1 or names > _NAMES:
            return False
    return True


def _adverbial(opening: Token, following: Token) -> bool:
    """Whether a stretch that begins so only leads up to its main clause."""
    if opening.low in _SUBJECTS or following.low in {"least", "most"} or following.kind == "number":
        return False
    return (
        opening.low in PREPOSITIONS | SUBORDINATORS - {"that", "what", "how"}
        or phrases.is_adverb(opening)
        or opening.low in {"asked", "speaking"}
        or opening.low.endswith("ing")
    )


def middle(tokens: Sequence[Token], hit: Hit) -> int | None:
    """Where the content goes on behind an attribution between commas: "Taxes, he said, will fall"."""
    last = phrases.skip_time(tokens, hit.last)
    if hit.inverted or hit.relative(tokens) or last + 1 >= len(tokens) or tokens[last].text != ",":
        return None
    return last + 1 if tokens[last + 1].low != "citing" else None


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


def leads_up(tokens: Sequence[Token], first: int, stop: int) -> bool:
    """Whether a piece before an attribution is an adverbial of what goes on behind it: "Instead, he said, wait"."""
    inside = tokens[first:stop]
    while inside and inside[0].low in COORDINATORS:
        inside = inside[1:]
    if not inside or any(phrases.is_verb(token) or token.kind == "quote" for token in inside):
        return not inside
    opening = inside[0]
    return opening.low in PREPOSITIONS or (_adverb(opening) and opening.low not in NEGATORS)


def _adverb(token: Token) -> bool:
    """Whether it is an adverb, also with the capital that opens a sentence."""
    return phrases.is_adverb(token) or token.low.endswith("ally")
