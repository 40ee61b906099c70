"""Soft overlap: how much of the question a line explains, and how much of the line the question explains."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from facts.matching.rows import Rows, added, distinct, numbered, sums, turned
from facts.matching.vocabulary import pairs
from facts.text import STOP_HAN, STOP_WORDS, syllable

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from facts.matching.rows import Floats, Numbers
    from facts.matching.vocabulary import Asked, Query, Vocabulary

_BUDGET = 60_000
"""Lines that may be looked at to choose candidates: a few tenths of a millisecond."""
_UNKNOWN_STOP_WORD = 0.25
"""Weight of a stop word that no line has, as a share of an unknown word's: its absence says next to nothing."""


class Term(NamedTuple):
    """One thing asked: the index terms it may be, a weight each up to 1, and its worth, the IDF of what is asked."""

    token: str
    ids: tuple[int, ...]
    weights: tuple[float, ...]
    worth: float


class EntryTerms:
    """The index terms of one entry's lines: a byte for each term of the base, 1 where the entry has it."""

    def __init__(self, flags: bytes, first_group: int) -> None:
        self._flags = flags
        self._first_group = first_group

    def __contains__(self, number: int | None) -> bool:
        return number is not None and self._flags[number] == 1

    def has_group(self, group: int) -> bool:
        number = self._first_group + group
        return number < len(self._flags) and self._flags[number] == 1


class Overlap:
    """An inverted index over stems, Han characters, pinyin syllables and their pairs, and groups of words.

    IDF is over entries, not lines: an entry with many lines must not make its own words common.
    """

    def __init__(self, vocabulary: Vocabulary, owner: NDArray[np.int64], entries: int) -> None:
        self._vocabulary = vocabulary
        self._lines = len(owner)
        rows, terms = self._spell()
        self._terms = distinct(rows, terms, self._lines)
        self._postings = turned(self._terms, self._size)
        term, line = self._postings.numbers, self._postings.items
        self._entry_terms = added(owner[line], term, np.ones(len(term)), entries)
        self.idf = np.log1p(entries / np.maximum(np.bincount(self._entry_terms.items, minlength=self._size), 1))
        self.unknown = float(np.log1p(entries))
        self._spread = self._postings.sizes
        self._line_weight = (np.bincount(line, self.idf[term], self._lines) + 1e-9).astype(np.float32)

    def _spell(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Number the terms and return the line and the term of every occurrence."""
        known = self._vocabulary
        heard = [syllable(word) for word in known.words]
        self._syllable = {s: i for i, s in enumerate(dict.fromkeys(s for s in heard if s))}
        of_word = np.array([self._syllable[s] if s else -1 for s in heard], dtype=np.int64)
        stems, self._syllables = len(known.stem_number), len(self._syllable)
        line = Rows(known.ends, known.tokens).numbers
        sound = of_word[known.tokens] if len(known) else np.zeros(0, dtype=np.int64)
        voiced = np.flatnonzero(sound >= 0)
        both = np.flatnonzero((sound[:-1] >= 0) & (sound[1:] >= 0) & pairs(known.tokens, known.ends)[:-1])
        keys = sound[both] * self._syllables + sound[both + 1]
        self._pairs, pair = numbered(keys, self._syllables**2)
        self._first_group = stems + self._syllables + len(self._pairs)
        self._size = self._first_group + int(known.grouped[1].max(initial=-1)) + 1
        rows = np.concatenate((line, line[voiced], line[both], known.grouped[0]))
        stem = known.stem[known.tokens].astype(np.int64)
        terms = np.concatenate(
            (stem, stems + sound[voiced], stems + self._syllables + pair, self._first_group + known.grouped[1])
        )
        return rows, terms

    def terms(self, query: Query) -> tuple[Term, ...]:
        """Return the distinct terms of a question."""
        found: dict[object, Term] = {}
        heard: str | None = None
        for one in query.asked:
            if one.means or not one.sounds or len(one.token) == 1:
                found.setdefault(one.token, self._term(one))
            for sound in one.sounds:
                found.setdefault("~" + sound, self._sound(sound, one.token if len(one.token) > 1 else ""))
                if heard:
                    found.setdefault((heard, sound), self._pair(heard, sound))
                heard = sound
            if not one.sounds:
                heard = None
        for group in query.groups:
            found[group] = self._of("", {self._first_group + group: 1.0}, 0.0)
        return tuple(found.values())

    def _term(self, one: Asked) -> Term:
        best: dict[int, float] = {}
        for word, weight in one.means:
            term = int(self._vocabulary.stem[word])
            best[term] = max(weight, best.get(term, 0.0))
        share = _UNKNOWN_STOP_WORD if one.token in STOP_WORDS or one.token in STOP_HAN else 1.0
        return self._of(one.token, best, self.unknown * share)

    def _sound(self, sound: str, token: str) -> Term:
        number = self._syllable.get(sound)
        ids = {} if number is None else {len(self._vocabulary.stem_number) + number: 1.0}
        return self._of(token, ids, self.unknown)

    def _pair(self, one: str, other: str) -> Term:
        number = self._pair_number(one, other)
        return self._of("", {} if number is None else {number: 1.0}, self.unknown)

    def _pair_number(self, one: str, other: str) -> int | None:
        first, second = self._syllable.get(one), self._syllable.get(other)
        if first is None or second is None:
            return None
        key = first * self._syllables + second
        at = int(np.searchsorted(self._pairs, key))
        known = at < len(self._pairs) and self._pairs[at] == key
        return len(self._vocabulary.stem_number) + self._syllables + at if known else None

    def side_by_side(self, one: str | None, other: str | None) -> bool:
        """Return whether two syllables stand next to each other in any line."""
        return one is not None and other is not None and self._pair_number(one, other) is not None

    def _of(self, token: str, ids: dict[int, float], unknown: float) -> Term:
        worth = max((float(self.idf[i]) for i in ids), default=unknown)
        return Term(token, tuple(ids), tuple(ids.values()), worth)

    def of_entry(self, entry: int, left_out: int | None = None) -> EntryTerms:
        """Return the terms of an entry's lines, as if it lacked its line `left_out`."""
        ends = self._entry_terms.ends
        numbers = self._entry_terms.items[ends[entry] : ends[entry + 1]]
        if left_out is not None:
            counts = self._entry_terms.weights[ends[entry] : ends[entry + 1]]
            numbers = numbers[counts - np.isin(numbers, self._terms.row(left_out)) > 0]
        flags = np.zeros(self._size, dtype=np.uint8)
        flags[numbers] = 1
        return EntryTerms(flags.tobytes(), self._first_group)

    def stems(self, one: Asked) -> list[tuple[int, float]]:
        """Return the terms that a word may be, with their weights."""
        return [(int(self._vocabulary.stem[word]), weight) for word, weight in one.means]

    def worth(self, stems: list[tuple[int, float]]) -> float:
        """Return the IDF of what a word may be; of one that no line has, the highest."""
        return max((float(self.idf[stem]) for stem, _ in stems), default=self.unknown)

    def sounds(self, one: Asked) -> list[int | None]:
        """Return the terms of a word's syllables, None for one that no line has."""
        numbers = (self._syllable.get(sound) for sound in one.sounds)
        return [None if number is None else len(self._vocabulary.stem_number) + number for number in numbers]

    def pair(self, one: Asked, other: Asked) -> tuple[int | None, float]:
        """Return the term of two characters' syllables side by side, None where no line has them, and its IDF."""
        number = self._pair_number(one.sounds[0], other.sounds[0]) if one.sounds and other.sounds else None
        return number, self.unknown if number is None else float(self.idf[number])

    def sketch(self, terms: tuple[Term, ...]) -> tuple[NDArray[np.float32], bool]:
        """Return the square of the soft overlap of every line, and whether it is exact.

        It isn't where words are so common that their lines are too many to look at: then only the rarer ones count.
        """
        used, exact = self._within_budget([term for term in terms if term.ids])
        plain = [term for term in used if len(term.ids) == 1]
        # What a term with one meaning explains of the question it covers of the line: its worth is that meaning's IDF.
        explained = self._added([term.ids[0] for term in plain], [term.weights[0] * term.worth for term in plain])
        several = [term for term in used if len(term.ids) > 1]
        covered = explained.copy() if several else explained
        for term in several:
            self._add(term, explained, covered)
        total = sum(term.worth for term in terms) or 1.0
        shares = explained.astype(np.float32)
        covers = (covered.astype(np.float32) if several else shares) / self._line_weight
        shares /= np.float32(total)
        np.minimum(shares, 1, out=shares)
        shares *= np.minimum(covers, 1, out=covers)
        return shares, exact

    def _within_budget(self, terms: list[Term]) -> tuple[list[Term], bool]:
        """Return the rarest terms whose lines are within the budget, at least one, and whether that is all."""
        sizes = [sum([int(self._spread[i]) for i in term.ids]) for term in terms]
        if sum(sizes) <= _BUDGET:
            return terms, True
        order, spent = sorted(range(len(terms)), key=sizes.__getitem__), 0
        for used, at in enumerate(order):
            spent += sizes[at]
            if used and spent > _BUDGET:
                return [terms[one] for one in order[:used]], False
        return terms, True

    def _added(self, ids: list[int], values: list[float]) -> Floats:
        """Add up the values of index terms over the lines that have them."""
        if not ids:
            return np.zeros(self._lines)
        rows = [self._postings.row(i) for i in ids]
        return sums(np.concatenate(rows), np.repeat(values, list(map(len, rows))), self._lines)

    def _add(self, term: Term, explained: Floats, covered: Floats) -> None:
        """Add what one term of several meanings explains and covers: a line that has two of them explains one."""
        best = np.zeros(self._lines, dtype=np.float32)
        for number, weight in zip(term.ids, term.weights, strict=True):
            lines = self._postings.row(number)
            best[lines] = np.maximum(best[lines], weight)
            covered[lines] += weight * self.idf[number]
        explained += best * term.worth

    def soft(self, terms: tuple[Term, ...], lines: Numbers) -> Floats:
        """√(share of the question's IDF that a line explains × share of the line's that the question explains)."""
        total = sum(term.worth for term in terms)
        places, line = self._terms.places(lines)
        items = self._terms.items[places]
        worths, covers = np.zeros(self._size), np.zeros(self._size)
        several = [term for term in terms if len(term.ids) > 1]
        for term in terms:
            for number, weight in zip(term.ids, term.weights, strict=True):
                covers[number] += weight * self.idf[number]
            if len(term.ids) == 1:
                worths[term.ids[0]] += term.weights[0] * term.worth
        explained = sums(line, worths[items], len(lines))
        for term in several:
            weights = np.zeros(self._size)
            weights[list(term.ids)] = term.weights
            best = np.zeros(len(lines))
            np.maximum.at(best, line, weights[items])
            explained += best * term.worth
        covered = sums(line, covers[items], len(lines)) / self._line_weight[lines]
        score: Floats = np.sqrt(np.minimum(explained / (total or 1), 1) * np.minimum(covered, 1))
        return score

    @staticmethod
    def known(terms: tuple[Term, ...]) -> float:
        """Return the share of the question's worth, sounds and groups aside, that the vocabulary knows, 0..1."""
        spelt = [term for term in terms if term.token]
        total = sum(term.worth for term in spelt)
        return sum(term.worth * max(term.weights, default=0.0) for term in spelt) / total if total else 0.0
