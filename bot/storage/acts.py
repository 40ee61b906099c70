"""What curators did, kept for a year."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from bot.storage.schema import acts
from handlers.acts import Act

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.storage.database import Database

KEPT = timedelta(days=365)


class StoredActs:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def note(self, act: Act) -> None:
        values = {
            "at": act.at,
            "person": act.person,
            "name": _storable(act.name)[:64],
            "act": act.kind,
            "detail": _storable(act.detail)[:200],
        }
        async with self._database.writing() as writing:
            await writing.execute(insert(acts).values(values))

    async def last(self, limit: int) -> Sequence[Act]:
        async with self._database.reading() as reading:
            rows = await reading.execute(select(acts).order_by(acts.c.id.desc()).limit(limit))
            return [Act(row.at, row.person, row.name, row.act, row.detail) for row in rows]

    async def prune(self, now: datetime) -> None:
        async with self._database.writing() as writing:
            await writing.execute(delete(acts).where(acts.c.at < now - KEPT))


def _storable(text: str) -> str:
    """Without what a database cannot hold: NUL, half of a surrogate pair."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()
