"""The folder where built matchers are kept, one file for each version of a base.

Nothing depends on it: what is missing, damaged, of another engine or not our own is built anew, and where nothing can
be written, nothing is.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

from facts.loading import finished, gather, version_of
from facts.matching import Matcher
from facts.shelf.engine import engine
from facts.shelf.freezing import Unfit
from facts.shelf.record import read, written

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from facts.model import FactBase
    from facts.problems import Problem

KEPT = 6
SUFFIX = ".matcher"


class Shelf:
    """`folder`: where to keep; None: keep nothing."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def matcher(self, base: Path) -> Matcher:
        """Return the matcher of a folder of facts, as built from it or as kept since. Raises `BrokenBase`."""
        return self.of_files(*gather(base))

    def of_files(
        self,
        files: Mapping[str, bytes],
        problems: Sequence[Problem] = (),
        told: Callable[[FactBase], object] = lambda _: None,
    ) -> Matcher:
        """The same of files from anywhere, and what kept others from being read, as `gather` tells both.

        `told` is given the base as soon as it is known: building its matcher takes longer than all before.
        """
        if self._folder is None or problems:
            return _built(finished(files, problems), told)
        version = version_of(files)
        place = self._folder / f"{sha256(f'{engine()} {version}'.encode()).hexdigest()[:40]}{SUFFIX}"
        me = _me(self._folder)
        found = _kept(place, me) if me is not None else None
        if found is not None and found.base.version == version:
            told(found.base)
            return found
        built = _built(finished(files, problems), told)
        if me is not None:
            _keep(place, built)
        return built


def _built(base: FactBase, told: Callable[[FactBase], object]) -> Matcher:
    told(base)
    return Matcher(base)


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


def _kept(place: Path, me: int) -> Matcher | None:
    try:
        if not _is_ours(place, me):
            return None
        with place.open("rb") as file:
            return read(file)
    except (OSError, ValueError):
        return None


def _keep(place: Path, matcher: Matcher) -> None:
    """Write beside the place and move there: a reader sees the whole file or none. Then drop the oldest."""
    with suppress(OSError, Unfit):
        content = written(matcher)
        with NamedTemporaryFile(dir=place.parent, prefix=".", suffix=SUFFIX, delete=False) as file:
            beside = Path(file.name)
            try:
                file.write(content)
                file.close()
                beside.replace(place)
            finally:
                beside.unlink(missing_ok=True)
        for old in sorted(place.parent.glob(f"*{SUFFIX}"), key=_age)[KEPT:]:
            old.unlink(missing_ok=True)


def _age(path: Path) -> float:
    with suppress(OSError):
        return -path.stat().st_mtime
    return 0.0
