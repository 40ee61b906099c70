"""The bot as it polls: it notices what python-telegram-bot's polling keeps to itself, and thins out floods."""

from __future__ import annotations

import asyncio
import logging
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Protocol

from telegram import Update
from telegram.error import InvalidToken, NetworkError, TelegramError
from telegram.ext import ExtBot

from bot.telegram.limiter import Limiter, Turn
from bot.telegram.request import AiohttpRequest, UnansweredError

if TYPE_CHECKING:
    from collections.abc import Callable

    Json = dict[str, Any]
    Trouble = Callable[[TelegramError], None]

log = logging.getLogger(__name__)

# How many updates Telegram gives at most at once: when it does, more are waiting.
BATCH = 100
REMEMBERED = 10 * BATCH
"""Updates whose ids are kept in mind, the last ones."""


class Gate(Protocol):
    """Whoever takes the updates. `room`: how many more of a chat it can take; `behind`: whether more of them wait."""

    def room(self, key: int) -> int: ...

    def behind(self, *, more: bool) -> None: ...


class PollingRequest(AiohttpRequest):
    """Leaves out those updates of a flood that its lane would drop anyway, before ten times the work of parsing each.

    So it does with what was fetched before. The highest id stays, so that all is confirmed as ever.
    """

    def __init__(self, *, proxy: str | None = None) -> None:
        super().__init__(connections=1, proxy=proxy)
        self.gate: Gate | None = None
        self.last: list[Json] = []
        self._fetched: dict[int, None] = {}

    async def do_request(self, *args: Any, **options: Any) -> tuple[int, bytes]:
        """As ever; but that there is nothing says something of the way there, not of a token that was good before."""
        status, body = await super().do_request(*args, **options)
        if status == HTTPStatus.NOT_FOUND:
            raise UnansweredError("404 Not Found")
        return status, body

    def parse_json_payload(self, payload: bytes) -> dict[str, Any]:  # type: ignore[override]  # there it needs no self
        answer = super().parse_json_payload(payload)
        if self.gate is not None and isinstance(answer.get("result"), list):
            updates = [update for update in answer["result"] if isinstance(_id_of(update), int)]
            self.gate.behind(more=len(updates) >= BATCH)
            kept = thinned(self._new(updates), self.gate.room)
            if updates and (not kept or kept[-1] is not updates[-1]):
                kept.append({"update_id": max(map(_id_of, updates))})
            answer["result"] = self.last = kept
        return answer

    def _new(self, updates: list[Json]) -> list[Json]:
        """Those that were not fetched before: what a proxy or a server hands out twice is answered once."""
        new: list[Json] = []
        for update in updates:
            if update["update_id"] not in self._fetched:
                self._fetched[update["update_id"]] = None
                new.append(update)
        while len(self._fetched) > REMEMBERED:
            del self._fetched[next(iter(self._fetched))]
        return new


def _id_of(update: Any) -> Any:
    return update.get("update_id") if isinstance(update, dict) else None


def thinned(updates: list[Json], room: Callable[[int], int]) -> list[Json]:
    left: dict[int, int] = {}
    return [update for update in updates if _fits(update, left, room)]


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
        requests: tuple[PollingRequest, AiohttpRequest],
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
        self._polling = polling
        self._troubled = troubled
        self._lost = asyncio.Event()

    @property
    def lost(self) -> asyncio.Event:
        return self._lost

    async def get_updates(self, *args: Any, **options: Any) -> tuple[Update, ...]:
        self._polling.last = []
        try:
            return await super().get_updates(*args, **options)
        except InvalidToken:
            self._lost.set()
            raise
        except TelegramError as error:
            self._troubled(error)
            raise
        except Exception as error:  # whatever a strange update makes of the parser would end the polling
            if not self._polling.last:
                raise NetworkError(f"no answer that can be read: {type(error).__name__}") from error
            return tuple(map(self._read, self._polling.last))

    def _read(self, update: Json) -> Update:
        """One of the updates that could not all be read; of a strange one the id alone, which confirms it."""
        try:
            return Update.de_json(update, self)
        except Exception as error:  # noqa: BLE001 - as above
            number = update["update_id"]
            log.warning("an update could not be read", extra={"update": number, "because": type(error).__name__})
            return Update(number)
