"""Groups of words that people use for the same thing, in both languages: general language, and a base's own names."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from facts.text import is_han, stem, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

Span = tuple[int, int, tuple[int, ...]]
"""Start, end (exclusive) and groups of an expression among words."""
_FILE = Path(__file__).with_name("thesaurus.txt")


@dataclass(slots=True)
class _Node:
    """A word of expressions: the groups of the one that ends with it, and the words that others go on with."""

    groups: tuple[int, ...] = ()
    after: dict[str, _Node] = field(default_factory=dict)


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

    def groups_of(self, lines: Iterable[Sequence[str]]) -> Iterator[tuple[int, ...]]:
        """Yield the distinct groups of lines of words given as forms (`form`), in order of appearance.

        For many lines only: it begins with a tree of all expressions, by which it takes a third of the time of `spans`.
        """
        tree = self._tree()
        for line in lines:
            found: dict[int, None] = {}
            at, last = 0, len(line)
            while at < last:
                node = tree.get(line[at])
                at += 1
                if node is None:
                    continue
                longest, to = node.groups, at
                while to < last and (node := node.after.get(line[to])) is not None:
                    to += 1
                    if node.groups:
                        longest, at = node.groups, to
                for group in longest:
                    found[group] = None
            yield tuple(found)

    def _tree(self) -> dict[str, _Node]:
        """Return all expressions word by word."""
        root = _Node()
        for forms, place in self._groups.items():
            node = root
            for each in forms.split(" "):
                after = node.after.get(each)
                if after is None:
                    after = node.after[each] = _Node()
                node = after
            node.groups = self._shared[place]
        return root.after

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
