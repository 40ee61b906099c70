"""What a person is offered where the question isn't answered: the nearest facts, and which of them first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facts.matching.confidence import CLEAR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from facts.particulars import Particulars
    from facts.verdict import Candidate

CHOICES = 3
_SHARE = 0.75
"""What is offered must score at least this share of the best one's."""


def offered(facts: Sequence[Candidate], near: float) -> tuple[Candidate, ...]:
    """Return at most three of the facts, those that score `near` at least and not much less than the best."""
    least = max(near, _SHARE * max([each.score for each in facts], default=0.0))
    return tuple(each for each in facts if each.score >= least)[:CHOICES]


def own_first(near: tuple[Candidate, ...], particulars: Particulars) -> tuple[Candidate, ...]:
    """Put what is told of a place the source is about before what comes as near: a district beside a district."""
    level = near[0].score - CLEAR if near else 0.0
    return tuple(sorted(near, key=lambda each: (each.score < level, not particulars.of_own(each.fact))))
