"""Why a verdict came out as it did, gathered for people: `facts.explaining` words it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facts.model import Fact
from facts.verdict import Reasons

if TYPE_CHECKING:
    from facts.matching.hearing import Heard
    from facts.matching.ranked import Scored


def joined(one: Reasons, other: Reasons) -> Reasons:
    """Return the reasons for answering both halves of a question: as sure as the less sure of them."""
    less = min(one, other, key=lambda each: each.score or 0.0)
    return Reasons(
        phrasing=" · ".join(filter(None, (one.phrasing, other.phrasing))),
        tokens=one.tokens + other.tokens,
        particulars=one.particulars + other.particulars,
        score=less.score,
        threshold=less.threshold,
        version=one.version,
    )


def reasons_for(heard: Heard, best: Scored | None, confidence: float, threshold: float, version: str) -> Reasons:
    """Return the reasons for choosing an entry, None where there is none."""
    if not best:
        return Reasons(particulars=heard.particulars, version=version)
    others = (each for each in heard.ranked.entries if each is not best)
    runner_up = next((each.entry for each in others if isinstance(each.entry, Fact)), None)
    return Reasons(
        phrasing=best.line,
        tokens=heard.tokens,
        particulars=heard.particulars,
        runner_up=runner_up,
        score=confidence,
        threshold=threshold,
        version=version,
    )
