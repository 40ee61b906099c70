"""File ids of pictures, over every database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.storage.photos import StoredPhotos

if TYPE_CHECKING:
    from bot.storage.database import Database

KEY, OTHER = "a" * 40, "b" * 40


async def test_a_file_id_is_kept_and_a_newer_one_takes_its_place(database: Database) -> None:
    photos = StoredPhotos(database)
    assert await photos.get(KEY) is None
    await photos.keep(KEY, "AgAC-1")
    await photos.keep(OTHER, "AgAC-2")
    await photos.keep(KEY, "AgAC-3")
    assert [await photos.get(key) for key in (KEY, OTHER)] == ["AgAC-3", "AgAC-2"]


async def test_a_refused_one_is_dropped_unless_another_copy_has_uploaded_anew(database: Database) -> None:
    photos = StoredPhotos(database)
    await photos.keep(KEY, "newer")
    await photos.drop(KEY, "refused")
    assert await photos.get(KEY) == "newer"
    await photos.drop(KEY, "newer")
    assert await photos.get(KEY) is None
