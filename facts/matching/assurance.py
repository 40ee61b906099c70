"""How sure it is that an entry answers a question, beside all the others that were found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facts.matching.confidence import CLEAR, Confidence
from facts.matching.signs import Signs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from facts.matching.calibration import Thresholds
    from facts.matching.hearing import Heard
    from facts.matching.ranked import Scored
    from facts.matching.ranking import Ranker
    from facts.matching.signs import Explained


class Assurance:
    def __init__(self, ranker: Ranker, thresholds: Thresholds) -> None:
        self._explainer = ranker.explainer
        self._confidence = Confidence(thresholds.weights)
        self._least = thresholds.answer

    def sure(self, heard: Heard, scored: Scored, rivals: Sequence[Scored]) -> bool:
        """Return whether an entry clearly leads its rivals, and is likely enough beside all the others."""
        clear = all(scored.score - each.score >= CLEAR for each in rivals)
        return clear and self.confidence(heard, scored) >= self._least

    def confidence(self, heard: Heard, scored: Scored) -> float:
        """Return how likely an entry answers, 0..1.

        In a base of one entry, leading nobody is no sign of being right.
        """
        every = heard.ranked.entries
        rivals = [each for each in every if each is not scored or len(every) == 1]
        score = max([each.score for each in rivals])
        pull = max([each.pull for each in rivals])
        explained = self._explained(heard, scored)
        return self._confidence.of(Signs.of(scored.score, score, scored.pull, pull, explained))

    def odd(self, heard: Heard, scored: Scored) -> float:
        """Return how much of the question an entry's lines lack, 0 for nothing."""
        return self._explained(heard, scored).odd

    def _explained(self, heard: Heard, scored: Scored) -> Explained:
        """Look at what an entry explains once: a verdict's reasons tell the same as the verdict was made of."""
        if scored.number not in heard.explained:
            heard.explained[scored.number] = self._explainer.explained(heard.query, scored.number)
        return heard.explained[scored.number]
