"""Whether two wordings are the same words: winnowed shingles to find them, rapidfuzz and guards to be sure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

SHINGLE = 3  # words
WINDOW = 4  # consecutive shingles of which the least is kept: 6 shared words guarantee a shared fingerprint
LEAST = 6  # words from which likeness counts; below it only equality or containment does
ALIKE = 75.0  # of 100, whole against whole
LONGEST = 2000  # words that are fingerprinted; nobody is quoted at greater length
HELD = 90.0  # of 100, the shorter inside the longer

_APOSTROPHES = re.compile("['’]")
_WORD = re.compile(r"[^\W_]+")
_SENTENCE_END = re.compile(r"[.!?:…“\"]\s*$")


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_NEGATIONS = _set(
    "not never no none nobody nothing neither nor cannot without hardly nt dont doesnt didnt wont cant "
    "couldnt shouldnt wouldnt isnt arent wasnt werent hasnt havent hadnt aint mustnt neednt"
)
_TURNS = _set(  # a copy may change a word, but not one of these
    "accept accepts accepted reject rejects rejected refuse refuses refused support supports supported oppose "
    "opposes opposed agree agrees agreed disagree disagrees disagreed allow allows allowed forbid forbids ban "
    "bans banned increase decrease raise lower more less before after until unless if yes acceptable "
    "unacceptable possible impossible for against"
)
_NUMBERS = _set(
    "one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty seventy "
    "eighty ninety hundred thousand million billion half dozen"
)


@dataclass(frozen=True)
class Wording:
    """A text as words in lower case; `bare` is the text without apostrophes."""

    words: tuple[str, ...]
    bare: str

    @staticmethod
    @lru_cache(maxsize=1 << 8)  # a quotation is compared as exact words and as a whole
    def of(text: str) -> Wording:
        """The wording of a text: apostrophes deleted, runs of letters and digits kept."""
        bare = _APOSTROPHES.sub("", text)
        return Wording(tuple(map(str.lower, _WORD.findall(bare))), bare)

    @cached_property
    def text(self) -> str:
        """The words joined by one blank."""
        return " ".join(self.words)

    @cached_property
    def names(self) -> frozenset[str]:
        """Which of the words are names: written with a capital inside a sentence."""
        names = set()
        for number, found in enumerate(_WORD.finditer(self.bare)):
            if number and found[0][0].isupper() and (name := found[0].lower()) != "i":
                before = self.bare[max(0, found.start() - 3) : found.start()]
                if not _SENTENCE_END.search(before):
                    names.add(name)
        return frozenset(names)


def fingerprints(wording: Wording) -> frozenset[int]:
    """Signed 64-bit hashes that two texts with six consecutive words in common are sure to share one of."""
    words = wording.words[:LONGEST]
    if not words:
        return frozenset()
    runs = [" ".join(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1))]
    hashes = [
        int.from_bytes(hashlib.blake2b(run.encode("utf-8", "surrogatepass"), digest_size=8).digest(), signed=True)
        for run in runs
    ]
    return frozenset(min(hashes[i : i + WINDOW]) for i in range(max(1, len(hashes) - WINDOW + 1)))


def contained(a: Wording, b: Wording) -> bool:
    """Whether the shorter stands in the longer word for word."""
    short, long = sorted((a, b), key=lambda wording: len(wording.words))
    return f" {short.text} " in f" {long.text} "


def likeness(a: Wording, b: Wording, *, alike: float = ALIKE, held: float | None = HELD) -> float:
    """How alike two wordings of six words or more are, 0 to 100; 0 where the guards say they are not the same.

    Whole against whole, else the shorter inside the longer (not asked when `held` is None). The parts that face each
    other must agree in negations, numbers, names and words that turn the meaning.
    """
    short, long = sorted((a, b), key=lambda wording: len(wording.words))
    if len(short.words) < LEAST:
        return 0.0
    score = fuzz.ratio(short.text, long.text, score_cutoff=alike)
    if score and _agree(short, long, 0, len(long.words)):
        return score
    if held is None:
        return 0.0
    facing = fuzz.partial_ratio_alignment(short.text, long.text, score_cutoff=held)
    if facing is None:
        return 0.0
    first = long.text.count(" ", 0, facing.dest_start + 1)
    end = long.text.count(" ", 0, facing.dest_end) + 1
    return facing.score if _agree(short, long, first, end) else 0.0


def _agree(short: Wording, long: Wording, first: int, end: int) -> bool:
    """The guards; from `first` to `end` the longer wording faces the shorter."""
    part, lead = long.words[first:end], long.words[max(0, first - 3) : first]
    names = short.names | long.names
    replaced = 0
    steps = [
        (step.tag, step.src_start, step.src_end, step.dest_start, step.dest_end)
        for step in Indel.opcodes(short.words, part)
    ]
    equal = [index for index, step in enumerate(steps) if step[0] == "equal"]
    if not equal:
        return False
    gone: list[str] = []
    come: list[str] = []
    cut: list[list[str]] = [[], []]  # what each of the two says alone, before and behind what they share
    for index, (tag, a, b, c, d) in enumerate(steps):
        if tag == "equal":
            edge = index <= equal[0]
            if not _gap(gone, come, names, edge=edge):
                return False
            if edge:
                cut = [gone, come]
            replaced += _changed(gone, come)
            gone, come = [], []
        gone += short.words[a:b] if tag == "delete" else ()
        come += part[c:d] if tag == "insert" else ()
    if not _gap(gone, come, names, edge=True):
        return False
    # "We support a toll on ships", "A toll on ships is out of the question": neither was cut out of the other
    here, there = [*cut[0], *gone], [*long.words[:first], *cut[1], *come, *long.words[end:]]
    if here and there and _TURNS.intersection({*here, *there}):
        return False
    replaced += _changed(gone, come)
    # a copy that changes one word in eight says something else: "foreign troops", "foreign bases"
    return not _NEGATIONS.intersection(lead) and replaced <= len(short.words) // 10


def _gap(gone: Sequence[str], come: Sequence[str], names: frozenset[str], *, edge: bool) -> bool:
    """Whether a difference leaves the meaning alone; at an edge one side may just have been cut."""
    both = {*gone, *come}
    if _NEGATIONS.intersection(both):
        return False
    if not (gone and come):
        return edge or not _TURNS.intersection(both)
    return not any(word in _TURNS or word in _NUMBERS or word in names or word.isdigit() for word in both)


def _changed(gone: Sequence[str], come: Sequence[str]) -> int:
    """How many words were changed for others; a spelling or an ending changed does not count."""
    if not (gone and come) or fuzz.ratio(" ".join(gone), " ".join(come)) >= 70:
        return 0
    return min(len(gone), len(come))
