"""What becomes of a due subscription, whatever the clocks of its zone do."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.delivery.planning import CATCH_UP, plan
from bot.storage.plans import Due
from handlers.schedule import next_due

DAILY = frozenset(range(7))
DIGITS = "0123456"


def daily(hour: int, zone: str, due: datetime) -> Due:
    return Due(DIGITS, hour, zone, "latest", due)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]


def test_what_is_due_now_is_posted_and_the_next_one_is_tomorrow() -> None:
    planned = plan(daily(9, "Asia/Shanghai", utc(2026, 3, 2, 1)), utc(2026, 3, 2, 1))
    assert (planned.due_at, planned.local_date, planned.slot) == (utc(2026, 3, 2, 1), date(2026, 3, 2), 540)
    assert planned.next_due_at == utc(2026, 3, 3, 1)


def test_after_a_long_downtime_only_the_latest_is_posted() -> None:
    planned = plan(daily(9, "Asia/Shanghai", utc(2026, 3, 2, 1)), utc(2026, 3, 20, 4))
    assert planned.due_at == utc(2026, 3, 20, 1)
    assert planned.next_due_at == utc(2026, 3, 21, 1)


def test_what_is_older_than_the_catch_up_is_not_posted() -> None:
    now = utc(2026, 3, 2, 1) + CATCH_UP
    assert plan(daily(9, "Asia/Shanghai", utc(2026, 3, 2, 1)), now - timedelta(seconds=1)).due_at is not None
    planned = plan(daily(9, "Asia/Shanghai", utc(2026, 3, 2, 1)), now + timedelta(seconds=1))
    assert planned.due_at is None
    assert planned.next_due_at == utc(2026, 3, 3, 1)


@pytest.mark.parametrize(
    "zone", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Gaza"]
)
@pytest.mark.parametrize("hour", [0, 2, 3, 12])
def test_over_two_years_every_local_date_is_posted_exactly_once(zone: str, hour: int) -> None:
    start = utc(2024, 1, 1)
    due = next_due(DAILY, hour, zone, start)
    dates = []
    while due < utc(2026, 1, 1):
        planned = plan(daily(hour, zone, due), due + timedelta(seconds=1))
        assert planned.due_at == due
        assert planned.next_due_at is not None
        dates.append(planned.local_date)
        due = planned.next_due_at
    first = start.astimezone(ZoneInfo(zone)).date()
    expected = {first + timedelta(days=number) for number in range(-1, 733)}
    assert len(dates) == len(set(dates)) >= 730
    assert set(dates) <= expected
