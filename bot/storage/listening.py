"""The groups in which the bot answers without being addressed: few, so that all of them are kept in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from bot.storage.queries import insert_into
from bot.storage.schema import listening

if TYPE_CHECKING:
    from bot.storage.database import Database


class StoredListening:
    """`handlers.ports.Listening`. Nothing is known before the first `refresh`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._on: frozenset[int] = frozenset()

    def on(self, chat_id: int) -> bool:
        return chat_id in self._on

    @property
    def groups(self) -> frozenset[int]:
        return self._on

    async def turn(self, chat_id: int, *, on: bool) -> None:
        insert = insert_into(self._database.dialect, listening).values(chat_id=chat_id).on_conflict_do_nothing()
        async with self._database.writing() as writing:
            await writing.execute(insert if on else delete(listening).where(listening.c.chat_id == chat_id))
        self._on = self._on | {chat_id} if on else self._on - {chat_id}

    async def moved(self, old: int, new: int) -> None:
        """A group became a supergroup, with another id."""
        if self.on(old):
            await self.turn(old, on=False)
            await self.turn(new, on=True)

    async def refresh(self) -> None:
        """Read what another running copy may have changed."""
        async with self._database.reading() as reading:
            self._on = frozenset((await reading.execute(select(listening.c.chat_id))).scalars())
