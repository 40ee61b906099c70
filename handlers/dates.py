"""Dates and times as people of either language write them; the words come from the catalogues."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date, datetime

    from handlers.texts import Catalogue


def due(at: datetime, zone: str, words: Catalogue) -> str:
    """Return "Mon 23 Nov, 09:00 (Asia/Shanghai)" or its like for an instant."""
    local = at.astimezone(ZoneInfo(zone))
    month = words("months").split()[local.month - 1]
    weekday = words("weekdays.short").split()[local.weekday()]
    return words("due", weekday=weekday, day=local.day, month=month, time=f"{local:%H:%M}", zone=zone)


def past(at: datetime, zone: str, words: Catalogue) -> str:
    """Return "Mon 23 Nov 2026, 09:00 (Asia/Shanghai)" or its like for an instant that may be years ago."""
    local = at.astimezone(ZoneInfo(zone))
    return words("past", day=day(local.date(), words), time=f"{local:%H:%M}", zone=zone)


def day(on: date, words: Catalogue) -> str:
    """Return "Mon 30 Nov 2026" or its like."""
    month, weekday = words("months").split()[on.month - 1], words("weekdays.short").split()[on.weekday()]
    return words("day", weekday=weekday, day=on.day, month=month, year=on.year)


def weekdays(chosen: Collection[int], words: Catalogue) -> str:
    """Return "Every Monday", "Every Mon, Thu", "Every day" or their likes; 0 is Monday."""
    if len(chosen) == 7:
        return words("every_day")
    names = words("weekdays" if len(chosen) == 1 else "weekdays.short").split()
    return words("every", days=listed([names[number] for number in sorted(chosen)], words, "names.listed"))


def listed(parts: Sequence[str], words: Catalogue, key: str = "listed") -> str:
    """Return at least one part, with commas between them."""
    return reduce(lambda first, then: words(key, first=first, then=then), parts)


def short_weekday(number: int, words: Catalogue) -> str:
    return words("weekdays.short").split()[number]


def clock_time(hour: int) -> str:
    return f"{hour:02}:00"
