"""One URL is read through the gate and in the child."""

from __future__ import annotations

import pytest

from watchers.errors import BlockedAddress
from watchers.page import read_url

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_url_gives_the_text_of_its_article(site, downloader, parser, make) -> None:
    found = await read_url(site.put("/a", make.page()), downloader, parser, allow=[site.place])
    assert (found.text.startswith("The harbour board"), found.title) == (True, "harbour news")
    assert site.asked[0].headers["Accept"].startswith("text/html")


async def test_a_url_in_a_private_network_is_refused(site, downloader, parser, make) -> None:
    with pytest.raises(BlockedAddress):
        await read_url(site.put("/a", make.page()), downloader, parser)
