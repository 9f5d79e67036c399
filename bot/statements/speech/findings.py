"""The statements found in a text so far, and how a stretch of tokens becomes one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.model import Span, StatementKind
from bot.statements.cues import phrases
from bot.statements.cues.hits import Hit
from bot.statements.cues.phrases import Phrase
from bot.statements.report import Act, Report, Rule
from bot.statements.text.sentences import Sentence, Token
from bot.statements.text.words import words

# Marks that a stretch may begin and end with; others are trimmed.
_OPENING_MARKS = frozenset({"[", "$", "(", "@", "#", "'"})
_CLOSING_MARKS = frozenset({")", "]", "%"})
# One of these alone is no content.
_EMPTY_WORDS = words("so it that this no yes not them him her why how when who what whether where which more")


@dataclass(slots=True)
class Findings:
    """What was taken down of a text, in the order of the reading."""

    text: str
    reports: list[Report] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)  # starts of the quotations that belong to a statement
    announced: tuple[Span, Span | None] | None = None  # cue and speaker of a sentence that ends with a colon

    def write(
        self,
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
        whole: bool = False,
    ) -> bool:
        """Takes a stretch down; `whole`: it is the speaker's own words though no marks stand around it."""
        tokens = sentence.tokens
        while first < stop and tokens[first].kind == "mark" and tokens[first].text not in _OPENING_MARKS:
            first += 1
        while stop > first and tokens[stop - 1].kind == "mark" and tokens[stop - 1].text not in _CLOSING_MARKS:
            stop -= 1
        if first >= stop:
            return False
        run = tokens[first:stop]
        quoted = [token.quotation for token in run if token.quotation is not None]
        verbatim = tuple(Span(start=quote.inner_start, end=quote.inner_end) for quote in quoted)
        kind: StatementKind
        if len(quoted) == 1 and len(run) == 1:
            kind, span = "direct", verbatim[0]
        elif whole:
            kind, span = "direct", Span(start=run[0].start, end=run[-1].end)
            verbatim = (span,)
        else:
            kind = "mixed" if quoted else "indirect"
            span = Span(start=run[0].start, end=run[-1].end)
        if speaker is not None and speaker.start < span.end and span.start < speaker.end:
            speaker = None
        if kind == "indirect" and len(run) == 1 and not floating and run[0].low in _EMPTY_WORDS:
            return False
        self.taken.update(quote.start for quote in quoted)
        self.reports.append(
            Report(
                kind=kind,
                span=span,
                verbatim=verbatim,
                cue=self.text[cue.start : cue.end] if cue else None,
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


def cue_span(tokens: Sequence[Token], hit: Hit, first: int | None = None) -> Span:
    """The cue as written, with the words that negate it, and the preposition by which it takes a content from `first`.

    "objected to", "warned against": without it nobody would know what is said of the content.
    """
    last = hit.cue_last
    if first is not None and first > last and tokens[first - 1].low in hit.cue.prepositions:
        between = tokens[last : first - 1]
        last = first if all(token.kind == "word" for token in between) else last
    return Span(start=tokens[hit.group if hit.negated else hit.verb].start, end=tokens[last - 1].end)


def mention(tokens: Sequence[Token], phrase: Phrase | None) -> Span | None:
    """The place of a mention, without a glued auxiliary or possessive ending."""
    if phrase is None:
        return None
    end = tokens[phrase.last - 1].end
    last = tokens[phrase.last - 1]
    if last.kind == "word" and "'" in last.text and (phrases.contracted(last) or last.text.endswith("'s")):
        end = last.start + last.text.rindex("'")
    return Span(start=tokens[phrase.first].start, end=end)
