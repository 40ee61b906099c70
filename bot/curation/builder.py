"""Where a start gets its matcher from: what was kept, else a process aside, and this one only where that fails.

Loads nothing that takes time to load: the process aside works while the rest of the bot is still being loaded.
"""

from __future__ import annotations

import asyncio
import logging
import pickle
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from bot.curation.aside import Aside, AsideError
from bot.curation.work import Built, Work
from facts.gathering import files_of, version_of
from facts.problems import BrokenBase
from facts.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Coroutine, Mapping
    from typing import Any, Self

    from bot.curation.work import Place
    from facts.matching import Matcher
    from facts.model import FactBase

log = logging.getLogger(__name__)

PATIENCE = 60.0
"""Seconds until a start does without the process; a base of a hundred thousand questions takes a third of them."""


class Read(NamedTuple):
    """`matcher` ends once it is built."""

    base: FactBase
    matcher: asyncio.Task[Matcher]


class Builder:
    """On entering it begins with what is in the folder, unless that is kept; on leaving, what is under way ends."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._shelf = Shelf(place.cache)
        self._aside: Aside | None = None
        self._version = ""
        self._matcher: asyncio.Task[Matcher] | None = None

    def __enter__(self) -> Self:
        with suppress(BrokenBase, OSError):  # told of once it is read
            files = files_of(self._place.folder)
            version = version_of(files)
            if not self._shelf.has(version):
                self._begin(files, version)
        return self

    def __exit__(self, *_: object) -> None:
        if self._matcher is not None:
            self._matcher.cancel()
        if self._aside is not None:
            self._aside.end()

    async def read(self, files: Mapping[str, bytes]) -> Read:
        """Return the base of these files as soon as it is known; its matcher takes longer. Raises BrokenBase."""
        version = version_of(files)
        if self._aside is None or self._version != version:
            kept = await asyncio.to_thread(self._shelf.kept, version)
            if kept is not None:
                return self._read(kept.base, _at_hand(kept))
        aside: Aside | None = None
        try:
            aside = self._begin(files, version)
            base = await aside.base()
        except (AsideError, TimeoutError, OSError) as error:
            _tell(error)
            aside, base = None, await asyncio.to_thread(_base, files)
        if isinstance(base, tuple):
            raise BrokenBase(base)
        return self._read(base, self._built(aside, base))

    def _begin(self, files: Mapping[str, bytes], version: str) -> Aside:
        """Return the work on these files, which may be under way, and end any other. Raises OSError."""
        if self._aside is not None and self._version == version:
            return self._aside
        if self._aside is not None:
            self._aside.end()
        work = Work(self._place, files, gently=False)
        self._aside = Aside(pickle.dumps(work, pickle.HIGHEST_PROTOCOL), patience=PATIENCE)
        self._version = version
        return self._aside

    def _read(self, base: FactBase, matcher: Coroutine[Any, Any, Matcher]) -> Read:
        self._matcher = asyncio.create_task(matcher, name="the matcher")
        return Read(base, self._matcher)

    async def _built(self, aside: Aside | None, base: FactBase) -> Matcher:
        if aside is not None:
            try:
                built = await aside.built()
            except (AsideError, TimeoutError) as error:
                _tell(error)
            else:
                if isinstance(built, Built):  # always: the base had no problems
                    return built.matcher
        return await asyncio.to_thread(_matcher, base, self._shelf)


async def _at_hand(matcher: Matcher) -> Matcher:
    return matcher


def _base(files: Mapping[str, bytes]) -> FactBase:
    from facts.loading import load_files  # noqa: PLC0415 - takes time to load

    return load_files(files)


def _matcher(base: FactBase, shelf: Shelf) -> Matcher:
    from facts.matching import Matcher  # noqa: PLC0415 - takes time to load

    matcher = Matcher(base)
    shelf.keep(matcher)
    return matcher


def _tell(error: Exception) -> None:
    why = str(error) or type(error).__name__
    log.warning("the process that builds the matcher has failed; it is built in this one", extra={"because": why})
