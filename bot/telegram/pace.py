"""How fast messages may follow each other. Pure: every time is a number of seconds, given by the caller."""

from __future__ import annotations

from collections import deque

# Seconds of lateness that are made up for, and the share of the interval that is kept meanwhile: what is late comes at
# most twice as fast, never in a burst.
LATE, CLOSEST = 0.5, 0.5


class Gcra:
    """The generic cell rate algorithm (ITU-T I.371): one message each `interval` seconds, none saved up.

    `ahead`: how many seconds early a message may come. What came early is made up for by those behind it, so that the
    mean rate holds whatever is allowed.
    """

    def __init__(self, interval: float) -> None:
        self.interval = interval
        self._next = self._last = float("-inf")

    def wait(self, now: float, ahead: float = 0.0) -> float:
        return max(0.0, self._next - ahead - now, self._last + CLOSEST * self.interval - ahead - now)

    def take(self, now: float) -> None:
        # A timer that fires late is made up for: without it the mean rate falls short by some per cent.
        self._next = max(self._next, now - LATE) + self.interval
        self._last = now

    def give_back(self) -> None:
        self._next -= self.interval
        self._last = float("-inf")


class Window:
    """At most `most` messages within any `seconds`: a sliding window, by the times of the last ones."""

    def __init__(self, most: int, seconds: float) -> None:
        self._times: deque[float] = deque(maxlen=most)
        self._most, self._seconds = most, seconds

    def wait(self, now: float) -> float:
        return max(0.0, self._times[0] + self._seconds - now) if len(self._times) == self._most else 0.0

    def take(self, now: float) -> None:
        self._times.append(now)

    def give_back(self) -> None:
        self._times.pop()

    def idle(self, now: float) -> bool:
        """Whether it forgets nothing that still matters if it is dropped."""
        return not self._times or self._times[-1] + self._seconds <= now


class Flights:
    """At most `most` messages within any `seconds`, as whoever takes them counts, however long each is on its way.

    One that was answered at a time arrived before it; one that is still under way may arrive with the next.
    """

    def __init__(self, most: int, seconds: float) -> None:
        self._answered: deque[float] = deque(maxlen=most)
        self._most, self._seconds = most, seconds
        self._under_way = self._prepared = 0

    def wait(self, now: float, *, prepared: bool = False) -> float:
        """Seconds; infinite while so many are under way that only an answer can make room.

        `prepared`: behind those that are being prepared, too.
        """
        room = self._most - self._under_way - (self._prepared if prepared else 0)
        if room <= 0:
            return float("inf")
        return max(0.0, self._answered[-room] + self._seconds - now) if len(self._answered) >= room else 0.0

    def prepare(self) -> None:
        self._prepared += 1

    def unprepare(self) -> None:
        self._prepared -= 1

    def take(self) -> None:
        self._under_way += 1

    def give_back(self) -> None:
        self._under_way -= 1

    def answered(self, now: float) -> None:
        self._under_way -= 1
        self._answered.append(now)


class ChatPace:
    """One chat: a message a second, in a group 20 a minute, one under way at a time.

    Counted from the moment that Telegram answered, so that whatever the way there took, it saw them apart enough.
    """

    def __init__(self, *, group: bool) -> None:
        self._second = Window(1, 1.0)
        self._minute = Window(20, 60.0) if group else None
        self.paused_until = float("-inf")
        self.busy = False

    def wait(self, now: float) -> float:
        minute = self._minute.wait(now) if self._minute else 0.0
        return max(self._second.wait(now), minute, self.paused_until - now, 0.0)

    def answered(self, now: float) -> None:
        self.busy = False
        self._second.take(now)
        if self._minute:
            self._minute.take(now)

    def quiet(self, now: float) -> bool:
        """Whether nothing was sent to it lately: a refusal cannot be its own fault."""
        return (self._minute or self._second).idle(now)

    def idle(self, now: float) -> bool:
        return not self.busy and self.paused_until <= now and self.quiet(now)
