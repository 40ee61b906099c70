"""Which facts a starting bot serves. A folder that changed since it was last accepted is accepted: it was deployed.

Otherwise the newest accepted version goes on. A broken folder never stops a bot that has a good version.
Posts need the base only, and go out while the matcher may still be built.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, NamedTuple

import facts.shelf.record  # noqa: F401 - what a matcher is made of is loaded while one is built, not when it comes
from bot.config import StartError
from bot.storage.bases import Accepted
from facts.gathering import files_of, version_of
from facts.inbox import INBOX, carried
from facts.loading import BrokenBase, load

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from bot.curation.builder import Builder, Read
    from bot.storage.bases import StoredBases

log = logging.getLogger(__name__)

TRIED = 5
"""Accepted versions that are tried, newest first, where they do not check any more with this version of the bot."""


class Opened(NamedTuple):
    """`number`: that of the version."""

    read: Read
    number: int


async def opened(folder: Path, builder: Builder, bases: StoredBases, now: datetime) -> Opened:
    """Raises StartError where neither the folder nor any accepted version can be served."""
    try:
        files = await asyncio.to_thread(files_of, folder)
        last = await bases.last_from_folder()
        if last == version_of(files) and (stored := await _stored(builder, bases)) is not None:
            return stored
        deployed = await _carried(files, bases)
        read = await builder.read(deployed)
    except BrokenBase as broken:
        told = await asyncio.to_thread(_told, folder, broken)
        stored = await _stored(builder, bases)
        if stored is None:
            raise StartError(told) from None
        log.warning(
            "the folder is broken; the last good version goes on", extra={"number": stored.number, "because": told}
        )
        return stored
    base = Accepted(deployed, read.base.version, "folder", now, folder=version_of(files))
    return await _accepted(read, base, bases)


async def _carried(files: Mapping[str, bytes], bases: StoredBases) -> Mapping[str, bytes]:
    """The folder's files, with the inbox of the newest version where they have none."""
    newest = await bases.files(await bases.newest()) or {}
    return await asyncio.to_thread(carried, files, newest.get(INBOX))


async def _accepted(read: Read, base: Accepted, bases: StoredBases) -> Opened:
    """Accept what was deployed. Another copy that starts now does the same, and one of the two is first."""
    while True:
        newest = await bases.newest()
        if await bases.last_from_folder() == base.folder:
            return Opened(read, newest - 1)  # another copy was first: `Revising.follow` takes up the newest
        number = await bases.accept(base, newest)
        if number is not None:
            return Opened(read, number)


async def _stored(builder: Builder, bases: StoredBases) -> Opened | None:
    """The newest accepted version that checks with this version of the bot."""
    for version in await bases.versions(TRIED):
        files = await bases.files(version.number)
        try:
            if files is not None:
                return Opened(await builder.read(files), version.number)
        except BrokenBase as broken:
            why = {"number": version.number, "because": str(broken.problems[0])}
            log.warning("an accepted version does not check any more", extra=why)
    return None


def _told(folder: Path, broken: BrokenBase) -> str:
    try:
        load(folder)  # names everything else that is wrong, too
    except BrokenBase as whole:
        broken = whole
    return f"the facts in {folder} have {len(broken.problems)} problems; the first: {broken.problems[0]}"
