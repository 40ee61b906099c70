"""Whether an amount that somebody asks about and one that is printed agree, or tell otherwise of the same thing."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from facts.quantities import MONEY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from facts.verdict import Particular


def given(asked: Particular, amounts: Iterable[tuple[float, str | None]]) -> bool:
    """Return whether one of the amounts, each with its unit if it has one, is the one asked about."""
    return any(
        _equal(asked.value or 0, value, loose=asked.loose) and asked.unit in (None, unit, None)
        for value, unit in amounts
    )


def comparable(asked: Particular, value: float, unit: str | None) -> bool:
    """Return whether a printed amount may tell of the same thing: a like unit, or both are large without one.

    Money is like money in another currency: "200 million dollars" is not what 200 million yuan are.
    """
    if asked.unit and unit:
        return asked.unit == unit or {asked.unit, unit} <= MONEY
    return (asked.value or 0) >= 10_000 and value >= 10_000


def distance(asked: Particular, amounts: Iterable[tuple[float, str | None]]) -> float:
    """Return how many times as large as the amount asked about the nearest of those like it is, or the reverse."""
    like = [value for value, unit in amounts if value > 0 and comparable(asked, value, unit)]
    wanted = asked.value or 0
    return min((max(value / wanted, wanted / value) for value in like), default=inf) if wanted > 0 else inf


def _equal(asked: float, printed: float, *, loose: bool) -> bool:
    """Whether two amounts agree; "over 4,000" with 4,500, too."""
    if loose and 0.9 * asked <= printed <= 1.3 * asked:
        return True
    return abs(asked - printed) <= 0.005 * max(abs(asked), abs(printed))
