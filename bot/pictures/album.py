"""The folder where drawn pictures are kept. Nothing depends on it: what is missing or damaged is drawn anew."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

KEPT = 12
LARGEST = 10 * 2**20
"""Bytes; Telegram takes no larger photo (core.telegram.org/bots/api#sendphoto)."""
_BEGINS, _ENDS = b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"


def is_picture(content: bytes) -> bool:
    """Whether it is a whole PNG that Telegram takes."""
    return content.startswith(_BEGINS) and content.endswith(_ENDS) and len(content) <= LARGEST


class Album:
    """`folder`: where to keep; None: keep nothing. A picture's key is its file's name, and safe as one."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder

    def get(self, key: str) -> bytes | None:
        if self.folder is None:
            return None
        with suppress(OSError):
            content = (self.folder / f"{key}.png").read_bytes()
            return content if is_picture(content) else None
        return None

    def keep(self, key: str, content: bytes) -> None:
        """Write beside the place and move there: a reader sees the whole picture or none. Then drop the oldest."""
        if self.folder is None:
            return
        with suppress(OSError):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=self.folder, prefix=".", suffix=".png", delete=False) as file:
                beside = Path(file.name)
                try:
                    file.write(content)
                    file.close()
                    beside.replace(self.folder / f"{key}.png")
                finally:
                    beside.unlink(missing_ok=True)
            kept = sorted(self.folder.glob("[!.]*.png"), key=lambda path: path.stat().st_mtime, reverse=True)
            for old in kept[KEPT:]:
                old.unlink(missing_ok=True)
