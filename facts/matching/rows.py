"""Rows of numbered items side by side in flat arrays (compressed sparse rows), built and read with numpy only."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]
_WIDEST = 63
"""Bits of a number that is no sign."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Row `r` holds `items[ends[r]:ends[r + 1]]`; `weights` stand beside the items, empty where items have none."""

    ends: Numbers
    items: NDArray[np.int32]
    weights: NDArray[np.float32] = field(default_factory=lambda: np.zeros(0, dtype=np.float32))

    @property
    def sizes(self) -> Numbers:
        return np.diff(self.ends)

    @property
    def numbers(self) -> Numbers:
        """The row of each item."""
        return np.repeat(np.arange(len(self.ends) - 1), self.sizes)

    def row(self, number: int) -> NDArray[np.int32]:
        return self.items[self.ends[number] : self.ends[number + 1]]

    def places(self, rows: NDArray[np.integer]) -> tuple[Numbers, Numbers]:
        """Return where the items of these rows stand in `items`, and for each the place of its row in `rows`."""
        starts = self.ends[rows]
        sizes = self.ends[rows + 1] - starts
        starts += sizes
        starts -= sizes.cumsum()
        of = np.arange(len(rows)).repeat(sizes)
        places = starts[of]
        places += np.arange(len(of))
        return places, of


def distinct(row: NDArray[np.integer], item: NDArray[np.integer], rows: int) -> Rows:
    """Gather the distinct pairs (row, item) into `rows` rows, items in order."""
    items = int(item.max(initial=0)) + 1
    keys = once(row.astype(np.int64) * items + item)
    return Rows(_ends(keys // items, rows), (keys % items).astype(np.int32))


def once(keys: Numbers) -> Numbers:
    """Return the distinct keys in order: for millions three times as fast as `np.unique`, which hashes them first."""
    keys = np.sort(keys)
    return keys[np.diff(keys, prepend=keys[:1] - 1) > 0]


def added(row: NDArray[np.integer], item: NDArray[np.integer], value: NDArray[np.floating], rows: int) -> Rows:
    """Gather pairs (row, item) into `rows` rows, adding up the values of equal pairs as their weight."""
    items = int(item.max(initial=0)) + 1
    keys, at = numbered(row.astype(np.int64) * items + item, rows * items)
    weights = np.bincount(at, value, len(keys)).astype(np.float32)
    return Rows(_ends(keys // items, rows), (keys % items).astype(np.int32), weights)


def numbered(keys: NDArray[np.integer], size: int) -> tuple[Numbers, Numbers]:
    """Return the distinct of keys of 0..size-1 in order, and for each place the number of its key among them."""
    ordered, places = _sorted(keys, size)
    new = np.diff(ordered, prepend=ordered[:1] - 1) > 0
    numbers = np.empty(len(ordered), dtype=np.int64)
    numbers[places] = np.cumsum(new) - 1
    return ordered[new], numbers


def firsts(keys: NDArray[np.integer], size: int) -> Numbers:
    """Return the places, in order, where keys of 0..size-1 come for the first time."""
    ordered, places = _sorted(keys, size)
    return np.sort(places[np.diff(ordered, prepend=ordered[:1] - 1) > 0])


def _sorted(keys: NDArray[np.integer], size: int) -> tuple[Numbers, Numbers]:
    """Return keys of 0..size-1 in order, and the place of each, equal ones in order of their places.

    The places are sorted along as the lower digits: numpy sorts whole numbers many times as fast as it orders places.
    """
    digits = len(keys).bit_length()
    if size.bit_length() + digits > _WIDEST:
        order = np.argsort(keys, kind="stable")
        return keys[order].astype(np.int64), order
    both = (keys.astype(np.int64) << digits) + np.arange(len(keys))
    both.sort()
    return both >> digits, both & ((1 << digits) - 1)


def turned(rows: Rows, items: int) -> Rows:
    """Return the rows of each item: which rows have it, with the same weights."""
    order = _sorted(rows.items, items)[1]
    ends = _ends(rows.items, items)
    weights = rows.weights[order] if len(rows.weights) else rows.weights
    return Rows(ends, rows.numbers[order].astype(np.int32), weights)


def shared(row: NDArray[np.integer], item: NDArray[np.integer], rows: int) -> tuple[Numbers, Numbers, Numbers]:
    """Keep the pairs (row, item) whose item comes up more than once, items in order.

    Returns the row and the item of each, and a column: the number of its item among those that are kept.
    """
    digits = rows.bit_length()
    keys = item.astype(np.int64) << digits
    keys |= row
    keys.sort()
    item = keys >> digits
    new = np.ones(len(item) + 1, dtype=bool)
    np.not_equal(item[1:], item[:-1], out=new[1:-1])
    first = new[:-1]
    kept = (~(first & new[1:])).nonzero()[0]
    return keys[kept] & ((1 << digits) - 1), item[kept], first[kept].astype(np.int64).cumsum() - 1


def _ends(row: NDArray[np.integer], rows: int) -> Numbers:
    ends = np.zeros(rows + 1, dtype=np.int64)
    np.cumsum(np.bincount(row, minlength=rows), out=ends[1:])
    return ends


def sums(place: NDArray[np.integer], values: NDArray[np.floating], size: int) -> Floats:
    """Add up values by their place, 0..size-1."""
    return np.bincount(place, values, size).astype(np.float64, copy=False)
