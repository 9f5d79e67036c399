"""One life of the real service in a process of its own, with secrets planted and nearly everything going wrong."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import shutil
import signal
import socket
import sqlite3
import sys
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web

from bot.workspace import Settings, Workspace

ROOT = Path(__file__).parents[2]
CHANNEL = "fact-desk"
SECRETS = {
    "bot token": "xoxb-CANARY-4f1c9a7e2b",
    "app token": "xapp-CANARY-93d07be16c",
    "signing secret": "CANARY-signing-5e81f0",
    "model key": "CANARY-key-b7720d91",
    "feed password": "CANARY-feed-c08e44",
    "database password": "CANARY-base-17aa36",
}
ARTICLES = (
    ("oppose", 5, "“We oppose a toll on foreign ships in the port of Ostermouth,” {} said on Wednesday."),
    ("support", 7, "“We support a toll on foreign ships in the port of Ostermouth,” {} said on Friday."),
    ("open", 8, "“The port will see about it when it must,” {} said on Saturday, and left it open what that means."),
)
MINISTER = "Velmarkian Prime Minister Ilse Marken"


@dataclass
class Life:
    """What was seen of it from outside."""

    home: Path
    places: dict[str, str] = field(default_factory=dict)  # "host:port" by what is there
    written: dict[str, str] = field(default_factory=dict)  # everything that anybody could read, by where
    logins: set[str] = field(default_factory=set)  # the Authorization headers that servers were sent
    trapped: list[str] = field(default_factory=list)  # what reached the trap
    exits: dict[str, int] = field(default_factory=dict)
    running: list[asyncio.subprocess.Process] = field(default_factory=list)

    def heard(self) -> list[dict[str, Any]]:
        """What every process connected to, bound and resolved."""
        return [json.loads(line) for line in (self.home / "heard" / "heard.jsonl").read_text().splitlines()]


async def live(home: Path) -> Life:
    """Start it, let it meet what may happen, ask it everything, and stop it."""
    life = Life(home=home)
    shutil.copytree(Path(__file__).with_name("heard"), home / "heard", ignore=shutil.ignore_patterns("__pycache__"))
    tokens = {"bot_token": SECRETS["bot token"], "app_token": SECRETS["app token"]}
    workspace = Workspace(Settings(rate_limited=False, **tokens))
    await workspace.start()
    trap, trapped = await _serving(_trap(life))
    site, place = await _serving(_site(life, trapped))
    model, endpoint = await _serving(_model(life))
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        health = free.getsockname()[1]
    slack = workspace.base_url.split("/")[2]
    life.places = {"slack": slack, "site": place, "model": endpoint, "trap": trapped, "health": f"127.0.0.1:{health}"}
    _configured(life, workspace.base_url, health)
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("SLACK_", "ONRECORD_"))},
        "PYTHONPATH": os.pathsep.join([str(home / "heard"), str(ROOT)]),
        "SLACK_APP_TOKEN": SECRETS["app token"],
        "SLACK_SIGNING_SECRET": SECRETS["signing secret"],
        "ONRECORD_LLM_API_KEY": SECRETS["model key"],
        "WIRE_LOGIN": f"desk:{SECRETS['feed password']}",
        "HTTPS_PROXY": f"http://{trapped}",
        "ALL_PROXY": f"http://{trapped}",
    }
    token = home / "token"
    token.write_text(SECRETS["bot token"])
    token.chmod(0o600)
    try:
        service = await _run(life, environment | {"SLACK_BOT_TOKEN_FILE": str(token)}, "run", "--verbose")
        await _met(life, workspace, service)
        service.send_signal(signal.SIGTERM)
        async with asyncio.timeout(30):
            life.exits["run"] = await service.wait()
        await asyncio.gather(
            *(_refused(life, environment, name, command, more) for name, command, more in _refusals(life, token))
        )
    finally:
        for process in life.running:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
        await workspace.stop()
        for runner in (trap, site, model):
            await runner.cleanup()
    _read(life)
    return life


def _read(life: Life) -> None:
    """What it left behind."""
    life.written |= {path.name: path.read_text("utf-8", "replace") for path in life.home.glob("*.err")}
    life.written["the ledger"] = (life.home / "ledger.db").read_bytes().decode("latin-1")


async def _met(life: Life, workspace: Workspace, service: asyncio.subprocess.Process) -> None:
    """What happens to it while it runs."""
    workspace.inject("chat.postMessage", status=429, retry_after=1)
    await workspace.wait_for(lambda: workspace.connections > 0, within=60, what="the service")
    await workspace.wait_for(lambda: bool(workspace.messages(CHANNEL)), within=60, what="a card")
    trap, site = life.places["trap"], life.places["site"]
    login = f"desk:{SECRETS['feed password']}@"
    words = [
        "status", "source health", "source list", "whoami", "who marken", "audit", f"check http://{trap}/", f"check http://{site}/moved",
        f"source test http://{trap}/", f"source test http://{login}{trap}/", f"source add http://{trap}/ Trap",
        f"source import http://{site}/moved", "check http://[::ffff:127.0.0.1]/", f"why http://{trap}/",
    ]  # fmt: skip
    for typed in words:
        await workspace.slash("ada", CHANNEL, typed, answers=0 if "import" in typed else 1)
    workspace.open_home("noor")
    await workspace.wait_for(lambda: workspace.home("noor") is not None)
    for pid in (service.pid, *_children(service.pid)):
        life.written[f"command line of {pid}"] = _of_process(pid, "cmdline")
    for pid in _children(service.pid):
        life.written[f"environment of the child {pid}"] = _of_process(pid, "environ")
    with closing(sqlite3.connect(life.home / "ledger.db", timeout=30)) as ledger:
        ledger.execute("alter table wish rename to wish_lost")
        ledger.commit()
    await workspace.slash("ada", CHANNEL, "mutes")
    async with aiohttp.ClientSession() as session:
        for path in ("healthz", "readyz", "metrics"):
            async with session.get(f"http://{life.places['health']}/{path}") as answer:
                life.written[path] = await answer.text()
    workspace.revoke_token()
    await workspace.slash("tomas", CHANNEL, "status", answers=0)
    seen = [
        *workspace.messages(CHANNEL),
        *(one for who in ("ada", "noor", "tomas") for one in workspace.ephemerals(who)),
    ]
    seen += [reply for message in workspace.messages(CHANNEL) for reply in workspace.replies(CHANNEL, message.ts)]
    home = workspace.home("noor")
    views = [home.content if home else {}, *(view.content for view in workspace.modals("ada"))]
    life.written["Slack"] = json.dumps([[one.text, one.blocks] for one in seen] + views, ensure_ascii=False)


def _refusals(life: Life, token: Path) -> list[tuple[str, str, dict[str, str]]]:
    """Commands that must end with a sentence, as (name, command, environment)."""
    open_file = life.home / "open"
    open_file.write_text(SECRETS["bot token"])
    open_file.chmod(0o644)
    base = f"postgresql://desk:{SECRETS['database password']}@127.0.0.1:9/record"
    return [
        ("a file that others may read", "run", {"SLACK_BOT_TOKEN_FILE": str(open_file)}),
        ("no such database", "status", {"SLACK_BOT_TOKEN_FILE": str(token), "ONRECORD_DATABASE_URL": base}),
    ]


async def _refused(life: Life, environment: dict[str, str], name: str, command: str, more: dict[str, str]) -> None:
    process = await _run(life, environment | more, command, name=name)
    async with asyncio.timeout(60):
        life.exits[name] = await process.wait()


async def _run(life: Life, environment: dict[str, str], *words: str, name: str = "run") -> asyncio.subprocess.Process:
    with (life.home / f"{name}.err").open("wb") as said:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", *words, "--config", str(life.home), cwd=life.home, env=environment,
            stdout=said, stderr=said,
        )  # fmt: skip
    life.running.append(process)
    return process


def _configured(life: Life, base_url: str, health: int) -> None:
    site, trap = life.places["site"], life.places["trap"]
    (life.home / "onrecord.toml").write_text(
        f'[slack]\nbase_url = "{base_url}"\noperator_channel = "{CHANNEL}"\n[health]\nport = {health}\n'
        f'[judge]\nuse = "llm"\nendpoint = "http://{life.places["model"]}/v1"\nmodel = "m"\nfallback = "rules"\nreads = true\n'
        f'[polling]\nfirst_poll = "alert"\njitter_seconds = 0\n[ledger]\npath = "{life.home}/ledger.db"\n'
        f'[[channel]]\nid = "{CHANNEL}"\n'
    )
    feeds = {
        "wire": f"http://{site}/feed",
        "gone": f"http://{site}/gone",
        "moved": f"http://{site}/moved",
        "entities": f"http://{site}/entities",
        "down": "http://127.0.0.1:9/feed",
        "trap": f"http://{trap}/feed",
    }
    allowed = {"trap": "", "down": '"127.0.0.1:9"'}
    (life.home / "feeds.toml").write_text(
        "".join(
            f'[[feed]]\nid = "{name}"\nname = "{name}"\nurl = "{url}"\nevery_minutes = 0.02\nlogin = "WIRE_LOGIN"\n'
            f"allow = [{allowed.get(name, json.dumps(site))}]\n"
            for name, url in feeds.items()
        )
    )
    shutil.copy(ROOT / "docs" / "example" / "officials.toml", life.home)
    (life.home / "topics.toml").write_text("")


async def _serving(app: web.Application) -> tuple[web.AppRunner, str]:
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    return runner, f"{host}:{port}"


def _trap(life: Life) -> web.Application:
    async def caught(request: web.Request) -> web.Response:
        life.trapped.append(f"{request.method} {request.path_qs}")
        return web.Response(text="caught")

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", caught)
    return app


def _site(life: Life, trap: str) -> web.Application:
    async def feed(request: web.Request) -> web.Response:
        life.logins.add(request.headers.get("Authorization", ""))
        links = [f"http://{request.host}/page/{name}" for name, *_ in ARTICLES]
        links += [
            f"http://{trap}/page",
            "file:///etc/passwd",
            f"http://{request.host}/moved",
            "http://169.254.169.254/",
        ]
        days = [day for _, day, _ in ARTICLES] + [9] * 4
        items = "".join(
            f"<item><guid>{number}</guid><title>Toll {number}</title><link>{link}</link>"
            f"<pubDate>{day:02} Mar 2025 09:00:00 GMT</pubDate></item>"
            for number, (link, day) in enumerate(zip(links, days, strict=True))
        )
        return _xml(f"<rss version='2.0'><channel><title>Wire</title>{items}</channel></rss>")

    async def page(request: web.Request) -> web.Response:
        said = next(text for name, _, text in ARTICLES if name == request.match_info["name"]).format(MINISTER)
        body = (
            f"<p>{said}</p><p>The shipping association heard it in the capital, where the cabinet met all day.</p>" * 2
        )
        return web.Response(text=f"<html><body><article>{body}</article></body></html>", content_type="text/html")

    async def moved(_: web.Request) -> web.Response:
        return web.Response(status=302, headers={"Location": f"http://{trap}/moved"})

    async def entities(_: web.Request) -> web.Response:
        entity = f'<!DOCTYPE rss [<!ENTITY e SYSTEM "http://{trap}/entity"><!ENTITY % p SYSTEM "http://{trap}/p">%p;]>'
        return _xml(
            f"{entity}<rss version='2.0'><channel><title>&e;</title><item><title>&e;</title></item></channel></rss>"
        )

    app = web.Application()
    paths = {"/feed": feed, "/page/{name}": page, "/moved": moved, "/entities": entities}
    app.add_routes([web.get(path, does) for path, does in paths.items()])
    return app


def _model(life: Life) -> web.Application:
    async def echo(request: web.Request) -> web.Response:
        login = request.headers.get("Authorization", "")
        life.logins.add(login)
        return web.json_response({"error": {"message": f"no model for {login}"}}, status=500)

    app = web.Application()
    app.router.add_post("/v1/chat/completions", echo)
    return app


def _xml(text: str) -> web.Response:
    return web.Response(text=f"<?xml version='1.0'?>{text}", content_type="application/rss+xml")


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _of_process(pid: int, what: str) -> str:
    return Path(f"/proc/{pid}/{what}").read_bytes().decode("utf-8", "replace")
