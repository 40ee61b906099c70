"""A few fixed jobs, never one for each chat."""

from __future__ import annotations

import asyncio
import contextlib
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from apscheduler.schedulers.asyncio import AsyncIOScheduler  # type: ignore[import-untyped]  # it has no types

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterable

# Seconds that the end waits for jobs under way.
PATIENCE = 5.0


@dataclass(frozen=True, slots=True)
class Job:
    """`work` runs every `seconds`, the first time after them or `at_once`; never two at a time."""

    name: str
    seconds: float
    work: Callable[[], Awaitable[None]]
    at_once: bool = False


@asynccontextmanager
async def running(jobs: Iterable[Job], failed: Callable[[str, Exception], None]) -> AsyncIterator[None]:
    """Run the jobs until the end, which waits for the one under way and begins no other.

    `failed` is told of errors, and the next run comes.
    """
    scheduler = AsyncIOScheduler(timezone=UTC)
    under_way, ending = asyncio.Lock(), False

    async def run(job: Job) -> None:
        async with under_way:
            if ending:
                return
            try:
                await job.work()
            except Exception as error:  # noqa: BLE001 - the next run must come whatever this one met
                failed(f"the job {job.name} failed", error)

    for job in jobs:
        # Without misfire_grace_time=None a run that comes a second late is left out, and said nothing of.
        options: dict[str, object] = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        if job.at_once:
            options["next_run_time"] = datetime.now(UTC)
        scheduler.add_job(run, "interval", (job,), seconds=job.seconds, id=job.name, **options)
    scheduler.start()
    try:
        yield
    finally:
        # The scheduler itself would cancel them half way, and whoever is cancelled while SQLite's driver works for them
        # can leave a connection whose end is waited for without end.
        ending = True
        scheduler.remove_all_jobs()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE), under_way:
                pass
        scheduler.shutdown()
