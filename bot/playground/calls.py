"""The last calls of the bot, for the page's wire view and for tests' outbox."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.playground.events import Events
    from bot.playground.refusals import Json


class Calls:
    """Keeps the newest; older ones go."""

    KEPT = 500

    def __init__(self, events: Events) -> None:
        self._events = events
        self._next_id = 1
        self.recent: list[Json] = []

    def record(self, method: str, status: int, ms: float, exchange: tuple[Json, Json], *, keep: bool = True) -> None:
        """Tell the page of one call, and keep it. `exchange`: arguments and answer; `ms`: what the server took."""
        call = {
            "id": self._next_id,
            "method": method,
            "ok": status == 200,
            "status": status,
            "ms": round(ms, 2),
            "request": exchange[0],
            "response": exchange[1],
        }
        self._next_id += 1
        if keep:
            self.recent.append(call)
            if len(self.recent) >= 2 * self.KEPT:
                del self.recent[: -self.KEPT]
        self._events.publish("call", **call)

    def last(self, count: int = KEPT, method: str = "") -> list[Json]:
        wanted = method.lower()
        kept = self.recent[-self.KEPT :]
        return [call for call in kept if not wanted or call["method"].lower() == wanted][-count:]
