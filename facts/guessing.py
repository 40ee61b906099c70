"""Wrong numbers, days and years for a quiz: about as large as the right one, and written as it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

    from facts.quantities import Number

_DIGITS = re.compile(r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?")
_STEP = 0.15
"""How far they lie apart, as a share of the right one: near enough to be thought about."""
_LAST_DAY = 28


def around(shown: str, number: Number, count: int, rng: Random) -> list[str]:
    """Return at most `count` others, in order; how many of them are smaller is left to chance.

    None where it is spelt out, a range, or a month without its day.
    """
    found = list(_DIGITS.finditer(shown))
    if number.kind == "date":
        day = str(int(number.value) % 100)
        found = [each for each in found if each.group() == day]
    if len(found) != 1:
        return []
    written = found[0].group()
    decimals = len(written.partition(".")[2])
    value = int(written.replace(",", "").replace(".", ""))
    if value <= 0:
        return []
    step = _step(value) if number.kind == "quantity" else 1
    below = rng.randrange(min(count, (value - 1) // step) + 1)
    values = [value + step * place for place in range(-below, count - below + 1) if place]
    if number.kind == "date":
        values = [each for each in values if each <= _LAST_DAY]
    form = f"{',' if ',' in written else ''}.{decimals}f"
    before, behind = shown[: found[0].start()], shown[found[0].end() :]
    return [f"{before}{each / 10**decimals:{form}}{behind}" for each in values]


def _step(value: int) -> int:
    """About a seventh of a value above 0, as round as that is itself: 4,500 goes by 500, 200 by 100, 26 by 4."""
    unit = 1
    while value % (unit * 10) == 0:
        unit *= 10
    if value > unit * 5 and value % (unit * 5) == 0:
        unit *= 5
    step = max(1, round(value * _STEP / unit)) * unit
    return step // 2 if step >= value and step % 2 == 0 else step
