"""While Telegram is down, one attempt at a time asks whether it is back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime
    from random import Random

LIMIT = 5
FIRST, LONGEST = timedelta(seconds=1), timedelta(seconds=60)


class Circuit:
    """Opens after `LIMIT` failures in a row. Whoever entered says what came of it, and leaves."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._failures = 0
        self._probing: object | None = None
        self._probe_at: datetime | None = None

    @property
    def open(self) -> bool:
        return self._failures >= LIMIT

    def enter(self, who: object, now: datetime) -> bool:
        """Return whether `who` may try now. Where it is open, that is one probe, at its time."""
        if not self.open:
            return True
        # A probe further off than the longest pause comes from a clock that was set back.
        far = self._probe_at is None or not now < self._probe_at <= now + 2 * LONGEST
        if self._probing is not None or not far:
            return False
        self._probing = who
        return True

    def left(self, who: object) -> None:
        if self._probing is who:
            self._probing = None

    def answered(self) -> None:
        self._failures = 0

    def failed(self, now: datetime) -> None:
        self._failures += 1
        if self.open:
            pause = min(FIRST * 2 ** min(self._failures - LIMIT, 10), LONGEST)
            self._probe_at = now + pause * self._rng.uniform(0.75, 1.25)
