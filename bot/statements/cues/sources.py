"""Who stands behind the one that reports: "the Courier reported, citing X", "quoted X as saying"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.statements.cues import groups, phrases, subjects
from bot.statements.cues.hits import Hit
from bot.statements.cues.phrases import Phrase
from bot.statements.text.sentences import Token
from bot.statements.text.words import BE, DETERMINERS, words

_QUOTING = words("quoted quotes quoting cited cites citing")
_REACH = 16  # tokens from "quoted" to "as saying"
# Words that tell a paper, a channel or an agency by its name or kind.
OUTLETS = words(
    "post times journal news herald tribune telegraph mail observer courier gazette chronicle guardian independent "
    "sun mirror express star standard globe dispatch examiner inquirer newspaper paper daily weekly magazine tabloid "
    "broadcaster television tv radio channel outlet outlets media website reuters bloomberg ap afp tass upi dpa ansa "
    "axios politico izvestia kommersant vedomosti interfax xinhua kyodo yonhap bbc cnn cbs nbc abc cnbc npr pbs fox "
    "sky itv rte yle spiegel bild monde figaro pais newsweek economist ft nyt wsj newswire"
)
_PEOPLE = words(
    "official officials source sources diplomat diplomats person people minister ministers ministry spokesman "
    "spokeswoman spokesperson aide aides adviser advisers police prosecutor prosecutors lawmaker lawmakers expert "
    "experts analyst analysts lawyer lawyers executive executives employee employees agency officer officers "
    "commander insider insiders authorities military army navy medics doctors hospital hospitals representative "
    "representatives government administration"
)
_THINGS = words(
    "act law convention treaty report study data constitution amendment article chapter war crisis bible guidelines"
)


def as_saying(tokens: Sequence[Token], group: int) -> tuple[int, Phrase] | None:
    """For "X quoted Y as saying" and "Y was quoted by X as saying" with `group` behind "as": the verb, and Y."""
    for at in range(group - 2, max(0, group - _REACH) - 1, -1):
        if tokens[at].low not in _QUOTING:
            continue
        passive = at > 0 and (tokens[groups.start(tokens, at)].low in BE or tokens[at - 1].text == ",")
        if passive and tokens[at].low in {"quoted", "cited"}:
            start = groups.start(tokens, at)
            whose = subjects.before(tokens, start) if start else None
        else:
            whose = phrases.after(tokens, at + 1)
        return (at, whose) if whose is not None and whose.first < group - 1 else None
    return None


def quotes_somebody(tokens: Sequence[Token], verb: int) -> bool:
    """Whether "cited" at `verb` only leads up to an "as saying"."""
    behind = range(verb + 2, min(len(tokens) - 1, verb + _REACH))
    return any(tokens[k].low == "as" and tokens[k + 1].low == "saying" for k in behind)


def cited(tokens: Sequence[Token], hits: Sequence[Hit]) -> list[Hit]:
    """The cues without a "citing officials", whose officials speak where only a paper reports."""
    kept: list[Hit] = []
    for hit in hits:
        whom = phrases.after(tokens, hit.cue_last) if hit.cue.lemma == "cite" and hit.form == "participle" else None
        if whom is None or not _somebody(tokens, whom):
            if whom is None or not (kept and outlet(tokens, kept[-1].speaker)):
                kept.append(hit)  # a minister cites reasons, a paper only what it has read
        elif kept and outlet(tokens, kept[-1].speaker) and kept[-1].cue.act == "say":
            kept[-1] = replace(kept[-1], source=whom, last=_behind(tokens, kept[-1], hit, whom))
    return kept


def _behind(tokens: Sequence[Token], reported: Hit, citing: Hit, whom: Phrase) -> int:
    """Where the content may begin: behind the source if "citing" follows at once on "reported"."""
    at_once = all(
        token.text == "," or phrases.is_adverb(token)
        for token in tokens[phrases.skip_time(tokens, reported.last) : citing.group]
    )
    return whom.last if at_once else reported.last


def _somebody(tokens: Sequence[Token], phrase: Phrase) -> bool:
    """Whether the phrase names people or a body, and not a law or a reason."""
    inside = tokens[phrase.first : phrase.last]
    lows = {token.low for token in inside}
    return not lows & _THINGS and (bool(lows & _PEOPLE) or inside[-1].capital)


def outlet(tokens: Sequence[Token], phrase: Phrase | None) -> bool:
    """Whether the phrase names a paper, a channel or an agency."""
    if phrase is None:
        return False
    inside = tokens[phrase.first : phrase.last]
    return any(token.low in OUTLETS for token in inside) and (
        inside[-1].capital or inside[0].low in DETERMINERS or inside[-1].low in OUTLETS
    )
