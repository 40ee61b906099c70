"""Speaks to a LocalBotApi over real HTTP, as a bot (`call`, `answer`) and for simulated people (`sim`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import aiohttp

    from bot.playground.server import LocalBotApi

Json = dict[str, Any]
TOM, MEI, LIN, GROUP, BOT = 1001, 1002, 1003, -1001000000001, 7000000001


def keys(**button: object) -> Json:
    """Return a keyboard of one button."""
    return {"inline_keyboard": [[button]]}


@dataclass(frozen=True)
class Talk:
    api: LocalBotApi
    session: aiohttp.ClientSession

    def address(self, method: str) -> str:
        return f"{self.api.url}/bot{self.api.token}/{method}"

    async def answer(self, method: str, **arguments: object) -> tuple[int, Json]:
        """Return the HTTP status and the whole body."""
        async with self.session.post(self.address(method), json=arguments) as response:
            body: Json = await response.json()
            return response.status, body

    async def call(self, method: str, **arguments: object) -> Any:
        """Return the result of a call that must succeed."""
        status, body = await self.answer(method, **arguments)
        assert status == 200, body
        return body["result"]

    async def refused(self, method: str, **arguments: object) -> str:
        """Return the description of a call that must be refused; checks that status and error_code agree."""
        status, body = await self.answer(method, **arguments)
        assert body["ok"] is False
        assert body["error_code"] == status
        return str(body["description"])

    async def sim(self, act: str, **values: object) -> Json:
        async with self.session.post(f"{self.api.url}/sim/{act}", json=values) as response:
            body: Json = await response.json()
            assert response.status == 200, body
            return body

    async def sim_refused(self, act: str, **values: object) -> str:
        async with self.session.post(f"{self.api.url}/sim/{act}", json=values) as response:
            body = await response.json()
            assert response.status == 400, body
            return str(body["error"])

    async def updates(self, **arguments: object) -> list[Json]:
        """Return all waiting updates and confirm them."""
        found: list[Json] = await self.call("getUpdates", **arguments)
        if found:
            await self.call("getUpdates", offset=found[-1]["update_id"] + 1)
        return found
