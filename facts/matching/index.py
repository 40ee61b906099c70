"""An inverted index over lines and entries: soft overlap and profile of a query against all of them at once."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from facts.matching.tokens import terms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_LEAST_SIMILARITY = 0.70
_OTHER_FIRST_LETTER = 0.85
_MOST_REPAIRS = 4

Floats = NDArray[np.float64] if TYPE_CHECKING else object


class Index:
    """Built once over the lines of a base; `owner[i]` is the entry of line i."""

    def __init__(self, lines: Sequence[str], owner: Sequence[int], entries: int) -> None:
        line_terms = [tuple(dict.fromkeys(terms(line))) for line in lines]
        self.owner = np.asarray(owner, dtype=np.int64)
        self.entries = entries
        self.vocabulary = {term: i for i, term in enumerate(dict.fromkeys(t for ts in line_terms for t in ts))}
        self._words = [term for term in self.vocabulary if term.isascii() and term.isalpha() and len(term) > 2]
        self._weigh(line_terms)
        self._post(line_terms)

    def _weigh(self, line_terms: list[tuple[str, ...]]) -> None:
        """IDF over entries, not lines: an entry with many lines must not make its own words common."""
        seen = Counter(pair for ts, o in zip(line_terms, self.owner, strict=True) for pair in {(t, int(o)) for t in ts})
        spread = Counter(term for term, _ in seen)
        self.idf = np.array([np.log(1 + self.entries / spread[term]) for term in self.vocabulary])
        self.unknown = float(np.log(1 + self.entries))
        columns = np.array([self.vocabulary[term] for term, _ in seen], dtype=np.int64)
        rows = np.array([owner for _, owner in seen], dtype=np.int64)
        weights = np.array([1 + np.log(count) for count in seen.values()]) * self.idf[columns]
        norms = np.sqrt(np.bincount(rows, weights**2, self.entries)) + 1e-9
        order = np.argsort(columns, kind="stable")
        self._profile_rows, self._profile_weights = rows[order], (weights / norms[rows])[order]
        self._profile_ends = np.searchsorted(columns[order], np.arange(len(self.vocabulary) + 1))

    def _post(self, line_terms: list[tuple[str, ...]]) -> None:
        columns = np.array([self.vocabulary[t] for ts in line_terms for t in ts], dtype=np.int64)
        rows = np.repeat(np.arange(len(line_terms)), [len(ts) for ts in line_terms])
        self.line_weight = np.bincount(rows, self.idf[columns], len(line_terms)) + 1e-9
        order = np.argsort(columns, kind="stable")
        self._lines = rows[order]
        self._ends = np.searchsorted(columns[order], np.arange(len(self.vocabulary) + 1))

    def expand(self, query: Sequence[str]) -> dict[str, dict[int, float]]:
        """Return for each distinct query term the vocabulary terms it may mean, each with a weight up to 1."""
        return {term: self._means(term) for term in dict.fromkeys(query)}

    def _means(self, term: str) -> dict[int, float]:
        if term in self.vocabulary:
            return {self.vocabulary[term]: 1.0}
        if len(term) < 4 or not (term.isascii() and term.isalpha()):
            return {}
        slack = 2 if len(term) >= 6 else 1
        near = [word for word in self._words if abs(len(word) - len(term)) <= slack]
        found = process.extract(
            term, near, scorer=OSA.normalized_similarity, score_cutoff=_LEAST_SIMILARITY, limit=_MOST_REPAIRS
        )
        return {
            self.vocabulary[word]: sim**2 * (1.0 if word[0] == term[0] else _OTHER_FIRST_LETTER)
            for word, sim, _ in found
        }

    def soft(self, meanings: dict[str, dict[int, float]]) -> Floats:
        """√(share of the query's IDF explained by a line × share of the line's explained by the query), for every line."""
        total = sum(self._worth(means) for means in meanings.values())
        explained = np.zeros(len(self.line_weight))
        covered = np.zeros(len(self.line_weight))
        for means in meanings.values():
            best = np.zeros(len(self.line_weight))
            for column, weight in means.items():
                rows = self._lines[self._ends[column] : self._ends[column + 1]]
                best[rows] = np.maximum(best[rows], weight)
                covered[rows] += weight * self.idf[column]
            explained += best * self._worth(means)
        share = np.minimum(covered / self.line_weight, 1.0)
        return np.sqrt(explained / max(total, 1e-9) * share)

    def _worth(self, means: dict[int, float]) -> float:
        return max((float(self.idf[column]) for column in means), default=self.unknown)

    def profile(self, meanings: dict[str, dict[int, float]]) -> Floats:
        """Cosine between the query and all lines of each entry together."""
        score = np.zeros(self.entries)
        norm = 0.0
        for means in meanings.values():
            norm += self._worth(means) ** 2
            for column, weight in means.items():
                part = slice(self._profile_ends[column], self._profile_ends[column + 1])
                score[self._profile_rows[part]] += weight * self.idf[column] * self._profile_weights[part]
        return score / np.sqrt(max(norm, 1e-9))

    def known(self, meanings: dict[str, dict[int, float]]) -> float:
        """Return the share of the query's weight that the vocabulary knows, 0..1."""
        total = sum(self._worth(means) for means in meanings.values())
        return sum(self._worth(means) * max(means.values()) for means in meanings.values() if means) / max(total, 1e-9)

    def by_entry(self, lines: Floats) -> tuple[Floats, NDArray[np.int64]]:
        """Return for each entry 0.6 · its best line + 0.4 · the mean of its best five, and the number of its best line."""
        score = np.zeros(self.entries)
        best = np.zeros(self.entries, dtype=np.int64)
        order = np.lexsort((-lines, self.owner))
        owners, starts, counts = np.unique(self.owner[order], return_index=True, return_counts=True)
        ranked = lines[order]
        among_five = np.arange(len(order)) - np.repeat(starts, counts) < 5
        mean = np.add.reduceat(ranked * among_five, starts) / np.minimum(counts, 5)
        score[owners] = 0.6 * ranked[starts] + 0.4 * mean
        best[owners] = order[starts]
        return score, best
