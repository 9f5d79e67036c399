"""Finds direct, mixed and indirect statements in a text, with cue and the words that name the speaker."""

from __future__ import annotations

from collections.abc import Sequence

from bot.model import Span
from bot.statements.cues import phrases, sources, verbs
from bot.statements.cues.hits import Hit
from bot.statements.report import Report, Rule
from bot.statements.speech import acts, blocks, borrowed, edges, floating, fronts, rules, starts, verbless, views
from bot.statements.speech.findings import Findings, cue_span, mention
from bot.statements.telling import denials, turns
from bot.statements.text import sentences
from bot.statements.text.sentences import Sentence, Token
from bot.statements.text.words import BE

# A frame can only meet the statements of its own sentence.
_NEAR = 12


def find(text: str, title: str) -> tuple[Report, ...]:
    """The statements of `text` in order of their start; deterministic, never raises, every span inside `text`."""
    findings = Findings(text)
    read = blocks.join_turns(sentences.read(text, title))
    number = 0
    while number < len(read):
        before = read[number - 1] if number else None
        block = blocks.behind_colon(read, number) if findings.announced and before else None
        if block is None:
            _sentence(findings, read[number], before)
            number += 1
            continue
        _block(findings, block)
        while number < len(read) and read[number].paragraph == block.paragraph:
            number += 1
    told = turns.recalled(text, read, denials.attached(text, read, findings.reports))
    return tuple(sorted(told, key=lambda report: (report.span.start, report.span.end)))


def _sentence(findings: Findings, sentence: Sentence, before: Sentence | None) -> None:
    tokens = sentence.tokens
    announced, findings.announced = findings.announced, None
    floating.sign(findings, sentence, before)
    turn = verbless.colon(tokens, turn=sentence.turn) if sentence.headline or before is None or sentence.turn else None
    if turn is not None:
        if tokens[0].low not in borrowed.QUESTIONER_LABELS:
            _frame(findings, sentence, turn, whole=sentence.turn)
        return
    already = len(findings.reports)
    found = verbs.find(tokens)
    hits = [hit for hit in found if not borrowed.is_law(tokens, hit.speaker)]
    frames = [*verbless.find(tokens, hits), *views.find(tokens, hits)]
    done = 0  # tokens before this one are spoken for
    for hit in hits:
        if hit.verb < done:
            continue
        done = _hit(findings, sentence, hit, hits=hits, done=done, before=before)
    for frame in frames:
        if all(_may_stand_beside(tokens, frame, report) for report in findings.reports[-_NEAR:]):
            _frame(findings, sentence, frame)
    floating.take(findings, sentence, before, found, announced)
    floating.claim_open(findings, already)
    opening = blocks.introduced_by(sentence, hits, done)
    if opening is not None:
        findings.announced = (cue_span(tokens, opening), mention(tokens, opening.source or opening.speaker))


def _block(findings: Findings, block: Sentence) -> None:
    """A paragraph without marks, behind the colon of whom it quotes."""
    if findings.announced is not None:
        cue, speaker = findings.announced
        findings.write(
            block, 0, len(block.tokens), cue=cue, speaker=speaker, act="say", rule="announced paragraph", whole=True
        )
    findings.announced = None


def _may_stand_beside(tokens: Sequence[Token], frame: verbless.Frame, report: Report) -> bool:
    """Whether a noun's content can be reported beside another statement: apart from it, or named in it.

    "Orlo disputed Velden's claim that …" holds two: the denial, and the claim of the other.
    """
    start, end = tokens[frame.first].start, tokens[frame.last - 1].end
    if report.span.start >= end or start >= report.span.end:
        return True
    if frame.encloses and report.cue_span is not None and not sources.outlet(tokens, frame.speaker):
        # "According to Velden, Orlo rejects the plan": Orlo's act is part of what Velden says.
        return start <= min(report.span.start, report.cue_span.start) and report.span.end <= end
    return frame.named and report.act in ("deny", "reject") and report.span.start < start


def _hit(
    findings: Findings, sentence: Sentence, hit: Hit, *, hits: Sequence[Hit], done: int, before: Sentence | None
) -> int:
    """Takes down what one cue attributes; returns the token up to which the sentence is read."""
    tokens = sentence.tokens
    limit = edges.limit_of(tokens, hit)
    later = [other for other in hits if other.verb > hit.verb]
    if hit.cue.lemma in {"refuse", "decline"} and fronts.unanswered(tokens, hit) is not None:
        return done  # "Whether …, she declined to say": that is for "say"
    back = fronts.before(tokens, hit, done)
    quoted = back is not None and tokens[back[1] - 1].kind == "quote"
    first = starts.of(tokens, hit, quoted_before=quoted)
    if back is not None and not quoted and first is not None and edges.circumstance(tokens, first):
        first = None
    rest = fronts.middle(tokens, hit)
    if rest is not None and any(other.lead in {rest - 1, rest} for other in later):
        rest = None
    if rest is not None and first is None and not quoted:
        # "Taxes, he said, will fall": both pieces are content, whatever the first one is.
        back = fronts.piece_before(tokens, hit, done) if not hit.as_clause else back
        first = rest if back is not None or hit.as_clause else None
    limit = min(limit, edges.others_quote(tokens, hit, later))
    if first is not None and first >= limit:
        first = None
    took = False
    reached = hit.last
    between = first is not None and first == rest
    verb = first is not None and tokens[first].low in BE  # "In Merrow, he said, are three ferries"
    if back is not None and between and not quoted and not verb and fronts.leads_up(tokens, *back):
        back = None
    if back is not None and (first is None or quoted or hit.inverted or between):
        took = _take(findings, sentence, hit, *back, rule="quotation + cue" if quoted else "clause + cue")
    if first is not None:
        clause = not hit.cue.frames.isdisjoint(("clause", "that")) or "object" not in hit.cue.frames
        stop = edges.after(tokens, first, later, limit, clause=clause, names=hit.cue.act == "describe")
        rule: Rule = "split by the cue" if first == rest else rules.behind(tokens, hit, first)
        untrue = acts.taken_back(tokens, back, first)
        goes_on = (
            between and took and tokens[first].kind == "word" and _predicate(tokens[first])
        )  # "The harbour, she added, was closed"
        if (goes_on or starts.asserts(tokens, first, stop, hit.cue)) and _take(
            findings, sentence, hit, first, stop, rule=rule, untrue=untrue
        ):
            took = True
            reached = max(reached, stop)
    if not took and before is not None and first is None and hit.lead == 0 and not hit.carried:
        took = floating.reach_back(findings, sentence, hit, before)
    return reached if took else done


def _predicate(token: Token) -> bool:
    """Whether a verb may stand here, known or not."""
    return phrases.is_verb(token) or (token.low.endswith("ed") and not token.capital)


def _take(
    findings: Findings, sentence: Sentence, hit: Hit, first: int, stop: int, *, rule: Rule, untrue: bool = False
) -> bool:
    """Writes a statement down; False where nothing sayable stands there. `untrue`: the speaker calls it so."""
    tokens = sentence.tokens
    if borrowed.is_anothers(tokens, hit, first, stop):
        findings.taken.update(token.start for token in tokens[first:stop] if token.quotation)
        return True
    cue = cue_span(tokens, hit, first)
    act, negated = acts.of(tokens, hit, first)
    if untrue:
        act, negated = "deny", True
    return findings.write(
        sentence,
        first,
        stop,
        cue=cue,
        speaker=mention(tokens, hit.source or hit.speaker),
        act=act,
        rule=rule,
        negated=negated,
    )


def _frame(findings: Findings, sentence: Sentence, frame: verbless.Frame, *, whole: bool = False) -> None:
    tokens = sentence.tokens
    cue = Span(start=tokens[frame.cue_first].start, end=tokens[frame.cue_last - 1].end)
    findings.write(
        sentence,
        frame.first,
        frame.last,
        cue=cue,
        speaker=mention(tokens, frame.speaker),
        act=frame.act,
        rule=frame.rule,
        negated=frame.act in {"deny", "no_comment"},
        whole=whole,
    )
