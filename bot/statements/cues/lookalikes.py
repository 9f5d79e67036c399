"""Words that look like a cue and report nothing: nouns, passives, infinitives of purpose, plans to speak."""

from __future__ import annotations

from collections.abc import Sequence

from bot.statements.cues import lexicon, participles, phrases
from bot.statements.cues.lexicon import Cue, Form
from bot.statements.text.sentences import Token
from bot.statements.text.words import (
    ADVERBS,
    BE,
    COORDINATORS,
    DETERMINERS,
    DO,
    HAVE,
    MODALS,
    POSSESSIVES,
    PREPOSITIONS,
    words,
)

_NOUN_LINKS = words("of on from about against by over in between at")
_PLURALS = words(
    "people police officials critics who they we i you many some others most few both all women men and or"
)
# After these a verb's form is a noun, unless the word itself can be a subject.
_CAN_BE_SUBJECTS = words("all both many some most few several each another others one this those these her")
_SINGULARS = words("he she it who that which")
# "People confirmed killed", "reported missing": nobody confirms.
_FATES = words("killed dead injured wounded missing infected captured sick safe")
# "Said by telephone" is no passive.
_MEDIA = words("phone telephone radio email e-mail letter text video telegram message")
_PASSIVE_LINKS = words("of at as in on for against to from with during")
# Before a plural, so that a form in "s" is none of its verbs.
_MANY = words("other many several some few both these those various numerous")
# Plural verbs that only a relative clause shows, where no subject stands before them.
_PLAIN = words("require need make take go come give get help show mean bring lead")
_EXTRACTS = words("which who that what whom")
_RELATIVE_REACH = 12
_INFINITIVE_REACH = 14
_LONGEST_COUNTED = 5
# What will be made known has not been said yet.
_MADE_KNOWN = words("announce reveal disclose report outline detail voice predict")


def noun(tokens: Sequence[Token], at: int, cue: Cue, form: Form, inside: set[str]) -> bool:
    """Whether a word that is both stands here as a noun, or as an adjective."""
    if at == 0:
        return form != "participle"
    previous = tokens[at - 1]
    if tokens[at].low == "back":
        return not inside & (MODALS | DO) and previous.low != "to"
    if previous.low == "united" and tokens[at].low == "states":
        return True
    also = tokens[at].low in lexicon.ALSO_NOUNS
    if previous.low in DETERMINERS - {"neither"} and (also or previous.low not in _CAN_BE_SUBJECTS):
        return also or previous.low not in _CAN_BE_SUBJECTS
    if previous.low.endswith("'s") and not phrases.contracted(previous):
        return True
    if not also or form in ("past", "participle") or inside:
        return False
    if previous.low in PREPOSITIONS | POSSESSIVES or previous.kind == "number":
        return previous.low != "to"
    if cue.particle in {"out", "off", "down"}:
        return False  # "rules out", "plays down"
    if _heads_subject(tokens, at):
        return True
    if form != "s":
        return False
    if _listed(tokens, at, cue) or _counted(tokens, at):
        return True
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if previous.capital and following is not None and following.low in _NOUN_LINKS:
        return True
    single = previous.capital or previous.low in _SINGULARS | ADVERBS or previous.text in {",", ")"}
    clear = following is not None and (
        following.low == "that" or following.kind == "quote" or following.low in lexicon.FORMS
    )
    return not (single or clear)


def agrees(tokens: Sequence[Token], group: int) -> bool:
    """Whether a base form has a plural before it."""
    if group == 0:
        return False
    previous = tokens[group - 1]
    if previous.text in {",", ")"} or previous.low in _PLURALS:
        return True
    if previous.kind != "word" or previous.low in COORDINATORS:
        return False
    return previous.low.endswith("s") and not previous.low.endswith(("'s", "ss", "us", "is"))


def passive(word: str, cue: Cue, form: Form, inside: set[str]) -> bool:
    """Whether the subject does not speak: "was accused"; "would not be drawn" is the speaker's own silence."""
    if word in lexicon.ONLY_PARTICIPLES and not inside & HAVE:
        return cue.lemma != "draw" or not inside & BE
    if cue.lemma == "draw" and cue.particle is None:
        return not inside & BE
    return form == "past" and bool(inside & BE)


def reduced(tokens: Sequence[Token], cue: Cue, last: int) -> bool:
    """Whether a past form is a passive without its auxiliary: "accused of", "announced by"."""
    following = tokens[last].low
    if following == "by" and last + 1 < len(tokens) and tokens[last + 1].low in _MEDIA:
        return False
    if following == "by" or following in _FATES:
        return True
    if cue.particle or "clause" in cue.frames or following in cue.prepositions:
        return False
    behind = phrases.skip_time(tokens, last)
    if behind > last and behind < len(tokens) and tokens[behind].low == "that":
        return False  # "the court ruled on Tuesday that …"
    return following in _PASSIVE_LINKS and not (following == "to" and "to" in cue.frames)


def reads(tokens: Sequence[Token], at: int) -> bool:
    """Whether "read" is what a paper does, beside a quotation: "the statement read"."""
    if tokens[at].low != "read" or tokens[at - 1].low not in participles.DOCUMENTS:
        return False
    beside = tokens[max(0, at - 6) : at + 4]
    return any(token.kind == "quote" for token in beside)


def _heads_subject(tokens: Sequence[Token], at: int) -> bool:
    """Whether a verb of its own, or a relative clause, follows what may be a noun: "voices began", "reports state"."""
    if at + 2 >= len(tokens):
        return False
    following = tokens[at + 1]
    if following.low == "that":
        behind = next((token for token in tokens[at + 2 :] if not phrases.is_adverb(token)), following)
        return phrases.is_verb(behind) or behind.low in _PLAIN
    if following.kind != "word" or following.capital:
        return False
    finite = phrases.is_verb(following) or any(
        form in {"base", "participle"} for _, form in lexicon.FORMS.get(following.low, ())
    )
    # "A deal that Velden claims will hold": the verb belongs to what was said.
    return finite and not any(token.low in _EXTRACTS for token in tokens[max(0, at - _RELATIVE_REACH) : at])


def _listed(tokens: Sequence[Token], at: int, cue: Cue) -> bool:
    """Whether it is the second of two nouns, behind which a phrase goes on: "activists and advocates like Orlo"."""
    following = tokens[at + 1].low if at + 1 < len(tokens) else ""
    governed = following == cue.particle or following in cue.prepositions
    return tokens[at - 1].low in {"and", "or"} and following in PREPOSITIONS and not governed


def _counted(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word of number before it makes it a plural: "several other Norlandian states"."""
    for k in range(at - 1, max(-1, at - _LONGEST_COUNTED), -1):
        token = tokens[k]
        if token.kind != "word" or token.low in PREPOSITIONS | COORDINATORS or phrases.is_verb(token):
            return False
        if token.low in _MANY:
            return True
    return False


def of_another(tokens: Sequence[Token], group: int) -> bool:
    """Whether a base form only goes on another verb's infinitive: "to encourage and support", "can read and answer"."""
    if tokens[group - 1].text not in {",", "and", "or"}:
        return False
    for k in range(group - 2, max(-1, group - _INFINITIVE_REACH), -1):
        token = tokens[k]
        if token.kind == "quote" or token.text in {";", ":"} or token.low in {"that", "who", "which"}:
            return False
        if token.low in MODALS and not token.capital:
            return True
        if token.low == "to" and _infinitive(tokens[k + 1]):
            return True
        if phrases.is_verb(token):
            return False
    return False


def _infinitive(token: Token) -> bool:
    return token.kind == "word" and not token.capital and token.low not in DETERMINERS | POSSESSIVES


def planned(cue: Cue, inside: set[str]) -> bool:
    """Whether something is only going to be made known: "will announce the winners"."""
    return cue.lemma in _MADE_KNOWN and bool(inside & {"will", "shall"})
