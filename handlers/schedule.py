"""When the next post falls due, whatever the clocks of its zone do. Pure.

One post for every nominal local date. Where the clocks skip the hour it is due at the first instant after the skip;
where the hour comes twice, at the first.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from handlers.ports import Subscription

_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)
# The standard library keeps eight zones, and reads the file of any other anew.
_zone = lru_cache(maxsize=1024)(ZoneInfo)


def due_of(subscription: Subscription, now: datetime) -> datetime | None:
    """Return when the next post of a subscription is due, by its settings alone; None while it is paused for good."""
    paused = subscription.paused_until
    if paused == date.max:
        return None
    after = now if paused is None else max(now, instant(paused, 0, subscription.zone) - _SECOND)
    return next_due(subscription.weekdays, subscription.hour, subscription.zone, after)


def next_due(weekdays: Collection[int], hour: int, zone: str, after: datetime) -> datetime:
    """Return the first due instant, in UTC, that is later than `after` (aware).

    `weekdays`: at least one; 0 is Monday. `hour`: 0..23 in `zone`, an IANA name.
    Raises ValueError for values out of these, ZoneInfoNotFoundError for an unknown zone.
    """
    check_weekdays(weekdays)
    return next(at for day, at in instants(hour, zone, after) if day.weekday() in weekdays)


def check_weekdays(weekdays: Collection[int]) -> None:
    """Raise ValueError where no post could ever fall due."""
    if not weekdays or not set(weekdays) <= set(range(7)):
        raise ValueError(f"a post needs weekdays from 0 to 6, not {sorted(weekdays)}")


def instants(hour: int, zone: str, after: datetime) -> Iterator[tuple[date, datetime]]:
    """Yield every local date and its due instant, in UTC, from the first on that is later than `after` (aware).

    Raises as `next_due`.
    """
    if after.tzinfo is None:
        raise ValueError("after must be aware")
    # The clocks of Samoa once skipped a whole day: what was nominally due yesterday may still lie ahead.
    day = after.astimezone(_zone(zone)).date() - _DAY
    while True:
        at = instant(day, hour, zone)
        if at > after:
            yield day, at
        day += _DAY


@lru_cache(maxsize=8192)  # a day's hour in every zone for a week and more
def instant(day: date, hour: int, zone: str) -> datetime:
    """Return the first instant, in UTC, at which the clocks of `zone` reach `hour` on `day`."""
    local = _zone(zone)
    wall = datetime.combine(day, time(hour))
    first = wall.replace(tzinfo=local).astimezone(UTC)
    if first.astimezone(local).replace(tzinfo=None) == wall:
        return first
    return _end_of_gap(wall, local)


def _end_of_gap(wall: datetime, local: ZoneInfo) -> datetime:
    """Return when the clocks jump over `wall`, to the second: fold=1 reads it before the jump, fold=0 after it."""
    before = wall.replace(tzinfo=local, fold=1).astimezone(UTC)
    after = wall.replace(tzinfo=local, fold=0).astimezone(UTC)
    while after - before > _SECOND:
        middle = before + (after - before) // _SECOND // 2 * _SECOND
        if middle.astimezone(local).replace(tzinfo=None) < wall:
            before = middle
        else:
            after = middle
    return after


def nominal_date(at: datetime, hour: int, zone: str) -> date:
    """Return the local date that a due instant stands for: with the chat, the key under which it is posted once.

    It is the date on the wall, save where the clocks skipped a midnight.
    """
    day = at.astimezone(_zone(zone)).date()
    return day - _DAY if instant(day, hour, zone) > at else day
