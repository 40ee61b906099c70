"""The lines of a base as numbers: read in halves, so that another process may read one of them."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

import numpy as np

from facts.folding import fold_line, fold_lines
from facts.matching.grouping import grouped
from facts.matching.thesaurus import form
from facts.quantities import amounts, may_count, numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from facts.matching.thesaurus import Thesaurus

T = TypeVar("T")


class Beside(Protocol):
    def __call__(self, work: Callable[[], T], /) -> Callable[[], T]:
        """Begin with some work, and return what waits for its result."""
        ...


class Lines(NamedTuple):
    """`tokens` and `ends` spell each line as places in `words`, the distinct ones in order of appearance.

    `grouped` pairs lines (first row) with the groups of the thesaurus in them (second row), line by line; `amounts` are
    those of the lines with a year, a date or a quantity.
    """

    words: tuple[str, ...]
    tokens: NDArray[np.int32]
    ends: NDArray[np.int64]
    grouped: NDArray[np.int32]
    amounts: dict[int, tuple[str, ...]]

    def __add__(self, more: object) -> Lines:
        """Return all lines, `more` after these."""
        if not isinstance(more, Lines):
            return NotImplemented
        number_of = _numbered(self.words)
        number = np.fromiter(map(number_of.__getitem__, more.words), np.int32, len(more.words))
        before = len(self.ends) - 1
        return Lines(
            tuple(number_of),
            np.concatenate((self.tokens, number[more.tokens])),
            np.concatenate((self.ends, more.ends[1:] + self.ends[-1])),
            np.concatenate((self.grouped, more.grouped + np.array([[before], [0]], dtype=np.int32)), axis=1),
            self.amounts | {before + line: said for line, said in more.amounts.items()},
        )


def read(lines: Sequence[str], thesaurus: Thesaurus, beside: Beside) -> Lines:
    """Read all lines, the second half of them beside."""
    half = len(lines) // 2
    rest = beside(lambda: _read(lines[half:], thesaurus))
    return _read(lines[:half], thesaurus) + rest()


class _Numbers(dict[str, int]):
    """Numbers words as they come."""

    def __missing__(self, word: str) -> int:
        self[word] = number = len(self)
        return number


def _numbered(every: Sequence[str]) -> _Numbers:
    return _Numbers({word: number for number, word in enumerate(every)})


def _read(lines: Sequence[str], thesaurus: Thesaurus) -> Lines:
    """Number the words line by line: a hundred thousand lines are never all in memory as strings of words."""
    tokens, ends = array("i"), array("q", [0])
    number_of = _Numbers()
    fold_lines(lines)
    for line in lines:
        tokens.extend(map(number_of.__getitem__, fold_line(line).words.split()))
        ends.append(len(tokens))
    every = tuple(number_of)
    spelt, stops = np.array(tokens, dtype=np.int32), np.array(ends, dtype=np.int64)
    groups = grouped(thesaurus, [form(word) for word in every], spelt, stops)
    return Lines(every, spelt, stops, groups, _said(lines, every, spelt, stops))


def _said(
    lines: Sequence[str], every: Sequence[str], spelt: NDArray[np.int32], ends: NDArray[np.int64]
) -> dict[int, tuple[str, ...]]:
    """Return the amounts of the lines with numbers; only those with a word that may begin one are read for them."""
    may = np.fromiter(map(may_count, every), bool, len(every))
    likely = np.unique(np.searchsorted(ends, np.flatnonzero(may[spelt]), side="right") - 1).tolist()
    folded = ((line, fold_line(lines[line]).line) for line in likely)
    return {line: amounts(text) for line, text in folded if numbers(text)}
