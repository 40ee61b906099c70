"""Serving a folder of facts, and serving it anew when a curator asks."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from facts.loading import BrokenBase, load
from facts.matching import Matcher
from handlers.ports import Reloaded

if TYPE_CHECKING:
    from pathlib import Path

    from facts.library import Library
    from facts.model import FactBase


def build(folder: Path) -> Matcher:
    """Read, check and index a folder: seconds of work, for a thread. Raises BrokenBase."""
    return Matcher(load(folder))


class FolderCuration:
    """Builds the next base aside, so that questions go on, and swaps it in only when it has no problem."""

    def __init__(self, folder: Path, library: Library) -> None:
        self._folder = folder
        self._library = library
        self._one_at_a_time = asyncio.Lock()

    async def reload(self) -> Reloaded:
        async with self._one_at_a_time:
            try:
                matcher = await asyncio.to_thread(build, self._folder)
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
