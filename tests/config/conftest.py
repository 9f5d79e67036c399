"""A small configuration of invented people, whole and without fault, for tests to spoil."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

FEEDS = """\
[[feed]]
id = "harbour-post"
name = "Harbour Post"
url = "https://harbour-post.example/world.rss"
every_minutes = 10

[[feed]]
id = "valley-wire"
name = "Valley Wire"
url = "http://wire.example:8080/rss"
enabled = false
allow = ["10.1.2.3:8080"]
"""

OFFICIALS = """\
[[side]]
id = "VEL"
name = "Velmark"
names = ["Ostermouth"]
adjectives = ["Velmarkian"]

[[side]]
id = "VEL-PORTS"
name = "Velmark Ports Authority"
kind = "organisation"
within = ["VEL"]

[[official]]
id = "mara-velden"
name = "Mara Velden"
aliases = ["M. Velden"]
gender = "f"

[[official.mandate]]
role = "Velmarkian President"
side = "VEL"
rank = "leader"
titles = ["President of Velmark"]
since = 2022-05-01

[[official]]
id = "tomas-reede"
name = "Tomas Reede"

[[official.mandate]]
role = "Velmarkian presidential spokesman"
side = "VEL"
rank = "spokesman"
speaks_for = ["mara-velden"]
since = 2022-05-01
until = 2024-06-30

[[official.mandate]]
role = "Head of the Velmark Ports Authority"
side = "VEL-PORTS"
since = 2024-07-01
"""

TOPICS = """\
[[topic]]
id = "port-toll"
name = "the port toll"

[[topic.proposition]]
id = "toll-charged"
text = "Velmark charges a toll on foreign ships"
words = [["toll", "tolls"], ["port", "ships"]]
unless = ["bridge"]
accept = ["fair share"]
reject = ["closed harbour"]
"""

ONRECORD = """\
[polling]
every_minutes = 7
first_poll = "alert"

[ledger]
path = "record.db"

[slack]
mode = "http"
operator_channel = "C0OPERATOR"

[alerts]
minimum_score = 0.5
high_score = 0.9

[judge]
use = "plugin"
plugin = "newsroom.judges:second_opinion"

[[channel]]
id = "C0FACTDESK"
name = "Fact desk"
topics = ["port-toll"]
sides = ["VEL"]
officials = ["mara-velden"]
kinds = ["reversal", "denied_claim"]
minimum = "high"
"""

FILES: Mapping[str, str] = {
    "feeds.toml": FEEDS,
    "officials.toml": OFFICIALS,
    "topics.toml": TOPICS,
    "onrecord.toml": ONRECORD,
}

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes the small configuration, with the given files in place of its own, and returns its folder."""

    def written(**changed: str) -> Path:
        folder = tmp_path / "newsroom"
        folder.mkdir(exist_ok=True)
        for name, text in (FILES | {f"{stem}.toml": text for stem, text in changed.items()}).items():
            (folder / name).write_text(text, encoding="utf-8")
        return folder

    return written
