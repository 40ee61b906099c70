"""The YAML files of a folder as they are, and the version that they make. Loads nothing that takes time to load."""

from __future__ import annotations

import stat
from hashlib import sha256
from typing import TYPE_CHECKING

from facts.problems import BrokenBase, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

FILE_AT_MOST = 1024 * 1024
BASE_AT_MOST = 8 * 1024 * 1024
FILES_AT_MOST = 500


def files_of(folder: Path) -> dict[str, bytes]:
    """Return the YAML files of a folder, as `load_files` takes them. Raises `BrokenBase` if one can't be read."""
    files, problems = gather(folder)
    if problems:
        raise BrokenBase(problems)
    return files


def version_of(files: Mapping[str, bytes]) -> str:
    """Return the SHA-256, hex, over the sorted names and contents."""
    digest = sha256()
    for name in sorted(files):
        for part in (name.encode("utf-8", "surrogateescape"), files[name]):
            digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def gather(folder: Path) -> tuple[dict[str, bytes], list[Problem]]:
    """Return a folder's YAML files and what kept others from being read. Raises `BrokenBase` where none can be."""
    try:
        root = folder.resolve(strict=True)
        paths = sorted(_yaml_paths(root))
    except (OSError, RuntimeError, ValueError):
        raise BrokenBase([Problem.at(str(folder), 0, "no-folder")]) from None
    if len(paths) > FILES_AT_MOST:
        raise BrokenBase([Problem.at(str(folder), 0, "too-many-files", limit=FILES_AT_MOST)])
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    for path in paths:
        content = content_of(root, path, FILE_AT_MOST)
        if isinstance(content, Problem):
            problems.append(content)
        else:
            files[path.relative_to(root).as_posix()] = content
        if sum(map(len, files.values())) > BASE_AT_MOST:
            raise BrokenBase([Problem.at(str(folder), 0, "base-too-big", limit=BASE_AT_MOST // 1024 // 1024)])
    return files, problems


def _yaml_paths(root: Path) -> Iterator[Path]:
    """Yield what looks like YAML at the top and in `facts/`; stops soon after too many."""
    found = 0
    folders = [root] + ([root / "facts"] if (root / "facts").is_dir() else [])
    for folder in folders:
        for path in folder.iterdir():
            if path.suffix.lower() in {".yaml", ".yml"} and not path.name.startswith("."):
                yield path
                found += 1
                if found > FILES_AT_MOST:
                    return


def content_of(root: Path, path: Path, at_most: int) -> bytes | Problem:
    """Read at most one byte more than a file may hold. Nothing but a plain file below `root` is read."""
    name = path.relative_to(root).as_posix()
    try:
        real = path.resolve(strict=True)
        if not real.is_relative_to(root):
            return Problem.at(name, 1, "outside")
        if not stat.S_ISREG(real.stat().st_mode):
            return Problem.at(name, 1, "not-a-file")
        with real.open("rb") as file:
            return file.read(at_most + 1)
    except (OSError, RuntimeError) as error:
        return Problem.at(name, 1, "unreadable", reason=getattr(error, "strerror", None) or type(error).__name__)
