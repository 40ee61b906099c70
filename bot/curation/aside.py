"""Runs the work on a base in a process of its own, so that questions are answered meanwhile as fast as ever."""

from __future__ import annotations

import asyncio
import pickle
import sys
from functools import partial
from typing import TYPE_CHECKING, Any

from bot import processes
from bot.curation.steps import read
from handlers.revisions import nobody

if TYPE_CHECKING:
    from bot.curation.work import Built, Work
    from facts.loading import Problem
    from handlers.revisions import Told

PATIENCE = 180.0
"""Seconds; a base of a hundred thousand questions takes a third of that."""


class AsideError(Exception):
    """The process ended without a result; the message is the last line that it wrote."""


async def build(work: Work, told: Told = nobody) -> Built | tuple[Problem, ...]:
    """Do `bot.curation.work.build` aside. Raises AsideError, TimeoutError; the process ends with whoever waits.

    `told` is told of each step.
    """
    given = await asyncio.to_thread(pickle.dumps, work, pickle.HIGHEST_PROTOCOL)
    done = await processes.run((sys.executable, "-m", "bot.curation"), given, PATIENCE, heard=partial(_heard, told))
    if done.code:
        raise AsideError(done.complaint or f"exit {done.code}")
    loaded: Any = await asyncio.to_thread(pickle.loads, done.output)
    built: Built | tuple[Problem, ...] = loaded
    return built


def _heard(told: Told, line: str) -> bool:
    step = read(line)
    if step is not None:
        told(step)
    return step is not None
