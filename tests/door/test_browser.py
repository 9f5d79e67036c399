"""A person with a real browser: from the install page over Slack's to the end, and back from a Cancel."""

from __future__ import annotations

import browser
import pytest
from town import NORTH, STRANGER, behind

pytestmark = pytest.mark.skipif(browser.binary() is None, reason="no Chromium on this machine")


async def test_a_browser_installs_cancels_and_is_refused_and_each_page_says_so(town):
    await town.open_door(behind(NORTH, "http://127.0.0.1:9"))
    with browser.chromium() as address:
        async with browser.tab(address) as tab:
            for choice, heading, words in (
                ("#cancel", "On Record was not installed", "pressed Cancel"),
                (f"#{STRANGER}", "On Record was not installed", "is not on the list"),
                (f"#{NORTH}", "On Record is in North Desk", "/record help"),
            ):
                await tab.open(f"{town.address}/slack/install", ready="document.querySelector('a.go')")
                await tab.picture("install")
                await tab.open(await tab.value("document.querySelector('a.go').href"), ready="true")
                await tab.open(await tab.value(f"document.querySelector('{choice}').href"), ready="true")
                assert await tab.value("document.querySelector('h1').textContent") == heading
                assert words in await tab.value("document.body.textContent")
                await tab.picture(f"install-{choice[1:]}")
            assert [error for error in tab.errors if "status of 40" not in str(error)] == []
    assert town.installations.teams() == (NORTH,)
