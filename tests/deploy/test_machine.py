"""What a plain machine is given, its units, its firewall and its proxy, passes the tools that will read it."""

from __future__ import annotations

import asyncio
import re
import shlex
import shutil
import socket
import subprocess
from ipaddress import ip_network
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

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


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


async def listens(port: int) -> None:
    """Return once somebody does."""
    async with asyncio.timeout(20):
        while True:
            with socket.socket() as asked:
                if asked.connect_ex(("127.0.0.1", port)) == 0:
                    return
            await asyncio.sleep(0.05)


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


async def test_the_proxy_lets_through_what_slack_says_unchanged_and_nothing_else(tmp_path: Path) -> None:
    """A real nginx, between us and whoever takes the place of the service."""
    nginx, openssl = tool("nginx"), tool("openssl")
    got: list[tuple[str, bytes]] = []

    async def taken(request: web.Request) -> web.Response:
        got.append((request.path_qs, await request.read()))
        return web.Response(text="here")

    app = web.Application()
    app.router.add_route("*", "/{any:.*}", taken)
    service = web.AppRunner(app, access_log=None)
    await service.setup()
    await web.TCPSite(service, "127.0.0.1", 0).start()
    behind = service.addresses[0][1]
    https, http = free_port(), free_port()
    key, certificate = tmp_path / "privkey.pem", tmp_path / "fullchain.pem"
    run(
        openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1",
        "-subj", "/CN=record.example.org", "-keyout", str(key), "-out", str(certificate),
    )  # fmt: skip
    site = (DEPLOY / "nginx.conf").read_text("utf-8").replace("/etc/ssl/onrecord", str(tmp_path))
    site = site.replace("127.0.0.1:3000", f"127.0.0.1:{behind}")
    site = re.sub(r"\n *listen \[::\]:.*;", "", site)  # not every machine of tests has IPv6
    site = site.replace("listen 443 ", f"listen 127.0.0.1:{https} ").replace("listen 80;", f"listen 127.0.0.1:{http};")
    (tmp_path / "site.conf").write_text(site, "utf-8")
    (tmp_path / "nginx.conf").write_text(
        f"daemon off; pid {tmp_path}/pid; error_log {tmp_path}/error.log; events {{}} http {{ access_log off; "
        f"client_body_temp_path {tmp_path}/a; proxy_temp_path {tmp_path}/b; fastcgi_temp_path {tmp_path}/c; "
        f"uwsgi_temp_path {tmp_path}/d; scgi_temp_path {tmp_path}/e; include {tmp_path}/site.conf; }}\n",
        "utf-8",
    )
    call = [nginx, "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")]
    assert "test is successful" in run(*call, "-t")
    running = await asyncio.create_subprocess_exec(*call, "-e", str(tmp_path / "error.log"))
    body = b"payload=%7B%22a%22%3A+1%7D&b=\xc3\xa4+%2B"
    answers = []
    try:
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=False)) as session:
            await listens(https)
            for method, path in (
                ("POST", "/slack/events"),
                ("GET", "/slack/events"),
                ("GET", "/metrics"),
                ("POST", "/"),
            ):
                async with session.request(method, f"https://127.0.0.1:{https}{path}", data=body) as told:
                    answers.append(told.status)
            async with session.get(f"http://127.0.0.1:{http}/readyz", allow_redirects=False) as told:
                answers.append(told.status)
    finally:
        running.terminate()
        await running.wait()
        await service.cleanup()
    assert answers == [200, 403, 404, 404, 301]
    assert got == [("/slack/events", body)]
