"""The bot as it polls: it notices what python-telegram-bot's polling keeps to itself."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from telegram.error import InvalidToken, TelegramError
from telegram.ext import ExtBot

if TYPE_CHECKING:
    from collections.abc import Callable

    from telegram import Update

    from bot.telegram.request import AiohttpRequest


class PollingBot(ExtBot[None]):
    """`troubled` is told of every failed poll, and `lost` is set when the token is no longer accepted.

    python-telegram-bot ends the polling then without a word to anybody, and the bot would sit there deaf.
    """

    def __init__(self, token: str, api_url: str, request: AiohttpRequest, polling: AiohttpRequest) -> None:
        super().__init__(
            token,
            base_url=f"{api_url}/bot",
            base_file_url=f"{api_url}/file/bot",
            request=request,
            get_updates_request=polling,
        )
        self.troubled: Callable[[TelegramError], None] = _ignore
        self.lost = asyncio.Event()

    async def get_updates(self, *args: Any, **options: Any) -> tuple[Update, ...]:
        try:
            return await super().get_updates(*args, **options)
        except InvalidToken:
            self.lost.set()
            raise
        except TelegramError as error:
            self.troubled(error)
            raise


def _ignore(_error: TelegramError) -> None:
    pass
