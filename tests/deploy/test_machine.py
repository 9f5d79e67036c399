"""What a plain machine is given, its units, its firewall and its proxy, passes the tools that will read it."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from ipaddress import ip_network
from pathlib import Path

import pytest

from bot.__main__ import _parser
from watchers.address import _V4, _V6

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
UNITS = ("onrecord.service", "onrecord-backup.service", "onrecord-backup.timer")
EXPOSED = {"onrecord.service": 1.4, "onrecord-backup.service": 0.4}  # by systemd 252; docs/deploying.md tells it


def tool(name: str) -> str:
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin")
    if found is None:
        pytest.skip(f"NOT TESTED: {name} is not installed")
    return found


def run(*call: str) -> str:
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    return said


def lines(unit: str) -> list[tuple[str, str]]:
    text = (DEPLOY / "systemd" / unit).read_text("utf-8")
    return re.findall(r"^(\w+)=(.*)$", text, re.MULTILINE)


@pytest.fixture
def units(tmp_path: Path) -> list[Path]:
    """The units as they are, but for the programs that no machine of tests has."""
    made = []
    for name in UNITS:
        text = (DEPLOY / "systemd" / name).read_text("utf-8").replace("/opt/onrecord/bin/onrecord", "/bin/true")
        (tmp_path / name).write_text(text, "utf-8")
        made.append(tmp_path / name)
    return made


def test_systemd_finds_no_fault_in_the_units(units: list[Path]) -> None:
    assert run(tool("systemd-analyze"), "verify", "--man=no", *map(str, units)) == ""


@pytest.mark.parametrize("unit", EXPOSED)
def test_a_unit_is_exposed_no_more_than_the_docs_say(unit: str) -> None:
    said = run(
        tool("systemd-analyze"), "security", "--offline=true", "--no-pager", str(DEPLOY / "systemd" / unit),
        "--threshold=100",
    )  # fmt: skip
    told = re.search(r"Overall exposure level for \S+: ([\d.]+)", said)
    assert told is not None, said
    assert float(told[1]) <= EXPOSED[unit]
    assert f"{EXPOSED[unit]}" in (DEPLOY.parent / "docs" / "deploying.md").read_text("utf-8")


def test_the_units_start_what_the_command_line_knows() -> None:
    (start,) = (value for name, value in lines("onrecord.service") if name == "ExecStart")
    told = _parser().parse_args(shlex.split(start)[1:])
    assert (told.role, told.health_port) == ("all", 8080)
    assert ("RestartPreventExitStatus", "2 75") in lines("onrecord.service")
    (copy,) = (value for name, value in lines("onrecord-backup.service") if name == "ExecStart")
    assert "onrecord backup " in copy


def test_the_unit_and_the_firewall_keep_out_what_the_address_gate_keeps_out() -> None:
    denied = " ".join(value for name, value in lines("onrecord.service") if name == "IPAddressDeny").split()
    mine = [ip_network(one) for one in denied]
    let_in = {ip_network("0.0.0.0/8"), ip_network("127.0.0.0/8")}  # of this machine, where a resolver may answer
    assert {block for block, _ in _V4} - let_in <= set(mine)
    text = (DEPLOY / "nftables.conf").read_text("utf-8")
    four, six = (
        {ip_network(one) for one in re.findall(r"[\da-f.:]+/\d+", part)}
        for part in re.findall(r"elements = \{(.*?)\}", text, re.DOTALL)
    )
    assert (four, six) == ({block for block, _ in _V4}, {block for block, _ in _V6})


def test_nft_takes_the_rules(tmp_path: Path) -> None:
    nft = tool("nft")
    apart = ["unshare", "--map-root-user", "--net"]
    if subprocess.run([*apart, nft, "list", "tables"], capture_output=True, check=False).returncode:
        pytest.skip("NOT TESTED: this system lets nobody ask nft")
    rules = tmp_path / "nftables.conf"
    text = (DEPLOY / "nftables.conf").read_text("utf-8")
    rules.write_text(text.replace('skuid "onrecord"', 'skuid "root"'), "utf-8")  # the user must be there
    assert run(*apart, nft, "--check", "--file", str(rules)) == ""


def test_nginx_takes_the_proxy(tmp_path: Path) -> None:
    nginx, openssl = tool("nginx"), tool("openssl")
    key, certificate = tmp_path / "privkey.pem", tmp_path / "fullchain.pem"
    run(
        openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1",
        "-subj", "/CN=record.example.org", "-keyout", str(key), "-out", str(certificate),
    )  # fmt: skip
    site = (DEPLOY / "nginx.conf").read_text("utf-8").replace("/etc/ssl/onrecord", str(tmp_path))
    site = re.sub(r"\n *listen \[::\]:.*;", "", site)  # not every machine of tests has IPv6
    (tmp_path / "site.conf").write_text(re.sub(r"listen (\d+)", r"listen 127.0.0.1:1\g<1>", site), "utf-8")
    (tmp_path / "nginx.conf").write_text(
        f"pid {tmp_path}/pid; error_log {tmp_path}/error.log; events {{}} http {{ access_log off; "
        f"client_body_temp_path {tmp_path}/a; proxy_temp_path {tmp_path}/b; fastcgi_temp_path {tmp_path}/c; "
        f"uwsgi_temp_path {tmp_path}/d; scgi_temp_path {tmp_path}/e; include {tmp_path}/site.conf; }}\n",
        "utf-8",
    )
    assert "test is successful" in run(nginx, "-t", "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf"))
