"""Entries ranked for a question: soft overlap, likeness to the entry's centre, and a ridge fitted on the spot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from facts.matching.overlap import Overlap
from facts.matching.signs import Explainer
from facts.matching.space import Space, Vector
from facts.matching.spacing import Spacing
from facts.matching.thesaurus import Thesaurus, form, general
from facts.matching.vocabulary import Vocabulary
from facts.quantities import amounts
from facts.text import fold, syllable, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from facts.matching.lines import Beside
    from facts.matching.overlap import Term
    from facts.matching.rows import Floats, Numbers
    from facts.matching.vocabulary import Query

_SOFT, _CENTRE, _RIDGE, _KNOWN = 4.7, 5.5, 8.0, 3.0
_WHOLE = _SOFT + _CENTRE + _RIDGE + _KNOWN
_CANDIDATES = 24
_WIDE, _NARROW = (5, 10), (4, 8)
"""Entries that a ridge is fitted on, and lines of each: for a question, and for a part of one."""
_WITHIN = 3.0
"""Entries further than this behind the best, of `_SOFT + _CENTRE` at most, are none that the ridge need tell apart."""
_LOOKED_AT = 30
"""Lines of an entry, those that overlap most, among which the ridge takes the nearest."""
_PENALTY = 0.12
MOST_WORDS = 120
"""Words and characters of a question that are looked for: nobody asks one question in more, and work stays bounded."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """Entries best first, their scores 0..1, the line of each that overlaps most, and the ridge's part in each."""

    entries: Numbers
    scores: Floats
    lines: Numbers
    pulls: Floats
    query: Query


@dataclass(frozen=True, slots=True)
class _Heard:
    """A question in all forms that the members need; `near` is its likeness in words to every entry."""

    query: Query
    terms: tuple[Term, ...]
    vector: Vector
    near: Floats


class Ranker:
    """Ranks the entries of a base. Lines must be sorted by owner, and every entry must own one."""

    def __init__(
        self,
        lines: Sequence[str],
        owner: Sequence[int],
        entries: int,
        names: Iterable[Iterable[str]] = (),
        beside: Beside = lambda work: work,
    ) -> None:
        self._entries = entries
        self._owner = np.asarray(owner, dtype=np.int64)
        self._ends = np.searchsorted(self._owner, np.arange(entries + 1))
        folded = ((fold(alias) for alias in every) for every in names)
        self.thesaurus = Thesaurus((*general(), *folded))
        self.vocabulary = Vocabulary(lines, self.thesaurus, beside)
        self._overlap = Overlap(self.vocabulary, self._owner, entries)
        self._space = Space(self.vocabulary, self._owner, entries)
        self.explainer = Explainer(self._overlap)
        self.spacing = Spacing(self.vocabulary, self.thesaurus)

    def owns(self, entry: int, line: int) -> bool:
        return bool(self._owner[line] == entry)

    def follows(self, one: str, other: str) -> bool:
        """Return whether any line has the word `other`, in any inflection, right after `one`."""
        return self._space.side_by_side(form(one), form(other))

    def neighbours(self, one: str, other: str) -> bool:
        """Return whether any line has these two Han characters side by side, or two that sound like them."""
        return self.heard(syllable(one), syllable(other))

    def heard(self, one: str | None, other: str | None) -> bool:
        """Return whether two syllables follow each other in any line."""
        return self._overlap.side_by_side(one, other)

    def rank(self, asked: Words, *, left_out: int | None = None) -> Ranking:
        """Rank the entries for a question; as if its own line `left_out`, which is what is asked, did not exist."""
        heard, chosen, overlap = self._looked_up(asked)
        return self._closer(heard, chosen, overlap, _WIDE, left_out)

    def rank_without(self, asked: Words, line: int) -> tuple[Ranking, Ranking]:
        """Rank for this line as if the base lacked it, and as if it lacked the whole entry that owns it."""
        heard, chosen, overlap = self._looked_up(asked)
        others = chosen != self._owner[line]
        kept = np.repeat(others, self._ends[chosen + 1] - self._ends[chosen])
        hidden = self._closer(heard, chosen[others], overlap[kept], _WIDE)
        return self._closer(heard, chosen, overlap, _WIDE, line), hidden

    def _looked_up(self, asked: Words) -> tuple[_Heard, Numbers, Floats]:
        """Return the question as heard, the candidates for it, and the overlap of their lines, entry by entry."""
        heard = self._hear(asked)
        if not self._entries:
            return heard, np.zeros(0, dtype=np.int64), np.zeros(0)
        sketch, exact = self._overlap.sketch(heard.terms)
        chosen = self._candidates(sketch, heard.near)
        lines = self._lines_of(chosen)
        overlap = np.sqrt(sketch[lines].astype(np.float64)) if exact else self._overlap.soft(heard.terms, lines)
        return heard, chosen, overlap

    def rank_among(self, asked: Words, entries: Numbers) -> Ranking:
        """Rank only these entries, in order of their number: a closer look at part of a question, and a cheaper one."""
        heard = self._hear(asked)
        return self._closer(heard, entries, self._overlap.soft(heard.terms, self._lines_of(entries)), _NARROW)

    def _hear(self, asked: Words) -> _Heard:
        query = self.vocabulary.ask(asked.tokens, asked.amounts)
        vector = self._space.vector(query)
        return _Heard(query, self._overlap.terms(query), vector, self._space.words_alike(vector))

    def _closer(
        self, heard: _Heard, chosen: Numbers, overlap: Floats, ridge: tuple[int, int], left_out: int | None = None
    ) -> Ranking:
        """Score the candidates by all members; `overlap` is of their lines, entry by entry."""
        if left_out is not None:
            overlap = np.where(self._lines_of(chosen) == left_out, 0, overlap)
        soft, best = self._soft(overlap, chosen)
        centre = self._space.cosines(heard.vector, chosen, heard.near[chosen])
        if left_out is not None:
            own = chosen == self._owner[left_out]
            centre[own] = self._space.cosine_without(heard.vector, int(self._owner[left_out]), left_out, centre[own])
        score = _SOFT * soft + _CENTRE * centre
        front = np.argsort(-score, kind="stable")[: ridge[0]]
        front = front[score[front] >= score[front[:1]] - _WITHIN]
        pull = np.zeros(len(chosen))
        lines = self._foremost(chosen, front, overlap)
        lines = lines if left_out is None else lines[lines != left_out]
        pull[front] = self._ridge(heard.vector, lines, chosen[front], ridge[1])
        score = (score + _RIDGE * pull + _KNOWN * Overlap.known(heard.terms)) / _WHOLE
        order = np.argsort(-score, kind="stable")
        return Ranking(chosen[order], score[order], best[order], pull[order], heard.query)

    def _candidates(self, sketch: NDArray[np.float32], near: Floats) -> Numbers:
        """Return the entries worth a closer look, in order of their number."""
        if self._entries <= _CANDIDATES:
            return np.arange(self._entries)
        best = np.sqrt(np.maximum.reduceat(sketch, self._ends[:-1]))
        first = _SOFT * best + _CENTRE / (near.max() + 1e-9) * near
        chosen: Numbers = np.sort(np.argpartition(-first, _CANDIDATES)[:_CANDIDATES])
        return chosen

    def _lines_of(self, entries: Numbers) -> Numbers:
        """Return the numbers of the entries' lines, entry by entry."""
        sizes = self._ends[entries + 1] - self._ends[entries]
        starts: Numbers = (self._ends[entries + 1] - sizes.cumsum()).repeat(sizes)
        return starts + np.arange(len(starts))

    def _soft(self, overlap: Floats, chosen: Numbers) -> tuple[Floats, Numbers]:
        """0.6 · an entry's best line + 0.4 · the mean of its best five: many lines alone win nothing."""
        sizes = self._ends[chosen + 1] - self._ends[chosen]
        width = max(int(sizes.max(initial=1)), 5)
        table = np.full((len(chosen), width), -1.0)
        table[np.arange(width) < sizes[:, None]] = overlap
        best = self._ends[chosen] + table.argmax(1)
        top = np.partition(table, width - 5, axis=1)[:, -5:]
        mean = np.maximum(top, 0).sum(1) / np.minimum(sizes, 5)
        return 0.6 * top.max(1) + 0.4 * mean, best

    def _foremost(self, chosen: Numbers, front: Numbers, overlap: Floats) -> Numbers:
        """Return the lines, entry by entry in front, that overlap most of each: only they can be the nearest."""
        sizes = self._ends[chosen + 1] - self._ends[chosen]
        lines = self._lines_of(chosen[front])
        if sizes[front].max(initial=0) <= _LOOKED_AT:
            return lines
        starts = sizes.cumsum() - sizes
        found = []
        for place, size in zip(front, sizes[front], strict=True):
            own = overlap[starts[place] : starts[place] + size]
            best = np.argpartition(-own, _LOOKED_AT)[:_LOOKED_AT] if size > _LOOKED_AT else np.arange(size)
            found.append(self._ends[chosen[place]] + best)
        return np.concatenate(found)

    def _ridge(self, vector: Vector, lines: Numbers, front: Numbers, most: int) -> Floats:
        """Fit each entry in front against the others on their lines nearest to the question; return its value there."""
        if not len(lines):
            return np.zeros(len(front))
        of = (self._owner[lines, None] == front).argmax(1)
        block = self._space.block(lines)
        near = self._space.likeness(vector, block)
        if np.bincount(of).max() > most:
            kept = _nearest(near, of, most)
            block, near, of = self._space.block(lines[kept]), near[kept], of[kept]
        kernel = self._space.kernel(block)
        kernel.flat[:: len(near) + 1] += _PENALTY
        return np.maximum(np.bincount(of, np.linalg.solve(kernel, near), len(front)), 0)


def _nearest(near: Floats, of: Numbers, most: int) -> Numbers:
    """Return the places of the nearest lines of each entry; `of` counts the entries up, line by line."""
    order = np.lexsort((-near, of))
    rank = np.arange(len(of)) - np.searchsorted(of, of)
    nearest: Numbers = order[rank < most]
    return nearest


@dataclass(frozen=True, slots=True)
class Words:
    """What ranking reads of a question: its tokens (of `words(fold(text))`) and its amounts."""

    tokens: tuple[str, ...]
    amounts: tuple[str, ...] = ()

    @classmethod
    def of(cls, text: str) -> Words:
        folded = fold(text)
        return cls(words(folded)[:MOST_WORDS], amounts(folded))
