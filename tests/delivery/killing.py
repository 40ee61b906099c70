"""Ends lives of the delivery at random moments, and counts what was lost and what came twice."""

from __future__ import annotations

import asyncio
import multiprocessing
import signal
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from bot.playground.faults import Fault
from bot.storage.migrating import migrate
from bot.storage.preferences import ChatKeys
from bot.storage.schema import deliveries, subscriptions
from bot.storage.subscriptions import StoredSubscriptions
from tests.delivery.ground import NOW, arrived, daily, expected, groups, until_none
from tests.delivery.life import Place, live

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess
    from random import Random

    from bot.playground.server import LocalBotApi
    from bot.storage.database import Database

# A server that forks ready-made children: a life begins in a moment, as often as one likes.
_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["tests.delivery.life"])
LATENCY = 0.1


@dataclass(frozen=True, slots=True)
class Toll:
    """`in_time`: how many lives ended while there still was something to send."""

    posts: int
    lost: int
    repeated: int
    in_time: int


class Killing:
    """Posts for `count` groups on one database, through a server that takes 0.1 s for each: eight are under way."""

    def __init__(self, api: LocalBotApi, database: Database, url: str, chats: list[int]) -> None:
        self._api = api
        self._database = database
        self._chats = chats
        self._place = Place(url, api.url, api.token, time.time())
        self._lives = 0

    @classmethod
    async def prepared(cls, api: LocalBotApi, database: Database, url: str, count: int) -> Killing:
        await migrate(database)
        chats = groups(api, count)
        store = StoredSubscriptions(database, ChatKeys(b"a key of this test"))
        for chat in chats:
            await store.save(daily(chat))
        api.wire.faults.add(Fault("sendmessage", 10**9, "slow", seconds=LATENCY))
        return cls(api, database, url, chats)

    def begin(self) -> BaseProcess:
        self._lives += 1
        life = _CONTEXT.Process(target=live, args=(self._place, f"life {self._lives}"), daemon=True)
        life.start()
        return life

    async def left(self) -> int:
        """How many posts are not yet at their end, planned or not."""
        due = select(func.count()).where(subscriptions.c.next_due_at <= NOW)
        waits = deliveries.c.next_at.is_not(None) | deliveries.c.lease_until.is_not(None)
        async with self._database.reading() as reading:
            # In this order: what is planned in between is counted twice, and not never.
            unplanned = (await reading.execute(due)).scalar_one()
            return int(unplanned + (await reading.execute(select(func.count()).where(waits))).scalar_one())

    async def finish(self, within: float = 60.0) -> None:
        """Let one life bring it to an end."""
        life = self.begin()
        await until_none(self.left, within)
        await end(life, signal.SIGTERM)

    def toll(self, in_time: int) -> Toll:
        came, wanted = arrived(self._api), expected(self._chats)
        return Toll(len(wanted), len(wanted - set(came)), came.total() - len(came), in_time)


async def end(life: BaseProcess, how: signal.Signals) -> int:
    """Send a signal and wait for the end; return the exit code, negative for a signal's."""
    if life.pid is not None and life.is_alive():
        if how is signal.SIGKILL:
            life.kill()
        else:
            life.terminate()
    await asyncio.to_thread(life.join)
    return life.exitcode or 0


async def end_often(killing: Killing, times: int, how: signal.Signals, rng: Random) -> int:
    """End that many lives, each at a random moment; return how many ended in mid-run."""
    in_time = 0
    for _ in range(times):
        life = killing.begin()
        await asyncio.sleep(rng.uniform(0.08, 0.4))
        await end(life, how)
        in_time += await killing.left() > 0
    return in_time
