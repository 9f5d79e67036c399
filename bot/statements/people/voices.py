"""Which common nouns can speak: people by what they do, bodies and papers, and no things, times or numbers."""

from __future__ import annotations

import re
from itertools import pairwise

from bot.statements.people.nouns import BODY_NOUNS, PLURALS, ROLES
from bot.statements.text.words import words

# People by what they do or are, where neither a title nor a body names them; and words that only end like these.
_AGENT = re.compile(r"\w{2,}(?:er|or|ist|ian|ant|ee|man|woman|person|crat)s?|\w*(?:men|women|people|folk)")
_NO_AGENTS = words(
    "order paper letter number matter weather power computer river water winter summer dinner center centre "
    "chapter border offer answer danger disaster corner member-state shutter tower transfer trigger error "
    "factor sector mirror terror horror floor door motor corridor favor labor restaurant plant grant variant "
    "covenant committee fee coffee guarantee degree cover career ladder fewer other another either neither "
    "never ever over under after rather whether together however super per newer older higher lower greater "
    "later former latter better larger smaller user-interface poster folder header counter cluster master "
    "quarter barrier carrier tanker steamer cancer fever hunger anger wonder murder surrender encounter "
    "register theater theatre behaviour december november october september"
)
_VOICES = words(
    "family parents parent mother father wife husband son daughter sister brother relative child pupil fan "
    "friend neighbour neighbor client guest rebel militant mediator rescuer medic doctor nurse police troop "
    "crew staff nation country state capital city town council panel tribunal board club band cartel cabinet "
    "ruling verdict newspaper magazine daily broadcaster medium channel station blog website site outlet "
    "survey poll study research paper analysis indictment lawsuit filing complaint memo note notice letter "
    "email message post tweet text transcript document communique communiqué declaration resolution law "
    "order decree treaty readout release petition review audit figure statistic data dossier page article "
    "editorial report statement announcement presidency embassy consulate ministry monarchy spokespeople mp "
    "chief host judge duo trio couple pair defence defense prosecution opposition public majority group "
    "movement network hospital clinic shop retailer startup start-up maker giant carmaker charity think-tank "
    "thinktank watchdog regulator union bank witness victim cleric imam priest rabbi monk pontiff monarch "
    "heir royal source insider aide mayor military army body consultancy management surgeon scholar prophet "
    "pro sheriff thief spy chef expert adult teen teenager expat migrant refugee detainee inmate suspect "
    "defendant plaintiff respondent participant attendee applicant tenant landlord entrepreneur ceo cfo coo "
    "mep pilot captain coach diplomat autocrat despot hero guard cop agent colleague ally rival foe "
    "counterpart twin youth person man woman boy girl"
)
# Parts of the names of bodies that name no body by themselves.
_PARTS = words(
    "day week month year world global series cup war peace ceasefire east west north south sea ocean river island "
    "islands region square hall road base zone strip bridge airport treaty charter act agreement social truth "
    "summit constitution amendment protocol accords accord street house"
)
POSTPOSED = re.compile(
    r"familiar|close|aware|responsible|present|involved|based|working|living|serving|opposed|loyal|"
    r"briefed|speaking|representing|overseeing|running|building|handling|affected|interviewed|questioned|contacted|"
    r"nearby|abroad|elsewhere|further"
)
_QUANTIFIED = re.compile(
    r"(?:some|many|most|several|few|none|any|each|half|no|dozens|hundreds|thousands|millions|roughly|about|nearly|"
    r"almost|more than|over|at least|up to|the (?:first|latest) time|another$|others$|one$|one of|of|whose|nearby|"
    r"(?:both|either|neither|\d[\d.,]*%?) (?=[a-z]))\b",
    re.IGNORECASE,
)


def may_speak(noun: str) -> bool:
    """Whether a common noun names people, a body or a paper, and not a thing, a time or an act."""
    noun = noun.casefold()
    forms = {noun, noun.removesuffix("s"), noun.removesuffix("es"), f"{noun.removesuffix('ies')}y"}
    if noun in _PARTS:
        return False
    if forms & (ROLES | BODY_NOUNS | PLURALS | _VOICES):
        return True
    return bool(_AGENT.fullmatch(noun)) and not forms & _NO_AGENTS


def heads(words: list[str]) -> bool:
    """Whether a noun phrase of common nouns is about somebody: its last noun, or one that something close follows."""
    if may_speak(words[-1]):
        return True
    return any(may_speak(one) and POSTPOSED.fullmatch(then) for one, then in pairwise(words))


def quantified(phrase: str) -> bool:
    """Whether the phrase counts people instead of naming them: "93 countries", "some critics"."""
    return bool(_QUANTIFIED.match(phrase))
