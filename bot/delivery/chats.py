"""What is kept for chats that the bot loses, gets back, or whose id changes.

Telegram tells of that once: it is written down even where the database needs a while to take it.
"""

from __future__ import annotations

import contextlib
import logging
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfoNotFoundError

from bot.storage.patience import patiently
from handlers.schedule import due_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.storage.listening import StoredListening
    from bot.storage.subscriptions import StoredSubscriptions
    from bot.telegram.errors import Journal
    from handlers.ports import Services, Subscription

log = logging.getLogger(__name__)

# Seconds that a database may refuse to note it.
PATIENCE = 60.0


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
        journal: Journal,
    ) -> None:
        self._services = services
        self._subscriptions = subscriptions
        self._listening = listening
        self._renew = renew
        self._journal = journal

    async def left(self, chat_id: int, reason: str) -> None:
        log.info("a chat cannot be written to", extra={"because": reason})
        await self._note(partial(self._suspended, chat_id, reason))

    async def returned(self, chat_id: int) -> None:
        await self._note(partial(self._resumed, chat_id))

    async def shown_at(self, chat_id: int, thread: int | None, message_id: int) -> None:
        await self._note(partial(self._subscriptions.shown_at, chat_id, thread, message_id))

    async def moved(self, old: int, new: int) -> None:
        await self._note(partial(self._subscriptions.migrate, old, new))
        await self._note(partial(self._listening.moved, old, new))

    async def _note(self, write: Callable[[], Awaitable[None]]) -> None:
        await patiently(write, PATIENCE, self._journal.failed)

    async def _suspended(self, chat_id: int, reason: str) -> None:
        await self._subscriptions.suspend(chat_id, reason)
        for kept in await self._subscriptions.suspended(chat_id):
            await self._renew(kept)

    async def _resumed(self, chat_id: int) -> None:
        now = self._services.clock.now()
        for kept in await self._subscriptions.suspended(chat_id):
            with contextlib.suppress(ZoneInfoNotFoundError):  # somebody has to choose another zone first
                await self._subscriptions.resume(chat_id, kept.thread, due_of(kept, now))
                await self._renew(kept)
