"""One database: SQLite in a file with a single writer, or PostgreSQL."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import sqlite3
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DisconnectionError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.config import StartError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sqlalchemy import Connection

# FULL: what was committed survives a power cut, so that no digest is posted twice after one.
PRAGMAS = ("busy_timeout=5000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON")

# A copy that freezes in mid-transaction would keep its rows locked from all others for as long as it stands still.
SERVER_SETTINGS = {"idle_in_transaction_session_timeout": "15s"}
# Seconds without any sign from a server that vanished: what was sent to it would be repeated for a quarter of an hour.
UNHEARD = 10.0

# What drivers raise for a server that isn't there, an option that they don't know, a port or a name that can't be.
_UNFIT = (OSError, TypeError, ValueError, OverflowError)


class DatabaseError(StartError):
    """The database cannot be opened or brought up to date."""


class Database:
    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._writer = asyncio.Lock()
        self.dialect = engine.dialect.name

    @classmethod
    async def open(cls, url: str) -> Database:
        """Connect once, so that a bad address fails now; make the folder of a SQLite file. Raises DatabaseError."""
        address = make_url(url)
        engine = None
        try:
            if address.get_backend_name() == "sqlite":
                await asyncio.to_thread(_try_file, Path(str(address.database)))
            engine = create_async_engine(address, **_pool(address.get_backend_name()))
            _listen(engine)
            async with engine.connect():
                return cls(engine)
        except (SQLAlchemyError, sqlite3.Error, *_UNFIT) as error:
            if engine is not None:
                await engine.dispose()
            raise DatabaseError(f"cannot open the database {address}: {reason(error)}") from error

    async def close(self) -> None:
        await self._engine.dispose()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that sees one state and never waits for a writer."""
        async with self._engine.connect() as plain:
            connection = await plain.execution_options(reading=True)
            async with connection.begin():
                yield connection

    @asynccontextmanager
    async def at_once(self) -> AsyncIterator[AsyncConnection]:
        """For a single statement, on SQLite a SELECT: what begins and ends a transaction costs more than it."""
        async with self._engine.connect() as plain:
            options = {"at_once": True} if self.dialect == "sqlite" else {"isolation_level": "AUTOCOMMIT"}
            yield await plain.execution_options(**options)

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that is committed at the end, rolled back on an exception; one at a time on SQLite."""
        if self.dialect != "sqlite":
            async with self._engine.begin() as connection:
                yield connection
            return
        async with self._writer, self._engine.begin() as connection:
            yield connection


def is_trouble(error: BaseException) -> bool:
    """Whether an error is the database's."""
    return isinstance(error, SQLAlchemyError | sqlite3.Error)


def reason(error: BaseException) -> str:
    """Say in one line what the driver said."""
    cause = getattr(error, "orig", None) or error
    return str(cause).splitlines()[0] if str(cause) else type(cause).__name__


def _try_file(path: Path) -> None:
    # The driver's thread outlives a failed connect and prints a traceback of its own when the program then ends.
    path.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA schema_version")


def _pool(backend: str) -> dict[str, Any]:
    if backend == "sqlite":
        return {"pool_size": 4, "max_overflow": 0}
    return {"pool_size": 8, "connect_args": {"server_settings": SERVER_SETTINGS, "timeout": UNHEARD}}


def _listen(engine: AsyncEngine) -> None:
    if engine.dialect.name != "sqlite":
        event.listen(engine.sync_engine, "connect", _watch)
        event.listen(engine.sync_engine, "checkout", _if_open)
        return
    event.listen(engine.sync_engine, "connect", _prepare)
    event.listen(engine.sync_engine, "begin", _begin)


def _watch(connection: Any, _record: Any) -> None:
    """A server that only takes its time is waited for: its machine still acknowledges what it was sent."""
    own = connection.driver_connection._transport.get_extra_info("socket")  # noqa: SLF001 - the driver gives no other way
    if hasattr(socket, "TCP_USER_TIMEOUT") and own.family in {socket.AF_INET, socket.AF_INET6}:  # on Linux
        own.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, int(1000 * UNHEARD))
        for pause in (socket.TCP_KEEPIDLE, socket.TCP_KEEPINTVL):
            own.setsockopt(socket.IPPROTO_TCP, pause, int(UNHEARD))
        own.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)


def _if_open(connection: Any, *_: object) -> None:
    # The driver hears at once when the server ends: SQLAlchemy's own question before each use takes three round trips.
    if connection.driver_connection.is_closed():
        raise DisconnectionError("the server has closed the connection")


def _prepare(connection: Any, _record: Any) -> None:
    # The driver emits no BEGIN before a SELECT, and a deferred one cannot be upgraded while another writes: ours does.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    if not options.get("at_once", False):
        connection.exec_driver_sql("BEGIN" if options.get("reading", False) else "BEGIN IMMEDIATE")
