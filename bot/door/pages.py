"""The pages of the door: each says one thing, in words, and loads nothing from elsewhere."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",  # the address may hold a state and a code
    "Cache-Control": "no-store",
}
_STYLE = (
    ":root{color-scheme:light dark}body{font:17px/1.5 system-ui,sans-serif;max-width:34rem;margin:12vh auto;"
    "padding:0 1.2rem}h1{font-size:1.5rem}a.go{display:inline-block;padding:.6rem 1.2rem;border-radius:.4rem;"
    "background:#1f2d3d;color:#fff;text-decoration:none}"
)


def page(title: str, *sentences: str, link: tuple[str, str] | None = None) -> str:
    """A page of text; `link` is an address with the words on its button. Everything is escaped here."""
    body = "".join(f"<p>{escape(sentence)}</p>" for sentence in sentences)
    go = f'<p><a class="go" href="{escape(link[0])}">{escape(link[1])}</a></p>' if link else ""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head>"
        f"<body><main><h1>{escape(title)}</h1>{body}{go}</main></body></html>"
    )
