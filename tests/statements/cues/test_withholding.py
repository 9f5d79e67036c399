"""“Denied” with somebody who is not given something, and with a claim."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "words",
    [
        "Karsovian officials visas after the fire",
        "them credit for the gas sent to the valley",
        "the crew of the trawler off Merrow legal aid",
        "relatives of the prisoners visits",
        "Karsovia the right to inspect the depot",
        "a Karsovian airliner the use of the runway",
        "farmers along the poisoned river a payment",
        "access to the site",
    ],
)
def test_who_denies_somebody_something_says_nothing(read, words):
    assert read(f"Foreign Minister Sergei Dolgovsky denied {words}.") == ()


@pytest.mark.parametrize(
    "words",
    [
        "the charges a court brought against the prisoners",
        "soldiers had sold weapons",
        "access to the site had been blocked",
        "the report the next day",
        "visa fraud",
        "sending the rebels a ship",
        "Velmarkian support for the rebels",
        "agents bribed the judges",
    ],
)
def test_who_denies_what_is_said_is_read(read, words):
    (said,) = read(f"Foreign Minister Sergei Dolgovsky denied {words}.")
    assert said.negated
