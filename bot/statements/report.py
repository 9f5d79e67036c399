"""What stage 1 of the reading hands to stage 2: a statement found in a text, its speaker not yet resolved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.model import Span, StatementKind

Act = Literal[
    "say",  # neutral, holds the content as asserted: say, add, tell, according to, no cue at all
    "ask",  # a question is put: ask, wonder
    "demand",  # something is wanted from others: demand, urge, call for, order
    "offer",  # something is promised or planned: promise, propose, offer, express willingness
    "accept",  # agreement: agree, accept, back, welcome, support
    "reject",  # refusal of a thing: reject, oppose, rule out, refuse to do
    "deny",  # the content is contradicted or taken back: deny, dispute, never said, walked back
    "no_comment",  # nothing is said about it: decline to comment, would not say whether, did not deny
    "accuse",  # blame: accuse, criticise, condemn, blame
    "praise",  # approval: praise, hail, thank
    "describe",  # a name is given to a thing: call X Y, describe X as Y
]
# The rule that took a statement, by what stands where; "+" is the order in the sentence.
Rule = Literal[
    "quotation + cue",  # "…," said X
    "clause + cue",  # taxes will fall, X said
    "cue + quotation",  # X said: "…"
    "cue + that-clause",
    "cue + clause",  # X said taxes will fall
    "cue + object",  # X rejected the offer
    "cue + infinitive",  # X vowed to resign
    "split by the cue",  # taxes, X said, will fall: what stands behind
    "quotation, then its cue's sentence",  # "…." That is what X said.
    "according to",
    "noun cue",  # X's claim that …
    "colon",  # X: Taxes will fall
    "transcript turn",  # X: We will go. We will win.
    "announced paragraph",  # X wrote on Monday: and, without marks, the paragraph behind
    "announced quotation",  # X wrote on Monday: and, in marks, the paragraph behind
    "signed quotation",  # "…" — X
    "floating quotation",  # no cue, but a clause of its own
    "resumed quotation",  # no cue, and nothing else in its sentence: whoever spoke before goes on
    "quotation alone",  # the same, and nobody spoke before
    "attached denial",  # …, which X denies: no words of its own
    "announced denial",  # X contradicted her.: what X says stands behind
    "recalled position",  # X dropped its demand that …: the demand
    "echoed position",  # …, although X had called for this: no words of its own
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A statement as the text shows it. All spans are code points of the original text.

    `span` holds the content: of a direct statement without its outer marks, of a mixed or indirect one from the first
    word of the clause ("that" included) to its last word, without the final stop. `verbatim` are the stretches inside
    `span` that stood in quotation marks, without the marks; a direct statement has itself.
    """

    kind: StatementKind
    span: Span
    verbatim: tuple[Span, ...]
    cue: str | None  # the words as written, e.g. "said", "according to", "claim"
    cue_span: Span | None
    speaker_span: (
        Span | None
    )  # the mention as written: name, title phrase, pronoun, organisation; None: no source named
    negated: bool  # the cue denies, refuses or is negated, so the content is not asserted by the speaker
    act: Act
    sentence: Span  # the sentence or sentences that hold content, cue and speaker
    headline: bool  # stands in a headline or repeats the title
    rule: Rule
    float_quote: bool  # a quotation without a cue in its sentence; `speaker_span` may point into another sentence
    recalled: bool = False  # the narrator goes back to it: said before the news, on a day that is not told
