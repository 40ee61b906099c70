"""Messages that say how far some work is, while they do: what is noted at a start was left by a life that ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import delete, select

from bot.storage.queries import insert_into
from bot.storage.schema import unfinished

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.storage.database import Database


class Left(NamedTuple):
    """A message that says how far work is, and the HTML that it becomes if nothing else ever comes of the work."""

    chat_id: int
    message_id: int
    html: str


class StoredUnfinished:
    """`bot.telegram.progress.Unfinished`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def note(self, left: Left) -> None:
        row = {"chat_id": left.chat_id, "message_id": left.message_id, "html": left.html}
        insert = insert_into(self._database.dialect, unfinished).values(row)
        newer = insert.on_conflict_do_update(index_elements=["chat_id", "message_id"], set_={"html": left.html})
        async with self._database.writing() as writing:
            await writing.execute(newer)

    async def drop(self, chat_id: int, message_id: int) -> None:
        this = (unfinished.c.chat_id == chat_id) & (unfinished.c.message_id == message_id)
        async with self._database.writing() as writing:
            await writing.execute(delete(unfinished).where(this))

    async def every(self) -> Sequence[Left]:
        columns = select(unfinished.c.chat_id, unfinished.c.message_id, unfinished.c.html)
        async with self._database.reading() as reading:
            return [Left(*row) for row in await reading.execute(columns)]
