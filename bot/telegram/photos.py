"""Pictures: uploaded once, then sent by the file id that Telegram gave; what it refuses is uploaded anew."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Protocol

from telegram import InputFile
from telegram.constants import ParseMode
from telegram.error import BadRequest

if TYPE_CHECKING:
    from telegram import Message
    from telegram.ext import ExtBot

    from bot.telegram.limiter import Turn
    from handlers.reply import Photo

log = logging.getLogger(__name__)

# "wrong file identifier/HTTP URL specified", "wrong remote file identifier specified: …", "FILE_REFERENCE_EXPIRED", …
_ABOUT_THE_FILE = ("file identifier", "file_id", "file_reference", "media_empty", "wrong type of the web page")
_ELSEWHERE = ("chat not found", "thread not found", "group chat was upgraded", "peer_id_invalid")


class FileIds(Protocol):
    """The file ids of pictures, by their keys."""

    async def get(self, key: str) -> str | None: ...

    async def keep(self, key: str, file_id: str) -> None: ...

    async def drop(self, key: str, file_id: str) -> None:
        """Forget it, unless another has taken its place."""
        ...


class Photos:
    def __init__(self, bot: ExtBot[Turn], file_ids: FileIds) -> None:
        self._bot = bot
        self._ids = file_ids

    async def send(self, photo: Photo, chat_id: int, thread: int | None) -> bool:
        """Send it, once; return whether the chat has got it, False where it takes no pictures. Raises TelegramError."""
        known = await self._ids.get(photo.key)
        if known is not None:
            try:
                await self._call(photo, known, chat_id, thread)
            except BadRequest as error:
                if not _says(error, _ABOUT_THE_FILE):
                    return _passed_over(error)
                log.info("Telegram no longer has a picture; it is uploaded again", extra={"because": error.message})
                await self._ids.drop(photo.key, known)
            else:
                return True
        try:
            sent = await self._call(photo, InputFile(photo.content, f"{photo.key}.png"), chat_id, thread)
        except BadRequest as error:
            return _passed_over(error)
        if sent.photo:
            await self._ids.keep(photo.key, sent.photo[-1].file_id)
        return True

    async def _call(self, photo: Photo, what: str | InputFile, chat_id: int, thread: int | None) -> Message:
        return await self._bot.send_photo(
            chat_id, what, caption=photo.html, parse_mode=ParseMode.HTML, message_thread_id=thread
        )


def _passed_over(error: BadRequest) -> bool:
    """Return False for a picture that is not wanted there; words may be. Raises what would befall these, too."""
    if _says(error, _ELSEWHERE):
        raise error
    log.info("a picture was refused; its words are sent", extra={"because": error.message})
    return False


def _says(error: BadRequest, any_of: tuple[str, ...]) -> bool:
    return any(words in error.message.lower() for words in any_of)
