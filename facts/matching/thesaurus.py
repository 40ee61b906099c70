"""Groups of words that people use for the same thing, in both languages: general language, and a base's own names."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from facts.text import is_han, stem, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Span = tuple[int, int, tuple[int, ...]]
"""Start, end (exclusive) and groups of an expression among words."""
_FILE = Path(__file__).with_name("thesaurus.txt")


class Thesaurus:
    """Finds groups in words, longest expression first; English in any inflection.

    Expressions come folded. They are kept by their forms in one string, with the number of the groups or of the sizes
    that many of them share: plain data, so that a start reads ten thousand of them from the shelf in a few ms.
    """

    def __init__(self, groups: Iterable[Iterable[str]]) -> None:
        self._size = 0
        self._forms: set[str] = set()
        found: dict[str, tuple[int, ...]] = {}
        sizes: dict[str, set[int]] = {}
        for number, group in enumerate(groups):
            self._size = number + 1
            for expression in group:
                if forms := [form(word) for word in words(expression)]:
                    key = " ".join(forms)
                    if number not in found.get(key, ()):
                        found[key] = (*found.get(key, ()), number)
                    sizes.setdefault(forms[0], set()).add(len(forms))
                    self._forms.update(forms)
        self._shared: list[tuple[int, ...]] = []
        self._groups = self._sharing(found)
        self._sizes = self._sharing({first: tuple(sorted(every, reverse=True)) for first, every in sizes.items()})

    def _sharing(self, values: Mapping[str, tuple[int, ...]]) -> dict[str, int]:
        """Return the places of the values in `_shared`, where each distinct one stands once."""
        first = len(self._shared)
        places = {value: first + at for at, value in enumerate(dict.fromkeys(values.values()))}
        self._shared.extend(places)
        return {key: places[value] for key, value in values.items()}

    def __len__(self) -> int:
        """The number of groups, counted from 0."""
        return self._size

    def expressions(self) -> dict[str, tuple[int, ...]]:
        """Return the groups of every expression; its forms are parted by a space."""
        return {forms: self._shared[place] for forms, place in self._groups.items()}

    def spans(self, forms: Sequence[str]) -> list[Span]:
        """Return where expressions stand: start, end (exclusive) and groups of each, without overlap."""
        spans: list[Span] = []
        free = 0
        for at, first in enumerate(forms):
            if at < free or first not in self._sizes:
                continue
            for size in self._shared[self._sizes[first]]:
                place = self._groups.get(" ".join(forms[at : at + size])) if at + size <= len(forms) else None
                if place is not None:
                    spans.append((at, at + size, self._shared[place]))
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
    """Return the groups that come with the program, folded as they stand in the file: folding takes the longest."""
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    return tuple(tuple(line.split(", ")) for line in lines if line and not line.startswith("#"))
