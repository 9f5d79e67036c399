"""Twelve pages that harm, mislead or exhaust a careless reader."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from documents import page
from feeds import TEXT

THOUSAND = 1000
MILLION = 1_000_000
SENTENCE = f"{TEXT} "


def _body(inside: str) -> bytes:
    return f"<html><head><title>Harbour</title></head><body>{inside}</body></html>".encode()


def _attributes() -> bytes:
    return _body("<p " + " ".join(f'a{n}="1"' for n in range(100 * THOUSAND)) + f">{SENTENCE * 10}</p>")


def _bomb() -> bytes:
    steps = "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12))
    return f'<!DOCTYPE html [<!ENTITY a0 "ha">{steps}]>'.encode() + _body(f"<p>&a11; {SENTENCE * 10}</p>")


PAGES: Mapping[str, Callable[[], bytes]] = {
    "100,000 nested blocks": lambda: _body("<div>" * 100 * THOUSAND + SENTENCE * 10),
    "20,000 nested bold": lambda: _body("<p>" + "<b>" * 20 * THOUSAND + SENTENCE * 10),
    "paragraph of 5 MB": lambda: _body(f"<p>{SENTENCE * (5 * MILLION // len(SENTENCE))}</p>"),
    "100,000 paragraphs": lambda: _body(f"<p>{SENTENCE[:40]}</p>" * 100 * THOUSAND),
    "1 MB of brackets": lambda: _body("<" * MILLION),
    "100,000 attributes": _attributes,
    "NUL and turned characters": lambda: page("har\0bour \u202eyauq").encode(),
    "nothing": lambda: b"",
    "PDF": lambda: b"%PDF-1.7\n" + bytes(range(256)) * 400,
    "undeclared Windows-1251": lambda: _body("").replace(
        b"</body>", ("<p>Порт останется открытым для всех судов, сказала Мара Велден.</p>" * 20).encode("cp1251")
    ),
    "script alone": lambda: _body(f"<script>{'document.write(1);' * 5000}</script>"),
    "entity bomb": _bomb,
}
