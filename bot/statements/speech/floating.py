"""Quotations that no cue of their own sentence takes: resumed, announced, signed, or left to the sentence behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.model import Span
from bot.statements.cues import phrases
from bot.statements.cues.hits import Hit
from bot.statements.cues.phrases import Phrase
from bot.statements.report import Rule
from bot.statements.speech import borrowed, verbless
from bot.statements.speech.findings import Findings, cue_span, mention
from bot.statements.text.quotes import DOUBLE, SINGLE
from bot.statements.text.sentences import Sentence, Token
from bot.statements.text.words import AUXILIARIES, COORDINATORS

# Words that a quotation without a cue needs: as a phrase that a colon or comma introduces, as a clause anywhere.
_PHRASE = 4
_CLAUSE = 7
# Between a quotation that nothing closed and the one that it goes on in there are marks and blanks.
_CLOSING = frozenset(DOUBLE + SINGLE)
_LONGEST_GAP = 12
# Tokens of what may finish the sentence behind a quotation, and of a line that signs one.
_SHORT_REST = 8
_LONGEST_SIGNATURE = 14


def reach_back(findings: Findings, sentence: Sentence, hit: Hit, before: Sentence) -> bool:
    """A sentence that only names the speaker belongs to the quotation that ended the sentence before."""
    last = before.tokens[-1]
    if before.paragraph != sentence.paragraph or last.quotation is None or hit.negated:
        return False
    tokens = sentence.tokens
    size = len(before.tokens)
    if last.quotation.start in findings.taken:
        taken = findings.reports[-1] if findings.reports else None
        if taken is None or not taken.float_quote or taken.span.start != last.quotation.inner_start:
            return False
        findings.reports.pop()
    return findings.write(
        before,
        size - 1,
        size,
        cue=cue_span(tokens, hit),
        speaker=mention(tokens, hit.speaker),
        act=hit.cue.act,
        rule="quotation, then its cue's sentence",
    )


def claim_open(findings: Findings, already: int) -> None:
    """Quotations that nothing closed, so that they go on in the next one, belong to whoever speaks there.

    `already`: how many statements were found before this sentence.
    """
    at = min(already, len(findings.reports) - 1)
    if at < 1:
        return
    here = findings.reports[at]
    if here.kind != "direct" or here.speaker_span is None or here.span.start - here.sentence.start > 1:
        return
    for k in range(at - 1, -1, -1):
        last, following = findings.reports[k], findings.reports[k + 1]
        open_end = findings.text[last.span.end : last.span.end + 1] not in _CLOSING
        gap = findings.text[last.span.end : following.span.start]
        guessed = last.speaker_span is None or last.rule in {"floating quotation", "resumed quotation"}
        if last.kind != "direct" or not guessed or not open_end or len(gap) > _LONGEST_GAP:
            return
        if gap.strip("".join(_CLOSING) + " \n\t\xa0"):
            return
        findings.reports[k] = replace(last, speaker_span=here.speaker_span, rule="resumed quotation")


def sign(findings: Findings, sentence: Sentence, before: Sentence | None) -> None:
    """A line with a dash and a name tells who said the quotation on the line above."""
    last = findings.reports[-1] if findings.reports else None
    if last is None or before is None or not last.float_quote or last.sentence.start < before.start:
        return
    tokens = sentence.tokens
    signed = verbless.signed(tokens, -1, ()) if len(tokens) < _LONGEST_SIGNATURE else None
    if signed is not None and not any(phrases.is_verb(token) for token in tokens):
        findings.reports[-1] = replace(last, speaker_span=mention(tokens, signed), rule="signed quotation")


def take(
    findings: Findings,
    sentence: Sentence,
    before: Sentence | None,
    hits: Sequence[Hit],
    announced: tuple[Span, Span | None] | None,
) -> None:
    """Quotations that no cue of their sentence takes: announced and resumed ones, and those that say something.

    A short one beside other words is a term, a title or a scare quote, and is left.
    """
    tokens = sentence.tokens
    loose = [k for k, token in enumerate(tokens) if token.quotation and token.quotation.start not in findings.taken]
    if not loose:
        return
    alone = all(_empty(token) for token in tokens)
    law = borrowed.law_from(tokens, hits)
    for at in loose:
        token = tokens[at]
        if at == 0 and announced is not None:
            cue, speaker = announced
            findings.write(sentence, at, at + 1, cue=cue, speaker=speaker, act="say", rule="announced quotation")
            continue
        if at > law or borrowed.is_nobodys(tokens, at) or borrowed.is_verse(tokens, at):
            continue
        if borrowed.is_crosshead(sentence, before, at, text=findings.text, alone=alone):
            continue
        length = len(token.text.split())
        signed = verbless.signed(tokens, at, hits)
        rule: Rule = "floating quotation"
        if signed is not None:
            speaker = mention(tokens, signed)
            rule = "signed quotation"
        elif alone:
            speaker = _speaker_before(findings, sentence, before)
            if speaker is None and length < _PHRASE:
                continue
            rule = "resumed quotation" if speaker else "quotation alone"
        elif (
            length >= _CLAUSE
            or verbless.voiced(tokens, at)
            or (at > 0 and tokens[at - 1].text in {":", ","} and length >= _PHRASE and _begins(token))
        ):
            told = _predicate(tokens, at)
            speaker = _speaker_before(findings, sentence, before) if told else mention(tokens, _beside(tokens, at))
        else:
            continue
        stop = _end_of_mixed(tokens) if at == 0 else at + 1
        findings.write(sentence, at, stop, cue=None, speaker=speaker, act="say", rule=rule, floating=True)


def _end_of_mixed(tokens: Sequence[Token]) -> int:
    """Where what opens with a quotation ends: with it, or with a short phrase that finishes its sentence."""
    stop = len(tokens) - (tokens[-1].text == ".")
    rest = tokens[1:stop]
    finishes = rest and len(rest) <= _SHORT_REST and all(token.kind in {"word", "number"} for token in rest)
    if not finishes or tokens[0].text[-1:] in ".,!?" or any(phrases.is_verb(token) for token in rest):
        return 1
    return stop


def _empty(token: Token) -> bool:
    """Whether the token says nothing beside a quotation."""
    return token.kind in {"mark", "quote"} or token.low in COORDINATORS or phrases.is_adverb(token)


def _begins(token: Token) -> bool:
    return token.text[:1].isupper()


def _predicate(tokens: Sequence[Token], at: int) -> bool:
    """Whether the quotation goes on from a subject outside it, whom it is about: "Orlo “is a danger to the bridge”"."""
    first = tokens[at].text.split(maxsplit=1)[0] if at and tokens[at].text.strip() else ""
    return first in AUXILIARIES and tokens[at - 1].kind == "word"


def _beside(tokens: Sequence[Token], at: int) -> Phrase | None:
    """Who may have said a quotation without a cue: whom its comma points to, else the subject of its sentence."""
    if at == 0 and tokens[at].text.endswith(","):
        return phrases.after(tokens, at + 1, subject=True)
    announced = verbless.announced_by(tokens, at)
    if announced is not None:
        return announced
    return phrases.main_subject(tokens, at)


def _speaker_before(findings: Findings, sentence: Sentence, before: Sentence | None) -> Span | None:
    """Who speaks in the sentence or paragraph before."""
    if before is None or not findings.reports:
        return None
    last = findings.reports[-1]
    end = max(last.sentence.end, last.cue_span.end if last.cue_span else 0)
    if sentence.paragraph - before.paragraph > 1 or end < before.start:
        return None
    return last.speaker_span
