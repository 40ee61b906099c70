"""What becomes of a subscription that is due. Pure."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfoNotFoundError

from bot.storage.plans import Plan
from handlers.schedule import next_due, nominal_date

if TYPE_CHECKING:
    from datetime import datetime

    from bot.storage.plans import Due

# How late a post may still be: made up for after a downtime, or, where that is not wanted, merely delayed.
CATCH_UP = timedelta(hours=6)
DELAY = timedelta(minutes=15)


def plan(due: Due, now: datetime) -> Plan:
    """After a downtime only the latest post is made up for, and only within CATCH_UP of its time, if at all."""
    upcoming = partial(next_due, frozenset(map(int, due.weekdays)), due.hour, due.zone)
    oldest = now - (CATCH_UP if due.catch_up == "latest" else DELAY)
    try:
        following = upcoming(max(due.next_due_at - timedelta(seconds=1), oldest))
        latest = None
        while following <= now:
            latest, following = following, upcoming(following)
    except (ZoneInfoNotFoundError, ValueError) as error:
        # One that cannot be told may not hold up the others.
        return Plan(None, problem=f"no next time can be told: {error}"[:200])
    if latest is None:
        return Plan(following)
    date = nominal_date(latest, due.hour, due.zone)
    return Plan(following, latest, date, due.hour * 60)
