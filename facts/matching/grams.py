"""Letter n-grams of words: what makes "enterprize" look like "enterprise"."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from facts.matching.rows import distinct, rows_of
from facts.text import syllable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from facts.matching.vocabulary import Vocabulary

_SHORTEST, _LONGEST = 2, 4
_LONGEST_WORD = 32


@lru_cache(maxsize=65536)
def grams(word: str) -> tuple[str, ...]:
    """Return all runs of two to four letters of a word between its edges, repeats included; a Han character by its sound."""
    padded = f" {syllable(word) or word[:_LONGEST_WORD]} "
    sizes = range(_SHORTEST, min(_LONGEST, len(padded)) + 1)
    return tuple(padded[at : at + size] for size in sizes for at in range(len(padded) - size + 1))


class Grams:
    """The n-grams of a vocabulary: numbers, IDF over lines, and which words have which."""

    def __init__(self, vocabulary: Vocabulary, lines: int) -> None:
        self._number: dict[str, int] = {}
        found = [[self._number.setdefault(g, len(self._number)) for g in grams(word)] for word in vocabulary.words]
        every = np.repeat(np.arange(len(found)), [len(one) for one in found])
        numbers = np.fromiter((number for one in found for number in one), np.int64, len(every))
        word, gram, counts = distinct(every, numbers, max(len(self._number), 1))
        spread = np.bincount(vocabulary.tokens, minlength=len(vocabulary))
        seen = np.minimum(np.bincount(gram, spread[word], len(self._number)), lines)
        self.idf = (1 + np.log((1 + lines) / (1 + seen))).astype(np.float32)
        self.of_word = rows_of(word, gram, len(vocabulary), counts * self.idf[gram])
        self._words = rows_of(gram, word, len(self._number), counts * self.idf[gram])

    def __len__(self) -> int:
        return len(self._number)

    def vector(self, weighted: Iterable[tuple[str, float]]) -> dict[int, float]:
        """Return a unit vector, gram number → value, of words with weights; unknown grams are left out."""
        counts: dict[int, float] = {}
        for word, weight in weighted:
            for gram in grams(word):
                number = self._number.get(gram)
                if number is not None:
                    counts[number] = counts.get(number, 0.0) + weight
        values = {number: count * float(self.idf[number]) for number, count in counts.items()}
        length = sum(value**2 for value in values.values()) ** 0.5
        return {number: value / length for number, value in values.items()} if length else {}

    def likeness(self, vector: dict[int, float], words: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        """Return the dot product of `vector` with every word's own n-grams."""
        if not vector:
            return np.zeros(words)
        numbers = np.fromiter(vector, np.int64, len(vector))
        places, sizes = self._words.places(numbers)
        values = np.repeat(np.fromiter(vector.values(), np.float64, len(vector)), sizes)
        return np.bincount(self._words.items[places], values * self._words.weights[places], words)


