"""Words in marks that are nobody's statement: what somebody was asked, the name of a work, the letter of a law."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from bot.statements.cues import phrases
from bot.statements.cues.hits import Hit
from bot.statements.cues.phrases import Phrase
from bot.statements.text.quotes import SINGLE
from bot.statements.text.sentences import Sentence, Token
from bot.statements.text.words import BE, DETERMINERS, PREPOSITIONS, SUBJECT_PRONOUNS, words

_QUESTIONERS = words(
    "reporter reporters journalist journalists correspondent correspondents interviewer moderator moderators host "
    "anchor presenter"
)
QUESTIONER_LABELS = _QUESTIONERS | words("q question audience")
_ASKED = words("asked pressed quizzed questioned challenged")
_BEFORE_ASKED = BE | words("when if while , and but or been")
# An official addressed by title at the head of a question: "Mr. President, will you …?"
_ADDRESSED = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Madam|Sir|Dr)\b\.?|Secretary|President|(?:Prime )?Minister|Senator|Governor|Ambassador|"
    r"Chancellor|General|Congress(?:man|woman)|Commissioner|Your \w+)(?: [A-Z][\w.’'-]+){0,3}, "
)
_WORKS = words(
    "book novel memoir autobiography song anthem hymn film movie documentary poem album series episode exhibition "
    "editorial column commentary essay headline headlined titled entitled subtitled slogan motto banner sign signs "
    "placard placards poster posters reading hashtag"
)
_SIGNS = words("sign signs placard placards poster posters banner banners billboard billboards sticker stickers")
_NAMED = words("theme title topic motto slogan headline subtitle")
# Before a quotation these tell that somebody speaks in another's voice.
_MIMICKING = words("quoting mimicking imitating impersonating paraphrasing parodying mocking")
_LAWS = words("constitution treaty charter convention statute law act amendment covenant protocol clause")
_PARTS_OF_LAWS = words("article section clause paragraph chapter amendment")
_LONGEST_QUESTION_LEAD = 14
_LONGEST_LAW = 7
_LONGEST_SUBJECT = 10
_LONGEST_CROSSHEAD = 8
_SHORTEST_HEADLINE = 4
_LONG_WORD = 5


def is_anothers(tokens: Sequence[Token], hit: Hit, first: int, stop: int) -> bool:
    """Whether what a cue takes is no statement of its subject: a question put to an official, a title, a parody."""
    if hit.speaker is not None and tokens[hit.speaker.last - 1].low in _SIGNS:
        return True
    if hit.cue.act == "ask" and _is_question(tokens, hit.speaker, tokens[first:stop]):
        return True
    if tokens[first].kind != "quote" or stop - first != 1:
        return False
    if first >= hit.verb:
        return first == hit.cue_last and "addressee" in hit.cue.frames and is_name(tokens[first])
    return tokens[0].low in _MIMICKING or (is_title(tokens, first) and _in_title_case(tokens[first]))


def is_nobodys(tokens: Sequence[Token], at: int) -> bool:
    """Whether the quotation at `at`, which no cue takes, says nothing that anybody stands for."""
    if tokens[at].text[:1] == "(" and tokens[at].text.rstrip(".")[-1:] == ")":
        return True  # "(Applause.)"
    example = at > 1 and tokens[at - 1].low == "as" and tokens[at - 2].low == "such"
    return example or is_asked(tokens, at) or is_title(tokens, at)


def _is_question(tokens: Sequence[Token], speaker: Phrase | None, content: Sequence[Token]) -> bool:
    """Whether the content behind a cue of asking is a reporter's question, or one that addresses an official."""
    asking = {token.low for token in tokens[speaker.first : speaker.last]} if speaker else set()
    if asking & _QUESTIONERS:
        return True
    addressed = any(_ADDRESSED.match(token.text) and "?" in token.text for token in content if token.kind == "quote")
    return addressed and not asking <= SUBJECT_PRONOUNS


def is_name(token: Token) -> bool:
    """Whether a quotation is written as the name of a work, a paper, a programme is."""
    return _in_title_case(token) and token.text[:1].isupper() and token.text.rstrip("?!").count(". ") == 0


def _in_title_case(token: Token) -> bool:
    """Whether all longer words begin with a capital letter."""
    return all(word[:1].isupper() for word in token.text.split() if len(word) >= _LONG_WORD)


def is_asked(tokens: Sequence[Token], at: int) -> bool:
    """Whether the quotation at `at` is what somebody was asked: "Asked whether the rumour that “…” was right"."""
    for k in range(at - 1, max(-1, at - _LONGEST_QUESTION_LEAD), -1):
        if tokens[k].text in {",", ":", ";"} and k < at - 1:
            return False
        if tokens[k].low in _ASKED:
            return k == 0 or tokens[k - 1].low in _BEFORE_ASKED
    return False


def is_title(tokens: Sequence[Token], at: int) -> bool:
    """Whether the quotation at `at` is the name or the wording of a work: "her book, “…”", "a sign reading “…”"."""
    behind = at - 2 if at > 1 and tokens[at - 1].text == "," else at - 1
    if behind < 0:
        return False
    leading = tokens[behind].low
    headed = is_name(tokens[at]) and len(tokens[at].text.split()) > _SHORTEST_HEADLINE
    if headed and tokens[at - 1].text != ":" and tokens[at].text[-1:].isalnum():
        return True
    if leading in _WORKS:
        return True
    if leading in BE:
        return any(token.low in _NAMED for token in tokens[max(0, behind - _LONGEST_SUBJECT) : behind])
    return leading in DETERMINERS | PREPOSITIONS and is_name(tokens[at])


def is_verse(tokens: Sequence[Token], at: int) -> bool:
    """Whether the quotation at `at` stands behind a number and a colon, as verses and clauses do: "Orlon 2:12: “…”"."""
    return at > 2 and tokens[at - 1].text == ":" and tokens[at - 2].kind == "number" and tokens[at - 3].kind != "quote"


def is_law(tokens: Sequence[Token], phrase: Phrase | None) -> bool:
    """Whether the phrase names a law or a part of one."""
    if phrase is None or phrase.last - phrase.first > _LONGEST_LAW:
        return False
    named = tokens[phrase.first : phrase.last]
    part = any(_is_part(token, after) for token, after in pairwise(named))
    return part or named[-1].low in _LAWS


def law_from(tokens: Sequence[Token], hits: Sequence[Hit]) -> int:
    """The token behind which quotations that no cue takes are the letter of a law; the number of tokens: none are."""
    if any(is_law(tokens, hit.speaker) for hit in hits) or is_law(tokens, phrases.main_subject(tokens, len(tokens))):
        return 0
    parts = (k for k, (token, after) in enumerate(pairwise(tokens)) if _is_part(token, after))
    return next(parts, len(tokens))


def _is_part(token: Token, after: Token) -> bool:
    return token.low in _PARTS_OF_LAWS and after.kind == "number"


def is_crosshead(sentence: Sentence, before: Sentence | None, at: int, *, text: str, alone: bool) -> bool:
    """Whether a quotation in single marks, where the prose has double ones, is a crosshead or stands in a headline.

    `alone`: nothing else stands in its sentence.
    """
    token = sentence.tokens[at]
    if token.quotation is None or text[token.quotation.start] not in SINGLE or ('"' not in text and "“" not in text):
        return False
    if not alone:
        announced = at > 0 and sentence.tokens[at - 1].text == ":"
        return not announced and is_name(token) and len(token.text.split()) > _SHORTEST_HEADLINE
    if token.text.endswith(",") or len(token.text.split()) > _LONGEST_CROSSHEAD:
        return False
    opens = before is None or before.paragraph != sentence.paragraph
    return opens and "\n" in (text[sentence.end : sentence.end + 2].strip(" ") or "\n")
