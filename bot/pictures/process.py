"""Runs `python -m bot.drawing` once: bounded in time here, in memory and processor time there."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from bot import processes
from bot.config import surroundings
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
    command = (*COMMAND, *([str(font)] if font else []))
    around = surroundings(MPLCONFIGDIR=scratch, OPENBLAS_NUM_THREADS=1, OMP_NUM_THREADS=1)
    try:
        done = await processes.run(command, drawing, PATIENCE, around)
    except TimeoutError:
        raise NotDrawnError(f"still drawing after {PATIENCE:g} seconds, and stopped") from None
    if done.code == 0 and is_picture(done.output):
        return done.output
    kind = UnfitFontError if done.code == UNFIT else NotDrawnError
    raise kind(done.complaint or f"no picture, exit {done.code}")
