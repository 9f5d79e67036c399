"""The pages say what the code is: the reference is written from it, every link leads somewhere, every command exists."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
import yaml

from bot.slack.commands import SUBCOMMANDS

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md"]
PAGES += [
    page for page in sorted((ROOT / "docs").rglob("*.md")) if page.parent.name != "gallery"
]  # that mistypes on purpose
SAID = re.compile(r"(?:`|^)/record ([a-z]+)", re.MULTILINE)
ALWAYS = {"help", "whoami"}


def _reference() -> ModuleType:
    spec = importlib.util.spec_from_file_location("reference", ROOT / ".ci" / "reference.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


REFERENCE = _reference()


@pytest.mark.parametrize("name", REFERENCE.PAGES)
def test_the_reference_is_what_the_code_says(name):
    assert (ROOT / "docs" / "reference" / name).read_text("utf-8") == REFERENCE.PAGES[name]()


def test_every_page_of_the_reference_is_written_from_the_code():
    assert {page.name for page in (ROOT / "docs" / "reference").iterdir()} == set(REFERENCE.PAGES)


def test_every_key_of_the_settings_that_is_no_name_says_what_it_does():
    said = re.findall(r"^\| `(\w+)` \| .* \| ([^|]*) \|$", REFERENCE.settings(), re.MULTILINE)
    assert len(said) > 70
    plain = {"id", "name", "url", "aliases", "gender", "kind", "text", "titles", "rank", "role", "side", "sides"}
    assert {key for key, words in said if not words.strip()} - plain <= {
        *("base_url", "host", "http_host", "http_port", "port", "workspaces", "team", "process"),
        *("names", "adjectives", "within", "speaks_for", "since", "until", "mandates", "propositions"),
        *("words", "unless", "accept", "reject", "enabled"),
    }


def test_every_link_within_the_pages_leads_somewhere_and_every_page_has_its_place(tmp_path):
    built = subprocess.run(
        [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html", ROOT / "docs", tmp_path / "site"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (built.returncode, built.stderr) == (0, "")
    foreign = [
        (page.name, asked)
        for page in (tmp_path / "site").rglob("*.html")
        for asked in re.findall(r'<(?:script|link|img)[^>]+(?:src|href)="(https?://[^"]+)"', page.read_text("utf-8"))
    ]
    assert foreign == []  # whoever reads the site tells nobody else of it


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_that_a_page_names_is_there(page):
    text = page.read_text("utf-8")
    assert {name for name in SAID.findall(text) if name not in SUBCOMMANDS} <= ALWAYS
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = set(re.findall(r"`make ([a-z]+)", text)) | set(re.findall(r"^make ([a-z]+)", text, re.MULTILINE))
    assert named <= targets


@pytest.mark.parametrize("name", ["ci.yml", "nightly.yml", "release.yml"])
def test_a_workflow_runs_what_stands_in_ci_and_nothing_of_its_own(name):
    jobs = yaml.safe_load((ROOT / ".github" / "workflows" / name).read_text("utf-8"))["jobs"]
    steps = [step for job in jobs.values() for step in job["steps"]]
    scripts = {path for step in steps for path in re.findall(r"bash (\.ci/\w+)", step.get("run", ""))}
    assert all((ROOT / path).is_file() for path in scripts)
    assert {"ci.yml": ".ci/run", "nightly.yml": ".ci/nightly", "release.yml": ".ci/run"}[name] in scripts
