"""Objects of this package as plain data and arrays, and back: no code runs on reading, and other classes are refused.

A node is a scalar as it stands, or a list that begins with its sort: `["t", …]` a tuple, `["o", class, attribute,
value, …]` an object. What may be shared or changed (objects, dicts, lists, sets) is numbered as it comes, and
`["r", number]` is the same one again, also where it is one that the reader has made by itself.
"""

from __future__ import annotations

import sys
from enum import Enum
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    Node = Any

PACKAGE = __name__.partition(".")[0]
_SCALARS = frozenset((type(None), bool, int, float, str))
_SORTS: dict[type, str] = {tuple: "t", frozenset: "f", list: "l", set: "s", dict: "d"}


class Unfit(TypeError):  # noqa: N818 - no error: the object is just not kept
    """There is something among the parts that can't be told as plain data."""


class Freezer:
    """Makes trees, of one numbering, that JSON can hold; `arrays` are those that they speak of."""

    def __init__(self) -> None:
        self.arrays: list[NDArray[Any]] = []
        self._seen: dict[int, int] = {}
        self._array_number: dict[int, int] = {}
        self._alive: list[object] = []  # an id is one object's only as long as it lives

    def know(self, value: object) -> None:
        """Number an object that the reader has, and will call known, at this place."""
        self._seen[id(value)] = len(self._seen)
        self._alive.append(value)

    def node(self, value: object) -> Node:
        """Return an object as a tree. Raises `Unfit`."""
        kind = type(value)
        if kind in _SCALARS:
            return value
        if id(value) in self._seen:
            return ["r", self._seen[id(value)]]
        if isinstance(value, np.ndarray | np.generic):
            return self._array(value)
        if kind not in {tuple, frozenset}:
            self.know(value)
        node = self.node
        return [*_head(kind), *(part if type(part) in _SCALARS else node(part) for part in _parts(value))]

    def _array(self, value: NDArray[Any] | np.generic) -> Node:
        if value.dtype.hasobject:
            raise Unfit(f"an array of {value.dtype}")
        if id(value) not in self._array_number:
            self._array_number[id(value)] = len(self.arrays)
            self._alive.append(value)
            self.arrays.append(np.asarray(value))
        return ["a" if isinstance(value, np.ndarray) else "n", self._array_number[id(value)]]


class Thawer:
    """Makes objects of trees, in the order in which they were made of objects."""

    def __init__(self, arrays: Sequence[NDArray[Any]]) -> None:
        self._arrays = arrays
        self._made: list[Any] = []
        self._of: dict[str, Callable[[Node], object]] = {
            "r": lambda node: self._made[node[1]],
            "a": lambda node: self._arrays[node[1]],
            "n": lambda node: self._arrays[node[1]][()],
            "t": lambda node: tuple(self._parts(node, 1)),
            "f": lambda node: frozenset(self._parts(node, 1)),
            "l": self._list,
            "s": self._set,
            "d": self._dict,
            "o": self._object,
        }

    def know(self, value: object) -> None:
        self._made.append(value)

    def thaw(self, tree: Node) -> object:
        """Return the object again. Raises ValueError."""
        try:
            return self._of[tree[0]](tree) if type(tree) is list else tree
        except (LookupError, TypeError, AttributeError, RecursionError) as error:
            raise ValueError(str(error)) from error

    def _parts(self, node: Node, start: int) -> list[Any]:
        of = self._of
        return [of[part[0]](part) if type(part) is list else part for part in node[start:]]

    def _list(self, node: Node) -> list[Any]:
        made: list[Any] = []
        self._made.append(made)
        made.extend(self._parts(node, 1))
        return made

    def _set(self, node: Node) -> set[Any]:
        made: set[Any] = set()
        self._made.append(made)
        made.update(self._parts(node, 1))
        return made

    def _dict(self, node: Node) -> dict[Any, Any]:
        made: dict[Any, Any] = {}
        self._made.append(made)
        parts = self._parts(node, 1)
        made.update(zip(parts[::2], parts[1::2], strict=True))
        return made

    def _object(self, node: Node) -> object:
        made: object = object.__new__(_class(node[1]))
        self._made.append(made)
        parts = self._parts(node, 2)
        for name, value in zip(parts[::2], parts[1::2], strict=True):
            object.__setattr__(made, name, value)
        return made


def _name(kind: type) -> str:
    """Raises `Unfit` for a class that could not be found again, or that makes its objects in a way of its own."""
    name = f"{kind.__module__}:{kind.__qualname__}"
    if issubclass(kind, Enum) or kind.__new__ is not object.__new__:
        raise Unfit(name)
    try:
        found = _class(name)
    except (LookupError, AttributeError):
        raise Unfit(name) from None
    if found is not kind:
        raise Unfit(name)
    return name


def _class(name: str) -> type:
    """Return a class of this package that is loaded already. Raises LookupError or AttributeError."""
    module, _, qualname = name.partition(":")
    if module.partition(".")[0] != PACKAGE:
        raise LookupError(name)
    found = getattr(sys.modules[module], qualname)
    if isinstance(found, type):
        return found
    raise LookupError(name)


def _head(kind: type) -> tuple[str, ...]:
    return (_SORTS[kind],) if kind in _SORTS else ("o", _name(kind))


def _parts(value: Any) -> Iterator[object]:
    """Yield the items of a container, the keys and values of a dict or the names and values of an object in turn."""
    if type(value) is dict:
        return chain.from_iterable(value.items())
    return iter(value) if type(value) in _SORTS else chain.from_iterable(_attributes(value))


def _attributes(value: object) -> Iterator[tuple[str, object]]:
    for kind in type(value).__mro__:
        for name in getattr(kind, "__slots__", ()):
            if not name.startswith("__") and hasattr(value, name):
                yield name, getattr(value, name)
    yield from getattr(value, "__dict__", {}).items()
