"""Every IANA zone, ten years: each local date is posted once, at its first valid instant, whatever its clocks do."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, available_timezones

from bot.delivery.planning import plan
from bot.storage.plans import Due
from handlers.schedule import next_due

if TYPE_CHECKING:
    from collections.abc import Iterator

START, YEARS = datetime(2026, 1, 1, tzinfo=UTC), 10
DAY = timedelta(days=1)
EVERY_DAY = frozenset(range(7))


def changes(zone: str) -> tuple[tuple[datetime, timedelta, timedelta], ...]:
    """The days on which the offset of a zone changes: their beginning in UTC, the offset before and after."""
    local, found = ZoneInfo(zone), []
    day, before = START, START.astimezone(local).utcoffset()
    for _ in range(366 * YEARS):
        day += DAY
        after = day.astimezone(local).utcoffset()
        assert before is not None
        assert after is not None
        if after != before:
            found.append((day - DAY, before, after))
        before = after
    return tuple(found)


def posts(zone: str, hour: int, begin: datetime, end: datetime) -> Iterator[tuple[date | None, datetime]]:
    """Walk from due time to due time as the planner does: the nominal date and the instant of each post."""
    due = next_due(EVERY_DAY, hour, zone, begin)
    while due < end:
        planned = plan(Due("0123456", hour, zone, "latest", due), due + timedelta(seconds=1))
        assert planned.due_at == due
        yield planned.local_date, due
        assert planned.next_due_at is not None
        due = planned.next_due_at


def check(zone: str, hour: int, begin: datetime, end: datetime) -> None:
    local = ZoneInfo(zone)
    walked = list(posts(zone, hour, begin, end))
    dates = [nominal for nominal, _ in walked]
    assert dates[0] is not None
    assert dates == [dates[0] + number * DAY for number in range(len(dates))], (zone, hour)
    for nominal, at in walked:
        assert nominal is not None
        wall, wanted = at.astimezone(local).replace(tzinfo=None), datetime.combine(nominal, time(hour))
        just_before = (at - timedelta(seconds=1)).astimezone(local).replace(tzinfo=None)
        # At the hour itself, the first time it comes; or, where it is skipped, as the clocks jump over it.
        assert wall >= wanted > just_before, (zone, hour, at)


def test_around_every_change_of_every_zone_each_date_is_posted_once() -> None:
    alike: dict[object, str] = {}
    for zone in sorted(available_timezones()):
        alike.setdefault(changes(zone) or ZoneInfo(zone).utcoffset(START), zone)
    walked = 0
    for zone in alike.values():
        for day, _, _ in changes(zone):
            for hour in range(24):
                check(zone, hour, day - 2 * DAY, day + 3 * DAY)
                walked += 1
    assert walked > 10_000


def test_zones_without_changes_are_posted_daily() -> None:
    for zone in ("Asia/Shanghai", "Asia/Kathmandu", "Pacific/Kiritimati", "Etc/GMT+12"):
        assert sum(1 for _ in posts(zone, 9, START, START + 3650 * DAY)) == 3650
