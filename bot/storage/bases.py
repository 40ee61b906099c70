"""The accepted versions of the facts: numbered, in full, the newest of them kept."""

from __future__ import annotations

import asyncio
import json
import zlib
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import and_, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.storage.schema import bases
from handlers.revisions import Version

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from bot.storage.database import Database
    from handlers.ports import Person
    from handlers.revisions import Origin

KEPT = 50
NAMED = timedelta(days=365)
_NEWEST = select(func.max(bases.c.number))
# A start compares the folder with what it was then, however long ago.
_FOLDER = select(func.coalesce(func.max(bases.c.number), 0)).where(bases.c.folder.is_not(None)).scalar_subquery()


@dataclass(frozen=True, slots=True)
class Accepted:
    """A base to accept: its files, their version (`facts.gathering.version_of`), where it came from, when and by whom.

    `folder`: what the folder on disk was, where this was made of it.
    """

    files: Mapping[str, bytes]
    version: str
    origin: Origin
    at: datetime
    by: Person | None = None
    folder: str | None = None


class StoredBases:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def newest(self) -> int:
        """Return the number of the newest version, 0 where there is none."""
        async with self._database.reading() as reading:
            return int((await reading.execute(_NEWEST)).scalar() or 0)

    async def files(self, number: int) -> dict[str, bytes] | None:
        async with self._database.reading() as reading:
            packed = (await reading.execute(select(bases.c.files).where(bases.c.number == number))).scalar()
        return None if packed is None else await asyncio.to_thread(unpack, packed)

    async def last_from_folder(self) -> str | None:
        """Return what the folder on disk was when it was last accepted."""
        mine = select(bases.c.folder).where(bases.c.folder.is_not(None)).order_by(bases.c.number.desc()).limit(1)
        async with self._database.reading() as reading:
            found: str | None = (await reading.execute(mine)).scalar()
        return found

    async def accept(self, base: Accepted, after: int) -> int | None:
        """Store a base as the version after `after`; None where another copy was first with that number."""
        values = {
            "number": after + 1,
            "version": base.version,
            "files": await asyncio.to_thread(pack, base.files),  # a tenth of a second, for which nobody else waits
            "origin": base.origin,
            "accepted_at": base.at,
            "name": base.by.name[:64] if base.by else "",
            "folder": base.folder,
        }
        try:
            async with self._database.writing() as writing:
                if (await writing.execute(_NEWEST)).scalar() != (after or None):
                    return None
                await writing.execute(insert(bases).values(values))
                await writing.execute(
                    delete(bases).where(bases.c.number <= after + 1 - KEPT, bases.c.number != _FOLDER)
                )
        except IntegrityError:
            return None
        return after + 1

    async def prune(self, now: datetime) -> None:
        """Forget who accepted what was accepted long ago, as the acts do."""
        named = and_(bases.c.name != "", bases.c.accepted_at < now - NAMED)
        async with self._database.writing() as writing:
            await writing.execute(update(bases).where(named).values(name=""))

    async def versions(self, limit: int) -> Sequence[Version]:
        columns = (bases.c.number, bases.c.origin, bases.c.name, bases.c.accepted_at)
        async with self._database.reading() as reading:
            rows = await reading.execute(select(*columns).order_by(bases.c.number.desc()).limit(limit))
            return [Version(row.number, row.origin, row.name, row.accepted_at) for row in rows]


def pack(files: Mapping[str, bytes]) -> bytes:
    """A base that checks is UTF-8 throughout."""
    return zlib.compress(json.dumps({name: content.decode() for name, content in files.items()}).encode())


def unpack(packed: bytes) -> dict[str, bytes]:
    return {name: text.encode() for name, text in json.loads(zlib.decompress(packed)).items()}
