"""A ranking with its entries and lines: what verdicts are made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from facts.model import Fact
from facts.verdict import Candidate

if TYPE_CHECKING:
    from facts.matching.candidates import Entry


class Scored(NamedTuple):
    """An entry, its score 0..1, its line that overlaps most with the question, the ridge's part, and its number.

    `place` is the number of the line.
    """

    entry: Entry
    score: float
    line: str
    pull: float
    number: int
    place: int


@dataclass(frozen=True, slots=True)
class Ranked:
    """Entries best first. `exact`: the question is, but for small words, one of the best one's lines."""

    entries: tuple[Scored, ...]
    exact: bool = False

    @property
    def best(self) -> Scored:
        return self.entries[0]

    def facts(self) -> list[Candidate]:
        return [Candidate(each.entry, each.score) for each in self.entries if isinstance(each.entry, Fact)]

    def of(self, entry: Entry) -> Scored | None:
        return next((each for each in self.entries if each.entry is entry), None)

    def line_of(self, fact: Fact) -> str:
        found = self.of(fact)
        return found.line if found else ""

    def score_of(self, fact_id: str) -> float:
        """Return the fact's score, 0 where it did not come into the ranking."""
        found = (each.score for each in self.entries if isinstance(each.entry, Fact) and each.entry.id == fact_id)
        return next(found, 0.0)
