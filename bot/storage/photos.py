"""Under which file id Telegram has a picture, so that it is uploaded once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from bot.storage.queries import insert_into
from bot.storage.schema import photos

if TYPE_CHECKING:
    from bot.storage.database import Database


class StoredPhotos:
    """`bot.telegram.photos.FileIds`. A key is that of `handlers.pictures.Picture`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, key: str) -> str | None:
        async with self._database.reading() as reading:
            return (await reading.execute(select(photos.c.file_id).where(photos.c.key == key))).scalar()

    async def keep(self, key: str, file_id: str) -> None:
        insert = insert_into(self._database.dialect, photos).values(key=key, file_id=file_id)
        newer = insert.on_conflict_do_update(index_elements=["key"], set_={"file_id": file_id})
        async with self._database.writing() as writing:
            await writing.execute(newer)

    async def drop(self, key: str, file_id: str) -> None:
        """Forget an id that Telegram refuses, unless another has taken its place."""
        async with self._database.writing() as writing:
            await writing.execute(delete(photos).where(photos.c.key == key, photos.c.file_id == file_id))
