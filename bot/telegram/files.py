"""Files that people send, fetched from Telegram when they are wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram.error import BadRequest, InvalidToken

if TYPE_CHECKING:
    from telegram import Bot


class TelegramFiles:
    """`handlers.ports.Files`."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def fetch(self, file: str, at_most: int) -> bytes | None:
        """Raises TelegramError where Telegram does not answer."""
        try:
            found = await self._bot.get_file(file)
            if (found.file_size or 0) > at_most:
                return None
            content = bytes(await found.download_as_bytearray())
        except (BadRequest, InvalidToken):  # a path that is gone is answered like a token that is wrong
            return None
        return content if len(content) <= at_most else None
