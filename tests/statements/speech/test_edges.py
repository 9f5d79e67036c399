"""Where indirect content begins and ends; the officials and their words are invented."""

from __future__ import annotations

import pytest

from bot.statements.speech import reports

Row = tuple[str | None, str | None, str]


def rows(text: str) -> list[Row]:
    """Speaker, cue and content of each statement, in text order."""
    return [
        (report.speaker_span.of(text) if report.speaker_span else None, report.cue, report.span.of(text))
        for report in reports.find(text, "")
    ]


EDGES: dict[str, tuple[str, list[Row]]] = {
    "a leading clause ends at its comma": (
        "While Orlo rejected the plan, a rival group led by Jan Brix embraced it.",
        [("Orlo", "rejected", "the plan")],
    ),
    "a claim that leads up to the main clause ends at its comma": (
        "Asked on Monday about Velden's claim that Norland could pay, the council sent the press away.",
        [("Velden", "claim", "that Norland could pay")],
    ),
    "a claim in a sentence of its own goes on behind its comma": (
        "Orlo heard Velden's claim that Norland, the older partner, could pay.",
        [("Velden", "claim", "that Norland, the older partner, could pay")],
    ),
    "what was done in answer is not said": (
        'The council responded to the flood by raising the tolls "twice over," Velden told the Courier.',
        [("Velden", "told", 'The council responded to the flood by raising the tolls "twice over,"')],
    ),
    "how long before stands between who and what": (
        "Velden, who only a day before had suggested that the toll would stay, left the hall.",
        [("who", "suggested", "that the toll would stay")],
    ),
    "a leading clause of time ends at its comma": (
        "When Velden said the talks were over, Orlo left the hall.",
        [("Velden", "said", "the talks were over")],
    ),
    "what only leads up to a that-clause does not end it": (
        "Velden said that after the flood, some neighbours urged her to go.",
        [("Velden", "said", "that after the flood, some neighbours urged her to go")],
    ),
    "a comma ends no clause that has no verb yet": (
        "Orlo stressed that Norland, as the older partner, lacks any right to speak.",
        [("Orlo", "stressed", "that Norland, as the older partner, lacks any right to speak")],
    ),
    "a past tense goes on the writer's clause behind an infinitive": (
        "Orlo threatened to shut the bridge and forced the council to sign.",
        [("Orlo", "threatened", "to shut the bridge")],
    ),
    "a participle in the subject of what is said ends nothing": (
        "Velden alleged that the closing of the bridge and continued army control broke the law.",
        [("Velden", "alleged", "that the closing of the bridge and continued army control broke the law")],
    ),
    "what goes along with an act is no part of its object": (
        "Nine states backed the review, with Norland thanking them.",
        [("Nine states", "backed", "the review")],
    ),
    "a visit is an occasion": (
        "Velden repeated that the bridge stays his during a visit to Ostra.",
        [("Velden", "repeated", "that the bridge stays his")],
    ),
    "a post behind a comma is an occasion": (
        "The harbour said divers were out, in a post on its own page.",
        [("The harbour", "said", "divers were out")],
    ),
    "an adverb before an attribution is no statement": (
        "Instead, Velden said, the bridge will stay shut.",
        [("Velden", "said", "the bridge will stay shut")],
    ),
    "what opens with a time and has a verb of its own is kept": (
        "In late March, hundreds trudged to the bridge, the Courier reported.",
        [("the Courier", "reported", "In late March, hundreds trudged to the bridge")],
    ),
    "a negated subject before an attribution is kept": (
        "No one, Velden said, will pay for the bridge.",
        [("Velden", "said", "No one"), ("Velden", "said", "will pay for the bridge")],
    ),
    "a time apart belongs to the writer": (
        "The council said it would vote, a day after Orlo had resigned.",
        [("The council", "said", "it would vote")],
    ),
    "the question asked belongs to the writer": (
        "Velden stated that the bridge was safe, when asked about the report.",
        [("Velden", "stated", "that the bridge was safe")],
    ),
    "a contrast in the present belongs to the writer": (
        "Velden said the bridge would open, but it has stayed shut.",
        [("Velden", "said", "the bridge would open")],
    ),
    "a contrast in the tense of what was said stays": (
        "Velden said the bridge would open, but that it would stay narrow.",
        [("Velden", "said", "the bridge would open, but that it would stay narrow")],
    ),
    "a present contrast stays where all was said in the present": (
        "Velden says the bridge is safe, but it is too narrow.",
        [("Velden", "says", "the bridge is safe, but it is too narrow")],
    ),
    "what an act led to is no part of its object": (
        "Orlo criticised the plan, raising fears of a long winter.",
        [("Orlo", "criticised", "the plan")],
    ),
    "what a thing is described as stays": (
        "Orlo described the winter as the worst that Ostra had seen.",
        [("Orlo", "described", "the winter as the worst that Ostra had seen")],
    ),
    "a relative clause behind an object is the writer's": (
        "Orlo criticised the council, which is led by Brix, a former miner.",
        [("Orlo", "criticised", "the council")],
    ),
    "what an object is praised for stays behind its relative clause": (
        "Orlo praised the crew, who had worked all night, for its patience.",
        [("Orlo", "praised", "the crew, who had worked all night, for its patience")],
    ),
    "what is included stays": (
        "Orlo criticised the ministries, including his own.",
        [("Orlo", "criticised", "the ministries, including his own")],
    ),
    "the writer's name for a move is cut": (
        "Velden said the bridge would open, in a move that surprised Ostra.",
        [("Velden", "said", "the bridge would open")],
    ),
    "when it was said is no content behind content": (
        "The bridge will open in May, Velden said on Tuesday as the snow fell.",
        [("Velden", "said", "The bridge will open in May")],
    ),
    "content before what somebody was told": (
        "The bridge will open in May, Citadel spokesman Dmitri Lasko told reporters.",
        [("Citadel spokesman Dmitri Lasko", "told", "The bridge will open in May")],
    ),
    "content before, opened by nothing": (
        "Nothing on that ship was army property, he said.",
        [("he", "said", "Nothing on that ship was army property")],
    ),
    "content before, opened by a negation": (
        "No ship would call at Tarn, she said.",
        [("she", "said", "No ship would call at Tarn")],
    ),
    "content before, with a role and a name between commas": (
        "There is no deal on a truce, the army's chief of staff, General Idris Vakil, said on Tuesday.",
        [("the army's chief of staff, General Idris Vakil", "said", "There is no deal on a truce")],
    ),
    "the last word on a sentence that tells another's act": (
        "Borland rejects the plan, Velden said.",
        [("Velden", "said", "Borland rejects the plan"), ("Borland", "rejects", "the plan")],
    ),
    "according to somebody, another's act": (
        "According to Velden, Borland rejects the plan.",
        [("Velden", "According to", "Borland rejects the plan"), ("Borland", "rejects", "the plan")],
    ),
    "a paper that reports what was said has not said it": (
        "Borland rejects the plan, the Harbour Post reported.",
        [("Borland", "rejects", "the plan")],
    ),
    "an apposition before the cue is no content": (
        "Borland's deputy prime minister, Sanja Kiral, said October suited her country.",
        [("Borland's deputy prime minister, Sanja Kiral", "said", "October suited her country")],
    ),
    "a relative clause before the cue is no content": (
        "The council, which is led by Orlo, says candidates from Ostra won.",
        [("The council", "says", "candidates from Ostra won")],
    ),
    "a dateline is nobody": (
        "LINDHAVEN, May 3 (LNA) – The Harbour Guild, the oldest union of Ostra, announced a strike on the bridge.",
        [("The Harbour Guild", "announced", "a strike on the bridge")],
    ),
    "a phrase of time inside the verb": (
        "Velden has on two occasions threatened to close the bridge.",
        [("Velden", "threatened", "to close the bridge")],
    ),
    "since, inside the verb": (
        "Velden has since stressed that the bridge is safe.",
        [("Velden", "stressed", "that the bridge is safe")],
    ),
    "a day with its date": (
        "Velden said on Friday, March 3, that the bridge would open.",
        [("Velden", "said", "that the bridge would open")],
    ),
    "said by radio": (
        "Orlo said by radio that his movement had given no word.",
        [("Orlo", "said", "that his movement had given no word")],
    ),
    "a party named by a verb's form": (
        "Tomas Orlo of the Civic Left said the bridge was unsafe.",
        [("Tomas Orlo of the Civic Left", "said", "the bridge was unsafe")],
    ),
    "a second cue goes on with the outer speaker": (
        "Velden said her party had denied the claim and added that talks would go on.",
        [("Velden", "said", "her party had denied the claim"), ("Velden", "added", "that talks would go on")],
    ),
}


@pytest.mark.parametrize(("text", "expected"), EDGES.values(), ids=EDGES.keys())
def test_content_has_its_edges(text: str, expected: list[Row]) -> None:
    assert rows(text) == expected


VIEWS: dict[str, tuple[str, list[Row]]] = {
    "in somebody's view, before": (
        "In Velden's view, the bridge is safe.",
        [("Velden", "In Velden's view", "the bridge is safe")],
    ),
    "in somebody's view, behind": (
        "The bridge is safe, in Velden's view.",
        [("Velden", "in Velden's view", "The bridge is safe")],
    ),
    "in the words of": (
        "In the words of Mara Velden, the bridge is “a disgrace.”",
        [("Mara Velden", "In the words of Mara Velden", "the bridge is “a disgrace.”")],
    ),
    "a position that is": (
        "Velden's position is that the bridge must stay open.",
        [("Velden", "position is", "that the bridge must stay open")],
    ),
    "a figure put": (
        "The council put the number of visitors at 1,200.",
        [("The council", "put", "the number of visitors at 1,200")],
    ),
    "made it clear": (
        "Velden made it very clear that the bridge would open.",
        [("Velden", "made it very clear", "that the bridge would open")],
    ),
    "signalled": (
        "Velden has signalled that the bridge could open.",
        [("Velden", "signalled", "that the bridge could open")],
    ),
    "left open": (
        "Velden left open whether the bridge would open.",
        [("Velden", "left open", "whether the bridge would open")],
    ),
    "a state supports a plan": ("Borland supports the plan.", [("Borland", "supports", "the plan")]),
    "a deal turned down": ("Borland has turned down the deal.", [("Borland", "turned down", "the deal")]),
}


@pytest.mark.parametrize(("text", "expected"), VIEWS.values(), ids=VIEWS.keys())
def test_a_view_is_read_without_a_plain_verb_of_saying(text: str, expected: list[Row]) -> None:
    assert rows(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The council stood by the river.",
        "The storm put the city at risk.",
        "The port supports trade with the islands.",
        "Officers dropped the bags and left.",
        "The hall left open its doors.",
        "In full view of the guards, Orlo left the hall.",
        "Officials who declined to be named left the hall.",
        "The court held that day's session in Ostra.",
    ],
)
def test_an_everyday_verb_reports_nothing_without_words_beside_it(text: str) -> None:
    assert rows(text) == []
