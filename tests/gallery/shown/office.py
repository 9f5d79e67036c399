"""The App Home, the greeting, shortcuts, and what is looked up beyond the record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from strait_story import ADA, NOW, Story, newsroom_of, put_on_record

from bot.ledger import Ledger
from bot.slack import actions, commands, events, shortcuts, views
from bot.slack.blocks import answers, modals
from bot.slack.blocks.digests import bulletin
from bot.slack.blocks.sources import IMPORT, OUTLINE, OUTLINE_URL
from bot.slack.homes import home_of
from bot.slack.newsroom import Heard, Newsroom, Press, Submission, Use
from config.schema import Channel, Config, Feed, Mandate, Official, Side
from config.settings import Roles, Settings, SlackSettings
from shown.answers import asked
from shown.inquiries import LIST, Known
from shown.sample import Sample, seen

FILES = Config(
    settings=Settings(roles=Roles(editors=("U0ADA",)), slack=SlackSettings(operator_channel="onrecord-ops")),
    channels=(Channel(id="C0FACTDESK", name="fact-desk", minimum="high"),),
    feeds=(Feed(id="courier", name="The Courier", url="https://courier.example.org/feed"),),
    sides=(Side(id="ARDENIA", name="Ardenia"), Side(id="KESSLAND", name="Kessland")),
    officials=(
        Official(
            id="mara-velden",
            name="Mara Velden",
            mandates=(Mandate(role="President of Ardenia", side="ARDENIA", rank="leader"),),
        ),
        Official(id="madam-president", name="Madam President"),
    ),
)
LOOKED_UP = (
    "check https://courier.example.org/story",
    "check The weather stays fine.",
    "check https://nowhere.example/story",
    "why OR-1001",
    "replay since 14d threshold=0.4",
    "replay colour=red",
    "person",
    "person velden",
    "person add Petra Halasz, Spokeswoman, KESSLAND, spokesman",
    "person alias Mara Velden = Welden",
    "person list",
    "person undo 1",
    "person merge Madam President into Mara Velden",
    "conflicts close",
    "side list",
    "side add Morvia, Morvian",
)
SOURCES = (
    "source",
    "source health",
    "source test https://harbour.example.org/feed",
    "source test https://nowhere.example/feed",
    "source add https://harbour.example.org/feed The Harbour Times",
    "source pause courier",
    "source list",
    "source import",
)


def office(story: Story, ledger: Ledger) -> Iterator[Sample]:
    """What an empty and a full newsroom see; the ledger is empty at first."""
    newsroom = running(story, ledger)
    asker = replace(ADA, channel=None)
    first = home_of(newsroom, asker, NOW, first=True)
    yield Sample(says="App Home, the first time, no data", payload=first, kind="home")
    put_on_record(ledger, story)
    for words in ("follow halasz", "mute monitors for 2h", "assign 1001 me"):
        commands.answer(newsroom, words, asker, NOW)
    yield Sample(says="App Home", payload=home_of(newsroom, asker, NOW), kind="home")
    turned_away = modals.home(answers.turned_away("Guests and apps cannot use On Record."))
    yield Sample(says="App Home of a guest", payload=turned_away, kind="home")
    yield from seen("On Record joins a channel", _told(newsroom, "member_joined_channel", "fact-desk"))
    yield from seen("@On Record who halasz", _told(newsroom, "app_mention", "<@U0ONRECORD> who halasz"))
    for callback, shortcut in shortcuts.SHORTCUTS.items():
        use = Use(callback=callback, text="“I have nothing to add,” Halasz said.", asker=ADA, now=NOW)
        yield from seen(f"Shortcut {shortcut.name}", shortcuts.used(newsroom, use))
    yield from _sent(newsroom, "ask_form", {"ask_words": "who halasz"})


def looked_up(story: Story, ledger: Ledger) -> Iterator[Sample]:
    """What the running service answers beyond the record."""
    newsroom = running(story, ledger)
    yield from asked(newsroom, LOOKED_UP)
    press = Press(action="replay_share", value="since 14d threshold=0.4", asker=ADA, now=NOW)
    yield from seen("Share a replay", actions.pressed(newsroom, press))


def sources(story: Story, ledger: Ledger) -> Iterator[Sample]:
    """Feeds, tried and changed."""
    newsroom = running(story, ledger)
    yield from asked(newsroom, SOURCES)
    noor = replace(ADA, role="member", user="U0NOOR")
    yield from asked(newsroom, ("source add https://tide.example.org/feed The Tide",), noor)
    for waits in ledger.bulletins_due(NOW):
        if waits.channel == "onrecord-ops":
            yield Sample(says="The same in the operators’ channel", payload=bulletin(waits, newsroom.desk))
    for _ in range(2):
        press = Press(action="source_add_fill", value="the-harbour-times", asker=ADA, now=NOW)
        yield from seen("Fill the record", actions.pressed(newsroom, press))
    yield from _sent(newsroom, IMPORT, {OUTLINE_URL: "https://lists.example.org/desk.opml"})
    yield from _sent(newsroom, IMPORT, {OUTLINE: LIST.replace("harbour", "tide")})


def running(story: Story, ledger: Ledger) -> Newsroom:
    """The newsroom as the running service has it: with what can be looked up beyond the record."""
    return replace(newsroom_of(ledger, story.desk), config=FILES, inquiries=Known(story, ledger, FILES))


def _told(newsroom: Newsroom, name: str, text: str) -> object:
    heard = Heard(name=name, asker=ADA, channel="C0FACTDESK", text=text, now=NOW)
    return events.EVENTS[name].does(newsroom, heard)


def _sent(newsroom: Newsroom, callback: str, fields: dict[str, str]) -> Iterator[Sample]:
    submission = Submission(callback=callback, fields=fields, about="", asker=ADA, now=NOW)
    yield from seen(f"{callback}, sent off", views.submitted(newsroom, submission))
