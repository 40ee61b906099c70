"""Has a process of its own find out how what the bot says is written in Traditional characters."""

from __future__ import annotations

import asyncio
import logging
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from bot import processes
from bot.config import surroundings
from facts.model import Phrasings
from facts.traditional import Spelling, traditional
from facts.wording import WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from facts.library import Library
    from facts.model import FactBase

    Written = Callable[[str], str]

log = logging.getLogger(__name__)

PATIENCE = 20.0
"""Seconds; half a one is enough, and some more on a busy machine."""
_UNASKED = Phrasings()
COMMAND = (sys.executable, "-m", "facts.traditional")


class Scribe:
    """`handlers.ports.Scribe`. Whoever is the first to read Traditional of a base waits for the process.

    `texts`: what is said besides the facts. Where the process fails, OpenCC itself stays in this one: 28 MB.
    """

    def __init__(self, library: Library, texts: Sequence[str], command: Sequence[str] = COMMAND) -> None:
        self._library = library
        self._texts = (*texts, repr(WORDS["zh"]))
        self._command = command
        self._version = ""
        self._task: asyncio.Task[Written] | None = None

    async def traditional(self) -> Written:
        base = self._library.base
        if self._task is None or self._version != base.version:
            self._version = base.version
            self._task = asyncio.create_task(self._written(base), name="spelling")
        # Who stops waiting stops only that: others may wait for the same.
        return await asyncio.shield(self._task)

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _written(self, base: FactBase) -> Written:
        try:
            given = "\n".join((_shown(base), *self._texts)).encode()
            done = await processes.run(self._command, given, PATIENCE, surroundings())
            if done.code == 0:
                return Spelling.read(done.output)
            why = done.complaint or f"exit {done.code}"
        except (OSError, TimeoutError, ValueError) as error:
            why = str(error) or type(error).__name__
        log.warning("the process that tells Traditional characters has failed", extra={"because": why})
        return traditional


def _shown(base: FactBase) -> str:
    """Return a base as a text, without how people ask: most of it, and shown only in the answers to who typed it."""
    facts = tuple(replace(each, ask=_UNASKED) for each in base.facts)
    gaps = tuple(replace(each, ask=_UNASKED) for each in base.gaps)
    smalltalk = tuple(replace(each, ask=_UNASKED) for each in base.smalltalk)
    return repr(replace(base, facts=facts, gaps=gaps, smalltalk=smalltalk))
