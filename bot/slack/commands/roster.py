"""/record person and /record side: who is known, and changes to it over the files."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, get_args

from rapidfuzz import fuzz, process

from bot.inquiries import Unanswered
from bot.ledger.people.roster import MERGED, RosterChange
from bot.slack.blocks import answers, checks
from bot.slack.blocks import roster as shown
from bot.slack.blocks import sources as plain
from bot.slack.blocks.asking import changes
from bot.slack.commands.subcommand import COMMAND, Subcommand
from bot.slack.newsroom import Begun
from bot.slack.sources import id_for
from config.values import Rank

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.inquiries import Inquiries
    from bot.ledger.people.roster import What
    from bot.slack.newsroom import Answer, Newsroom, Press, Request
    from config.schema import Official, Side

_SAME = 85  # of 100
_SINCE = re.compile(r"\b(?:since|from)\s+(\d{4}-\d{2}-\d{2})\b", re.IGNORECASE)
_INTO = re.compile(r"\s+(?:into|with|and|->|→)\s+|\s*,\s*", re.IGNORECASE)
_UNTIL = re.compile(r"\b(?:until|to)\s+(\d{4}-\d{2}-\d{2})\b", re.IGNORECASE)


def _person(newsroom: Newsroom, request: Request) -> Answer:
    verb, _, rest = request.words.partition(" ")
    if newsroom.inquiries is None:
        return checks.nothing("The roster cannot be shown here: only the running service has it.")
    act = _VERBS.get(verb.casefold())
    if verb and act is None:
        return _show(newsroom, newsroom.inquiries, request.words)
    if act is None or verb.casefold() == "list":
        officials, sides = newsroom.inquiries.roster()
        return shown.changes(newsroom.ledger.roster(), officials, len(sides))
    if verb.casefold() != "show" and not request.asker.may("editor"):
        return answers.not_allowed("change people", "editor", request.asker.role)
    return act(newsroom, request, rest.strip())


def _show(newsroom: Newsroom, inquiries: Inquiries, words: str) -> Answer:
    officials, sides = inquiries.roster()
    one = _called(words, officials)
    if one is None:
        return _nobody(words, officials)
    mine = [change for change in newsroom.ledger.roster() if change.subject == one.id]
    return shown.person(one, {side.id: side.name for side in sides}, mine)


def _shown(newsroom: Newsroom, request: Request, rest: str) -> Answer:
    del request
    assert newsroom.inquiries is not None  # noqa: S101  looked at before
    return _show(newsroom, newsroom.inquiries, rest)


def _alias(newsroom: Newsroom, request: Request, rest: str) -> Answer:
    name, _, alias = (part.strip(' "“”') for part in rest.partition("="))
    if not name or not alias:
        return plain.told(
            f"Whose name, and how is it also written? Example: {COMMAND} person alias Mara Velden = Welden"
        )
    return _mend(newsroom, request, "alias", name, {"alias": alias})


def _role(newsroom: Newsroom, request: Request, rest: str) -> Answer:
    name, _, told = rest.partition("=")
    content = _mandate(newsroom, told)
    if not name.strip() or isinstance(content, str):
        return plain.told(f"{content if isinstance(content, str) else 'Whose role?'} {_ROLE_EXAMPLE}")
    return _mend(newsroom, request, "role", name.strip(), content)


_ROLE_EXAMPLE = f"Example: {COMMAND} person role Mara Velden = Foreign Minister, ARDENIA, minister since 2031-01-20"


def _add(newsroom: Newsroom, request: Request, rest: str) -> Answer:
    name, _, told = rest.partition(",")
    content = _mandate(newsroom, told)
    if len(name.split()) < 2 or isinstance(content, str):
        why = content if isinstance(content, str) else "Give the whole name."
        return plain.told(f"{why} Example: {COMMAND} person add Mara Velden, President of Ardenia, ARDENIA, leader")
    officials, _ = _known(newsroom)
    made = id_for(name, {one.id for one in officials})
    return _change(newsroom, request, "person", made, {"name": name.strip(), "mandates": [content]}, name.strip())


def _mandate(newsroom: Newsroom, words: str) -> dict[str, Any] | str:
    """A role from "role, side[, rank] [since day]", or what is missing in it."""
    content: dict[str, Any] = {}
    for name, pattern in (("since", _SINCE), ("until", _UNTIL)):
        if match := pattern.search(words):
            try:
                content[name] = date.fromisoformat(match[1]).isoformat()
            except ValueError:
                return f"{match[1]} is no day."
            words = words.replace(match[0], " ")
    parts = [part.strip() for part in words.split(",") if part.strip()]
    if len(parts) < 2:
        return "A role and a side are needed."
    ranks = [part.casefold() for part in parts[2:] if part.casefold() in get_args(Rank)]
    if len(ranks) < len(parts[2:]):
        return f"The rank is one of {', '.join(get_args(Rank))}."
    side = _side_called(parts[1], _known(newsroom)[1])
    if side is None:
        return f"There is no side “{parts[1][:80]}”; {COMMAND} side add makes one."
    return {"role": parts[0], "side": side.id, "rank": ranks[0] if ranks else "other", **content}


def _merge(newsroom: Newsroom, request: Request, rest: str) -> Answer:
    """Preview of two entries becoming one."""
    del request
    names = [part.strip(' "“”') for part in _INTO.split(rest, maxsplit=1)]
    officials, _ = _known(newsroom)
    found = [_called(name, officials) for name in names]
    if len(found) < 2:
        return plain.told(f"Which two are one person? Example: {COMMAND} person merge M. Velden into Mara Velden")
    one, other = found
    if one is None or other is None:
        return _nobody(names[found.index(None)], officials)
    if one.id == other.id:
        return plain.told(f"{one.name} is one person already.")
    record = newsroom.ledger.who(one.id)
    return changes.preview(
        f"Are {one.name} ({one.id}) and {other.name} ({other.id}) one person?",
        record.counts.statements if record else 0,
        f"of {one.name} are then {other.name}’s: they are shown as such, and new words of {other.name} are held "
        f"against them. Whatever is read under either name is {other.name}’s, as are routes, follows and mutes of "
        f"{one.name}. What is on record already is not compared among itself again",
        f"{one.id}\x1f{other.id}",
        action=changes.MERGE,
        back="person undo",
    )


def merge(newsroom: Newsroom, press: Press) -> Answer:
    """Let two entries be one person, as was previewed."""
    gone, _, stays = press.value.partition("\x1f")
    if newsroom.inquiries is None:
        return changes.refused("only the running service changes people")
    officials = {one.id: one for one in newsroom.inquiries.roster()[0]}
    if gone not in officials or stays not in officials:
        return changes.refused("the two were merged or changed meanwhile")
    content = {"alias": officials[gone].name, MERGED: gone}
    change = RosterChange(what="alias", subject=stays, content=content, by=press.asker.user, at=press.now)
    try:
        done = newsroom.inquiries.change_roster(change)
    except Unanswered as error:
        return changes.refused(str(error))
    answer = {**shown.done(done, officials[stays].name), "replace_original": True}
    return Begun(payload=answer, then=newsroom.inquiries.roster_changed)


def _undo(newsroom: Newsroom, request: Request, rest: str) -> Answer:
    number = int(rest) if rest.isascii() and rest.isdigit() and len(rest) <= 9 else 0
    change = next((one for one in newsroom.ledger.roster() if one.number == number), None)
    if change is None:
        return plain.told(f"No change {rest[:20]} stands. {COMMAND} person list shows those that do.")
    undo = RosterChange(
        what="undone", subject=change.subject, content={}, by=request.asker.user, at=request.now, undoes=number
    )
    return _written(newsroom, undo, change.subject)


def _side(newsroom: Newsroom, request: Request) -> Answer:
    verb, _, rest = request.words.partition(" ")
    if newsroom.inquiries is None:
        return checks.nothing("Sides cannot be shown here: only the running service has them.")
    if verb.casefold() != "add":
        sides = _known(newsroom)[1]
        names = ", ".join(f"{side.name} ({side.id})" for side in sides[:60])
        return plain.told(f"{len(sides)} sides: {names}")
    if not request.asker.may("editor"):
        return answers.not_allowed("change sides", "editor", request.asker.role)
    parts = [part.strip() for part in rest.split(",") if part.strip()]
    if not parts:
        return plain.told(f"Which side? Example: {COMMAND} side add Ardenia, Ardenian, Port Velm")
    sides = _known(newsroom)[1]
    made = id_for(parts[0], {side.id.casefold() for side in sides}).upper()
    content = {"name": parts[0], "adjectives": parts[1:2], "names": parts[2:]}
    return _change(newsroom, request, "side", made, content, parts[0])


def _mend(newsroom: Newsroom, request: Request, what: What, name: str, content: dict[str, Any]) -> Answer:
    officials, _ = _known(newsroom)
    one = _called(name, officials)
    if one is None:
        return _nobody(name, officials)
    return _change(newsroom, request, what, one.id, content, one.name)


def _change(  # noqa: PLR0917 - what a change is made of, each once
    newsroom: Newsroom, request: Request, what: What, subject: str, content: dict[str, Any], name: str
) -> Answer:
    change = RosterChange(what=what, subject=subject, content=content, by=request.asker.user, at=request.now)
    return _written(newsroom, change, name)


def _written(newsroom: Newsroom, change: RosterChange, name: str) -> Answer:
    assert newsroom.inquiries is not None  # noqa: S101  looked at before
    try:
        done = newsroom.inquiries.change_roster(change)
    except Unanswered as error:
        return plain.told(str(error))
    newsroom.inquiries.roster_changed()
    return shown.done(done, name)


def _known(newsroom: Newsroom) -> tuple[tuple[Official, ...], tuple[Side, ...]]:
    assert newsroom.inquiries is not None  # noqa: S101  looked at before
    return newsroom.inquiries.roster()


def _called(words: str, officials: tuple[Official, ...]) -> Official | None:
    """The one person of this name, alias or id; a surname is enough where one alone bears it."""
    wanted = words.casefold().strip()
    exact = [one for one in officials if wanted in {one.id.casefold(), *_names(one)}]
    last = [one for one in officials if wanted and one.name.casefold().split()[-1] == wanted]
    found = exact or last
    if not found and wanted:
        names = {one.id: one.name.casefold() for one in officials}
        near = process.extractOne(wanted, names, scorer=fuzz.ratio, score_cutoff=_SAME)
        found = [one for one in officials if near and one.id == near[2]]
    return found[0] if len(found) == 1 else None


def _names(one: Official) -> set[str]:
    return {name.casefold() for name in (one.name, *one.aliases)}


def _nobody(words: str, officials: tuple[Official, ...]) -> Answer:
    names = [one.name for one in officials]
    near = [name for name, score, _ in process.extract(words, names, scorer=fuzz.WRatio, limit=3) if score > 60]
    return answers.not_found("person", words, near, f"{COMMAND} person add {words or 'Mara Velden'}, role, side")


def _side_called(words: str, sides: tuple[Side, ...]) -> Side | None:
    wanted = words.casefold()
    return next((one for one in sides if wanted in {one.id.casefold(), one.name.casefold()}), None)


_VERBS: Mapping[str, Callable[[Newsroom, Request, str], Answer]] = {
    "list": _shown,
    "show": _shown,
    "add": _add,
    "alias": _alias,
    "role": _role,
    "merge": _merge,
    "undo": _undo,
}

SUBCOMMANDS = (
    Subcommand(
        name="person",
        answer=_person,
        usage="person [name|add|alias|role|merge|undo|list]",
        does="who is known and from where; editors add people, spellings and roles, and merge two of one person",
        examples=(
            "person peskov",
            "person alias Mara Velden = Welden",
            "person role Mara Velden = Foreign Minister, ARDENIA, minister since 2031-01-20",
            "person add Ivo Brandt, Harbour Minister of Ardenia, ARDENIA, minister",
            "person merge M. Velden into Mara Velden",
            "person undo 3",
        ),
    ),
    Subcommand(
        name="side",
        answer=_side,
        usage="side [list|add <name>, <adjective>, <further names>]",
        does="the sides for which somebody can speak; editors add one",
        examples=("side list", "side add Ardenia, Ardenian, Port Velm"),
    ),
)
