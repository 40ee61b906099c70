"""A small client for `/sim/*`: simulated people who write, tap and wait for what the bot says."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any, Self

import aiohttp

from tests.flows import schema

if TYPE_CHECKING:
    from collections.abc import Callable

Json = dict[str, Any]
TOM, MEI, LIN, GROUP, BOT = 1001, 1002, 1003, -1001000000001, 7000000001
WAIT = 20.0
WORKING = ("Looking at it\n", "正在看\n")


class Sim:
    """Reads the stream of events in the background; `next` takes the first one that fits out of it, or waits for it.

    In the end every call that the bot made must have been one that Telegram describes.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._events: list[Json] = []
        self._wrong: set[str] = set()
        self._news = asyncio.Condition()

    async def __aenter__(self) -> Self:
        self._http = aiohttp.ClientSession(self._url)
        stream = await self._http.get("/sim/events", timeout=aiohttp.ClientTimeout(total=None))
        self._reader = asyncio.create_task(self._read(stream))
        return self

    async def __aexit__(self, *_: object) -> None:
        self._reader.cancel()
        await asyncio.gather(self._reader, return_exceptions=True)
        await self._http.close()
        assert not self._wrong, "the bot made calls that Telegram does not know"

    async def _read(self, stream: aiohttp.ClientResponse) -> None:
        async for line in stream.content:
            if line.startswith(b"data:"):
                event = json.loads(line[5:])
                if event["type"] == "call":
                    self._wrong.update(schema.wrong(event["method"], event["request"]))
                async with self._news:
                    self._events.append(event)
                    self._news.notify_all()

    async def post(self, act: str, **values: object) -> Json:
        async with self._http.post(f"/sim/{act}", json=values) as response:
            answer: Json = await response.json()
            assert response.status == 200, answer
            return answer

    async def get(self, path: str, **query: object) -> Any:
        async with self._http.get(
            f"/sim/{path}", params={name: str(value) for name, value in query.items()}
        ) as response:
            return await response.json()

    @property
    def told(self) -> list[Json]:
        """The events that nobody has waited for yet, in order."""
        return list(self._events)

    async def say(self, user: int, text: str, chat: int | None = None, reply_to: int = 0) -> int:
        said = await self.post("message", user_id=user, chat_id=chat or user, text=text, reply_to=reply_to)
        return int(said["message_id"])

    async def ask(self, user: int, text: str, chat: int | None = None) -> Json:
        """Say something and return what the bot answers next in that chat."""
        await self.say(user, text, chat)
        return await self.heard(chat or user)

    async def tap(self, user: int, message: Json, label: str) -> str:
        """Tap the button with that label; return the id of the callback query."""
        return await self.forge(user, message, button(message, label)["callback_data"])

    async def forge(self, user: int, message: Json, data: str) -> str:
        where = {"chat_id": message["chat"]["id"], "message_id": message["message_id"]}
        return str((await self.post("tap", user_id=user, data=data, **where))["callback_query_id"])

    async def next(self, kind: str, fits: Callable[[Json], bool] = lambda _: True) -> Json:
        def found() -> Json | None:
            for event in self._events:
                if event["type"] == kind and fits(event):
                    self._events.remove(event)
                    return event
            return None

        async with self._news:
            async with asyncio.timeout(WAIT):
                while (event := found()) is None:
                    await self._news.wait()
        return event

    async def heard(self, chat: int) -> Json:
        """The bot's next message in a chat."""
        event = await self.next("message", lambda e: e["chat_id"] == chat and e["message"]["from"]["id"] == BOT)
        return dict(event["message"])

    async def outcome(self, chat: int) -> Json:
        """What the bot's next message in a chat, which says how far some work is, has become in the end."""
        return await self._became(await self.heard(chat))

    async def _became(self, message: Json) -> Json:
        while message["text"].startswith(WORKING):
            message = await self.edited(message["chat"]["id"])
        return message

    async def reload(self) -> Json:
        """Let Lin look at the folder: one message says at once that it is looked at, and then what came of it."""
        looking = await self.ask(LIN, "/reload")
        assert looking["text"] == "正在看\n检查文件…"
        look = await self._became(looking)
        assert look["message_id"] == looking["message_id"]
        return look

    async def decided(self, chat: int) -> Json:
        """What a tap on a review has led to: the review loses its buttons and stays, the outcome comes below it."""
        kept = await self.edited(chat)
        assert labels(kept) == []
        assert kept["text"]
        return await self.heard(chat)

    async def forgotten(self, user: int, yes: str = "Erase it") -> str:
        """Send /forget and confirm it; return what was erased."""
        await self.tap(user, await self.ask(user, "/forget"), yes)
        return str((await self.edited(user))["text"])

    async def edited(self, chat: int) -> Json:
        return dict((await self.next("edit", lambda e: e["chat_id"] == chat))["message"])

    async def answered(self, query: str) -> Json:
        return await self.next("answer", lambda e: e["callback_query_id"] == query)

    async def called(self, method: str, fits: Callable[[Json], bool] = lambda _: True) -> Json:
        return await self.next("call", lambda e: e["method"] == method and fits(e))

    async def move_clock(self, seconds: float) -> None:
        await self.post("clock", move=seconds)


def labels(message: Json) -> list[str]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [item["text"] for row in rows for item in row]


def button(message: Json, label: str) -> Json:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return next(item for row in rows for item in row if item["text"] == label)
