"""The one error root of the judges."""

from __future__ import annotations


class JudgeError(Exception):
    """The judge of the settings cannot be used; `setting` is the key in [judge] to look at."""

    def __init__(self, message: str, *, setting: str = "directory") -> None:
        super().__init__(message)
        self.setting = setting
