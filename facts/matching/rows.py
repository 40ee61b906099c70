"""Rows of numbered items side by side in flat arrays (compressed sparse rows), built and read with numpy only."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Rows:
    """Row `r` holds `items[ends[r]:ends[r + 1]]`; `weights` stand beside the items, empty where items have none."""

    ends: NDArray[np.int64]
    items: Ints
    weights: Floats

    def __len__(self) -> int:
        return len(self.ends) - 1

    @property
    def sizes(self) -> NDArray[np.int64]:
        return np.diff(self.ends)

    def row(self, number: int) -> Ints:
        return self.items[self.ends[number] : self.ends[number + 1]]

    def places(self, rows: NDArray[np.integer]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return where the items of these rows stand in `items`, and how many each row has."""
        starts, sizes = self.ends[rows], self.ends[rows + 1] - self.ends[rows]
        before = np.cumsum(sizes) - sizes
        return np.arange(int(sizes.sum())) + np.repeat(starts - before, sizes), sizes


def rows_of(
    row: NDArray[np.integer], item: NDArray[np.integer], count: int, weights: NDArray[np.floating] | None = None
) -> Rows:
    """Gather pairs (row, item) into `count` rows; pairs keep their order within a row."""
    order = np.argsort(row, kind="stable")
    ends = np.zeros(count + 1, dtype=np.int64)
    np.cumsum(np.bincount(row, minlength=count), out=ends[1:])
    kept = np.zeros(0, dtype=np.float32) if weights is None else weights[order].astype(np.float32)
    return Rows(ends, item[order].astype(np.int32), kept)


def distinct(row: NDArray[np.integer], item: NDArray[np.integer], items: int) -> tuple[Ints, Ints, NDArray[np.int64]]:
    """Return the distinct pairs (row, item), sorted, and how often each occurred; `items` bounds the item numbers."""
    keys, counts = np.unique(row.astype(np.int64) * items + item, return_counts=True)
    return (keys // items).astype(np.int32), (keys % items).astype(np.int32), counts
