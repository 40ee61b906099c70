"""Draws pictures that are wanted, each once, and keeps them."""

from __future__ import annotations

import asyncio
import logging
import time
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from typing import TYPE_CHECKING

from bot.config import ROOT
from bot.pictures.album import Album
from bot.pictures.fonts import INSTALL, folders, font
from bot.pictures.process import NotDrawnError, UnfitFontError, drawn
from handlers.pictures import Picture

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from facts.drawing import Drawing
    from handlers.pictures import Missing

    Draw = Callable[[bytes, Path | None, Path | None], Awaitable[bytes]]

log = logging.getLogger(__name__)

AGAIN = 600.0
"""Seconds after which what could not be drawn is tried again: trying takes a second of work."""
FAILED_KEPT = 10


class Studio:
    """`handlers.pictures.Pictures`. `chosen`: a font file from the settings; `cache`: a folder to keep pictures in.

    One picture is drawn at a time, so that the memory for it is needed once.
    """

    def __init__(self, chosen: Path | None, cache: Path | None, draw: Draw = drawn) -> None:
        self._font, self._draw = chosen, draw
        self._album = Album(cache / "pictures" if cache else None)
        self._scratch = cache / "drawing" if cache else None
        self._one = asyncio.Lock()
        self._under_way: dict[str, asyncio.Task[Picture | Missing]] = {}
        self._failed: dict[str, tuple[float, Missing]] = {}

    async def draw(self, drawing: Drawing) -> Picture | Missing:
        """Return the picture, from the album if it is there; whoever asks for the same meanwhile waits for the same."""
        content = drawing.written()
        key = await asyncio.to_thread(self._key, content)
        if key not in self._under_way:
            task = asyncio.create_task(self._picture(key, content), name="picture")
            self._under_way[key] = task
            task.add_done_callback(lambda _: self._under_way.pop(key))
        # Who stops waiting stops only that: others may wait for the same.
        return await asyncio.shield(self._under_way[key])

    async def stop(self) -> None:
        """End what is being drawn."""
        tasks = list(self._under_way.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _picture(self, key: str, content: bytes) -> Picture | Missing:
        kept = await asyncio.to_thread(self._album.get, key)
        if kept is not None:
            return Picture(key, kept)
        at, missing = self._failed.get(key, (-AGAIN, "failed"))
        if time.monotonic() - at < AGAIN:
            return missing
        try:
            async with self._one:
                picture = await self._draw(content, self._font, self._scratch)
        except UnfitFontError as error:
            return self._missing(key, "font", error, INSTALL)
        except (NotDrawnError, OSError) as error:
            return self._missing(key, "failed", error, "python -m bot doctor")
        await asyncio.to_thread(self._album.keep, key, picture)
        return Picture(key, picture)

    def _key(self, content: bytes) -> str:
        """Return what names a picture: all that it shows, its font, and what draws it. 40 hex digits."""
        self._font = font(self._font, folders())
        digest = sha256(content + _engine())
        if self._font is not None and self._font.is_file():
            told = self._font.stat()
            digest.update(f"{self._font} {told.st_size} {told.st_mtime_ns}".encode("utf-8", "surrogateescape"))
        return digest.hexdigest()[:40]

    def _missing(self, key: str, why: Missing, error: Exception, mend: str) -> Missing:
        self._failed = dict([*self._failed.items(), (key, (time.monotonic(), why))][-FAILED_KEPT:])
        log.warning("a picture could not be drawn; people get its words", extra={"because": str(error), "mend": mend})
        return why


@cache
def _engine() -> bytes:
    """What draws: a new version of it draws anew."""
    digest = sha256(version("matplotlib").encode())
    for path in sorted((ROOT / "bot" / "drawing").glob("*.py")):
        digest.update(path.read_bytes())
    return digest.digest()
