"""What docs/architecture.md says of the code is true."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BROAD = {"Exception", "BaseException", "suppress(Exception)", "contextlib.suppress(Exception)"}


def caught(tree: ast.AST, function: str = "") -> Iterator[str]:
    """The functions in which anything at all is caught and not raised again."""
    for node in ast.iter_child_nodes(tree):
        named = node.name if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) else function
        if isinstance(node, ast.ExceptHandler) and (node.type is None or ast.unparse(node.type) in BROAD):
            last = node.body[-1]
            if not (isinstance(last, ast.Raise) and last.exc is None):
                yield function
        if isinstance(node, ast.withitem) and ast.unparse(node.context_expr) in BROAD:
            yield function
        yield from caught(node, named)


def test_anything_is_caught_only_at_the_boundaries_that_the_architecture_names() -> None:
    section = (ROOT / "docs" / "architecture.md").read_text("utf-8").partition("## Where anything may be caught")[2]
    listed = set(re.findall(r"`((?:bot|watchers)/[\w/]+\.py): (\w+)`", section.partition("\n## ")[0]))
    listed.remove(("bot/slack/listeners.py", "_failed"))  # Bolt catches, and hands it over
    found = {
        (path.relative_to(ROOT).as_posix(), function)
        for room in ("bot", "watchers", "config")
        for path in (ROOT / room).rglob("*.py")
        if re.search(r"except\b.*(?:Exception|:$)|suppress\(.*Exception", text := path.read_text("utf-8"), re.MULTILINE)
        for function in caught(ast.parse(text))
    }
    assert found == listed
