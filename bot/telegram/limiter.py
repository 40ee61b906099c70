"""Keeps everything that the bot sends within Telegram's limits, and what Telegram refuses waits as long as it says.

About 30 messages a second over all chats, one a second in a chat, 20 a minute in a group
(core.telegram.org/bots/faq#my-bot-is-hitting-limits). People's replies go ahead of digests. Nothing is lost: a reply
that Telegram puts off is sent again after the wait; a digest's row goes back into the outbox.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from bot.telegram.pace import ChatPace, Flights, Gcra, Window

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

log = logging.getLogger(__name__)

RATE = 30.0
# Seconds that people's replies may run ahead of the even pace; the window still holds.
AHEAD = 0.5
# A refusal that no chat explains means that our second is not Telegram's: from then on it is counted from the answers,
# and another one makes it slower, down to SLOWEST; back by one step after EASE_SECONDS without any.
SLOWER, SLOWEST, EASE_SECONDS = 1.02, 1.25, 300.0
# Seconds on top of what Telegram asks for: clocks and lines differ.
MARGIN = 0.1
# The longest wait of a call that is no message, in seconds: whoever made it is told instead.
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
    digest: bool
    admitted: asyncio.Future[None]


class Limiter(BaseRateLimiter[Turn]):
    """`rate`: messages a second over all chats; 0: no pace of our own, only what the server says is obeyed."""

    def __init__(self, rate: float = RATE) -> None:
        self._even = 1 / rate if rate else 0.0
        self._all = Gcra(self._even)
        self._window = Window(max(1, int(rate)), 1.0) if rate else None
        self._flights = Flights(max(1, int(rate)), 1.0)
        self._strict = False
        self._paused_until = float("-inf")
        self._strict_at = float("-inf")
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
                await self._turn(chat, digest=False)
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
        await self._turn(None, digest=True)

    def begin(self, chat: ChatId) -> Turn | float:
        """Return the permission to send to this chat now, or the seconds to wait for it: then give the turn back."""
        pace = self._pace(chat)
        wait = pace.wait(self._now())
        if pace.busy or wait > 0:
            return max(wait, MARGIN)
        pace.busy = self._even > 0
        return Turn(chat)

    def drop(self, turn: Turn) -> None:
        """Nothing was sent after all."""
        self._pace(turn.chat).busy = False
        self.give_back()

    def give_back(self) -> None:
        self._all.give_back()
        self._flights.give_back()
        if self._window:
            self._window.give_back()
        self._admit()

    async def _turn(self, chat: ChatId | None, *, digest: bool) -> None:
        waiting = _Waiting(chat, digest, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        self._admit()
        try:
            await waiting.admitted
        except asyncio.CancelledError:
            if waiting in self._waiting:
                self._waiting.remove(waiting)
            else:
                if chat is not None:
                    self._pace(chat).busy = False
                self.give_back()
            raise

    def _admit(self) -> None:
        """Let in whoever may go, people first, in their order; then sleep until the next one may."""
        now = self._now()
        if self._strict and now - self._strict_at > EASE_SECONDS:
            self._strict = self._all.interval > self._even
            self._strict_at, self._all.interval = now, max(self._even, self._all.interval / SLOWER)
        soonest: float | None = None
        for waiting in sorted(self._waiting, key=lambda one: one.digest):
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
        common = max(0.0, self._paused_until - now, self._all.wait(now, 0.0 if waiting.digest else AHEAD))
        if self._window:
            common = max(common, self._flights.wait(now) if self._strict else self._window.wait(now))
        if waiting.chat is None:
            return common
        pace = self._pace(waiting.chat)
        if not self._even:
            return max(common, pace.paused_until - now)
        return float("inf") if pace.busy else max(common, pace.wait(now))

    def _let(self, waiting: _Waiting, now: float) -> None:
        self._waiting.remove(waiting)
        self._all.take(now)
        self._flights.take()
        if self._window:
            self._window.take(now)
        if waiting.chat is not None:
            self._pace(waiting.chat).busy = self._even > 0
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
        if now > self._paused_until:  # those under way at the same moment tell the same
            if self._strict:
                self._all.interval = min(self._all.interval * SLOWER, self._even * SLOWEST)
            self._strict = True
            log.warning("Telegram asks to wait", extra={"seconds": wait})
        self._strict_at = now
        self._paused_until = max(self._paused_until, until)

    def _answered(self, chat: ChatId | None) -> None:
        now = self._now()
        self._flights.answered(now)
        if self._even and chat is not None:
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
