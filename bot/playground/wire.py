"""`/bot<token>/<method>` as the real server speaks it: any way of passing arguments, status equal to error_code."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import time
from typing import TYPE_CHECKING, Any

import telegram
from aiohttp import web

from bot.playground.arguments import arguments, shown
from bot.playground.faults import Faults, Flood
from bot.playground.fields import Fields
from bot.playground.files import LARGEST_DOWNLOAD
from bot.playground.methods import METHODS
from bot.playground.refusals import Refusal, too_many
from bot.playground.world import TOKEN

if TYPE_CHECKING:
    from bot.playground.faults import Fault
    from bot.playground.refusals import Json
    from bot.playground.world import World

log = logging.getLogger(__name__)

_TOKEN = re.compile(r"[0-9]{1,20}:[A-Za-z0-9_-]+")
_KNOWN = frozenset(name.lower() for name in dir(telegram.Bot) if not name.startswith("_"))
_ENCODE = json.JSONEncoder(separators=(",", ":")).encode
_SENDING = ("send", "copy", "forward")


class Wire:
    """Answers the bot's calls on a world. `faults` and `flood` say which of them fail."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.faults = Faults()
        self.flood = Flood()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        began = time.perf_counter()
        try:
            self._check_token(request.match_info["token"])
            fields = Fields(await arguments(request))
        except Refusal as refusal:
            return answer(refusal.code, refusal.body())
        method = request.match_info["method"] or fields.text("method")
        fault = self.faults.take(method.lower())
        if fault and fault.kind == "drop_before":
            return cut(request)
        status, body = await self._outcome(method.lower(), fields, fault)
        ms = (time.perf_counter() - began) * 1000
        # An idle bot polls without end: shown as it happens, but kept it would push the calls that matter out.
        idle = status == 200 and body["result"] == [] and method.lower() == "getupdates"
        self.world.calls.record(method, status, ms, (shown(request, fields), body), keep=not idle)
        return cut(request) if fault and fault.kind == "drop_after" else answer(status, body)

    async def download(self, request: web.Request) -> web.StreamResponse:
        """Answer `/file/bot<token>/<file_path>`."""
        try:
            self._check_token(request.match_info["token"])
        except Refusal as refusal:
            return answer(refusal.code, refusal.body())
        found = self.world.files.at(request.match_info["path"])
        if found is None or len(found.content) > LARGEST_DOWNLOAD:
            return answer(404, Refusal(404, "Not Found").body())
        return web.Response(body=found.content, content_type="application/octet-stream")

    async def _outcome(self, method: str, fields: Fields, fault: Fault | None) -> tuple[int, Json]:
        """Return status and body of a call, whatever comes of it."""
        try:
            if fault:
                await _strike(fault)
            return 200, {"ok": True, "result": await self._run(method, fields)}
        except Refusal as refusal:
            return refusal.code, refusal.body()
        except Exception:
            log.exception("The local Bot API server failed at %s", method)
            return 500, Refusal(500, "Internal Server Error").body()

    def _check_token(self, token: str) -> None:
        if not _TOKEN.fullmatch(token):
            raise Refusal(404, "Not Found")
        if token != TOKEN:
            raise Refusal(401, "Unauthorized")

    async def _run(self, method: str, fields: Fields) -> Any:
        if method == "getupdates":
            return await self._get_updates(fields)
        run = METHODS.get(method)
        if run is None:
            if method in _KNOWN:
                raise Refusal(404, f"Not Found: method {method} is not emulated here")
            raise Refusal(404, "Not Found: method not found")
        if self.flood.on and method.startswith(_SENDING) and method != "sendchataction":
            seconds = self.flood.check(fields.text("chat_id"))
            if seconds:
                raise too_many(seconds)
        return run(self.world, fields)

    async def _get_updates(self, fields: Fields) -> list[Json]:
        updates = self.world.updates
        try:
            allowed = fields.decoded("allowed_updates", "allowed_updates")
        except Refusal:
            allowed = None  # the real server ignores what it cannot read here
        if isinstance(allowed, list):
            updates.allow(allowed)
        limit = fields.integer("limit") if fields.text("limit") else 100
        return await updates.poll(fields.integer("offset"), limit, fields.integer("timeout"))


async def _strike(fault: Fault) -> None:
    await asyncio.sleep(fault.seconds)
    if fault.refusal:
        raise fault.refusal


def cut(request: web.Request) -> web.StreamResponse:
    """End the connection without an answer."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)


def answer(status: int, body: Json) -> web.Response:
    headers = {"Content-Type": "application/json"}
    if status == 429:
        headers["Retry-After"] = str(body.get("parameters", {}).get("retry_after", 1))
    return web.Response(body=_ENCODE(body).encode(), status=status, headers=headers)
