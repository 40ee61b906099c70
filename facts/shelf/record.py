"""A matcher as bytes: its base as JSON, the tree and the arrays that it is made of, under a checksum."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import numpy as np

from facts.matching import Matcher
from facts.model import Entry, FactBase
from facts.shelf.freezing import freeze, thaw

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

_DIGEST, _SIZE, _ALIGNED = 32, 8, 64


def written(matcher: Matcher) -> bytes:
    """Return: SHA-256 of the rest, length of the JSON, the JSON (base, tree, shapes), the arrays. Raises `Unfit`."""
    tree, arrays = freeze(matcher, list(_entries(matcher.base)))
    shapes = [[array.dtype.str, array.shape] for array in arrays]
    told = {"base": matcher.base.model_dump_json(), "tree": tree, "arrays": shapes}
    head = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    parts = [len(head).to_bytes(_SIZE, "big"), _padded(head, _DIGEST + _SIZE)]
    parts += [_padded(array.tobytes(), 0) for array in arrays]
    rest = b"".join(parts)
    return sha256(rest).digest() + rest


def read(content: bytes) -> Matcher:
    """Return the matcher that was written. Raises ValueError where the content is none."""
    view = memoryview(content)
    if sha256(view[_DIGEST:]).digest() != content[:_DIGEST]:
        raise ValueError("damaged")
    at = _DIGEST + _SIZE
    end = at + int.from_bytes(view[_DIGEST:at], "big")
    told = json.loads(content[at:end].decode("utf-8", "surrogatepass"))
    base = FactBase.model_validate_json(told["base"])
    found = thaw(told["tree"], list(_arrays(view, _next(end), told["arrays"])), list(_entries(base)))
    if isinstance(found, Matcher):
        return found
    raise ValueError("no matcher")


def _arrays(view: memoryview, at: int, shapes: list[Any]) -> Iterator[NDArray[Any]]:
    for kind, shape in shapes:
        dtype = np.dtype(kind)
        size = dtype.itemsize * int(np.prod(shape, dtype=np.int64))
        yield np.frombuffer(view[at : at + size], dtype).reshape(shape)
        at = _next(at + size)


def _next(at: int) -> int:
    return -(-at // _ALIGNED) * _ALIGNED


def _padded(content: bytes, before: int) -> bytes:
    return content + bytes(_next(before + len(content)) - before - len(content))


def _entries(entry: object) -> Iterator[Entry]:
    """Yield an entry and all entries within, always in the same order."""
    if isinstance(entry, Entry):
        yield entry
        for name in type(entry).model_fields:
            yield from _entries(getattr(entry, name))
    elif isinstance(entry, tuple):
        for each in entry:
            yield from _entries(each)
