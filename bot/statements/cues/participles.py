"""Participles that attribute a statement: "…, adding that", "with X saying", "a report claiming"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.statements.cues import groups, phrases, sources, subjects
from bot.statements.cues.hits import Hit, speaker_so_far
from bot.statements.cues.lexicon import Cue
from bot.statements.cues.phrases import DASHES, Phrase
from bot.statements.text.sentences import Token
from bot.statements.text.words import DETERMINERS, NEGATORS, PREPOSITIONS, SUBORDINATORS, WH_WORDS, words

_CARRY_AFTER = words("by after while whilst in before when despite and but or though although even then without")
_GOES = words("goes went go")  # "it goes without saying"
_LONGEST_FRONT = 7
_LONGEST_WITH = 10  # tokens from "with" to its participle
_LAPSES = words("minutes hour hours day days week weeks month months year years")
_ALIKE = words("echo contradict rebut")  # a person, as well as a statement
_ADDS = words("while whereas")
DOCUMENTS = words(
    "statement letter email e-mail memo note tweet post message speech interview release article ad advertisement "
    "column resolution ruling order text decree declaration communique report document verdict notice"
)


def read(tokens: Sequence[Token], at: int, last: int, *, cue: Cue, group: int, earlier: Sequence[Hit]) -> Hit | None:
    """The participle at `at` as a cue; None where it attributes nothing. `last`: the token behind it."""
    while group > 0 and phrases.is_adverb(tokens[group - 1]) and tokens[group - 1].low != "without":
        group -= 1
    if _points(tokens, last, cue):
        return None
    if _leads(tokens[:group]):
        return _fronted(tokens, at, last, cue, group)
    previous = tokens[group - 1]
    if previous.low == "worth":
        return None
    quoted = sources.as_saying(tokens, group) if previous.low == "as" else None
    if quoted is not None:
        verb, whose = quoted
        quoting = subjects.before(tokens, groups.start(tokens, verb)) if whose.first > verb else None
        lead = quoting.first if quoting else verb
        return Hit(cue=cue, form="participle", group=group, verb=at, cue_last=last, last=last, speaker=whose, lead=lead)
    marked = previous.text in {",", ";", ":"} or previous.text in DASHES or previous.kind == "quote"
    if marked or previous.low in _CARRY_AFTER:
        if not _says(tokens, cue, last, earlier) or (previous.low == "without" and tokens[group - 2].low in _GOES):
            return None
        beside = _beside(tokens, group)
        lead = beside.first - 1 if beside else group if previous.kind == "quote" else group - 1
        if previous.low in _CARRY_AFTER and lead > 0 and tokens[lead - 1].text == ",":
            lead -= 1
        return Hit(
            cue=cue,
            form="participle",
            group=group - (previous.low == "without"),
            verb=at,
            cue_last=last,
            last=last,
            speaker=beside or speaker_so_far(tokens, earlier, group),
            lead=lead,
            carried=True,
            fronted=beside is not None,
            negated=previous.low == "without",
        )
    return _behind_noun(tokens, at, last, cue=cue, group=group, earlier=earlier)


def _points(tokens: Sequence[Token], last: int, cue: Cue) -> bool:
    """Whether it only tells who or what is meant: "echoing Harnik,", "referring to the old port"."""
    if cue.lemma == "refer":
        comma = next((k for k in range(last, len(tokens)) if tokens[k].text == ","), len(tokens))
        return not any(token.kind == "quote" for token in tokens[last:comma])
    if cue.lemma not in _ALIKE:
        return False
    behind = last
    while behind < len(tokens) and tokens[behind].capital and not tokens[behind].low.endswith(("'s", "s'")):
        behind += 1
    return behind > last and (behind == len(tokens) or tokens[behind].kind == "mark")


def _leads(front: Sequence[Token]) -> bool:
    """Whether only conjunctions, adverbs and one short phrase stand before, so that the main clause is to come."""
    if any(phrases.is_verb(token) or token.kind == "quote" for token in front):
        return False
    if all(token.kind == "mark" or token.low in _CARRY_AFTER or phrases.is_adverb(token) for token in front):
        return True
    return len(front) < _LONGEST_FRONT and (front[0].low in PREPOSITIONS or _lapse(front))


def _lapse(front: Sequence[Token]) -> bool:
    """Whether it is a time gone by, and no subject: "A day after saying …", "Just hours before telling …"."""
    return len(front) > 1 and front[-1].low in {"after", "before"} and front[-2].low in _LAPSES


def _says(tokens: Sequence[Token], cue: Cue, last: int, earlier: Sequence[Hit]) -> bool:
    """Whether it states something, and does not tell what an event shows: ", highlighting a rift"."""
    if earlier or {"clause", "addressee"} & cue.frames or cue.act != "say":
        return True
    return last < len(tokens) and (
        tokens[last].kind == "quote" or tokens[last].low in WH_WORDS | {"that"} or cue.particle is not None
    )


def _fronted(tokens: Sequence[Token], at: int, last: int, cue: Cue, group: int) -> Hit | None:
    """A participle before the main clause, whose subject speaks: "Claiming fraud, X left"."""
    if not _says(tokens, cue, last, ()):
        return None
    opener = tokens[group - 1] if group else None
    without = opener is not None and opener.low == "without"
    if opener is not None and opener.text != "," and opener.low not in _CARRY_AFTER:
        return None
    comma = next((k for k in range(last, len(tokens)) if tokens[k].text == "," or _closes(tokens[k])), None)
    if comma is None or comma + 1 >= len(tokens):
        return None
    phrase = phrases.after(tokens, comma + 1, subject=True)
    if phrase is None:
        return None
    return Hit(
        cue=cue,
        form="participle",
        group=group - without,
        verb=at,
        cue_last=last,
        last=last,
        speaker=phrase,
        lead=max(0, group - 1),
        carried=True,
        fronted=True,
        negated=without or bool({token.low for token in tokens[group:at]} & NEGATORS),
    )


def _closes(token: Token) -> bool:
    return token.kind == "quote" and token.text.endswith(",")


def _behind_noun(
    tokens: Sequence[Token], at: int, last: int, *, cue: Cue, group: int, earlier: Sequence[Hit]
) -> Hit | None:
    """A participle right behind the noun that speaks, or behind the paper in which the speaker does."""
    previous = tokens[group - 1]
    if last >= len(tokens) or tokens[last].kind == "mark":
        return None
    absolute = _with(tokens, group)
    if absolute is None and "clause" not in cue.frames and not ("that" in cue.frames and tokens[last].low == "that"):
        return None
    document = previous.low in DOCUMENTS
    if not document and (previous.low in PREPOSITIONS | SUBORDINATORS | DETERMINERS or phrases.is_verb(previous)):
        return None
    speaker = absolute or (speaker_so_far(tokens, earlier, group) if document else subjects.before(tokens, group))
    if speaker is None or (not document and _gerund(tokens, speaker.first)):
        return None
    return Hit(
        cue=cue,
        form="participle",
        group=group,
        verb=at,
        cue_last=last,
        last=last,
        speaker=speaker,
        lead=absolute.lead if absolute else group,
        carried=document and absolute is None,
    )


def _with(tokens: Sequence[Token], group: int) -> Phrase | None:
    """Who speaks beside the main clause: ", with officials saying that …"."""
    for at in range(group - 2, max(-1, group - _LONGEST_WITH), -1):
        if tokens[at].low != "with":
            continue
        phrase = phrases.after(tokens, at + 1, subject=True)
        if phrase is None or not group <= phrase.last <= group + 1:
            return None
        return Phrase(at + 1, group, at - (at > 0 and tokens[at - 1].text == ","))
    return None


def _beside(tokens: Sequence[Token], group: int) -> Phrase | None:
    """The subject of a clause that a conjunction adds, right before its participle: ", while Orlo, claiming …"."""
    if group < 2 or tokens[group - 1].text != ",":
        return None
    subject = subjects.before(tokens, group - 1)
    if subject is None or subject.first == 0 or subject.last != group - 1:
        return None
    return subject if tokens[subject.first - 1].low in _ADDS else None


def _gerund(tokens: Sequence[Token], subject: int) -> bool:
    """Whether the noun and its participle only name an event: "prior to Borland declaring", "about Orlo admitting"."""
    before = tokens[subject - 1].low if subject else ""
    return before in {"about", "against"} or (before == "to" and subject > 1 and tokens[subject - 2].low == "prior")
