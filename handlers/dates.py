"""Dates and times as people of either language write them; the words come from the catalogues."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from datetime import datetime

    from handlers.texts import Catalogue


def due(at: datetime, zone: str, words: Catalogue) -> str:
    """Return "Mon 23 Nov, 09:00 (Asia/Shanghai)" or its like for an instant."""
    local = at.astimezone(ZoneInfo(zone))
    month = words("months").split()[local.month - 1]
    weekday = words("weekdays.short").split()[local.weekday()]
    return words("due", weekday=weekday, day=local.day, month=month, time=f"{local:%H:%M}", zone=zone)


def weekday_name(weekday: int, words: Catalogue) -> str:
    """Return the name of a weekday, 0 being Monday."""
    return words("weekdays").split()[weekday]


def clock_time(hour: int) -> str:
    return f"{hour:02}:00"
