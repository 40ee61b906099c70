"""The databases of tests/bot, and one copy of the engine on a server whose clock the test moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.playground.clock import MovableClock
from bot.playground.server import LocalBotApi
from tests.bot.conftest import database, database_url
from tests.delivery.copies import Copy
from tests.delivery.ground import NOW, Engine, engine

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.storage.database import Database

__all__ = ["database", "database_url"]


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(NOW, frozen=True)


@pytest.fixture
async def api(clock: MovableClock) -> AsyncIterator[LocalBotApi]:
    async with LocalBotApi(clock) as server:
        yield server


@pytest.fixture
async def it(database: Database, api: LocalBotApi, clock: MovableClock) -> AsyncIterator[Engine]:
    async with engine(database, api.url, api.token, clock) as started:
        yield started


@pytest.fixture
def copy(database: Database) -> Copy:
    return Copy(database)
