"""Lines as vectors, half words and half letter n-grams: the centre of each entry, and the kernel between lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from facts.matching.features import Features
from facts.matching.grams import Grams
from facts.matching.rows import Floats, Numbers, added, shared, sums, turned

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from facts.matching.vocabulary import Asked, Query, Vocabulary

_TINY = 1e-9


@dataclass(frozen=True, slots=True)
class Vector:
    """A question: its word features (numbers, values of a unit vector) and its likeness to each word of the base."""

    features: Numbers
    values: Floats
    likeness: Floats


@dataclass(frozen=True, slots=True)
class Block:
    """Lines taken apart: their features and words, and for each of these the place of its line among them."""

    lines: Numbers
    featured: Numbers
    features: NDArray[np.int32]
    worded: Numbers
    words: NDArray[np.int32]


class Space:
    def __init__(self, vocabulary: Vocabulary, owner: Numbers, entries: int) -> None:
        self._vocabulary = vocabulary
        self._entries = entries
        self._features = Features(vocabulary)
        self._grams = Grams(vocabulary)
        self._sum_up(owner)

    def _sum_up(self, owner: Numbers) -> None:
        """Sum the unit vectors of each entry's lines: features inverted, words forward."""
        lines = self._features.lines
        values = self._features.idf[lines.items] / self._features.length[lines.numbers]
        of_entry = added(owner[lines.numbers], lines.items, values, self._entries)
        self._of_feature = turned(of_entry, len(self._features))
        squares = np.bincount(of_entry.numbers, of_entry.weights**2, self._entries)
        words = self._grams.lines
        self._words = added(owner[words.numbers], words.items, 1 / self._grams.length[words.numbers], self._entries)
        self._length = np.sqrt((squares + self._grams.squares(self._words)) / 2) + _TINY

    def side_by_side(self, one: str, other: str) -> bool:
        return self._features.side_by_side(one, other)

    def vector(self, query: Query) -> Vector:
        numbers, values = self._features.asked(query)
        return Vector(numbers, values, self._grams.likeness(self._spellings(query.asked), len(self._vocabulary)))

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

    def words_alike(self, vector: Vector) -> Floats:
        """Return the word half of the dot product with every entry's centre; enough to choose candidates by."""
        places, feature = self._of_feature.places(vector.features)
        values = self._of_feature.weights[places] * vector.values[feature]
        return sums(self._of_feature.items[places], values, self._entries)

    def cosines(self, vector: Vector, entries: Numbers, words: Floats) -> Floats:
        """Return the cosine to the centres of these entries; `words` is the word half of each."""
        places, entry = self._words.places(entries)
        values = self._words.weights[places] * vector.likeness[self._words.items[places]]
        cosines: Floats = (words + sums(entry, values, len(entries))) / 2 / self._length[entries]
        return cosines

    def cosine_without(self, vector: Vector, entry: int, line: int, cosine: Floats) -> Floats:
        """Return the cosine to the entry's centre as if it lacked this line, the very one that `vector` is of."""
        length = self._length[entry]
        own = self.likeness(vector, self.block(np.array([line])))
        rest = np.maximum(length**2 - 2 * cosine * length + 1, 0.0)
        left: Floats = np.where(rest > _TINY, (cosine * length - own) / (np.sqrt(rest) + _TINY), 0.0)
        return left

    def block(self, lines: Numbers) -> Block:
        """Take some lines apart."""
        places, featured = self._features.lines.places(lines)
        at, worded = self._grams.lines.places(lines)
        return Block(lines, featured, self._features.lines.items[places], worded, self._grams.lines.items[at])

    def likeness(self, vector: Vector, block: Block) -> Floats:
        """Return the kernel between the question and these lines, 0..1."""
        full = np.zeros(len(self._features))
        full[vector.features] = vector.values * self._features.idf[vector.features]
        lines, count = block.lines, len(block.lines)
        words = sums(block.featured, full[block.features], count) / self._features.length[lines]
        grams = sums(block.worded, vector.likeness[block.words], count) / self._grams.length[lines]
        return (words + grams) / 2

    def kernel(self, block: Block) -> Floats:
        """Return the kernel of these lines with one another, exactly: of features that two lines share at least."""
        features, grams, lines, count = self._features, self._grams, block.lines, len(block.lines)
        places, word = grams.of_word.places(block.words)
        items = np.concatenate((block.features, grams.of_word.items[places] + len(features)))
        line, item, column = shared(np.concatenate((block.featured, block.worded[word])), items, count)
        first = int(item.searchsorted(len(features)))
        value = np.empty(len(item), dtype=np.float32)
        value[:first] = features.idf[item[:first]] / features.length[lines][line[:first]]
        value[first:] = grams.idf[item[first:] - len(features)] / grams.length[lines][line[first:]]
        columns = int(column[-1]) + 1 if len(column) else 0
        table = np.bincount(column * count + line, value, columns * count).reshape(columns, count).astype(np.float32)
        kernel: Floats = (table.T @ table / 2).astype(np.float64)
        kernel.flat[:: count + 1] = 1
        return kernel
