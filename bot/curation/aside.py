"""Runs the work on a base in a process of its own, so that questions are answered meanwhile as fast as ever."""

from __future__ import annotations

import asyncio
import pickle
import sys
from typing import TYPE_CHECKING, Any

from bot.config import ROOT

if TYPE_CHECKING:
    from bot.curation.work import Built, Work
    from facts.loading import Problem

PATIENCE = 180.0
"""Seconds; a base of a hundred thousand questions takes a third of that."""


class AsideError(Exception):
    """The process ended without a result; the message is the last line that it wrote."""


async def build(work: Work) -> Built | tuple[Problem, ...]:
    """Do `bot.curation.work.build` aside. Raises AsideError, TimeoutError; the process ends with whoever waits."""
    given = await asyncio.to_thread(pickle.dumps, work, pickle.HIGHEST_PROTOCOL)
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.curation"),
        cwd=ROOT,
        stdin=pipe,
        stdout=pipe,
        stderr=pipe,
        start_new_session=True,  # Ctrl-C is for the bot, which then ends this itself
    )
    try:
        async with asyncio.timeout(PATIENCE):
            result, errors = await process.communicate(given)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        raise AsideError(errors.decode(errors="replace").strip().rpartition("\n")[2] or f"exit {process.returncode}")
    built: Any = await asyncio.to_thread(pickle.loads, result)
    done: Built | tuple[Problem, ...] = built
    return done
