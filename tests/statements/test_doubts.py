from __future__ import annotations


def holding(statements, words):
    found = [s for s in statements if words in s.quote]
    assert found, [s.quote for s in statements]
    return found[0]


def test_the_hedge_of_the_source_is_a_caveat(read):
    found = holding(read("Mara Velden allegedly said that the port will open."), "port will open")
    assert any("allegedly" in caveat for caveat in found.caveats)


def test_second_hand_words_are_marked(read):
    found = holding(read("“The port will open,” Velden said, as reported by the Ostby Herald."), "port will open")
    assert any("Ostby Herald" in caveat for caveat in found.caveats)
