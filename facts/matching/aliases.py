"""What the lines of facts have of names and numbers, told by the vocabulary, which has read them."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

import numpy as np

from facts.folding import fold_line
from facts.model import Fact
from facts.particulars import Read
from facts.quantities import numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from facts.matching.candidates import Phrasings
    from facts.matching.vocabulary import Vocabulary
    from facts.naming import NameFinder

    Words = tuple[str, ...]


def reader(found: Phrasings, vocabulary: Vocabulary, names: NameFinder) -> Callable[[Fact], Iterator[Read]]:
    """Return what tells of a fact's lines the aliases in them, each once, and the numbers."""
    named = _named(found, vocabulary, names)
    lines = np.searchsorted(found.owner, np.arange(len(found.entries) + 1)).tolist()
    numbered = vocabulary.numbered.tolist()
    number = {entry.id: i for i, entry in enumerate(found.entries) if isinstance(entry, Fact)}

    def lines_of(fact: Fact) -> Iterator[Read]:
        entry = number[fact.id]
        yield from (Read(alias, ()) for alias in named[entry])
        for line in numbered[bisect_left(numbered, lines[entry]) : bisect_left(numbered, lines[entry + 1])]:
            yield Read((), numbers(fold_line(found.lines[line]).line))

    return lines_of


def _named(found: Phrasings, vocabulary: Vocabulary, names: NameFinder) -> list[dict[Words, None]]:
    """Return, for each entry, the aliases that stand in its lines, compared as the bytes of their words' numbers."""
    tokens = vocabulary.tokens
    alias_of: dict[bytes, Words] = {}
    sizes: dict[int, set[int]] = {}
    for alias in names.aliases:
        if all(word in vocabulary.number for word in alias):
            spelt = np.array([vocabulary.number[word] for word in alias], dtype=tokens.dtype)
            alias_of[spelt.tobytes()] = alias
            sizes.setdefault(int(spelt[0]), set()).add(spelt.nbytes)
    begins = np.zeros(len(vocabulary), dtype=bool)
    begins[list(sizes)] = True
    starts = np.flatnonzero(begins[tokens])
    line = np.searchsorted(vocabulary.ends, starts, side="right") - 1
    ends = vocabulary.ends[line + 1] * tokens.itemsize
    told = zip(starts.tolist(), ends.tolist(), tokens[starts].tolist(), np.asarray(found.owner)[line], strict=True)
    named: list[dict[Words, None]] = [{} for _ in found.entries]
    whole = tokens.tobytes()
    for place, end, word, owner in told:
        start = place * tokens.itemsize
        for size in sizes[word]:
            hit = alias_of.get(whole[start : start + size]) if start + size <= end else None
            if hit:
                named[owner][hit] = None
    return named
