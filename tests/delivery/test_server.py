"""PostgreSQL as a server of its own: what it is asked, and that it may end at any time."""

from __future__ import annotations

import asyncio
import ctypes
import socket
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import asyncpg  # type: ignore[import-untyped]  # it has no types
import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url

from bot.storage import database as databases
from bot.storage.database import Database
from bot.storage.patience import patiently
from tests.delivery.copies import NOW, POST
from tests.delivery.ground import until

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

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


class Instruction(ctypes.Structure):
    """A step of a socket filter (docs.kernel.org/networking/filter.html)."""

    _fields_ = (("code", ctypes.c_ushort), ("jt", ctypes.c_ubyte), ("jf", ctypes.c_ubyte), ("k", ctypes.c_uint))


class Program(ctypes.Structure):
    _fields_ = (("len", ctypes.c_ushort), ("filter", ctypes.POINTER(Instruction)))


class Road:
    """Leads to PostgreSQL. What went over it until it vanishes is never acknowledged any more, nor refused."""

    SO_ATTACH_FILTER, RETURN = 26, 0x06

    def __init__(self, port: int) -> None:
        self._port = port
        self._ends: list[asyncio.StreamWriter] = []
        self._led: list[asyncio.Task[None]] = []

    async def lead(self, here: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        there, on = await asyncio.open_connection("127.0.0.1", self._port)
        self._ends += [back, on]
        self._led += [asyncio.create_task(self._carry(*way)) for way in ((here, on), (there, back))]

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while told := await reader.read(65536):
            writer.write(told)
        writer.close()

    def vanish(self) -> None:
        nothing = Program(1, ctypes.pointer(Instruction(self.RETURN, 0, 0, 0)))
        for end in self._ends[::2]:
            end.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, self.SO_ATTACH_FILTER, bytes(nothing))

    def end(self) -> None:
        for task in self._led:
            task.cancel()
        for end in self._ends:
            end.transport.abort()


@asynccontextmanager
async def road(url: str) -> AsyncIterator[tuple[Road, str]]:
    address = make_url(url)
    it = Road(address.port or 5432)
    async with await asyncio.start_server(it.lead, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        yield it, address.set(port=port).render_as_string(hide_password=False)
        it.end()


@pytest.mark.skipif(not hasattr(socket, "TCP_USER_TIMEOUT"), reason="only Linux can be told to give up")
async def test_a_server_that_vanishes_without_a_word_is_asked_anew(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(databases, "UNHEARD", 3.0)
    failed: list[Exception] = []
    async with road(database_url) as (it, url):
        database = await Database.open(url)
        it.vanish()

        async def ask() -> Any:
            async with database.reading() as reading:
                return (await reading.execute(ONE)).scalar()

        async with asyncio.timeout(30):
            assert await patiently(ask, 60, lambda _, error: failed.append(error)) == 1
        assert failed
        await database.close()
