"""/record who, about, compare: where people stand, and what others say about that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import listed as listed_as
from bot.slack.blocks import answers
from bot.slack.blocks.asking import pairs, people
from bot.slack.commands.evidence import carried
from bot.slack.commands.names import Finder, bare, side_called, topic_called, topics_near, understand
from bot.slack.commands.subcommand import COMMAND, Subcommand

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.ledger.asked import Stood
    from bot.ledger.records import Person
    from bot.slack.commands.names import Chosen
    from bot.slack.newsroom import Answer, Newsroom, Request

_CLAIMS = 4


def _who(newsroom: Newsroom, request: Request) -> Answer:
    with newsroom.ledger.at_one_moment():
        return _where_they_stand(newsroom, request)


def _where_they_stand(newsroom: Newsroom, request: Request) -> Answer:
    ledger = newsroom.ledger
    named = understand(newsroom, request.words)
    if not named.person or named.lost:
        return missing(newsroom, "who", request.words, person=named.person, lost=named.lost, several=named.several)
    listed = listed_as.official(newsroom.config, named.person)
    found = ledger.card(named.person, named.topic, limit=people.PAGE + 1, skip=request.skip) or listed_as.unheard(
        listed
    )
    if found is None:
        return missing(newsroom, "who", request.words)
    stances = ledger.stances(named.person)
    return people.card(
        found,
        carried(ledger, found.positions[: people.PAGE]),
        newsroom.desk,
        roles=listed_as.history(listed),
        stances=[one for one in stances if named.topic in {None, one.topic}],
        topic=topic_name(newsroom, named.topic),
        skip=request.skip,
        more=len(found.positions) > people.PAGE,
        narrow=_narrow(named.person, stances) if named.topic is None else (),
        hint=_onwards(found.person, named.topic or (stances[0].topic if stances else None)),
    )


def _onwards(person: Person, topic: str | None) -> str:
    """A command that goes on from somebody's card: never the one that was typed."""
    called = person.name.split()[-1].lower()
    return f"{COMMAND} timeline {called} {topic}" if topic else f"{COMMAND} about {called}"


def _narrow(person: str, stances: Sequence[Stood]) -> list[tuple[str, str]]:
    topics = {one.topic: one for one in stances}
    return [(f"{one.name} ({one.remarks})", f"who {person} {topic}") for topic, one in topics.items()]


def topic_name(newsroom: Newsroom, topic: str | None) -> str | None:
    """What a topic on record is called today."""
    return newsroom.ledger.topic_named(topic) if topic else None


def missing(
    newsroom: Newsroom,
    command: str,
    words: str,
    *,
    person: str = "",
    lost: str = "",
    several: Sequence[str] = (),
) -> Answer:
    """Says what was not found, what may have been meant, and how to write it."""
    if lost:
        near = topics_near(newsroom.ledger, lost)
        named = words.removesuffix(lost).strip() or person
        topic = "" if command == "who" else f" {near[0] if near else '<topic>'}"
        return answers.not_found("topic", lost, near, f"{COMMAND} {command} {named}{topic}")
    names = [*several, *newsroom.ledger.some_names(2), "<person>", "<person>"]
    topic = next(iter(topics_near(newsroom.ledger, "")), "<topic>")
    more = {"timeline": f" {topic}", "compare": f", {names[1]} on {topic}"}.get(command, "")
    return answers.not_found("person", words, several, f"{COMMAND} {command} {names[0]}{more}")


def _about(newsroom: Newsroom, request: Request) -> Answer:
    ledger, words = newsroom.ledger, bare(request.words)
    side, rest = side_called(newsroom.config, words)
    person, topic = None, topic_called(ledger, rest) if side and rest else None
    if side and rest and topic is None:
        side = None  # "Georgia Meloni" is not about Georgia
    if side is None:
        named = understand(newsroom, words)
        if not named.person or named.lost:
            return missing(
                newsroom, "about", request.words, person=named.person, lost=named.lost, several=named.several
            )
        person, topic = named.person, named.topic
    found = ledger.claims(person=person, side=side, topic=topic, limit=_CLAIMS + 1, skip=request.skip)
    shown = found[:_CLAIMS]
    told = [one for claim in shown for one in (claim.position, claim.reply) if one]
    name = newsroom.desk.sides.get(side, side) if side else ledger.name_of(person or "")
    return people.claims(
        name or person or "",
        shown,
        carried(ledger, told),
        topic=topic_name(newsroom, topic),
        skip=request.skip,
        more=len(found) > _CLAIMS,
        step=_CLAIMS,
        hint=f"{COMMAND} who {(name or '').split()[-1].lower()}" if person and name else "",
    )


def _compare(newsroom: Newsroom, request: Request) -> Answer:
    ledger, known = newsroom.ledger, Finder(newsroom)
    first = known.first(bare(request.words))
    second = known.first(bare(first.rest)) if first.official else first
    topic = topic_called(ledger, second.rest) if second.official and second.rest else None
    if topic is None:
        first, second, topic = _topic_first(newsroom, request.words) or (first, second, None)
    for one, words in ((first, request.words), (second, first.rest)):
        if not one.official:
            return missing(newsroom, "compare", words, several=one.several)
    if topic is None:
        both = f"compare {ledger.name_of(first.official)}, {ledger.name_of(second.official)}"
        return (
            missing(newsroom, both, second.rest, lost=second.rest)
            if second.rest
            else answers.not_found(
                "topic",
                "",
                topics_near(ledger, ""),
                f"{COMMAND} {both} {next(iter(topics_near(ledger, '')), '<topic>')}",
            )
        )
    positions = [ledger.words_on(one.official, topic) for one in (first, second)]
    names = tuple(ledger.name_of(one.official) or one.official for one in (first, second))
    return pairs.compare(
        (names[0], names[1]),
        topic_name(newsroom, topic) or topic,
        (positions[0], positions[1]),
        carried(ledger, [*positions[0], *positions[1]]),
        alerts=ledger.between(first.official, second.official, topic),
        desk=newsroom.desk,
        hint=f"{COMMAND} timeline {names[0].split()[-1].lower()} {topic}",
    )


def _topic_first(newsroom: Newsroom, words: str) -> tuple[Chosen, Chosen, str] | None:
    """The topic before the people: "monitors velden halasz"."""
    known, parts = Finder(newsroom), bare(words).split()
    for count in range(1, len(parts) - 1):
        topic = topic_called(newsroom.ledger, " ".join(parts[:count]))
        first = known.first(bare(" ".join(parts[count:]))) if topic else None
        second = known.first(bare(first.rest)) if first and first.official else None
        if topic and first and second and second.official and not second.rest:
            return first, second, topic
    return None


SUBCOMMANDS = (
    Subcommand(
        name="who",
        answer=_who,
        usage="who <person> [topic]",
        does="where a person stands: roles, stance by topic, last change, newest words",
        examples=("who peskov", "who kremlin peacekeepers", "who peacekeepers peskov"),
    ),
    Subcommand(
        name="about",
        answer=_about,
        usage="about <person|side> [topic]",
        does="what others say they hold, and their own side's answer",
        examples=("about putin", "about russia peacekeepers"),
    ),
    Subcommand(
        name="compare",
        answer=_compare,
        usage="compare <A> <B> <topic>",
        does="two people side by side, agreement too",
        examples=("compare peskov trump peacekeepers", "compare peskov, trump on peacekeepers"),
    ),
)
