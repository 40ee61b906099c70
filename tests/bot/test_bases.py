"""Accepted versions of the facts, in one suite over every database."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.storage.bases import KEPT, NAMED, Accepted, StoredBases
from handlers.ports import Person
from handlers.revisions import Version

if TYPE_CHECKING:
    from bot.storage.database import Database

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
LIN = Person(1003, "Lin <b>" + "x" * 80)
FILES = {"source.yaml": "title: 你好\n".encode(), "facts/a.yaml": b"[]\n"}
BASE = Accepted(FILES, "ab" * 32, "folder", NOW, folder="ef" * 32)


async def test_versions_are_numbered_and_kept_with_files_origin_time_and_name(database: Database) -> None:
    bases = StoredBases(database)
    assert (await bases.newest(), await bases.files(1), await bases.last_from_folder()) == (0, None, None)
    assert await bases.accept(BASE, 0) == 1
    assert await bases.accept(replace(BASE, files={}, version="cd", origin="upload", by=LIN, folder=None), 1) == 2
    assert await bases.newest() == 2
    assert (await bases.files(1), await bases.files(2)) == (BASE.files, {})
    assert await bases.last_from_folder() == BASE.folder
    assert await bases.versions(5) == [Version(2, "upload", LIN.name[:64], NOW), Version(1, "folder", "", NOW)]
    assert [version.number for version in await bases.versions(1)] == [2]


async def test_who_accepted_is_forgotten_after_a_year(database: Database) -> None:
    bases = StoredBases(database)
    for number in (0, 1):
        await bases.accept(replace(BASE, by=LIN, at=NOW + number * NAMED), number)
    await bases.prune(NOW + NAMED + timedelta(seconds=1))
    assert [version.by for version in await bases.versions(5)] == [LIN.name[:64], ""]
    assert await bases.files(1) == BASE.files


async def test_of_two_who_accept_at_once_one_is_first(database: Database) -> None:
    bases = StoredBases(database)
    assert sorted(await asyncio.gather(*(bases.accept(BASE, 0) for _ in range(5))), key=bool) == [None] * 4 + [1]
    assert await bases.accept(BASE, 0) is None
    assert await bases.newest() == 1


async def test_old_versions_go_but_the_last_of_the_folder_stays_known(database: Database) -> None:
    bases = StoredBases(database)
    await bases.accept(BASE, 0)
    for number in range(1, KEPT + 5):
        await bases.accept(replace(BASE, version=str(number), origin="inbox", folder=None), number)
    kept = [version.number for version in await bases.versions(1000)]
    assert kept == [*range(KEPT + 5, 5, -1), 1]
    assert await bases.last_from_folder() == BASE.folder
