"""PostgreSQL ends connections in the middle of what the bot asks it: nobody loses an answer, posts or their return."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import asyncpg  # type: ignore[import-untyped]  # it has no types
import pytest

from tests.bot.conftest import database_url
from tests.flows.sim import BOT, GROUP, TOM, WAIT, Sim, labels
from tests.flows.test_digests import at, digests, subscribed

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.app import Running
    from bot.config import Settings

__all__ = ["database_url"]
pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
WAITING = "SELECT array_agg(pid) FROM pg_locks WHERE NOT granted AND relation = 'subscriptions'::regclass"


@pytest.fixture
def settings(settings: Settings, database_url: str) -> Settings:
    return settings.model_copy(update={"database_url": database_url})


@asynccontextmanager
async def cut(url: str, count: int) -> AsyncIterator[None]:
    """End the connections of that many who come to ask for subscriptions while they wait: one of them is the tick."""
    other = await asyncpg.connect(url.replace("+asyncpg", ""))
    async with other.transaction():
        await other.execute("LOCK TABLE subscriptions IN ACCESS EXCLUSIVE MODE")
        yield
        async with asyncio.timeout(WAIT):
            while len(asking := await other.fetchval(WAITING) or []) < count:
                pass
        for one in asking:
            await other.execute("SELECT pg_terminate_backend($1)", one)
    await other.close()


@pytest.mark.usefixtures("bot")
async def test_who_asks_meanwhile_is_answered(sim: Sim, database_url: str) -> None:
    async with cut(database_url, 2):
        await sim.say(TOM, "/subscribe", GROUP)
    panel = await sim.heard(GROUP)
    assert labels(panel) == ["Turn on", "All settings"]
    async with cut(database_url, 2):
        tapped = await sim.tap(TOM, panel, "Turn on")
    assert "Next post" in (await sim.answered(tapped))["text"]
    assert labels(await sim.edited(GROUP)) == ["Turn off", "All settings"]


async def test_a_group_that_lets_the_bot_back_in_meanwhile_gets_its_posts(
    sim: Sim, bot: Running, database_url: str
) -> None:
    due = await subscribed(sim)
    for status in ("left", "member"):
        async with cut(database_url, 2):
            await sim.post("member", chat_id=GROUP, user_id=BOT, status=status, by=TOM)
    assert "Hello" in (await sim.heard(GROUP))["text"]
    kept = await bot.services.subscriptions.get(GROUP, None)
    assert kept is not None
    assert (kept.suspended, kept.next_due_at) == (None, due)
    async with cut(database_url, 1):
        await at(sim, due)
    assert "1 of 25" in (await sim.heard(GROUP))["text"]
    assert len(await digests(sim)) == 1
