from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.schedule import instant, next_due, nominal_date

ZONES = sorted(available_timezones() - {"localtime", "Factory"})
# Zones with odd clocks stand first, so that hypothesis tries and shrinks to them.
ODD = ["Europe/Berlin", "Australia/Lord_Howe", "Pacific/Apia", "America/Sao_Paulo", "Asia/Kathmandu", "Africa/Cairo"]
MINUTE = timedelta(minutes=1)
DAILY = frozenset(range(7))

zones = st.sampled_from(ODD) | st.sampled_from(ZONES)
# Offsets have been whole minutes everywhere since 1973, so that the walk below sees every transition.
moments = st.datetimes(datetime(1973, 1, 2), datetime(2037, 12, 1), timezones=st.just(UTC))  # noqa: DTZ001 - st adds UTC


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def walked(day: date, hour: int, zone: str) -> datetime:
    """The same by walking: the first minute at which the wall clock shows that hour of that day or later."""
    local, wall = ZoneInfo(zone), datetime.combine(day, time(hour))
    at = datetime.combine(day, time(hour), UTC) - timedelta(hours=30)
    while at.astimezone(local).replace(tzinfo=None) < wall:
        at += MINUTE
    return at


@pytest.mark.parametrize(
    ("zone", "post", "after", "due"),
    [
        ("Asia/Shanghai", ({0}, 9), "2026-11-20T00:00", "2026-11-23T01:00"),
        ("Asia/Shanghai", ({0}, 9), "2026-11-23T01:00", "2026-11-30T01:00"),
        ("Asia/Shanghai", ({0}, 9), "2026-11-23T00:59", "2026-11-23T01:00"),
        ("Asia/Shanghai", (DAILY, 0), "2026-11-22T15:59", "2026-11-22T16:00"),
        # Berlin skips 02:00-03:00 on 29 March 2026 and has it twice on 25 October.
        ("Europe/Berlin", (DAILY, 2), "2026-03-28T12:00", "2026-03-29T01:00"),
        ("Europe/Berlin", (DAILY, 2), "2026-03-29T01:00", "2026-03-30T00:00"),
        ("Europe/Berlin", (DAILY, 2), "2026-10-24T12:00", "2026-10-25T00:00"),
        ("Europe/Berlin", (DAILY, 2), "2026-10-25T00:00", "2026-10-26T01:00"),
        # Lord Howe moves by half an hour: 02:00 is skipped, 02:30 exists.
        ("Australia/Lord_Howe", (DAILY, 2), "2026-10-03T00:00", "2026-10-03T15:30"),
        # Sao Paulo's days began at 01:00 when summer time did.
        ("America/Sao_Paulo", ({6}, 0), "2018-10-30T00:00", "2018-11-04T03:00"),
        # Samoa had no 30 December 2011: its post comes with the first instant of the 31st, whose own follows.
        ("Pacific/Apia", (DAILY, 9), "2011-12-29T19:00", "2011-12-30T10:00"),
        ("Pacific/Apia", (DAILY, 9), "2011-12-30T10:00", "2011-12-30T19:00"),
        ("Pacific/Apia", ({4}, 9), "2011-12-24T00:00", "2011-12-30T10:00"),
    ],
)
def test_the_next_post_is_due_when_the_clocks_reach_its_hour(
    zone: str, post: tuple[Collection[int], int], after: str, due: str
) -> None:
    assert next_due(*post, zone, utc(after)) == utc(due)


@given(zone=zones, hour=st.integers(0, 23), after=moments)
@settings(deadline=None, max_examples=150)
def test_in_every_zone_the_due_instant_is_the_first_one_that_reaches_the_hour(
    zone: str, hour: int, after: datetime
) -> None:
    day = after.astimezone(ZoneInfo(zone)).date()
    assert instant(day, hour, zone) == walked(day, hour, zone)


@given(zone=zones, hour=st.integers(0, 23), after=moments, daily=st.booleans())
@settings(deadline=None, max_examples=300)
def test_no_due_date_is_left_out_and_none_comes_twice(zone: str, hour: int, after: datetime, *, daily: bool) -> None:
    weekdays = DAILY if daily else {2}
    step = timedelta(days=1 if daily else 7)
    dates, at = [], after
    for _ in range(5):
        later = next_due(weekdays, hour, zone, at)
        assert at < later <= at + step + timedelta(hours=25)
        dates.append(nominal_date(later, hour, zone))
        at = later
    gaps = {later - earlier for earlier, later in pairwise(dates)}
    # Where a whole day is skipped and the hour is midnight, two dates begin at one instant: that is one post.
    assert gaps == {step} or (len(gaps) == 2 and zone in SKIPPED_A_DAY)
    assert all(day.weekday() in weekdays for day in dates) or zone in SKIPPED_A_DAY


SKIPPED_A_DAY = {"Pacific/Apia", "Pacific/Fakaofo", "Pacific/Kwajalein", "Kwajalein", "Pacific/Kiritimati",
                 "Pacific/Enderbury", "Pacific/Kanton"}  # fmt: skip


def test_the_nominal_date_of_a_skipped_hour_is_the_day_that_lacks_it() -> None:
    assert nominal_date(utc("2011-12-30T10:00"), 9, "Pacific/Apia") == date(2011, 12, 30)
    assert nominal_date(utc("2018-11-04T03:00"), 0, "America/Sao_Paulo") == date(2018, 11, 4)


def test_what_makes_no_schedule_is_refused() -> None:
    now = utc("2026-11-20T00:00")
    with pytest.raises(ValueError, match="weekday"):
        next_due((), 9, "Asia/Shanghai", now)
    with pytest.raises(ValueError, match="weekday"):
        next_due({0, 7}, 9, "Asia/Shanghai", now)
    with pytest.raises(ValueError, match="hour"):
        next_due(DAILY, 24, "Asia/Shanghai", now)
    with pytest.raises(ValueError, match="aware"):
        next_due(DAILY, 9, "Asia/Shanghai", now.replace(tzinfo=None))
    with pytest.raises(ZoneInfoNotFoundError):
        next_due(DAILY, 9, "Asia/Foshan", now)
