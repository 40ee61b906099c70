"""The folder where built matchers are kept, one file for each version of a base.

Nothing depends on it: what is missing, damaged, of another engine or not our own is built anew, and where nothing can
be written, nothing is. To ask what is there loads nothing that takes time to load.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

from facts.gathering import gather, version_of
from facts.shelf.engine import engine

if TYPE_CHECKING:
    from facts.matching import Matcher

KEPT = 6
SUFFIX = ".matcher"


class Shelf:
    """`folder`: where to keep; None: keep nothing."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def matcher(self, base: Path) -> Matcher:
        """Return the matcher of a folder of facts, as built from it or as kept since. Raises `BrokenBase`."""
        files, problems = gather(base)
        kept = None if problems else self.kept(version_of(files))
        if kept is not None:
            return kept
        from facts.loading import finished  # noqa: PLC0415 - takes time to load, and what is kept needs none of it
        from facts.matching import Matcher  # noqa: PLC0415 - as above

        built = Matcher(finished(files, problems))
        self.keep(built)
        return built

    def has(self, version: str) -> bool:
        """Return whether there is anything in the place of this version of a base."""
        return self._folder is not None and self._place(self._folder, version).is_file()

    def kept(self, version: str) -> Matcher | None:
        """Return the matcher of this version of a base (`facts.gathering.version_of`), None where none is kept."""
        from facts.shelf.record import read  # noqa: PLC0415 - takes time to load

        if self._folder is None or (me := _me(self._folder)) is None:
            return None
        place = self._place(self._folder, version)
        with suppress(OSError, ValueError):
            if _is_ours(place, me):
                with place.open("rb") as file:
                    found = read(file)
                return found if found.base.version == version else None
        return None

    def keep(self, matcher: Matcher) -> None:
        """Write beside the place and move there: a reader sees the whole file or none. Then drop the oldest."""
        from facts.shelf.freezing import Unfit  # noqa: PLC0415 - takes time to load
        from facts.shelf.record import written  # noqa: PLC0415 - as above

        if self._folder is None or _me(self._folder) is None:
            return
        place = self._place(self._folder, matcher.base.version)
        with suppress(OSError, Unfit):
            content = written(matcher)
            with NamedTemporaryFile(dir=self._folder, prefix=".", suffix=SUFFIX, delete=False) as file:
                beside = Path(file.name)
                try:
                    file.write(content)
                    file.close()
                    beside.replace(place)
                finally:
                    beside.unlink(missing_ok=True)
            for old in sorted(self._folder.glob(f"*{SUFFIX}"), key=_age)[KEPT:]:
                old.unlink(missing_ok=True)

    @staticmethod
    def _place(folder: Path, version: str) -> Path:
        return folder / f"{sha256(f'{engine()} {version}'.encode()).hexdigest()[:40]}{SUFFIX}"


def _me(folder: Path) -> int | None:
    """Return who we are, by a file made in the folder; None where none can be made or others may meddle."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=folder, prefix=".") as probe:
            me = Path(probe.name).stat().st_uid
        return me if _is_ours(folder, me) else None
    except OSError:
        return None


def _is_ours(path: Path, me: int) -> bool:
    told = path.stat()
    return told.st_uid == me and (sys.platform == "win32" or not told.st_mode & 0o002)


def _age(path: Path) -> float:
    with suppress(OSError):
        return -path.stat().st_mtime
    return 0.0
