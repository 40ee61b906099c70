"""Why a verdict came out as it did, gathered for people: `facts.explaining` words it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facts.model import Fact
from facts.text import fold, is_han, words
from facts.verdict import Candidate, Reasons

if TYPE_CHECKING:
    from facts.matching.candidates import Entry
    from facts.matching.hearing import Heard

_WORDS_SHOWN = 8


def reasons_for(heard: Heard, chosen: Entry | None, threshold: float, version: str) -> Reasons:
    """Return the reasons for choosing an entry, None for the best one."""
    entries = heard.ranked.entries
    if not entries:
        return Reasons(particulars=heard.particulars, version=version)
    best = next((each for each in entries if each.entry is chosen), entries[0])
    others = (each for each in entries if each.entry is not best.entry)
    runner_up = next((Candidate(each.entry, each.score) for each in others if isinstance(each.entry, Fact)), None)
    return Reasons(
        phrasing=best.line,
        words=shared_words(heard.tokens, best.line),
        particulars=heard.particulars,
        runner_up=runner_up,
        score=best.score,
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
