"""Told to stop while Slack does not answer: the service ends well within ten seconds, and nothing is lost by it."""

from __future__ import annotations

import random
import signal
import time

from nursery import nursery
from world import world


async def test_a_stop_in_the_middle_of_a_post_ends_with_0_within_ten_seconds_and_the_post_stays_in_doubt(tmp_path):
    async with nursery() as cradle, world(tmp_path, random.Random(1)) as place:
        silent = place.workspace.inject("chat.postMessage", hang=True, after_commit=True)
        place.publish(1)
        life = await cradle.forked(place.environ(), place.log)
        await place.workspace.wait_for(lambda: silent.hits == 1, within=60)
        began = time.monotonic()
        life.send(signal.SIGTERM)
        assert await life.end(20) == 0
        assert time.monotonic() - began < 10
        again = await cradle.forked(place.environ(), place.log)
        assert await place.delivered()
        again.send(signal.SIGTERM)
        assert await again.end(20) == 0
        assert place.count().clean
