"""Sources without a name of their own: papers, companies called otherwise, people behind somebody, the unnamed."""

from __future__ import annotations

import pytest

from bot.statements.speakers.belonging import belonging


def who(statements, words):
    """The party that said the statement which holds these words."""
    found = [s for s in statements if words in s.quote]
    assert found, [s.quote for s in statements]
    return found[0].party


SOURCES = [
    # a paper speaks for its owner, for whoever is named before it, behind it, or right behind the mention
    ("The Dockers' Union met. The port is full, the union's statement said.", "port is full", "Dockers' Union"),
    ("The port is full, according to a Harbour Ministry report.", "port is full", "Harbour Ministry"),
    (
        "The port is full, according to a statement issued Tuesday by the Saltmarsh Dockers' League.",
        "port is full",
        "Saltmarsh Dockers' League",
    ),
    ("The port is full, a report by the Karsgrad Tide Office said.", "port is full", "Karsgrad Tide Office"),
    # the second mention of somebody unnamed is the first
    (
        "The port is full, a person familiar with the matter said. The quay will close, the person said.",
        "quay will close",
        "person familiar with the matter",
    ),
    (
        "The port is full, sources close to the council said on Monday. The quay will close, the sources added.",
        "quay will close",
        "sources close to the council",
    ),
    # what follows a name is no part of it
    ("Fishermen quoted by the police said the port was full.", "port was full", "Fishermen"),
    ("Rescue workers on the ground said the port was full.", "port was full", "Rescue workers"),
    # whoever belongs to somebody carries his full name
    (
        "Selma Ruvik, a teacher, is missing. Ruvik's family said the port was full.",
        "port was full",
        "family of Selma Ruvik",
    ),
    (
        "Selma Ruvik, a teacher, is missing. Ruvik's family said she was well. The family said the port was full.",
        "port was full",
        "family of Selma Ruvik",
    ),
    (
        "Mayor Selma Ruvik stayed away. A spokesman for Ruvik said the port was full.",
        "port was full",
        "spokesman for Selma Ruvik",
    ),
    # a company by an epithet
    ("Tidewell said it was glad. The shipping giant said the port was full.", "port was full", "Tidewell"),
    (
        "Tidewell said it was glad. The Harbour Court agreed. The company said the port was full.",
        "was full",
        "Tidewell",
    ),
    ("The promoter, Tidewell Live, said the port was full.", "port was full", "Tidewell Live"),
    ("Tidewell Motors said it was glad. The carmaker said the port was full.", "port was full", "Tidewell Motors"),
    # "a witness" is the witness
    ("A witness left. “The port is full,” the witness said.", "port is full", "witness"),
    # a relative without a name is a person
    (
        "Selma Ruvik, a teacher, spoke. Her husband said he was ill. “The port is full,” he said.",
        "port is full",
        "husband of Selma Ruvik",
    ),
    # a short form that the article never brackets, or gives behind "or"
    (
        "The Tide Relief Foundation, or TIRF, met. TIRF said the port was full.",
        "port was full",
        "Tide Relief Foundation",
    ),
    (
        "The Lindport Harbour Authority met. The LHA said the port was full.",
        "port was full",
        "Lindport Harbour Authority",
    ),
    # the newspaper is the outlet that reported what others told it
    (
        "The port is full, the Saltmarsh Lantern reported, citing officials. The quay will close, the newspaper said.",
        "quay will close",
        "Saltmarsh Lantern",
    ),
]


@pytest.mark.parametrize(("text", "words", "name"), SOURCES)
def test_a_source_is_whoever_stands_behind_it(read, text, words, name):
    party = who(read(text), words)
    assert party is not None
    assert party.name == name


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The port is full, a statement seen by the Courier said.", "port is full"),  # nobody is behind it
        ("The port is full, according to a company filing.", "port is full"),  # of which company?
        ("The harbour police said little. The carmaker said the port was full.", "port was full"),  # none has spoken
        ("A statement on the port's website said the port was full.", "port was full"),
        ("A senior army officer said he was glad. The army said the port was full.", "port was full"),
        ("The airline's chief executive, Nora Brell, spoke. The airline said the port was full.", "port was full"),
        ("Analysts at Bank Ostra said they were glad. The bank said the port was full.", "port was full"),
        ("The Lindhaven City Council met and said little. The union's letter said the port was full.", "was full"),
    ],
)
def test_a_source_that_nobody_stands_behind_is_unknown(read, text, words):
    assert who(read(text), words) is None


def test_a_government_belongs_to_its_state_not_to_a_namesake(read):
    text = "Luca Velmark, a farmer, waved. Velmark's government said the port was full."
    assert who(read(text), "port was full").name == "Government of Velmark"


@pytest.mark.parametrize(
    ("noun", "name"),
    [
        ("family", "family of Mara Velden"),
        ("lawyer", "lawyer for Mara Velden"),
        ("administration", "Velden administration"),
    ],
)
def test_what_belongs_to_somebody_has_one_name(noun, name):
    assert belonging(noun, "Mara Velden") == name
