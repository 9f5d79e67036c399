"""From a statement to positions: whose stance on which proposition, read from the words alone."""

from __future__ import annotations

from dataclasses import replace

from bot.model import Party, Position, Statement
from bot.opinions import Gloss
from bot.positions.charges import charge
from bot.positions.clauses import clauses
from bot.positions.filing import filed, placed
from bot.positions.gazetteer import Gazetteer
from bot.positions.issues import COMMON, ISSUE_OF
from bot.positions.pointing import points_back
from bot.positions.ruling import stance
from bot.positions.scope import slots
from bot.positions.stance import EXPLICIT, PLAIN, Reading, read
from bot.positions.subjects import OWN
from bot.positions.topics import Issue, Topics, configured, made
from bot.positions.weighing import weighed
from bot.positions.words import phrase, words

__all__ = [
    "EXPLICIT",
    "Gazetteer",
    "Topics",
    "claimed_by",
    "filed",
    "glossed",
    "placed",
    "read",
    "split",
    "take",
    "towards",
    "weighed",
]

_ABOUT = " [about: "  # how the reading room marks context behind a content
_BRIEF = 6  # words; so short an answer has its subject in the question
_SOMEBODY = 0.4  # how sure a stance is at most that the words give to somebody else
_MAX = 4  # positions from one statement: more means a list of issues, not a stance on each


def take(statement: Statement, topics: Topics, gazetteer: Gazetteer, *, bare: bool = False) -> tuple[Position, ...]:
    """The positions that `statement` shows: none without a holder, or without anything to be for or against.

    With `bare` also those whose stance no word shows, for an encoder to read.
    """
    holder = statement.holder or statement.party
    if holder is None or not statement.content.strip():
        return ()
    found: list[Position] = []
    issues = _issues(statement, topics, gazetteer)[:_MAX]
    if bare and not issues:
        issues = tuple(filter(None, (made(statement.source.title, gazetteer, frozenset()),)))
    for issue in issues:
        reading = stance(statement, split(statement.content)[0], issue, gazetteer)
        if reading.stance == "none" and (statement.told or statement.recalled):  # the narrator says where it stands
            reading = Reading(stance="against" if statement.negated else "for", strength=PLAIN)
        if reading.stance == "none" and not statement.defers_to and not bare:
            continue
        if issue.turned:  # "he rejected these demands": of what kind they are is not known from the words alone
            reading = replace(reading, strength=min(reading.strength, _SOMEBODY))
        found.append(_position(statement, *_attributed(holder, reading, gazetteer), issue, gazetteer))
    claim = charge(statement, found[0], gazetteer) if found else None
    return (*found, claim) if claim else tuple(found)


def glossed(statement: Statement, gloss: Gloss, holder: Party, topics: Topics, gazetteer: Gazetteer) -> Position | None:
    """The position of `holder` that a second reading shows, on the issue that the rules file the statement under.

    A configured proposition keeps its text, and None is told where the words are on no issue at all.
    """
    issue = next(iter(_issues(statement, topics, gazetteer)), None)
    if issue is None:
        return None
    reading = Reading(stance=gloss.stance, strength=gloss.strength, operators=(gloss.quote,))
    found = _position(statement, holder, reading, issue, gazetteer)
    return (
        found if found.on_named_topic else replace(found, proposition_text=gloss.proposition or found.proposition_text)
    )


def towards(text: str, other: str) -> Reading:
    """The stance of `text` towards what `other` names too: both are taken to be on one issue."""
    shared = {_root(word.form) for word in words(other) if word.form not in COMMON and len(word.form) > 3}
    return read(text, {word.start for word in words(text) if _root(word.form) in shared})


def _root(form: str) -> str:
    """The first letters of a word: "deploy" and "deployment" begin alike."""
    return form[:6]


def _issues(statement: Statement, topics: Topics, gazetteer: Gazetteer) -> tuple[Issue, ...]:
    """Configured propositions named in the content; else in what it leans on; else one made from either."""
    text, about = split(statement.content)
    found = configured(text, topics)
    if found:
        return found
    reading = read(text)
    contexts = _contexts(statement, text, about, reading)
    for context in contexts:
        found = configured(text, topics, context)
        if found:
            return (replace(found[0], turned=_turns(context)),)
    around = about or statement.before
    found = configured(text, topics, around, core=True) if around and reading.strength >= EXPLICIT else ()
    if found:
        return found[:1]
    names = frozenset(form for party in (statement.party, statement.holder) if party for form in phrase(party.name))
    issue = made(text, gazetteer, names)
    for context in contexts:
        if issue is None or not issue.public:
            named = made(context, gazetteer, names)
            issue = replace(named, focus=frozenset()) if named else issue
    if issue and not issue.public:  # words that name no public affair are filed under what the headline names
        named = made(statement.source.title, gazetteer, names)
        if named and named.public:
            issue = replace(named, focus=issue.focus, topic_name=issue.topic_name)
    return (issue,) if issue else ()


def split(content: str) -> tuple[str, str]:
    """The words of a statement, and the words before it that they point back to (" [about: …]"), if any."""
    text, mark, about = content.partition(_ABOUT)
    return (text, about.rstrip("]")) if mark else (content, "")


def _turns(context: str) -> bool:
    """Whether the words leant on turn against what they name: "demanded that it drop its bid"."""
    found = clauses(context)
    return any(op.kind in {"less", "reject"} for part in found for op in part.operators)


def _contexts(statement: Statement, text: str, about: str, reading: Reading) -> tuple[str, ...]:
    """What the content leans on: nothing, unless it points back and takes an open stance, or gives no answer.

    The headline is leant on only by an answer that gives none ("I have nothing to add"): it names what was asked.
    """
    if statement.defers_to or reading.stance == "no_comment":
        return tuple(context for context in (about, statement.before, statement.source.title) if context)
    brief = len(words(text)) <= _BRIEF and reading.strength >= EXPLICIT
    named = any(word.form in ISSUE_OF for word in words(text))
    if named or not (brief or points_back(text)):
        return ()
    return tuple(context for context in (about, statement.before) if context)


def _attributed(holder: Party, reading: Reading, gazetteer: Gazetteer) -> tuple[Party, Reading]:
    """The holder of a reading: the side whose act the words tell; a weak reading where nobody knows whose it is."""
    if reading.whose == OWN:
        return holder, reading
    side = gazetteer.sides.get(reading.whose)
    if side is None:
        return holder, replace(reading, strength=min(reading.strength, _SOMEBODY))
    return Party(name=side.name, side=side.id, person=False), reading


def _position(statement: Statement, holder: Party, reading: Reading, issue: Issue, gazetteer: Gazetteer) -> Position:
    return Position(
        statement=statement,
        holder=holder,
        topic=issue.topic,
        topic_name=issue.topic_name,
        proposition=issue.proposition,
        proposition_text=issue.proposition_text,
        stance=reading.stance,
        strength=max(0.0, reading.strength),
        claimed_by=claimed_by(statement, holder, gazetteer),
        defers_to=statement.defers_to,
        operators=reading.operators,
        scope=slots(statement.content, gazetteer, reading.condition),
    )


def claimed_by(statement: Statement, holder: Party, gazetteer: Gazetteer) -> Party | None:
    """The speaker, where the speaker does not speak for the holder's side; a source that is not named, as written."""
    speaker = statement.party
    if speaker is None and statement.speaker and statement.holder:
        return Party(name=statement.speaker.as_written, person=False)
    if speaker is None or speaker.same(holder):
        return None
    if speaker.side and holder.side and gazetteer.one_side(speaker.side, holder.side):
        return None
    return speaker
