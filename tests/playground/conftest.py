from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import aiohttp
import pytest

from bot.playground.clock import MovableClock
from bot.playground.server import LocalBotApi
from tests.playground.talking import TOM, Talk

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
async def talk() -> AsyncIterator[Talk]:
    """A server with a still clock that shows noon, and a client of it."""
    async with LocalBotApi(MovableClock(NOON, frozen=True)) as api, aiohttp.ClientSession() as session:
        yield Talk(api, session)


@pytest.fixture
async def met(talk: Talk) -> Talk:
    """The same after Tom pressed start; that update is confirmed."""
    await talk.sim("start", user_id=TOM)
    await talk.updates()
    return talk
