"""The bot as it polls: it notices what python-telegram-bot's polling keeps to itself, and thins out floods."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Protocol

from telegram.error import InvalidToken, TelegramError
from telegram.ext import ExtBot

from bot.telegram.limiter import Limiter, Turn
from bot.telegram.request import AiohttpRequest, UnansweredError

if TYPE_CHECKING:
    from collections.abc import Callable

    from telegram import Update

    Json = dict[str, Any]
    Trouble = Callable[[TelegramError], None]

# How many updates Telegram gives at most at once: when it does, more are waiting.
BATCH = 100


class Gate(Protocol):
    """Whoever takes the updates. `room`: how many more of a chat it can take; `behind`: whether more of them wait."""

    def room(self, key: int) -> int: ...

    def behind(self, *, more: bool) -> None: ...


class PollingRequest(AiohttpRequest):
    """Leaves out those updates of a flood that its lane would drop anyway, before ten times the work of parsing each.

    The last one keeps its id, so that what was fetched is confirmed as ever.
    """

    def __init__(self, *, proxy: str | None = None) -> None:
        super().__init__(connections=1, proxy=proxy)
        self.gate: Gate | None = None

    async def do_request(self, *args: Any, **options: Any) -> tuple[int, bytes]:
        """As ever; but that there is nothing says something of the way there, not of a token that was good before."""
        status, body = await super().do_request(*args, **options)
        if status == HTTPStatus.NOT_FOUND:
            raise UnansweredError("404 Not Found")
        return status, body

    def parse_json_payload(self, payload: bytes) -> dict[str, Any]:  # type: ignore[override]  # there it needs no self
        answer = super().parse_json_payload(payload)
        updates = answer.get("result")
        if self.gate is not None and isinstance(updates, list):
            self.gate.behind(more=len(updates) >= BATCH)
            answer["result"] = thinned(updates, self.gate.room)
        return answer


def thinned(updates: list[Json], room: Callable[[int], int]) -> list[Json]:
    left: dict[int, int] = {}
    kept = [update for update in updates if _fits(update, left, room)]
    if updates and (not kept or kept[-1] is not updates[-1]):
        kept.append({"update_id": updates[-1]["update_id"]})
    return kept


def _fits(update: Json, left: dict[int, int], room: Callable[[int], int]) -> bool:
    chat_id = _chat_of(update)
    if chat_id is None:
        return True
    if chat_id not in left:
        left[chat_id] = room(chat_id)
    if left[chat_id] <= 0:
        return False
    if chat_id > 0:  # of a group's messages many are not for the bot: only parsing tells
        left[chat_id] -= 1
    return True


def _chat_of(update: Json) -> int | None:
    """The chat of a message with text. What else there is comes rarely, and must not be missed."""
    try:
        message = update["message"]
        chat_id = message["chat"]["id"] if "text" in message else None
    except (KeyError, TypeError):
        return None
    return chat_id if isinstance(chat_id, int) else None


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
