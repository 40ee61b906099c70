"""Servers in virtual time that count as Telegram says it does, and who sends to them through a limiter."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING, Any

from telegram.error import RetryAfter

from bot.telegram.limiter import Limiter, Turn

if TYPE_CHECKING:
    from collections.abc import Callable


def now() -> float:
    return asyncio.get_running_loop().time()


@dataclass
class Bucket:
    """Thirty tokens, thirty more a second."""

    tokens: float = 30.0
    at: float = 0.0

    def wait(self, _: int) -> float:
        self.tokens, self.at = min(30.0, self.tokens + 30 * (now() - self.at)), now()
        if self.tokens < 1:
            return 1.0
        self.tokens -= 1
        return 0.0


@dataclass
class HardWindow:
    """Thirty within any second, one within any second of a chat, twenty within any minute of a group."""

    all: deque[float] = field(default_factory=deque)
    chats: dict[int, deque[float]] = field(default_factory=dict)

    def wait(self, chat: int) -> float:
        times = self.chats.setdefault(chat, deque())
        waits = [_over(self.all, 30, 1.0), _over(times, 1, 1.0), _over(times, 20, 60.0) if chat < 0 else 0.0]
        if max(waits) > 0:
            return max(waits)
        self.all.append(now())
        times.append(now())
        return 0.0


def _over(times: deque[float], most: int, seconds: float) -> float:
    return max(0.0, times[-most] + seconds - now()) if len(times) >= most else 0.0


class Api:
    """Takes messages after a jittered way there, and counts what it refuses.

    `jam`: for so many seconds out of every three nothing arrives, then all of it at once.
    """

    def __init__(self, wait: Callable[[int], float], jitter: float = 0.0, jam: float = 0.0) -> None:
        self._wait, self._jam = wait, jam
        self._rng, self._jitter = Random(1), jitter  # noqa: S311 - repeatable chance, no secret
        self.taken: list[tuple[float, int, object]] = []
        self.refused: list[tuple[float, float, int]] = []

    async def call(self, chat: int, what: object) -> dict[str, Any]:
        await asyncio.sleep(self._rng.uniform(0.0, self._jitter))
        await asyncio.sleep(max(0.0, self._jam - now() % 3))
        wait = self._wait(chat)
        if wait > 0:
            whole = -int(-wait // 1)
            self.refused.append((now(), now() + whole, chat))
            raise RetryAfter(whole)
        self.taken.append((now(), chat, what))
        await asyncio.sleep(self._rng.uniform(0.0, self._jitter))
        return {}


async def reply(limiter: Limiter, api: Api, chat: int, what: object = None, endpoint: str = "sendMessage") -> None:
    await limiter.process_request(api.call, (chat, what), {}, endpoint, {"chat_id": chat}, None)


async def digests(limiter: Limiter, api: Api, chats: list[int], preparing: float = 0.0) -> None:
    """What the courier does: eight at a time; who has to wait goes to the end of the queue.

    `preparing`: seconds that the database takes for each at most.
    """
    queue = deque(chats)
    rng = Random(2)  # noqa: S311 - repeatable chance, no secret

    async def work() -> None:
        while queue:
            await limiter.turn()
            if not queue:
                limiter.give_back()
                return
            chat = queue.popleft()
            turn = limiter.begin(chat)
            if not isinstance(turn, Turn):
                limiter.give_back()
                queue.append(chat)
                await asyncio.sleep(turn)
                continue
            await asyncio.sleep(rng.uniform(0.0, preparing))
            try:
                await limiter.process_request(api.call, (chat, "digest"), {}, "sendMessage", {"chat_id": chat}, turn)
            except RetryAfter:
                queue.append(chat)

    await asyncio.gather(*(work() for _ in range(8)))


def worst(api: Api, seconds: float, chat: int | None = None) -> int:
    times = [at for at, whom, _ in api.taken if chat in (None, whom)]
    return max(sum(1 for other in times if at <= other < at + seconds) for at in times)
