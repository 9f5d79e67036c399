"""Stretches of a page that are not its prose: site phrases, links to other stories, comment forms, repeated titles."""

from __future__ import annotations

import re

_LINK_HEADS = (
    r"also read|read also|read more|read next|see also|watch also|also watch|more on this|must read|don'?t miss|"
    r"related(?: stories| articles| news| coverage)?|recommended(?: for you| reading)?|trending(?: now)?|more from|"
    r"you may also like|in case you missed it|up next|explained"
)
# A link inside the prose ends where the next sentence is glued to it, or with the line.
_LINK = re.compile(
    rf"(?:(?<=[.!?\"”’'])|(?<=[.!?\"”’'] )|^[ \t]*)(?i:(?:{_LINK_HEADS}))[ \t]*[|:>»–—][^\n]*?"
    r"(?:(?=(?<=[a-z0-9)?!.])[“\"][A-Z])|(?<=[a-z0-9’'”])(?=[A-Z][a-z]+[ ,][A-Za-z])|(?=\n)|\Z)",
    re.MULTILINE,
)
_PHRASES = re.compile(
    r"(?i:story continues below this ad"
    r"|(?:article|story) continues (?:after|below)[^.\n“\"]{0,40}?(?:ad|advertisement|promotion)(?![a-z])"
    r"|advertisement\s*[-–—]\s*(?:scroll to continue|story continues below)"
    r"|\((?:photo |image |picture )?credit: ?[^()\n]{2,80}\)"
    r"|scroll (?:down )?to continue(?: reading)?"
    r"|click here to (?:read|watch|sign up|subscribe|follow)[^.\n]*"
    r"|(?:to (?:view|play|watch|hear|load|read|see)[^.,\n]{0,40} )?(?:please|you (?:need|have) to) enable javascript"
    r"(?:,? and consider [a-z ]{3,40} supports html5 (?:video|audio)| (?:in|on) your (?:web )?browser)?"
    r"|advertisement supported by(?: by [a-z .]{3,40})?"
    r"|by (?:submitting|subscribing|signing up|continuing)[^.,\n]{0,30}, you (?:agree|consent)[^.\n]{3,80}\."
    r"|(?:get|have) (?:the|our) (?:latest|best|top)[^.\n]{0,60}? (?:to|in) your (?:inbox|mailbox|email)"
    r"|sign up (?:here|now|for our)[^.\n]{0,80}newsletter[^.\n]*"
    r"|(?:comments|replies) (?:can ?not|could not) be (?:loaded|shown|displayed))"
)
# Each of these phrases holds one of these words.
_IN_PHRASES = (
    *("continues below", "continues after", "advertisement", "credit:", "scroll", "click here to", "enable javascript"),
    *("you agree", "you consent", "inbox", "mailbox", "email", "newsletter", "be loaded", "be shown", "be displayed"),
)
# What fills a whole line.
_LINES = (
    r"wait \d+ sec(?:ond)?s?",
    r"leave a (?:reply|comment)|post a comment",
    r"(?:no |\d+ |view |read |show |add a )?comments?(?: \(\d+\)| off)?",
    r"your email address will not be published\b.*|required fields are marked\b.*|save my name, email\b.*",
    r"advertisements?|sponsored(?: content)?|promoted(?: content| stories)?",
    r"subscribe(?: now| to\b.*)?|sign (?:in|up)(?: to\b.*| for\b.*)?|log ?in",
    r"share(?: this| on| via)?(?: article| story)?(?:\s*[:|].*)?|(?:follow|like|find) us\b.*|join our\b.*",
    r"copyright\b.*|(?:©|\(c\)) ?\d{4}.*|all rights reserved.*",
    r"(?:photo|image|picture|file photo|video|getty|source|credit)s?(?: credit| source| by)?\s*[:/].*",
    r"[^.]{0,40}getty images[^.]{0,40}",
    r"\(?(?:reporting|writing|editing|additional reporting|edited|written|reported) by\b.*",
    r"[a-z]{2,4}/[a-z]{2,4}(?:/[a-z]{2,4})?",
    r"tags?\s*:.*|topics?\s*:.*|filed under.*|skip to .*|\d+ min(?:ute)?s? read",
    r"(?:last )?(?:updated|published|posted)(?: on| at)?\s*:?\s.{0,60}\d.*",
    r"(?:more|watch|listen|gallery|live)\s*:.*",
    r"recommended stories|list \d+ of \d+.*|end of list|image caption\b.*|listen to this (?:article|story).*",
    r"[\"“]?follow [\w.’' -]{2,40} on (?:twitter|x|facebook|instagram|bluesky|telegram)\b.*",
    r"get (?:the|our) [^.]{3,60}(?:in|to) your (?:inbox|email).*|contact (?:the writer|the author|us)\b.*",
    r"newsletter|breaking news|most read|most popular|latest news|trending|related|home|menu|search|live|watch|listen",
    r"print|email|facebook|twitter|whatsapp|telegram|linkedin|reddit|back to top|loading|read more|continue reading",
    r"this (?:article|story|report) (?:was|is) (?:originally |first |last )?"
    r"(?:published|updated|posted|produced|written|edited)\b.*",
    r"(?:this (?:site|website) uses cookies|we use cookies|by (?:clicking|continuing|signing))\b.*",
)
_LINE = re.compile("|".join(_LINES), re.IGNORECASE)
# Who took the picture, glued before the prose: "Mara Velden/AP". No name is longer; a line without a blank may be.
_CREDIT = re.compile(
    r"(?<![\w/])(?:[A-Z][\w.’'-]{1,40} ){1,3}[A-Z][\w’'-]{1,40}/(?:AP|AFP|Reuters|REUTERS|EPA|TASS|CNN|BBC|Bloomberg|"
    r"Getty Images|The New York Times)(?:/[\w ]{2,20}?(?= [A-Z]|\n|$))?(?![\w/])"
)
# Links run together into one line without a stop, up to the gap before the prose.
_RUN = re.compile(r"[^.!?\n]+")
_GAP = re.compile(r" {3,}")
_MENU_LENGTH = 450
_MENU_WORDS = 80
_MENU_CAPITALS = 0.25
_MENU_COMMAS = 0.06
_BYLINE = re.compile(r"(?:By|BY) [A-Z][\w.’' -]{2,40}")
_LONGEST_LINE = 400
_SHORTEST_REPEAT = 15
_END_MARKS = '.":!* '
_LETTERS = re.compile(r"[^\w]+")


def found(text: str, title: str) -> tuple[tuple[int, int], ...]:
    """The stretches of `text` that are furniture, in order of their start, none of them empty; they may overlap."""
    low = text.lower()
    spans = [match.span() for match in _PHRASES.finditer(text)] if any(word in low for word in _IN_PHRASES) else []
    spans += [match.span() for match in _CREDIT.finditer(text)] if "/" in text else []
    spans += [match.span() for match in _LINK.finditer(text)]
    spans += [_links(match.group(), match.start()) for match in _RUN.finditer(text) if len(match[0]) > _MENU_LENGTH]
    spans += _lines(text, title)
    return tuple(sorted((start, end) for start, end in spans if end > start))


def _links(run: str, start: int) -> tuple[int, int]:
    """The part of a run without a stop that is a menu: many words, many capitals, hardly a comma; empty: none."""
    gaps = [gap.start() for gap in _GAP.finditer(run)]
    menu = run[: gaps[-1]] if gaps else run
    listed = menu.split()
    capitals = sum(word.lstrip("'\"“‘(")[:1].isupper() for word in listed)
    commas = sum(menu.count(sign) for sign in ",;:")
    if len(listed) < _MENU_WORDS or capitals < _MENU_CAPITALS * len(listed) or commas > _MENU_COMMAS * len(listed):
        return start, start
    return start, start + len(menu)


def _lines(text: str, title: str) -> list[tuple[int, int]]:
    """Whole lines of furniture, later repeats of the title, and the second half of a line that says itself twice."""
    spans: list[tuple[int, int]] = []
    seen: set[str] = set()
    headline = _plain(title)
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        bare = line.strip()
        if len(bare) < _LONGEST_LINE and _is_line(bare):
            spans.append((start, end))
        elif bare:
            plain = _plain(bare)
            half = _repeat(bare)
            if plain in seen and (plain == headline or len(plain) > _SHORTEST_REPEAT):
                spans.append((start, end))
            elif half and (len(plain) > 50 or plain[: len(plain) // 2] in seen):
                whole = plain[: len(plain) // 2] in seen
                spans.append((start if whole else start + line.index(bare) + half, end))
            seen.add(plain)
        start = end + 1
    return spans


def _plain(line: str) -> str:
    return _LETTERS.sub("", line).lower()


def _repeat(line: str) -> int:
    """Where the second half starts in a line that is one phrase twice; 0: it is not."""
    middle = len(line) // 2
    for cut in (middle, middle + 1, middle - 1):
        if cut > 12 and line[:cut].strip() == line[cut:].strip():
            return cut
    return 0


def _is_line(bare: str) -> bool:
    return bool(_LINE.fullmatch(bare.rstrip(_END_MARKS)) or _BYLINE.fullmatch(bare))
