"""A clock that runs on and can be moved forward, shared by server and bot so that a digest can fall due now."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

# A year either way would still fit Telegram's 32-bit dates; the bound keeps `datetime` from overflowing.
LARGEST_MOVE = timedelta(days=3660)


class MovableClock:
    """Implements `handlers.ports.Clock`. `start` (aware) is where it begins; None: at the real time.

    `frozen`: time passes only by `move`, for tests that compare instants.
    """

    def __init__(self, start: datetime | None = None, *, frozen: bool = False) -> None:
        self._origin = datetime.now(UTC)
        self._base = start.astimezone(UTC) if start else self._origin
        self._frozen = frozen
        self._moved = timedelta()

    def now(self) -> datetime:
        """Return the time, aware, in UTC."""
        passed = timedelta() if self._frozen else datetime.now(UTC) - self._origin
        return self._base + passed + self._moved

    def move(self, seconds: float) -> None:
        """Shift by `seconds`, also backwards. Raises ValueError when all moves together pass ten years."""
        if not abs(seconds) <= LARGEST_MOVE.total_seconds():  # also refuses NaN
            raise ValueError("the clock moves by at most ten years")
        moved = self._moved + timedelta(seconds=seconds)
        if abs(moved) > LARGEST_MOVE:
            raise ValueError("the clock moves by at most ten years")
        self._moved = moved

    def move_to(self, moment: datetime) -> None:
        """Go to an aware moment. Raises ValueError as `move` does."""
        self.move((moment - self.now()).total_seconds())
