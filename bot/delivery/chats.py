"""What is kept for chats that the bot loses, gets back, or whose id changes."""

from __future__ import annotations

import contextlib
import logging
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfoNotFoundError

from handlers.schedule import due_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.storage.listening import StoredListening
    from bot.storage.subscriptions import StoredSubscriptions
    from handlers.ports import Services, Subscription

log = logging.getLogger(__name__)


class Chats:
    """`bot.telegram.presence.Presence`: keeps the subscriptions of lost chats for their return.

    `renew` shows a chat how its posts stand now, where it was shown that before and it still can be.
    """

    def __init__(
        self,
        services: Services,
        subscriptions: StoredSubscriptions,
        listening: StoredListening,
        renew: Callable[[Subscription], Awaitable[None]],
    ) -> None:
        self._services = services
        self._subscriptions = subscriptions
        self._listening = listening
        self._renew = renew

    async def left(self, chat_id: int, reason: str) -> None:
        log.info("a chat cannot be written to", extra={"because": reason})
        await self._subscriptions.suspend(chat_id, reason)
        for kept in await self._subscriptions.suspended(chat_id):
            await self._renew(kept)

    async def returned(self, chat_id: int) -> None:
        now = self._services.clock.now()
        for kept in await self._subscriptions.suspended(chat_id):
            with contextlib.suppress(ZoneInfoNotFoundError):  # somebody has to choose another zone first
                await self._subscriptions.resume(chat_id, kept.thread, due_of(kept, now))
                await self._renew(kept)

    async def shown_at(self, chat_id: int, thread: int | None, message_id: int) -> None:
        await self._subscriptions.shown_at(chat_id, thread, message_id)

    async def moved(self, old: int, new: int) -> None:
        await self._subscriptions.migrate(old, new)
        await self._listening.moved(old, new)
