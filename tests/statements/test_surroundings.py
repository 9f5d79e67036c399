from __future__ import annotations


def test_the_sentences_beside_a_statement_are_kept(read):
    found = read("The day was cold. Mara Velden said the port will open. Ships waited.")
    [statement] = [s for s in found if "port will open" in s.quote]
    assert (statement.before, statement.after) == ("The day was cold.", "Ships waited.")
