"""Whole questions that a base knows word for word: each is answered by the entry whose line it is, without ranking."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from facts.matching.rows import Rows, sums
from facts.text import content, is_han

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from facts.matching.candidates import Phrasings
    from facts.matching.vocabulary import Vocabulary

_LEAST, _LEAST_HAN = 2, 3
"""Words and Han characters that say what it is about from which a line is no vague word and no mere follow-up."""
_FACTOR = 0x9E3779B97F4A7C15
"""An odd 64-bit number with its bits well spread (2^64 over the golden ratio)."""
_MASK = 2**64 - 1


class Verbatim:
    """Looks questions up among the lines; keeps a 64-bit hash of each and compares the words themselves on a hit."""

    def __init__(self, phrasings: Phrasings, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        words = Rows(vocabulary.ends, vocabulary.tokens)
        weighed = np.array([_weight(word) for word in vocabulary.words])
        weights = sums(words.numbers, weighed[words.items], len(words.ends) - 1)
        questions = np.array(phrasings.questions, dtype=np.int64)
        numbers = questions[weights[questions] >= 1] if len(questions) else questions
        keys = _keys(words)[numbers]
        owner = np.array(phrasings.owner, dtype=np.int64)[numbers]
        order = np.lexsort((owner, keys))
        keys, numbers, owner = keys[order], numbers[order], owner[order]
        ends = np.append(np.flatnonzero(np.diff(keys)), len(keys) - 1) if len(keys) else np.zeros(0, dtype=np.int64)
        first = np.concatenate(([0], ends[:-1] + 1))[: len(ends)]
        sole = owner[first] == owner[ends]
        self._keys, self._numbers = keys[first][sole], numbers[first][sole].astype(np.int32)

    def find(self, tokens: Sequence[str]) -> int | None:
        """Return the number of the line that these words (`words(fold(text))`) are; None where it isn't one's own."""
        number = self._vocabulary.number
        if any(token not in number for token in tokens) or sum(map(_weight, tokens)) < 1:
            return None
        key = np.uint64(_key([number[token] for token in tokens]))
        at = int(np.searchsorted(self._keys, key))
        if at == len(self._keys) or self._keys[at] != key:
            return None
        line = int(self._numbers[at])
        return line if self._vocabulary.spelt(line) == tuple(tokens) else None


def _keys(words: Rows) -> NDArray[np.uint64]:
    """Return the hash of every row: its items as the digits of a number in base `_FACTOR`, modulo 2^64."""
    place = np.arange(len(words.items)) - np.repeat(words.ends[:-1], words.sizes)
    powers = np.ones(int(words.sizes.max(initial=0)) + 1, dtype=np.uint64)
    powers[1:] = np.cumprod(np.full(len(powers) - 1, _FACTOR, dtype=np.uint64))
    keys = np.zeros(len(words.sizes), dtype=np.uint64)
    np.add.at(keys, words.numbers, (words.items.astype(np.uint64) + np.uint64(1)) * powers[place])
    return keys


def _key(numbers: Sequence[int]) -> int:
    key, power = 0, 1
    for number in numbers:
        key, power = (key + (number + 1) * power) & _MASK, power * _FACTOR & _MASK
    return key


def _weight(word: str) -> float:
    """Return a word's share of what makes a line stand on its own."""
    if not content((word,)):
        return 0.0
    return 1 / _LEAST_HAN + 1e-9 if is_han(word) else 1 / _LEAST
