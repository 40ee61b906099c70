"""What a killed process left in chats: messages that say how far some work is, which nothing will ever come of."""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING

from telegram.error import BadRequest

from bot.telegram.sending import Target
from handlers.reply import Edit

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from bot.storage.unfinished import Left
    from bot.telegram.progress import Unfinished
    from bot.telegram.sending import Sender

log = logging.getLogger(__name__)


class Mending:
    """Lets each of them say what became of its work. What cannot be told now, the next start tells.

    Another copy whose work still goes on writes its result over that.
    """

    def __init__(self, unfinished: Unfinished, sender: Sender) -> None:
        self._unfinished = unfinished
        self._sender = sender

    @asynccontextmanager
    async def under_way(self) -> AsyncIterator[None]:
        """Mend what is noted on entering, before any work of this process begins; the start does not wait for it."""
        left = await self._unfinished.every()
        mending = asyncio.create_task(self._mend(left), name="mending what was left")
        try:
            yield
        finally:
            mending.cancel()
            with suppress(asyncio.CancelledError):
                await mending

    async def _mend(self, left: Sequence[Left]) -> None:
        for each in left:
            try:
                await self._tell(each)
                await self._unfinished.drop(each.chat_id, each.message_id)
            except Exception as error:  # noqa: BLE001 - one that fails holds up no other
                log.warning("what became of some work could not be told", extra={"because": repr(error)})

    async def _tell(self, each: Left) -> None:
        to = Target(each.chat_id, None, each.message_id)
        try:
            await self._sender.patiently(partial(self._sender.edit, Edit(each.html)), to)
        except BadRequest as error:
            log.warning("a message about work that was lost is gone", extra={"because": repr(error)})
