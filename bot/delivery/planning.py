"""What becomes of a subscription that is due. Pure."""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfoNotFoundError

from bot.storage.plans import Plan
from handlers.schedule import check_weekdays, instants, nominal_date

if TYPE_CHECKING:
    from datetime import date, datetime

    from bot.storage.plans import Due

# How late a post may still be: made up for after a downtime, or, where that is not wanted, merely delayed.
CATCH_UP = timedelta(hours=6)
DELAY = timedelta(minutes=15)
_SECOND = timedelta(seconds=1)
_WEEK = 7


class _Day(NamedTuple):
    """`weekday`: a digit, as `Due.weekdays` has them, of the date whose post is due then. `nominal`: its key."""

    weekday: str
    at: datetime
    nominal: date


def plan(due: Due, now: datetime) -> Plan:
    """After a downtime only the latest post is made up for, and only within CATCH_UP of its time, if at all."""
    try:
        _check(due.weekdays)
        missed, coming = _around(due.hour, due.zone, due.catch_up, due.next_due_at, now)
    except (ZoneInfoNotFoundError, ValueError) as error:
        # One that cannot be told may not hold up the others.
        return Plan(None, problem=f"no next time can be told: {error}"[:200])
    following = next(day.at for day in coming if day.weekday in due.weekdays)
    for day in missed:
        if day.weekday in due.weekdays:
            return Plan(following, day.at, day.nominal, due.hour * 60)
    return Plan(following)


@lru_cache(maxsize=256)  # there are 127 that make sense
def _check(weekdays: str) -> None:
    check_weekdays(frozenset(map(int, weekdays)))


@lru_cache(maxsize=1024)  # at one moment there are about as many as zones: all else that plans differ in is weekdays
def _around(hour: int, zone: str, catch_up: str, next_due_at: datetime, now: datetime) -> tuple[list[_Day], list[_Day]]:
    """Return the days whose post is not too late by `now`, the latest first, and the week that comes then."""
    oldest = now - (CATCH_UP if catch_up == "latest" else DELAY)
    missed: list[_Day] = []
    coming: list[_Day] = []
    for date, at in instants(hour, zone, max(next_due_at - _SECOND, oldest)):
        day = _Day(str(date.weekday()), at, nominal_date(at, hour, zone))
        (missed if at <= now else coming).append(day)
        if len(coming) == _WEEK:
            break
    return missed[::-1], coming
