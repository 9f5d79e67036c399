"""A cue where it stands in its sentence, with its subject."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.statements.cues import phrases
from bot.statements.cues.lexicon import Cue, Form
from bot.statements.cues.phrases import Phrase
from bot.statements.text.sentences import Token
from bot.statements.text.words import COORDINATORS


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A verb that attributes something. All indices count the tokens of the sentence."""

    cue: Cue
    form: Form
    group: int  # where the verb group begins: "has not said" at "has"
    verb: int
    cue_last: int  # behind the verb and its particle
    last: int  # behind the cue, and behind its subject where that follows
    speaker: Phrase | None
    lead: int  # where the words that belong to this attribution begin: at the conjunction or comma before it
    carried: bool = False  # no subject of its own: the sentence's speaker goes on
    inverted: bool = False
    negated: bool = False
    refusing: bool = False  # carried by a verb that refuses: "declined to say"
    as_clause: bool = False  # "as X said"
    fronted: bool = False  # a participle before the main clause
    modal: bool = False  # "would say"
    source: Phrase | None = None  # whom a paper cites: the one that speaks

    def relative(self, tokens: Sequence[Token]) -> bool:
        """Whether its subject is the pronoun of a relative clause."""
        speaker = self.speaker
        if speaker is None or speaker.last - speaker.first != 1:
            return False
        return tokens[speaker.first].low in {"who", "which", "that"}


def speaker_so_far(tokens: Sequence[Token], earlier: Sequence[Hit], until: int) -> Phrase | None:
    """Whose words go on: the last finite cue's subject, else the main subject of the sentence before `until`."""
    for at in range(len(earlier) - 1, -1, -1):
        hit = earlier[at]
        if hit.speaker is None or hit.relative(tokens) or (at and _inside(tokens, earlier[at - 1], hit)):
            continue
        return hit.speaker
    return phrases.main_subject(tokens, until)


def _inside(tokens: Sequence[Token], outer: Hit, hit: Hit) -> bool:
    """Whether a cue opens the content of the one before: "Velden said her party had denied …"."""
    if hit.carried or hit.speaker is None or hit.speaker.first < outer.last:
        return False
    return all(
        token.kind == "word" and token.low not in COORDINATORS for token in tokens[outer.last : hit.speaker.first]
    )
