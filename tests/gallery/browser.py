"""A headless Chromium, driven over its debugging socket."""

from __future__ import annotations

import base64
import contextlib
import itertools
import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

import aiohttp

FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync --hide-scrollbars --remote-debugging-port=0 about:blank"
)
MESSAGES = "document.querySelector('#messages > *')"  # the page of the workspace has been drawn


def binary() -> str | None:
    """The browser of this machine, if it has one."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@contextlib.contextmanager
def chromium():
    """The debugging address of a browser that runs meanwhile; its zone is UTC, so that pictures agree."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [binary() or "chromium", f"--user-data-dir={profile}", *FLAGS.split()]
        browser = subprocess.Popen(
            command, stderr=subprocess.PIPE, text=True, start_new_session=True, env={**os.environ, "TZ": "UTC"}
        )
        found = (re.search(r"DevTools listening on (ws://\S+)", line) for line in browser.stderr)
        try:
            yield next(filter(None, found))[1]
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(browser.pid, signal.SIGKILL)
            browser.wait()
            browser.stderr.close()


@contextlib.asynccontextmanager
async def tab(address: str):
    """A tab of the browser at this address."""
    async with aiohttp.ClientSession() as session, session.ws_connect(address, max_msg_size=0) as socket:
        root = Tab(socket, None)
        target = (await root.tell("Target.createTarget", url="about:blank"))["targetId"]
        attached = await root.tell("Target.attachToTarget", targetId=target, flatten=True)
        yield Tab(socket, attached["sessionId"])
        await root.tell("Target.closeTarget", targetId=target)


class Tab:
    """A tab of a browser, driven over its debugging socket."""

    def __init__(self, socket, session):
        self.socket = socket
        self.session = session
        self.numbers = itertools.count(1)
        self.errors: list[object] = []  # what the page itself complained of

    async def tell(self, method, **params):
        number = next(self.numbers)
        frame = {"id": number, "method": method, "params": params}
        await self.socket.send_json(frame | ({"sessionId": self.session} if self.session else {}))
        while True:
            answer = await self.socket.receive_json(timeout=20)
            if answer.get("method") == "Runtime.exceptionThrown":
                self.errors.append(answer["params"]["exceptionDetails"])
            if answer.get("method") == "Log.entryAdded" and answer["params"]["entry"]["level"] == "error":
                self.errors.append(answer["params"]["entry"]["text"])
            if answer.get("id") == number:
                assert "error" not in answer, answer
                return answer["result"]

    async def value(self, expression):
        result = await self.tell(
            "Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True, userGesture=True
        )
        assert "exceptionDetails" not in result, result
        return result["result"].get("value")

    async def until(self, condition):
        """Return once a condition holds in the page; it is looked at after every change of the document."""
        await self.value(
            "new Promise((done, fail) => { const look = () => { if ("
            + condition
            + ") { watch.disconnect(); done(true); } };"
            " const watch = new MutationObserver(look);"
            " document.addEventListener('readystatechange', look);"
            " watch.observe(document, {subtree: true, childList: true, attributes: true, characterData: true});"
            " setTimeout(() => fail(new Error('never: ' + " + json.dumps(condition) + ")), 8000); look(); })"
        )

    async def open(self, url, *, width=1200, height=900, scheme="light", ready=MESSAGES):
        await self.tell("Runtime.enable")
        await self.tell("Log.enable")
        await self.tell("Page.enable")
        await self.tell(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False
        )
        await self.tell("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        await self.tell("Page.navigate", url=url)
        await self.until(f"document.readyState === 'complete' && {ready}")

    async def type(self, text, *, enter=True):
        await self.value("document.querySelector('#text').focus()")
        await self.tell("Input.insertText", text=text)
        if enter:
            for kind in ("keyDown", "keyUp"):
                await self.tell(
                    "Input.dispatchKeyEvent", type=kind, key="Enter", code="Enter", windowsVirtualKeyCode=13
                )

    async def press(self, selector):
        box = await self.value(
            f"(() => {{ const e = document.querySelector({json.dumps(selector)}); e.scrollIntoView({{block: 'center'}});"
            " const r = e.getBoundingClientRect(); return {x: r.x + r.width / 2, y: r.y + r.height / 2}; })()"
        )
        for kind in ("mousePressed", "mouseReleased"):
            await self.tell("Input.dispatchMouseEvent", type=kind, **box, button="left", clickCount=1)

    async def picture(self, name):
        """Keep a picture of the page where somebody asked for pictures."""
        folder = os.environ.get("WORKSPACE_PICTURES")
        if folder:
            shot = await self.tell("Page.captureScreenshot", format="png")
            keep(Path(folder, f"{name}.png"), shot)


def keep(path: Path, shot: dict[str, str]) -> None:
    """Write a screenshot to a file."""
    path.write_bytes(base64.b64decode(shot["data"]))
