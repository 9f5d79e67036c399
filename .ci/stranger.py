"""What a stranger does after the demonstration, against the local workspace: set up, look, run, and get an alert."""

from __future__ import annotations

import asyncio
import json
import re
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.demo.site import NewsSite
from bot.demo.stories import Outlet, Story
from bot.workspace import Workspace

HERE = Path(__file__).resolve().parents[1]
ONRECORD = str(Path(sys.executable).with_name("onrecord"))
TUTORIAL = (HERE / "docs" / "tutorial.md").read_text("utf-8")
NOW = datetime.now(UTC)
SAID = (
    ("no", "No toll for ships", "“A toll on foreign ships is out of the question,” {} said on {}.", 3),
    ("yes", "Ships to pay", "“We support a toll on foreign ships,” {} said on {}.", 1),
)
REST = "The harbour office welcomed her words in a statement that reached this paper late in the evening."


def story(name: str, title: str, words: str, days: int) -> Story:
    """One article of the site, of some days ago."""
    day = NOW - timedelta(days=days)
    text = words.format("Velmarkian Prime Minister Ilse Marken", f"{day:%A}")
    return Story(id=name, outlet="times", published=day, title=title, paragraphs=(text, REST))


def typed() -> list[str]:
    """What the tutorial has one type in Slack to make a person known."""
    found = re.findall(r"^/record ((?:side|person) add .*)$", TUTORIAL, re.MULTILINE)
    assert len(found) == 2, found
    return found


def settings() -> str:
    """What the tutorial has one add to onrecord.toml."""
    found = re.search(r"^```toml\n(.*?)^```", TUTORIAL, re.MULTILINE | re.DOTALL)
    assert found
    return found[1]


async def run(*words: str, typed: tuple[str, ...] = ()) -> None:
    """Run a command that must succeed, with what somebody types, and say how long it took."""
    began = time.monotonic()
    made = await asyncio.create_subprocess_exec(*words, stdin=asyncio.subprocess.PIPE)
    await made.communicate("".join(f"{line}\n" for line in typed).encode())
    if made.returncode:
        sys.exit(f"{' '.join(words)} ended with {made.returncode}")
    say(f"{' '.join(Path(word).name for word in words[:2])}: {time.monotonic() - began:.0f} s")


def say(line: str) -> None:
    """Print at once."""
    sys.stdout.write(f"  {line}\n")
    sys.stdout.flush()


async def main() -> None:
    """Go the way of docs/tutorial.md."""
    site = NewsSite([Outlet(id="times", name="The Harbour Times")])
    await site.start()
    async with Workspace() as workspace:
        Path("feeds.opml").write_text(
            f'<opml><body><outline text="The Harbour Times" xmlUrl="{site.feed_url("times")}"/></body></opml>', "utf-8"
        )
        asked = ("newsroom", "socket", workspace.bot_token, workspace.app_token, "fact-desk")
        feeds = ("0", "feeds.opml", "y", "", "y")  # no region, a list, its private address, the ledger's place, a post
        await run(ONRECORD, "setup", "--slack", workspace.base_url, typed=(*asked, *feeds))
        with Path("newsroom", "onrecord.toml").open("a", encoding="utf-8") as file:
            file.write(settings())
        await run(ONRECORD, "doctor", "--config", "newsroom")

        began = time.monotonic()
        service = await asyncio.create_subprocess_exec(ONRECORD, "run", "--config", "newsroom")
        try:
            await site.looked_at("times")
            await workspace.wait_for(lambda: workspace.connections > 0, within=60, what="a connection")
            for words in typed():
                answer = await workspace.slash("ada", "fact-desk", words)
                say(f"/record {words}: {'answered' if answer.blocks else answer.error}")
            for one in SAID:
                looks = site.looks("times")
                site.publish(story(*one))
                await site.looked_at("times", times=looks + 1)
            await workspace.wait_for(
                lambda: any(one.metadata for one in workspace.messages("fact-desk")), within=300, what="the alert"
            )
            say(f"the alert, from onrecord run on: {time.monotonic() - began:.0f} s")
            answer = await workspace.slash("ada", "fact-desk", "who marken")
            say(f"/record who marken: {'Ilse Marken' in json.dumps(answer.blocks) and 'she is known'}")
        finally:
            service.terminate()
            code = await service.wait()
        await run(ONRECORD, "verify", "--config", "newsroom")
    await site.stop()
    if code:
        sys.exit(f"onrecord run ended with {code}")


asyncio.run(main())
