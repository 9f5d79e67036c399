"""What is said when something is not as it should be."""

from __future__ import annotations

from collections.abc import Iterator

from strait_story import Story

from bot.slack.blocks import answers
from shown.sample import Payload, Sample


def notices(story: Story) -> Iterator[Sample]:
    """What is said when something is not as it should be."""
    desk = story.desk

    def private(says: str, payload: Payload) -> Sample:
        return Sample(says=says, payload=payload, kind="private")

    yield private("Something failed on our side", answers.failed("3fa9c1"))
    yield private("It takes longer than Slack waits", answers.late())
    yield private("Not allowed", answers.not_allowed("decide on alerts", "checker", "member"))
    yield private("A guest", answers.turned_away("Guests and apps cannot use On Record."))
    yield private(
        "A file that did not get through", answers.not_sent("onrecord-alerts.csv", "Slack answered an error.")
    )
    broken = answers.record(story.alert, desk, faults=["The Courier: the stored text was altered"])
    yield private("A record whose proof failed", broken)
    yield Sample(says="To the operators' channel", payload=answers.told("The feed courier fails since 09:12 UTC."))
