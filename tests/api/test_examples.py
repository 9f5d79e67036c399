"""The examples of docs/api.md are what the service answers."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from answering_api import Api, get

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "api.md").read_text("utf-8")
EXAMPLES = re.findall(r"```http\nGET (\S+) HTTP/1.1\n```\n\n```json\n(.*?)```", PAGE, re.DOTALL)


def within(expected: Any, actual: Any) -> bool:
    """Whether what is shown is there; an example leaves out some of what an answer has."""
    if isinstance(expected, dict):
        return isinstance(actual, dict) and all(
            name in actual and within(one, actual[name]) for name, one in expected.items()
        )
    if isinstance(expected, list):
        return isinstance(actual, list) and (expected == actual if not expected else all(map(within, expected, actual)))
    return bool(expected == actual)


def test_the_page_has_examples():
    assert len(EXAMPLES) == PAGE.count("```http") >= 8


@pytest.mark.parametrize(("path", "shown"), EXAMPLES, ids=[path for path, _ in EXAMPLES])
def test_an_example_is_what_the_service_answers(api: Api, path: str, shown: str) -> None:
    actual = get(api.url, path).json
    assert within(json.loads(shown), actual), actual
