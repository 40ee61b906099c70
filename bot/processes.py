"""Work done in a process of its own: something goes in, something comes out, and it never outlives who waits for it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, NamedTuple

from bot.config import ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Done(NamedTuple):
    """How a process ended: its exit code, its output, and the last line that it complained in."""

    code: int
    output: bytes
    complaint: str


async def run(command: Sequence[str], given: bytes, patience: float, env: Mapping[str, str] | None = None) -> Done:
    """Give a process its input and wait for its end, at most `patience` seconds. Raises TimeoutError, OSError."""
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        *command,
        cwd=ROOT,
        env=env,
        stdin=pipe,
        stdout=pipe,
        stderr=pipe,
        start_new_session=True,  # Ctrl-C is for the bot, which then ends this itself
    )
    try:
        async with asyncio.timeout(patience):
            output, errors = await process.communicate(given)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return Done(process.returncode or 0, output, errors.decode(errors="replace").strip().rpartition("\n")[2])
