"""General English words that turn, carry or soften what a sentence says, and words of one or of opposite meaning."""

from __future__ import annotations

from typing import Final

from bot.contrast.lemmas import lemma

# Words that refuse or undo what they govern, and words that let it stand.
_TURN: Final = """
refuse|refusal|decline to|reject|rejection|oppose|opposition to|opposed|object to|rule out|exclude|deny|denial|abandon|
cancel|scrap|call off|calls off|called off|calling off|forbid|ban|prohibit|prevent|block|avoid|fail to|refrain from|
off the table|out of the question|untrue|false|not true|unacceptable|veto|turn down|turned down|turns down|dismiss|
rebuff|unwilling|reluctant|stop short of|shy away from|vote against|voted against|decide against|decided against|
be against|is against|are against|was against|were against|am against|stand against|argue against|come out against|
nothing to do with|ruled out as|impossible|inadmissible|incompatible with|drop plan|drop demand|drop idea|drop bid|
drop charge|drop claim|back away from|step back from|rule|unable
"""
_LET: Final = """
support|back|welcome|accept|acceptance|agree|agreement to|approve|approval of|endorse|allow|permit|let|plan to|plans to|
planned to|planning to|plan for|plans for|intend|intention|decide|decision to|promise|pledge|vow|commit to|committed to|
ready|readiness|willing|willingness|prepared|favour|favor|in favour of|in favor of|confirm|consent|give consent|embrace|
vote for|voted for|go ahead with|gone ahead with|sure|certain|true|possible|propose|open to|much to do with|
confirmed as|reason|agreed|stick to|stand by
"""
_WISH: Final = (
    "want|wish|hope|would like|prefer|rather|desire|demand|call for|calls for|called for|urge|like to|seek to"
)
_DUTY: Final = "must|should|ought|need|have to|has to|had to|oblige|require|compel"
_FREE: Final = "need|have to|has to|had to|oblige|require|compel"  # denied, these leave the choice: "need not"
_NOT: Final = """
not|no|never|nobody|none|nor|neither|nowhere|nothing|cannot|hardly|without|no longer|not any longer|no one|under no|
in no case|on no account|by no means|at no time|in no way
"""
_DOUBT: Final = """
possibly|perhaps|maybe|probably|likely|unlikely|doubt|appear|seem|unclear|study|look at|look into|looking at|
consider|considering|examine|think about|thinking about|discuss|explore|weigh|whether|could
"""
# Somebody says it, or it is only thought: what follows is not asserted, unless it is in the speaker's own name.
_TOLD: Final = """
say|claim|allege|shout|believe|think|thought|suspect|tell|told|insinuate|pretend|assert|accuse|
imagine|suppose|assume|speculate|wonder|according|rumour|rumor|myth|slander|notion|word
"""
_TOLD_THAT: Final = "expect|hear|read|write|repeat|warn|suggest|report|fear|remember|hope|argue|idea|view|warning"

_VOUCHED: Final = "say|tell|think|believe|repeat|promise|know|confirm|expect|assure|argue|claim|warn"
# What limits a denial: "not all", "not only", "not yet", "not fully".
_NARROW: Final = """
all|only|just|merely|every|everyone|everything|everybody|yet|always|necessarily|fully|completely|entirely|wholly|
immediately|directly|alone|both|so|too|enough|again|far|simply|exclusively|solely|officially|formally|currently|
more|most|mean|sure|today|tomorrow|now|until|unless|before|except|twice|other|another|further|second|third|new|
deliberately|intentionally|knowingly|publicly|particularly|especially|exactly|really|quite|much|well
"""
_BARE: Final = """
a an the this that these those such any some either it its he she they them their theirs his her him who whom i we us
our ours my me myself ourselves itself himself herself themselves you your yours one ones there here is are was
were be been being am do does did done doing has have had having will would shall can could may might must should ought
to of in on at for from by with into onto upon over under about as than then and or but so if when while because since
after during within through between among per via across along around off out up down re also still even indeed again
ever now already soon certainly surely simply very really quite just always clearly definitely firmly absolutely
totally strongly categorically once today tomorrow yesterday tonight monday tuesday wednesday thursday friday saturday
sunday week month year day time moment end way case thing fact matter account order part people person anybody anyone
anything everybody everyone everything somebody someone something all every each both whole own same yes no not nor
neither never nobody none nothing cannot get go come make take put give bring happen occur exist place carry
conduct hold become go going single circumstance condition course please well too however therefore thus yet only
reason whatever whether which what where how why
"""
_ALIKE: Final = """
help aid assist assistance|soldier troop|sell sale seller|pay payment|buy purchase acquire acquisition|
begin start commence launch|kill murder|meet meeting|build construct construction|know knowledge aware|lend loan|
grow growth|lose loss|fail failure|choose choice|speak speech|strike hit attack|die death dead|
talk negotiation negotiate|
truce ceasefire armistice|vote ballot|police officer|child kid|school classroom|country nation|money cash|car vehicle|
legislation law bill act|deal accord agreement pact|tell inform|find discover discovery|send dispatch deploy deployment|
return hand|reach attain|ask request|receive get|fund finance|choose pick|destroy destruction|arrest detain detention|
extradite extradition|free release|decide decision|reduce reduction|extend extension|expand expansion|submit submission|
admit admission|suspend suspension|recognise recognition recognize|impose imposition|withdraw withdrawal pull|
remove removal|elect election|resign resignation|vaccinate vaccination vaccine|
inspect inspection inspector|cause causing
"""
# Opposites: of the first sort one of the two must hold, so that a "not" turns one into the other; of the second both
# may fail ("neither raised nor cut").
_EXCLUSIVE: Final = """
open/close shut|stay remain keep/leave quit exit|safe/unsafe dangerous|legal lawful/illegal unlawful|guilty/innocent|
compulsory mandatory obligatory/voluntary optional|public/secret private|succeed/fail|remember/forget|include/exclude|
comply respect observe/violate breach|harmless/harmful|healthy/ill sick|clean/dirty polluted|pass/fail|alive/dead|
continue stay remain persist/end stop cease expire|present/absent|temporary/permanent|publish disclose/withhold|
cover/uncover|arm/disarm|fair/unfair|independent/dependent|sober/drunk|available/unavailable|intact/damage|free/jail|
constitutional/unconstitutional|accident accidental/arson deliberate sabotage|easy/difficult hard|true/false
"""
_CONTRARY: Final = """
raise increase rise grow/cut lower reduce fall decrease shrink decline drop|win/lose|strengthen/weaken|
expand widen/shrink narrow|extend prolong/end shorten|impose/lift|add/remove|improve/worsen deteriorate|
advance/retreat|build/demolish dismantle|hire/fire dismiss|release free/detain jail imprison|join/leave quit|
begin start/end stop|proceed/postpone delay|introduce/abolish scrap repeal|resume/suspend halt|appoint/dismiss sack|
higher/lower|more/fewer|victory/defeat|early/late|nationalise/privatise|send/withdraw|send/boycott|restore/abolish|
create/abolish|good great excellent wonderful brilliant terrific superb fantastic magnificent splendid wise sensible/
bad awful terrible horrible dreadful appalling atrocious disastrous stupid foolish unwise absurd ridiculous crazy|
success triumph/failure disaster catastrophe fiasco|friend/enemy|
profit/loss|create/destroy|protect/endanger harm|benefit/harm|cause/prevent
"""


def _phrases(text: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(map(lemma, entry.split())) for entry in text.replace("\n", "").split("|") if entry)


def _words(text: str) -> frozenset[str]:
    return frozenset(lemma(word) for word in text.replace("|", " ").split())


def _groups(text: str) -> dict[str, str]:
    groups = [list(map(lemma, entry.split())) for entry in text.replace("\n", "").split("|") if entry]
    return {word: group[0] for group in groups for word in group}


def _opposites() -> dict[str, tuple[tuple[int, int], ...]]:
    """By word, the scales on which it lies: number of the scale (below 0: contraries), and on which end."""
    found: dict[str, list[tuple[int, int]]] = {}
    for text, direction in ((_EXCLUSIVE, 1), (_CONTRARY, -1)):
        for number, entry in enumerate(text.replace("\n", "").split("|"), start=1):
            for end, words in zip((1, -1), entry.split("/"), strict=True):
                for word in words.split():
                    found.setdefault(lemma(word), []).append((number * direction, end))
    return {word: tuple(scales) for word, scales in found.items()}


PROGRESS: Final = _words("complete ready over finish begin start available clear decide agree reach find arrive")
OTHERS: Final = _words("other another else rival second third former next earlier previous")  # name something else
ONSET: Final = _words("arrive begin start since night morning yesterday recently today now")
TURN: Final = _phrases(_TURN) - {("rul",)}
LET: Final = _phrases(_LET)
WISH: Final = _phrases(_WISH)
DUTY: Final = _phrases(_DUTY)
FREE: Final = _phrases(_FREE)
NOT: Final = _phrases(_NOT)
DOUBT: Final = _phrases(_DOUBT)
TOLD: Final = _words(_TOLD)
TOLD_THAT: Final = _words(_TOLD_THAT)  # only where "that" follows
VOUCHED: Final = _words(_VOUCHED)
NARROW: Final = frozenset(_NARROW.replace("\n", "").split("|"))  # as written
BARE: Final = frozenset(_BARE.split()) | frozenset(map(lemma, _BARE.split()))
ALIKE: Final = _groups(_ALIKE)
OPPOSITES: Final = _opposites()
