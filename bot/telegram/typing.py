"""Shows that an answer is being worked on, where one takes longer than people wait in silence."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

from telegram.error import TelegramError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

PATIENCE = 1.0
# Telegram shows it for five seconds (core.telegram.org/bots/api#sendchataction).
AGAIN = 4.0


@asynccontextmanager
async def typing(show: Callable[[], Awaitable[object]]) -> AsyncIterator[None]:
    """`show` is called after a while, and every few seconds until the end. Whether that works is of no account."""
    showing: list[asyncio.Task[None]] = []

    async def keep_showing() -> None:
        with suppress(TelegramError):
            while True:
                await show()
                await asyncio.sleep(AGAIN)

    def begin() -> None:
        showing.append(asyncio.create_task(keep_showing(), name="typing"))

    later = asyncio.get_running_loop().call_later(PATIENCE, begin)
    try:
        yield
    finally:
        later.cancel()
        for task in showing:
            task.cancel()
        await asyncio.gather(*showing, return_exceptions=True)
