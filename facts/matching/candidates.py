"""What may answer a question: every fact, gap and small-talk entry of a base, with the lines it is found by."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING

from facts.model import Fact, Gap, SmallTalk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from facts.model import FactBase

Entry = Fact | Gap | SmallTalk


@dataclass(frozen=True, slots=True)
class Phrasings:
    """All lines of a base, grouped by entry: line `i` belongs to `entries[owner[i]]`; owners never decrease.

    An entry without any line can't be found and is left out.

    `questions` are the numbers of the lines that are sample questions of facts and gaps.
    """

    entries: tuple[Entry, ...]
    lines: tuple[str, ...]
    owner: Sequence[int]
    questions: Sequence[int]


def phrasings(base: FactBase) -> Phrasings:
    every: tuple[Entry, ...] = (*base.facts, *base.gaps, *base.smalltalk)
    entries = tuple(entry for entry in every if lines_of(entry))
    lines: list[str] = []
    owner, questions = array("i"), array("i")
    for number, entry in enumerate(entries):
        asked = frozenset[str]() if isinstance(entry, SmallTalk) else frozenset(entry.ask.every)
        for line in lines_of(entry):
            if line in asked:
                questions.append(len(lines))
            lines.append(line)
            owner.append(number)
    return Phrasings(entries, tuple(lines), owner, questions)


def lines_of(entry: Entry) -> tuple[str, ...]:
    """Return how people ask for the entry; a fact is also found by what it says, a gap by its title."""
    lines = list(entry.ask.every)
    if not isinstance(entry, SmallTalk):
        lines += [entry.title.en, entry.title.zh]
    if isinstance(entry, Fact):
        lines += [entry.label.en, entry.label.zh, entry.text.en, entry.text.zh, *(e.phrase for e in entry.evidence)]
    return tuple(dict.fromkeys(lines))
