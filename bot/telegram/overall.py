"""The pace over all chats together. Pure: every time is a number of seconds, given by the caller."""

from __future__ import annotations

from enum import IntEnum

from bot.telegram.pace import Flights, Gcra, Window

# Seconds that people's replies may run ahead of the even pace; the window still holds.
AHEAD = 0.5
# A refusal that no chat explains means that our second is not Telegram's: from then on it is counted from the answers,
# and another one makes it slower, down to SLOWEST; back by one step after EASE_SECONDS without any.
SLOWER, SLOWEST, EASE_SECONDS = 1.02, 1.25, 300.0
# Seconds that preparing a digest may take, with a busy database. So long before there is room for it, it is begun.
PREPARING = 0.25


class For(IntEnum):
    """What somebody waits for, in the order in which they are let in."""

    DEPARTURE = 0
    """To send a digest that is prepared."""
    REPLY = 1
    """To send anything to people."""
    TURN = 2
    """To prepare a digest."""


class Overall:
    """`rate`: messages a second; 0: no pace of our own, only pauses."""

    def __init__(self, rate: float) -> None:
        self._even = 1 / rate if rate else 0.0
        self._all = Gcra(self._even)
        self._window = Window(max(1, int(rate)), 1.0) if rate else None
        self._flights = Flights(max(1, int(rate)), 1.0)
        self._strict = False
        self._strict_at = float("-inf")
        self.paused_until = float("-inf")

    def wait(self, what: For, now: float) -> float:
        """Seconds; infinite while only an answer can make room."""
        pause = max(0.0, self.paused_until - now)
        if self._window is None:
            return pause
        if what == For.DEPARTURE:
            return max(pause, self._flights.wait(now)) if self._strict else pause
        pace = max(pause, self._all.wait(now, AHEAD if what == For.REPLY else 0.0))
        if not self._strict:
            return max(pace, self._window.wait(now))
        if what == For.REPLY:
            return max(pace, self._flights.wait(now))
        return max(pace, self._flights.wait(now, prepared=True) - PREPARING)

    def let(self, what: For, now: float) -> None:
        if what != For.DEPARTURE:
            self._all.take(now)
            if self._window:
                self._window.take(now)
        if what == For.TURN:
            self._flights.prepare()
        else:
            self._flights.take()
        if what == For.DEPARTURE:
            self._flights.unprepare()

    def give_back(self, what: For) -> None:
        """Who was let in does not go."""
        if what == For.TURN:
            self._flights.unprepare()
        else:
            self._flights.give_back()
        if what == For.DEPARTURE:  # its turn is not used, either
            self._flights.prepare()
            return
        self._all.give_back()
        if self._window:
            self._window.give_back()

    def answered(self, now: float) -> None:
        self._flights.answered(now)

    def refused(self, now: float, until: float) -> bool:
        """Pause everything, and count more strictly; return whether that is news."""
        news = now > self.paused_until  # those under way at the same moment tell the same
        if news:
            if self._strict:
                self._all.interval = min(self._all.interval * SLOWER, self._even * SLOWEST)
            self._strict = True
        self._strict_at = now
        self.paused_until = max(self.paused_until, until)
        return news

    def ease(self, now: float) -> None:
        """After a while without refusals, go back one step."""
        if self._strict and now - self._strict_at > EASE_SECONDS:
            self._strict = self._all.interval > self._even
            self._strict_at, self._all.interval = now, max(self._even, self._all.interval / SLOWER)
