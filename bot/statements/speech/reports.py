"""Finds direct, mixed and indirect statements in a text, with cue and the words that name the speaker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.model import Span, StatementKind
from bot.statements.cues import phrases, verbs
from bot.statements.cues.hits import Hit
from bot.statements.cues.phrases import Phrase
from bot.statements.report import Act, Report, Rule
from bot.statements.speech import edges, rules, starts, verbless
from bot.statements.text import sentences
from bot.statements.text.sentences import Sentence, Token
from bot.statements.text.words import COORDINATORS

# A frame can only meet the statements of its own sentence.
_NEAR = 12
# Words that a quotation without a cue needs: as a phrase that a colon or comma introduces, as a clause anywhere.
_PHRASE = 4
_CLAUSE = 7


@dataclass(slots=True)
class _Findings:
    """The statements found in a text so far."""

    text: str
    reports: list[Report] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)  # starts of the quotations that belong to a statement


def find(text: str, title: str) -> tuple[Report, ...]:
    """The statements of `text` in order of their start; deterministic, never raises, every span inside `text`."""
    findings = _Findings(text)
    read = sentences.read(text, title)
    for number, sentence in enumerate(read):
        _sentence(findings, sentence, read[number - 1] if number else None)
    return tuple(sorted(findings.reports, key=lambda report: (report.span.start, report.span.end)))


def _sentence(findings: _Findings, sentence: Sentence, before: Sentence | None) -> None:
    tokens = sentence.tokens
    turn = verbless.colon(tokens) if sentence.headline or before is None or verbless.is_turn(tokens) else None
    if turn is not None:
        _frame(findings, sentence, turn)
        return
    hits = verbs.find(tokens)
    frames = verbless.find(tokens, hits)
    done = 0  # tokens before this one are spoken for
    for hit in hits:
        if hit.verb < done:
            continue
        done = _hit(findings, sentence, hit, hits=hits, done=done, before=before)
    for frame in frames:
        if all(_may_stand_beside(tokens, frame, report) for report in findings.reports[-_NEAR:]):
            _frame(findings, sentence, frame)
    _floating(findings, sentence, before)


def _may_stand_beside(tokens: Sequence[Token], frame: verbless.Frame, report: Report) -> bool:
    """Whether a noun's content can be reported beside another statement: apart from it, or named in it.

    "Orlo disputed Velden's claim that …" holds two: the denial, and the claim of the other.
    """
    start, end = tokens[frame.first].start, tokens[frame.last - 1].end
    if report.span.start >= end or start >= report.span.end:
        return True
    return frame.named and report.act in ("deny", "reject") and report.span.start < start


def _hit(
    findings: _Findings, sentence: Sentence, hit: Hit, *, hits: Sequence[Hit], done: int, before: Sentence | None
) -> int:
    """Takes down what one cue attributes; returns the token up to which the sentence is read."""
    tokens = sentence.tokens
    limit = edges.limit_of(tokens, hit)
    later = [other for other in hits if other.verb > hit.verb]
    back = edges.before(tokens, hit, done)
    quoted = back is not None and tokens[back[1] - 1].kind == "quote"
    first = starts.of(tokens, hit, quoted_before=quoted)
    rest = edges.middle(tokens, hit)
    if rest is not None and any(other.lead in {rest - 1, rest} for other in later):
        rest = None
    if rest is not None and first is None and not quoted:
        # "Taxes, he said, will fall": both pieces are content, whatever the first one is.
        back = edges.piece_before(tokens, hit, done) if not hit.as_clause else back
        first = rest if back is not None or hit.as_clause else None
    limit = min(limit, edges.others_quote(tokens, hit, later))
    if first is not None and first >= limit:
        first = None
    took = False
    reached = hit.last
    if back is not None and (first is None or quoted or hit.inverted or first == rest):
        took = _take(findings, sentence, hit, *back, rule="quotation + cue" if quoted else "clause + cue")
    if first is not None:
        clause = not hit.cue.frames.isdisjoint(("clause", "that")) or "object" not in hit.cue.frames
        stop = edges.after(tokens, first, later, limit, clause=clause)
        rule: Rule = "split by the cue" if first == rest else rules.behind(tokens, hit, first)
        if starts.asserts(tokens, first, stop, hit.cue) and _take(findings, sentence, hit, first, stop, rule=rule):
            took = True
            reached = max(reached, stop)
    if not took and before is not None and first is None and hit.lead == 0 and not hit.carried:
        took = _reach_back(findings, sentence, hit, before)
    return reached if took else done


def _take(findings: _Findings, sentence: Sentence, hit: Hit, first: int, stop: int, *, rule: Rule) -> bool:
    """Writes a statement down; False where nothing sayable stands there."""
    tokens = sentence.tokens
    cue = _cue(tokens, hit)
    act = hit.cue.act
    if hit.negated and act == "say":
        act = "deny" if hit.cue.lemma in {"say", "claim", "confirm", "acknowledge", "admit"} else act
    if hit.cue.lemma in {"comment", "elaborate", "answer", "respond", "discuss"} and hit.negated:
        act = "no_comment"
    return _write(
        findings,
        sentence,
        first,
        stop,
        cue=cue,
        speaker=_span(tokens, hit.source or hit.speaker),
        act=act,
        rule=rule,
        negated=hit.negated or act == "deny",
    )


def _cue(tokens: Sequence[Token], hit: Hit) -> Span:
    """The cue as written, with the words that negate it."""
    return Span(start=tokens[hit.group if hit.negated else hit.verb].start, end=tokens[hit.cue_last - 1].end)


def _span(tokens: Sequence[Token], phrase: Phrase | None) -> Span | None:
    """The place of a mention, without a glued auxiliary or possessive ending."""
    if phrase is None:
        return None
    end = tokens[phrase.last - 1].end
    last = tokens[phrase.last - 1]
    if last.kind == "word" and "'" in last.text and (phrases.contracted(last) or last.text.endswith("'s")):
        end = last.start + last.text.rindex("'")
    return Span(start=tokens[phrase.first].start, end=end)


def _write(
    findings: _Findings,
    sentence: Sentence,
    first: int,
    stop: int,
    *,
    cue: Span | None,
    speaker: Span | None,
    act: Act,
    rule: Rule,
    negated: bool = False,
    floating: bool = False,
) -> bool:
    tokens = sentence.tokens
    while first < stop and tokens[first].kind == "mark" and tokens[first].text not in {"[", "$", "(", "@", "#", "'"}:
        first += 1
    while stop > first and tokens[stop - 1].kind == "mark" and tokens[stop - 1].text not in {")", "]", "%"}:
        stop -= 1
    if first >= stop:
        return False
    run = tokens[first:stop]
    quoted = [token.quotation for token in run if token.quotation is not None]
    verbatim = tuple(Span(start=quote.inner_start, end=quote.inner_end) for quote in quoted)
    kind: StatementKind
    if len(quoted) == 1 and len(run) == 1:
        kind, span = "direct", verbatim[0]
    else:
        kind = "mixed" if quoted else "indirect"
        span = Span(start=run[0].start, end=run[-1].end)
    if speaker is not None and speaker.start < span.end and span.start < speaker.end:
        speaker = None
    if (
        kind == "indirect"
        and len(run) == 1
        and not floating
        and run[0].low in {"so", "it", "that", "this", "no", "yes", "not", "them", "him", "her"}
    ):
        return False
    findings.taken.update(quote.start for quote in quoted)
    findings.reports.append(
        Report(
            kind=kind,
            span=span,
            verbatim=verbatim,
            cue=findings.text[cue.start : cue.end] if cue else None,
            cue_span=cue,
            speaker_span=speaker,
            negated=negated,
            act=act,
            sentence=Span(start=min(sentence.start, span.start), end=max(sentence.end, span.end)),
            headline=sentence.headline,
            rule=rule,
            float_quote=floating,
        )
    )
    return True


def _frame(findings: _Findings, sentence: Sentence, frame: verbless.Frame) -> None:
    tokens = sentence.tokens
    cue = Span(start=tokens[frame.cue_first].start, end=tokens[frame.cue_last - 1].end)
    _write(
        findings,
        sentence,
        frame.first,
        frame.last,
        cue=cue,
        speaker=_span(tokens, frame.speaker),
        act=frame.act,
        rule=frame.rule,
        negated=frame.act == "deny",
    )


def _reach_back(findings: _Findings, sentence: Sentence, hit: Hit, before: Sentence) -> bool:
    """A sentence that only names the speaker belongs to the quotation that ended the sentence before."""
    last = before.tokens[-1]
    if before.paragraph != sentence.paragraph or last.quotation is None:
        return False
    tokens = sentence.tokens
    size = len(before.tokens)
    if last.quotation.start in findings.taken:
        taken = findings.reports[-1] if findings.reports else None
        if taken is None or not taken.float_quote or taken.span.start != last.quotation.inner_start:
            return False
        findings.reports.pop()
    return _write(
        findings,
        before,
        size - 1,
        size,
        cue=_cue(tokens, hit),
        speaker=_span(tokens, hit.speaker),
        act=hit.cue.act,
        rule="quotation, then its cue's sentence",
    )


def _floating(findings: _Findings, sentence: Sentence, before: Sentence | None) -> None:
    """Quotations that no cue of their sentence takes: resumed ones, and those that say something by themselves.

    A short one beside other words is a term, a title or a scare quote, and is left.
    """
    tokens = sentence.tokens
    for at, token in enumerate(tokens):
        quote = token.quotation
        if quote is None or quote.start in findings.taken:
            continue
        length = len(token.text.split())
        rule: Rule = "floating quotation"
        if all(_empty(other) for k, other in enumerate(tokens) if k != at):
            speaker = _speaker_before(findings, sentence, before)
            if speaker is None and length < _PHRASE:
                continue
            rule = "resumed quotation" if speaker else "quotation alone"
        elif length >= _CLAUSE or (
            at > 0 and tokens[at - 1].text in {":", ","} and length >= _PHRASE and _begins(token)
        ):
            speaker = _span(tokens, _beside(tokens, at))
        else:
            continue
        _write(findings, sentence, at, at + 1, cue=None, speaker=speaker, act="say", rule=rule, floating=True)


def _empty(token: Token) -> bool:
    """Whether the token says nothing beside a quotation."""
    return token.kind in {"mark", "quote"} or token.low in COORDINATORS or phrases.is_adverb(token)


def _begins(token: Token) -> bool:
    return token.text[:1].isupper()


def _beside(tokens: Sequence[Token], at: int) -> Phrase | None:
    """Who may have said a quotation without a cue: whom its comma points to, else the subject of its sentence."""
    if at == 0 and tokens[at].text.endswith(","):
        return phrases.after(tokens, at + 1, subject=True)
    return phrases.main_subject(tokens, at)


def _speaker_before(findings: _Findings, sentence: Sentence, before: Sentence | None) -> Span | None:
    """Who speaks in the sentence or paragraph before."""
    if before is None or not findings.reports:
        return None
    last = findings.reports[-1]
    if sentence.paragraph - before.paragraph > 1 or last.sentence.end < before.start:
        return None
    return last.speaker_span
