"""Runs the work on a base in a process of its own, so that questions are answered meanwhile as fast as ever.

Loads nothing that takes time to load: a start begins with it.
"""

from __future__ import annotations

import asyncio
import pickle
import sys
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from typing import IO, TYPE_CHECKING, Any

from bot.config import surroundings
from bot.curation.steps import read
from bot.processes import Done, Process
from handlers.revisions import nobody

if TYPE_CHECKING:
    from bot.curation.work import Built, Work
    from facts.model import FactBase
    from facts.problems import Problem
    from handlers.revisions import Told

COMMAND = (sys.executable, "-m", "bot.curation")
PATIENCE = 180.0
"""Seconds; a base of a hundred thousand questions takes a third of that."""


KEEPING = 2.0
"""Seconds; what was built is kept in a tenth of that."""
_MOST = 2**30
"""Bytes; no base comes near, and no more is made room for."""


class AsideError(Exception):
    """The process ended without a result; the message is the last line that it wrote."""


class Aside:
    """Work under way, pickled, from the start of its process on. Raises OSError where there can be none.

    `told` is told of each step, in another thread.
    """

    def __init__(self, work: bytes, told: Told = nobody, patience: float = PATIENCE) -> None:
        self._base, self._built = Future[bytes](), Future[bytes]()
        self._all_told = False
        for future in (self._base, self._built):
            future.set_running_or_notify_cancel()  # who stops waiting for it takes it from nobody
        self._process = Process(
            COMMAND,
            work,
            patience,
            env=surroundings(OPENBLAS_NUM_THREADS=1),
            hear=self._hear,
            heard=partial(_heard, told),
        )
        self._process.done.add_done_callback(self._ended)

    async def base(self) -> FactBase | tuple[Problem, ...]:
        """Return the base, or its problems, as soon as they are known. Raises AsideError, TimeoutError."""
        base: FactBase | tuple[Problem, ...] = await _loaded(await asyncio.wrap_future(self._base))
        return base

    async def built(self) -> Built | tuple[Problem, ...]:
        """Return what was built, once only: it is let go here. Raises AsideError, TimeoutError."""
        told, self._built = await asyncio.wrap_future(self._built), Future()
        built: Built | tuple[Problem, ...] = await _loaded(told)
        return built

    async def ended(self) -> None:
        """Wait until what was built is kept for the next time. Raises TimeoutError."""
        await asyncio.wrap_future(self._process.done)

    def end(self) -> None:
        """End the work, unless it is done but for keeping it. Returns once the process is gone."""
        self._process.end(KEEPING if self._all_told else 0.0)

    def _hear(self, output: IO[bytes]) -> bytes:
        """Take what `bot.curation` writes: twice a length in 8 bytes, and a pickle, which stays one: it loads much."""
        self._take(output)
        return output.read()

    def _take(self, output: IO[bytes]) -> None:
        """Keep hold of nothing: a matcher is let go before its process has ended."""
        with suppress(EOFError):
            for future in (self._base, self._built):
                future.set_result(_told(output))
            self._all_told = True

    def _ended(self, done: Future[Done]) -> None:
        for future in (self._base, self._built):
            if not future.done():
                late = done.exception()
                future.set_exception(late or AsideError(done.result().complaint or f"exit {done.result().code}"))


async def build(work: Work, told: Told = nobody) -> Built | tuple[Problem, ...]:
    """Do the work and wait for its end; it ends with whoever waits. Raises AsideError, TimeoutError, OSError.

    `told` is told of each step.
    """
    loop = asyncio.get_running_loop()
    given = await asyncio.to_thread(pickle.dumps, work, pickle.HIGHEST_PROTOCOL)
    aside = Aside(given, lambda step: loop.call_soon_threadsafe(told, step), PATIENCE)
    try:
        built = await aside.built()
        await aside.ended()
        return built
    finally:
        aside.end()


def _heard(told: Told, line: str) -> bool:
    step = read(line)
    if step is not None:
        told(step)
    return step is not None


def _told(output: IO[bytes]) -> bytes:
    """Raises EOFError."""
    size = int.from_bytes(output.read(8), "big")
    told = output.read(size) if size <= _MOST else b""
    if not size or len(told) < size:
        raise EOFError
    return told


async def _loaded(told: bytes) -> Any:
    return await asyncio.to_thread(pickle.loads, told)
