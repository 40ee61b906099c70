"""Fail every call to the database and to Telegram in turn, the first, the second, …, and look what is left.

After SQLite's own testing (sqlite.org/testing.html, "anomaly testing").
"""

from __future__ import annotations

from collections import Counter
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Literal

import pytest
from sqlalchemy import delete
from sqlalchemy.exc import OperationalError
from telegram.error import BadRequest, NetworkError, RetryAfter

from bot.playground.clock import MovableClock
from bot.storage.database import Database
from bot.storage.schema import metadata
from bot.telegram.limiter import Limiter
from bot.telegram.request import UnansweredError, UnreachedError
from tests.delivery.ground import NOW, Engine, assembled, daily, expected

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from sqlalchemy.ext.asyncio import AsyncConnection
    from telegram.error import TelegramError

    from bot.telegram.limiter import Turn
    from bot.telegram.sending import Target
    from handlers.reply import Text

Mode = Literal["refused", "rolled back", "committed"]
CHATS = (-1, -2, -3)


class Faults:
    """Strikes at the `at`-th call, once."""

    def __init__(self, at: int) -> None:
        self.at, self.calls = at, 0

    def strikes(self) -> bool:
        self.calls += 1
        return self.calls == self.at


class BrokenDatabase(Database):
    """A transaction that cannot begin, is lost at its end, or is kept though the caller hears of an error."""

    faults, mode = Faults(0), "refused"

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        if self.faults.strikes():
            raise self._error()
        async with super().reading() as connection:
            yield connection

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        struck = self.faults.strikes()
        if struck and self.mode == "refused":
            raise self._error()
        async with super().writing() as connection:
            yield connection
            if struck and self.mode == "rolled back":
                raise self._error()
        if struck:
            raise self._error()

    @asynccontextmanager
    async def at_once(self) -> AsyncIterator[AsyncConnection]:
        struck = self.faults.strikes()
        if struck and self.mode != "committed":
            raise self._error()
        async with super().at_once() as connection:
            yield connection
        if struck:
            raise self._error()

    @staticmethod
    def _error() -> OperationalError:
        return OperationalError("a statement", {}, Exception("broken on purpose"))


@pytest.fixture
async def broken(database_url: str, database: Database) -> AsyncIterator[BrokenDatabase]:
    opened = await BrokenDatabase.open(database_url)
    assert isinstance(opened, BrokenDatabase)
    yield opened
    await opened.close()


class Telegram:
    """Takes posts; at the n-th call it fails with `error`, having taken it or not."""

    def __init__(self, faults: Faults, error: Callable[[], TelegramError], *, taken: bool) -> None:
        self.arrived: Counter[str] = Counter()
        self._faults, self._error, self._taken = faults, error, taken

    async def send(self, text: Text, to: Target, turn: Turn) -> int:
        struck = self._faults.strikes()
        if not struck or self._taken:
            self.arrived[text.html] += 1
        if struck:
            raise self._error()
        return self.arrived.total()


async def empty(database: Database) -> None:
    async with database.writing() as writing:
        for table in reversed(metadata.sorted_tables):
            if table.name != "versions":
                await writing.execute(delete(table))


async def job(work: Callable[[], object]) -> None:
    """What the scheduler does: the next run comes whatever this one met."""
    try:
        await work()  # type: ignore[misc]  # a coroutine function
    except OperationalError:
        return


async def over(it: Engine) -> bool:
    try:
        return not (await it.deliveries.waiting(it.clock.now())).due and not await it.unfinished()
    except OperationalError:
        return False


async def lived_through(it: Engine, clock: MovableClock) -> None:
    for _ in range(60):
        await job(it.digests.sweep)
        await job(it.settle)
        if await over(it):
            return
        clock.move(30)
    raise AssertionError(await it.states())


async def trial(database: BrokenDatabase, telegram: Telegram, faults: Faults, mode: str) -> None:
    await empty(database)
    clock = MovableClock(NOW, frozen=True)
    it = assembled(database, clock, "me", telegram.send, Limiter(0))
    await it.subscribe(*map(daily, CHATS))
    it.courier.start()
    try:
        database.faults, database.mode = faults, mode
        await lived_through(it, clock)
    finally:
        database.faults = Faults(0)
        await it.courier.stop(5)


@pytest.mark.parametrize("mode", ["refused", "rolled back", "committed"])
async def test_whichever_transaction_fails_every_post_comes_once(broken: BrokenDatabase, mode: Mode) -> None:
    at, last = 1, 1
    while at <= last:
        faults, telegram = Faults(at), Telegram(Faults(0), RuntimeError, taken=False)  # type: ignore[arg-type]  # unused
        await trial(broken, telegram, faults, mode)
        assert telegram.arrived == dict.fromkeys(expected(CHATS), 1), f"after a failure of transaction {at}"
        last = min(faults.calls, 24)
        at += 1
    assert last >= 15


@pytest.mark.parametrize(
    ("error", "taken"),
    [
        (lambda: UnreachedError("no route"), False),
        (lambda: UnansweredError("cut"), False),
        (lambda: UnansweredError("cut"), True),
        (lambda: NetworkError("Bad Gateway"), False),
        (lambda: RetryAfter(0), False),
    ],
    ids=["unreached", "cut before", "cut after", "502", "429"],
)
async def test_whichever_call_to_telegram_fails_no_post_is_lost(
    broken: BrokenDatabase, error: Callable[[], TelegramError], *, taken: bool
) -> None:
    for at in range(1, len(CHATS) + 1):
        telegram = Telegram(Faults(at), error, taken=taken)
        await trial(broken, telegram, Faults(0), "refused")
        assert set(telegram.arrived) == expected(CHATS)
        assert telegram.arrived.total() == len(CHATS) + taken


async def test_a_post_that_is_refused_for_good_stops_no_other(broken: BrokenDatabase) -> None:
    for at in range(1, len(CHATS) + 1):
        telegram = Telegram(Faults(at), lambda: BadRequest("can't parse entities"), taken=False)
        await trial(broken, telegram, Faults(0), "refused")
        assert telegram.arrived.total() == len(CHATS) - 1
