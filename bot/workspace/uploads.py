"""Where the bytes of a file go before it is shared, and where people see them."""

from __future__ import annotations

import dataclasses

from aiohttp import web

from bot.workspace.world import World

_SHOWN = {"png": "image/png", "csv": "text/csv", "jsonl": "application/jsonl"}


class Uploads:
    """The upload endpoint: it knows a file by its address alone, as Slack's does, and takes raw bytes or a form."""

    def __init__(self, world: World) -> None:
        self._world = world

    def add_to(self, app: web.Application) -> None:
        """Listen for uploads, and show what was uploaded."""
        app.router.add_post("/upload/{file}", self._receive)
        app.router.add_get("/files/{file}/{name}", self._show)

    async def _receive(self, request: web.Request) -> web.Response:
        file = self._world.files.get(request.match_info["file"])
        if file is None:
            return web.Response(status=404, text="no such upload")
        if request.content_type == "multipart/form-data":
            form = await request.post()
            sent = next((part for part in form.values() if isinstance(part, web.FileField)), None)
            content = sent.file.read() if sent else b""
        else:
            content = await request.read()
        if len(content) != file.length:
            return web.Response(status=400, text=f"{len(content)} bytes sent, {file.length} announced")
        self._world.files[file.id] = dataclasses.replace(file, content=content)
        self._world.changes.ring()
        return web.Response(text=f"OK - {len(content)}")

    async def _show(self, request: web.Request) -> web.Response:
        file = self._world.files.get(request.match_info["file"])
        if file is None or file.content is None:
            return web.Response(status=404, text="no such file")
        kind = _SHOWN.get(file.name.rpartition(".")[2], "application/octet-stream")
        return web.Response(body=file.content, content_type=kind, headers={"X-Content-Type-Options": "nosniff"})
