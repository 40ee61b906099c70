"""Entries ranked for a question: soft overlap, likeness to the entry's centre, and a ridge fitted on the spot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from facts.matching.overlap import Overlap
from facts.matching.space import Space, Vector
from facts.matching.vocabulary import Vocabulary
from facts.text import fold, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from facts.matching.overlap import Term

_SOFT, _CENTRE, _RIDGE, _KNOWN = 4.7, 4.4, 8.0, 3.0
_WHOLE = _SOFT + _CENTRE + _RIDGE + _KNOWN
_CANDIDATES = 96
_RIDGE_ENTRIES = 8
_RIDGE_LINES = 24
_PENALTY = 0.3


@dataclass(frozen=True, slots=True)
class Ranking:
    """Entries best first, their scores 0..1 and the number of the line of each that overlaps most."""

    entries: NDArray[np.int64]
    scores: NDArray[np.float64]
    lines: NDArray[np.int64]
    terms: tuple[Term, ...]


class Ranker:
    """Ranks the entries of a base. Lines must be sorted by owner, and every entry must own one."""

    def __init__(self, lines: Sequence[str], owner: Sequence[int], entries: int) -> None:
        self._entries = entries
        owners = np.asarray(owner, dtype=np.int64)
        self._ends = np.searchsorted(owners, np.arange(entries + 1))
        self.vocabulary = Vocabulary(lines)
        self._overlap = Overlap(self.vocabulary, owners, entries)
        self._space = Space(self.vocabulary, owners, entries)

    def rank(self, tokens: Sequence[str], without: int | None = None) -> Ranking:
        """Rank for the tokens of a question (of `words(fold(text))`), as if the entry `without` did not exist."""
        asked = self.vocabulary.ask(tokens)
        terms = self._overlap.terms(asked)
        lines = self._overlap.soft(terms)
        vector = self._space.vector(asked)
        near = self._space.words_alike(vector, self._entries)
        chosen = self._candidates(lines, near, without)
        soft, best = self._soft(lines, chosen)
        score = _SOFT * soft + _CENTRE * self._space.cosines(vector, chosen, near[chosen])
        front = np.argsort(-score, kind="stable")[:_RIDGE_ENTRIES]
        score[front] += _RIDGE * self._ridge(vector, chosen[front])
        score = (score + _KNOWN * Overlap.known(terms)) / _WHOLE
        order = np.argsort(-score, kind="stable")
        return Ranking(chosen[order], score[order], best[order], terms)

    def _candidates(
        self, lines: NDArray[np.float64], near: NDArray[np.float64], without: int | None
    ) -> NDArray[np.int64]:
        """Return the entries worth a closer look, in order of their number."""
        first = _SOFT * np.maximum.reduceat(lines, self._ends[:-1]) + _CENTRE * near / (near.max() + 1e-9)
        if without is not None:
            first[without] = -1
        if self._entries > _CANDIDATES:
            chosen = np.sort(np.argpartition(-first, _CANDIDATES)[:_CANDIDATES])
        else:
            chosen = np.arange(self._entries)
        return chosen[first[chosen] >= 0]

    def _soft(
        self, lines: NDArray[np.float64], chosen: NDArray[np.int64]
    ) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        """0.6 · an entry's best line + 0.4 · the mean of its best five: many lines alone win nothing."""
        sizes = self._ends[chosen + 1] - self._ends[chosen]
        width = max(int(sizes.max(initial=1)), 5)
        row = np.repeat(np.arange(len(chosen)), sizes)
        column = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        place = np.repeat(self._ends[chosen], sizes) + column
        table = np.full((len(chosen), width), -1.0)
        table[row, column] = lines[place]
        best = self._ends[chosen] + table.argmax(1)
        top = -np.sort(np.partition(-table, 4, axis=1)[:, :5], axis=1)
        mean = np.where(top >= 0, top, 0).sum(1) / np.minimum(sizes, 5)
        return 0.6 * top[:, 0] + 0.4 * mean, best

    def _ridge(self, vector: Vector, entries: NDArray[np.int64]) -> NDArray[np.float64]:
        """Fit each entry against the others on their lines nearest to the question; return its value there, from 0 on."""
        if not len(entries):
            return np.zeros(0)
        lines = np.concatenate([np.arange(self._ends[e], self._ends[e + 1]) for e in entries])
        of = np.repeat(np.arange(len(entries)), self._ends[entries + 1] - self._ends[entries])
        near = self._space.likeness(vector, lines)
        order = np.lexsort((-near, of))
        rank = np.arange(len(of)) - np.searchsorted(of, np.arange(len(entries)))[of]
        kept = order[rank < _RIDGE_LINES]
        kernel = self._space.kernel(lines[kept]).astype(np.float64)
        kernel.flat[:: len(kept) + 1] += _PENALTY
        weight = np.linalg.solve(kernel, near[kept])
        return np.maximum(np.bincount(of[kept], weight, len(entries)), 0)


def tokens_of(question: str) -> tuple[str, ...]:
    return words(fold(question))
