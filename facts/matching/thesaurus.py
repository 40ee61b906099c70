"""Groups of words that people use for the same thing, in both languages: general language, and a base's own names."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from facts.text import fold, is_han, stem, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Span = tuple[int, int, tuple[int, ...]]
"""Start, end (exclusive) and groups of an expression among words."""
_FILE = Path(__file__).with_name("thesaurus.txt")


class Thesaurus:
    """Finds groups in words, longest expression first; English in any inflection."""

    def __init__(self, groups: Iterable[Iterable[str]]) -> None:
        self._groups: dict[tuple[str, ...], tuple[int, ...]] = {}
        self._sizes: dict[str, tuple[int, ...]] = {}
        self._forms: set[str] = set()
        self._size = 0
        for number, group in enumerate(groups):
            self._size += 1
            for expression in group:
                self._learn(tuple(form(word) for word in words(fold(expression))), number)

    def _learn(self, forms: tuple[str, ...], number: int) -> None:
        if forms:
            self._groups[forms] = tuple(dict.fromkeys((*self._groups.get(forms, ()), number)))
            self._sizes[forms[0]] = tuple(sorted({*self._sizes.get(forms[0], ()), len(forms)}, reverse=True))
            self._forms.update(forms)

    def __len__(self) -> int:
        """The number of groups, counted from 0."""
        return self._size

    def groups(self, forms: Sequence[str]) -> tuple[int, ...]:
        """Return the distinct groups of words given as forms (`form`), in order of appearance."""
        return tuple(dict.fromkeys(group for _, _, groups in self.spans(forms) for group in groups))

    def spans(self, forms: Sequence[str]) -> list[Span]:
        """Return where expressions stand: start, end (exclusive) and groups of each, without overlap."""
        spans: list[Span] = []
        free = 0
        for at, first in enumerate(forms):
            if at < free or first not in self._sizes:
                continue
            for size in self._sizes[first]:
                groups = self._groups.get(tuple(forms[at : at + size])) if at + size <= len(forms) else None
                if groups:
                    spans.append((at, at + size, groups))
                    free = at + size
                    break
        return spans

    def knows(self, word: str) -> bool:
        """Return whether the word, in any inflection, stands in any expression."""
        return form(word) in self._forms


def form(word: str) -> str:
    """Return a folded word as the thesaurus compares it."""
    return word if is_han(word) else stem(word)


@cache
def general() -> tuple[tuple[str, ...], ...]:
    """Return the groups that come with the program."""
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    return tuple(tuple(line.split(",")) for line in lines if line and not line.startswith("#"))
