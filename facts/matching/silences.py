"""Which gap of the base a question is: surely, in place of a fact that doesn't bear it out, or perhaps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facts.model import Fact, Gap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from facts.matching.assurance import Assurance
    from facts.matching.fitting import Fitting
    from facts.matching.hearing import Heard
    from facts.particulars import Particulars
    from facts.verdict import Candidate

WINDOW = 0.12
"""Within this of the best score, particulars decide."""
_PERHAPS, _LOOKED_AT = 0.1, 4
"""Least confidence at which a gap is told of as a guess, and how many of the first entries are looked at for one: of
the base's own lines, left out, half of those that find a gap first with so much are that gap's."""


class Silences:
    def __init__(self, particulars: Particulars, assurance: Assurance, fitting: Fitting) -> None:
        self._particulars = particulars
        self._assurance = assurance
        self._fitting = fitting

    def left_open(self, heard: Heard, gap: Gap) -> bool:
        """Return whether the best entry, a gap, surely is what the question asks."""
        if heard.ranked.exact:
            return True
        rivals = self._fitting.rivals(heard, gap, gaps=False)
        return self._assurance.sure(heard, heard.ranked.best, rivals) and self._fitting.told_of(heard, gap)

    def says_less(self, heard: Heard) -> bool:
        """Return whether the line of the best entry lacks something that the question names."""
        return not self._particulars.names_as_much(heard.reading, heard.ranked.best.line)

    def borne_out(self, heard: Heard, facts: Sequence[Candidate]) -> bool:
        """Return whether a fact close to the best gap prints what the question names: the source isn't silent of it.

        Not where the gap has words of the question that the fact lacks: what the 26 projects *invest*.
        """
        best, fact = heard.ranked.best, facts[0] if facts and not heard.ranked.exact else None
        if not fact or fact.score < best.score - WINDOW or not self._particulars.agreements(heard.reading, fact.fact):
            return False
        scored = heard.ranked.of(fact.fact)
        return scored is None or self._assurance.odd(heard, scored) <= self._assurance.odd(heard, best)

    def instead(self, heard: Heard, best: Fact) -> Gap | None:
        """Return the gap that the question surely is where no fact bears it out: since when Foshan has its trillion."""
        scored = next((each for each in heard.ranked.entries if isinstance(each.entry, Gap)), None)
        if scored is None or not isinstance(scored.entry, Gap):
            return None
        # What is looked up in all lines of a fact comes last.
        if not self._assurance.sure(heard, scored, ()) or self._fitting.bears_out(heard, best):
            return None
        facts = self._fitting.rivals(heard, scored.entry, gaps=False)
        rivals = [each for each in facts if isinstance(each.entry, Fact) and self._fitting.bears_out(heard, each.entry)]
        sure = self._assurance.sure(heard, scored, rivals) and self._fitting.told_of(heard, scored.entry)
        return scored.entry if sure else None

    def perhaps(self, heard: Heard) -> Gap | None:
        """Return the likeliest gap among the first entries, if it's likely enough to be told of as a guess."""
        looked_at = heard.ranked.entries[:_LOOKED_AT]
        gaps = [
            (self._assurance.confidence(heard, each), each.entry) for each in looked_at if isinstance(each.entry, Gap)
        ]
        likely = sorted((each for each in gaps if each[0] >= _PERHAPS), key=lambda each: -each[0])
        return next((gap for _, gap in likely if self._fitting.told_of(heard, gap)), None)
