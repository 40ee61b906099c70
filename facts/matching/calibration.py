"""Thresholds of one base, computed from the base itself at load: fixed ones answer what another base should refuse.

Two trials are run on a sample of the base's own lines. *Left out*: a line is asked as if the base lacked it; its entry
is the right answer. *Hidden*: a line is asked as if its whole entry did not exist; any answer is wrong.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from facts.matching.ranking import Ranking, Words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from facts.matching.candidates import Phrasings
    from facts.matching.ranking import Ranker
    from facts.model import Floors

WIDEST_MARGIN = 0.2
"""A lead over the runner-up that counts; more of it says no more."""
_SAMPLE = 300
_LEAST_SAMPLE = 12
_LINE_IS_HARDER = 3.0
"""How much more often a left-out line goes wrong than a person's question: curators choose lines unlike one another."""
_HIDING_IS_HARDER = 7.5
"""The same for hidden entries: their siblings stay and half answer them."""
_NEAR_SHARE = 0.08
"""Share of right entries, of left-out lines, that fall below the score from which an entry is worth offering."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """`answer`: least confidence for an answer. `near`: least score to be offered at all. Both 0..1 and of one base."""

    answer: float
    near: float


PLAIN = Thresholds(0.60, 0.40)
"""For a base too small to compute any."""


def confidence(score: float, runner_up: float) -> float:
    """Return score plus lead over the runner-up."""
    return score + min(max(score - runner_up, 0.0), WIDEST_MARGIN)


def calibrate(ranker: Ranker, phrasings: Phrasings, floors: Floors) -> Thresholds:
    """Compute the thresholds of a base from its sample questions."""
    lines, owner = phrasings.lines, phrasings.owner
    shared = {line for line, count in Counter(owner).items() if count > 1}
    usable = [line for line in phrasings.questions if owner[line] in shared]
    sample = usable[:: max(1, len(usable) // _SAMPLE)][:_SAMPLE]
    if len(sample) < _LEAST_SAMPLE or len(set(owner)) < 2:
        return PLAIN
    tokens = [Words.of(lines[line]) for line in sample]
    left = [ranker.rank(each, left_out=line) for each, line in zip(tokens, sample, strict=True)]
    right = np.array([r.entries[0] == owner[line] for r, line in zip(left, sample, strict=True)])
    hidden = _confidences([ranker.rank(each, without=owner[line]) for each, line in zip(tokens, sample, strict=True)])
    near = np.quantile([r.scores[0] for r, good in zip(left, right, strict=True) if good] or [PLAIN.near], _NEAR_SHARE)
    wrong = np.where(right, 0.0, _confidences(left))
    answer = max(
        _exceeded_by(wrong, _LINE_IS_HARDER * floors.answered_wrong),
        _exceeded_by(hidden, _HIDING_IS_HARDER * floors.answered_though_silent),
        float(near),
    )
    return Thresholds(answer, float(near))


def _confidences(rankings: list[Ranking]) -> NDArray[np.float64]:
    return np.array(
        [confidence(float(r.scores[0]), float(r.scores[1]) if len(r.scores) > 1 else 0.0) for r in rankings]
    )


def _exceeded_by(values: NDArray[np.float64], share: float) -> float:
    """Return the value that at most this share of `values` reaches."""
    return float(np.quantile(values, max(0.0, 1 - share), method="higher")) + 1e-6
