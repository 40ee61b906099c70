"""Keeps everything that the bot sends within Telegram's limits, and what Telegram refuses waits as long as it says.

About 30 messages a second over all chats, one a second in a chat, 20 a minute in a group
(core.telegram.org/bots/faq#my-bot-is-hitting-limits). People's replies go ahead of digests. Nothing is lost: a reply
that Telegram puts off is sent again after the wait; a digest's row goes back into the outbox.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Any

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from bot.telegram.overall import For, Overall
from bot.telegram.pace import ChatPace

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

log = logging.getLogger(__name__)

RATE = 30.0
# Seconds on top of what Telegram asks for: clocks and lines differ.
MARGIN = 0.1
# The longest wait of a call that is no message, and of a digest that is ready, in seconds: whoever made it is told.
SHORT = 3.0
# Seconds within which refusals in two chats mean that all of us are too fast; one chat alone waits alone.
TOGETHER = 10.0
CHATS_KEPT = 4096
_CHAT_PACED = ("send", "copy", "forward")
_PACED = (*_CHAT_PACED, "edit")
_FREE = frozenset({"sendChatAction"})

ChatId = int | str


@dataclass(frozen=True, slots=True)
class Turn:
    """A digest's permission to send one message now, from `Limiter.turn`; it goes along as `rate_limit_args`."""

    chat: ChatId


@dataclass(slots=True, eq=False)
class _Waiting:
    chat: ChatId | None
    what: For
    admitted: asyncio.Future[None]


class Limiter(BaseRateLimiter[Turn]):
    """`rate`: messages a second over all chats; 0: no pace of our own, only what the server says is obeyed."""

    def __init__(self, rate: float = RATE) -> None:
        self._paced = rate > 0
        self._all = Overall(rate)
        self._blamed: ChatId | None = None
        self._blamed_at = float("-inf")
        self._chats: dict[ChatId, ChatPace] = {}
        self._waiting: list[_Waiting] = []
        self._timer: asyncio.TimerHandle | None = None

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        if self._timer:
            self._timer.cancel()

    async def process_request(  # noqa: PLR0913, PLR0917 - the signature is python-telegram-bot's
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: Turn | None,
    ) -> Any:
        """Call when it may be called, and again after each RetryAfter; a digest's call is made once, at its turn."""
        chat: ChatId | None = data.get("chat_id") if endpoint.startswith(_CHAT_PACED) else None
        paced = endpoint.startswith(_PACED) and endpoint not in _FREE
        while True:
            if paced and rate_limit_args is None:
                await self._wait_for(For.REPLY, chat)
            elif rate_limit_args is not None:
                await self._depart(rate_limit_args)
            try:
                return await callback(*args, **kwargs)
            except RetryAfter as error:
                self._refused(data.get("chat_id"), seconds(error), paced=paced)
                # A digest goes back into the outbox; a tap is stale after a few seconds, and menus can be set later.
                if rate_limit_args is not None or (not paced and seconds(error) > SHORT):
                    raise
                if chat is None or not paced:
                    await asyncio.sleep(seconds(error) + MARGIN)
            finally:
                if paced:
                    self._answered(chat)

    async def turn(self) -> None:
        """Wait, behind people's replies, until one digest may be sent; then `begin` it or `give_back` the turn."""
        await self._wait_for(For.TURN)

    def begin(self, chat: ChatId) -> Turn | float:
        """Return the permission to send to this chat now, or the seconds to wait for it: then give the turn back."""
        pace = self._pace(chat)
        wait = pace.wait(self._now())
        if pace.busy or wait > 0:
            return max(wait, MARGIN)
        pace.busy = self._paced
        return Turn(chat)

    def drop(self, turn: Turn) -> None:
        """Nothing was sent after all."""
        self._pace(turn.chat).busy = False
        self.give_back()

    def give_back(self) -> None:
        """The turn is not used after all."""
        self._all.give_back(For.TURN)
        self._admit()

    async def _depart(self, turn: Turn) -> None:
        """Wait until there is room, which preparing it took part of. Raises RetryAfter where that is long.

        Only from here on it counts for a hard window: what the database takes for it costs no room there.
        """
        pause = self._all.paused_until - self._now()
        if pause > SHORT:
            self.drop(turn)
            raise RetryAfter(ceil(pause))
        try:
            await self._wait_for(For.DEPARTURE)
        except asyncio.CancelledError:
            self.drop(turn)
            raise

    async def _wait_for(self, what: For, chat: ChatId | None = None) -> None:
        waiting = _Waiting(chat, what, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        self._admit()
        try:
            await waiting.admitted
        except asyncio.CancelledError:
            if waiting in self._waiting:
                self._waiting.remove(waiting)
            else:
                if waiting.chat is not None:
                    self._pace(waiting.chat).busy = False
                self._all.give_back(what)
                self._admit()
            raise

    def _admit(self) -> None:
        """Let in whoever may go, people first, in their order; then sleep until the next one may."""
        now = self._now()
        self._all.ease(now)
        soonest: float | None = None
        for waiting in sorted(self._waiting, key=lambda one: one.what):
            wait = self._wait(waiting, now)
            if wait <= 0:
                self._let(waiting, now)
            elif wait < float("inf"):
                soonest = wait if soonest is None else min(soonest, wait)
        if self._timer:
            self._timer.cancel()
            self._timer = None
        if soonest is not None:
            self._timer = asyncio.get_running_loop().call_later(soonest, self._admit)

    def _wait(self, waiting: _Waiting, now: float) -> float:
        """Seconds; infinite while the chat's last message is under way: its end will call."""
        common = self._all.wait(waiting.what, now)
        if waiting.chat is None:
            return common
        pace = self._pace(waiting.chat)
        if not self._paced:
            return max(common, pace.paused_until - now)
        return float("inf") if pace.busy else max(common, pace.wait(now))

    def _let(self, waiting: _Waiting, now: float) -> None:
        self._waiting.remove(waiting)
        self._all.let(waiting.what, now)
        if waiting.chat is not None:
            self._pace(waiting.chat).busy = self._paced
        if not waiting.admitted.done():
            waiting.admitted.set_result(None)

    def _refused(self, chat: ChatId | None, wait: float, *, paced: bool) -> None:
        """Pause the chat that was refused, and everything once another one is refused soon after."""
        if not paced:
            return
        now = self._now()
        until = now + wait + MARGIN
        if chat is not None:
            pace = self._pace(chat)
            pace.paused_until = max(pace.paused_until, until)
            others_too = self._blamed not in {None, chat} and now - self._blamed_at < TOGETHER
            self._blamed, self._blamed_at = chat, now
            if not others_too:
                log.warning("Telegram asks to wait in one chat", extra={"seconds": wait})
                return
        if self._all.refused(now, until):
            log.warning("Telegram asks to wait", extra={"seconds": wait})

    def _answered(self, chat: ChatId | None) -> None:
        now = self._now()
        self._all.answered(now)
        if self._paced and chat is not None:
            self._pace(chat).answered(now)
        self._admit()

    def _pace(self, chat: ChatId) -> ChatPace:
        pace = self._chats.get(chat)
        if pace is None:
            if len(self._chats) >= CHATS_KEPT:
                now = self._now()
                self._chats = {key: kept for key, kept in self._chats.items() if not kept.idle(now)}
            # A name stands for a public group or channel.
            pace = self._chats[chat] = ChatPace(group=isinstance(chat, str) or chat < 0)
        return pace

    @staticmethod
    def _now() -> float:
        return asyncio.get_running_loop().time()


def seconds(error: RetryAfter) -> float:
    return error._retry_after.total_seconds()  # noqa: SLF001 - the public name warns unless PTB_TIMEDELTA is set
