"""Two entries that editors have made one person are one where words are compared, told and kept apart again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from stage.house import House, title, words
from stage.newsstand import Item

from bot.correcting import ByHand, Correcting
from bot.demo.stories import with_invented_country
from bot.desk import roster
from bot.ledger import Ledger, Target
from bot.ledger.people.roster import RosterChange
from bot.mending import Mending
from bot.pipeline import Pipeline
from config.load import load
from config.schema import Channel, Config, Official
from watchers.model import Article

NOW = datetime(2025, 3, 7, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
HOLT = Target(kind="person", id="ilse-holt", name="Ilse Holt")
AGAINST = (
    "“A toll on foreign ships in the port of Ostermouth is out of the question,” Ilse Holt told reporters on Monday."
)
IN_FAVOUR = (
    "“We support a toll on foreign ships in the port of Ostermouth,” Prime Minister Ilse Marken said on Wednesday."
)
STILL = (
    "“Whoever uses the harbour has to pay: we welcome a toll on every ship from abroad,” Prime Minister Ilse Marken said"
    " on Thursday."
)
LATER = "“My government accepts the toll on ships of foreign owners,” Prime Minister Ilse Marken said on Friday."


def with_two_entries(config: Config) -> Config:
    """The invented country, one of whose people has a second entry under a former name."""
    config = with_invented_country(config)
    return config.model_copy(update={"officials": (*config.officials, Official(id="ilse-holt", name="Ilse Holt"))})


@pytest.fixture(scope="module")
def files() -> Config:
    return with_two_entries(load(environ={})).model_copy(update={"channels": (Channel(id="desk"),)})


def article(name: str, text: str, day: int) -> Article:
    return Article(
        id=name,
        keys=(f"id:{name}",),
        url=f"https://times.example/{name}",
        outlet="The Harbour Times",
        title=name,
        text=f"The port of Ostermouth was busy. {text}",
        published=datetime(2025, 3, day, 9, tzinfo=UTC),
        retrieved=NOW,
    )


def merge(ledger: Ledger) -> int:
    content = {"alias": "Ilse Holt", "merged": "ilse-holt"}
    done = ledger.change_roster(RosterChange(what="alias", subject="ilse-marken", content=content, by="U1", at=NOW))
    assert done is not None
    return done.number


def undo(ledger: Ledger, number: int) -> None:
    assert ledger.change_roster(
        RosterChange(what="undone", subject="ilse-marken", content={}, by="U1", at=NOW, undoes=number)
    )


def reader(files: Config, ledger: Ledger) -> Correcting:
    """The pipeline as the service makes it anew after each change of people."""
    return Correcting(roster.taken_up(files, ledger))


def kinds(ledger: Ledger) -> list[str]:
    return [alert.conflict.kind for alert in ledger.conflicts()]


def test_the_opposite_of_what_was_said_under_the_other_entry_is_a_reversal_once_both_are_one_and_never_before_or_after(
    files: Config, ledger: Ledger
) -> None:
    reader(files, ledger).record(article("holt", AGAINST, 3), ledger, now=NOW)
    assert reader(files, ledger).record(article("marken", IN_FAVOUR, 5), ledger, now=NOW).raised == ()
    number = merge(ledger)
    (alert,) = reader(files, ledger).record(article("again", STILL, 6), ledger, now=NOW).raised
    assert (alert.conflict.kind, alert.conflict.title) == ("reversal", "Marken, earlier and now, on the port toll")
    assert "both are on record as one person, the earlier words under the name Ilse Holt" in alert.conflict.check_first
    held = alert.conflict.earlier
    assert (held.holder.name, held.holder.official) == ("Ilse Holt", "ilse-marken")
    assert [one.statement.key for one in ledger.positions_of(held.statement)] == [held.statement.key], "filed once"
    undo(ledger, number)
    apart = reader(files, ledger).record(article("later", LATER, 7), ledger, now=NOW)
    assert (apart.statements, apart.raised, apart.joined) == (1, (), ())
    (alert,) = ledger.conflicts()
    assert alert.conflict.earlier.holder.official == "ilse-holt", "it is shown as it was read"


def test_an_article_that_was_read_before_the_merge_counted_is_compared_as_one_of_that_person(
    files: Config, ledger: Ledger
) -> None:
    Pipeline(files).record(article("marken", IN_FAVOUR, 4), ledger, now=NOW)
    merge(ledger)
    text = AGAINST.replace("Monday", "Thursday")
    (alert,) = Pipeline(files).record(article("holt", text, 6), ledger, now=NOW).raised
    assert alert.conflict.kind == "reversal"


def test_a_follow_and_a_mute_of_the_entry_that_went_hold_for_words_filed_under_either(
    files: Config, ledger: Ledger
) -> None:
    ledger.follow("U1", HOLT, "U1", NOW)
    ledger.mute("desk", HOLT, NOW + 2 * HOUR, "U1", NOW)
    reader(files, ledger).record(article("holt", AGAINST, 3), ledger, now=NOW)
    merge(ledger)
    raised = reader(files, ledger).record(article("marken", IN_FAVOUR, 5), ledger, now=NOW).raised
    assert {alert.channel: alert.state for alert in raised} == {"desk": "listed", "U1": "pending"}


def test_a_mute_of_a_pair_holds_once_its_person_has_one_entry_and_is_ended_by_the_name_it_has_then(
    files: Config, ledger: Ledger
) -> None:
    before = IN_FAVOUR.replace("Prime Minister Ilse Marken", "Ilse Holt").replace("Wednesday", "Tuesday")
    reader(files, ledger).record(article("no", AGAINST, 3), ledger, now=NOW)
    (card,) = reader(files, ledger).record(article("yes", before, 4), ledger, now=NOW).raised
    pair = Target(kind="pair", id=card.conflict.case, name=card.name)
    ledger.mute("other", pair, NOW + 24 * HOUR, "U1", NOW)
    merge(ledger)
    both = files.model_copy(update={"channels": (Channel(id="desk"), Channel(id="other"))})
    (copy,) = reader(both, ledger).record(article("again", STILL, 6), ledger, now=NOW).raised
    assert (copy.channel, copy.state) == ("other", "listed")
    assert copy.conflict.case != pair.id, "it has the name of today"
    today = Target(kind="pair", id=copy.conflict.case, name=copy.name)
    assert len(ledger.unmute("other", today, "U1", NOW)) == 1


def test_a_route_for_the_entry_that_went_takes_words_filed_under_either(files: Config, ledger: Ledger) -> None:
    only = files.model_copy(update={"channels": (Channel(id="desk", officials=("ilse-holt",)),)})
    reader(only, ledger).record(article("holt", AGAINST, 3), ledger, now=NOW)
    merge(ledger)
    (alert,) = reader(only, ledger).record(article("marken", IN_FAVOUR, 5), ledger, now=NOW).raised
    assert (alert.channel, alert.state) == ("desk", "pending")


def test_a_merge_into_an_entry_that_is_in_the_files_no_more_holds_nowhere(files: Config, ledger: Ledger) -> None:
    reader(files, ledger).record(article("holt", AGAINST, 3), ledger, now=NOW)
    merge(ledger)
    (marken,) = [one for one in files.officials if one.id == "ilse-marken"]
    one = marken.model_copy(update={"id": "ilse-holt", "aliases": (*marken.aliases, "Ilse Holt")})
    others = [one for one in files.officials if one.id not in {"ilse-holt", "ilse-marken"}]
    only = (Channel(id="desk", officials=("ilse-holt",)),)
    tidy = files.model_copy(update={"officials": (*others, one), "channels": only})
    (alert,) = reader(tidy, ledger).record(article("marken", IN_FAVOUR, 5), ledger, now=NOW).raised
    assert alert.channel == "desk"
    assert ledger.one_person() == {}
    reader(files, ledger)
    assert ledger.one_person() == {"ilse-holt": "ilse-marken"}, "the files give both again"


def test_a_story_that_has_a_card_under_the_old_entry_keeps_it_and_one_remark_under_both_names_is_one(
    files: Config, ledger: Ledger
) -> None:
    before = IN_FAVOUR.replace("Prime Minister Ilse Marken", "Ilse Holt").replace("Wednesday", "Tuesday")
    reader(files, ledger).record(article("no", AGAINST, 3), ledger, now=NOW)
    (card,) = reader(files, ledger).record(article("yes", before, 4), ledger, now=NOW).raised
    remarks = ledger.status().utterances
    merge(ledger)
    told = before.replace("Ilse Holt", "Prime Minister Ilse Marken")
    assert reader(files, ledger).record(article("other", told, 4), ledger, now=NOW).raised == ()
    assert ledger.status().utterances == remarks, "another report of it"
    recorded = reader(files, ledger).record(article("again", STILL, 6), ledger, now=NOW)
    assert (recorded.raised, [alert.number for alert in recorded.joined]) == ((), [card.number])


def test_words_filed_under_the_entry_that_went_are_mended_as_those_of_the_person(files: Config, ledger: Ledger) -> None:
    reader(files, ledger).record(article("holt", AGAINST, 3), ledger, now=NOW)
    number = merge(ledger)
    (statement,) = ledger.called("out of the question")
    assert statement.party is not None
    assert statement.party.official == "ilse-marken"
    ByHand(reader(files, ledger), ledger).mend(statement, Mending(said=datetime(2025, 3, 2).date()), "U1", "", NOW)
    (mended,) = [one for one in ledger.called("out of the question") if one.mended]
    assert mended.party is not None
    assert (mended.party.official, mended.party.role) == ("ilse-marken", "Prime Minister of Velmark")
    undo(ledger, number)
    apart = {name: ledger.who(name) for name in ("ilse-holt", "ilse-marken")}
    assert {name: one and (one.name, len(one.positions)) for name, one in apart.items()} == {
        "ilse-holt": ("Ilse Holt", 1),
        "ilse-marken": None,
    }


async def test_an_editor_who_merges_two_entries_in_slack_gets_one_card_of_what_neither_alone_had_shown(
    house: House,
) -> None:
    house.names, house.adjust = ["times"], with_two_entries
    stand = house.stand.stand("times")

    def item(guid: str, text: str, day: int) -> Item:
        whole = f"{text}\nThe first bills are to go out in summer, according to the harbour office in the capital."
        return Item(guid=guid, title=guid, text=whole, published=datetime(2025, 3, day, 9, tzinfo=UTC))

    stand.items = [item("no", AGAINST, 3), item("yes", IN_FAVOUR, 5)]
    async with house.open() as service:
        await house.stand.looked_at("times", 2)
        async with house.until(lambda: service.ledger is not None and service.ledger.status().articles == 2):
            assert house.cards() == []
        answer = await house.workspace.slash("ada", "fact-desk", "person merge Ilse Holt into Ilse Marken", within=30)
        assert "1 statement of Ilse Holt are then Ilse Marken’s" in words(answer.posts[0])
        await house.workspace.click("ada", "fact-desk", answer.posts[0].ts, "person_merge", answers=1)
        stand.items = [*stand.items, item("still", STILL, 6)]
        await house.workspace.wait_for(lambda: len(house.cards()) == 1, within=30, what="one card")
        await house.delivered("times")
    assert [title(card) for card in house.cards()] == ["Marken, earlier and now, on the port toll"]
