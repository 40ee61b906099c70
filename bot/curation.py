"""Serving a folder of facts, and serving it anew when a curator asks."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from facts.loading import BrokenBase
from handlers.ports import Reloaded

if TYPE_CHECKING:
    from pathlib import Path

    from facts.library import Library
    from facts.model import FactBase
    from facts.shelf import Shelf


class FolderCuration:
    """Builds the next base aside, so that questions go on, and swaps it in only when it has no problem."""

    def __init__(self, folder: Path, library: Library, shelf: Shelf) -> None:
        self._folder = folder
        self._library = library
        self._shelf = shelf
        self._one_at_a_time = asyncio.Lock()

    async def reload(self) -> Reloaded:
        async with self._one_at_a_time:
            try:
                matcher = await asyncio.to_thread(self._shelf.matcher, self._folder)
            except BrokenBase as broken:
                return Reloaded(problems=broken.problems)
            before = self._library.base
            self._library.serve(matcher)
            return compare(before, matcher.base)


def compare(before: FactBase, after: FactBase) -> Reloaded:
    old, new = before.fact_by_id, after.fact_by_id
    return Reloaded(
        version=after.version,
        added=tuple(name for name in new if name not in old),
        removed=tuple(name for name in old if name not in new),
        changed=tuple(name for name in new if name in old and new[name] != old[name]),
    )
