"""How a labelled statement is written: patterns that can be read off the label alone, to count errors by."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.statements.people.nouns import BODY_NOUNS, PERSON_NOUN, PLURALS

_PRONOUNS = frozenset({"he", "she", "they", "it", "we", "i", "his", "her", "their", "its", "who", "him", "them"})
_NEGATING = re.compile(
    r"\b(?:not|never|neither|nor|no|den(?:y|ies|ied|ying)|reject\w*|refus\w*|declin\w*|disput\w*|dismiss\w*|"
    r"rul(?:e|es|ed|ing) out|oppos\w+)\b|n['’]t\b",
    re.IGNORECASE,
)
_DETERMINER = re.compile(r"^(?:the|a|an|one|some|several|two|three|many|his|her|its|their)\s", re.IGNORECASE)
_SENTENCES = re.compile(r"[.!?]['’”\"]?\s+[A-Z“\"]")
_FRAGMENT = 3  # words
_LONG_SPEAKER, _LONG_CUE = 6, 3
_HEADLINE = 20


@dataclass(frozen=True, slots=True)
class Label:
    """A labelled statement with its surroundings; speaker and cue are rows with start, end and text."""

    text: str  # of the article
    row: dict[str, Any]
    resumes: bool  # an earlier statement of the article has the same cue

    @property
    def content(self) -> str:
        """The words."""
        return self.text[self.row["start"] : self.row["end"]]

    @property
    def speaker(self) -> str:
        """As written; empty where there is none."""
        return (self.row.get("speaker") or {}).get("text") or ""

    @property
    def cue(self) -> str:
        """As written; empty where there is none."""
        return (self.row.get("cue") or {}).get("text") or ""

    @property
    def between(self) -> str:
        """The words between speaker and cue, either way round."""
        speaker, cue = self.row.get("speaker"), self.row.get("cue")
        if not speaker or not cue:
            return ""
        first, second = sorted((speaker, cue), key=lambda one: one["start"])
        return self.text[first["end"] : second["start"]]


def _far(label: Label) -> bool:
    speaker = label.row.get("speaker")
    if not speaker:
        return False
    ends = sorted((label.row["start"], label.row["end"], speaker["start"], speaker["end"]))
    return "\n" in label.text[ends[1] : ends[2]]


def _possessive(label: Label) -> bool:
    speaker = label.row.get("speaker")
    if not speaker:
        return False
    behind = label.text[speaker["end"] : speaker["end"] + 2]
    return bool(
        re.search(r"['’]s?$", label.speaker)
        or re.match(r"['’]s?", behind)
        or label.speaker.casefold() in {"his", "her", "their", "its"}
    )


def _headline(label: Label) -> bool:
    start = label.text.rfind("\n", 0, label.row["start"]) + 1
    end = label.text.find("\n", label.row["end"])
    line = label.text[start : end if end >= 0 else len(label.text)].strip()
    return len(line.split()) < _HEADLINE and (start == 0 or not re.search(r"[.!?:,]['’”\"]?$", line))


def _transcript(label: Label) -> bool:
    speaker = label.row.get("speaker")
    return bool(speaker and label.speaker.isupper() and label.text[speaker["end"] :].startswith(":"))


def _before_cue(label: Label) -> bool:
    cue = label.row.get("cue")
    return bool(cue and label.row["end"] <= cue["start"])


PATTERNS: dict[str, Callable[[Label], bool]] = {
    "cue before the content": lambda x: bool(x.cue) and not _before_cue(x),
    "cue behind the content": _before_cue,
    "cue denies, refuses or is negated": lambda x: bool(_NEGATING.search(x.cue)),
    "cue of more than three words": lambda x: len(x.cue.split()) > _LONG_CUE,
    "“according to”": lambda x: x.cue.casefold().startswith("according"),
    "relative: “who said”": lambda x: bool(re.search(r"\bwho\b", f"{x.speaker} {x.between} {x.cue}")),
    "indirect without “that”": lambda x: x.row["kind"] == "indirect" and not x.content.startswith("that "),
    "indirect with “that”": lambda x: x.row["kind"] == "indirect" and x.content.startswith("that "),
    "fragment of three words or fewer": lambda x: x.row["kind"] == "direct" and len(x.content.split()) <= _FRAGMENT,
    "several sentences in one quotation": lambda x: x.row["kind"] == "direct" and bool(_SENTENCES.search(x.content)),
    "quotation resumed behind its cue": lambda x: x.resumes and x.row["kind"] == "direct",
    "brackets or ellipsis inside": lambda x: bool(re.search(r"\[|\.\.\.|…", x.content)),
    "headline": _headline,
    "transcript turn": _transcript,
    "no source": lambda x: not x.speaker,
    "speaker: pronoun": lambda x: mention(x.speaker) == "pronoun",
    "speaker: organisation or state": lambda x: mention(x.speaker) == "organisation",
    "speaker: title or description": lambda x: mention(x.speaker) == "title or description",
    "speaker: possessive": _possessive,
    "speaker: two together": lambda x: " and " in f" {x.speaker} " and len(x.speaker.split()) <= _LONG_SPEAKER,
    "speaker: more than six words": lambda x: len(x.speaker.split()) > _LONG_SPEAKER,
    "speaker in another paragraph": _far,
}


def mention(written: str) -> str:
    """The form of a mention: what kind of words name the speaker. Organisations are known by their nouns alone."""
    words = re.sub(r"['’]s?$", "", written.strip()).split()
    if not words:
        return "none"
    if len(words) == 1 and words[0].casefold() in _PRONOUNS:
        return "pronoun"
    head = re.split(r",|\s\(|\bof\b|\bfor\b|\bat\b", " ".join(words))[0].split() or words
    last = head[-1].casefold().strip(".")
    names = [word for word in words if word[:1].isupper()]
    if last in BODY_NOUNS or last in PLURALS or last.isupper():
        return "organisation"
    if PERSON_NOUN.fullmatch(last) or _DETERMINER.match(written) or not names:
        return "title or description"
    if len(head) == 1:
        return "surname or single name"
    return "name in full"
