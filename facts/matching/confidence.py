"""How likely an entry answers a question, by its signs: a logistic regression fitted on trials of the base itself."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp
from operator import mul
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from facts.matching.signs import Signs

CLEAR = 0.06
"""Lead over the runner-up below which an entry isn't told from it."""
_PRIOR = (-1.0, 0.75, 0.35, 0.35, 0.6, 0.15, -0.9, 0.4)
"""Bias and weights where a base is too small to tell: the middle of those of several bases."""
_TRUST = 100.0
"""Trials that the prior is worth."""
_STEPS = 12
_LEAST_STEP = 1e-6


@dataclass(frozen=True, slots=True)
class Confidence:
    """Weights of the signs, the bias first."""

    weights: tuple[float, ...] = _PRIOR

    def of(self, signs: Signs) -> float:
        """Return the confidence 0..1 that the entry answers the question."""
        value = self.weights[0] + sum(map(mul, signs.scaled(), self.weights[1:]))
        return 1 / (1 + exp(-min(max(value, -30.0), 30.0)))


def fitted(signs: Sequence[Signs], right: NDArray[np.bool_]) -> Confidence:
    """Fit by Newton's steps, held to the prior by `_TRUST` (a Gaussian prior on the weights).

    A step that would make the fit worse is halved: undamped ones diverge where signs nearly decide.
    """
    prior = np.array(_PRIOR)
    table = np.column_stack((np.ones(len(signs)), np.array([each.scaled() for each in signs])))

    def loss(weights: NDArray[np.float64]) -> float:
        value = table @ weights
        return float(np.logaddexp(0, value).sum() - value[right].sum() + _TRUST / 2 * ((weights - prior) ** 2).sum())

    weights = prior.copy()
    for _ in range(_STEPS):
        likely = 1 / (1 + np.exp(-np.clip(table @ weights, -30, 30)))
        slope = table.T @ (right - likely) - _TRUST * (weights - prior)
        bend = (table * (likely * (1 - likely))[:, None]).T @ table + _TRUST * np.eye(len(prior))
        step = np.linalg.solve(bend, slope)
        while loss(weights + step) > loss(weights) and float(np.abs(step).max()) > _LEAST_STEP:
            step = step / 2
        weights = weights + step
    return Confidence(tuple(weights.tolist()))
