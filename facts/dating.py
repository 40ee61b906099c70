"""The dates of a base in order: what is dated in a fact's English title, the one that every fact has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facts.quantities import numbers
from facts.text import fold

if TYPE_CHECKING:
    from facts.model import Fact, FactBase


def in_order(base: FactBase) -> tuple[tuple[float, Fact], ...]:
    """Return dates (year·10⁴ + month·100 + day, 0 where unsaid) with their facts, earliest first.

    A title with several tells of a span, and a month without a year of no order: both are left out.
    """
    dated = ((_date(fact.title.en), fact) for fact in base.facts)
    return tuple(sorted(((day, fact) for day, fact in dated if day), key=lambda each: (each[0], each[1].id)))


def _date(title: str) -> float:
    found = (number for number in numbers(fold(title)) if number.kind != "quantity")
    days = (number.value * 10_000 if number.kind == "year" else number.value for number in found)
    day, *more = [*days, 0]
    return day if day >= 10_000 and more in ([], [0]) else 0
