"""A shell completes commands, options, their values and files."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from bot.__main__ import _parser, main
from bot.commands.completing import SHELLS

# As bash does when the tab key is pressed after these words.
PRESS = """
source "$1"; shift
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}
function=$(complete -p onrecord | sed 's/.*-F \\([^ ]*\\) .*/\\1/')
$function onrecord "${@: -1}" "${@: -2:1}"
printf '%s\\n' "${COMPREPLY[@]}"
"""


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("completion") / "onrecord"
    with pytest.MonkeyPatch.context() as patch, place.open("w", encoding="utf-8") as out:
        patch.setattr("sys.stdout", out)
        assert main(["completion", "bash"]) == 0
    return place


def pressed(script: Path, folder: Path, *words: str) -> set[str]:
    """What bash offers for the last of these words."""
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("COMPLETION NOT TESTED: there is no bash")
    done = subprocess.run(
        [bash, "-c", PRESS, "bash", str(script), "onrecord", *words],
        capture_output=True, text=True, check=True, cwd=folder,
    )  # fmt: skip
    assert done.stderr == ""
    return {line.strip() for line in done.stdout.splitlines() if line.strip()}


def test_bash_completes_commands_options_values_and_files(script: Path, tmp_path: Path) -> None:
    (tmp_path / "record.jsonl").touch()
    (tmp_path / "newsroom").mkdir()
    assert pressed(script, tmp_path, "re") == {"reload", "restore", "replay"}
    assert {"--config", "--json"} <= pressed(script, tmp_path, "doctor", "--")
    assert pressed(script, tmp_path, "run", "--role", "sch") == {"schedule"}
    assert pressed(script, tmp_path, "import", "rec") == {"record.jsonl"}
    assert pressed(script, tmp_path, "run", "--config", "new") == {"newsroom"}


def test_every_command_can_be_completed(script: Path) -> None:
    commands = next(action.choices for action in _parser()._actions if action.dest not in {"help", "version"})
    assert commands is not None
    assert pressed(script, script.parent, "") >= set(commands)


@pytest.mark.parametrize("shell", SHELLS)
def test_each_shell_has_its_script(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", shell]) == 0
    assert "onrecord" in capsys.readouterr().out
