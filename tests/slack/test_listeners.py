"""Real Bolt against the local workspace: the same listeners by Socket Mode and by signed HTTP."""

from __future__ import annotations

import asyncio
import json

import pytest

from bot.slack import SlackRefused, SlackSide, Tokens
from bot.slack.app import CONNECTIONS
from bot.slack.errors import SlackUnreachable
from config.schema import Config
from config.settings import Settings, SlackSettings

CHANNEL = "fact-desk"


def side_of(ledger, workspace, clock, mode="socket", **tokens):
    slack = SlackSettings(base_url=workspace.base_url, mode=mode, http_port=0)
    given = {"bot": workspace.bot_token, "app": workspace.app_token, "signing": workspace.signing_secret}
    return SlackSide(
        ledger=ledger, config=Config(settings=Settings(slack=slack)), tokens=Tokens(**given | tokens), clock=clock
    )


@pytest.fixture(params=["socket", "http"])
async def side(request, ledger, workspace, clock):
    started = side_of(ledger, workspace, clock, request.param)
    await started.start()
    if request.param == "http":
        workspace.use_http(f"http://127.0.0.1:{started.http_port}/slack/events")
    yield started
    await started.stop()


@pytest.fixture
async def posted(side, alert, workspace):
    """The card of the story, delivered."""
    await workspace.wait_for(lambda: len(workspace.messages(CHANNEL)) == 1)
    return workspace.messages(CHANNEL)[0]


def shown(answer):
    return json.dumps(answer.blocks, ensure_ascii=False)


def only_to(answer, user):
    return all(post.seen_only_by == user for post in answer.posts)


async def test_who_shows_the_newest_words_to_the_asker_alone(side, alert, workspace):
    answer = await workspace.slash("ada", CHANNEL, "who halasz")
    assert only_to(answer, "U0ADA")
    assert "*Petra Halasz* · Spokeswoman" in shown(answer)
    assert "I have nothing to add”" in shown(answer)
    assert "refers to Ivo Sternad" in shown(answer)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", "*On Record* keeps what officials said"),
        ("help", "`who` `said` `timeline`"),
        ("HELP look up", "`who &lt;person&gt; [topic]`"),
        ("who", "Which person?"),
        ("who velden monitors", "Mara Velden"),
        ("who  Mara   VELDEN", "Mara Velden"),
        ("who “Velden”", "Mara Velden"),
        ("who <@U0ADA|velden>", "Mara Velden"),
        ("who velden tariffs", "No topic “tariffs” was found in the record. Did you mean monitors at the strait?"),
        ("who velden tariffs", "Example: `/record who velden`"),
        ("who nobody at all", "No person “nobody at all” was found in the record."),
        ("conflicts", "Halasz vs Velden on monitors at the strait"),
        ("conflicts open", "Halasz vs Velden on monitors at the strait"),
        ("conflicts sternad", "Halasz vs Velden on monitors at the strait"),
        ("conflicts dismissed", "No alerts for “dismissed” are on record."),
        ("conflicts tariffs", "No person, side or topic “tariffs” was found in the record."),
        ("conflicts tariffs", "Example: `/record conflicts open`"),
        ("alert 1001", "every quotation equals the stored text"),
        ("alert OR-1001", "every quotation equals the stored text"),
        ("OR-1001", "every quotation equals the stored text"),
        ("alert 9999", "No alert “OR-9999” was found in the record."),
        ("alert or 1001", "every quotation equals the stored text"),
        ("alert x", "No alert “x” was found in the record."),
        ("status", "*On record* 2 articles"),
        ("wo velden", "Did you mean `/record who velden`?"),
        ("velden", "Did you mean `/record who velden`?"),
        ("'; DROP TABLE article; --", "is not something I know"),
        ("who %_", "No person “%” was found in the record."),
        ("who <!channel> *x*", "was found in the record"),
        ("who \u202e😀 .*(a+)+$", "was found in the record"),
        ("x" * 4000, "is not something I know"),
    ],
)
async def test_every_command_gets_a_useful_private_answer(side, alert, workspace, typed, expected):
    answer = await workspace.slash("ada", CHANNEL, typed)
    assert answer.error is None
    assert only_to(answer, "U0ADA")
    assert expected in shown(answer)
    assert "<!channel" not in shown(answer)


async def test_open_record_shows_everything_to_the_one_who_asked(side, posted, alert, story, workspace):
    answer = await workspace.click("noor", CHANNEL, posted.ts, "alert_open", answers=1)
    assert only_to(answer, "U0NOOR")
    assert all(article.text_hash in shown(answer) for article in story.articles)
    assert "checked just now" in shown(answer)


async def test_an_error_is_answered_with_a_reference_and_logged(side, alert, ledger, workspace, caplog):
    ledger.close()
    answer = await workspace.slash("ada", CHANNEL, "status")
    assert answer.error is None
    assert "Something went wrong on our side and was logged as " in answer.text
    assert answer.text.split()[-4].rstrip(".") in caplog.text
    assert workspace.bot_token not in caplog.text


async def test_two_sockets_are_opened_and_closed(ledger, workspace, clock):
    started = side_of(ledger, workspace, clock)
    await started.start()
    assert workspace.connections == CONNECTIONS
    await started.stop()
    await started.stop()
    assert workspace.connections == 0


AGAIN = "set a new one and start On Record again"


@pytest.mark.parametrize(
    ("tokens", "said"),
    [
        ({"bot": ""}, "the bot token (SLACK_BOT_TOKEN) is not set"),
        ({"bot": "xoxb-wrong"}, f"Slack does not accept the bot token (SLACK_BOT_TOKEN): invalid_auth; {AGAIN}"),
        ({"app": ""}, "the app-level token (SLACK_APP_TOKEN) is not set"),
        ({"app": "xapp-wrong"}, f"Slack does not accept the app-level token (SLACK_APP_TOKEN): invalid_auth; {AGAIN}"),
    ],
)
async def test_a_wrong_token_ends_the_start_with_one_clear_sentence(ledger, workspace, clock, tokens, said):
    with pytest.raises(SlackRefused) as caught:
        await side_of(ledger, workspace, clock, **tokens).start()
    assert str(caught.value) == said


async def test_signed_http_needs_its_secret(ledger, workspace, clock):
    with pytest.raises(SlackRefused, match="signing secret"):
        await side_of(ledger, workspace, clock, "http", signing="").start()


async def test_an_unreachable_slack_is_named(ledger, workspace, clock):
    side = side_of(ledger, workspace, clock)
    await workspace.stop()
    with pytest.raises(SlackUnreachable, match=r"Slack cannot be reached at http://127\.0\.0\.1"):
        await side.start()


def test_tokens_are_never_shown():
    assert "CANARY" not in repr(Tokens(bot="xoxb-CANARY", app="xapp-CANARY", signing="CANARY"))


async def test_who_presses_while_the_record_is_busy_learns_that_it_is_still_being_done(side, posted, ledger, workspace):
    with ledger._in_turn():  # an article that takes long is going on record
        answer = await workspace.click("ada", CHANNEL, posted.ts, "alert_confirm")
        await workspace.wait_for(lambda: "It is still being done" in answer.text, within=20)
        assert ledger.alert(1001).review == "open"
    async with asyncio.timeout(20):
        while ledger.alert(1001).review == "open":
            await workspace.slash("ada", CHANNEL, "help")
    assert ledger.alert(1001).review == "confirmed"
