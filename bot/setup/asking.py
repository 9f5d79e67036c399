"""Who answers: somebody at a terminal or behind a pipe, or a file of answers."""

from __future__ import annotations

import getpass
import sys
from typing import TYPE_CHECKING, Protocol

from rich.console import Console

from config.load import ConfigError, Fault

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence


class NoAnswer(Exception):
    """Nothing more was answered; what was written so far stays, and setup may be run again."""

    def __str__(self) -> str:
        return (self.__doc__ or "").strip()


class Asking(Protocol):
    """Asks for one thing at a time, by a name that a file of answers knows it by."""

    def say(self, text: str) -> None:
        """Tell something that needs no answer."""
        ...

    def text(self, name: str, question: str, default: str = "") -> str:
        """A line of text, `default` where nothing is given."""
        ...

    def secret(self, name: str, question: str) -> str:
        """A line that nobody sees as it is typed."""
        ...

    def yes(self, name: str, question: str, *, default: bool) -> bool:
        """Yes or no."""
        ...

    def one(self, name: str, question: str, options: Collection[str]) -> str:
        """One of the options, the first where nothing is given."""
        ...

    def several(self, name: str, question: str, options: Sequence[str]) -> tuple[str, ...]:
        """Any number of the options; all of them where nothing is given."""
        ...


class Terminal:
    """Somebody at a terminal, or lines that come through a pipe."""

    def __init__(self) -> None:
        self._console = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)

    def say(self, text: str) -> None:
        """Tell something that needs no answer."""
        self._console.print(text)

    def text(self, name: str, question: str, default: str = "") -> str:
        """A line of text, `default` where nothing is given."""
        del name
        return self._line(f"{question}{f' [{default}]' if default else ''}: ") or default

    def secret(self, name: str, question: str) -> str:
        """A line that nobody sees as it is typed."""
        del name
        if not sys.stdin.isatty():
            return self._line(f"{question}: ")
        try:
            return getpass.getpass(f"{question} (not shown): ").strip()
        except EOFError as error:
            raise NoAnswer from error

    def yes(self, name: str, question: str, *, default: bool) -> bool:
        """Yes or no."""
        while True:
            answer = self.text(name, f"{question} [{'Y/n' if default else 'y/N'}]").casefold()
            if answer in {"", "y", "yes", "n", "no"}:
                return answer.startswith("y") if answer else default
            self.say("Please answer y or n.")

    def one(self, name: str, question: str, options: Collection[str]) -> str:
        """One of the options, the first where nothing is given."""
        while (answer := self.text(name, question, next(iter(options)))) not in options:
            self.say(f"Please answer {' or '.join(options)}.")
        return answer

    def several(self, name: str, question: str, options: Sequence[str]) -> tuple[str, ...]:
        """Any number of the options; all of them where nothing is given."""
        self.say(question)
        for number, option in enumerate(options, 1):
            self.say(f"  {number}. {option}")
        while True:
            answer = self.text(name, "Numbers, such as 1,3; 0 for none", "all")
            if answer.casefold() == "all":
                return tuple(options)
            parts = answer.replace(",", " ").split()
            if parts and all(part.isascii() and part.isdigit() and int(part) <= len(options) for part in parts):
                chosen = {int(part) for part in parts}
                return tuple(option for number, option in enumerate(options, 1) if number in chosen)
            self.say(f"Please give numbers from 1 to {len(options)}, all, or 0.")

    def _line(self, question: str) -> str:
        self._console.print(question, end="")
        try:
            return input().strip()
        except EOFError as error:
            raise NoAnswer from error


class Answers:
    """A file of answers; what it does not name keeps its default, and a secret comes from the environment alone."""

    def __init__(self, given: Mapping[str, object]) -> None:
        self._given = given
        self._console = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)

    def say(self, text: str) -> None:
        """Tell something that needs no answer."""
        self._console.print(text)

    def text(self, name: str, question: str, default: str = "") -> str:
        """A line of text, `default` where nothing is given."""
        del question
        return str(self._given.get(name, default))

    def secret(self, name: str, question: str) -> str:
        """Nothing: a file that many may read is no place for it."""
        del name, question
        return ""

    def yes(self, name: str, question: str, *, default: bool) -> bool:
        """Yes or no."""
        del question
        return bool(self._given.get(name, default))

    def one(self, name: str, question: str, options: Collection[str]) -> str:
        """One of the options, the first where nothing is given; a fault where it is none of them."""
        answer = self.text(name, question, next(iter(options)))
        if answer not in options:
            raise ConfigError([Fault(file="answers", key=name, message=f"must be {' or '.join(options)}")])
        return answer

    def several(self, name: str, question: str, options: Sequence[str]) -> tuple[str, ...]:
        """Any number of the options; all of them where nothing is given."""
        del question
        given = self._given.get(name, list(options))
        return tuple(option for option in options if isinstance(given, list) and option in given)
