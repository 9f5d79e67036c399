"""Attribution without a verb of saying: "according to X", "X's claim that", "X: …"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bot.statements.cues import lexicon, phrases
from bot.statements.cues.hits import Hit
from bot.statements.cues.phrases import Phrase
from bot.statements.report import Act, Rule
from bot.statements.speech import edges
from bot.statements.text.sentences import Token
from bot.statements.text.words import POSSESSIVES, PREPOSITIONS, words

# "Paid according to rank": nobody says so.
_MEASURES = words("system schedule scale formula criteria needs need merit size age taste ability rank plan")
_PASSIVE = words("is are was were has have had")
_LEADING = words("asked despite following amid after contrary in")
_MET = words("denied rejected dismissed disputed refuted rebutted contradicted contested challenged ridiculed mocked")
_LONGEST_NAME = 4
_SHORTEST_LABEL = 3
# Before a colon these head a piece, and nobody speaks.
_RUBRICS = words(
    "latest live watch exclusive analysis opinion explained explainer update updates breaking video photos photo poll "
    "report reports review fact check editorial also read more source sources details note correction clarification "
    "listen podcast interview column letter letters questions question factbox timeline profile background who what "
    "how why where when published updated posted date news alert here newsletter today yesterday tonight summary "
    "key takeaways"
)


class Frame(NamedTuple):
    """A statement in token indices: content `first` to before `last`, cue, speaker."""

    first: int
    last: int
    cue_first: int
    cue_last: int
    speaker: Phrase | None
    act: Act
    rule: Rule
    named: bool = False  # the speaker is named, and not by a pronoun

    @property
    def encloses(self) -> bool:
        """Whether the attribution leads a whole sentence, what others do in it included."""
        return self.cue_first < self.first and self.cue_last - self.cue_first > 1


def find(tokens: Sequence[Token], hits: Sequence[Hit]) -> list[Frame]:
    """All such attributions of a sentence."""
    frames: list[Frame] = []
    for at in range(len(tokens) - 1):
        if tokens[at].low == "according" and tokens[at + 1].low == "to":
            frame = _according(tokens, at, hits)
        elif tokens[at].low in lexicon.NOUNS and at > 0:
            frame = _noun(tokens, at, hits)
        else:
            continue
        if frame is not None:
            frames.append(frame)
    return frames


def colon(tokens: Sequence[Token], *, turn: bool) -> Frame | None:
    """For "Velden: Talks will go on", in a headline, and "VELDEN: …" in a transcript: what follows the colon."""
    at = next((k for k, token in enumerate(tokens[: _LONGEST_NAME + 1]) if token.text == ":"), 0)
    name = tokens[:at]
    if not at or not all(token.capital for token in name):
        return _colon_behind(tokens)
    if _RUBRICS & {token.low for token in name} or at + 1 >= len(tokens):
        return None
    if at + 2 == len(tokens) and tokens[-1].kind != "quote" and not turn:
        return None
    last = len(tokens)
    while tokens[last - 1].kind == "mark" and last - 1 > at:
        last -= 1
    return Frame(at + 1, last, at, at + 1, Phrase(0, at, 0), "say", "transcript turn" if turn else "colon", named=True)


def _colon_behind(tokens: Sequence[Token]) -> Frame | None:
    """For the headline "Bridge will stay shut: Velden"."""
    at = next((k for k in range(len(tokens) - 2, 0, -1) if tokens[k].text == ":"), 0)
    name = tokens[at + 1 :]
    if not at or len(name) > _LONGEST_NAME or not all(token.capital for token in name):
        return None
    if _RUBRICS & {token.low for token in name} or tokens[at - 1].kind == "quote":
        return None
    if not any(phrases.is_verb(token) for token in tokens[:at]):
        return None
    return Frame(0, at, at, at + 1, Phrase(at + 1, len(tokens), at + 1), "say", "colon", named=True)


def label(tokens: Sequence[Token]) -> str:
    """The name before a colon that a sentence opens with, as each turn of a transcript does; empty: there is none."""
    at = next((k for k, token in enumerate(tokens[: _LONGEST_NAME + 1]) if token.text == ":"), 0)
    name = tokens[:at]
    if not at or at + 1 >= len(tokens) or not all(token.capital for token in name):
        return ""
    if _RUBRICS & {token.low for token in name} or (at == 1 and len(name[0].text) < _SHORTEST_LABEL):
        return ""
    return " ".join(token.text for token in name)


def announced_by(tokens: Sequence[Token], at: int) -> Phrase | None:
    """Whose name and colon stand before a quotation in a headline: "Bridge stays shut; Velden: ‘We wait’"."""
    if at < 2 or tokens[at - 1].text != ":":
        return None
    first = at - 1
    while first > 0 and tokens[first - 1].capital:
        first -= 1
    opens = first == 0 or tokens[first - 1].text in {";", ".", "|", "!", "?"}
    return Phrase(first, at - 1, first) if opens and 0 < at - 1 - first <= _LONGEST_NAME else None


def voiced(tokens: Sequence[Token], at: int) -> bool:
    """Whether a name and a verb that is no known cue follow a quotation as an attribution: "“No,” Orlo huffed."."""
    if at != 0 or tokens[at].text[-1:] not in {",", "!", "?"}:
        return False
    phrase = phrases.after(tokens, at + 1, subject=True)
    if phrase is None or phrase.last >= len(tokens) or not tokens[phrase.last - 1].capital:
        return False
    behind = phrase.last + 1
    ends = behind >= len(tokens) or tokens[behind].kind == "mark"
    return ends and tokens[phrase.last].low.endswith("ed")


def signed(tokens: Sequence[Token], at: int, hits: Sequence[Hit]) -> Phrase | None:
    """Who stands behind a quotation and its dash or colon: "“We go.” — Mara Velden", "‘We go’: minister denies …"."""
    if at + 2 >= len(tokens) or tokens[at + 1].text not in phrases.DASHES | {":"}:
        return None
    subject = next((hit.speaker for hit in hits if hit.speaker and hit.speaker.first == at + 2), None)
    if subject is not None and tokens[at + 1].text == ":":
        return subject
    last = at + 2
    while last < len(tokens) and tokens[last].capital and last < at + 2 + _LONGEST_NAME:
        last += 1
    ends = last >= len(tokens) or tokens[last].text in {",", ".", "("}
    return Phrase(at + 2, last, at + 2) if last > at + 2 and ends else None


def _according(tokens: Sequence[Token], at: int, hits: Sequence[Hit]) -> Frame | None:
    """The rest of the sentence before or behind the phrase."""
    phrase = phrases.after(tokens, at + 2)
    if phrase is None or tokens[phrase.last - 1].low in _MEASURES:
        return None
    behind = phrase.last
    if at == 0 or all(
        token.kind == "mark" or phrases.is_adverb(token) or token.low in {"and", "but"} for token in tokens[:at]
    ):
        comma = next((k for k in range(behind, min(len(tokens), behind + 30)) if tokens[k].text == ","), None)
        if comma is None or comma + 1 >= len(tokens):
            return None
        last = edges.after(
            tokens,
            comma + 1,
            [hit for hit in hits if hit.lead > comma + 1 and not (hit.carried and hit.form != "participle")],
            len(tokens),
        )
        return Frame(comma + 1, last, at, at + 2, phrase, "say", "according to")
    if behind + 2 < len(tokens) and tokens[behind].text == "," and _unfinished(tokens, at, behind + 1):
        # "For two years, according to Velden, the port was shut": the clause stands behind.
        return Frame(
            behind + 1, edges.after(tokens, behind + 1, hits, len(tokens)), at, at + 2, phrase, "say", "according to"
        )
    stop = at
    if stop > 0 and (tokens[stop - 1].text == "," or tokens[stop - 1].text in phrases.DASHES):
        stop -= 1
    first = 0
    for k in range(stop - 1, 0, -1):
        if tokens[k].text == ";":
            first = k + 1
            break
    while first < stop and tokens[first].low in {"and", "but", "meanwhile", ","}:
        first += 1
    if first >= stop:
        return None
    if tokens[stop - 1].kind == "quote" and stop - 1 > first and tokens[stop - 2].text in {",", ":"}:
        first = stop - 1
    return Frame(first, stop, at, at + 2, phrase, "say", "according to")


def _unfinished(tokens: Sequence[Token], stop: int, behind: int) -> bool:
    """Whether what stands before `stop` is no clause yet, but an adverbial, or the subject of the verb at `behind`."""
    if any(token.kind == "quote" or phrases.is_verb(token) or token.low.endswith("ed") for token in tokens[:stop]):
        return False
    return tokens[0].low in PREPOSITIONS or phrases.is_verb(tokens[behind])


def _noun(tokens: Sequence[Token], at: int, hits: Sequence[Hit]) -> Frame | None:
    """For "X's claim that …": the possessor speaks."""
    if at + 1 >= len(tokens):
        return None
    following = tokens[at + 1]
    act = lexicon.NOUNS[tokens[at].low]
    if following.low == "that" or (following.low == "to" and act in ("offer", "reject")):
        first = at + 1
    elif following.low == "for" and tokens[at].low in {"call", "calls", "demand", "demands"}:
        first = at + 2
    else:
        return None
    owner = at - 1
    while owner > max(0, at - 4) and not _possessive(tokens[owner]):
        owner -= 1
    if first >= len(tokens) or not _possessive(tokens[owner]):
        return None
    if tokens[owner].low in POSSESSIVES:
        speaker: Phrase | None = Phrase(owner, owner + 1, owner)
    else:
        begin = owner
        while begin > 0 and tokens[begin - 1].capital:
            begin -= 1
        speaker = Phrase(begin, owner + 1, begin)
    last = edges.after(tokens, first, hits, min(_answered(tokens, first), _led_in(tokens, at, first)))
    return Frame(first, last, at, at + 1, speaker, act, "noun cue", named=tokens[owner].low not in POSSESSIVES)


def _led_in(tokens: Sequence[Token], at: int, first: int) -> int:
    """Where a claim ends that stands in a lead to the main clause: "Asked about X's claim that …, the mayor left"."""
    lead = tokens[0].low
    if not (lead.endswith(("ed", "ing")) or lead in _LEADING) or any(
        token.text == "," or phrases.is_verb(token) for token in tokens[1:at]
    ):
        return len(tokens)
    said = False
    for comma in range(first + 1, len(tokens) - 2):
        said = said or phrases.is_verb(tokens[comma])
        if not said or tokens[comma].text != ",":
            continue
        subject = phrases.after(tokens, comma + 1, subject=True)
        if subject is not None and subject.last < len(tokens) and _acts(tokens[subject.last]):
            return comma
    return len(tokens)


def _acts(token: Token) -> bool:
    return phrases.is_verb(token) or (token.kind == "word" and token.low.endswith("ed"))


def _answered(tokens: Sequence[Token], first: int) -> int:
    """Where the clause of a claim ends since another contradicts it: "Harnik's claim that … was denied by Velden"."""
    said = False
    for at in range(first + 1, len(tokens) - 2):
        behind = at + 1
        while behind < len(tokens) - 2 and (phrases.is_adverb(tokens[behind]) or tokens[behind].low == "been"):
            behind += 1
        if said and tokens[at].low in _PASSIVE and tokens[behind].low in _MET and tokens[behind + 1].low == "by":
            return at
        said = said or phrases.is_verb(tokens[at])
    return len(tokens)


def _possessive(token: Token) -> bool:
    low = token.low
    return low in POSSESSIVES - {"whose"} or (
        low.endswith("'s") and low not in {"he's", "she's", "it's", "that's", "there's", "who's", "what's", "let's"}
    )
