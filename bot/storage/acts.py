"""What curators and administrators did, kept for a year."""

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
    from bot.storage.preferences import ChatKeys

KEPT = timedelta(days=365)


class StoredActs:
    def __init__(self, database: Database, keys: ChatKeys) -> None:
        self._database = database
        self._keys = keys

    async def note(self, act: Act, person: int | None) -> None:
        values = {
            "at": act.at,
            "person": "" if person is None else self._keys.of_person(person),
            "name": _storable(act.name)[:64],
            "act": act.kind,
            "detail": _storable(act.detail)[:200],
            "chat_id": act.chat,
            "place": _storable(act.place)[:64],
        }
        async with self._database.writing() as writing:
            await writing.execute(insert(acts).values(values))

    async def last(self, limit: int) -> Sequence[Act]:
        async with self._database.reading() as reading:
            rows = await reading.execute(select(acts).order_by(acts.c.id.desc()).limit(limit))
            return [Act(row.at, row.act, row.detail, row.name, row.chat_id, row.place) for row in rows]

    async def tell_of(self, person: int) -> bool:
        mine = select(acts.c.id).where(acts.c.person == self._keys.of_person(person)).limit(1)
        async with self._database.reading() as reading:
            return (await reading.execute(mine)).first() is not None

    async def prune(self, now: datetime) -> None:
        async with self._database.writing() as writing:
            await writing.execute(delete(acts).where(acts.c.at < now - KEPT))


def _storable(text: str) -> str:
    """Without what a database cannot hold: NUL, half of a surrogate pair."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()
