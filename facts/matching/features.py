"""Features of lines that are words: stems and Han characters, pairs of neighbours with the edges, and groups."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from facts.matching.rows import Floats, Numbers, Rows, distinct, numbered
from facts.matching.vocabulary import pairs

if TYPE_CHECKING:
    from collections.abc import Iterable

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
        self._pairs, pair = numbered(keys, step**2)
        self._first_group = self._edge + len(self._pairs)
        self._size = self._first_group + int(known.grouped[1].max(initial=-1)) + 1
        rows = np.concatenate((line, line[both], full, full, known.grouped[0]))
        return distinct(rows, np.concatenate((stem, self._edge + pair, self._first_group + known.grouped[1])), lines)

    def asked(self, query: Query) -> tuple[Numbers, Floats]:
        """Return the features of a question: numbers, and the values of a unit vector."""
        weights: dict[int, float] = {}
        stem_of, edge = self._vocabulary.stem, (self._edge, 1.0)
        read: list[tuple[int, float] | None] = [edge]
        for one in query.asked:
            said = [(int(stem_of[word]), weight) for word, weight in one.means]
            for stem, weight in said:
                weights[stem] = max(weight, weights.get(stem, 0.0))
            read.append(said[0] if said else None)
        weights |= self._paired((one, other) for one, other in pairwise((*read, edge)) if one and other)
        weights |= {self._first_group + group: 1.0 for group in query.groups}
        numbers = np.fromiter(weights, np.int64, len(weights))
        values = np.fromiter(weights.values(), np.float64, len(weights)) * self.idf[numbers]
        return numbers, values / (np.linalg.norm(values) + 1e-9)

    def side_by_side(self, one: str, other: str) -> bool:
        """Return whether any line has these two stems side by side."""
        both = [self._vocabulary.stem_number.get(each) for each in (one, other)]
        known = [(number, 1.0) for number in both if number is not None]
        return len(known) == len(both) and bool(self._paired([(known[0], known[1])]))

    def _paired(self, read: Iterable[tuple[tuple[int, float], tuple[int, float]]]) -> dict[int, float]:
        """Return the features that pairs of neighbours are, and the weight of each; a stem comes with its own."""
        found = {one * (self._edge + 1) + other: weight * its for (one, weight), (other, its) in read}
        keys = np.fromiter(found, np.int64, len(found))
        places = self._pairs.searchsorted(keys)
        known = self._pairs.take(places, mode="clip") == keys if len(self._pairs) else np.zeros(len(keys), dtype=bool)
        told = zip(places.tolist(), known.tolist(), found.values(), strict=True)
        return {self._edge + place: weight for place, is_pair, weight in told if is_pair}
