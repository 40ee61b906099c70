"""A sender, the chat that it writes to, and what is noted of messages that stand there while work goes on."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any, cast

import pytest
from telegram.ext import ExtBot

from bot.playground import acting
from bot.playground.clock import MovableClock
from bot.playground.server import LocalBotApi
from bot.storage.unfinished import Left
from bot.telegram import progress
from bot.telegram.sending import Sender

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.telegram.limiter import Turn
    from bot.telegram.photos import Photos
    from bot.telegram.presence import Presence

LIN = 1003
LOST = "<b>Lost</b>"


class FakeUnfinished:
    """`rows`: what is noted; `broken`: nothing can be."""

    def __init__(self) -> None:
        self.rows: dict[tuple[int, int], str] = {}
        self.broken = False

    async def note(self, left: Left) -> None:
        self._try()
        self.rows[left.chat_id, left.message_id] = left.html

    async def drop(self, chat_id: int, message_id: int) -> None:
        self._try()
        self.rows.pop((chat_id, message_id), None)

    async def every(self) -> list[Left]:
        self._try()
        return [Left(*key, html) for key, html in self.rows.items()]

    def _try(self) -> None:
        if self.broken:
            raise RuntimeError("no database")


class Told:
    """What happened in the chat, in order, as it comes: the kind of event, and the text of the message."""

    def __init__(self, events: asyncio.Queue[str]) -> None:
        self._events = events

    async def next(self) -> tuple[str, str]:
        async with asyncio.timeout(10):
            while (event := json.loads(await self._events.get()))["type"] not in {"message", "edit", "delete"}:
                pass
        message: dict[str, Any] = event.get("message") or {}
        return event["type"], message.get("text") or message.get("document", {}).get("file_name", "")


@pytest.fixture
async def api(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[LocalBotApi]:
    monkeypatch.setattr(progress, "GAP", 0.01)
    async with LocalBotApi(MovableClock()) as server:
        acting.start(server.world, LIN)
        yield server


@pytest.fixture
async def sender(api: LocalBotApi, unfinished: FakeUnfinished) -> AsyncIterator[Sender]:
    async with cast("ExtBot[Turn]", ExtBot(api.token, f"{api.url}/bot")) as bot:
        yield Sender(bot, cast("Presence", None), cast("Photos", None), unfinished)


@pytest.fixture
def unfinished() -> FakeUnfinished:
    return FakeUnfinished()


@pytest.fixture
def told(api: LocalBotApi) -> Any:
    with api.world.events.reading() as events:
        yield Told(events)
