"""A clock that jumps, and one that stood still because the bot was down."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from tests.delivery.ground import DAY, NOW, Engine, arrived, daily, expected, groups
from tests.delivery.striking import strike

if TYPE_CHECKING:
    from bot.playground.clock import MovableClock
    from bot.playground.server import LocalBotApi


@pytest.mark.parametrize("jump", [timedelta(hours=1), timedelta(hours=-1), DAY, -DAY], ids=str)
async def test_a_clock_that_jumps_and_comes_back_posts_each_date_once(
    it: Engine, api: LocalBotApi, clock: MovableClock, jump: timedelta
) -> None:
    chats = groups(api, 5)
    await it.subscribe(*map(daily, chats))
    strike(api, 2)  # so that something waits for its next attempt while the clock jumps
    await it.settle()
    clock.move(jump.total_seconds())
    for _ in range(30):
        await it.settle()
        await it.digests.sweep()
        clock.move(60)
    clock.move(-jump.total_seconds())
    for _ in range(4 * 24 + 1):
        await it.settle()
        await it.digests.sweep()
        clock.move(3600)
    # What waited is as old then as after a downtime, and nobody can tell the two apart.
    late = 2 if jump == DAY else 0
    assert await it.states() == {"sent": 25 - late, **({"skipped": late} if late else {})}
    per_date: dict[Any, int] = {}
    async with it.database.reading() as reading:
        for row in await reading.execute(text("SELECT subscription_id, local_date FROM deliveries")):
            per_date[tuple(row)] = per_date.get(tuple(row), 0) + 1
    assert set(per_date.values()) == {1}
    assert len(per_date) == 5 * 5  # the first day and four more
    assert arrived(api).total() == 25 - late


async def test_what_waits_while_the_machine_sleeps_for_days_is_not_sent_after_that(
    it: Engine, api: LocalBotApi, clock: MovableClock
) -> None:
    chats = groups(api, 5)
    await it.subscribe(*map(daily, chats))
    strike(api, 2)
    await it.settle()
    clock.move((3 * DAY).total_seconds())
    await it.settle()
    assert await it.states() == {"sent": 8, "skipped": 2}
    assert arrived(api).total() == 8
    assert expected(chats, NOW + 3 * DAY) < set(arrived(api))


@pytest.mark.parametrize(("catch_up", "hours", "posts"), [("latest", 5, 1), ("latest", 7, 0), ("skip", 1, 0)])
async def test_what_was_missed_is_made_up_for_as_the_subscription_says(  # noqa: PLR0917 - fixtures and parameters
    it: Engine, api: LocalBotApi, clock: MovableClock, catch_up: str, hours: int, posts: int
) -> None:
    chats = groups(api, 3)
    await it.subscribe(*(daily(chat, catch_up=catch_up) for chat in chats))
    clock.move((3 * DAY + timedelta(hours=hours)).total_seconds())
    await it.settle()
    assert arrived(api).total() == 3 * posts
    clock.move((DAY - timedelta(hours=hours)).total_seconds())
    await it.settle()
    assert arrived(api).total() == 3 * posts + 3
