"""A cue where it stands in its sentence, with its subject."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.statements.cues import phrases
from bot.statements.cues.lexicon import Cue, Form
from bot.statements.cues.phrases import Phrase
from bot.statements.text.sentences import Token


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
    for hit in reversed(earlier):
        if hit.speaker is not None and not hit.relative(tokens):
            return hit.speaker
    return phrases.main_subject(tokens, until)
