"""The registry of the gallery: one sample of every message, answer, modal and view that On Record can show.

A new message kind is one more line in the module of its kind; `test_gallery.py` fails until it is there.
"""

from __future__ import annotations

from pathlib import Path

from strait_story import newsroom_of, put_on_record, strait

from bot.ledger import Ledger
from shown.answers import ASKED, asked
from shown.asking import asking
from shown.cards import cards, threads
from shown.flow import digests, flow
from shown.notices import notices
from shown.office import looked_up, office, running, sources
from shown.sample import ON, Page, Sample, seen
from shown.triage import PRESSED, changes, decided, pressed
from shown.unusual import unusual

__all__ = ["ASKED", "ON", "PRESSED", "Page", "Sample", "cards", "notices", "pages", "seen", "threads"]


def pages(folder: Path) -> tuple[Page, ...]:
    """Every page of the gallery; the answers come from two records that are made in `folder`."""
    story = strait()
    with (
        Ledger.open(str(folder / "gallery.db"), durable=False) as ledger,
        Ledger.open(str(folder / "office.db"), durable=False) as empty,
    ):
        put_on_record(ledger, story)
        newsroom = newsroom_of(ledger, story.desk)
        return (
            Page(name="cards", says="The card, as it lives", samples=tuple(cards(story)), looks=("dark", "narrow")),
            Page(name="threads", says="Replies in its thread", samples=tuple(threads(story))),
            Page(name="answers", says="Answers to commands", samples=tuple(asked(newsroom, ASKED))),
            Page(name="buttons", says="Answers to the buttons of a card", samples=tuple(pressed(newsroom))),
            Page(name="triage", says="Deciding by commands and in forms", samples=tuple(decided(newsroom, ledger))),
            Page(name="changes", says="What the thread says of it", samples=tuple(changes(story))),
            Page(name="flow", says="What is sent where and when", samples=tuple(flow(newsroom))),
            Page(name="digests", says="Digests and notices", samples=tuple(digests(story)), looks=("dark", "narrow")),
            Page(
                name="office",
                says="App Home, greeting and shortcuts",
                samples=tuple(office(story, empty)),
                looks=("dark", "narrow"),
            ),
            Page(name="looked-up", says="Looked up beyond the record", samples=tuple(looked_up(story, empty))),
            Page(name="sources", says="Sources", samples=tuple(sources(story, empty))),
            Page(
                name="asking",
                says="Asking the record",
                samples=tuple(asking(running(story, empty), empty, story)),
            ),
            Page(name="notices", says="Errors and notices", samples=tuple(notices(story))),
            Page(
                name="hostile",
                says="Words of unusual length, script or intent",
                samples=tuple(unusual(story.alert)),
                looks=("narrow",),
            ),
        )
