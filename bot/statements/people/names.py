"""The runs of capitals in a text, each with the title before it told from the name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.model import Span
from bot.statements.people.given_names import is_given
from bot.statements.people.nouns import AFFILIATIONS, BODIES, NOT_NAMES, RANKS, ROLE_MODIFIERS, ROLES
from bot.statements.people.roster import Roster
from bot.statements.people.spelling import Name, plain
from bot.statements.text.page import Page
from bot.statements.text.words import words

_CAPITAL = r"[A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĖĘĚĞĢĪİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŹŻŽ]"
_SHORT = (
    r"(?:Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Gov|Lt|Col|Maj|Sgt|Capt|Jr|Sr|St|Prof|Amb|Adm|Brig|Cmdr|Cpl|Hon|Rev|Fr|Engr|"
    rf"(?:{_CAPITAL}\.){{0,3}}{_CAPITAL})\."
)
_WORD = rf"(?:{_SHORT}|(?:al|el)-{_CAPITAL}[\w'-]*|(?:[DO]'|[dl]')?{_CAPITAL}[\w'-]*)"
_PARTICLE = r"(?:de|da|di|del|della|van|von|der|den|bin|bint|ibn|abu|dos|du|la|le|ter|al|el)"
_SEQUENCE = re.compile(rf"(?<![\w@#/.])(?:{_PARTICLE} )?{_WORD}(?: (?:{_PARTICLE} ){{0,2}}{_WORD})*")
_TOKEN = re.compile(r"\S+")
_MONTHS_AND_NAMES = frozenset({"May", "March", "April", "June", "August", "Per", "Will"})
_WORDS = re.compile(r"\w+")
_ROLE_BEFORE = re.compile(
    r"((?:[\w'.-]+ ){0,5}?(?:"
    + "|".join(sorted(ROLES))
    + r")(?: (?:for|of|at|to|in) (?:the )?[\w'-]+(?: [\w'-]+)?)?,? )$"
)
_ROLE_AFTER = re.compile(
    r",? (?:\([^)]{1,30}\) ?)?,? ?((?:who is |who was |an? |the |his |her |its |[\w.'-]+'s? )?(?:[\w.'-]+ "
    r"){0,6}?(?i:" + "|".join(sorted(ROLES)) + r")\b[^,.;:\"“\n]{0,60})"
)
_AFFILIATED = re.compile(rf"\b((?:{'|'.join(sorted(AFFILIATIONS))})) $", re.IGNORECASE)
_WING = re.compile(r"(?:far|hard|centre|center|left|right) ?(?:left|right|wing)")
_COLOURS = words("green tory")
_OFFICE_OF = re.compile(r"(?:[\w'.-]+ ){0,2}(?:" + "|".join(sorted(ROLES)) + r") (?:of|for) (?:the )?$", re.IGNORECASE)
_OF = ("of ", "for ", "of the ", "for the ")
# A name may begin with these though they are no given names.
_OPENS_NAMES = words("abu abd abdel abdul al el ben bin ibn de di da la le van von mc saint st san santa")
# "Velden was summoned to the minister" tells what happened; "who was minister" gives a role.
_HAPPENS = re.compile(r"(?<!who )\b(?:is|are|was|were|has|had|will|would|said|says|told)\b")
_SAYS = words("say says said told called referring")
_INSIDE_A_ROLE = frozenset({"of", "for", "to", "in", "at", "the", "first", "second", "top"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A capitalised name where it stands, with the title written before it."""

    span: Span
    title: str
    name: str

    @property
    def start(self) -> int:
        """Where the title starts, or the name if there is none."""
        return self.span.start - (len(self.title) + 1 if self.title else 0)


def found(page: Page, roster: Roster) -> Iterator[Found]:
    """Every capitalised name of the prose, in order; titles alone and words that begin sentences are none."""
    for match in _SEQUENCE.finditer(page.view):
        if page.holds(match.start()):
            yield from _parts(match.start(), match.group(), page, roster)


def _parts(start: int, sequence: str, page: Page, roster: Roster) -> Iterator[Found]:
    """A run of capitals without the words that begin sentences, its title told from its name."""
    run: list[tuple[int, str]] = []
    for m in _TOKEN.finditer(sequence):
        word = m.group()
        if word.casefold() in NOT_NAMES and not (run and word in _MONTHS_AND_NAMES):
            yield from _one(run, page, roster)
            run = []
            continue
        run.append((start + m.start(), word))
        if word.endswith(("'s", "s'")):
            yield from _one(run, page, roster)
            run = []
    yield from _one(run, page, roster)


def _one(run: list[tuple[int, str]], page: Page, roster: Roster) -> Iterator[Found]:
    at = max((k + 1 for k, (_, w) in enumerate(run[:-1]) if set(plain(w).split()) & ROLES), default=0)
    if at == len(run) - 1 and Name.of(f"X {run[-1][1]}").suffix:
        at = 0  # "King Jr." is a name
    while at < len(run) - 1 and _of_title([w for _, w in run[at:]], roster):
        at += _of_title([w for _, w in run[at:]], roster)
    if at >= len(run):
        return
    at += _before_given([w for _, w in run[at:]], roster)
    rest = run[at:]
    if len(rest) == 1 and at and plain(rest[0][1]) in ROLES | ROLE_MODIFIERS:
        return  # a title alone
    last_start, last = rest[-1]
    end = last_start + len(last) - (2 if last.endswith("'s") else 1 if last.endswith("'") else 0)
    name = page.text[rest[0][0] : end]
    yield Found(
        span=Span(start=rest[0][0], end=end), title=" ".join(w for _, w in run[:at]), name=" ".join(name.split())
    )


def _of_title(written: list[str], roster: Roster) -> int:
    """How many of the first words belong to a title, not to the name."""
    for size in (3, 2):
        phrase = " ".join(written[:size])
        if len(written) > size and (roster.side(phrase) or roster.adjective(phrase)):
            return size
    word = plain(written[0])
    if len(written) > 3 and plain(written[1]) in AFFILIATIONS and is_given(written[2]):
        return 2  # "Christian Democrat Ines Velden"
    if len(written) > 2 and (_WING.fullmatch(word) or (word in _COLOURS and is_given(written[1]))):
        return 1  # "Far-right Ines Velden", "Green Ines Velden"
    known = word in ROLES or word in ROLE_MODIFIERS or word.replace(" ", "") in ROLES
    if is_given(written[0]) and not known and plain(written[1]) not in ROLES | ROLE_MODIFIERS:
        return 0  # "Sofia Velden" is no Velden of Sofia's
    if not known and roster.side(written[0]) and roster.person(" ".join(written)):
        return 0
    if known or roster.adjective(written[0]) or roster.side(written[0]):
        # "General Assembly" is a body, "Pope Francis" a person; "King" may be a surname, never the first of two.
        return 1
    return 0


def _before_given(written: list[str], roster: Roster) -> int:
    """How many words stand before the given name of "Harbour Radio Anna Velden": they are of a body or a title."""
    first = plain(written[0])
    if len(written) < 3 or len(first) < 2 or first in _OPENS_NAMES or is_given(written[0]):
        return 0
    at = next((k for k, word in enumerate(written[1:-1], 1) if is_given(word)), 0)
    if at == 1 and not (written[0].isupper() or first in BODIES):
        return 0  # "Orlova Anna Velden" bears two given names
    return 0 if roster.person(" ".join(written)) else at


def role_of(one: Found, view: str) -> tuple[str, str]:
    """The role the text gives a name, by title or by a description before or behind it; and what stands before."""
    before = view[max(0, one.start - 60) : one.start]
    titled = set(plain(one.title).split())
    if titled & ROLES:
        ranked = titled <= RANKS and view.startswith((",", "("), one.span.end)
        after = _ROLE_AFTER.match(view, one.span.end, one.span.end + 140) if ranked else None
        return after.group(1).strip() if after else one.title, before
    office = _OFFICE_OF.search(before) if one.title and before.lower().endswith(_OF) else None
    if office:  # "Secretary of State Mara Velden"
        return f"{office.group().strip()} {one.title}", before
    if not one.title and not ROLES.isdisjoint(_WORDS.findall(before)):
        lower = _ROLE_BEFORE.search(before)
        if lower:
            return _after_break(lower.group(1)), before
    apart = view.startswith((",", "("), one.span.end)
    after = _ROLE_AFTER.match(view, one.span.end, one.span.end + 140) if apart else None
    if after and not _HAPPENS.search(after.group(1)):
        return after.group(1).strip(), before
    if one.title:
        return one.title if titled <= AFFILIATIONS else "", before
    affiliated = _AFFILIATED.search(before)
    return affiliated[1] if affiliated else "", before


def _after_break(role: str) -> str:
    """The role without what stands before it in the sentence."""
    parts = re.split(r"[.;:!?]\s", role)[-1].strip(" ,").split()
    for at in range(len(parts) - 1, -1, -1):
        if plain(parts[at]) in NOT_NAMES - _INSIDE_A_ROLE | _SAYS:
            parts = parts[at + 1 :]
            break
    return " ".join(parts[1:] if parts[:1] == ["to"] else parts)  # "referring to" + "Karsovia's minister"


def age_of(one: Found, view: str) -> str:
    """The age in years that stands beside the name, as it does only beside a person's; "" where none does."""
    behind = re.match(r",? \(?(\d\d)\b[,).;]", view[one.span.end : one.span.end + 8])
    before = re.search(r"(\d\d)-year-old $", view[max(0, one.span.start - 12) : one.span.start])
    found = behind or before
    return found[1] if found else ""


def is_place(name: str, view: str) -> bool:
    """Whether the article uses the word as the name of a place, which some surnames are too."""
    word, stem = re.escape(name), re.escape(name[:-1])
    pattern = rf"\b(?:in|from|near|across|inside) {word}\b|\b{stem}(?:{word[-1]})?(?:in|an|ian|ese|ans|ians)\b"
    return bool(re.search(pattern, view))
