"""How often something went wrong, by day and kind, for a month."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from bot.storage.queries import insert_into
from bot.storage.schema import failures
from handlers.asked import KEPT_DAYS
from handlers.stats import Failed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from bot.storage.database import Database
    from handlers.stats import FailedKind


class StoredFailures:
    """`new`: what is counted since the last `tick`, which writes it down, also beside other running copies."""

    def __init__(self, database: Database, new: Counter[tuple[date, FailedKind]] | None = None) -> None:
        self._database = database
        self._new = Counter() if new is None else new
        self._writing = asyncio.Lock()

    async def tick(self) -> None:
        """What the database does not take waits on. Raises what the database raises."""
        if not self._new:
            return
        async with self._writing:
            rows = dict(
                sorted(self._new.items())
            )  # in one order in all copies: none waits for another that waits for it
            async with self._database.writing() as writing:
                for (day, kind), count in rows.items():
                    row = insert_into(self._database.dialect, failures).values(day=day, kind=kind, times=count)
                    more = {"times": failures.c.times + count}
                    await writing.execute(row.on_conflict_do_update(index_elements=["day", "kind"], set_=more))
            for key, count in rows.items():
                self._new[key] -= count
                if not self._new[key]:
                    del self._new[key]

    async def last(self, now: datetime) -> Sequence[Failed]:
        await self.tick()
        recent = failures.c.day > now.date() - timedelta(days=KEPT_DAYS)
        newest_first = select(failures).where(recent).order_by(failures.c.day.desc(), failures.c.times.desc())
        async with self._database.reading() as reading:
            return [Failed(row.day, row.kind, row.times) for row in await reading.execute(newest_first)]

    async def prune(self, now: datetime) -> None:
        old = failures.c.day <= now.date() - timedelta(days=KEPT_DAYS)
        async with self._database.writing() as writing:
            await writing.execute(delete(failures).where(old))
