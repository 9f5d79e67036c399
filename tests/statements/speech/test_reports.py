"""One fixture a pattern and a trap; officials and their words are invented."""

from __future__ import annotations

import pytest

from bot.statements.report import Report
from bot.statements.speech import reports


def rows(text: str, title: str = "") -> list[tuple[str, str | None, str | None, str]]:
    """Kind, speaker, cue and content of each statement, in text order."""
    return [
        (
            report.kind,
            report.speaker_span.of(text) if report.speaker_span else None,
            report.cue,
            report.span.of(text),
        )
        for report in reports.find(text, title)
    ]


def one(text: str) -> Report:
    found = reports.find(text, "")
    assert len(found) == 1, rows(text)
    return found[0]


@pytest.mark.parametrize(
    "front",
    [
        "Days before the vote",
        "Two weeks after the flood",
        "A year after the court ruled",
        "Flanked by her ministers",
        "Visibly tired after the debate",
        "Her voice breaking",
        "Tears in her eyes",
        "Standing on the quay, with the flags of both states behind her",
        "As she left the palace, where crowds had gathered since dawn",
        "At a conference in Havn, her first abroad",
        "Asked about the tax, and pressed on her plans",
        "On Monday, two days after the storm",
        "Next week, if the weather holds",
        "Osk Tarn, Pavel Drin and Jorun Lask",
        "The harbour at Merrow",
        "HAVN, May 3 (Agency)",
    ],
)
def test_what_only_leads_up_to_an_attribution_or_has_no_verb_is_not_said(front: str) -> None:
    assert rows(f"{front}, Mara Velden told reporters on Monday.") == []


PATTERNS = {
    "a clause by a verb that nobody knows, before an attribution that ends its sentence": (
        "The company bore half of the price, chief executive Mara Velden told investors on Saturday.",
        [("indirect", "chief executive Mara Velden", "told", "The company bore half of the price")],
    ),
    "a verb in quotation marks, before an attribution that ends its sentence": (
        "Velden also “completely rejected” Ostran forces in Lindhaven, a Velmarkian source told the outlet.",
        [("mixed", "a Velmarkian source", "told", "Velden also “completely rejected” Ostran forces in Lindhaven")],
    ),
    "an office with its name behind a clause": (
        "The fund lost a half of it in spring, its head, Mara Velden, said on Tuesday.",
        [("indirect", "its head, Mara Velden", "said", "The fund lost a half of it in spring")],
    ),
    "a verb that else takes a that-clause, at the end of its sentence": (
        "The turnout fell by half, the board implied.",
        [("indirect", "the board", "implied", "The turnout fell by half")],
    ),
    "a question as the subject of what is said": (
        "Whether wages would fall depended on exports, Velden said.",
        [("indirect", "Velden", "said", "Whether wages would fall depended on exports")],
    ),
    "a name that an office explains": (
        "Mara Velden, the minister, a lawyer, said the bridge would close.",
        [("indirect", "Mara Velden", "said", "the bridge would close")],
    ),
    "both pieces that an attribution cuts": (
        "The neighbours, Velden added, were building on the hill.",
        [
            ("indirect", "Velden", "added", "The neighbours"),
            ("indirect", "Velden", "added", "were building on the hill"),
        ],
    ),
    "a paper that cites somebody": (
        "The Harbour Post reported, citing two diplomats, that the bridge will close.",
        [("indirect", "two diplomats", "reported", "that the bridge will close")],
    ),
    "a paper that cites somebody, behind": (
        "The bridge will close, the Harbour Post reported, citing a Velmarkian diplomat.",
        [("indirect", "a Velmarkian diplomat", "reported", "The bridge will close")],
    ),
    "a speaker who cites a law": (
        "Velden said the bridge was shut, citing safety concerns.",
        [
            ("indirect", "Velden", "said", "the bridge was shut"),
            ("indirect", "Velden", "citing", "safety concerns"),
        ],
    ),
    "quoted by a paper as saying": (
        "The Courier quoted Mara Velden as saying that the bridge is safe.",
        [("indirect", "Mara Velden", "saying", "that the bridge is safe")],
    ),
    "was quoted as saying": (
        "Mara Velden was quoted by the Courier as saying the bridge is safe.",
        [("indirect", "Mara Velden", "saying", "the bridge is safe")],
    ),
    "according to a paper's report": (
        "The bridge will close, according to a Harbour News report.",
        [("indirect", "a Harbour News report", "according to", "The bridge will close")],
    ),
    "according to between an adverbial and its clause": (
        "For two years, according to Velden, it was hard to open the bridge.",
        [("indirect", "Velden", "according to", "it was hard to open the bridge")],
    ),
    "a quotation behind a link, claimed by its own speaker": (
        "Orlo says Velden has gone too far after storms in Ostra “We are grateful to all of them,” spokesman Jan Brix said.",
        [
            ("indirect", "Orlo", "says", "Velden has gone too far after storms in Ostra"),
            ("direct", "spokesman Jan Brix", "said", "We are grateful to all of them,"),
        ],
    ),
    "a quotation inside one attribution stays there": (
        "Velden said the bridge would “open soon,” and Orlo said it would not.",
        [
            ("mixed", "Velden", "said", "the bridge would “open soon,”"),
            ("indirect", "Orlo", "said", "it would not"),
        ],
    ),
    "a paper that reads": (
        '"The bridge shall be closed," the resolution read.',
        [("direct", "the resolution", "read", "The bridge shall be closed,")],
    ),
    "a verb unknown before its object": (
        "The court blocked a ruling that had ordered the council to close the bridge.",
        [("indirect", "a ruling", "ordered", "the council to close the bridge")],
    ),
    "people confirmed dead": (
        "It brings the number of people confirmed killed to 50, the ministry said.",
        [("indirect", "the ministry", "said", "It brings the number of people confirmed killed to 50")],
    ),
    "the reader is no speaker": ("By going on you agree to the terms.", []),
    "quotation, then name and cue": (
        "“We will open the bridge in May,” Mara Velden said.",
        [("direct", "Mara Velden", "said", "We will open the bridge in May,")],
    ),
    "quotation, then cue and name": (
        "“We will open the bridge in May,” said Mara Velden, the transport minister.",
        [("direct", "Mara Velden", "said", "We will open the bridge in May,")],
    ),
    "cue, comma, quotation": (
        'Mara Velden said, "The bridge is safe."',
        [("direct", "Mara Velden", "said", "The bridge is safe.")],
    ),
    "cue, place, colon, quotation": (
        'Velden told reporters in Ostra on Monday: "The bridge is safe."',
        [("direct", "Velden", "told", "The bridge is safe.")],
    ),
    "quotation resumed after the attribution": (
        "“The bridge is safe,” Velden said. “Nobody needs to wait.”",
        [
            ("direct", "Velden", "said", "The bridge is safe,"),
            ("direct", "Velden", None, "Nobody needs to wait."),
        ],
    ),
    "quotation cut by the attribution": (
        "“The bridge,” she said, “will be open by noon.”",
        [("direct", "she", "said", "The bridge,"), ("direct", "she", "said", "will be open by noon.")],
    ),
    "indirect with that": (
        "Velden stressed that the bridge would open in May.",
        [("indirect", "Velden", "stressed", "that the bridge would open in May")],
    ),
    "indirect without that": (
        "The ministry said the bridge would open in May.",
        [("indirect", "The ministry", "said", "the bridge would open in May")],
    ),
    "a day between cue and content": (
        "Velden said on Monday that the bridge would open.",
        [("indirect", "Velden", "said", "that the bridge would open")],
    ),
    "an occasion between cue and content": (
        "Velden said in an interview with the Ostra Courier on Sunday that talks remain premature.",
        [("indirect", "Velden", "said", "that talks remain premature")],
    ),
    "content before the cue": (
        "The bridge would open in May, Velden reiterated.",
        [("indirect", "Velden", "reiterated", "The bridge would open in May")],
    ),
    "addressee never speaks": (
        "Velden assured the mayors that the bridge was safe.",
        [("indirect", "Velden", "assured", "that the bridge was safe")],
    ),
    "outlet never speaks": (
        "“It was a hard week,” Orlo told the Ostra Courier.",
        [("direct", "Orlo", "told", "It was a hard week,")],
    ),
    "fragment grows to mixed": (
        "Velden said the plan was “off the table” for now.",
        [("mixed", "Velden", "said", "the plan was “off the table” for now")],
    ),
    "mixed before the cue": (
        "The plan is “off the table,” Velden said.",
        [("mixed", "Velden", "said", "The plan is “off the table,”")],
    ),
    "verb and object": (
        "He accused the opposition of arrogance.",
        [("indirect", "He", "accused", "the opposition of arrogance")],
    ),
    "described as": (
        "Orlo described the meeting as “positive.”",
        [("mixed", "Orlo", "described", "the meeting as “positive.”")],
    ),
    "stance": (
        "Borland has rejected the deployment of foreign troops.",
        [("indirect", "Borland", "rejected", "the deployment of foreign troops")],
    ),
    "calls for": (
        "The council called on Tuesday for an end to the fighting.",
        [("indirect", "The council", "called on Tuesday for", "an end to the fighting")],
    ),
    "promise to do": (
        "Velden vowed to rebuild the bridge.",
        [("indirect", "Velden", "vowed", "to rebuild the bridge")],
    ),
    "two cues, one subject": (
        'Orlo said the comments "do not help," adding: "But we shall see."',
        [
            ("mixed", "Orlo", "said", 'the comments "do not help,"'),
            ("direct", "Orlo", "adding", "But we shall see."),
        ],
    ),
    "a second cue behind and": (
        "Velden said the bridge was safe and warned that trains would be late.",
        [
            ("indirect", "Velden", "said", "the bridge was safe"),
            ("indirect", "Velden", "warned", "that trains would be late"),
        ],
    ),
    "a new speaker behind the comma": (
        "Velden said the bridge was safe, but Orlo insisted it was not.",
        [
            ("indirect", "Velden", "said", "the bridge was safe"),
            ("indirect", "Orlo", "insisted", "it was not"),
        ],
    ),
    "according to, behind": (
        "The bridge will open in May, according to transport minister Mara Velden.",
        [("indirect", "transport minister Mara Velden", "according to", "The bridge will open in May")],
    ),
    "according to, before": (
        "According to the ministry, the bridge will open in May.",
        [("indirect", "the ministry", "According to", "the bridge will open in May")],
    ),
    "possessive speaker": (
        "Orlo's claim that the bridge is unsafe worries drivers.",
        [("indirect", "Orlo", "claim", "that the bridge is unsafe worries drivers")],
    ),
    "his own demand": (
        "Orlo repeated his demand that the bridge be closed.",
        [("indirect", "Orlo", "repeated", "that the bridge be closed")],
    ),
    "apposition between subject and cue": (
        "Tomas Orlo, the opposition leader from Ostra, said the bridge was unsafe.",
        [("indirect", "Tomas Orlo", "said", "the bridge was unsafe")],
    ),
    "relative clause between subject and cue": (
        "Tomas Orlo, who leads the opposition, said the bridge was unsafe.",
        [("indirect", "Tomas Orlo", "said", "the bridge was unsafe")],
    ),
    "an apposition that names": (
        "His deputy, Mara Velden, said the bridge was safe.",
        [("indirect", "His deputy, Mara Velden", "said", "the bridge was safe")],
    ),
    "who said": (
        "Orlo, who has said he would resign, called for new talks.",
        [
            ("indirect", "who", "said", "he would resign"),
            ("indirect", "Orlo", "called for", "new talks"),
        ],
    ),
    "joint speakers": (
        "Borland and Carpia have both expressed willingness to send observers.",
        [("indirect", "Borland and Carpia", "expressed", "willingness to send observers")],
    ),
    "common noun speaks": (
        "A government official responded, “Absolutely.”",
        [("direct", "A government official", "responded", "Absolutely.")],
    ),
    "participle before the main clause": (
        "Calling the plan a disgrace, Orlo left the hall.",
        [("indirect", "Orlo", "Calling", "the plan a disgrace")],
    ),
    "declined to": (
        "Orlo declined to confirm the report.",
        [("indirect", "Orlo", "declined to confirm", "the report")],
    ),
    "headline in colon form": (
        "Velden: Bridge will open in May\n\nThe bridge was closed in March.",
        [("indirect", "Velden", ":", "Bridge will open in May")],
    ),
    "cue in a sentence of its own": (
        "“Will it ever open?” Orlo asked.",
        [("direct", "Orlo", "asked", "Will it ever open?")],
    ),
    "quotation continued over a paragraph": (
        "“The bridge is safe,” Velden said. “It was tested twice.\n\n“Nobody needs to wait.”",
        [
            ("direct", "Velden", "said", "The bridge is safe,"),
            ("direct", "Velden", None, "It was tested twice."),
            ("direct", "Velden", None, "Nobody needs to wait."),
        ],
    ),
    "guillemets": (
        "«The bridge is safe», Velden said.",
        [("direct", "Velden", "said", "The bridge is safe")],
    ),
    "low-9 marks": (
        "„The bridge is safe now“, Velden said.",
        [("direct", "Velden", "said", "The bridge is safe now")],
    ),
    "single marks": (
        "‘The ministry’s bridge is safe,’ Velden said.",
        [("direct", "Velden", "said", "The ministry’s bridge is safe,")],
    ),
    "quotation inside a quotation": (
        "“He told me ‘never again,’ and left,” Velden said.",
        [("direct", "Velden", "said", "He told me ‘never again,’ and left,")],
    ),
}


@pytest.mark.parametrize(("text", "expected"), PATTERNS.values(), ids=PATTERNS.keys())
def test_a_pattern_is_read_with_speaker_cue_and_exact_content(text: str, expected: list[tuple[str, ...]]) -> None:
    assert rows(text) == expected


TRAPS = {
    "glued sentences": (
        "“I leave this without comment,” said Orlo.On Monday, the ministry said talks had begun.",
        [
            ("direct", "Orlo", "said", "I leave this without comment,"),
            ("indirect", "the ministry", "said", "talks had begun"),
        ],
    ),
    "a link glued into the prose": (
        "The vote failed.Also read | Orlo says: the end of the bridge“It will pass,” Velden said.",
        [("direct", "Velden", "said", "It will pass,")],
    ),
    "a site phrase glued into the prose": (
        "The vote failed.Story continues below this adOrlo said the vote would be held again.",
        [("indirect", "Orlo", "said", "the vote would be held again")],
    ),
    "furniture lines": (
        "Wait 5 sec.\n\nVelden said the bridge was safe.\n\nREAD ALSO: Orlo says bridge unsafe\nLeave a Reply\nPost a Comment",
        [("indirect", "Velden", "said", "the bridge was safe")],
    ),
    "a headline printed twice": (
        "Velden hails 'balanced' plan\n\nVelden hails 'balanced' plan\n\nNothing else was known.",
        [("mixed", "Velden", "hails", "'balanced' plan")],
    ),
    "non-breaking spaces": (
        "Velden\u00a0said\u00a0the bridge\u00a0was safe.",
        [("indirect", "Velden", "said", "the bridge\u00a0was safe")],
    ),
    "a closing mark of another style": (
        '“The bridge is safe," Velden said. The bridge is old.',
        [("direct", "Velden", "said", "The bridge is safe,")],
    ),
    "a closing mark missing": (
        "“The bridge is safe, Velden said.\n\nOrlo said it was not.",
        [
            ("direct", "Velden", "said", "The bridge is safe,"),
            ("indirect", "Orlo", "said", "it was not"),
        ],
    ),
    "an opening mark repeated where paragraphs were run together": (
        '"They voted for change at last. "And we will not fail them," Velden said.',
        [
            ("direct", "Velden", None, "They voted for change at last."),
            ("direct", "Velden", "said", "And we will not fail them,"),
        ],
    ),
    "scare quotes": ("The so-called “coalition of the willing” met in Ostra.", []),
    "a title": ("She read “The Long Bridge” on the train.", []),
    "a programme is no content": (
        "Velden said on “Ostra Tonight” that the bridge was safe.",
        [("indirect", "Velden", "said", "that the bridge was safe")],
    ),
    "abbreviations": (
        "The U.S. envoy said talks on Feb. 24 in St. Orlo had failed.",
        [("indirect", "The U.S. envoy", "said", "talks on Feb. 24 in St. Orlo had failed")],
    ),
    "a passive has no speaker here": ("Orlo was accused of treason.", []),
    "a noun is no verb": ("The Borland claims on the islands are old.", []),
    "a name is no verb": ("The United States sent an envoy.", []),
    "an apostrophe opens nothing": (
        "The workers' union said '90s rules still hold.",
        [("indirect", "The workers' union", "said", "'90s rules still hold")],
    ),
    "dashes stay inside": (
        "Velden reaffirmed that any force — whether national or European — would be a threat.",
        [
            (
                "indirect",
                "Velden",
                "reaffirmed",
                "that any force — whether national or European — would be a threat",
            )
        ],
    ),
    "a day before the subject": (
        "On Monday Velden warned that trains would be late.",
        [("indirect", "Velden", "warned", "that trains would be late")],
    ),
    "a place before the subject": (
        "At the forum Velden warned that trains would be late.",
        [("indirect", "Velden", "warned", "that trains would be late")],
    ),
    "US is a state": (
        "The plan has failed, according to US envoy Mara Velden.",
        [("indirect", "US envoy Mara Velden", "according to", "The plan has failed")],
    ),
}


@pytest.mark.parametrize(("text", "expected"), TRAPS.values(), ids=TRAPS.keys())
def test_a_trap_of_real_pages_is_passed(text: str, expected: list[tuple[str, ...]]) -> None:
    assert rows(text) == expected


@pytest.mark.parametrize(
    ("text", "act", "negated"),
    [
        ("Orlo said the bridge was unsafe.", "say", False),
        ("Orlo denied that the bridge was unsafe.", "deny", True),
        ("Orlo did not say why the bridge was closed.", "no_comment", True),
        ("Orlo declined to comment on the plan.", "no_comment", True),
        ("Orlo rejected the plan.", "reject", False),
        ("Orlo welcomed the plan.", "accept", False),
        ("Orlo demanded that the bridge be closed.", "demand", False),
        ("Orlo pledged to close the bridge.", "offer", False),
        ("Orlo blamed the ministry for the delay.", "accuse", False),
        ("Orlo praised the plan.", "praise", False),
        ("Orlo called the plan a disgrace.", "describe", False),
        ("Orlo asked whether the bridge was safe.", "ask", False),
    ],
)
def test_the_act_of_the_cue_is_told_and_whether_it_denies(text: str, act: str, negated: bool) -> None:
    report = one(text)
    assert (report.act, report.negated) == (act, negated)


def test_a_denial_of_anothers_claim_holds_both() -> None:
    text = "Orlo disputed Velden's claim that Borland would accept the troops."
    assert rows(text) == [
        ("indirect", "Orlo", "disputed", "Velden's claim that Borland would accept the troops"),
        ("indirect", "Velden", "claim", "that Borland would accept the troops"),
    ]


def test_what_an_official_says_of_another_stays_one_statement() -> None:
    text = "Velden claimed he had asked Orlo, who responded that he had “no problem with it.”"
    assert rows(text) == [
        ("mixed", "Velden", "claimed", "he had asked Orlo, who responded that he had “no problem with it.”")
    ]


def test_the_words_in_marks_of_a_mixed_statement_are_told_apart() -> None:
    text = "Velden called for a “swift end” to the war and a “lasting peace.”"
    assert [span.of(text) for span in one(text).verbatim] == ["swift end", "lasting peace."]


def test_a_direct_statement_is_its_own_verbatim_stretch() -> None:
    report = one("“The bridge is safe,” Velden said.")
    assert report.verbatim == (report.span,)


def test_the_sentence_holds_content_cue_and_speaker() -> None:
    text = "It rained. “The bridge is safe,” Velden said. It snowed."
    assert one(text).sentence.of(text) == "“The bridge is safe,” Velden said."


def test_a_headline_is_marked() -> None:
    text = "Velden rejects plan\n\nIt rained."
    assert one(text).headline


def test_a_quotation_without_a_cue_is_marked_as_floating() -> None:
    text = "“The bridge is safe,” Velden said. “Nobody needs to wait.”"
    assert [report.float_quote for report in reports.find(text, "")] == [False, True]
