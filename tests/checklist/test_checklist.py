"""The checklist may only get better: no capability falls below its floor, and what must never raise does not."""

from __future__ import annotations

import re
import tomllib
from collections import Counter

import pytest
from measure import BEGIN, END, FLOORS, by_capability, outcomes, written
from minimal_pairs import HERE, Pair, load
from outcomes import Outcome, World

PAIRS = load()
FRESH = load(HERE / "fresh")  # measured, and asked for by no test
CAPABILITIES = list(dict.fromkeys(pair.capability for pair in PAIRS))
FLOOR = tomllib.loads(FLOORS.read_text("utf-8"))
KNOWN = frozenset(tomllib.loads((HERE / "false_alarms.toml").read_text("utf-8"))["known"])
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@pytest.fixture(scope="module")
def found() -> dict[str, list[Outcome]]:
    """What comes out of every pair, by capability."""
    return by_capability(outcomes())


@pytest.mark.parametrize("capability", CAPABILITIES)
def test_as_many_pairs_are_told_apart_as_ever(found: dict[str, list[Outcome]], capability: str) -> None:
    failed = [one.pair.about for one in found[capability] if not one.told_apart]
    assert len(found[capability]) - len(failed) >= FLOOR[capability]["told_apart"], failed


@pytest.mark.parametrize("capability", CAPABILITIES)
def test_as_many_pairs_are_scored_apart_as_ever(found: dict[str, list[Outcome]], capability: str) -> None:
    failed = [one.pair.about for one in found[capability] if not one.scored_apart]
    assert len(found[capability]) - len(failed) >= FLOOR[capability]["scored_apart"], failed


@pytest.mark.parametrize("capability", CAPABILITIES)
def test_a_harmless_situation_raises_no_alert(found: dict[str, list[Outcome]], capability: str) -> None:
    raised = {one.pair.name: one.harmless_kinds for one in found[capability] if not one.silent}
    assert {name: kinds for name, kinds in raised.items() if name not in KNOWN} == {}


def test_the_order_of_arrival_changes_nothing_but_that_late_news_is_no_reversal(
    found: dict[str, list[Outcome]],
) -> None:
    assert [one.pair.name for group in found.values() for one in group if not all(one.orders[:2])] == []


def test_no_alert_shows_the_later_words_as_the_earlier_ones(found: dict[str, list[Outcome]]) -> None:
    assert [one.pair.name for group in found.values() for one in group if one.turned_round] == []


def test_the_comparison_does_not_hang_on_which_statement_is_named_first(found: dict[str, list[Outcome]]) -> None:
    assert [one.pair.name for group in found.values() for one in group if not all(one.orders[2:])] == []


def test_every_capability_has_its_floor_and_at_least_a_dozen_pairs() -> None:
    assert set(FLOOR) == set(CAPABILITIES)
    assert {name: n for name, n in Counter(pair.capability for pair in PAIRS).items() if n < 12} == {}


def test_every_pair_has_a_name_of_its_own_and_known_false_alarms_are_pairs() -> None:
    names = Counter(pair.name for pair in (*PAIRS, *FRESH))
    assert [name for name, times in names.items() if times > 1] == []
    assert set(names) >= KNOWN


@pytest.mark.parametrize("pair", [*PAIRS, *FRESH], ids=lambda pair: pair.name)
def test_a_pair_names_known_speakers_and_the_right_day_of_the_week(pair: Pair, speakers: frozenset[str]) -> None:
    assert pair.conflict != pair.harmless
    for line in {*pair.conflict, *pair.harmless}:
        assert line.by in speakers
        told = re.findall(rf"\b(?:on|On) ({'|'.join(DAYS)})\b", line.before + line.after)
        assert set(told) == {DAYS[line.on.weekday()]}, line.text


@pytest.fixture(scope="module")
def speakers(tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    with World(tmp_path_factory.mktemp("world") / "ledger.db") as world:
        return frozenset(world.speakers)


def test_the_bot_is_given_no_topic_and_does_not_know_the_strangers(tmp_path) -> None:
    with World(tmp_path / "ledger.db") as world:
        assert world.config.topics == ()
        officials = {official.id for official in world.config.officials}
        assert {"carro", "lunde", "nobody"} & officials == set()


@pytest.mark.parametrize(
    ("script", "complaint"),
    [
        ("The words without a speaker", "SPEAKER: text"),
        ("voll: no words are marked", "square brackets"),
        ("voll: [two] are [marked]", "square brackets"),
        ("voll on 2031-02-31: [no such day]", "day"),
    ],
)
def test_a_case_that_cannot_be_read_is_named_with_its_file(tmp_path, script: str, complaint: str) -> None:
    (tmp_path / "tax.toml").write_text(
        f'[[pair]]\nabout = "A tax"\ngiven = "{script}"\nconflict = ""\nharmless = ""\nkind = "reversal"\n'
    )
    with pytest.raises(ValueError, match=rf"tax\.toml, pair 'A tax': .*{complaint}"):
        load(tmp_path)


def test_the_table_takes_the_place_of_the_one_before_and_leaves_the_rest_of_the_page() -> None:
    once = written("# Page\n\nText.\n", "first")
    assert once == f"# Page\n\nText.\n\n{BEGIN}\n\nfirst\n{END}\n"
    assert written(once + "\nMore.\n", "second") == f"# Page\n\nText.\n\n{BEGIN}\n\nsecond\n{END}\nMore.\n"
