"""The institutions of states under one name: "Russia's defense ministry", "the presidency", "Velden's office"."""

from __future__ import annotations

import re

from bot.model import Party
from bot.statements.people.roster import Roster
from bot.statements.speakers.countries import Countries, seat
from config.schema import Mandate

ARTICLE = re.compile(r"^(?:the|a|an|its|his|her|their|this|that|these|those|both|another|one)\s+", re.IGNORECASE)
DEFINITE = re.compile(r"^(?:the|his|her|its|their|this|that)\b", re.IGNORECASE)
COMPLEMENT = re.compile(r"\s(?:for|of|to|in|at|from|with|on)\s", re.IGNORECASE)
_INSTITUTION = re.compile(
    r"kremlin|house|department|ministry|street|palace|pentagon|office|élysée|elysee|commission|parliament|"
    r"duma|congress|government|administration",
    re.IGNORECASE,
)
# What every state has one of, so that the state and the noun name it.
_OF_A_STATE = re.compile(
    r"^(?:[\w-]+ ){0,3}(?:ministry|government|parliament|presidency|cabinet|supreme court|constitutional court|"
    r"central bank|(?:electoral|election) (?:commission|council|authority)|national assembly|foreign office|"
    r"security council|(?:security|intelligence|emergency|border|tax|customs|prison) (?:service|agency))$",
    re.IGNORECASE,
)
# Without its country a text means that of the country it is about; a state without ministries is left out.
_COUNTRYS_OWN = re.compile(
    r"(?:[a-z]+ )?ministry(?: of [a-z]+(?: [a-z]+)?)?|presidency|presidential (?:office|palace|administration)|"
    r"(?:federal |central |national )?government|parliament|cabinet|central bank|supreme court|constitutional court|"
    r"(?:electoral|election) (?:commission|council|authority)",
    re.IGNORECASE,
)
_THE_COUNTRYS = re.compile(r"(?:the|its|their|this) (?:country|nation|state)'s (?P<rest>.+)", re.IGNORECASE)
_MINISTRY = re.compile(r"ministry (?:of|for) (?:the )?(?P<of>[\w-]+(?: [\w-]+)?)", re.IGNORECASE)
_ALWAYS = re.compile(r"ministry|government|parliament|court", re.IGNORECASE)
_FORCES = re.compile(r"army|military|navy|air force|armed forces|coast guard", re.IGNORECASE)
_OFFICE = re.compile(r"'s office$", re.IGNORECASE)
_OFFICIALS = re.compile(r"^[\w-]+(?: [A-Z][\w-]+)? (?:(?:government|administration) officials|authorities)$")
_ABBREVIATED = re.compile(r"\b(?:[A-Z]\.){2,}")


def undotted(name: str) -> str:
    """The name with "U.S." written "US"."""
    return _ABBREVIATED.sub(lambda m: m.group().replace(".", ""), name)


def possessive_side(phrase: str) -> str:
    """The phrase with possessives undone, so that "Russia's foreign minister" names its side."""
    return phrase.replace("'s ", " ")


def of_side(side: str, written: str, roster: Roster) -> Party:
    """A side named by its capital or country carries its own name; an institution keeps its name."""
    bare = ARTICLE.sub("", written).strip()
    known = roster.sides[side]
    if known.kind == "state" and bare.casefold().endswith("administration"):
        return Party(name=f"Government of {known.name}", side=side, person=False)
    name = bare if _INSTITUTION.search(bare) or known.kind != "state" else known.name
    return Party(name=known.name if known.kind != "state" else name, side=side, person=False)


def canonical(bare: str, side: str | None, roster: Roster) -> str:
    """One name for "Russia's defence ministry", "the Russian Defense Ministry" and "Defence Ministry of Russia"."""
    bare = undotted(bare)
    if side is None:
        owner, owned, institution = bare.partition("'s ")
        if owned and owner[:1].isupper() and " " not in owner and _OF_A_STATE.match(institution):
            return of_state(institution, owner)  # of a region that is no side: "Norvik's health ministry"
        return _without_owner(bare)
    noun, _, last = bare.rpartition(" of ")
    if noun and (state_named := roster.side(last)) and (_OF_A_STATE.match(noun) or _MINISTRY.fullmatch(noun)):
        return of_state(noun, state_named.name)
    words = bare.replace("'s ", " ").split()
    for size in (3, 2, 1):
        lead = " ".join(words[:size])
        if len(words) > size and (roster.side(lead) or roster.adjective(lead)):
            rest = " ".join(words[size:])
            state = roster.sides[side]
            if _MINISTRY.fullmatch(rest):
                return of_state(rest, state.name)
            if _OF_A_STATE.match(rest) and not (lead.isupper() and not _ALWAYS.search(rest)):
                return of_state(rest, state.name)
            if _OFFICIALS.search(f"{lead} {rest}") and state.kind == "state":
                return f"Government of {state.name}"
            if _FORCES.fullmatch(rest):
                return f"{state.adjectives[0] if state.adjectives else state.name} {rest.title()}"
            break
    return _without_owner(bare)


def of_state(noun: str, state: str) -> str:
    """The institution under the name of its state: "Defence Ministry of Russia"."""
    ministry = _MINISTRY.fullmatch(noun)
    noun = re.sub(r"^(?:federal|central|national) (?=government$)", "", noun, flags=re.IGNORECASE)
    noun = f"{ministry['of'].removesuffix(' affairs').removesuffix(' Affairs')} ministry" if ministry else noun
    written = " ".join(w if w[0].isupper() else w.title() for w in noun.split())
    return f"{written.replace('Defense', 'Defence')} of {state}"


def _without_owner(name: str) -> str:
    """The proper name of a body without whose it is: "Treasury's Office of Fair Play"."""
    _, owned, rest = name.partition("'s ")
    own = rest.split()
    return rest if owned and len(own) > 2 and own[0][:1].isupper() and COMPLEMENT.search(f" {rest}") else name


def of_country(phrase: str, near: int, place: int, roster: Roster, countries: Countries) -> Party | None:
    """The institution that a phrase without a country means: that of the country the article is about.

    A country named alone between `near` and `place` is "the country".
    """
    owned = _THE_COUNTRYS.fullmatch(phrase)
    bare = owned["rest"] if owned else ARTICLE.sub("", phrase)
    if not owned and not _COUNTRYS_OWN.fullmatch(bare):
        return None
    chief = countries.chief(_without_ministries(roster) if "ministry" in bare.casefold() else frozenset())
    side = (countries.latest(near, place) or chief) if owned else chief
    if side is None:
        return None
    state = roster.sides[side]
    if bare.casefold().startswith("presiden"):
        return Party(name=seat(state) or of_state(bare, state.name), side=side, person=False)
    return Party(name=canonical(f"{state.name} {bare}", side, roster), side=side, person=False)


def _without_ministries(roster: Roster) -> frozenset[str]:
    """The states whose departments are configured: they have no ministries."""
    return frozenset(above for s in roster.sides.values() if "Department" in s.name for above in s.within)


def office(head: str, leader: Mandate | None, roster: Roster) -> Party | None:
    """The office of a head of government, written with a name or a role: "Velden's office", "the premier's office"."""
    if (
        leader is None
        or leader.rank != "leader"
        or not _OFFICE.search(head)
        or roster.sides[leader.side].kind != "state"
    ):
        return None
    role = roster.split_side(leader.role)[1].title()
    return Party(name=f"Office of the {role} of {roster.sides[leader.side].name}", side=leader.side, person=False)
