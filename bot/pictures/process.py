"""Runs `python -m bot.drawing` once: bounded in time here, in memory and processor time there."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING

from bot.config import ROOT, surroundings
from bot.pictures.album import is_picture

if TYPE_CHECKING:
    from pathlib import Path

PATIENCE = 30.0
"""Seconds; a picture takes one or two, on a busy machine some more, and the first one waits for a list of all fonts."""
COMMAND = (sys.executable, "-m", "bot.drawing")
UNFIT = 3
"""The exit code for a font that cannot show what is to be drawn."""


class NotDrawnError(Exception):
    """There is no picture; the message is the last line that the process wrote."""


class UnfitFontError(NotDrawnError):
    """There is none because no font shows what is to be drawn."""


async def drawn(drawing: bytes, font: Path | None, scratch: Path | None) -> bytes:
    """Return the PNG of a `facts.drawing.Drawing` as it is written. Raises NotDrawnError.

    `scratch`: a folder where the drawing library may keep its list of fonts. The process ends with whoever waits.
    """
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        *COMMAND,
        *([str(font)] if font else []),
        cwd=ROOT,
        env=surroundings(MPLCONFIGDIR=scratch, OPENBLAS_NUM_THREADS=1, OMP_NUM_THREADS=1),
        stdin=pipe,
        stdout=pipe,
        stderr=pipe,
        start_new_session=True,  # Ctrl-C is for the bot, which then ends this itself
    )
    try:
        async with asyncio.timeout(PATIENCE):
            picture, errors = await process.communicate(drawing)
    except TimeoutError:
        raise NotDrawnError(f"still drawing after {PATIENCE:g} seconds, and stopped") from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode == 0 and is_picture(picture):
        return picture
    said = errors.decode(errors="replace").strip().rpartition("\n")[2]
    kind = UnfitFontError if process.returncode == UNFIT else NotDrawnError
    raise kind(said or f"no picture, exit {process.returncode}")
