"""Did they say it: the exact words, words that come near with the difference, or nothing found."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rapidfuzz.distance import Indel

from bot.slack import mrkdwn
from bot.slack.blocks import parts, wording
from bot.slack.blocks.parts import Block, Sizes
from bot.slack.mrkdwn import Mrkdwn
from bot.slack.newsroom import Shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.ledger.asked import Heard
    from bot.model import Source

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_MATCH = {
    "quotation": "*Word for word* in a quotation",
    "paraphrase": "*Word for word* in an outlet’s paraphrase: these may not be the speaker’s own words",
    "near": "*Near*, not word for word",
}


def said(
    name: str, asked: str, found: Sequence[Heard], carried: Mapping[str, Sequence[Source]], *, hint: str = ""
) -> Shown:
    """What the record holds of these words; nothing found is said of the record, never of the person."""
    exact = sum(one.match != "near" for one in found)
    if exact:
        verdict = f"found word for word in {parts.count(exact, 'statement')} on record"
    elif found:
        verdict = "not found word for word; the nearest statements on record"
    else:
        verdict = "not found in the record"

    def build(sizes: Sizes) -> list[Block]:
        words = mrkdwn.foreign(asked, min(sizes.words, 600))
        head = Mrkdwn(f"*{mrkdwn.foreign(name, 120)}* · “{words}”\n*{verdict[0].upper()}{verdict[1:]}.*")
        blocks = [parts.section(head)]
        for place, one in enumerate(found):
            blocks.append(parts.section(_heard(one, asked, carried, sizes), f"said:{place}"))
        if not exact:
            gap = "The record holds what its feeds carried since they were added: what is not in it may have been said."
            blocks.append(parts.context(Mrkdwn(gap)))
        return blocks

    return Shown(text=f"{name}, “{asked[:300]}”: {verdict}", build=build, hint=hint)


def _heard(one: Heard, asked: str, carried: Mapping[str, Sequence[Source]], sizes: Sizes) -> Mrkdwn:
    told = one.statement
    words = wording.words(told, sizes.words)
    lines = [
        Mrkdwn(f"{_MATCH[one.match]} · {wording.when(told)}"),
        mrkdwn.quoted(words) if words else words,
        wording.paraphrase(told),
    ]
    if one.match == "near":
        lines.append(_difference(asked, told.quote, sizes))
    lines.append(mrkdwn.joined((wording.outlets(told, carried, sizes), mrkdwn.foreign(told.amended, 120)), " · "))
    return mrkdwn.joined(lines, "\n")


def _difference(asked: str, quote: str, sizes: Sizes) -> Mrkdwn:
    """The words that only one of the two has, in their order."""
    mine, theirs = _WORD.findall(asked), _WORD.findall(quote)
    only_asked, only_said = differing(mine, theirs)
    cut = min(sizes.note, 200)
    lines = []
    if only_asked:
        lines.append(Mrkdwn(f"only in what you typed: “{mrkdwn.foreign(' … '.join(only_asked), cut)}”"))
    if only_said:
        lines.append(Mrkdwn(f"only on record: “{mrkdwn.foreign(' … '.join(only_said), cut)}”"))
    return Mrkdwn(f"_Difference_ {mrkdwn.joined(lines, '; ')}") if lines else Mrkdwn("")


def differing(mine: Sequence[str], theirs: Sequence[str]) -> tuple[list[str], list[str]]:
    """Stretches of words that only one of two wordings has; what the longer one says around the other is left out."""
    a, b = [word.casefold() for word in mine], [word.casefold() for word in theirs]
    steps = [(step.tag, step.src_start, step.src_end, step.dest_start, step.dest_end) for step in Indel.opcodes(a, b)]
    equal = [place for place, step in enumerate(steps) if step[0] == "equal"]
    if not equal:
        return [" ".join(mine)], [" ".join(theirs)]
    only_mine = [" ".join(mine[step[1] : step[2]]) for step in steps if step[0] in {"delete", "replace"}]
    inside = steps[equal[0] : equal[-1] + 1]
    only_theirs = [" ".join(theirs[step[3] : step[4]]) for step in inside if step[0] in {"insert", "replace"}]
    return only_mine, only_theirs
