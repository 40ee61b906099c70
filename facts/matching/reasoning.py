"""Why a verdict came out as it did, gathered for people: `facts.explaining` words it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facts.model import Fact
from facts.text import fold, is_han, words
from facts.verdict import Candidate, Reasons

if TYPE_CHECKING:
    from facts.matching.hearing import Heard
    from facts.matching.ranked import Scored

_WORDS_SHOWN = 8


def reasons_for(heard: Heard, best: Scored | None, confidence: float, threshold: float, version: str) -> Reasons:
    """Return the reasons for choosing an entry, None where there is none."""
    if not best:
        return Reasons(particulars=heard.particulars, version=version)
    others = (each for each in heard.ranked.entries if each is not best)
    runner_up = next((Candidate(each.entry, each.score) for each in others if isinstance(each.entry, Fact)), None)
    return Reasons(
        phrasing=best.line,
        words=shared_words(heard.tokens, best.line),
        particulars=heard.particulars,
        runner_up=runner_up,
        score=confidence,
        threshold=threshold,
        version=version,
    )


def shared_words(tokens: tuple[str, ...], line: str) -> tuple[str, ...]:
    """Return the words of the question that the line has too, Han characters in runs."""
    theirs = set(words(fold(line)))
    found: list[str] = []
    joined = False
    for token in tokens:
        if token not in theirs:
            joined = False
        elif is_han(token) and joined:
            found[-1] += token
        else:
            found.append(token)
            joined = is_han(token)
    return tuple(dict.fromkeys(found))[:_WORDS_SHOWN]
