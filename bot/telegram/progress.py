"""A message that says how far work is, while it goes on: the newest words only, and not too often.

It is noted for as long as it stands, so that the next start mends it where the process was killed meanwhile.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from telegram.error import BadRequest, TelegramError

from bot.storage.unfinished import Left
from handlers.reply import Edit, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.telegram.sending import Sender, Target
    from handlers.reply import Working

# Seconds between two edits of a message: Telegram takes about one message a second in a chat, and the answer is one.
GAP = 1.5
LEAVING = 3.0
"""Seconds in which the message has to go or change where the work came to nothing: who stops the bot waits for it."""

log = logging.getLogger(__name__)


class Unfinished(Protocol):
    """Where those that stand are noted."""

    async def note(self, left: Left) -> None: ...

    async def drop(self, chat_id: int, message_id: int) -> None: ...

    async def every(self) -> Sequence[Left]: ...


async def seen_through(working: Working, to: Target, sender: Sender, unfinished: Unfinished) -> None:
    """Do the work, say how far it is, and send what comes of it, its first Text in the same message.

    The work never waits for the message, nor fails with it. Raises what the work raises; of what failed nothing is left
    to say how far it is, and what was given up because the bot stops says so.
    """
    page = _Page(working, to, sender, unfinished)
    telling = asyncio.create_task(page.keep_telling(), name="how far the work is")
    try:
        reply = await working.work(page.tell)
        await page.close(telling)
    except BaseException as error:
        with suppress(TimeoutError, TelegramError):
            async with asyncio.timeout(LEAVING):
                await page.close(telling)
                await (page.became(Text(working.lost)) if isinstance(error, asyncio.CancelledError) else page.remove())
        raise
    finally:
        telling.cancel()
    first = next((part for part in reply if isinstance(part, Text)), None)
    if first is not None and await page.became(first):
        reply = tuple(part for part in reply if part is not first)
    await sender.reply(reply, replace(to, tap=None))


class _Page:
    """The message. `to`: where it goes; its `message_id` is the message's own once that is there."""

    def __init__(self, working: Working, to: Target, sender: Sender, unfinished: Unfinished) -> None:
        self._newest = working.html
        self._lost = working.lost
        self._to = replace(to, message_id=None)
        self._sender = sender
        self._unfinished = unfinished
        self._over = asyncio.Event()

    def tell(self, html: str) -> None:
        self._newest = html

    async def keep_telling(self) -> None:
        shown = self._newest
        await self._sender.patiently(self._post, self._to)
        if self._to.message_id is None:
            return
        await self._unfinished.note(Left(self._to.chat_id, self._to.message_id, self._lost))
        while not self._over.is_set():
            if self._newest != shown:
                shown = self._newest
                with suppress(TelegramError):
                    await self._sender.edit(Edit(shown), self._to)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._over.wait(), GAP)

    async def close(self, telling: asyncio.Task[None]) -> None:
        """Let what is under way come before whatever comes next."""
        self._over.set()
        try:
            await telling
        except Exception as error:  # noqa: BLE001 - what comes of the work is sent all the same, and meets its own end
            log.warning("how far some work is could not be told", extra={"because": repr(error)})

    async def became(self, text: Text) -> bool:
        """Turn the message into this one; return whether it could be: it may be gone."""
        gone = self._to.message_id is None

        async def become(to: Target) -> None:
            nonlocal gone
            try:
                await self._sender.edit(Edit(text.html, text.buttons), to)
            except BadRequest as error:
                gone = "not modified" not in error.message.lower()  # it is, where an answer to the call was lost

        if not gone:
            await self._sender.patiently(become, self._to)
            await self._settle()
        return not gone

    async def remove(self) -> None:
        """Raises TelegramError."""
        await self._sender.remove(self._to)
        await self._settle()

    async def _post(self, to: Target) -> None:
        self._to = replace(to, message_id=await self._sender.post(Text(self._newest), to))

    async def _settle(self) -> None:
        if self._to.message_id is None:
            return
        try:
            await self._unfinished.drop(self._to.chat_id, self._to.message_id)
        except Exception as error:  # noqa: BLE001 - the next start says of what is done that it has to be asked for anew
            log.warning("a message about work that is done stays noted", extra={"because": repr(error)})
