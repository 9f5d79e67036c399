"""What the image and the compose files start is what the command line knows. See .ci/image for whether it builds."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import yaml

from bot.__main__ import _parser
from bot.ledger import Ledger

ROOT = Path(__file__).resolve().parents[2]
DOCKERFILE = (ROOT / "deploy" / "Dockerfile").read_text("utf-8")


def test_compose_starts_postgresql_the_schedule_two_workers_and_one_who_delivers() -> None:
    services = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text("utf-8"))["services"]
    roles = {
        name: _parser().parse_args(told["command"])
        for name, told in services.items()
        if "--role" in told.get("command", ())
    }
    assert {name: told.role for name, told in roles.items()} == {name: name for name in ("schedule", "work", "deliver")}
    replicas = {name: told.get("deploy", {}).get("replicas", 1) for name, told in services.items()}
    assert replicas == {"postgresql": 1, "schedule": 1, "work": 2, "deliver": 1, "backup": 1}
    for name, told in roles.items():
        given = services[name]
        assert f":{told.health_port}/healthz" in given["healthcheck"]["test"][-1]
        assert given["environment"]["ONRECORD_DATABASE_URL"].startswith("postgresql://")
        assert (given["read_only"], "SLACK_BOT_TOKEN" in given["environment"]) == (True, name == "deliver")


def test_the_folder_that_the_image_works_in_belongs_to_its_user_when_a_tmpfs_covers_it() -> None:
    """A tmpfs is root's, and whoever has no rights beyond their own may not even enter the folder then."""
    lines = DOCKERFILE.splitlines()
    user = next(line.removeprefix("USER ") for line in lines if line.startswith("USER "))
    home = next(line.removeprefix("WORKDIR ") for line in lines if line.startswith("WORKDIR /var"))
    services = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text("utf-8"))["services"]
    for role in ("schedule", "work", "deliver"):
        covered = dict(one.partition(":")[::2] for one in services[role]["tmpfs"])
        assert f"uid={user}" in covered[home].split(",")


def test_the_image_installs_the_lock_with_its_hashes_and_runs_as_nobody_special() -> None:
    lines = DOCKERFILE.splitlines()
    assert any("--require-hashes -r requirements.lock" in line for line in lines)
    assert any("--no-deps --no-build-isolation ." in line for line in lines)
    assert "USER 10001" in lines
    let_in = (ROOT / "deploy" / "Dockerfile.dockerignore").read_text("utf-8").splitlines()
    assert all((ROOT / line[1:]).exists() for line in let_in if line.startswith("!"))


def test_the_last_stage_runs_nothing_but_the_making_of_its_user_and_asks_for_its_health() -> None:
    last = DOCKERFILE.rpartition("FROM ")[2]
    (run,) = re.findall(r"^RUN ((?:.*\\\n)*.*)$", last, re.MULTILINE)
    assert re.findall(r"(?:^|&& )(\w+)", run) == ["useradd", "install"]
    (health,) = (line for line in last.splitlines() if line.startswith("HEALTHCHECK "))
    (command,) = (json.loads(line.removeprefix("CMD ")) for line in last.splitlines() if line.startswith("CMD "))
    told = _parser().parse_args(command)
    assert f":{told.health_port}/healthz" in health


def test_one_machine_has_the_service_and_proven_copies_of_its_record() -> None:
    services = yaml.safe_load((ROOT / "deploy" / "compose.one.yaml").read_text("utf-8"))["services"]
    assert set(services) == {"onrecord", "backup"}
    assert _parser().parse_args(services["onrecord"]["command"]).role == "all"
    for told in services.values():
        assert (told["read_only"], told["cap_drop"], told["init"]) == (True, ["ALL"], True)
        assert "record:/var/lib/onrecord" in told["volumes"]
    backup = services["backup"]
    assert "SLACK_BOT_TOKEN" not in backup["environment"]
    assert backup["network_mode"] == "none"


def test_a_copy_is_made_and_the_old_ones_go_only_after_it(tmp_path: Path) -> None:
    """The words of the compose file, in a shell: once, with the ledger and the folder elsewhere."""
    services = yaml.safe_load((ROOT / "deploy" / "compose.one.yaml").read_text("utf-8"))["services"]
    (script,) = services["backup"]["command"]
    ledger, copies = tmp_path / "onrecord.db", tmp_path / "copies"
    copies.mkdir()
    old = copies / "onrecord-2026-01-01T0000.db"
    old.write_bytes(b"")
    os.utime(old, (0, 0))
    once = script.replace("$$", "$").replace("sleep 60\n", "").replace("sleep 86400", "break")
    once = once.replace("onrecord backup", f"{sys.executable} -m bot backup").replace(
        "/var/backups/onrecord", str(copies)
    )
    environ = {**os.environ, "ONRECORD_DATABASE_URL": str(ledger)}

    def run() -> list[str]:
        subprocess.run(["sh", "-c", once], env=environ, cwd=ROOT, check=False, capture_output=True)
        return sorted(path.name for path in copies.iterdir())

    assert run() == [old.name]  # there is no ledger: nothing is copied, and nothing goes
    Ledger.open(str(ledger), durable=False).close()
    (made,) = run()
    assert made != old.name


def test_every_version_of_the_image_that_is_named_is_that_of_the_package() -> None:
    wanted = f"on-record:{version('on-record')}"
    for path in (ROOT / "deploy").rglob("*"):
        if path.suffix in {".yaml", ""} and path.is_file():
            named = set(re.findall(r"\bon-record:[\w.]+", path.read_text("utf-8")))
            assert named <= {wanted}, path


def test_a_volume_lies_over_a_folder_of_the_image_that_belongs_to_its_user() -> None:
    """Else it is root's, and nobody special may not write there."""
    services = yaml.safe_load((ROOT / "deploy" / "compose.one.yaml").read_text("utf-8"))["services"]
    places = {one.rsplit(":", 1)[1] for told in services.values() for one in told["volumes"] if not one.endswith(":ro")}
    assert places == {"/var/lib/onrecord", "/var/backups/onrecord"}
    assert "--home-dir /var/lib/onrecord onrecord" in DOCKERFILE
    assert "install -d -m 0700 -o onrecord -g onrecord /var/backups/onrecord" in DOCKERFILE


def test_what_is_not_asked_for_need_not_be_set() -> None:
    """Compose reads every service, also those of a profile that nobody wants."""
    for name in ("compose.yaml", "compose.one.yaml"):
        needed = set(re.findall(r"\$\{(\w+):\?", (ROOT / "deploy" / name).read_text("utf-8")))
        assert needed <= {"POSTGRES_PASSWORD", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"}
