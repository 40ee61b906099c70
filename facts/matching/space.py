"""Lines as vectors of words, word pairs and letter n-grams: the centre of each entry, and the kernel between lines.

A line's vector is half words (stems, Han characters and pairs of neighbours), half n-grams. N-grams are counted word by
word, so that a line's n-gram half is the sum of its words': likeness of a question to a word is computed once and added up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from facts.matching.grams import Grams
from facts.matching.rows import Rows, distinct, rows_of
from facts.matching.vocabulary import pairs

if TYPE_CHECKING:
    from facts.matching.vocabulary import Asked, Vocabulary

_CHUNK = 4096
_TINY = np.float32(1e-9)
_ONE_THREAD = 250_000
"""Multiplications up to which OpenBLAS stays on the calling thread: 64 · 64 · 64, less a margin."""


@dataclass(frozen=True, slots=True)
class Vector:
    """A question: its word features (numbers, values of a unit vector) and its likeness to each word of the base."""

    features: NDArray[np.int64]
    values: NDArray[np.float64]
    likeness: NDArray[np.float64]


class Space:
    def __init__(self, vocabulary: Vocabulary, owner: NDArray[np.int64], entries: int) -> None:
        self._vocabulary = vocabulary
        self._words = Rows(vocabulary.ends, vocabulary.tokens, np.zeros(0, dtype=np.float32))
        self.grams = Grams(vocabulary, len(owner))
        self._number_features(owner)
        self._centre(owner, entries)

    def _number_features(self, owner: NDArray[np.int64]) -> None:
        """Number stems and pairs of neighbours; give each line its distinct features, each feature its IDF over lines."""
        known, lines = self._vocabulary, len(owner)
        line = np.repeat(np.arange(lines), np.diff(known.ends))
        stem = known.stem[known.tokens].astype(np.int64)
        self._stems = len(known.stem_number)
        both = np.flatnonzero(pairs(known.tokens, known.ends)[:-1])
        self._pairs, pair = np.unique(stem[both] * self._stems + stem[both + 1], return_inverse=True)
        size = self._stems + len(self._pairs)
        rows, features, _ = distinct(
            np.concatenate((line, line[both])), np.concatenate((stem, self._stems + pair)), max(size, 1)
        )
        self._features = rows_of(rows, features, lines)
        seen = np.bincount(features, minlength=size)
        self.idf = (1 + np.log((1 + lines) / (1 + seen))).astype(np.float32)
        self._word_length = np.sqrt(np.bincount(rows, self.idf[features] ** 2, lines)).astype(np.float32) + _TINY
        self._gram_length = self._gram_lengths(lines)

    def _gram_lengths(self, lines: int) -> NDArray[np.float32]:
        squares = np.zeros(lines)
        size = max(len(self.grams), 1)
        for start in range(0, lines, _CHUNK):
            chunk = np.arange(start, min(start + _CHUNK, lines))
            line, gram, value = self._grams_of(chunk)
            _, at = np.unique(line * size + gram, return_inverse=True)
            first = np.zeros(int(at.max(initial=-1)) + 1, dtype=np.int64)
            first[at] = line
            squares[chunk] = np.bincount(first, np.bincount(at, value) ** 2, len(chunk))
        return np.sqrt(squares).astype(np.float32) + _TINY

    def _grams_of(self, lines: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]:
        """Return, for each n-gram of these lines, the place of its line in `lines`, its number and its value."""
        places, sizes = self._words.places(lines)
        found, counts = self.grams.of_word.places(self._words.items[places])
        line = np.repeat(np.repeat(np.arange(len(lines)), sizes), counts)
        return line, self.grams.of_word.items[found].astype(np.int64), self.grams.of_word.weights[found]

    def _centre(self, owner: NDArray[np.int64], entries: int) -> None:
        """Sum the unit vectors of each entry's lines: word features inverted, words forward."""
        line = np.repeat(np.arange(len(owner)), self._features.sizes)
        entry, feature, value = _summed(
            owner[line], self._features.items, self.idf[self._features.items] / self._word_length[line], len(self.idf)
        )
        self._entries_of_feature = rows_of(feature, entry, len(self.idf), value)
        word_squares = np.bincount(entry, value**2, entries)
        line = np.repeat(np.arange(len(owner)), self._words.sizes)
        entry, word, value = _summed(owner[line], self._words.items, 1 / self._gram_length[line], len(self._vocabulary))
        self._words_of_entry = rows_of(entry, word, entries, value)
        self._length = np.sqrt((word_squares + self._gram_squares(entries)) / 2) + _TINY

    def _gram_squares(self, entries: int) -> NDArray[np.float64]:
        squares = np.zeros(entries)
        for entry in range(entries):
            row = slice(self._words_of_entry.ends[entry], self._words_of_entry.ends[entry + 1])
            places, sizes = self.grams.of_word.places(self._words_of_entry.items[row])
            _, at = np.unique(self.grams.of_word.items[places], return_inverse=True)
            values = np.repeat(self._words_of_entry.weights[row], sizes) * self.grams.of_word.weights[places]
            squares[entry] = (np.bincount(at, values) ** 2).sum()
        return squares

    def vector(self, asked: tuple[Asked, ...]) -> Vector:
        features = self._asked_features(asked)
        numbers = np.fromiter(features, np.int64, len(features))
        values = np.fromiter(features.values(), np.float64, len(features)) * self.idf[numbers]
        likeness = self.grams.likeness(self.grams.vector(self._spellings(asked)), len(self._vocabulary))
        return Vector(numbers, values / (float(np.sqrt((values**2).sum())) + _TINY), likeness)

    def _spellings(self, asked: tuple[Asked, ...]) -> list[tuple[str, float]]:
        """A word and, half each, its repair; an unknown one in pinyin by its syllables."""
        spelt: list[tuple[str, float]] = []
        for one in asked:
            if one.means and one.known < 1:
                spelt += [(one.token, 0.5), (self._vocabulary.words[one.means[0][0]], 0.5)]
            elif not one.means and one.sounds and len(one.token) > 1:
                spelt += [(sound, 1.0) for sound in one.sounds]
            else:
                spelt.append((one.token, 1.0))
        return spelt

    def _asked_features(self, asked: tuple[Asked, ...]) -> dict[int, float]:
        features: dict[int, float] = {}
        last: tuple[int, float] | None = None
        for one in asked:
            for word, weight in one.means:
                stem = int(self._vocabulary.stem[word])
                features[stem] = max(weight, features.get(stem, 0.0))
            best = (int(self._vocabulary.stem[one.means[0][0]]), one.means[0][1]) if one.means else None
            if last and best:
                key = last[0] * self._stems + best[0]
                at = int(np.searchsorted(self._pairs, key))
                if at < len(self._pairs) and self._pairs[at] == key:
                    features[self._stems + at] = last[1] * best[1]
            last = best
        return features

    def words_alike(self, vector: Vector, entries: int) -> NDArray[np.float64]:
        """Return the word half of the dot product with every entry's centre; enough to choose candidates by."""
        places, sizes = self._entries_of_feature.places(vector.features)
        values = self._entries_of_feature.weights[places] * np.repeat(vector.values, sizes)
        return np.bincount(self._entries_of_feature.items[places], values, entries)

    def cosines(self, vector: Vector, entries: NDArray[np.int64], words: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the cosine to the centres of these entries; `words` is the word half of each."""
        places, sizes = self._words_of_entry.places(entries)
        row = np.repeat(np.arange(len(entries)), sizes)
        values = self._words_of_entry.weights[places] * vector.likeness[self._words_of_entry.items[places]]
        grams = np.bincount(row, values, len(entries))
        return (words + grams) / 2 / self._length[entries]

    def likeness(self, vector: Vector, lines: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return the kernel between the question and these lines, 0..1."""
        full = np.zeros(len(self.idf))
        full[vector.features] = vector.values
        places, sizes = self._features.places(lines)
        items = self._features.items[places]
        row = np.repeat(np.arange(len(lines)), sizes)
        words = np.bincount(row, full[items] * self.idf[items], len(lines)) / self._word_length[lines]
        places, sizes = self._words.places(lines)
        row = np.repeat(np.arange(len(lines)), sizes)
        grams = np.bincount(row, vector.likeness[self._words.items[places]], len(lines)) / self._gram_length[lines]
        return (words + grams) / 2

    def kernel(self, lines: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the kernel of these lines with one another, exactly."""
        kernel: NDArray[np.float32] = (self._word_kernel(lines) + self._gram_kernel(lines)) / 2
        np.fill_diagonal(kernel, 1)
        return kernel

    def _word_kernel(self, lines: NDArray[np.int64]) -> NDArray[np.float32]:
        places, sizes = self._features.places(lines)
        row = np.repeat(np.arange(len(lines)), sizes)
        numbers, at, seen = np.unique(self._features.items[places], return_inverse=True, return_counts=True)
        table = np.zeros((len(lines), len(numbers)), dtype=np.float32)
        table[row, at] = self.idf[self._features.items[places]] / self._word_length[lines][row]
        return squared(table[:, seen > 1])

    def _gram_kernel(self, lines: NDArray[np.int64]) -> NDArray[np.float32]:
        places, sizes = self._words.places(lines)
        row = np.repeat(np.arange(len(lines)), sizes)
        words, at = np.unique(self._words.items[places], return_inverse=True)
        local = self._spelling(words)
        places, sizes = local.places(at)
        columns = int(local.items.max(initial=-1)) + 1
        cells = np.repeat(row, sizes) * columns + local.items[places]
        table = np.bincount(cells, local.weights[places], len(lines) * columns).reshape(len(lines), columns)
        return squared((table / self._gram_length[lines][:, None]).astype(np.float32))

    def _spelling(self, words: NDArray[np.int32]) -> Rows:
        """Return the n-grams of these words, numbered from 0 among them; those that only one word has share its own number.

        They count for lines that share the word, and adding them up as squares keeps the table small.
        """
        places, sizes = self.grams.of_word.places(words)
        _, at, seen = np.unique(self.grams.of_word.items[places], return_inverse=True, return_counts=True)
        word = np.repeat(np.arange(len(words)), sizes)
        shared = seen[at] > 1
        number = np.cumsum(seen > 1) - 1
        values = self.grams.of_word.weights[places]
        alone = np.sqrt(np.bincount(word[~shared], values[~shared] ** 2, len(words)))
        first = int(number.max(initial=-1)) + 1
        return rows_of(
            np.concatenate((word[shared], np.arange(len(words)))),
            np.concatenate((number[at][shared], first + np.arange(len(words)))),
            len(words),
            np.concatenate((values[shared], alone)),
        )


def squared(table: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return table · tableᵀ, in slices too small for the BLAS to start its threads: on a busy machine waiting for those
    costs tens of milliseconds, the slices themselves less than one.
    """
    turned = np.ascontiguousarray(table.T)
    step = max(1, _ONE_THREAD // (len(table) ** 2 or 1))
    result = np.zeros((len(table), len(table)), dtype=np.float32)
    for start in range(0, len(turned), step):
        result += table[:, start : start + step] @ turned[start : start + step]
    return result


def _summed(
    row: NDArray[np.int64], item: NDArray[np.int32], value: NDArray[np.float32], items: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Add up the values of equal pairs (row, item)."""
    keys, at = np.unique(row * max(items, 1) + item, return_inverse=True)
    return keys // max(items, 1), keys % max(items, 1), np.bincount(at, value, len(keys))
