"""Features of lines that are words: stems and Han characters, pairs of neighbours with the edges, and groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from facts.matching.rows import Floats, Numbers, Rows, distinct, once
from facts.matching.vocabulary import pairs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from facts.matching.vocabulary import Query, Vocabulary


class Features:
    """The features of every line, numbered: first stems, then pairs, then groups. IDF is over lines."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._edge = len(vocabulary.stem_number)
        lines = len(vocabulary.ends) - 1
        self.lines = self._number(lines)
        seen = np.bincount(self.lines.items, minlength=self._size)
        self.idf = (1 + np.log((1 + lines) / (1 + seen))).astype(np.float32)
        squares = np.bincount(self.lines.numbers, self.idf[self.lines.items] ** 2, lines)
        self.length = np.sqrt(squares).astype(np.float32) + np.float32(1e-9)

    def __len__(self) -> int:
        return self._size

    def _number(self, lines: int) -> Rows:
        known, step = self._vocabulary, self._edge + 1
        line = Rows(known.ends, known.tokens).numbers
        stem = known.stem[known.tokens].astype(np.int64)
        both = np.flatnonzero(pairs(known.tokens, known.ends)[:-1])
        full = np.flatnonzero(np.diff(known.ends))
        first, last = known.ends[:-1][full], known.ends[1:][full] - 1
        keys = np.concatenate(
            (stem[both] * step + stem[both + 1], self._edge * step + stem[first], stem[last] * step + self._edge)
        )
        self._pairs = once(keys)
        self._first_group = self._edge + len(self._pairs)
        self._size = self._first_group + int(known.grouped[1].max(initial=-1)) + 1
        rows = np.concatenate((line, line[both], full, full, known.grouped[0]))
        pair = np.searchsorted(self._pairs, keys)
        return distinct(rows, np.concatenate((stem, self._edge + pair, self._first_group + known.grouped[1])), lines)

    def asked(self, query: Query) -> tuple[Numbers, Floats]:
        """Return the features of a question: numbers, and the values of a unit vector."""
        weights: dict[int, float] = {}
        last: tuple[int, float] | None = (self._edge, 1.0)
        for one in query.asked:
            for word, weight in one.means:
                stem = int(self._vocabulary.stem[word])
                weights[stem] = max(weight, weights.get(stem, 0.0))
            best = (int(self._vocabulary.stem[one.means[0][0]]), one.means[0][1]) if one.means else None
            self._add_pair(weights, last, best)
            last = best
        self._add_pair(weights, last, (self._edge, 1.0))
        weights |= {self._first_group + group: 1.0 for group in query.groups}
        numbers = np.fromiter(weights, np.int64, len(weights))
        values = np.fromiter(weights.values(), np.float64, len(weights)) * self.idf[numbers]
        return numbers, values / (np.linalg.norm(values) + 1e-9)

    def side_by_side(self, one: str, other: str) -> bool:
        """Return whether any line has these two stems side by side."""
        numbers = self._vocabulary.stem_number
        return one in numbers and other in numbers and self._pair(numbers[one], numbers[other]) is not None

    def _pair(self, one: int, other: int) -> int | None:
        key = one * (self._edge + 1) + other
        at = int(np.searchsorted(self._pairs, key))
        return at if at < len(self._pairs) and self._pairs[at] == key else None

    def _add_pair(
        self, weights: dict[int, float], one: tuple[int, float] | None, other: tuple[int, float] | None
    ) -> None:
        pair = self._pair(one[0], other[0]) if one and other else None
        if one and other and pair is not None:
            weights[self._edge + pair] = one[1] * other[1]

    def cells(self, lines: Numbers) -> tuple[Numbers, NDArray[np.int32], NDArray[np.float32]]:
        """Return what the unit vectors of some lines hold: the place of each line in `lines`, feature, and value."""
        places, line = self.lines.places(lines)
        items = self.lines.items[places]
        return line, items, self.idf[items] / self.length[lines][line]
