"""PostgreSQL as a server of its own: what it is asked, and that it may end at any time."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import asyncpg  # type: ignore[import-untyped]  # it has no types
import pytest
from sqlalchemy import text

from tests.delivery.copies import NOW, POST
from tests.delivery.ground import until

if TYPE_CHECKING:
    from bot.storage.database import Database
    from tests.delivery.copies import Copy
    from tests.delivery.ground import Engine

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
ONE, ALL = text("SELECT 1"), 5
END = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> $1"


async def connections(database: Database) -> list[Any]:
    """Every connection of a pool that was busy for a moment."""
    together = asyncio.Barrier(ALL)

    async def hold() -> Any:
        async with database.reading() as reading:
            await reading.execute(ONE)
            await together.wait()
            return (await reading.get_raw_connection()).driver_connection

    return await asyncio.gather(*(hold() for _ in range(ALL)))


async def test_a_restart_of_the_server_fails_nothing_that_comes_after_it(database: Database, database_url: str) -> None:
    held = await connections(database)
    other = await asyncpg.connect(database_url.replace("+asyncpg", ""))
    await other.execute(END, other.get_server_pid())
    await other.close()
    await until(lambda: all(one.is_closed() for one in held))
    async with database.at_once() as once:
        assert (await once.execute(ONE)).scalar() == 1
    async with database.writing() as writing:
        assert (await writing.execute(ONE)).scalar() == 1
    assert len(set(await connections(database))) == ALL


async def test_an_idle_tick_is_one_question_and_nothing_around_it(database: Database, it: Engine) -> None:
    beside: list[str] = []  # what the driver is told itself; a SELECT goes to it ready-made
    for one in await connections(database):
        one.add_query_logger(lambda record: beside.append(record.query))
    async with database.reading() as reading:
        await reading.execute(ONE)
    assert beside == ["BEGIN;", "COMMIT;"]
    beside.clear()
    await it.digests.tick()
    assert beside == []


async def test_what_was_sent_is_written_down_by_one_question(database: Database, copy: Copy) -> None:
    await copy.plan()
    delivery = await copy.claim()
    beside: list[str] = []
    for one in await connections(database):
        one.add_query_logger(lambda record: beside.append(record.query))
    await copy.deliveries.sent(delivery, POST, 5, NOW)
    assert beside == []
    assert await copy.states() == [("sent", None)]
