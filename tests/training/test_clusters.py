"""The story clusters hold together, and the parser names everything that does not."""

from __future__ import annotations

import clusters
import pytest
from story import CATEGORIES, STANCES, TYPES

SMALL = """\
# tst-1 | A toll on the Havn bridge
p1: Lorries should pay a toll on the Havn bridge.
p2: The toll was agreed with the hauliers.
@OB: Orla Brandt | transport minister of Havmark | Havmark
@TR: Tova Ruiz | head of the hauliers' union | Hauliers' Union
@HM: Government of Havmark |  | Havmark
### a1 | Havn Herald | 2031-03-04 | Toll from June

Transport Minister Orla Brandt told reporters on the bridge on Tuesday morning what lorries are going to cost.
"{s1 OB p1 for d: Every lorry pays, from June,}" she said. {s2 OB p2 for i 2031-03-03: The hauliers had agreed to it}, she told a
radio station on Monday, and she thanked them for their patience over a long winter of talks.
### a2 | The Quay | 2031-03-06 | Hauliers: nobody asked us
Tova Ruiz leads the union of the hauliers, which has four hundred members and an office under the bridge itself.
{s3 TR>HM p2 against m defers~OB: Havmark "never sat down with us"}, she said, after the members had met until midnight.
! s2 s3 disputed 3 | The minister speaks of a deal, the union of none.
- s1 s2 different topic | The toll and who agreed to it.
"""


@pytest.fixture(scope="module")
def stories():
    return clusters.load()


def test_every_cluster_can_be_read_and_no_id_stands_twice(stories):
    assert len(stories) > 400
    assert all(story.propositions and story.conflicts and story.harmless for story in stories)


def test_the_words_of_every_statement_stand_where_it_says(stories):
    for story in stories:
        text = {article.id: article.text for article in story.articles}
        for said in story.statements.values():
            assert text[said.article][said.start : said.end] == said.quote
            assert said.quote.strip()
            assert said.prop is None or said.prop in story.propositions
            assert said.stance in STANCES


def test_every_listed_pair_is_of_two_statements_and_either_a_conflict_or_none(stories):
    for story in stories:
        listed = [pair.ids for pair in (*story.conflicts, *story.harmless)]
        assert len(listed) == len(set(listed))
        assert all(len(ids) == 2 and ids <= story.statements.keys() for ids in listed)
        assert {pair.kind for pair in story.conflicts} <= set(TYPES.values())
        assert {pair.kind for pair in story.harmless} <= set(CATEGORIES)


def test_a_cluster_is_read_as_it_is_marked():
    (story,), faults = clusters.parse(SMALL)
    assert faults == []
    claim = story.statements["s3"]
    assert (claim.speaker, claim.holder, claim.holder_side) == ("Tova Ruiz", "Government of Havmark", "Havmark")
    assert (claim.prop, claim.stance, claim.kind) == ("p2", "against", "mixed")
    assert claim.quote == 'Havmark "never sat down with us"'
    assert str(story.statements["s1"].said_on) == "2031-03-04"
    assert str(story.statements["s2"].said_on) == "2031-03-03"
    assert "{" not in story.articles[0].text + story.articles[1].text
    (conflict,), (harmless,) = story.conflicts, story.harmless
    assert (conflict.a, conflict.b, conflict.kind, conflict.importance) == ("s2", "s3", "disputed claim", 3)
    assert (harmless.a, harmless.b, harmless.kind, harmless.importance) == ("s1", "s2", "different topic", 0)


@pytest.mark.parametrize(
    ("there", "instead", "line", "why"),
    [
        ("# tst-1 |", "A story.\n# tst-1 |", 1, "this stands before the first cluster"),
        ("# tst-1 | A toll on the Havn bridge", "# tst-1", 1, "a cluster begins with: # id | issue"),
        ("p2: The toll", "p1: The toll", 3, "p1 is there already"),
        ("@TR: Tova", "@OB: Tova", 5, "@OB is there already"),
        ("@HM: Government of Havmark |  | Havmark", "@HM: Havmark", 6, "neither a proposition (p1: …) nor a party"),
        ("| 2031-03-04 |", "| 4 March |", 7, "an article begins with: ### id | outlet | 2031-03-09 | title"),
        ("### a2 |", "### a1 |", 12, "the article a1 is there already"),
        ("Tova Ruiz leads", "p3: Ships pay too.\nTova Ruiz leads", 13, "stand before the first article"),
        ("{s1 OB p1", "{s1 XY p1", 10, "s1: nobody is called XY"),
        ("s3 TR>HM", "s3 TR>XY", 14, "s3: nobody is called XY"),
        ("defers~OB", "defers~XY", 14, "s3: nobody is called XY"),
        (
            "p1 for d",
            "p1 agreed d",
            10,
            "s1: a stance is for, against, conditional, open, no-comment, none, not agreed",
        ),
        ("{s1 OB p1", "{s1 OB p4", 10, "s1: there is no proposition p4"),
        ("{s3 TR", "{s2 TR", 14, "s2 is marked twice"),
        ("i 2031-03-03:", "i 2031-02-30:", 10, "s2: 2031-02-30 is no day"),
        ("{s3 TR>HM p2", "{s3 TR>HM q2", 14, "{s3 TR>HM q2"),
        (", she told a", ", she {told a", 10, "a brace that marks no statement"),
        ("! s2 s3 disputed 3", "! s2 s9 disputed 3", 15, "no statement is marked s9"),
        ("- s1 s2 different", "- s1 s1 different", 16, "s1 is paired with itself"),
        ("- s1 s2 different", "- s3 s2 different", 16, "s3 and s2 are listed twice"),
        ("disputed 3", "denied 3", 15, "a conflict is reversal, split, disputed, opposed, not denied"),
        ("disputed 3", "disputed 4", 15, "a pair is: ! s1 s2 type importance | why"),
        ("different topic |", "other topic |", 16, "no category of harmless pairs is called other topic"),
        ("- s1 s2 different topic | The toll", "- s1 s2: The toll", 16, "a pair is: ! s1 s2 type importance | why"),
        (", after the members had met until midnight", "", 12, "an article has at least 30 words, a2 has 28"),
    ],
)
def test_whatever_does_not_fit_is_named_with_its_line(there, instead, line, why):
    assert SMALL.count(there) == 1
    _, faults = clusters.parse(SMALL.replace(there, instead), "bad.txt")
    assert any((fault.file, fault.line) == ("bad.txt", line) and why in fault.why for fault in faults), faults


def test_faults_and_an_id_on_two_clusters_keep_everything_from_being_used(tmp_path):
    one, other = tmp_path / "one.txt", tmp_path / "other.txt"
    one.write_text(SMALL, "utf-8")
    other.write_text(SMALL.replace("disputed 3", "denied 3"), "utf-8")
    with pytest.raises(ValueError, match=r"other\.txt:15: a conflict is") as caught:
        clusters.load([one, other])
    assert "tst-1: this id stands on two clusters" in str(caught.value)
