"""The form under which inflections and plain derivations of a word meet: "raises", "raising"; "deployment"."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

_TABLE: Final = """
was were is are been be|had has have|did done does do|went gone go|took taken take|gave given give|made make|came come|
said say|told tell|paid pay|sold sell|bought buy|brought bring|thought think|fought fight|caught catch|taught teach|
sought seek|left leave|kept keep|held hold|met meet|lost lose|won win|sent send|spent spend|built build|lent lend|
found find|stood stand|understood understand|began begun begin|ran run|rose risen rise|fell fallen fall|
broke broken break|spoke spoken speak|stole stolen steal|chose chosen choose|froze frozen freeze|shot shoot|
struck stricken strike|hit hitting hit|cut cutting cut|shut shutting shut|put putting put|
let letting let|set setting set|
withdrew withdrawn withdraw|drew drawn draw|knew known know|grew grown grow|threw thrown throw|blew blown blow|
flew flown fly|saw seen see|wrote written write|drove driven drive|rode ridden ride|forbade forbidden forbid|
forgot forgotten forget|got gotten get|lay lain lie|led lead|fed feed|bled bleed|sank sunk sink|shrank shrunk shrink|
drank drunk drink|swore sworn swear|wore worn wear|tore torn tear|bore borne bear|beat beaten beat|bit bitten bite|
hid hidden hide|ate eaten eat|shook shaken shake|meant mean|dealt deal|felt feel|slept sleep|heard hear|bound bind|
wound wind|died dying die|lied lying lie|fired firing fires fire|vetoes vetoed veto|agreed agrees agreeing agree|
freed freeing free|willing willingness willing|hundred hundred|
"""
_ENDINGS: Final = (("ations", 5), ("ation", 5), ("ments", 4), ("ment", 4), ("ings", 3), ("ing", 3),
                   ("ions", 5), ("ion", 5), ("als", 6), ("al", 6), ("ies", 3), ("ied", 3), ("ed", 3), ("es", 3),
                   ("s", 3))  # fmt: skip
_PEOPLE: Final = ("ians", "ian", "ans", "an", "ish", "ese", "is", "i")
_PLURALS: Final = {
    "men": "man", "women": "woman", "children": "child", "people": "person", "lives": "life", "wives": "wife",
    "feet": "foot",
}  # fmt: skip
IRREGULAR: Final = {form: entry.split()[-1] for entry in _TABLE.replace("\n", "").split("|") for form in entry.split()}


def listed(text: str) -> frozenset[str]:
    """The words of a list written as running text."""
    return frozenset(text.split())


@lru_cache(maxsize=1 << 13)
def lemma(form: str) -> str:
    """The common form of a word in lower case. It need not be a word."""
    if form in IRREGULAR or form in _PLURALS:
        return _bare(IRREGULAR.get(form) or _PLURALS[form])
    for ending, least in _ENDINGS:
        rest = form[: -len(ending)]
        if not form.endswith(ending) or len(rest) < least or form.endswith(("ss", "us")):
            continue
        if ending == "es" and not rest.endswith(("s", "x", "z", "ch", "sh", "o")):
            continue
        return _bare(rest + "y" if ending in {"ies", "ied"} else rest)
    return _bare(form)


def _bare(word: str) -> str:
    """Without a last "e" and without a doubled last letter, as inflections leave it out or add it."""
    if len(word) > 3 and word.endswith("e"):
        word = word[:-1]
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word


@lru_cache(maxsize=1 << 12)
def land(name: str) -> str:
    """What the name of a country and the words made of it have in common: "Tarvia", "Tarvian", "Tarvians"."""
    name = name.casefold()
    for ending in _PEOPLE:
        if name.endswith(ending) and len(name) - len(ending) >= 4:
            name = name[: -len(ending)]
            break
    return name.rstrip("aeiouy") if len(name.rstrip("aeiouy")) >= 4 else name
