"""What deploy/ starts is what the command line knows. That it builds is seen only where there is a Docker."""

from __future__ import annotations

from pathlib import Path

import yaml

from bot.__main__ import _parser

ROOT = Path(__file__).resolve().parents[1]


def test_compose_starts_postgresql_the_schedule_two_workers_and_one_who_delivers() -> None:
    services = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text("utf-8"))["services"]
    roles = {name: _parser().parse_args(told["command"]) for name, told in services.items() if "command" in told}
    assert {name: told.role for name, told in roles.items()} == {name: name for name in ("schedule", "work", "deliver")}
    replicas = {name: told.get("deploy", {}).get("replicas", 1) for name, told in services.items()}
    assert replicas == {"postgresql": 1, "schedule": 1, "work": 2, "deliver": 1}
    for name, told in roles.items():
        given = services[name]
        assert f":{told.health_port}/healthz" in given["healthcheck"]["test"][-1]
        assert given["environment"]["ONRECORD_DATABASE_URL"].startswith("postgresql://")
        assert (given["read_only"], "SLACK_BOT_TOKEN" in given["environment"]) == (True, name == "deliver")


def test_the_folder_that_the_image_works_in_belongs_to_its_user_when_a_tmpfs_covers_it() -> None:
    """A tmpfs is root's, and whoever has no rights beyond their own may not even enter the folder then."""
    lines = (ROOT / "deploy" / "Dockerfile").read_text("utf-8").splitlines()
    user = next(line.removeprefix("USER ") for line in lines if line.startswith("USER "))
    home = next(line.removeprefix("WORKDIR ") for line in lines if line.startswith("WORKDIR /var"))
    services = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text("utf-8"))["services"]
    for role in ("schedule", "work", "deliver"):
        covered = dict(one.partition(":")[::2] for one in services[role]["tmpfs"])
        assert f"uid={user}" in covered[home].split(",")


def test_the_image_installs_the_lock_with_its_hashes_and_runs_as_nobody_special() -> None:
    lines = (ROOT / "deploy" / "Dockerfile").read_text("utf-8").splitlines()
    assert any("--require-hashes -r requirements.lock" in line for line in lines)
    assert any("--no-deps --no-build-isolation ." in line for line in lines)
    assert "USER 10001" in lines
    let_in = (ROOT / "deploy" / "Dockerfile.dockerignore").read_text("utf-8").splitlines()
    assert all((ROOT / line[1:]).exists() for line in let_in if line.startswith("!"))
