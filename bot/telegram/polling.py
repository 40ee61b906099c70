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

    Trouble = Callable[[TelegramError], None]


class PollingBot(ExtBot[None]):
    """`troubled` is told of every failed poll, and `lost` is set when the token is no longer accepted.

    python-telegram-bot ends the polling then without a word to anybody, and the bot would sit there deaf.
    """

    def __init__(
        self, token: str, api_url: str, requests: tuple[AiohttpRequest, AiohttpRequest], troubled: Trouble
    ) -> None:
        """`requests`: one for polling, one for everything else."""
        polling, everything = requests
        super().__init__(
            token,
            base_url=f"{api_url}/bot",
            base_file_url=f"{api_url}/file/bot",
            request=everything,
            get_updates_request=polling,
        )
        self._troubled = troubled
        self._lost = asyncio.Event()

    @property
    def lost(self) -> asyncio.Event:
        return self._lost

    async def get_updates(self, *args: Any, **options: Any) -> tuple[Update, ...]:
        try:
            return await super().get_updates(*args, **options)
        except InvalidToken:
            self._lost.set()
            raise
        except TelegramError as error:
            self._troubled(error)
            raise
