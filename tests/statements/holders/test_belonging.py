from __future__ import annotations

import pytest


def holder_of(statements, words):
    [found] = [s for s in statements if words in s.quote]
    return found.holder.name


@pytest.mark.parametrize(
    "opening",
    [
        "Harbour Front's general secretary, Lena Orvik, spoke on Monday.",
        "Harbour Front general secretary Lena Orvik spoke on Monday.",
        "Lena Orvik, the secretary of the Harbour Front, spoke on Monday.",
        "Lena Orvik, who leads the Harbour Front, spoke on Monday.",
        "The secretary of the Harbour Front, Lena Orvik, spoke on Monday.",
    ],
)
def test_who_is_brought_in_as_of_a_body_states_its_position_as_his_own(read, opening):
    found = read(f"{opening} Orvik said the Harbour Front wanted a better offer.")
    assert holder_of(found, "better offer") == "Lena Orvik"


@pytest.mark.parametrize(
    "opening",
    [
        "Lena Orvik, who met the Harbour Front, spoke on Monday.",
        "The Harbour Front wrote to Lena Orvik.",
    ],
)
def test_who_only_met_a_body_does_not_speak_for_it(read, opening):
    found = read(f"{opening} Orvik said the Harbour Front wanted a better offer.")
    assert holder_of(found, "better offer") == "Harbour Front"


def test_a_title_of_a_state_makes_its_position_ones_own(read):
    found = read("The Minister of Ports of Karsovia, Ilya Brenn, was there. Brenn said that Karsovia wants a new port.")
    assert holder_of(found, "new port") == "Ilya Brenn"


def test_an_analyst_of_a_country_does_not_speak_for_it(read):
    found = read("“Karsovia wants a truce,” said Ilya Brenn, a Karsovian political scientist.")
    assert holder_of(found, "wants a truce") == "Karsovia"
