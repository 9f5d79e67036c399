"""The subject before a verb of saying: walked back to over times, appositions and relative clauses."""

from __future__ import annotations

from collections.abc import Sequence

from bot.statements.cues import lexicon
from bot.statements.cues.phrases import DASHES, LONGEST, Phrase, in_name, is_adverb, is_verb, nickname, skip_time_back
from bot.statements.text.sentences import Token
from bot.statements.text.words import (
    ADVERBS,
    COORDINATORS,
    DETERMINERS,
    MONTHS,
    PREPOSITIONS,
    SUBJECT_PRONOUNS,
    SUBORDINATORS,
    TIME_LEADS,
    TIME_UNITS,
    TIME_WORDS,
    words,
)

# Tokens of an insertion, of a clause looked back through, from a relative pronoun to its verb.
_INSERTION = 45
_CLAUSE = 60
_RELATIVE = 7
_NAME, _SAID = 4, 4  # tokens of a name at most, of a clause before its attribution at least
_OPENS_INSERTION = (
    DETERMINERS
    | PREPOSITIONS
    | words(
        "who whose whom which former speaking himself herself when where asked writing citing also however "
        "meanwhile though too"
    )
)
_CLAUSE_STARTS = words("but while although though")
_LEADS = COORDINATORS | words("while as though although because when where whereas since after before if")
_WHOLE = words("all some both many most few several others")
_MEASURES = words("like over about around up under above")
_PAST = ("ed", "cut")
_OBJECT_OPENS = words("a an the his her its their this that these those")
_RELATIVES = words("who whom that which")


def before(tokens: Sequence[Token], group: int) -> Phrase | None:
    """The subject of the verb group that begins at `group`, with what stands between them passed over."""
    at = skip_time_back(tokens, group - 1)
    if at < 0:
        return None
    if tokens[at].text == ")":
        opening = _opening(tokens, at)
        if not opening:
            return None
        at = opening - 1
    if tokens[at].text == "," or tokens[at].text in DASHES:
        return _over_insertion(tokens, at)
    return _walk(tokens, at)


def _opening(tokens: Sequence[Token], closing: int) -> int | None:
    """The bracket that a closing one belongs to."""
    return next((k for k in range(closing - 1, max(-1, closing - LONGEST), -1) if tokens[k].text == "("), None)


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
    phrase = _walk(tokens, comma - 1, floor=segment)
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
        last = _opening(tokens, last - 1) or last
    if not 0 < last - first <= LONGEST:
        return None
    phrase = _walk(tokens, last - 1, floor=first)
    if phrase is None or first in {phrase.first, phrase.lead}:
        return phrase
    skipped = tokens[first : phrase.first]
    behind_verb = any(is_verb(token) for token in skipped)
    quoted = skipped[-1].kind == "quote" and skipped[-1].text[-1:] in {",", "!", "?"}
    opens = quoted or skipped[-1].low in SUBORDINATORS | COORDINATORS or skipped[-1].text in DASHES
    return phrase if behind_verb or opens else None


def _walk(tokens: Sequence[Token], end: int, floor: int = 0) -> Phrase | None:
    """The noun phrase that ends at token `end` and begins at `floor` or later."""
    head = tokens[end]
    if head.kind == "mark" or (head.kind == "quote" and not nickname(head)):
        return None
    if head.low == "that":
        return _before_relative(tokens, end, floor)
    if head.low in SUBJECT_PRONOUNS and head.low != "there":
        return Phrase(end, end + 1, _lead(tokens, end))
    if head.low in SUBORDINATORS:
        return Phrase(end, end + 1, end) if head.low == "which" else None
    if head.low in PREPOSITIONS | COORDINATORS | {"there"} | (DETERMINERS - _WHOLE):
        return None
    at = end
    verbal = False
    while at >= floor and end - at < LONGEST:
        token = tokens[at]
        if token.text == ")":
            opening = _opening(tokens, at)
            if opening is None or opening <= floor:
                break
            at = opening - 1
            continue
        if at < end and token.low in _RELATIVES and at > floor:
            # "officials who saw the report said": the subject stands before the relative clause.
            return _walk(tokens, at - 1, floor)
        if is_verb(token):
            relative = _relative_before(tokens, at, floor)
            if relative is not None:
                return _walk(tokens, relative - 1, floor)
            verbal = True
            break
        if at < end and _past_verb(tokens, at):
            verbal = True
            break
        if _stops_walk(token, last=at == end):
            break
        at -= 1
    return _trim(tokens, at + 1, end + 1, verbal=verbal)


def _past_verb(tokens: Sequence[Token], at: int) -> bool:
    """Whether an unknown word in "-ed" is a verb, since an object with its article follows: "blocked a ruling"."""
    token = tokens[at]
    if token.kind != "word" or token.capital or not token.low.endswith(_PAST) or at == 0:
        return False
    subject = tokens[at - 1].kind == "word" and tokens[at - 1].low not in DETERMINERS
    return subject and tokens[at + 1].low in _OBJECT_OPENS


def _stops_walk(token: Token, *, last: bool) -> bool:
    """Whether the token cannot belong to a noun phrase that is walked through from its end."""
    if token.kind == "quote":
        return not nickname(token)
    if token.kind == "mark":
        return not in_name(token)
    if token.low in SUBORDINATORS or token.low in {"but", "nor", "so", "yet", "who", "whom"}:
        return True
    return not last and (token.low in SUBJECT_PRONOUNS - DETERMINERS or token.low in TIME_WORDS)


def _relative_before(tokens: Sequence[Token], verb: int, floor: int) -> int | None:
    """Where the relative pronoun of a clause whose verb is at `verb` stands, if near and without a comma between."""
    for k in range(verb - 1, max(floor, verb - _RELATIVE) - 1, -1):
        token = tokens[k]
        if token.text in {",", ";", ":"} or token.kind == "quote":
            return None
        previous = tokens[k - 1] if k > floor else None
        if token.low in {"who", "which"}:
            return k if previous is not None and previous.kind == "word" else None
        if token.low == "that" and previous is not None and not is_verb(previous) and previous.low not in lexicon.FORMS:
            return k if previous.kind == "word" else None
    return None


def _before_relative(tokens: Sequence[Token], that: int, floor: int) -> Phrase | None:
    """For "a report that says": the noun before the relative "that"."""
    if that == floor or tokens[that - 1].kind != "word" or is_verb(tokens[that - 1]):
        return None
    return _walk(tokens, that - 1, floor)


def _trim(tokens: Sequence[Token], first: int, last: int, *, verbal: bool) -> Phrase | None:
    """Drops what leads up to a subject: conjunctions, adverbs, times, a prepositional phrase without a comma."""
    if verbal:
        # A verb stands before, so the phrase may begin with that verb's object.
        links = [k for k in range(first + 1, last - 1) if tokens[k].low in {"and", "or"} | PREPOSITIONS]
        first = links[-1] + 1 if links else first
    lead = first
    while first < last:
        token = tokens[first]
        following = tokens[first + 1] if first + 1 < last else None
        if token.low in _WHOLE:
            break
        if token.low in COORDINATORS | TIME_WORDS or token.low in ADVERBS or is_adverb(token) or token.kind == "mark":
            first += 1
        elif token.low in TIME_LEADS and following is not None and following.low in TIME_UNITS | TIME_WORDS:
            first += 2
        elif token.low in PREPOSITIONS and not (
            token.low in _MEASURES and following is not None and following.kind == "number"
        ):
            inner = _behind_phrase(tokens, first, last)
            if inner is None:
                return None
            first = inner
        else:
            break
    if first >= last:
        return None
    return Phrase(first, last, min(lead, _lead(tokens, first)))


def _behind_phrase(tokens: Sequence[Token], first: int, last: int) -> int | None:
    """Where the subject begins behind a prepositional phrase that no comma ends: its last noun phrase."""
    name = last - 1
    if tokens[name].capital:
        while name - 1 > first and tokens[name - 1].capital and tokens[name - 1].low not in TIME_WORDS | DETERMINERS:
            name -= 1
        if name - 1 > first and tokens[name - 1].low in DETERMINERS:
            name -= 1
        # "On Truth Social Velden said": the last name of the run speaks, the others belong to the place.
        return name if tokens[name - 1].low not in PREPOSITIONS else last - 1
    for at in range(last - 1, first + 1, -1):
        low, link = tokens[at].low, tokens[at - 1].low
        if low in DETERMINERS and link not in PREPOSITIONS and link not in DETERMINERS:
            return at
        if low in SUBJECT_PRONOUNS - DETERMINERS:
            return at
    return None


def _lead(tokens: Sequence[Token], first: int) -> int:
    """Where the words that tie a subject to what stands before begin: the conjunction, and the comma before that."""
    at = first
    while at > 0 and (tokens[at - 1].low in _LEADS or is_adverb(tokens[at - 1])):
        at -= 1
    if at > 0 and (tokens[at - 1].text in {",", ";"} or tokens[at - 1].text in DASHES):
        at -= 1
    return at
