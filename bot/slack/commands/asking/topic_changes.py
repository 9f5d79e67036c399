"""What editors do with topics: a preview that says how many statements move, and a button that does it once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.ledger.errors import LedgerError
from bot.slack.blocks import answers
from bot.slack.blocks.asking import changes
from bot.slack.commands.names import bare, topic_called, topics_near
from bot.slack.commands.subcommand import COMMAND

if TYPE_CHECKING:
    from bot.ledger import Ledger, TopicChange
    from bot.slack.newsroom import Answer, Newsroom, Press, Request

_INTO = re.compile(r"\s+(?:into|in|with|and|to|->|→)\s+|\s*,\s*", re.IGNORECASE)
_AS = re.compile(r"\s+(?:as|into|to|->|→)\s+", re.IGNORECASE)
MOST = 500  # positions that one split takes along


def merging(newsroom: Newsroom, request: Request, rest: str) -> Answer:
    """Preview of a merge."""
    del request
    ledger = newsroom.ledger
    names = _INTO.split(rest, maxsplit=1)
    example = f"{COMMAND} topic merge peace force into peacekeepers"
    if len(names) != 2:
        return answers.not_found("topic to merge it into", rest, topics_near(ledger, rest), example)
    found = [topic_called(ledger, bare(name)) for name in names]
    for name, topic in zip(names, found, strict=True):
        if topic is None:
            return answers.not_found("topic", name, topics_near(ledger, name), example)
    source, target = str(found[0]), str(found[1])
    if source == target:
        return answers.noted("Both names mean one topic: there is nothing to merge.")
    source_name, target_name = ledger.topic_named(source), ledger.topic_named(target)
    return changes.preview(
        f"Merge “{source_name}” into “{target_name}”?",
        ledger.remarks_on(source),
        f"move to “{target_name}”, and whatever is filed under “{source_name}” later follows",
        _value("merge", source, target),
    )


def splitting(newsroom: Newsroom, request: Request, rest: str) -> Answer:
    """Preview of a split: the statements of a topic that hold certain words."""
    del request
    ledger = newsroom.ledger
    names = _AS.split(rest, maxsplit=1)
    example = f'{COMMAND} topic split peacekeepers as "NATO troops" NATO'
    source = topic_called(ledger, bare(names[0]))
    if source is None:
        return answers.not_found("topic", names[0], topics_near(ledger, names[0]), example)
    name, words = _named(names[1]) if len(names) == 2 else ("", "")
    if not name or not words:
        return answers.not_found("name for the new topic, and words that its statements hold", "", example=example)
    moving = ledger.on_topic_with(source, words, MOST)
    if not moving:
        return answers.noted(f"No statement under “{ledger.topic_named(source)}” holds “{words}”: nothing would move.")
    return changes.preview(
        f"Split “{name}” off “{ledger.topic_named(source)}”?",
        len({one.statement.key for one in moving}),
        f"that hold “{words}” move to the new topic “{name}”",
        _value("split", source, name, words),
    )


def _named(text: str) -> tuple[str, str]:
    """The new name, in quotation marks or all but the last word, and the words to look for."""
    if found := re.match(r"[\"“”](.+?)[\"“”]\s*(.*)", text):
        return found[1].strip(), found[2].strip() or found[1].strip()
    parts = text.split()
    return (" ".join(parts[:-1]), parts[-1]) if len(parts) > 1 else (text.strip(), text.strip())


def renaming(newsroom: Newsroom, request: Request, rest: str) -> Answer:
    """Preview of a new name."""
    del request
    ledger = newsroom.ledger
    names = _AS.split(rest, maxsplit=1)
    example = f"{COMMAND} topic rename peacekeepers to foreign troops"
    source = topic_called(ledger, bare(names[0]))
    if source is None:
        return answers.not_found("topic", names[0], topics_near(ledger, names[0]), example)
    name = names[1].strip(' "“”')[:200] if len(names) == 2 else ""
    if not name:
        return answers.not_found("new name", "", example=example)
    before = ledger.topic_named(source)
    if before == name:
        return answers.noted(f"“{name}” is its name already.")
    return changes.preview(
        f"Rename “{before}” to “{name}”?",
        ledger.remarks_on(source),
        "keep their place and show the new name; no alert changes its story's name",
        _value("rename", source, name),
    )


def undoing(newsroom: Newsroom, request: Request, rest: str) -> Answer:
    """Preview of taking a change back: the one with this number, else the last that stands."""
    del request
    ledger = newsroom.ledger
    made = ledger.topic_changes()
    undone = {one.undoes for one in made}
    live = [one for one in made if one.what != "undone" and one.number not in undone]
    wanted = int(rest.lstrip("#")) if rest.lstrip("#").isdecimal() and len(rest) < 10 else None
    one = next((one for one in reversed(live) if wanted in (None, one.number)), None)
    if one is None:
        text = f"There is no change {rest} of topics that could be undone." if rest else "No change of topics stands."
        return answers.noted(text)
    return changes.preview(f"Undo change {one.number}: {told(one, ledger)}?", None, "", _value("undo", str(one.number)))


def told(one: TopicChange, ledger: Ledger) -> str:
    """A change in words, with its day."""
    return f"{in_words(one, ledger)} on {one.at:%-d %b %Y}"


def in_words(one: TopicChange, ledger: Ledger) -> str:
    """What a change did."""
    if one.what == "undone":
        return f"change {one.undoes} was undone"
    if one.what == "renamed":
        return f"“{one.before}” was renamed to “{one.after}”"
    if one.what == "merged":
        names = [ledger.topic_first_named(topic or "") for topic in (one.source, one.target)]
        return f"“{names[0]}” was merged into “{names[1]}”"
    return f"“{ledger.topic_first_named(one.target or '')}” was split off"


def _value(*parts: str) -> str:
    return "\x1f".join(parts)[:2000]


def apply(newsroom: Newsroom, press: Press) -> Answer:
    """Do what was previewed; the ledger refuses what cannot be done (any more) in one sentence."""
    ledger, by = newsroom.ledger, press.asker.user
    what, *given = press.value.split("\x1f")
    try:
        if what == "merge":
            done = ledger.merge_topics(given[0], given[1], by, press.now)
        elif what == "split":
            moving = ledger.on_topic_with(given[0], given[2], MOST)
            done = ledger.split_topic(moving, given[1], by, press.now)
        elif what == "rename":
            done = ledger.rename_topic(given[0], given[1], by, press.now)
        else:
            done = ledger.undo_topic_change(int(given[0]), by, press.now)
    except LedgerError as error:
        return changes.refused(str(error))
    return changes.done(done.number, told(done, ledger))
