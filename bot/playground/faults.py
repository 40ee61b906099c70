"""Failures on demand: errors, lost connections, slowness, and the flood limits of the real server."""

from __future__ import annotations

import math
import time
from collections import deque
from dataclasses import dataclass
from typing import Literal

from bot.playground.refusals import Refusal

Kind = Literal["error", "drop_before", "drop_after", "slow"]
KINDS = frozenset({"error", "drop_before", "drop_after", "slow"})
MOST_FAULTS = 1000
MOST_CHATS = 10_000
_WORDS = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    429: "Too Many Requests",
    500: "Internal Server Error",
    502: "Bad Gateway",
}


@dataclass(slots=True)
class Fault:
    """What happens to the next `times` calls of `method` ("*": any but getUpdates).

    error: answered with `refusal`. drop_before: the connection is cut and nothing done. drop_after: done, but the
    answer is lost. slow: done after `seconds`.
    """

    method: str
    times: int
    kind: Kind = "error"
    refusal: Refusal | None = None
    seconds: float = 0.0


class Faults:
    """Faults waiting for their calls, oldest first."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Raises ValueError when there are too many already."""
        if len(self._waiting) >= MOST_FAULTS:
            raise ValueError(f"there are {MOST_FAULTS} faults already")
        self._waiting.append(fault)

    def clear(self) -> None:
        self._waiting.clear()

    def take(self, method: str) -> Fault | None:
        """Return the fault that strikes this call, using it up once."""
        if not self._waiting:
            return None
        for fault in self._waiting:
            if fault.method == method or (fault.method == "*" and method != "getupdates"):
                fault.times -= 1
                if fault.times <= 0:
                    self._waiting.remove(fault)
                return fault
        return None


def refusal(code: int, description: str = "", retry_after: int = 0, migrate_to: int = 0) -> Refusal:
    """Make an error answer; without a description it gets Telegram's usual words for the code."""
    if retry_after:
        return Refusal(
            code, description or f"Too Many Requests: retry after {retry_after}", {"retry_after": retry_after}
        )
    if migrate_to:
        words = description or "Bad Request: group chat was upgraded to a supergroup chat"
        return Refusal(code, words, {"migrate_to_chat_id": migrate_to})
    return Refusal(code, description or _WORDS.get(code, "Error"))


class Flood:
    """Telegram's sending limits: 30 messages a second in all, one a second in a chat, 20 a minute in a group.

    From core.telegram.org/bots/faq#my-bot-is-hitting-limits. Off unless `on`; by real time, since the clock may jump.
    """

    def __init__(self) -> None:
        self.on = False
        self._all: deque[float] = deque()
        self._chats: dict[str, deque[float]] = {}

    def check(self, chat_id: str) -> int:
        """Count one message; return 0, or the seconds after which to retry when it is one too many."""
        now = time.monotonic()
        if len(self._chats) > MOST_CHATS:
            self._chats.clear()
        sent = self._chats.setdefault(chat_id, deque())
        waits = [_wait(self._all, now, 30, 1.0), _wait(sent, now, 1, 1.0)]
        if chat_id.startswith("-"):
            waits.append(_wait(sent, now, 20, 60.0))
        longest = max(waits)
        if longest > 0:
            return math.ceil(longest)
        for times in (self._all, sent):
            times.append(now)
            while now - times[0] > 60.0:
                times.popleft()
        return 0

    def clear(self) -> None:
        self._all.clear()
        self._chats.clear()


def _wait(times: deque[float], now: float, most: int, seconds: float) -> float:
    """Return how long until fewer than `most` of `times` lie within `seconds`."""
    if len(times) < most:
        return 0.0
    return max(0.0, times[-most] + seconds - now)
