"""Verbs that report speech only with the right object: "stood by his claim", "put the toll at 12"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.statements.cues import lexicon, phrases
from bot.statements.cues.lexicon import Cue, Form
from bot.statements.cues.phrases import Phrase
from bot.statements.cues.withholding import withheld
from bot.statements.text.sentences import Token
from bot.statements.text.words import (
    DETERMINERS,
    DO,
    HAVE,
    MODALS,
    OBJECT_PRONOUNS,
    PERSON_PRONOUNS,
    PREPOSITIONS,
    WH_WORDS,
    words,
)

# What somebody said before, and what an official answers for.
_SPOKEN = words(
    "claim claims demand demands threat threats promise promises pledge pledges insistence opposition objection "
    "objections call calls assertion assertions accusation accusations allegation allegations vow vows warning "
    "warnings commitment statement statements remark remarks comment comments criticism words support"
)
_ANSWERED_FOR = _SPOKEN | words(
    "decision decisions move plan plans policy policies position positions stance view views approach handling record "
    "assessment account story figures choice strategy use proposal measure measures cut cuts law deal idea"
)
_FLOATED = words("idea possibility proposal proposals plan plans prospect option notion")
_INTENDED = words(
    "plan plans proposal proposals decision policy bid pledge promise commitment opposition objection ban"
)
_OPEN_QUESTIONS = words("possibility question option prospect")
_OBJECTS = {
    "stand": _ANSWERED_FOR,
    "double": _SPOKEN | words("policy position stance view"),
    "stick": _SPOKEN | words("position stance view"),
    "renew": _SPOKEN | words("offer appeal criticism"),
    "defend": _ANSWERED_FOR,
    "float": _FLOATED,
    "back": _SPOKEN,
    "walk": _SPOKEN | words("decision plan position stance"),
    "row": _SPOKEN | words("decision plan position stance"),
    "take": _SPOKEN,
    "retract": _SPOKEN,
    "withdraw": _SPOKEN - {"support"},
    **dict.fromkeys(
        "drop abandon reverse shelve scrap ditch renounce give retreat backtrack renege".split(),  # noqa: SIM905
        (_SPOKEN | _INTENDED) - {"support"},
    ),
    "soften": _SPOKEN | words("stance position tone line"),
}
BACKING = words("support favor favour")
# What happens shows, suggests and threatens as well, and says nothing by it.
_SHOWING = words("threaten highlight underscore underline echo signal point emphasize emphasise refer promise")
_EVENTS = words(
    "evidence data fact facts tariff tariffs move moves war crisis opposition storm fire rain incident incidents "
    "attack attacks strikes case cases result results trend trends reception exchange event events development "
    "developments figures numbers row dispute conflict conflicts cuts drought inflation shortage violence "
    "episode absence lack rise fall increase decline collapse vote clashes delay delays flood floods outbreak "
    "this"
)
_BODIES = words(
    "government ministry administration party countries states nations lawmakers senators ministers leaders parliament "
    "council committee coalition opposition union bloc president chancellor premier minister spokesman spokeswoman"
)
# Whoever sits in judgement says what they find; anybody else finds a door open, and decides to leave.
_FINDING = frozenset({"find", "decide", "resolve"})
_JUDGING = words(
    "court courts tribunal tribunals jury judge judges justices magistrate magistrates arbitrator arbitrators coroner "
    "panel inquiry commission committee board watchdog ombudsman regulator regulators auditors investigators"
)
_WAYS = words("away off down out up into")
_REACH = 4  # words from a determiner to its noun
_FIGURE_REACH = 9  # words from "put" to the figure
_UNNAMED = words("named identified quoted")
# Infinitives that tell of silence, where nothing is said behind them.
SILENCE = words("say comment elaborate answer respond reply speculate discuss specify confirm disclose reveal")


def suit(tokens: Sequence[Token], cue: Cue, last: int) -> bool:
    """Whether what stands behind the cue, from `last` on, is such that it reports speech."""
    at = phrases.skip_time(tokens, last)
    if cue.act in {"ask", "demand"} and _anonymous(tokens, at):
        return False
    if cue.lemma in {"refuse", "decline"}:
        return _infinitive(tokens, at)
    if cue.lemma == "deny":
        return not withheld(tokens, at)
    if cue.lemma == "call" and cue.particle is None:
        return not _bears_name(tokens, last)
    if cue.lemma == "put":
        return _figure(tokens, at)
    if cue.lemma in _FINDING | {"hold", "rule"} and cue.particle is None:
        return _that_clause(tokens, at)
    if cue.lemma == "leave":
        near = {token.low for token in tokens[at : at + 3]}
        return at < len(tokens) and (tokens[at].low in WH_WORDS or bool(near & _OPEN_QUESTIONS))
    if cue.lemma == "come" or (cue.lemma == "point" and cue.particle is None):
        return at < len(tokens) and tokens[at].low in cue.prepositions
    if cue.lemma == "back" and cue.particle is None and _WAYS & {token.low for token in tokens[at : at + 2]}:
        return False  # "backed away from threats" is neither support nor its refusal, nor is "backed that up"
    nouns = _OBJECTS.get(cue.lemma)
    if nouns is None or (cue.lemma == "back" and cue.particle is None):
        return True
    if at < len(tokens) and tokens[at].low in cue.prepositions:
        at += 1
    return _names(tokens, at, nouns)


def takes(tokens: Sequence[Token], cue: Cue, form: Form, *, speaker: Phrase, group: int, at: int) -> bool:
    """Whether the subject takes a stand by the verb: a port supports trade, and who "supported" a motion voted."""
    if cue.lemma in _FINDING:
        return _judging(tokens, speaker)
    if cue.lemma in _SHOWING and _event(tokens, speaker):
        return at < len(tokens) and (tokens[at].kind == "quote" or tokens[at].low == "that")
    if cue.lemma not in BACKING:
        return True
    if form == "past" and tokens[group].low not in HAVE | MODALS | DO:
        return False
    head = tokens[speaker.last - 1]
    somebody = head.capital or head.low in _BODIES or head.low in PERSON_PRONOUNS - {"it", "you", "who"}
    return somebody and at < len(tokens) and tokens[at].kind == "word" and tokens[at].low not in OBJECT_PRONOUNS


def _judging(tokens: Sequence[Token], speaker: Phrase) -> bool:
    """Whether the head of the subject sits in judgement: "the Supreme Court of Karsovia", "a panel of three judges"."""
    head = speaker.first + 1
    while head < speaker.last and tokens[head].low not in PREPOSITIONS:
        head += 1
    return tokens[head - 1].low in _JUDGING


def _anonymous(tokens: Sequence[Token], at: int) -> bool:
    """Whether a source only asks for its name to be kept: "not to be named", "to remain anonymous"."""
    near = [token.low for token in tokens[at : at + 4]]
    if near[:1] == ["not"]:
        return near[1:3] == ["to", "be"] and bool(_UNNAMED & set(near[3:]))
    return near[:1] == ["anonymity"] or near[:2] == ["for", "anonymity"] or "anonymous" in near[2:3]


def _that_clause(tokens: Sequence[Token], at: int) -> bool:
    """Whether "that" opens a clause here, and does not point at a noun: "holds that view"."""
    if at + 1 >= len(tokens) or tokens[at].low != "that":
        return False
    following = tokens[at + 1]
    return following.capital or following.low in DETERMINERS | PERSON_PRONOUNS


def _names(tokens: Sequence[Token], at: int, nouns: frozenset[str]) -> bool:
    """Whether a noun phrase of one of these nouns begins here: "its earlier demand", "plans to close it"."""
    if at + 1 < len(tokens) and tokens[at].low in nouns and tokens[at + 1].low in {"to", "for", "that"}:
        return True
    if at >= len(tokens) or not (tokens[at].low in DETERMINERS or tokens[at].capital):
        return False
    for token in tokens[at : at + 1 + _REACH]:
        if token.low in nouns:
            return True
        if token.kind == "mark" or phrases.is_verb(token):
            return False
    return False


def _figure(tokens: Sequence[Token], at: int) -> bool:
    """Whether a figure is given for something: "the number of dead at 12", "the cost at around $3bn"."""
    for k in range(at + 1, min(len(tokens) - 1, at + _FIGURE_REACH)):
        if tokens[k].kind == "mark":
            return False
        if tokens[k].low == "at":
            return any(token.kind == "number" or token.text == "$" for token in tokens[k + 1 : k + 4])
    return False


def _infinitive(tokens: Sequence[Token], at: int) -> bool:
    """Whether an infinitive follows that no cue of its own reports: "to sign", "to comment"."""
    if at + 1 >= len(tokens) or tokens[at].low != "to":
        return False
    verb = at + 1
    while verb + 1 < len(tokens) and phrases.is_adverb(tokens[verb]):
        verb += 1
    if tokens[verb].low == "be":
        return verb + 1 < len(tokens) and tokens[verb + 1].low not in _UNNAMED | {"drawn"}
    if tokens[verb].low not in lexicon.FORMS:
        return True
    behind = phrases.skip_time(tokens, verb + 1)
    return tokens[verb].low in SILENCE and (behind >= len(tokens) or tokens[behind].kind == "mark")


def _bears_name(tokens: Sequence[Token], at: int) -> bool:
    """Whether what stands before "called" is what bears the name behind it: "a method called drift mapping,"."""
    noun = tokens[at - 2] if at > 1 else None
    if noun is None or noun.kind != "word" or noun.capital or phrases.is_adverb(noun) or phrases.is_verb(noun):
        return False
    if noun.low in PERSON_PRONOUNS or at >= len(tokens) or tokens[at].low in DETERMINERS | OBJECT_PRONOUNS:
        return False
    name = phrases.after(tokens, at, short=True)
    if name is None or name.last >= len(tokens):
        return name is not None
    return tokens[name.last].kind == "mark" or phrases.is_verb(tokens[name.last])


def _event(tokens: Sequence[Token], subject: Phrase) -> bool:
    """Whether the subject, up to its first preposition, is something that happened: "opposition to the bill"."""
    last = subject.first + 1
    while last < subject.last and tokens[last].low not in PREPOSITIONS:
        last += 1
    return tokens[last - 1].low in _EVENTS
