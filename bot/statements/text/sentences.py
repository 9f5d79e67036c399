"""A text as paragraphs, sentences and tokens over a normalised view of equal length."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, NamedTuple

from bot.statements.text import furniture, lost_marks, quotes
from bot.statements.text.words import ABBREVIATIONS, ABBREVIATIONS_THAT_MAY_END, words

_SAME = (("’", "'"), ("‘", "'"), ("ʼ", "'"), ("‛", "'"), ("`", "'"), ("´", "'"), ("…", "."))
_BLANK = re.compile(r"[^\S\n]")
_TOKEN = re.compile(
    r"(?:[A-Za-z]\.){2,}|\d+(?:[.,:]\d+)*(?:%|st\b|nd\b|rd\b|th\b|s\b|(?:-[A-Za-z]\w*)+)?|[$£€]\d+(?:[.,]\d+)*|[@#]?\w+(?:['-]\w+)*|--+|\.{2,}|[^\w\s]"
)
_GLUE = re.compile(r"(?:(?<=[a-z]{2})|(?<=[)\"”\d]))[.!?](?=[A-Z“][a-z' ]|[A-Z][A-Z]+ )")
# A run of tokens without a stop is cut here, so that the reading of a sentence stays short.
_LONGEST = 300
# In capitals these are names, and no pronouns.
_NAMES_LIKE_PRONOUNS = {"US": "usa", "WHO": "health-body", "IT": "computing"}
# "Posted on X." ends a sentence; the letter is no initial there.
_BEFORE_PLATFORM = words("on to via platform network site media")
_CLOSERS = "\"'”’)]»"
# Who speaks, set inside the marks of a transcript's turn: "“VELDEN: We …".
_LABEL = re.compile(r"[A-Z][A-Z.'-]{2,30}(?: [A-Z][A-Z.'-]{1,30}){0,3}: ?(?=\S)")

Kind = Literal["word", "mark", "number", "quote"]


class Token(NamedTuple):  # made for each word, and several times as fast as a frozen dataclass
    """A word, a punctuation mark, or a whole quotation, which counts as one token."""

    start: int
    end: int
    text: str  # of the view
    low: str
    kind: Kind
    quotation: quotes.Quotation | None = None

    @property
    def capital(self) -> bool:
        """Whether it is written with a capital first letter."""
        return self.kind == "word" and self.text[0].isupper()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A run of tokens that ends as a sentence does, with its place among the paragraphs."""

    tokens: tuple[Token, ...]
    paragraph: int
    headline: bool
    turn: bool = False  # somebody's turn in a transcript, behind the label that names the speaker

    @property
    def start(self) -> int:
        """Where its first token starts."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Where its last token ends."""
        return self.tokens[-1].end


@lru_cache(maxsize=4)  # asked for by each part of the reading
def view(text: str) -> str:
    """The text with blanks and apostrophes of every kind made plain; of the same length, place by place."""
    for sign, plain in _SAME:  # several times as fast as str.translate
        text = text.replace(sign, plain)
    return _BLANK.sub(" ", text)


@lru_cache(maxsize=2)  # both halves of the reading ask for the same article
def read(text: str, title: str) -> tuple[Sentence, ...]:
    """The sentences of `text` without the furniture of its page, in order."""
    marked = lost_marks.typed_with_two(text)
    masked = list(view(marked))
    for start, end in furniture.found(text, title):
        masked[start:end] = "\n" * (end - start)
    body = "".join(masked)
    sentences: list[Sentence] = []
    place = 0
    number = 0
    while place <= len(body):
        stop = body.find("\n", place)
        stop = len(body) if stop < 0 else stop
        if body[place:stop].strip():
            found = quotes.stretches(marked, place, stop)
            tokens = _tokens(body, place, stop, found)
            if tokens:
                headline = _is_headline(tokens, text[place:stop], title, first=number == 0)
                sentences += [Sentence(tokens=run, paragraph=number, headline=headline) for run in _split(tokens, body)]
                number += 1
        place = stop + 1
    return tuple(sentences)


def _tokens(body: str, start: int, stop: int, found: tuple[quotes.Quotation, ...]) -> tuple[Token, ...]:
    """Tokens of a paragraph, each quotation as one."""
    tokens: list[Token] = []
    place = start
    for quotation in found:
        tokens += _plain_tokens(body, place, quotation.start)
        label = None if tokens else _LABEL.match(body, quotation.inner_start, quotation.inner_end - 1)
        if label is not None:
            tokens += _plain_tokens(body, label.start(), label.end())
        tokens.append(_quoted(body, quotation, label.end() if label else None))
        place = quotation.end
    return (*tokens, *_plain_tokens(body, place, stop))


def _quoted(body: str, quotation: quotes.Quotation, begin: int | None) -> Token:
    """The token of a quotation; `begin`: it starts only here, behind a label."""
    if begin is not None:
        quotation = replace(quotation, start=begin, inner_start=begin)
    inside = body[quotation.inner_start : quotation.inner_end]
    return Token(
        start=quotation.start,
        end=quotation.end,
        text=inside,
        low=inside.lower(),
        kind="quote",
        quotation=quotation,
    )


def _plain_tokens(body: str, start: int, stop: int) -> list[Token]:
    tokens: list[Token] = []
    for match in _TOKEN.finditer(body, start, stop):
        word = match.group()
        end = match.end()
        if word[0].isalnum() and end < stop and body[end] == "." and f"{word.lower()}." in ABBREVIATIONS:
            # A capital letter with a full stop is an initial; other listed words are short forms.
            word, end = f"{word}.", end + 1
        elif len(word) == 1 and word.isupper() and word != "I" and end < stop and body[end] == ".":
            platform = word == "X" and tokens and tokens[-1].low in _BEFORE_PLATFORM
            word, end = (word, end) if platform else (f"{word}.", end + 1)
        if tokens and match.start() < tokens[-1].end:
            continue
        sign = word[0]
        kind: Kind = (
            "number" if sign.isdigit() or sign in "$£€" else "word" if sign.isalnum() or sign in "@#" else "mark"
        )
        low = _NAMES_LIKE_PRONOUNS.get(word) or word.lower()
        tokens.append(Token(match.start(), end, word, low, kind))
    return tokens


def _split(tokens: tuple[Token, ...], body: str) -> list[tuple[Token, ...]]:
    """Runs of tokens, one a sentence."""
    runs: list[tuple[Token, ...]] = []
    start = 0
    for k, token in enumerate(tokens):
        if k + 1 == len(tokens):
            break
        following = tokens[k + 1]
        if k - start >= _LONGEST or _ends(token, following, body):
            runs.append(tokens[start : k + 1])
            start = k + 1
    if start < len(tokens):
        runs.append(tokens[start:])
    return runs


def _starts(token: Token) -> bool:
    """Whether a sentence may start with the token."""
    if token.kind == "quote":
        return True
    return token.kind == "number" or token.text[0].isupper() or token.text[0] in "@#([-—–•*"


def _ends(token: Token, following: Token, body: str) -> bool:
    """Whether a sentence ends between two tokens."""
    if token.kind == "quote":
        inside = token.text.rstrip(_CLOSERS)
        return inside[-1:] in (".", "!", "?") and _starts(following) and following.text[0] not in "([-—–"
    if token.kind == "mark":
        if token.text[0] not in ".!?":
            return False
        if token.end == following.start:
            # No blank: glued sentences, unless it looks like a host name or a number.
            return bool(_GLUE.match(body, token.start)) or following.kind == "quote"
        return _starts(following)
    if token.low in ABBREVIATIONS_THAT_MAY_END and following.kind == "word" and following.capital:
        return following.low in _USUAL_STARTERS
    return False


_USUAL_STARTERS = words(
    "the a an he she they it we i in on at but and this that these those his her their its while when after before as "
    "if for there meanwhile however also asked earlier later"
)


def _is_headline(tokens: tuple[Token, ...], line: str, title: str, *, first: bool) -> bool:
    """A line without a full stop that repeats the title, opens the text, or is short enough for a crosshead."""
    bare = line.strip()
    if title and bare.rstrip(".") == title.strip().rstrip("."):
        return True
    last = tokens[-1]
    ends = bare[-1:] in ".!?:;,…" or (last.kind == "quote" and last.text[-1:] in (".", "!", "?", ","))
    return not ends and len(tokens) < (22 if first else 12) and tokens[0].kind != "quote"
