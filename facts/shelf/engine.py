"""Which engine this is: what one has built is of no use to another."""

from __future__ import annotations

import sys
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

_ROOM = Path(__file__).resolve().parents[1]
_LIBRARIES = ("Stemmer", "numpy", "opencc", "pydantic", "pypinyin", "rapidfuzz")


@cache
def engine() -> str:
    """Return the SHA-256, hex, of all that decides what is built of a base: our own files, Python and the libraries.

    Of a library its place and time of installing: asking for its version takes longer than reading what was kept.
    """
    digest = sha256(f"{sys.version} {sys.byteorder}".encode())
    for package in map(find_spec, _LIBRARIES):
        if package and package.origin:
            told = Path(package.origin).stat()
            digest.update(f"{package.origin} {told.st_size} {told.st_mtime_ns} ".encode())
    for file in sorted(_ROOM.rglob("*")):
        inside = file.relative_to(_ROOM)
        if inside.parts[0] != "data" and file.suffix in {".py", ".txt"}:
            content = file.read_bytes()
            digest.update(f"{inside.as_posix()} {len(content)} ".encode() + content)
    return digest.hexdigest()
