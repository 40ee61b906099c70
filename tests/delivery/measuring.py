"""What `tests.bench.delivery` measures: one function a number."""

from __future__ import annotations

import asyncio
import secrets
import sys
import tempfile
import time
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, available_timezones

import asyncpg  # type: ignore[import-untyped]  # it has no types
import psutil
from sqlalchemy import func, insert, select

from bot.config import ROOT, load_settings
from bot.playground.clock import MovableClock
from bot.schedule import Job, running
from bot.storage import queries
from bot.storage.bases import Accepted, StoredBases
from bot.storage.database import Database
from bot.storage.migrating import migrate
from bot.storage.schema import deliveries, subscriptions
from bot.telegram.limiter import Limiter
from facts.gathering import files_of, version_of
from tests.bench.starting import compiled
from tests.delivery.ground import DAY, EVERY_DAY, NOW, assembled, daily, engine, until, until_none
from tests.delivery.small_api import TOKEN, small_api

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from tests.delivery.small_api import Limit

MANY = 100_000
SERVER = "postgresql://postgres@127.0.0.1:5432"


@asynccontextmanager
async def fresh(kind: str) -> AsyncIterator[tuple[Database, str]]:
    """An empty database of a kind, sqlite or postgresql, and its address."""
    with tempfile.TemporaryDirectory() as folder:
        name, url = f"bench_{secrets.token_hex(6)}", f"sqlite+aiosqlite:///{folder}/bot.db"
        if kind == "postgresql":
            await _on_server(f"CREATE DATABASE {name}")
            url = f"postgresql+asyncpg://postgres@127.0.0.1:5432/{name}"
        database = await Database.open(url)
        await migrate(database)
        yield database, url
        await database.close()
        if kind == "postgresql":
            await _on_server(f"DROP DATABASE {name} WITH (FORCE)")


async def _on_server(statement: str, url: str = f"{SERVER}/test") -> None:
    server = await asyncpg.connect(url.replace("+asyncpg", ""), timeout=5)
    await server.execute(statement)
    await server.close()


async def fill(database: Database, count: int, due: datetime = NOW, zones: Sequence[str] = ("UTC",)) -> None:
    """Subscribe the groups -1 … -count, all due at that full hour, in these zones and on ever other weekdays."""
    pattern = daily(0, due)
    for first in range(1, count + 1, 5000):
        rows = []
        for chat in range(first, min(first + 5000, count + 1)):
            zone = zones[chat % len(zones)]
            others = {other for other in range(7) if chat // len(zones) >> other & 1}
            at = due.astimezone(ZoneInfo(zone))
            days = frozenset(others | {at.weekday()}) if len(zones) > 1 else EVERY_DAY
            rows.append(queries.row_of(replace(pattern, chat_id=-chat, zone=zone, hour=at.hour, weekdays=days)))
        async with database.writing() as writing:
            await writing.execute(insert(subscriptions), rows)


def full_hour_zones(at: datetime = NOW) -> list[str]:
    """Return the zones whose clocks show a full hour then."""
    return [zone for zone in sorted(available_timezones()) if at.astimezone(ZoneInfo(zone)).minute == 0]


async def _never(*_: object) -> int:
    raise AssertionError("nothing is to be sent here")


async def planning(kind: str, zones: Sequence[str] = ("UTC",)) -> dict[str, float]:
    """Seconds to plan 100,000 due rows, the loop's lag meanwhile and an idle tick, in ms."""
    async with fresh(kind) as (database, url):
        await fill(database, MANY, zones=zones)
        it = assembled(database, MovableClock(NOW), "bench", _never, Limiter(0))
        lags: list[float] = []
        watching = asyncio.create_task(_lag(lags))
        await asyncio.sleep(0.05)
        lags.clear()
        began = time.perf_counter()
        await it.digests.tick()
        took = time.perf_counter() - began
        watching.cancel()
        async with database.writing() as writing:
            assert (await writing.execute(select(func.count()).select_from(deliveries))).scalar() == MANY
            await writing.execute(deliveries.update().values(next_at=None))
        if kind == "postgresql":
            await _on_server("VACUUM ANALYZE", url)  # as it does itself within a minute
        idle = []
        for _ in range(300):
            began = time.perf_counter()
            await it.digests.tick()
            idle.append(1000 * (time.perf_counter() - began))
    return {"s": took, "loop lag p99, ms": 1000 * share(lags, 0.99), "idle tick, ms": share(idle, 0.5)}


async def _lag(lags: list[float]) -> None:
    while True:
        began = time.perf_counter()
        await asyncio.sleep(0.001)
        lags.append(time.perf_counter() - began - 0.001)


def share(values: Sequence[float], part: float) -> float:
    return sorted(values)[min(len(values) - 1, int(part * len(values)))]


async def throughput(kind: str, limit: Limit, seconds: float) -> dict[str, float]:
    """Messages a second that arrive at a server with such a limit, over that time, and how many it refused."""
    async with fresh(kind) as (database, _), small_api(limit) as api:
        await fill(database, int(40 * seconds))
        async with engine(database, api.url, TOKEN, MovableClock(NOW), rate=30) as it:
            jobs = (Job("tick", 1, it.digests.tick), Job("sweep", 5, it.digests.sweep))
            async with running(jobs, _told):
                await asyncio.wait_for(api.first.wait(), 10)
                await asyncio.sleep(seconds)
                taken = [at for at in api.taken if at - api.taken[0] <= seconds]
    worst = max(sum(1 for later in taken[place : place + 60] if later - at < 1.0) for place, at in enumerate(taken))
    rate = (len(taken) - 1) / (taken[-1] - taken[0])
    return {"arrived a second": rate, "refused (429)": api.refused, "most in a second": worst}


def _told(what: str, error: Exception) -> None:
    sys.stderr.write(f"{what}: {error!r}\n")


async def lateness(kind: str, times: int = 12) -> dict[str, float]:
    """Seconds after their time at which posts arrive that fall due ten at a time, day after day of a moved clock."""
    late: list[float] = []
    clock = MovableClock(NOW)
    async with fresh(kind) as (database, _), small_api() as api:
        await fill(database, 10)
        async with engine(database, api.url, TOKEN, clock, rate=30) as it:
            jobs = (Job("tick", 1, it.digests.tick), Job("sweep", 5, it.digests.sweep))
            for number in range(times):
                clock.move_to(NOW + number * DAY - timedelta(seconds=1.5))
                due = time.time() + 1.5
                api.taken.clear()
                async with running(jobs, _told):
                    await until(lambda: len(api.taken) == 10)
                late += [at - due for at in api.taken]
                clock.move(1200)
    return {"p50, s": share(late, 0.5), "p99, s": share(late, 0.99)}


async def whole_process(count: int, cache: str, *, changed: bool = False) -> dict[str, float]:
    """`python -m bot run` where that many posts are due: seconds to the first sent, MB once all are planned.

    `cache`: where matchers are kept. `changed`: the facts have changed since the last start; that of them is not kept.
    """
    async with fresh("sqlite") as (database, url), small_api() as api:
        await fill(database, count, datetime.now(UTC).replace(minute=0, second=0, microsecond=0))
        await _accepted(StoredBases(database), changed=changed)
        environment = compiled()
        environment |= {"BOT_TOKEN": TOKEN, "BOT_API_URL": api.url, "BOT_DATABASE_URL": url, "PYTHONPATH": str(ROOT)}
        environment |= {"BOT_FACTS_DIR": str(load_settings(None).folder.resolve()), "BOT_LOG_LEVEL": "WARNING"}
        with tempfile.TemporaryDirectory() as folder:
            environment["BOT_CACHE_DIR"] = folder if changed else cache
            began = time.time()
            command = [sys.executable, "-m", "bot", "run"]
            process = await asyncio.create_subprocess_exec(*command, cwd=folder, env=environment)
            try:
                await asyncio.wait_for(api.first.wait(), 60)
                busy = sum(psutil.Process(process.pid).cpu_times()[:2])
                await until_none(partial(_due, database), 120)
                await asyncio.wait_for(api.polled.wait(), 60)
                memory = psutil.Process(process.pid).memory_info().rss / 2**20
            finally:
                process.terminate()
                await process.wait()
    first, heard = api.taken[0] - began, api.polled_at - began
    return {"s to the first post": first, "of CPU": busy, "s until questions are heard": heard, "resident MB": memory}


async def _accepted(bases: StoredBases, *, changed: bool) -> None:
    """Leave what the last start left: the facts that it served, as they are or as they were then."""
    files = files_of(load_settings(None).folder)
    version = "as it was" if changed else version_of(files)
    await bases.accept(Accepted(files, version, "folder", datetime.now(UTC), folder=version), 0)


async def _due(database: Database) -> int:
    async with database.reading() as reading:
        late = select(func.count()).where(subscriptions.c.next_due_at <= datetime.now(UTC))
        return int((await reading.execute(late)).scalar_one())
