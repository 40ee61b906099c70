"""A message that says how far work is, while it goes on: the newest words only, and not too often."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from telegram.error import BadRequest, TelegramError

from handlers.reply import Edit, Text

if TYPE_CHECKING:
    from bot.telegram.sending import Sender, Target
    from handlers.reply import Working

# Seconds between two edits of a message: Telegram takes about one message a second in a chat, and the answer is one.
GAP = 1.5
LEAVING = 3.0
"""Seconds in which the message has to go where the work came to nothing: who stops the bot waits for it."""

log = logging.getLogger(__name__)


async def seen_through(working: Working, to: Target, sender: Sender) -> None:
    """Do the work, say how far it is, and send what comes of it, its first Text in the same message.

    The work never waits for the message, nor fails with it. Raises what the work raises; of what failed, or was
    given up because the bot stops, nothing is left to say how far it is.
    """
    page = _Page(working.html, to, sender)
    telling = asyncio.create_task(page.keep_telling(), name="how far the work is")
    try:
        reply = await working.work(page.tell)
        await page.close(telling)
    except BaseException:
        with suppress(TimeoutError):
            async with asyncio.timeout(LEAVING):
                await page.close(telling)
                await page.remove()
        raise
    finally:
        telling.cancel()
    first = next((part for part in reply if isinstance(part, Text)), None)
    if first is not None and await page.became(first):
        reply = tuple(part for part in reply if part is not first)
    await sender.reply(reply, replace(to, tap=None))


class _Page:
    """The message. `to`: where it goes; its `message_id` is the message's own once that is there."""

    def __init__(self, html: str, to: Target, sender: Sender) -> None:
        self._newest = html
        self._to = replace(to, message_id=None)
        self._sender = sender
        self._over = asyncio.Event()

    def tell(self, html: str) -> None:
        self._newest = html

    async def keep_telling(self) -> None:
        shown = self._newest
        await self._sender.patiently(self._post, self._to)
        while self._to.message_id is not None and not self._over.is_set():
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
        except TelegramError as error:  # what comes of the work is sent all the same, and meets its own end
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
        return not gone

    async def remove(self) -> None:
        with suppress(TelegramError):
            await self._sender.remove(self._to)

    async def _post(self, to: Target) -> None:
        self._to = replace(to, message_id=await self._sender.post(Text(self._newest), to))
