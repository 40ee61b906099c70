"""A database that is locked or full, in mid-run."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import asyncpg  # type: ignore[import-untyped]  # it has no types
import pytest
from sqlalchemy import event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from handlers.reply import Posted, Text
from tests.delivery.ground import Engine, arrived, daily, engine, expected, groups, until
from tests.delivery.striking import finish, slow

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sqlalchemy import Connection

    from bot.playground.clock import MovableClock
    from bot.playground.server import LocalBotApi
    from bot.storage.database import Database
    from handlers.ports import Ask, Services


@asynccontextmanager
async def locked(url: str, seconds: float) -> AsyncIterator[None]:
    """Another program holds the database for that long."""
    if url.startswith("sqlite"):
        path = str(make_url(url).database)
        other = sqlite3.connect(path, timeout=20, isolation_level=None, check_same_thread=False)
        await asyncio.to_thread(other.execute, "BEGIN IMMEDIATE")
        release = asyncio.get_running_loop().call_later(seconds, other.close)
        yield
        release.cancel()
        other.close()
        return
    other = await asyncpg.connect(url.replace("+asyncpg", ""))
    await other.execute("BEGIN")
    await other.execute("LOCK TABLE deliveries, subscriptions IN ACCESS EXCLUSIVE MODE")
    release = asyncio.get_running_loop().call_later(seconds, other.terminate)
    yield
    release.cancel()
    other.terminate()


async def test_a_database_that_is_locked_for_ten_seconds_only_delays(
    it: Engine, database_url: str, api: LocalBotApi, clock: MovableClock
) -> None:
    chats = groups(api, 30)
    await it.subscribe(*map(daily, chats))
    slow(api, 30, 0.1)
    await it.digests.tick()
    await until(lambda: arrived(api).total() > 0)
    async with locked(database_url, 10):
        await asyncio.sleep(0.5)  # what is under way arrives, and cannot be written down
        held = arrived(api).total()
        await until(lambda: not it.courier._busy)
    assert held < 30
    await finish(it, clock)
    assert arrived(api) == dict.fromkeys(expected(chats), 1)


class Disk:
    """Where a database lies; while it is `full` there is no room for another row."""

    MOST = 2**30

    def __init__(self, database: Database) -> None:
        self._database = database
        self._pages = self.MOST
        if database.dialect == "sqlite":
            event.listen(database._engine.sync_engine, "begin", self._limit)

    def _limit(self, connection: Connection) -> None:
        """SQLite's own limit of the file's pages, 1 for the present ones: every connection has it for itself."""
        connection.exec_driver_sql(f"PRAGMA max_page_count = {self._pages}")

    @asynccontextmanager
    async def full(self) -> AsyncIterator[None]:
        self._pages = 1
        await self._run(*_DISK_FULL)
        yield
        self._pages = self.MOST
        await self._run("DROP FUNCTION disk_full CASCADE")

    async def _run(self, *statements: str) -> None:
        if self._database.dialect == "postgresql":
            async with self._database.writing() as writing:
                for statement in statements:
                    await writing.execute(text(statement))


# What PostgreSQL raises where a table cannot be extended (53100).
_DISK_FULL = (
    """CREATE FUNCTION disk_full() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$""",
    "CREATE TRIGGER disk_full BEFORE INSERT ON deliveries FOR EACH ROW EXECUTE FUNCTION disk_full()",
    "CREATE TRIGGER disk_full BEFORE INSERT ON posted FOR EACH ROW EXECUTE FUNCTION disk_full()",
)


async def long(ask: Ask, _: Services) -> tuple[Text]:
    """A post of many facts: to remember them needs room."""
    facts = tuple(Posted(f"fact-{number}-{ask.now:%Y%m%d}", "m" * 32) for number in range(80))
    return (Text(f"{ask.chat.id} {ask.now:%Y-%m-%d}", facts=facts),)


async def test_on_a_full_disk_nothing_is_planned_or_sent_until_there_is_room(
    it: Engine, api: LocalBotApi, clock: MovableClock
) -> None:
    disk, chats = Disk(it.database), groups(api, 200)
    await it.subscribe(*map(daily, chats))
    async with disk.full():
        for _ in range(3):
            with pytest.raises(DBAPIError, match=r"full|No space left"):
                await it.digests.tick()
        assert not arrived(api)
        assert await it.states() == {}
    await finish(it, clock)
    assert arrived(api) == dict.fromkeys(expected(chats), 1)


async def test_a_disk_that_is_full_for_a_while_in_mid_run_only_delays(
    database: Database, api: LocalBotApi, clock: MovableClock, caplog: pytest.LogCaptureFixture
) -> None:
    disk, chats = Disk(database), groups(api, 30)
    async with engine(database, api.url, api.token, clock, handler=long) as it:
        await it.subscribe(*map(daily, chats))
        slow(api, 30, 0.1)
        await it.digests.tick()
        await until(lambda: arrived(api).total() > 0)
        async with disk.full():
            await until(lambda: "the database does not answer" in caplog.text)
            await asyncio.sleep(0.5)  # what is under way arrives, and cannot be written down
            held = arrived(api).total()
        await until(lambda: not it.courier._busy)
        assert held < 30
        await finish(it, clock)
        assert arrived(api) == dict.fromkeys(expected(chats), 1)
