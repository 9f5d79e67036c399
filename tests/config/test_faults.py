"""Every kind of fault is found, named with its file and place, and said so that it can be mended."""

from __future__ import annotations

import pytest

from config.load import check

from .conftest import FEEDS, FILES, OFFICIALS, ONRECORD, TOPICS

NOTHING: dict[str, str] = {}
PLUGIN = 'use = "plugin"\nplugin = "newsroom.judges:second_opinion"'
ENDPOINT = 'endpoint = "http://127.0.0.1:8080/v1"'
LLM = f'use = "llm"\nmodel = "m"\n{ENDPOINT}'


def told(folder) -> list[str]:
    return [str(fault) for fault in check(folder, NOTHING)]


def test_the_small_configuration_has_no_fault(write):
    assert told(write()) == []


# What is replaced in which file, and the one line that must come of it.
ONE_FAULT = [
    # types and shapes
    ("feeds", 'name = "Harbour Post"\n', "", "feeds.toml: feed 'harbour-post' name: is missing"),
    ("feeds", '"Harbour Post"', "7", "feeds.toml: feed 'harbour-post' name: must be text in quotation marks"),
    ("feeds", '"Harbour Post"', '""', "feeds.toml: feed 'harbour-post' name: is empty"),
    ("feeds", '"Harbour Post"', '"  "', "feeds.toml: feed 'harbour-post' name: is blank"),
    (
        "feeds",
        '"Harbour Post"',
        '"' + "x" * 201 + '"',
        "feeds.toml: feed 'harbour-post' name: is longer than 200 characters",
    ),
    ("feeds", 'id = "harbour-post"\n', "", "feeds.toml: feed[0] id: is missing"),
    (
        "feeds",
        '"harbour-post"',
        '"harbour post"',
        "feeds.toml: feed 'harbour post' id: 'harbour post' may hold letters, digits, '-' and '_' only, "
        "and begins with a letter or a digit",
    ),
    (
        "feeds",
        '"https://harbour-post.example/world.rss"',
        '"ftp://harbour-post.example"',
        "feeds.toml: feed 'harbour-post' url: 'ftp://harbour-post.example' must begin with http:// or https://",
    ),
    (
        "feeds",
        '"https://harbour-post.example/world.rss"',
        '"https://:80/x"',
        "feeds.toml: feed 'harbour-post' url: 'https://:80/x' names no host that could be reached",
    ),
    ("feeds", "every_minutes = 10", 'every_minutes = "10"', "feed 'harbour-post' every_minutes: must be a number"),
    ("feeds", "every_minutes = 10", "every_minutes = true", "feed 'harbour-post' every_minutes: must be a number"),
    ("feeds", "every_minutes = 10", "every_minutes = nan", "feed 'harbour-post' every_minutes: must be "),
    (
        "feeds",
        "every_minutes = 10",
        "every_minutes = 0",
        "feeds.toml: feed 'harbour-post' every_minutes: must be greater than 0",
    ),
    ("feeds", "enabled = false", 'enabled = "no"', "feed 'valley-wire' enabled: must be true or false"),
    (
        "feeds",
        'url = "http://wire',
        'login = "desk:s3cret"\nurl = "http://wire',
        "feed 'valley-wire' login: is the name of a variable in the environment",
    ),
    ("feeds", '"http://wire', '"http://desk:s3cret@wire', "feed 'valley-wire' url: holds a login: take it out"),
    ("feeds", '["10.1.2.3:8080"]', '"10.1.2.3:8080"', "feed 'valley-wire' allow: must be a list in square brackets"),
    (
        "feeds",
        '["10.1.2.3:8080"]',
        '["10.1.2.3"]',
        "feeds.toml: feed 'valley-wire' allow[0]: '10.1.2.3' is not host:port, such as 10.1.2.3:443",
    ),
    ("feeds", '["10.1.2.3:8080"]', '["10.1.2.3:99999"]', "is not host:port"),
    (
        "feeds",
        "every_minutes = 10",
        "evry_minutes = 10",
        "feeds.toml: feed 'harbour-post' evry_minutes: unknown key (did you mean 'every_minutes'?)",
    ),
    ("feeds", FEEDS, 'feed = "none"\n', "feeds.toml: feed: must be written as [[feed]] tables"),
    ("feeds", FEEDS, "[feed]\nid = 'x'\n", "feeds.toml: feed: must be written as [[feed]] tables"),
    ("feeds", "[[feed]]\nid", "[[feeds]]\nid", "feeds.toml: feeds: unknown key (did you mean 'feed'?)"),
    (
        "officials",
        'rank = "leader"',
        'rank = "leeder"',
        "officials.toml: official 'mara-velden' mandates[0].rank: 'leeder' is none of leader, minister, spokesman, "
        "deputy, ambassador, adviser, legislator, military, other (did you mean 'leader'?)",
    ),
    (
        "officials",
        "since = 2024-07-01",
        'since = "last summer"',
        "officials.toml: official 'tomas-reede' mandates[1].since: must be a day such as 2025-01-20",
    ),
    (
        "officials",
        'titles = ["President of Velmark"]',
        'titel = ["President of Velmark"]',
        "official 'mara-velden' mandates[0].titel: unknown key (did you mean 'titles'?)",
    ),
    (
        "officials",
        OFFICIALS,
        OFFICIALS + "[[official.mandates]]\n",
        "official 'tomas-reede' mandates: unknown key (did you mean 'mandate'?)",
    ),
    ("topics", 'words = [["toll", "tolls"], ["port", "ships"]]', "words = []", "propositions[0].words: needs at least"),
    ("topics", '["toll", "tolls"]', '"toll"', "propositions[0].words[0]: must be a list in square brackets"),
    (
        "topics",
        '["toll", "tolls"]',
        "[]",
        "topics.toml: topic 'port-toll' propositions[0].words[0]: an empty group can never be matched",
    ),
    # repeated and shared
    ("feeds", '"valley-wire"', '"harbour-post"', "feeds.toml: feed 'harbour-post' id: is used by an earlier entry too"),
    (
        "onrecord",
        ONRECORD,
        ONRECORD + '[[channel]]\nid = "C0FACTDESK"\n',
        "onrecord.toml: channel 'C0FACTDESK' id: is used by an earlier entry too; every id stands once",
    ),
    (
        "onrecord",
        ONRECORD,
        ONRECORD + '[[channel]]\nid = "desk"\n\n[[channel]]\nid = "#desk"\n',
        "onrecord.toml: channel '#desk' id: is used by an earlier entry too; every id stands once",
    ),
    (
        "topics",
        TOPICS,
        TOPICS + '[[topic.proposition]]\nid = "toll-charged"\ntext = "Again"\nwords = [["x"]]\n',
        "topics.toml: topic 'port-toll' propositions[1].id: 'toll-charged' stands twice in this topic",
    ),
    (
        "feeds",
        '"http://wire.example:8080/rss"',
        '"HTTPS://Harbour-Post.example:443/world.rss/"',
        "'HTTPS://Harbour-Post.example:443/world.rss/' must begin with",
    ),
    (
        "feeds",
        '"http://wire.example:8080/rss"',
        '"https://Harbour-Post.example:443/world.rss/"',
        "feeds.toml: feed 'valley-wire' url: feed 'harbour-post' polls this address already",
    ),
    (
        "officials",
        '"Tomas Reede"',
        '"mara  velden"',
        "officials.toml: official 'tomas-reede' name: official 'mara-velden' has the same full name; tell them apart",
    ),
    # references
    (
        "officials",
        'side = "VEL-PORTS"',
        'side = "VEL-PORT"',
        "officials.toml: official 'tomas-reede' mandates[1].side: unknown side 'VEL-PORT' (did you mean 'VEL-PORTS'?)",
    ),
    (
        "officials",
        'side = "VEL-PORTS"',
        'side = "Ostermouth"',
        "mandates[1].side: unknown side 'Ostermouth' (did you mean 'VEL'?)",
    ),
    (
        "officials",
        'within = ["VEL"]',
        'within = ["Atlantis"]',
        "officials.toml: side 'VEL-PORTS' within[0]: unknown side 'Atlantis'",
    ),
    (
        "officials",
        'adjectives = ["Velmarkian"]',
        'within = ["VEL-PORTS"]',
        "officials.toml: side 'VEL' within: runs in a circle: VEL within VEL-PORTS within VEL",
    ),
    ("officials", 'within = ["VEL"]', 'within = ["VEL-PORTS"]', "runs in a circle: VEL-PORTS within VEL-PORTS"),
    (
        "officials",
        'speaks_for = ["mara-velden"]',
        'speaks_for = ["velden"]',
        "official 'tomas-reede' mandates[0].speaks_for[0]: unknown official 'velden' (did you mean 'mara-velden'?)",
    ),
    (
        "officials",
        "until = 2024-06-30",
        "until = 2021-06-30",
        "officials.toml: official 'tomas-reede' mandates[0].until: 2021-06-30 lies before since = 2022-05-01",
    ),
    (
        "onrecord",
        'topics = ["port-toll"]',
        'topics = ["port-tolls"]',
        "onrecord.toml: channel 'C0FACTDESK' topics[0]: unknown topic 'port-tolls' (did you mean 'port-toll'?)",
    ),
    (
        "onrecord",
        'sides = ["VEL"]',
        'sides = ["XYZ"]',
        "onrecord.toml: channel 'C0FACTDESK' sides[0]: unknown side 'XYZ'",
    ),
    (
        "onrecord",
        'officials = ["mara-velden"]',
        'officials = ["mara-felden"]',
        "channel 'C0FACTDESK' officials[0]: unknown official 'mara-felden' (did you mean 'mara-velden'?)",
    ),
    # settings and channels
    (
        "onrecord",
        '"C0FACTDESK"',
        '"Fact Desk!"',
        "onrecord.toml: channel 'Fact Desk!' id: 'Fact Desk!' is no Slack channel: give its id (such as C0123ABCD) "
        "or its name in small letters",
    ),
    (
        "onrecord",
        '"C0OPERATOR"',
        '"The Desk"',
        "onrecord.toml: [slack] operator_channel: 'The Desk' is no Slack channel",
    ),
    (
        "onrecord",
        "every_minutes = 7",
        "every_minutes = 7\nfastest_minutes = 9\nslowest_minutes = 8",
        "onrecord.toml: [polling] slowest_minutes: 8 lies under fastest_minutes = 9",
    ),
    ("onrecord", '"denied_claim"', '"denied-claim"', "kinds[1]: 'denied-claim' is none of"),
    ("onrecord", "[ledger]", "[leger]", "onrecord.toml: leger: unknown key (did you mean 'ledger'?)"),
    ("onrecord", '[ledger]\npath = "record.db"', "ledger = 1", "onrecord.toml: [polling] ledger: unknown key"),
    ("onrecord", ONRECORD, "ledger = 1\n", "onrecord.toml: ledger: must be written as a table [ledger]"),
    ("onrecord", '"record.db"', '""', "onrecord.toml: [ledger] path: is empty"),
    (
        "onrecord",
        '"record.db"',
        '"postgresql://desk:hunter2@db/record"',
        "onrecord.toml: [ledger] path: holds a password: set ONRECORD_DATABASE_URL in the environment instead",
    ),
    (
        "onrecord",
        'mode = "http"',
        'mode = "https"',
        "[slack] mode: 'https' is none of socket, http (did you mean 'http'?)",
    ),
    ("onrecord", 'mode = "http"', 'base_url = "slack.com"', "[slack] base_url: must be an http or https address"),
    ("onrecord", 'mode = "http"', "settling_seconds = 5", "[slack] settling_seconds: must be over 10"),
    ("onrecord", "[judge]", "[health]\nport = 70000\n[judge]", "onrecord.toml: [health] port: "),
    ("onrecord", "[judge]", '[health]\nhost = ""\n[judge]', "onrecord.toml: [health] host: is empty"),
    ("onrecord", "[judge]", "[health]\nlate_minutes = 0\n[judge]", "onrecord.toml: [health] late_minutes: "),
    ("onrecord", "[judge]", "[health]\ndeaf = 5\n[judge]", "onrecord.toml: [health] deaf: unknown key"),
    ("onrecord", "high_score = 0.9", "high_score = 0.2", "[alerts] high_score: 0.2 lies under minimum_score = 0.5"),
    (
        "onrecord",
        '"newsroom.judges:second_opinion"',
        '"newsroom.judges"',
        "[judge] plugin: 'newsroom.judges' is not of the form package.module:function",
    ),
    (
        "onrecord",
        'use = "plugin"',
        'use = "llama"',
        "[judge] use: 'llama' is none of rules, built_in, nli, llm, plugin",
    ),
    (
        "onrecord",
        'use = "plugin"',
        "",
        "[judge] plugin: is set and does nothing, as use = 'built_in': did you mean use = ",
    ),
    ("onrecord", PLUGIN, 'use = "plugin"', "[judge] plugin: is not set, and the judge 'plugin' needs it"),
    ("onrecord", PLUGIN, 'use = "nli"', "[judge] directory: is not set, and the judge 'nli' needs it"),
    ("onrecord", PLUGIN, 'use = "llm"\nmodel = "m"', "[judge] endpoint: is not set, and the judge 'llm' needs it"),
    ("onrecord", PLUGIN, f'use = "llm"\n{ENDPOINT}', "[judge] model: is not set, and the judge 'llm' needs it"),
    ("onrecord", PLUGIN, f'{LLM}\nfallback = "nli"', "[judge] directory: is not set, and the judge 'nli' needs it"),
    (
        "onrecord",
        PLUGIN,
        f'{LLM}\nfallback = "rules"\ndirectory = "x"',
        "[judge] directory: is set and does nothing, as use = 'llm'",
    ),
    ("onrecord", PLUGIN, "reads = true", "[judge] reads: is set and does nothing, as use = 'built_in'"),
    ("onrecord", PLUGIN, LLM.replace("http:", "ftp:"), "[judge] endpoint: must be an http or https address, such as"),
    (
        "onrecord",
        PLUGIN,
        LLM.replace("//", "//desk:hunter2@"),
        "[judge] endpoint: must be a bare address: a key is set as ONRECORD_LLM_API_KEY in the environment, never here",
    ),
    ("onrecord", PLUGIN, LLM.replace("/v1", "/v1/chat/completions"), "[judge] endpoint: ends in /chat/completions"),
    ("onrecord", PLUGIN, f"{LLM}\nseconds = 0", "[judge] seconds: "),
    ("onrecord", PLUGIN, f'{LLM}\napi_key = "k"', "[judge] api_key: is never read from here: set ONRECORD_LLM_API_KEY"),
    (
        "onrecord",
        'mode = "http"',
        'bot_token = "anything"',
        "onrecord.toml: [slack] bot_token: is never read from here: set SLACK_BOT_TOKEN in the environment, "
        "or SLACK_BOT_TOKEN_FILE to a path",
    ),
    # broken files
    ("feeds", 'name = "Valley Wire"', "name = Valley Wire", "feeds.toml: line 9, column 8: broken TOML: "),
    ("topics", TOPICS, '[[topic]]\nid = "x', "topics.toml: line 2, at the end: broken TOML: "),
    ("feeds", "every_minutes = 10", "every_minutes = " + "9" * 5000, "feeds.toml: broken TOML: "),
    ("feeds", "every_minutes = 10", "every_minutes = 10" + "\nname = 1", "feeds.toml: line "),
    ("feeds", '["10.1.2.3:8080"]', "[" * 3000, "feeds.toml: broken TOML: nested too deeply"),
]


@pytest.mark.parametrize(("stem", "old", "new", "expected"), ONE_FAULT)
def test_one_mistake_gives_one_fault_that_says_where_and_what(write, stem, old, new, expected):
    text = FILES[f"{stem}.toml"]
    assert text.count(old) >= 1

    found = told(write(**{stem: text.replace(old, new, 1)}))

    assert len(found) == 1, found
    assert expected in found[0]
    assert found[0].startswith(f"{stem}.toml: ")


def test_faults_of_all_files_come_at_once_in_the_order_of_the_files(write):
    folder = write(
        onrecord=ONRECORD.replace('["port-toll"]', '["x-toll", "y"]').replace(
            "every_minutes = 7", "every_minutes = -1"
        ),
        topics="[[topic]\n",
        officials=OFFICIALS.replace('side = "VEL"\nrank = "leader"', 'side = "Q"\nrank = "boss"'),
        feeds=FEEDS.replace('id = "harbour-post"\n', ""),
    )

    files = [line.split(":")[0] for line in told(folder)]

    assert files == ["feeds.toml", "officials.toml", "officials.toml", "topics.toml", "onrecord.toml"]


def test_references_into_a_broken_file_are_not_called_unknown(write):
    found = told(write(officials="[[side"))

    assert [line for line in found if not line.startswith("officials.toml: line 1")] == []


def test_a_wrong_entry_is_still_known_to_those_who_refer_to_it(write):
    found = told(write(officials=OFFICIALS.replace('gender = "f"', 'gender = "x"')))

    assert len(found) == 1
    assert "gender" in found[0]


def test_two_officials_may_share_an_alias(write):
    officials = OFFICIALS.replace(
        'name = "Tomas Reede"', 'name = "Tomas Reede"\naliases = ["M. Velden", "Mara Velden"]'
    )

    assert told(write(officials=officials)) == []


def test_a_long_circle_of_sides_is_told_once(write):
    ring = "".join(f'[[side]]\nid = "S{n}"\nname = "Side {n}"\nwithin = ["S{(n + 1) % 5}"]\n' for n in range(5))

    found = told(write(officials=OFFICIALS + ring))

    assert found == [
        "officials.toml: side 'S0' within: runs in a circle: S0 within S1 within S2 within S3 within S4 within S0"
    ]


def test_a_side_within_two_larger_ones_that_meet_again_is_no_circle(write):
    more = """
    [[side]]
    id = "A"
    name = "A"
    within = ["B", "C"]
    [[side]]
    id = "B"
    name = "B"
    within = ["VEL"]
    [[side]]
    id = "C"
    name = "C"
    within = ["VEL"]
    """

    assert told(write(officials=OFFICIALS + more)) == []


TOKEN = "xoxb-" + "1234567890-abcdefghij"


@pytest.mark.parametrize(
    ("stem", "old", "new"),
    [
        ("onrecord", 'path = "record.db"', f'path = "{TOKEN}"'),
        ("onrecord", 'name = "Fact desk"', f'name = "{TOKEN}"'),
        ("onrecord", 'id = "C0FACTDESK"', f'id = "{TOKEN}"'),
        ("onrecord", "[ledger]", f"# token: {TOKEN}\n[ledger]"),
        ("onrecord", "[ledger]", f"{TOKEN}\n[ledger]"),
        ("onrecord", "[ledger]", f'"{TOKEN}" = 1\n[ledger]'),
        ("onrecord", 'topics = ["port-toll"]', f'topics = ["{TOKEN}"]'),
        ("onrecord", 'mode = "http"', f'bot_token = "{TOKEN}"'),
        ("onrecord", 'mode = "http"', f'mode = "{TOKEN}"'),
        ("feeds", '"Harbour Post"', '"' + TOKEN.replace("xoxb", "xapp") + '"'),
        ("officials", 'side = "VEL-PORTS"', f'side = "{TOKEN}"'),
        ("officials", 'id = "tomas-reede"', f'id = "{TOKEN}"'),
    ],
)
def test_a_token_in_a_file_is_refused_and_never_repeated(write, stem, old, new):
    text = FILES[f"{stem}.toml"]
    assert old in text

    found = told(write(**{stem: text.replace(old, new, 1)}))

    assert found
    assert "1234567890" not in "\n".join(found)
    assert all(line.startswith((f"{stem}.toml: ", "onrecord.toml: ")) for line in found)


def test_a_token_in_a_value_is_answered_with_what_to_do(write):
    found = told(write(onrecord=ONRECORD.replace('"record.db"', f'"{TOKEN}"')))

    assert len(found) == 1
    assert found[0].startswith("onrecord.toml: [ledger] path: holds what looks like a Slack token")
    assert "set SLACK_BOT_TOKEN or SLACK_APP_TOKEN in the environment" in found[0]


def test_text_that_is_not_utf_8_is_named_with_its_line(write):
    folder = write()
    (folder / "topics.toml").write_bytes(b'[[topic]]\nid = "x"\nname = "caf\xe9"\n')

    assert told(folder)[0] == "topics.toml: line 3: is not UTF-8 text"


def test_a_directory_in_place_of_a_file_is_a_fault(write):
    folder = write()
    (folder / "feeds.toml").unlink()
    (folder / "feeds.toml").mkdir()

    assert told(folder) == ["feeds.toml: cannot be read: Is a directory"]


def test_a_link_into_nowhere_is_a_fault_and_not_the_default(write):
    folder = write()
    (folder / "feeds.toml").unlink()
    (folder / "feeds.toml").symlink_to("gone.toml")

    assert told(folder) == ["feeds.toml: cannot be read: No such file or directory"]


def test_a_file_far_too_large_is_refused(write):
    folder = write()
    (folder / "feeds.toml").write_bytes(b"#" * (16 * 1024 * 1024 + 1))

    assert told(folder) == ["feeds.toml: is larger than 16777216 bytes"]


def test_a_misspelt_file_name_is_pointed_out_while_its_own_file_is_absent(write):
    folder = write()
    (folder / "officials.toml").rename(folder / "official.toml")
    (folder / "pyproject.toml").write_text("")

    found = told(folder)

    assert found[0] == "official.toml: is not read by On Record (did you mean 'officials.toml'?)"
    assert not any(line.startswith("pyproject.toml") for line in found)


def test_every_fault_of_a_channels_hours_is_named_at_once(write):
    hours = 'minimum = "high"\nquiet = "25:00-7 Narnia"\ndigest = "08:00"\ncap = -1\n'
    assert told(write(onrecord=ONRECORD.replace('minimum = "high"\n', hours))) == [
        "onrecord.toml: channel 'C0FACTDESK' cap: must be greater than or equal to 0",
        "onrecord.toml: channel 'C0FACTDESK' quiet: “25:00” is no time of day: write it like 07:30; "
        "“Narnia” is no time zone, such as Europe/London",
        "onrecord.toml: channel 'C0FACTDESK' digest: the time zone is missing: write it like Europe/London",
    ]
