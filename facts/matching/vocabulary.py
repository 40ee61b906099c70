"""The words of a base and what an asked word may mean among them: itself, a repaired spelling, its sound."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from facts.matching.lines import read as lines_of
from facts.matching.thesaurus import form
from facts.text import is_han, pinyin_of, stem, syllable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from facts.matching.lines import Beside, Lines
    from facts.matching.thesaurus import Span, Thesaurus

REPAIR_FROM = 0.70
"""Least OSA similarity of a repair; MATCHING's measure."""
_OTHER_FIRST_LETTER = 0.85
_SWAPPED = 0.7
_LOOSE, _MOST_LOOSE = 0.45, 3
"""Weight of a word that a slip in a short one may have been, too little to explain it; and how many."""
_MOST_REPAIRS = 4
_REMEMBERED = 1024
_RARELY = 10
"""How many times as frequent as the stem of a word a repair must be to be thought of beside it."""
_SHORTEST_REPAIRED = 4
_LOOSE_FROM = 6
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Asked:
    """One token of a question: the words of the base it may mean, each with a weight up to 1; none for an unknown word.

    `sounds` are its syllables: of a Han character, or of a Latin word that is no word of the base but reads as pinyin.
    """

    token: str
    means: tuple[tuple[int, float], ...]
    sounds: tuple[str, ...] = ()

    @property
    def known(self) -> float:
        return max((weight for _, weight in self.means), default=0.0)


@dataclass(frozen=True, slots=True)
class Query:
    """A question: its tokens, the groups, that any line has, of the thesaurus, typos mended, and of the amounts in it.

    `spans` are the places of the thesaurus's expressions among the tokens.
    """

    asked: tuple[Asked, ...]
    groups: tuple[int, ...]
    spans: tuple[Span, ...]


class Vocabulary:
    """All distinct tokens of the lines, numbered; `tokens` and `ends` spell each line as numbers.

    `grouped` pairs lines (first row) with the groups of the thesaurus and the amounts in them (second row); `numbered`
    are the lines with a year, a date or a quantity.
    """

    def __init__(self, lines: Sequence[str], thesaurus: Thesaurus, beside: Beside = lambda work: work) -> None:
        self._thesaurus = thesaurus
        self._seen: dict[str, Asked] = {}
        read = lines_of(lines, thesaurus, beside)
        self.words, self.tokens, self.ends = read.words, read.tokens, read.ends
        self.number = {word: number for number, word in enumerate(self.words)}
        self.numbered = np.fromiter(read.amounts, np.int32, len(read.amounts))
        self.stem_number: dict[str, int] = {}
        forms = map(form, self.words)
        self.stem = np.fromiter((self.stem_number.setdefault(f, len(self.stem_number)) for f in forms), np.int32)
        said = dict.fromkeys(each for every in read.amounts.values() for each in every)
        self._amount_number = {each: number for number, each in enumerate(said, len(thesaurus))}
        self.grouped = self._grouped(read)
        self._said = frozenset(self.grouped[1].tolist())
        self._count = np.bincount(self.tokens, minlength=len(self.words))
        self._repairable()

    def _grouped(self, read: Lines) -> NDArray[np.int32]:
        """Put the amounts of a line after its groups."""
        amounted = [
            (line, self._amount_number[each]) for line, every in read.amounts.items() for each in dict.fromkeys(every)
        ]
        both = np.concatenate((read.grouped, np.array(amounted, dtype=np.int32).reshape(-1, 2).T), axis=1)
        return both[:, np.argsort(both[0], kind="stable")]

    def __len__(self) -> int:
        return len(self.words)

    def spelt(self, line: int) -> tuple[str, ...]:
        """Return the words of a line, `words(fold(line))`, without reading it again."""
        return tuple(map(self.words.__getitem__, self.tokens[self.ends[line] : self.ends[line + 1]].tolist()))

    def _repairable(self) -> None:
        fit = [i for i, w in enumerate(self.words) if len(w) >= 2 and w.isascii() and w.isalpha()]
        self._fit = np.array(fit, dtype=np.int64)
        self._letters = np.array([letters(self.words[i]) for i in fit], dtype=np.uint32)
        self._length = np.array([len(self.words[i]) for i in fit], dtype=np.int16)
        self._little = {i: self.words[i] for i in fit if len(self.words[i]) <= _SHORTEST_REPAIRED}

    def ask(self, tokens: Iterable[str], said: Iterable[str] = ()) -> Query:
        """Return what each token of a question may mean, and the groups of the tokens and of the amounts `said`."""
        asked = self.asked(tokens)
        mended = [form(word) for word in self.meant(asked)]
        amounted = [self._amount_number[each] for each in dict.fromkeys(said) if each in self._amount_number]
        spans = self._thesaurus.spans(mended)
        grouped = dict.fromkeys(group for _, _, groups in spans for group in groups if group in self._said)
        return Query(asked, (*grouped, *amounted), tuple(spans))

    def meant(self, asked: Iterable[Asked]) -> list[str]:
        """Return each token as the word of the base that it most likely is, or as it stands."""
        return [self.words[one.means[0][0]] if one.means else one.token for one in asked]

    def asked(self, tokens: Iterable[str]) -> tuple[Asked, ...]:
        """Return what each token of a question may mean."""
        return tuple(self._remembered(token) for token in tokens)

    def _remembered(self, token: str) -> Asked:
        """Look a token up once: repairs take the longest of all, and a question is heard in parts."""
        found = self._seen.get(token)
        if found is None:
            if len(self._seen) >= _REMEMBERED:
                self._seen.clear()
            found = self._seen[token] = self._asked(token)
        return found

    def _asked(self, token: str) -> Asked:
        if is_han(token):
            sound = syllable(token)
            known = ((self.number[token], 1.0),) if token in self.number else ()
            return Asked(token, known, (sound,) if sound else ())
        if token in self.number:
            return Asked(token, ((self.number[token], 1.0),))
        repaired = self._repair(token)
        if stem(token) in self.stem_number:
            near = self._of_stem(stem(token))
            return Asked(token, ((near, 1.0), *self._likelier(near, repaired)))
        sounds = pinyin_of(token) if not repaired and len(token) > 1 else ()
        return Asked(token, repaired, sounds)

    def _likelier(self, known: int, repaired: tuple[tuple[int, float], ...]) -> tuple[tuple[int, float], ...]:
        """Return the repairs of a form that no line has which are far more frequent than its stem: "singed" companies.

        The stem's own word may be meant all the same, so that they come second.
        """
        rare = _RARELY * int(self._count[known])
        return tuple((word, weight) for word, weight in repaired if self._count[word] >= rare)

    def _of_stem(self, term: str) -> int:
        return int(np.flatnonzero(self.stem == self.stem_number[term])[0])

    def _repair(self, token: str) -> tuple[tuple[int, float], ...]:
        """Return words within one letter's length (two from six letters on), weighted by similarity."""
        if not (token.isascii() and token.isalpha()):
            return ()
        if len(token) < _SHORTEST_REPAIRED:
            return self._short(token)
        slack = 2 if len(token) >= _LOOSE_FROM else 1
        most_edits = int((1 - REPAIR_FROM) * (len(token) + slack))
        differing = np.bitwise_count(self._letters ^ np.uint32(letters(token)))
        fit = (np.abs(self._length - len(token)) <= slack) & (differing <= 2 * most_edits)
        near = self._fit[fit].tolist()
        found = process.extract(
            token,
            [self.words[i] for i in near],
            scorer=OSA.normalized_similarity,
            score_cutoff=REPAIR_FROM,
            limit=_MOST_REPAIRS,
        )
        return tuple((near[at], sim * (1.0 if word[0] == token[0] else _OTHER_FIRST_LETTER)) for word, sim, at in found)

    def _short(self, token: str) -> tuple[tuple[int, float], ...]:
        """Mend a short word: two neighbouring letters in the wrong order, "tpo", or, little trusted, one other slip."""
        swaps = {token[:i] + token[i + 1] + token[i] + token[i + 2 :] for i in range(len(token) - 1)}
        swapped = tuple(
            (self.number[word], _SWAPPED) for word in sorted(swaps) if word in self.number and len(word) > 1
        )
        if swapped:
            return swapped
        near = process.extract(token, self._little, scorer=OSA.distance, score_cutoff=1, limit=None)
        # What reads as pinyin, "shi", is no slip in "hi".
        shortest = _SHORTEST_REPAIRED - 1 if pinyin_of(token) else 2
        likely = (i for word, _, i in near if len(word) >= shortest)
        often = sorted(likely, key=lambda i: -int(self._count[i]))[:_MOST_LOOSE]
        return tuple((i, _LOOSE * (1.0 if self.words[i][0] == token[0] else _OTHER_FIRST_LETTER)) for i in often)


def letters(word: str) -> int:
    """Return which letters a word has, a bit each: two words one edit apart differ in at most two bits."""
    return sum(1 << _ALPHABET.index(c) for c in set(word))


def pairs(numbers: NDArray[np.int32], ends: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return, for each token, whether the next one stands in the same line."""
    follows = np.ones(len(numbers), dtype=bool)
    follows[ends[1:][ends[1:] > 0] - 1] = False
    return follows
