"""The files that come with the package: without fault, unambiguous, and about what they say they are about."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from datetime import date
from functools import cache
from importlib import resources
from itertools import pairwise

import pytest

from config.load import check, load
from config.schema import Channel, Config, Mandate, Topic
from config.settings import Settings


@cache
def defaults() -> Config:
    return load(None, {})


def held(official: str, day: date) -> set[str]:
    """The roles that an official of the defaults held on a day."""
    (found,) = [one for one in defaults().officials if one.id == official]
    return {mandate.role for mandate in found.mandates if open_on(mandate, day)}


def open_on(mandate: Mandate, day: date) -> bool:
    return (mandate.since or date.min) <= day <= (mandate.until or date.max)


def test_the_defaults_have_no_fault():
    assert check(None, {}) == ()


def test_the_defaults_are_a_good_start():
    found = defaults()

    assert len(found.feeds) >= 30
    assert len(found.sides) >= 70
    assert len(found.officials) >= 150
    assert len(found.topics) >= 25
    assert [channel.id for channel in found.channels] == ["fact-desk"]


def test_the_settings_file_states_the_defaults_of_the_code():
    assert defaults().settings == Settings()


def test_the_settings_file_documents_every_setting():
    text = resources.files("config").joinpath("onrecord.toml").read_text(encoding="utf-8")
    written = tomllib.loads(text)

    for section, field in Settings.model_fields.items():
        assert set(written[section]) == set(field.annotation.model_fields), section
    assert set(written["channel"][0]) == set(Channel.model_fields)


def test_no_default_feed_may_reach_a_private_network():
    assert [feed.id for feed in defaults().feeds if feed.allow or not feed.enabled] == []


def test_no_name_or_adjective_stands_for_two_sides():
    sides = defaultdict(set)
    for side in defaults().sides:
        for name in (side.name, *side.names):
            sides["name", name.casefold().removeprefix("the ")].add(side.id)
        for adjective in side.adjectives:
            sides["adjective", adjective.casefold()].add(side.id)

    assert {name: ids for name, ids in sides.items() if len(ids) > 1} == {}


def test_no_spelling_stands_for_two_officials():
    people = defaultdict(set)
    for official in defaults().officials:
        for name in (official.name, *official.aliases):
            people[name.casefold()].add(official.id)

    assert {name: ids for name, ids in people.items() if len(ids) > 1} == {}


def test_the_people_and_bodies_of_the_news_are_known():
    names = {name for official in defaults().officials for name in (official.name, *official.aliases)}
    assert {
        "Sergei Lavrov",
        "Sergey Lavrov",
        "Volodymyr Zelensky",
        "Volodymyr Zelenskyy",
        "Volodymyr Zelenskiy",
        "Dmitry Peskov",
        "Alexander Grushko",
        "Kirill Logvinov",
        "Keith Kellogg",
        "Steve Witkoff",
    } <= names
    metonyms = {name: side.id for side in defaults().sides for name in (side.name, *side.names)}
    assert metonyms["Kremlin"] == metonyms["Moscow"] == "RU"
    assert metonyms["White House"] == metonyms["Washington"] == "US"
    assert metonyms["Downing Street"] == "GB"
    assert metonyms["Brussels"] == "EU"


def test_every_mandate_of_one_person_differs_from_the_others():
    for official in defaults().officials:
        roles = [(mandate.role, mandate.since, mandate.until) for mandate in official.mandates]
        assert roles, official.id
        assert len(set(roles)) == len(roles), official.id


def test_no_state_has_two_people_in_one_office_on_one_day():
    """Offices that one person holds at a time; the day of a handover may belong to both."""
    terms = defaultdict(list)
    for official in defaults().officials:
        for mandate in official.mandates:
            single = re.search(
                r"(President|Prime Minister|Foreign Minister|Secretary of State|Chancellor)$", mandate.role
            )
            if single and mandate.since and mandate.rank in {"leader", "minister"}:
                terms[mandate.role].append((mandate.since, mandate.until or date.max, official.id))
    clashes = []
    for role, held_by in terms.items():
        held_by.sort()
        for (_, until, before), (since, _, after) in pairwise(held_by):
            if since < until:
                clashes.append((role, before, after))

    assert clashes == []


def test_only_who_speaks_for_somebody_else_has_a_principal():
    for official in defaults().officials:
        for mandate in official.mandates:
            if mandate.speaks_for:
                assert mandate.rank in {"spokesman", "adviser"}, official.id
                assert official.id not in mandate.speaks_for


@pytest.mark.parametrize(
    ("official", "day", "role"),
    [
        ("donald-trump", date(2018, 6, 1), "US President"),
        ("donald-trump", date(2023, 6, 1), "former US President"),
        ("donald-trump", date(2025, 2, 24), "US President"),
        ("joe-biden", date(2024, 6, 1), "US President"),
        ("dmitry-peskov", date(2025, 2, 25), "Kremlin spokesman"),
        ("sergei-lavrov", date(2025, 2, 18), "Russian Foreign Minister"),
        ("alexander-grushko", date(2025, 3, 16), "Russian Deputy Foreign Minister"),
        ("marco-rubio", date(2025, 4, 18), "US Secretary of State"),
        ("friedrich-merz", date(2025, 5, 26), "German Chancellor"),
        ("olaf-scholz", date(2024, 5, 26), "German Chancellor"),
        ("mark-rutte", date(2020, 1, 1), "Dutch Prime Minister"),
        ("mark-rutte", date(2025, 1, 1), "NATO Secretary General"),
    ],
)
def test_roles_follow_the_day(official, day, role):
    assert held(official, day) == {role}


def test_spokespeople_speak_for_their_principals():
    speaks = {
        official.id: {principal for mandate in official.mandates for principal in mandate.speaks_for}
        for official in defaults().officials
    }
    assert speaks["dmitry-peskov"] == {"vladimir-putin"}
    assert speaks["karoline-leavitt"] == {"donald-trump"}
    assert speaks["maria-zakharova"] == {"sergei-lavrov"}


def test_no_topic_word_is_a_pronoun_in_disguise():
    for topic in defaults().topics:
        for proposition in topic.propositions:
            words = {word.casefold() for group in proposition.words for word in group} | {
                word.casefold() for word in proposition.unless
            }
            assert words.isdisjoint({"us", "u.s.", "who", "it", "may", "un"}), proposition.id


def about(text: str, topic: Topic) -> bool:
    """A plain reading of what `words` and `unless` promise: whole words, in any case, plurals too."""

    def found(phrase: str) -> bool:
        pattern = r"[\s-]+".join(re.escape(word) for word in re.split(r"[\s-]+", phrase))
        return re.search(rf"(?<!\w){pattern}(?:s|es)?(?!\w)", text, re.IGNORECASE) is not None

    return any(
        all(any(map(found, group)) for group in proposition.words) and not any(map(found, proposition.unless))
        for proposition in topic.propositions
    )


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("the idea of NATO peacekeepers in Ukraine is unacceptable", {"peacekeepers"}),
        ("any deployment of NATO troops, even under a different banner, would be a threat to Russia", {"peacekeepers"}),
        ("they are ready to put boots on the ground in Ukraine", {"peacekeepers"}),
        ("an unarmed observer mission could watch over a peace deal", {"peace-observers"}),
        ("UN peacekeepers in Lebanon came under fire from the Russian-made rockets", set()),
        ("Ukrainian troops hold the line near the town", set()),
        ("Ukraine's membership in NATO is off the table", {"ukraine-nato"}),
        ("Ukraine will never be admitted to the alliance", {"ukraine-nato"}),
        ("Sweden's membership in NATO has strengthened the alliance", set()),
        ("Kyiv is ready for an unconditional ceasefire", {"ukraine-ceasefire"}),
        ("Ukraine will not cede any territory", {"ukraine-territory"}),
        ("nobody will recognise Crimea as Russian territory", {"ukraine-territory"}),
        ("the minerals deal with Ukraine will be signed next week", {"ukraine-minerals"}),
        ("Germany will deliver Taurus missiles to Ukraine", {"ukraine-weapons"}),
        ("the sanctions on Russia must be tightened", {"russia-sanctions"}),
        ("the frozen Russian assets must not be used for a reparations loan", {"russian-assets"}),
        ("India will go on buying Russian oil", {"russian-energy"}),
        ("President Trump will meet President Putin in Budapest", {"trump-putin-meeting"}),
        ("Hamas has accepted the ceasefire proposal for Gaza", {"gaza-ceasefire"}),
        ("Hamas must lay down its weapons", {"hamas-disarmament"}),
        ("aid is flowing into Gaza and there is no famine", {"gaza-aid"}),
        ("nobody will be expelled, Palestinians will stay in Gaza", {"gaza-displacement"}),
        ("recognition of Palestine would be a reward for terror", {"palestinian-state"}),
        ("Iran will never give up its right to enrich uranium", {"iran-enrichment"}),
        ("indirect talks between Iran and the United States will continue in Muscat", {"iran-talks"}),
        ("sanctions on Syria will be lifted", {"syria-sanctions"}),
        ("China will answer the new tariffs with its own", {"tariffs-china"}),
        ("tariffs on European cars will rise to 25 percent", {"tariffs-eu"}),
        ("there will be no tariffs on Canadian lumber", {"tariffs-north-america"}),
        ("Taiwan is part of China", {"taiwan"}),
        ("Greenland is not for sale", {"greenland"}),
        ("the Panama Canal belongs to Panama", {"panama-canal"}),
        ("OPEC+ will raise its output by 400,000 barrels per day", {"opec-output"}),
        ("the Federal Reserve sees no reason to cut interest rates", {"interest-rates-fed"}),
        ("the United States will leave the Paris Agreement", {"paris-agreement"}),
        ("we will stop funding the World Health Organization", {"who-funding"}),
        ("Pyongyang has no interest in talks with Washington", {"north-korea-talks"}),
        ("no third party mediated between India and Pakistan", {"india-pakistan"}),
        ("Hungary will veto the start of accession talks with Ukraine in the EU", {"hungary-veto", "ukraine-eu"}),
        ("asylum seekers must be shared out under the EU's migration pact", {"eu-migration"}),
        ("the allies must spend 5 percent of GDP on defence", {"nato-spending"}),
        ("land strikes on Venezuela are not being considered", {"venezuela-action"}),
        ("the weather was fine and the harbour full of ships", set()),
        ("we will look into the matter with our partners", set()),
    ],
)
def test_the_topics_find_what_is_about_them_and_nothing_else(text, topics):
    assert {topic.id for topic in defaults().topics if about(text, topic)} == topics
