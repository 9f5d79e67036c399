"""The words in which English calls something untrue, as patterns: one list for whoever looks for a denial."""

from __future__ import annotations

from typing import Final

# What somebody has a right to, or thinks so: an insurance claim, the claim to an island. It asserts nothing.
_OF_RIGHT: Final = (
    "insurance asylum compensation damage damages refund salvage refugee residency residence land territorial pension "
    "benefit benefits warranty liability reparation reparations tax wage wages pay injury ownership property custody "
    "inheritance disability welfare unemployment debt payment cost loss sovereignty mining fishing legal"
)
_NO_RIGHT: Final = "".join(f"(?<!{of} claim)" for of in _OF_RIGHT.split())
RIGHT: Final = rf"\b(?:{_OF_RIGHT.replace(' ', '|')}) claims?\b"
NO_ASSERTION: Final = r"(?! (?:for|to|worth)\b)"  # behind the word that names a claim
# What may be said of what happened, and so be untrue; a demand or an offer is not.
CLAIMS: Final = (
    rf"(?:accusation|allegation|charge|claim{_NO_RIGHT}|assertion|suggestion|contention|account|version|suspicion|"
    r"insinuation|characteri[sz]ation|rumou?r|story|finding|conclusion)s?"
)
# What it is called by who does not believe it: "these Norrlander lies".
LIES: Final = r"(?:lies|propaganda|disinformation|fabrications?|inventions?|falsehoods?)"
# What a claim may be called: "…, a claim that Orlo called baseless".
UNTRUE: Final = (
    r"(?:untrue|false(?:hoods?|ly)?|fake(?: news)?|bogus|incorrect|inaccurate|baseless|groundless|unfounded|"
    r"unsubstantiated|fabricated|fictitious|misleading|nonsense|absurd|preposterous|ridiculous|laughable|ludicrous|fiction|"
    r"invent(?:ed|ions?)|made up|slander\w*|defamatory|a lie|lies|disinformation|misinformation|propaganda|"
    r"(?:a )?fabrications?|(?:a )?hoax|without (?:any )?(?:basis|foundation|merit))"
)
# The same, and whole clauses that say it: "That never happened".
CALLED_UNTRUE: Final = (
    rf"(?:{UNTRUE}|no truth|not (?:true|correct|accurate|the case)|not so(?=\W*$|[.,;!?])|never true|no basis|"
    r"(?:is|was|are|were)n['’]t (?:true|correct|accurate)|"
    r"nothing (?:of the (?:kind|sort)|like that)|(?:does|did|do) not (?:correspond|reflect|match)|"
    r"never (?:happened|took place|occurred)|(?:did|does|do)(?:n['’]t| not) (?:happen|exist|take place)|"
    r"(?:do|does|did)(?:n['’]t| not) (?:believe|think) (?:that |this |it )?(?:ever |really )?(?:happened|occurred|"
    r"took place)|"
    r"(?:he|she|they) (?:lied|(?:is|are|was|were) lying)|(?:is|was|are|were|['’]s) wrong)"
)
# The stems of verbs that deny what is said, and of those that turn down a claim as well as a wish.
DENY: Final = (
    r"(?:den(?:y|ies|ied|ying)\b|refut\w+|rebut\w*|contradict\w*|debunk\w*|disagree(?:s|d|ing)?\b|"
    r"disput(?:e|es|ed|ing)\b)"
)
TURN_DOWN: Final = r"(?:reject|dismiss|denounc|brush|wav|contest|challeng|rebuff|rubbish|push\w* back)\w*"
