"""News without end from a made world: people who exist nowhere say what they think, and now and then the opposite."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from stage.newsstand import Item

OUTLETS = tuple(f"{town} {kind}" for kind in ("Post", "Courier", "Echo", "Gazette") for town in (
    "Alder", "Birch", "Cedar", "Elder", "Hazel",
))  # fmt: skip
STATES = ("Ardovia", "Belisar", "Corvenia", "Dunmark", "Estria", "Fenland")
FIRST = ("Ada", "Boris", "Clara", "Dorian", "Edda", "Falk", "Greta", "Hugo", "Irma", "Jonas", "Karla", "Lorenz")
LAST = (
    "Amsel",
    "Brandau",
    "Carlin",
    "Dorn",
    "Eschen",
    "Finkel",
    "Garben",
    "Holm",
    "Iversen",
    "Jarrow",
    "Kolbe",
    "Lind",
)
OFFICES = ("Prime Minister", "Foreign Minister", "Finance Minister", "Transport Minister")
SUBJECTS = ("bridge over the strait", "toll on lorries", "tax on timber", "railway to the north", "ban on trawling",
            "port for containers", "dam in the valley", "levy on sugar")  # fmt: skip
FOR = ("We support the {what}", "We welcome the {what}", "I am in favour of the {what}")
AGAINST = ("We reject the {what}", "The {what} is out of the question", "I am against the {what}")
FILLER = (
    "The committee is to meet again next week, and members of the opposition asked for the papers in advance.",
    "Business groups had waited for a word from the government since the spring, when the first plans became known.",
    "Outside the building a few dozen people stood in the rain with banners, and a brass band played.",
    "The budget for the coming year leaves little room, according to figures of the audit office.",
    "Nobody could say how long the works would take, or what would become of the old warehouses by the water.",
    "In the districts along the coast the mood was calm, and shops stayed open until the evening.",
    "A report on the matter is expected in autumn; earlier ones had come to different results.",
)
NUMBERS = 900  # words recur in news: what is kept of each (up to 8,192 of a kind) would else grow by each article
AGREED = 0.9  # of what states hold: where half of them are against each other, most of the work is to write that down
REVERSALS = 0.01  # of the remarks
EDITED = 0.04  # of the articles, later on
COPIED = 0.10  # by another outlet, word for word


def officials() -> list[tuple[str, str, str, str]]:
    """Id, name, office and state of everybody."""
    chance = random.Random(7)
    names = chance.sample([f"{first} {last}" for first in FIRST for last in LAST], len(STATES) * len(OFFICES))
    places = [(office, state) for state in STATES for office in OFFICES]
    return [
        (name.lower().replace(" ", "-"), name, office, state)
        for name, (office, state) in zip(names, places, strict=True)
    ]


def write_world(folder: Path) -> None:
    """The made people, states and subjects as a newsroom would configure them."""
    lines = [
        f'[[side]]\nid = "{state.upper()}"\nname = "{state}"\nkind = "state"\nnames = ["{state}"]\nadjectives = ["{state}n"]\n'
        for state in STATES
    ]
    lines += [
        f'[[official]]\nid = "{key}"\nname = "{name}"\nmandate = [{{ role = "{office} of {state}", side = '
        f'"{state.upper()}", rank = "{"leader" if office.startswith("Prime") else "minister"}", since = 2020-01-01 }}]\n'
        for key, name, office, state in officials()
    ]
    (folder / "officials.toml").write_text("\n".join(lines), "utf-8")
    topics = []
    for subject in SUBJECTS:
        key, words = subject.replace(" ", "-"), subject.split()
        topics.append(
            f'[[topic]]\nid = "{key}"\nname = "the {subject}"\n[[topic.proposition]]\nid = "{key}-is-to-be"\n'
            f'text = "There is to be a {subject}"\nwords = [["{words[0]}"], ["{words[-1]}"]]\n'
        )
    (folder / "topics.toml").write_text("\n".join(topics), "utf-8")


class Newsroom:
    """Writes one article after another; the same ones for the same seed."""

    def __init__(self, seed: int = 1) -> None:
        self._chance = random.Random(seed)
        line = {(state, what): self._chance.random() < AGREED for state in STATES for what in SUBJECTS}
        self._holds = {(key, what): line[state, what] for key, _, _, state in officials() for what in SUBJECTS}
        self._number = 0

    def article(self, now: datetime) -> Item:
        """The next article, of that moment: one to three people say something on one subject."""
        self._number += 1
        what = self._chance.choice(SUBJECTS)
        people = self._chance.sample(officials(), self._chance.randint(1, 3))
        parts = [self._remark(key, name, office, state, what, now) for key, name, office, state in people]
        for _ in range(self._chance.randint(4, 12)):
            parts.insert(self._chance.randint(0, len(parts)), self._filler())
        title = f"{people[0][1]} speaks of the {what}, no. {self._number % NUMBERS}"
        return Item(guid=f"a{self._number}", title=title, text="\n".join(parts), published=now.astimezone(UTC))

    def _remark(self, key: str, name: str, office: str, state: str, what: str, now: datetime) -> str:
        if self._chance.random() < REVERSALS:
            self._holds[key, what] = not self._holds[key, what]
        says = self._chance.choice(FOR if self._holds[key, what] else AGAINST).format(what=what)
        mark = f"and remark number {self._number % NUMBERS} of the year stands as it is"
        return f"“{says}, {mark},” {state}n {office} {name} told reporters on {now:%A}."

    def _filler(self) -> str:
        return f"{self._chance.choice(FILLER)} It was visit number {self._chance.randint(2, NUMBERS)} to the place."

    def edited(self, item: Item) -> Item:
        """The same article with a sentence more, as outlets do all day."""
        return replace(item, text=f"{item.text}\n{self._filler()}", title=f"{item.title} (updated)")

    def chances(self) -> Iterator[str]:
        """What happens with the next article, without end: it is new, copied or edited."""
        while True:
            drawn = self._chance.random()
            yield "edited" if drawn < EDITED else "copied" if drawn < EDITED + COPIED else "new"
