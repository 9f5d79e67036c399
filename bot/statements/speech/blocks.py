"""Speech without marks that runs over sentences: the turns of a transcript, a paragraph that a colon introduces."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from bot.statements.cues import verbs
from bot.statements.cues.hits import Hit
from bot.statements.speech import verbless
from bot.statements.text.sentences import Sentence
from bot.statements.text.words import SUBJECT_PRONOUNS

# A turn, and a block, of more sentences than these is prose again.
_LONGEST_TURN = 40
_SHORTEST_BLOCK = 5
_OWN = frozenset({"i", "we"})


def join_turns(read: Sequence[Sentence]) -> list[Sentence]:
    """The sentences, those of each turn of a transcript as one.

    One label alone makes no transcript: it may name the place a report comes from, or its section.
    """
    labels = [verbless.label(sentence.tokens) for sentence in read]
    if not any(labels):
        return list(read)
    opens = [k == 0 or read[k - 1].paragraph != sentence.paragraph for k, sentence in enumerate(read)]
    loud = {name for name in labels if name and name.isupper()}
    times = Counter(name for name, first in zip(labels, opens, strict=True) if name and first)
    quiet = {name for name, count in times.items() if count > 1 and not name.isupper()}
    speaking = (loud if sum(name in loud for name in labels) > 1 else set()) | (quiet if len(quiet) > 1 else set())
    joined: list[Sentence] = []
    at = 0
    while at < len(read):
        name = labels[at]
        if name not in speaking or not (opens[at] or name in loud):
            place = name.isupper() and at > 0 and opens[at] and not read[at].headline
            joined.append(_without_label(read[at]) if place else read[at])
            at += 1
            continue
        stop = at + 1
        while stop < len(read) and read[stop].paragraph == read[at].paragraph and labels[stop] not in speaking:
            stop += 1
        goes_on = stop < len(read) and read[stop].paragraph == read[at].paragraph
        stop = min(stop, at + _LONGEST_TURN) if opens[at] or goes_on else at + 1
        joined.append(_as_one(read[at:stop], turn=True))
        at = stop
    return joined


def _without_label(sentence: Sentence) -> Sentence:
    """The sentence behind the name of the place that a report comes from: "OSTRA: The bridge …"."""
    colon = next(k for k, token in enumerate(sentence.tokens) if token.text == ":")
    return replace(sentence, tokens=sentence.tokens[colon + 1 :])


def _as_one(run: Sequence[Sentence], *, turn: bool) -> Sentence:
    tokens = tuple(token for sentence in run for token in sentence.tokens)
    return Sentence(tokens=tokens, paragraph=run[0].paragraph, headline=False, turn=turn)


def introduced_by(sentence: Sentence, hits: Sequence[Hit], done: int) -> Hit | None:
    """The cue that announces what stands behind the sentence: "Velden wrote on Monday:"; `done`: read so far."""
    if not hits or sentence.tokens[-1].text != ":":
        return None
    last = hits[-1]
    says = not last.cue.frames.isdisjoint(("clause", "quote")) and last.cue.act in {"say", "offer", "demand", "accept"}
    return last if says and last.verb >= done and not last.negated and last.speaker is not None else None


def behind_colon(read: Sequence[Sentence], at: int) -> Sentence | None:
    """The paragraph that opens at `at` as one sentence, if it can be the words of whom a colon introduced.

    It has no marks, ends as prose does and attributes nothing to anybody else.
    """
    run = [read[at]]
    while at + len(run) < len(read) and read[at + len(run)].paragraph == read[at].paragraph:
        run.append(read[at + len(run)])
    block = _as_one(run, turn=False)
    tokens = block.tokens
    if run[0].headline or run[0].turn or len(tokens) < _SHORTEST_BLOCK or len(run) > _LONGEST_TURN:
        return None
    if tokens[-1].text[-1] not in ".!?" or tokens[0].kind == "quote" or not tokens[0].text[0].isupper():
        return None
    for sentence in run:
        for hit in verbs.find(sentence.tokens):
            said_by = sentence.tokens[hit.speaker.first].low if hit.speaker else ""
            if said_by and said_by not in _OWN | SUBJECT_PRONOUNS - {"he", "she"} and not hit.carried:
                return None
    return block
