"""`/bot<token>/<method>` as the real server speaks it: any way of passing arguments, status equal to error_code."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import telegram
from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from bot.playground.faults import Fault, Faults, Flood
from bot.playground.fields import Fields, from_json
from bot.playground.methods import METHODS
from bot.playground.refusals import Refusal, bad_request, too_many
from bot.playground.world import TOKEN

if TYPE_CHECKING:
    from bot.playground.refusals import Json
    from bot.playground.world import World

log = logging.getLogger(__name__)

# A bot may upload 50 MB (core.telegram.org/bots/api#sending-files); the rest is for the other arguments.
LARGEST_BODY = 52 * 2**20
_TOKEN = re.compile(r"[0-9]{1,20}:[A-Za-z0-9_-]+")
_KNOWN = frozenset(name.lower() for name in dir(telegram.Bot) if not name.startswith("_"))
_ENCODE = json.JSONEncoder(separators=(",", ":")).encode
# aiohttp asserts that a multipart body has its boundary; an unknown charset is a LookupError.
_UNREADABLE = (ValueError, AssertionError, LookupError, HttpProcessingError)
_SENDING = ("send", "copy", "forward")


class Wire:
    """Answers the bot's calls on a world. `faults` and `flood` say which of them fail."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.faults = Faults()
        self.flood = Flood()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        began = time.perf_counter()
        method = request.match_info["method"]
        fields = Fields({})
        fault = None
        try:
            self._check_token(request.match_info["token"])
            fields = Fields(await arguments(request))
            method = method or fields.text("method")
            fault = self.faults.take(method.lower())
            if fault:
                await self._strike(fault)
            status, body = 200, {"ok": True, "result": await self._run(method.lower(), fields)}
        except Refusal as refusal:
            status, body = refusal.code, refusal.body()
        except _CutError:
            return cut(request)
        except Exception:
            log.exception("The local Bot API server failed at %s", method)
            status, body = 500, Refusal(500, "Internal Server Error").body()
        if fault and fault.kind == "drop_after":
            self._record(method, 0, began, fields, {"dropped": True})
            return cut(request)
        self._record(method, status, began, fields, body)
        return answer(status, body)

    def _check_token(self, token: str) -> None:
        if not _TOKEN.fullmatch(token):
            raise Refusal(404, "Not Found")
        if token != TOKEN:
            raise Refusal(401, "Unauthorized")

    async def _strike(self, fault: Fault) -> None:
        if fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
        elif fault.kind == "drop_before":
            raise _CutError
        elif fault.kind == "error" and fault.refusal:
            raise fault.refusal

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

    def _record(self, method: str, status: int, began: float, fields: Fields, body: Json) -> None:
        ms = (time.perf_counter() - began) * 1000
        # An idle bot polls without end: shown as it happens, but kept it would push the calls that matter out.
        idle = status == 200 and body["result"] == [] and method.lower() == "getupdates"
        self.world.calls.record(method, status, ms, (shown(fields), body), keep=not idle)


class _CutError(Exception):
    """The connection is to be cut before anything is done."""


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


def shown(fields: Fields) -> Json:
    """Return the arguments as the page shows them: an uploaded file by name only."""
    if any(isinstance(value, web.FileField) for value in fields.values.values()):
        return {n: f"<file {v.filename}>" if isinstance(v, web.FileField) else v for n, v in fields.values.items()}
    return dict(fields.values)


async def arguments(request: web.Request) -> dict[str, object]:
    """Read a call's arguments from query string and body. Raises Refusal for a body that cannot be read."""
    found: dict[str, object] = dict(request.query)
    if not request.can_read_body:
        return found
    kind = request.content_type
    try:
        if kind == "application/json":
            value = from_json(await request.read())
            if not isinstance(value, dict):
                raise bad_request("can't parse JSON object: an Object is expected")
            return {**found, **value}
        if kind == "multipart/form-data":
            return {**found, **await request.post()}
        body = (await request.read()).decode()
        if kind == "application/x-www-form-urlencoded":
            found |= dict(parse_qsl(body, keep_blank_values=True, max_num_fields=1000))
    except web.HTTPRequestEntityTooLarge as error:
        raise Refusal(413, "Request Entity Too Large") from error
    except _UNREADABLE as error:
        raise bad_request("can't parse the request body") from error
    return found
