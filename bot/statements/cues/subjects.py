"""The subject before a verb of saying: walked back to over times, appositions and insertions."""

from __future__ import annotations

from collections.abc import Sequence

from bot.statements.cues import lexicon
from bot.statements.cues.backwards import bracket, walk
from bot.statements.cues.phrases import DASHES, LONGEST, Phrase, is_verb, skip_time_back
from bot.statements.text.sentences import Token
from bot.statements.text.words import (
    COORDINATORS,
    DETERMINERS,
    MONTHS,
    PREPOSITIONS,
    SUBORDINATORS,
    TIME_WORDS,
    words,
)

# Tokens of an insertion, of a clause looked back through.
_INSERTION = 45
_CLAUSE = 60
_NAME, _SAID = 4, 4  # tokens of a name at most, of a clause before its attribution at least
_OPENS_INSERTION = (
    DETERMINERS
    | PREPOSITIONS
    | words(
        "who whose whom which former speaking himself herself when where asked writing citing also however "
        "meanwhile though too"
    )
)
# "However, Norrland and Ostmark said" is of two.
_NO_NAME = MONTHS | TIME_WORDS | (_OPENS_INSERTION - DETERMINERS) | words("instead still yet unlike asked")
_MOMENTS = SUBORDINATORS & PREPOSITIONS
_CLAUSE_STARTS = words("but while although though")
_RELATIVES = words("who whom that which")


def before(tokens: Sequence[Token], group: int) -> Phrase | None:
    """The subject of the verb group that begins at `group`, with what stands between them passed over."""
    at = skip_time_back(tokens, group - 1)
    if at < 0:
        return None
    if tokens[at].text == ")":
        opening = bracket(tokens, at)
        if not opening:
            return None
        at = opening - 1
    if tokens[at].text == "," or tokens[at].text in DASHES:
        return _over_insertion(tokens, at)
    phrase = walk(tokens, at)
    return _of_all(tokens, phrase, at + 1) if phrase else None


def _of_all(tokens: Sequence[Token], phrase: Phrase, last: int) -> Phrase:
    """A subject with those before it in a list of names that opens the sentence: "Britain, France and Norrland"."""
    links = [at for at in range(last - 1, -1, -1) if tokens[at].low == "and"][:1]
    if not links or links[0] < phrase.first - 1 or not all(token.capital for token in tokens[links[0] + 1 : last]):
        return phrase
    front = tokens[: links[0]]
    if front and front[-1].text == ",":
        front = front[:-1]
    names: list[list[Token]] = [[]]
    for token in front:
        if token.text == ",":
            names.append([])
        else:
            names[-1].append(token)
    listed = len(names) > 1 and all(0 < len(name) <= _NAME and all(map(_of_name, name)) for name in names)
    return Phrase(0, last, 0) if listed else phrase


def _of_name(token: Token) -> bool:
    return token.kind == "word" and token.capital and token.low not in _NO_NAME


def _over_insertion(tokens: Sequence[Token], closing: int) -> Phrase | None:
    """The subject before an insertion that ends at `closing`: an apposition, a relative clause, a dash phrase."""
    dashed = tokens[closing].text in DASHES
    segment = _clause_floor(tokens, closing)
    office = None if dashed else _with_office(tokens, segment, closing)
    if office is not None:
        return office
    found: Phrase | None = None
    for at in range(segment, closing):
        mark = tokens[at].text
        if mark != "," and mark not in DASHES:
            continue
        if (mark in DASHES) == dashed and closing - at <= _INSERTION:
            phrase = _as_subject(tokens, segment, at)
            if phrase is not None and _inserted(tokens, at + 1, closing):
                lead = tokens[phrase.first - 1]
                if lead.low in _MOMENTS and any(token.text == "," for token in tokens[at + 1 : closing]):
                    segment = at + 1  # "After the storm, the mayor, Mara Velden, said"
                    continue
                opens = segment in {phrase.first, phrase.lead} or lead.low in SUBORDINATORS or lead.kind == "quote"
                if found is None or opens:
                    found = _with_name(tokens, phrase, closing)
                if opens:
                    break  # what stands behind a verb may be its object: "is no deal on a truce, the minister, X, said"
        segment = at + 1
    return found


def _with_office(tokens: Sequence[Token], segment: int, closing: int) -> Phrase | None:
    """The subject behind a clause whose verb nobody knows: "The fund lost twelve million, its head, Mara Velden, said".

    An office with its name stands between commas, and what stands before the two is no name that they explain.
    """
    comma = next((at for at in range(closing - 1, segment, -1) if tokens[at].text == ","), segment)
    name = tokens[comma + 1 : closing]
    if comma == segment or not 1 < len(name) <= _NAME or not all(token.capital for token in name):
        return None
    phrase = walk(tokens, comma - 1, floor=segment)
    if phrase is None or phrase.first <= segment or tokens[phrase.first - 1].text != ",":
        return None
    front = tokens[segment : phrase.first - 1]
    explained = all(token.capital or token.low in DETERMINERS | PREPOSITIONS for token in front)
    office = tokens[phrase.first].low in DETERMINERS and len(front) >= _SAID and not explained
    return Phrase(phrase.first, closing, phrase.first - 1) if office else None


def apposed(tokens: Sequence[Token], closing: int) -> bool:
    """Whether the comma at `closing` ends an insertion behind the subject that opens the sentence."""
    phrase = _over_insertion(tokens, closing)
    if phrase is None or tokens[phrase.last].text not in {",", "("} or not _opens(tokens, phrase):
        return False
    comma = next(at for at in range(closing - 1, -1, -1) if tokens[at].text == "," or at == phrase.last)
    last = tokens[comma + 1 : closing]
    return bool(last) and (last[0].low in _RELATIVES | {"whose", "where"} or not any(is_verb(token) for token in last))


def _opens(tokens: Sequence[Token], phrase: Phrase) -> bool:
    """Whether the phrase stands where a sentence begins: at its start, behind a quotation or a dateline."""
    first = min(phrase.first, phrase.lead)
    return first == 0 or tokens[first - 1].kind == "quote" or tokens[first - 1].text in DASHES | {":", ")"}


def _with_name(tokens: Sequence[Token], phrase: Phrase, closing: int) -> Phrase:
    """A subject that names nobody takes its apposition along: "His deputy, Mara Velden,"."""
    named = any(token.capital for token in tokens[max(phrase.first, 1) : phrase.last][-2:])
    inserted = tokens[phrase.last + 1 : closing]
    if inserted and inserted[0].low in _RELATIVES | {"whose"} and not named:
        comma = next((at for at in range(closing - 1, phrase.last, -1) if tokens[at].text == ","), closing)
        behind = tokens[comma + 1 : closing]  # "The mayor, who was a pilot, Greta Voll, said"
        if 1 < len(behind) <= _NAME and all(map(_of_name, behind)):
            return phrase._replace(last=closing)
    if named or not 0 < len(inserted) <= LONGEST // 3 or any(is_verb(token) for token in inserted):
        return phrase
    name = inserted[-1].capital and inserted[0].low not in PREPOSITIONS and not inserted[0].low.endswith("ing")
    return phrase._replace(last=closing) if name else phrase


def _inserted(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether `first..last` can be an insertion: it holds no finite clause of its own, unless a relative one."""
    if first >= last:
        return False
    opening = tokens[first]
    if opening.capital and opening.low in MONTHS:
        return False  # a dateline: "LINDHAVEN, May 3 - The council, …"
    if opening.low in _OPENS_INSERTION or opening.kind == "number" or opening.low.endswith(("ing", "ed")):
        return True
    return not any(is_verb(token) for token in tokens[first:last])


def _clause_floor(tokens: Sequence[Token], at: int) -> int:
    """Where the clause that holds `at` begins, at most a stretch back."""
    for k in range(at - 1, max(-1, at - _CLAUSE), -1):
        token = tokens[k]
        if token.text in {";", ":"} or (token.kind == "quote" and len(token.text) > LONGEST):
            return k + 1
        before_it = tokens[k - 1] if k else None
        if token.low in _CLAUSE_STARTS:
            return k + 1
        if before_it is None:
            continue
        earlier = tokens[k - 2].low if k > 1 else ""
        noun = before_it.low in lexicon.ALSO_NOUNS and earlier in DETERMINERS | PREPOSITIONS
        aside = earlier == "," and before_it.low.endswith("ing")
        said = token.low == "that" and before_it.low in lexicon.FORMS and not (noun or aside)
        if said or (token.low == "and" and before_it.text == ","):
            return k + 1
    return max(0, at - _CLAUSE)


def _as_subject(tokens: Sequence[Token], first: int, last: int) -> Phrase | None:
    """The whole stretch as a subject, if it is a plain noun phrase, or ends in one behind a verb or conjunction."""
    if last > first and tokens[last - 1].text == ")":
        last = bracket(tokens, last - 1) or last
    if not 0 < last - first <= LONGEST:
        return None
    phrase = walk(tokens, last - 1, floor=first)
    if phrase is None or first in {phrase.first, phrase.lead}:
        return phrase
    skipped = tokens[first : phrase.first]
    behind_verb = any(is_verb(token) for token in skipped)
    quoted = skipped[-1].kind == "quote" and skipped[-1].text[-1:] in {",", "!", "?"}
    opens = quoted or skipped[-1].low in SUBORDINATORS | COORDINATORS or skipped[-1].text in DASHES
    return phrase if behind_verb or opens else None
