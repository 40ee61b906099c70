"""A tick that plans many batches, in lanes where the database has room for two."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select, text

from bot.delivery import digests
from bot.playground.clock import MovableClock
from bot.storage import plans
from bot.storage.schema import deliveries, subscriptions
from bot.telegram.limiter import Limiter
from tests.delivery.ground import DAY, NOW, Engine, assembled
from tests.delivery.measuring import fill

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.storage.database import Database
    from bot.storage.plans import Due, Plan

MANY, BATCH = 60, 7
WAYS = {"sqlite": "EXPLAIN QUERY PLAN ", "postgresql": "EXPLAIN "}


async def _never(*_: object) -> int:
    raise AssertionError("nothing is to be sent here")


@pytest.fixture
async def it(database: Database, monkeypatch: pytest.MonkeyPatch) -> Engine:
    monkeypatch.setattr(digests, "BATCH", BATCH)
    await fill(database, MANY)
    return assembled(database, MovableClock(NOW, frozen=True), "me", _never, Limiter(0))


async def planned(database: Database) -> tuple[int, int]:
    """How many subscriptions have a post, and how many have moved on to the next day."""
    posts = select(func.count(deliveries.c.subscription_id.distinct()))
    moved = select(func.count()).where(subscriptions.c.next_due_at == NOW + DAY)
    async with database.reading() as reading:
        return (await reading.execute(posts)).scalar_one(), (await reading.execute(moved)).scalar_one()


async def test_a_tick_plans_every_batch(it: Engine) -> None:
    await it.digests.tick()
    assert await planned(it.database) == (MANY, MANY)
    assert await it.states() == {"pending": MANY}


async def test_a_batch_that_fails_is_told_of_and_planned_by_the_next_tick(
    it: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan, calls = it.deliveries.plan, 0

    async def plan_but_not_the_third(now: datetime, limit: int, told: Callable[[Due], Plan]) -> int:
        nonlocal calls
        calls += 1
        if calls == 3:
            raise OSError("the database is gone")
        return await plan(now, limit, told)

    monkeypatch.setattr(it.deliveries, "plan", plan_but_not_the_third)
    with pytest.raises(OSError, match="gone"):
        await it.digests.tick()
    posts, moved = await planned(it.database)
    assert posts == moved >= 2 * BATCH
    await it.digests.tick()
    assert await planned(it.database) == (MANY, MANY)


async def test_what_is_due_is_found_by_its_index_even_in_a_table_that_nobody_has_counted(database: Database) -> None:
    await fill(database, 2000)
    async with database.writing() as writing:
        if (walking := plans.walking(writing.dialect)) is not None:
            await writing.execute(walking)
        kinds = plans.kinds(writing.dialect, NOW, 100)
        words = kinds.compile(dialect=writing.dialect, compile_kwargs={"literal_binds": True})
        lines = await writing.execute(text(WAYS[writing.dialect.name] + str(words).replace(":", r"\:")))
        assert "ix_subscriptions_next_due_at" in " ".join(str(line) for line in lines)
