"""A matcher as bytes: the trees that it and its base are, and the arrays that it is made of, under a checksum."""

from __future__ import annotations

import json
from hashlib import sha256
from io import SEEK_END
from typing import TYPE_CHECKING, Any

import numpy as np

from facts.matching import Matcher
from facts.matching.candidates import phrasings
from facts.model import FactBase
from facts.shelf.freezing import Freezer, Thawer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from numpy.typing import NDArray

_SUMMED, _SIZE, _ALIGNED = 32, 8, 64


def written(matcher: Matcher) -> bytes:
    """Return: SHA-256 of the rest, length of the JSON text, that (base, matcher, shapes), the arrays. Raises `Unfit`.

    What is found by which line is told by the base: it is not kept.
    """
    freezer = Freezer()
    base = freezer.node(matcher.base)
    freezer.know(matcher.phrasings)
    made = {"base": base, "matcher": freezer.node(matcher)}
    shapes = [[array.dtype.str, array.shape] for array in freezer.arrays]
    text = json.dumps(made | {"arrays": shapes}, ensure_ascii=False, separators=(",", ":"))
    told = text.encode("utf-8", "surrogatepass")
    parts = [len(told).to_bytes(_SIZE, "big"), told, *(_padded(array.tobytes()) for array in freezer.arrays)]
    return b"".join((_digest(parts), *parts))


def read(file: BinaryIO) -> Matcher:
    """Return the matcher that was written. Raises ValueError where the content is none."""
    size = file.seek(0, SEEK_END)
    file.seek(0)
    digest, length = file.read(_SUMMED), file.read(_SIZE)
    if int.from_bytes(length, "big") > size:
        raise ValueError("damaged")
    text, arrays = file.read(int.from_bytes(length, "big")), file.read()
    if _digest((length, text, arrays)) != digest:
        raise ValueError("damaged")
    found = _made(json.loads(text.decode("utf-8", "surrogatepass")), arrays)
    if isinstance(found, Matcher):
        return found
    raise ValueError("no matcher")


def _digest(parts: Iterable[bytes]) -> bytes:
    summed = sha256()
    for part in parts:
        summed.update(part)
    return summed.digest()


def _made(told: dict[str, Any], arrays: bytes) -> object:
    thawer = Thawer(list(_arrays(memoryview(arrays), told["arrays"])))
    base = thawer.thaw(told["base"])
    if not isinstance(base, FactBase):
        raise ValueError("no base")  # noqa: TRY004 - what is read is of no use, whatever it is
    thawer.know(phrasings(base))
    return thawer.thaw(told["matcher"])


def _arrays(view: memoryview, shapes: list[Any]) -> Iterator[NDArray[Any]]:
    at = 0
    for kind, shape in shapes:
        dtype = np.dtype(kind)
        size = dtype.itemsize * int(np.prod(shape, dtype=np.int64))
        yield np.frombuffer(view[at : at + size], dtype).reshape(shape)
        at = _next(at + size)


def _next(at: int) -> int:
    return -(-at // _ALIGNED) * _ALIGNED


def _padded(content: bytes) -> bytes:
    return content + bytes(_next(len(content)) - len(content))
