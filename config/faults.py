"""What can be wrong with a configuration, said so that an editor can mend it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

if TYPE_CHECKING:
    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

_TOKEN = re.compile(r"\bx(?:ox[a-z]|app)-\S*", re.IGNORECASE)
_LOGIN = re.compile(r"(?<=://)[^\s/@]*@")
_CREDENTIAL_KEYS = {
    "bot_token": "SLACK_BOT_TOKEN",
    "app_token": "SLACK_APP_TOKEN",
    "signing_secret": "SLACK_SIGNING_SECRET",
    "client_id": "SLACK_CLIENT_ID",
    "client_secret": "SLACK_CLIENT_SECRET",
    "token": "SLACK_BOT_TOKEN",
    "database_url": "ONRECORD_DATABASE_URL",
    "api_key": "ONRECORD_LLM_API_KEY",
}
_PATTERNS = {
    "id": "may hold letters, digits, '-' and '_' only, and begins with a letter or a digit",
    "url": "must begin with http:// or https://",
    "login": "is the name of a variable in the environment, in capitals, such as WIRE_LOGIN: never the login itself",
    "channel": "is no Slack channel: give its id (such as C0123ABCD) or its name in small letters",
    "team": "is no id of a workspace (such as T0123ABCD)",
    "enterprises": "is no id of an organisation (such as E0123ABCD)",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing to mend: the file, the place in it, and what is wrong there."""

    file: str
    key: str
    message: str

    def __str__(self) -> str:
        return ": ".join(part for part in (self.file, self.key, self.message) if part)


class ConfigError(Exception):
    """The configuration cannot be used."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(faults)
        count = len(self.faults)
        head = "The configuration has a fault:" if count == 1 else f"The configuration has {count} faults:"
        super().__init__("\n".join([head, *(f"  {fault}" for fault in self.faults)]))


def looks_secret(text: str) -> bool:
    """Whether the text begins, or holds a word that begins, as a Slack token does."""
    return _TOKEN.search(text) is not None


def shown(value: object) -> str:
    """The value in quotation marks for a message: short, and never a token or a login."""
    text = _LOGIN.sub("(a login)@", _TOKEN.sub("(a token)", str(value)))
    return f"'{text[:60]}…'" if len(text) > 60 else f"'{text}'"


def did_you_mean(wrong: str, known: Mapping[str, str] | Iterable[str]) -> str:
    """` (did you mean 'x'?)` for the nearest of the known words, or nothing where none is near.

    A mapping leads from what people write to what they should have written.
    """
    answers = known if isinstance(known, Mapping) else {word: word for word in known}
    # Over 1,000 characters nobody has mistyped a name, and the comparison would take its time.
    if not answers or looks_secret(wrong) or len(wrong) > 1000:
        return ""
    found = process.extractOne(
        wrong, list(answers), scorer=fuzz.WRatio, processor=lambda word: str(word).casefold(), score_cutoff=70
    )
    return f" (did you mean {shown(answers[found[0]])}?)" if found else ""


def path_of(parts: Iterable[str | int]) -> str:
    """A key path as people write it: `mandates[0].side`."""
    path = ""
    for part in parts:
        path += f"[{part}]" if isinstance(part, int) else f".{part}" if path else str(part)
    return path


def from_pydantic(
    error: ValidationError, *, file: str, subject: str, keys: Mapping[str, tuple[str, ...]]
) -> Iterator[Fault]:
    """The library's errors as faults; `keys` are the known keys of each kind of table, "" being the outermost."""
    for detail in error.errors(include_url=False, include_context=True, include_input=True):
        if detail["type"] == "too_short" and detail["input"]:
            continue  # its entries are there, and their own faults are named
        place = path_of(shown_part(part) for part in detail["loc"])
        key = " ".join(part for part in (subject, place) if part)
        yield Fault(file=file, key=key, message=_message(detail, subject, keys))


def shown_part(part: str | int) -> str | int:
    """A part of a key path that cannot give a token away."""
    return part if isinstance(part, int) or not looks_secret(part) else "(a token)"


def unknown_key(key: str, known: Iterable[str]) -> str:
    """The message for a key that means nothing here."""
    variable = _CREDENTIAL_KEYS.get(key.casefold())
    if variable:
        return f"is never read from here: set {variable} in the environment, or {variable}_FILE to a path"
    return f"unknown key{did_you_mean(key, known)}"


def _message(detail: ErrorDetails, subject: str, keys: Mapping[str, tuple[str, ...]]) -> str:
    kind, given, context = detail["type"], detail["input"], detail.get("ctx", {})
    names = [part for part in detail["loc"] if isinstance(part, str)]
    last = names[-1] if names else ""
    match kind:
        case "extra_forbidden":
            return unknown_key(last, keys.get(names[-2] if len(names) > 1 else "", ()))
        case "missing":
            return "is missing"
        case "literal_error":
            choices = [word.strip("'") for word in re.split(r", | or ", str(context.get("expected", "")))]
            return f"{shown(given)} is none of {', '.join(choices)}{did_you_mean(str(given), choices)}"
        case "string_type":
            return "must be text in quotation marks"
        case "string_too_short":
            return "is empty"
        case "string_too_long":
            return f"is longer than {context.get('max_length')} characters"
        case "string_pattern_mismatch":
            wanted = "channel" if subject.startswith("channel") and last == "id" else last
            named = "" if wanted == "login" else f"{shown(given)} "
            return f"{named}{_PATTERNS.get(wanted, _PATTERNS['id'])}"
        case "tuple_type":
            return "must be a list in square brackets"
        case "model_type" | "dict_type":
            return "must be a table"
        case "bool_type":
            return "must be true or false"
        case "float_type" | "int_type":
            return "must be a number"
        case "too_short":
            return "needs at least one entry"
        case "value_error":
            return str(context.get("error", ""))
        case _ if kind.startswith("date"):
            return "must be a day such as 2025-01-20"
        case _:
            return detail["msg"].replace("Input should be", "must be")
