"""The registry of the gallery: one sample of every message, answer, modal and view that On Record can show.

A new message kind is one more line in one of the lists below; `test_gallery.py` fails until it is there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal

import hostile
from strait_story import ADA, NOW, Story, newsroom_of, put_on_record, strait

from bot.ledger import Ledger
from bot.model import Alert
from bot.slack import actions, commands
from bot.slack.blocks import Desk, answers, card, evidence, joined
from bot.slack.newsroom import Modal, Newsroom, Press, Public
from watchers.model import FeedState

Payload = dict[str, Any]
Kind = Literal["message", "private", "modal", "home"]

ON = Desk(sides={"KESSLAND": "Kessland", "ARDENIA": "Ardenia"}, record_url="https://record.example.org")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One thing to see: its payload as it would go to Slack, and what a caption says of it."""

    says: str
    payload: Payload
    kind: Kind = "message"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Samples that stand in one picture; it is taken in light, and in the other looks named."""

    name: str
    says: str
    samples: tuple[Sample, ...]
    looks: tuple[Literal["dark", "narrow"], ...] = ()


def pages(folder: Path) -> tuple[Page, ...]:
    """Every page of the gallery; the answers come from a record that is made in `folder`."""
    story = strait()
    with Ledger.open(str(folder / "gallery.db"), durable=False) as ledger:
        put_on_record(ledger, story)
        newsroom = newsroom_of(ledger, story.desk)
        return (
            Page(name="cards", says="The card, as it lives", samples=tuple(cards(story)), looks=("dark", "narrow")),
            Page(name="threads", says="Replies in its thread", samples=tuple(threads(story)), looks=("dark",)),
            Page(name="answers", says="Answers to commands", samples=tuple(asked(newsroom, ASKED))),
            Page(name="buttons", says="Answers to buttons", samples=tuple(pressed(newsroom))),
            Page(name="notices", says="Errors and notices", samples=tuple(notices(story))),
            Page(
                name="hostile",
                says="Words of unusual length, script or intent",
                samples=tuple(unusual(story.alert)),
                looks=("dark", "narrow"),
            ),
        )


def cards(story: Story) -> Iterator[Sample]:
    """The card in every state."""
    alert, desk = story.alert, story.desk
    said = story.conflict.earlier.statement
    decided = {"decided_by": "U0ADA", "decided_at": NOW + timedelta(minutes=5), "revision": 2}
    edited = replace(said, amended="the outlet changed these words, as seen on 26 Feb 2031")
    amended = replace(story.conflict, earlier=replace(story.conflict.earlier, statement=edited))
    denied = replace(
        story.conflict,
        answer="denied",
        bridge=None,
        lede="Velden said Orlik “is fine with” monitors. The next day Halasz said that he had agreed to nothing.",
        why="Velden says that Orlik agreed; his spokeswoman says that he did not.",
    )
    carried = {said.key: (said.source, replace(said.source, outlet="The Courier", url="https://courier.example.org/s"))}
    yield Sample(says="Open", payload=card(alert, desk, carried))
    yield Sample(says="Open, with web pages of the record", payload=card(alert, ON))
    yield Sample(says="Confirmed", payload=card(replace(alert, review="confirmed", **decided), desk))
    dismissed = replace(alert, review="dismissed", decision_note="not a conflict", **decided)
    yield Sample(says="Dismissed, with the reason", payload=card(dismissed, desk))
    yield Sample(says="The other side answered: denied", payload=card(replace(alert, conflict=denied), desk))
    yield Sample(says="Further evidence joined", payload=card(replace(alert, joined=(story.conflict.fresh,) * 2), desk))
    yield Sample(says="Amended: an outlet changed the words", payload=card(replace(alert, conflict=amended), desk))
    withdrawn = replace(alert, state="withdrawn", reason="The Courier took the statement back.")
    yield Sample(says="Withdrawn", payload=card(withdrawn, desk))
    yield Sample(says="A change of position", payload=card(_reversal(story), desk))


def _reversal(story: Story) -> Alert:
    conflict = story.conflict
    velden = conflict.earlier.claimed_by
    assert velden is not None
    fresh = replace(conflict.fresh, holder=velden, stance="against", defers_to=None)
    spoken = replace(fresh.statement, speaker=conflict.earlier.statement.speaker, defers_to=None)
    earlier = replace(conflict.earlier, holder=velden, claimed_by=None)
    changed = replace(
        conflict,
        kind="reversal",
        fresh=replace(fresh, statement=spoken),
        earlier=earlier,
        bridge=None,
        answer=None,
        title="Velden, earlier and now, on monitors at the strait",
        lede="On Monday Velden said “He is fine with it”. On Tuesday she said “I have nothing to add”.",
        why="Velden spoke for monitors, and now does not.",
    )
    return replace(story.alert, conflict=changed)


def threads(story: Story) -> Iterator[Sample]:
    """What stands under a card."""
    alert, desk = story.alert, story.desk
    bridge = story.conflict.bridge
    assert bridge is not None
    yield Sample(says="The evidence, first reply", payload=evidence(alert, desk, key="k"))
    yield Sample(says="A statement joined", payload=joined(alert, [bridge], desk, key="k"))
    yield Sample(says="Many joined at once", payload=joined(alert, [bridge, story.conflict.fresh] * 4, desk, key="k"))


ASKED = (  # what is typed after /record, in this order
    "help",
    "help who",
    "who halasz",
    "who velden monitors",
    "conflicts",
    "conflicts tariffs",
    "alert OR-1001",
    "status",
    "who nobody at all",
    "wo velden",
)


def asked(newsroom: Newsroom, typed: tuple[str, ...]) -> Iterator[Sample]:
    """What the one who typed it sees."""
    for words in typed:
        answer = commands.answer(newsroom, words, ADA, NOW)
        yield from seen(f"/record {words}", answer)


PRESSED = (  # an element by its action_id and value, in this order
    ("alert_open", "OR-1001"),
    ("alert_undo", "OR-1001"),
    ("alert_confirm", "OR-1001"),
    ("alert_dismiss", "OR-1001"),
    ("alert_undo", "OR-1001"),
    ("alert_dismiss", "OR-1001"),
    ("alert_not_conflict", "OR-1001"),
)


def pressed(newsroom: Newsroom) -> Iterator[Sample]:
    """What the one who pressed sees; a press that is answered by the card alone shows nothing more."""
    for action, value in PRESSED:
        press = Press(action=action, value=value, asker=ADA, now=NOW)
        yield from seen(f"{action} on {value}", actions.pressed(newsroom, press))


def seen(says: str, answer: object) -> Iterator[Sample]:
    """What comes back to the person, or to everybody."""
    match answer:
        case Modal(view=view):
            yield Sample(says=says, payload=view, kind="modal")
        case Public(message=message, otherwise=otherwise):
            yield Sample(says=f"{says}, to everybody", payload=message)
            yield Sample(says=f"{says}, where it cannot be posted", payload=otherwise, kind="private")
        case dict():
            yield Sample(says=says, payload=answer, kind="private")


def notices(story: Story) -> Iterator[Sample]:
    """What is said when something is not as it should be."""
    desk = story.desk

    def private(says: str, payload: Payload) -> Sample:
        return Sample(says=says, payload=payload, kind="private")

    yield private("Something failed on our side", answers.failed("3fa9c1"))
    yield private("Not allowed", answers.not_allowed("decide on alerts", "checker", "member"))
    yield private("A guest", answers.turned_away("Guests and apps cannot use On Record."))
    broken = answers.record(story.alert, desk, faults=["The Courier: the stored text was altered"])
    yield private("A record whose proof failed", broken)
    yield Sample(says="To the operators' channel", payload=answers.told("The feed courier fails since 09:12 UTC."))


_RUNNING = (
    "We have weighed the matter for many months, in this house and outside it, and I will say it as plainly as I can: "
    "no observer, whatever flag is sewn upon the sleeve, will set foot on the quay while the talks go on. "
)
LONG = (_RUNNING * 14)[:3000]  # a quotation of 3,000 characters
NAME = "Maximiliana Aurelia von und zu Hohenwaldburg-Sternbergsdorf-Niederkirchenstein, Baroness of the Outer Isles"
HOSTILE = "<!channel> *Read* <https://evil.example|the Times>: @here :rotating_light: _now_ ~never~ `rm` <@U0ADA> & co"


def unusual(alert: Alert) -> Iterator[Sample]:
    """Cards with text that would break a careless message."""
    quoting = hostile.quoting
    yield Sample(says="A quotation of 3,000 characters", payload=card(quoting(alert, LONG), ON))
    yield Sample(says="The longest names", payload=card(quoting(alert, "No.", name=NAME, outlet=NAME), ON))
    marked = quoting(alert, HOSTILE, name="*Petra* <!here>", outlet="<https://evil.example|Times>")
    yield Sample(says="Text that would ping, link and format", payload=card(marked, ON))
    arabic = quoting(alert, "لن نقبل أي مراقبين في المضيق، تحت أي علم كان.", name="بترا حلاس", outlet="الميناء")
    yield Sample(says="Right to left", payload=card(arabic, ON))
    japanese = quoting(
        alert, "いかなる旗の下でも、海峡の監視団は受け入れられない。", name="春日 みどり", outlet="港新聞"
    )
    yield Sample(says="Chinese characters and kana", payload=card(japanese, ON))
    emoji = quoting(alert, "No 🙅‍♀️ monitors 🚢 at the strait 🌊, not under any 🏴‍☠️ flag 👩‍👩‍👧‍👦.")
    yield Sample(says="Emoji, joined ones too", payload=card(emoji, ON))
    hidden = quoting(
        alert, "No\u200b mon\u00aditors\u2060 at \u202eeht tiarts\u202c now", name="Pe\u200btra \u2066Halasz\u2069"
    )
    yield Sample(says="Zero width and turned-round text", payload=card(hidden, ON))
    yield Sample(says="Everything at once, at its longest", payload=card(hostile.swollen(alert, LONG), ON))


def feed(name: str) -> FeedState:
    """A feed that does well."""
    return FeedState(feed=name, polled_at=NOW, good_at=NOW)
