"""Takes the pictures of the gallery in headless Chromium, drawn by the workspace's own page: `make gallery`."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import browser
import shown
from aiohttp import web
from shown import Page, Sample
from strait_story import NOW

from bot.workspace.page import render
from bot.workspace.page.routes import FILES, served
from bot.workspace.settings import Settings
from bot.workspace.world import BOT, Message, View, World

KEPT = Path(__file__).resolve().parents[2] / "docs" / "gallery"
HERE = Path(__file__).resolve().parent
WIDTHS = {"light": 1300, "dark": 1300, "narrow": 1600}  # narrow: four telephones side by side


def looks(page: Page) -> tuple[str, ...]:
    """In which ways a page is shown."""
    return ("light", *page.looks)


def picture(name: str, look: str) -> str:
    """The file of a picture."""
    return f"{name}.png" if look == "light" else f"{name}-{look}.png"


def index(pages: Sequence[Page]) -> str:
    """The page that shows all pictures, with what can be seen in each."""
    lines = [
        "# What On Record shows",
        "",
        "Every message, answer, modal and view, drawn by the page of the local workspace"
        " (`bot/workspace/page`) in headless Chromium. `make gallery` makes this folder anew from"
        " `tests/gallery/shown`; the people, places and papers are invented.",
    ]
    for page in pages:
        lines += ["", f"## {page.says}", "", "; ".join(f"`{sample.says}`" for sample in page.samples) + "."]
        for look in looks(page):
            lines += ["", f"![{page.says}, {look}]({picture(page.name, look)})"]
    return "\n".join(lines) + "\n"


def drawn(page: Page) -> list[dict[str, Any]]:
    """The samples of a page as the workspace's page would be told to draw them."""
    return [{"says": sample.says, "kind": sample.kind, "shown": _drawn(sample)} for sample in page.samples]


def _drawn(sample: Sample) -> object:
    world = World(Settings(clock=lambda: NOW))
    ada, desk = world.person("ada"), world.channel("fact-desk")
    if sample.kind == "modal":
        errors = dict(sample.errors)
        world.views["V1"] = View(id="V1", person=ada.id, content=sample.payload, hash="h", errors=errors)
        return render.state(world, ada, desk)["modal"]
    if sample.kind == "home":
        world.homes[ada.id] = View(id="V1", person=ada.id, content=sample.payload, hash="h")
        return render.state(world, ada, desk)["home"]
    world.store(
        Message(
            ts=world.stamp(),
            channel=desk.id,
            author=BOT,
            text=sample.payload["text"],
            blocks=tuple(sample.payload["blocks"]),
            seen_only_by=ada.id if sample.kind == "private" else None,
        )
    )
    return render.state(world, ada, desk)["messages"][0]


async def serve(pages: Sequence[Page]) -> tuple[web.AppRunner, str]:
    """The workspace's own files, and what each page of the gallery shows."""
    contents = {page.name: drawn(page) for page in pages}

    async def file(request: web.Request) -> web.StreamResponse:
        name = request.match_info["file"]
        return served(name) if name in FILES else web.FileResponse(HERE / "gallery.js")

    async def content(request: web.Request) -> web.Response:
        return web.json_response(contents[request.match_info["name"]])

    async def frame(_request: web.Request) -> web.FileResponse:
        return web.FileResponse(HERE / "gallery.html")

    app = web.Application()
    app.router.add_get("/page/{file}", file)
    app.router.add_get("/content/{name}", content)
    app.router.add_get("/{name}", frame)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    return runner, f"http://127.0.0.1:{runner.addresses[0][1]}"


async def shoot(pages: Sequence[Page], folder: Path) -> None:
    """Take every picture."""
    runner, address = await serve(pages)
    with browser.chromium() as debugging:
        for page in pages:
            for look in looks(page):
                async with browser.tab(debugging) as tab:
                    scheme = "dark" if look == "dark" else "light"
                    ready = "document.body.dataset.drawn"
                    await tab.open(
                        f"{address}/{page.name}?{look}", width=WIDTHS[look], height=800, scheme=scheme, ready=ready
                    )
                    height = await tab.value("document.querySelector('main').offsetHeight")
                    clip = {"x": 0, "y": 0, "width": WIDTHS[look], "height": height, "scale": 1}
                    shot = await tab.tell("Page.captureScreenshot", clip=clip, captureBeyondViewport=True)
                    name = folder / picture(page.name, look)
                    browser.keep(name, shot)
                    if tab.errors:
                        raise SystemExit(f"{page.name}: {tab.errors}")
                    small(name)
                    sys.stdout.write(f"{name.name} {name.stat().st_size // 1024} KiB\n")
    await runner.cleanup()


def small(name: Path) -> None:
    """Leave few colours in a picture, where pngquant is here to do it."""
    if shutil.which("pngquant"):
        subprocess.run(["pngquant", "--force", "--ext", ".png", "--speed", "1", "--nofs", "16", str(name)], check=True)


def main() -> None:
    """Make the folder of the gallery anew."""
    if browser.binary() is None:
        raise SystemExit("make gallery needs a chromium on the PATH")
    KEPT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        pages = shown.pages(Path(folder))
    for old in KEPT.glob("*.png"):
        old.unlink()
    asyncio.run(shoot(pages, KEPT))
    (KEPT / "README.md").write_text(index(pages), encoding="utf-8")


if __name__ == "__main__":
    main()
