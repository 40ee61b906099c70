"""Work done in a process of its own: something goes in, something comes out, and it never outlives who waits for it."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from bot.config import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_CHUNK = 65536


class Done(NamedTuple):
    """How a process ended: its exit code, its output, and the last line that it complained in."""

    code: int
    output: bytes
    complaint: str


async def run(
    command: Sequence[str],
    given: bytes,
    patience: float,
    env: Mapping[str, str] | None = None,
    heard: Callable[[str], bool] = lambda _: False,
) -> Done:
    """Give a process its input and wait for its end, at most `patience` seconds. Raises TimeoutError, OSError.

    `heard` is given each line that the process complains in, at once, and says whether that was no complaint at all.
    """
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
            output, complaint, _ = await asyncio.gather(
                _piped(process.stdout).read(), _listened(_piped(process.stderr), heard), _give(process, given)
            )
            await process.wait()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return Done(process.returncode or 0, output, complaint)


async def _give(process: asyncio.subprocess.Process, given: bytes) -> None:
    with suppress(BrokenPipeError, ConnectionResetError):  # it ended without reading: its exit code tells why
        if process.stdin is not None:
            process.stdin.write(given)
            await process.stdin.drain()
            process.stdin.close()


async def _listened(errors: asyncio.StreamReader, heard: Callable[[str], bool]) -> str:
    """Return the last line that is a complaint."""
    last, rest = "", b""
    while chunk := await errors.read(_CHUNK):
        *lines, rest = (rest + chunk).split(b"\n")
        for line in lines:
            last = _complaint(line, heard) or last
    return _complaint(rest, heard) or last


def _complaint(line: bytes, heard: Callable[[str], bool]) -> str:
    text = line.decode(errors="replace").strip()
    return "" if not text or heard(text) else text


def _piped(stream: asyncio.StreamReader | None) -> asyncio.StreamReader:
    if stream is None:
        raise RuntimeError("a process that was given a pipe has one")
    return stream
