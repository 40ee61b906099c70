"""Letter trigrams of words: what makes "enterprize" look like "enterprise"."""

from __future__ import annotations

from array import array
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from facts.matching.rows import Floats, Rows, sums, turned
from facts.text import syllable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from facts.matching.vocabulary import Vocabulary

_SIZE = 3
"""Letters of an n-gram. Runs of 2 to 4 letters rank no better (BENCHMARKS.md) and cost three times as much."""
_LONGEST_WORD = 32
_LINES_AT_ONCE = 8192
_CELLS_AT_ONCE = 1_000_000


@lru_cache(maxsize=1024)
def grams(word: str) -> tuple[str, ...]:
    """Return all runs of three letters of a word and its edges, repeats included; a Han character by its sound."""
    padded = f" {syllable(word) or word[:_LONGEST_WORD]} "
    return tuple(padded[at : at + _SIZE] for at in range(len(padded) - _SIZE + 1))


class Grams:
    """The n-grams of a vocabulary: numbers, IDF over lines, and which words have which, repeats included.

    N-grams are counted word by word, so that a line's vector is the sum of its words'.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._number: dict[str, int] = {}
        self.of_word = self._spell(vocabulary.words)
        self.lines = Rows(vocabulary.ends, vocabulary.tokens)
        lines = len(vocabulary.ends) - 1
        self._words = turned(self.of_word, len(self._number))
        spread = np.bincount(vocabulary.tokens, minlength=len(vocabulary))
        seen = np.minimum(np.bincount(self.of_word.items, spread[self.of_word.numbers], len(self._number)), lines)
        self.idf = (1 + np.log((1 + lines) / (1 + seen))).astype(np.float32)
        self.length = self._lengths(lines)

    def _spell(self, vocabulary: Iterable[str]) -> Rows:
        numbers, ends = array("i"), array("q", [0])
        for word in vocabulary:
            numbers.extend(self._number.setdefault(gram, len(self._number)) for gram in grams(word))
            ends.append(len(numbers))
        return Rows(np.array(ends, dtype=np.int64), np.array(numbers, dtype=np.int32))

    def _lengths(self, lines: int) -> NDArray[np.float32]:
        """Return the length of every line's vector, some lines at a time."""
        squares = np.zeros(lines)
        size = max(len(self._number), 1)
        for start in range(0, lines, _LINES_AT_ONCE):
            chunk = np.arange(start, min(start + _LINES_AT_ONCE, lines))
            words, line = self.lines.places(chunk)
            places, word = self.of_word.places(self.lines.items[words])
            keys = np.sort((line[word] * size + self.of_word.items[places]).astype(_key_type(len(chunk) * size)))
            first = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1]))[: len(keys)])
            values = np.diff(first, append=len(keys)) * self.idf[keys[first] % size]
            squares[chunk] = np.bincount(keys[first] // size, values**2, len(chunk))
        return np.sqrt(squares).astype(np.float32) + np.float32(1e-9)

    def squares(self, words: Rows) -> Floats:
        """Return the squared length of the sum of each row's words, by their weights."""
        rows, size = len(words.ends) - 1, max(len(self._number), 1)
        result = np.zeros(rows)
        step = max(1, _CELLS_AT_ONCE // size)
        for start in range(0, rows, step):
            chunk = np.arange(start, min(start + step, rows))
            at, row = words.places(chunk)
            places, word = self.of_word.places(words.items[at])
            found = self.of_word.items[places]
            values = words.weights[at][word] * self.idf[found]
            cells = np.bincount(row[word] * size + found, values, len(chunk) * size).reshape(len(chunk), size)
            result[chunk] = np.einsum("ij,ij->i", cells, cells)
        return result

    def likeness(self, weighted: Iterable[tuple[str, float]], words: int) -> Floats:
        """Return the dot product of the unit vector of words with weights, and every word's own n-grams."""
        counts: dict[int, float] = {}
        for word, weight in weighted:
            for gram in grams(word):
                number = self._number.get(gram)
                if number is not None:
                    counts[number] = counts.get(number, 0.0) + weight
        if not counts:
            return np.zeros(words)
        numbers = np.fromiter(counts, np.int64, len(counts))
        values = np.fromiter(counts.values(), np.float64, len(counts)) * self.idf[numbers]
        places, of = self._words.places(numbers)
        return sums(self._words.items[places], (values * self.idf[numbers] / np.linalg.norm(values))[of], words)


def _key_type(keys: int) -> type[np.unsignedinteger]:
    """Return the smallest type for so many keys: half as wide ones are sorted in half the time."""
    return np.uint32 if keys <= 2**32 else np.uint64
