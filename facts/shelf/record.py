"""A matcher as bytes: its base as JSON, the tree and the arrays that it is made of, under a checksum."""

from __future__ import annotations

import json
from hashlib import sha256
from io import SEEK_END
from typing import TYPE_CHECKING, Any

import numpy as np

from facts.matching import Matcher
from facts.matching.candidates import phrasings
from facts.model import Entry, FactBase
from facts.shelf.freezing import freeze, thaw

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from numpy.typing import NDArray

_DIGEST, _SIZE, _ALIGNED = 32, 8, 64


def written(matcher: Matcher) -> bytes:
    """Return: SHA-256 of the rest, lengths of the two JSON texts, these (the base; tree and shapes), the arrays.

    Raises `Unfit`.
    """
    tree, arrays = freeze(matcher, _known(matcher.base, matcher.phrasings))
    shapes = [[array.dtype.str, array.shape] for array in arrays]
    made = json.dumps({"tree": tree, "arrays": shapes}, ensure_ascii=False, separators=(",", ":"))
    texts = [matcher.base.model_dump_json().encode("utf-8", "surrogatepass"), made.encode("utf-8", "surrogatepass")]
    parts = [*(len(text).to_bytes(_SIZE, "big") for text in texts), *texts]
    parts += [_padded(array.tobytes()) for array in arrays]
    return sha256(b"".join(parts)).digest() + b"".join(parts)


def read(file: BinaryIO) -> Matcher:
    """Return the matcher that was written. Raises ValueError where the content is none.

    The texts are let go before the arrays are read: what is kept in memory is the arrays alone.
    """
    size = file.seek(0, SEEK_END)
    file.seek(0)
    digest, lengths = file.read(_DIGEST), file.read(2 * _SIZE)
    first, second = (int.from_bytes(each, "big") for each in (lengths[:_SIZE], lengths[_SIZE:]))
    if first + second > size:
        raise ValueError("damaged")
    base, made, arrays = file.read(first), file.read(second), file.read()
    summed = sha256(lengths)
    for part in (base, made, arrays):
        summed.update(part)
    if summed.digest() != digest:
        raise ValueError("damaged")
    found = _made(FactBase.model_validate_json(base), json.loads(made.decode("utf-8", "surrogatepass")), arrays)
    if isinstance(found, Matcher):
        return found
    raise ValueError("no matcher")


def _made(base: FactBase, told: dict[str, Any], arrays: bytes) -> object:
    return thaw(told["tree"], list(_arrays(memoryview(arrays), told["arrays"])), _known(base, phrasings(base)))


def _known(base: FactBase, found: object) -> list[object]:
    """What a reader has already: the entries of the base, and the lines that they are found by."""
    return [*_entries(base), found]


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


def _entries(entry: object) -> Iterator[Entry]:
    """Yield an entry and all entries within, always in the same order."""
    if isinstance(entry, Entry):
        yield entry
        for name in type(entry).model_fields:
            yield from _entries(getattr(entry, name))
    elif isinstance(entry, tuple):
        for each in entry:
            yield from _entries(each)
