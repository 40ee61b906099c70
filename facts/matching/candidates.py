"""What may answer a question: every fact, gap and small-talk entry of a base, with the lines it is found by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from facts.model import Fact, Gap, SmallTalk

if TYPE_CHECKING:
    from facts.model import FactBase

Entry = Fact | Gap | SmallTalk


@dataclass(frozen=True, slots=True)
class Phrasings:
    """All lines of a base, grouped by entry: line `i` belongs to `entries[owner[i]]`; owners never decrease."""

    entries: tuple[Entry, ...]
    lines: tuple[str, ...]
    owner: tuple[int, ...]


def phrasings(base: FactBase) -> Phrasings:
    entries: tuple[Entry, ...] = (*base.facts, *base.gaps, *base.smalltalk)
    pairs = [(line, i) for i, entry in enumerate(entries) for line in lines_of(entry)]
    return Phrasings(entries, tuple(line for line, _ in pairs), tuple(i for _, i in pairs))


def lines_of(entry: Entry) -> tuple[str, ...]:
    """Return how people ask for the entry; a fact or gap is also found by its own title."""
    if isinstance(entry, SmallTalk):
        return entry.ask.every
    return tuple(dict.fromkeys((*entry.ask.every, entry.title.en, entry.title.zh)))
