"""The bot as it polls: it notices what python-telegram-bot's polling keeps to itself, and thins out floods."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from telegram.error import InvalidToken, TelegramError
from telegram.ext import ExtBot

from bot.telegram.limiter import Limiter, Turn
from bot.telegram.request import AiohttpRequest

if TYPE_CHECKING:
    from collections.abc import Callable

    from telegram import Update

    Json = dict[str, Any]
    Trouble = Callable[[TelegramError], None]


class PollingRequest(AiohttpRequest):
    """Empties those updates of a flood that its lane would drop anyway, before ten times the work of parsing each.

    The emptied ones keep their ids, so that what was fetched is confirmed as ever. `room`: how many more updates of a
    chat can be taken.
    """

    def __init__(self, *, proxy: str | None = None) -> None:
        super().__init__(connections=1, proxy=proxy)
        self.room: Callable[[int], int] | None = None

    def parse_json_payload(self, payload: bytes) -> Any:  # type: ignore[override]  # there it needs no instance
        answer = super().parse_json_payload(payload)
        updates = answer.get("result")
        if self.room is not None and isinstance(updates, list):
            answer["result"] = thinned(updates, self.room)
        return answer


def thinned(updates: list[Json], room: Callable[[int], int]) -> list[Json]:
    left: dict[int, int] = {}
    kept = []
    for update in updates:
        chat_id = _person_of(update)
        if chat_id is not None:
            left[chat_id] = left.get(chat_id, room(chat_id)) - 1
            if left[chat_id] < 0:
                kept.append({"update_id": update["update_id"]})
                continue
        kept.append(update)
    return kept


def _person_of(update: Json) -> int | None:
    """The person of a message in a private chat. Of a group's messages many are not for the bot: they need parsing."""
    try:
        chat_id = update["message"]["chat"]["id"]
    except (KeyError, TypeError):
        return None
    return chat_id if isinstance(chat_id, int) and chat_id > 0 else None


class PollingBot(ExtBot[Turn]):
    """`troubled` is told of every failed poll, and `lost` is set when the token is no longer accepted.

    python-telegram-bot ends the polling then without a word to anybody, and the bot would sit there deaf.
    """

    def __init__(
        self,
        token: str,
        api_url: str,
        requests: tuple[AiohttpRequest, AiohttpRequest],
        troubled: Trouble,
        limiter: Limiter | None = None,
    ) -> None:
        """`requests`: one for polling, one for everything else. `limiter`: keeps what is sent within the limits."""
        polling, everything = requests
        super().__init__(
            token,
            base_url=f"{api_url}/bot",
            base_file_url=f"{api_url}/file/bot",
            request=everything,
            get_updates_request=polling,
            rate_limiter=limiter or Limiter(),
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
