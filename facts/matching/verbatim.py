"""Whole questions that a base knows word for word: each is answered by the entry whose line it is, without ranking."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np

from facts.text import content, is_han

if TYPE_CHECKING:
    from collections.abc import Sequence

    from facts.matching.candidates import Phrasings
    from facts.matching.vocabulary import Vocabulary

_LEAST, _LEAST_HAN = 2, 3
"""Words and Han characters that say what it is about from which a line is no vague word and no mere follow-up."""


class Verbatim:
    """Looks questions up among the lines; keeps a 64-bit hash of each and compares the words themselves on a hit."""

    def __init__(self, phrasings: Phrasings, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        found: dict[int, int] = {}
        owner: dict[int, int] = {}
        for number in phrasings.questions:
            entry, tokens = phrasings.owner[number], vocabulary.spelt(number)
            if _stands_alone(tokens):
                key = _key(tokens)
                found[key] = number if owner.setdefault(key, entry) == entry else -1
        self._keys = np.array(sorted(key for key, number in found.items() if number >= 0), dtype=np.uint64)
        self._numbers = np.array([found[key] for key in self._keys.tolist()], dtype=np.int32)

    def find(self, tokens: Sequence[str]) -> int | None:
        """Return the number of the line that these words (`words(fold(text))`) are; None where it isn't one's own."""
        if not len(self._keys) or not _stands_alone(tokens):
            return None
        key = np.uint64(_key(tokens))
        at = int(np.searchsorted(self._keys, key))
        if at == len(self._keys) or self._keys[at] != key:
            return None
        number = int(self._numbers[at])
        return number if self._vocabulary.spelt(number) == tuple(tokens) else None


def _key(tokens: Sequence[str]) -> int:
    return int.from_bytes(blake2b(" ".join(tokens).encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def _stands_alone(tokens: Sequence[str]) -> bool:
    said = content(tokens)
    han = sum(is_han(token) for token in said)
    return (len(said) - han) / _LEAST + han / _LEAST_HAN >= 1
