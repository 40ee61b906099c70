"""A few fixed jobs, never one for each chat: now a tick a second."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from apscheduler.schedulers.asyncio import AsyncIOScheduler  # type: ignore[import-untyped]  # it has no types

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

TICK_SECONDS = 1


def start(tick: Callable[[], Awaitable[None]]) -> AsyncIOScheduler:
    """Run `tick` every second, never twice at a time. It keeps its errors to itself."""
    scheduler = AsyncIOScheduler(timezone=UTC)
    # Without misfire_grace_time=None a tick that comes a second late is left out, and said nothing of.
    scheduler.add_job(
        tick, "interval", seconds=TICK_SECONDS, id="tick", coalesce=True, max_instances=1, misfire_grace_time=None
    )
    scheduler.start()
    return scheduler
