"""Just enough of a Bot API server to take digests fast, counting as Telegram may count."""

from __future__ import annotations

import asyncio
import json
import time
from collections import deque
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

TOKEN = "7000000001:bench-only-and-local-only"
ME = {"id": 7000000001, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
Limit = Literal["none", "bucket", "window"]


@dataclass
class SmallApi:
    """`taken`: system times of the messages taken; `refused`: how many were not; `polled_at`: of the first poll."""

    limit: Limit = "none"
    url: str = ""
    taken: list[float] = field(default_factory=list)
    refused: int = 0
    first: asyncio.Event = field(default_factory=asyncio.Event)
    polled: asyncio.Event = field(default_factory=asyncio.Event)
    polled_at: float = 0.0
    _last: deque[float] = field(default_factory=lambda: deque(maxlen=30))
    _tokens: float = 30.0
    _at: float = 0.0

    async def handle(self, request: web.Request) -> web.Response:
        method = request.match_info["method"].lower()
        if method == "getupdates":
            self.polled_at = self.polled_at or time.time()
            self.polled.set()
            await asyncio.sleep(5)
            return _answer([])
        if method != "sendmessage":
            return _answer(ME if method == "getme" else True)
        form = await request.post()
        if not self._admits():
            self.refused += 1
            refusal = {"error_code": 429, "description": "Too Many Requests", "parameters": {"retry_after": 1}}
            return web.json_response({"ok": False, **refusal}, status=429)
        self.taken.append(time.time())
        self.first.set()
        chat = int(str(form["chat_id"]))
        kind = "private" if chat > 0 else "supergroup"
        return _answer({"message_id": len(self.taken), "date": 0, "chat": {"id": chat, "type": kind}, "text": "x"})

    def _admits(self) -> bool:
        now = time.monotonic()
        if self.limit == "bucket":
            self._tokens, self._at = min(30.0, self._tokens + 30 * (now - self._at)), now
            if self._tokens < 1:
                return False
            self._tokens -= 1
        elif self.limit == "window":
            if len(self._last) == 30 and now - self._last[0] < 1.0:
                return False
            self._last.append(now)
        return True


def _answer(result: Any) -> web.Response:
    return web.Response(text=json.dumps({"ok": True, "result": result}), content_type="application/json")


@asynccontextmanager
async def small_api(limit: Limit = "none") -> AsyncIterator[SmallApi]:
    api = SmallApi(limit)
    app = web.Application()
    app.router.add_route("*", "/bot{token}/{method}", api.handle)
    runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.5)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    api.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield api
    finally:
        await runner.cleanup()
