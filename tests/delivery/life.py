"""One life of the bot's delivery in a process of its own, to be ended by force."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.storage.database import Database
from tests.delivery.ground import NOW, engine

if TYPE_CHECKING:
    from bot.delivery.digests import Digests

# So that a lease of ninety seconds is over in one and a half, and a minute's pause in one.
FASTER = 60.0


@dataclass(frozen=True, slots=True)
class FastClock:
    """It showed `NOW` at `began`, a system time; every process sees the same."""

    began: float

    def now(self) -> datetime:
        return NOW + timedelta(seconds=(time.time() - self.began) * FASTER)


@dataclass(frozen=True, slots=True)
class Place:
    database_url: str
    api_url: str
    token: str
    began: float


def live(place: Place, name: str) -> None:
    """Deliver until killed, or until SIGTERM, which ends in order."""
    asyncio.run(_live(place, name))


async def _live(place: Place, name: str) -> None:
    stopped = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
    database = await Database.open(place.database_url)
    async with engine(database, place.api_url, place.token, FastClock(place.began), name) as it:
        jobs = asyncio.create_task(_jobs(it.digests))
        await stopped.wait()
        jobs.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await jobs
    await database.close()


async def _jobs(digests: Digests) -> None:
    while True:
        await digests.tick()
        await digests.sweep()
        await asyncio.sleep(0.02)
