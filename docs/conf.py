"""How `make docs` builds the site: Sphinx over the Markdown pages, which read well in the repository too."""

from __future__ import annotations

from importlib.metadata import version as installed
from pathlib import Path

from sphinx.application import Sphinx

project = "On Record"
author = "The On Record authors"
copyright = author  # noqa: A001  Sphinx wants this name
version = release = installed("on-record")

extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["example", "Thumbs.db"]
nitpicky = True  # a link that leads nowhere is a fault, and `make docs` turns faults into failure

myst_heading_anchors = 4  # the same anchors as the repository's own viewer gives
myst_enable_extensions = ["deflist"]
suppress_warnings = ["myst.header"]  # a page that another one includes may begin one level lower

html_theme = "furo"
html_title = "On Record"
html_static_path: list[str] = []
html_show_sourcelink = False
html_copy_source = False

# Pages that stand at the top of the repository, where people look for them, and are read from there.
ABOVE = {"security": "SECURITY.md", "contributing": "CONTRIBUTING.md", "changelog": "CHANGELOG.md"}


def _from_above(_app: Sphinx, name: str, source: list[str]) -> None:
    if name in ABOVE:
        text = (Path(__file__).parents[1] / ABOVE[name]).read_text("utf-8").replace("](docs/", "](")
        for page, file in ABOVE.items():
            text = text.replace(f"]({file}", f"]({page}.md")
        source[0] = text.replace("](LICENSE)", "](../LICENSE)")


def setup(app: Sphinx) -> None:
    """Called by Sphinx as it starts."""
    app.connect("source-read", _from_above)
