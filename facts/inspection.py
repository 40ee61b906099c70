"""All that `check` looks at: the base, its question sets, and the source's text where it is at hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from facts import sourcefile
from facts.evaluation import question_sets
from facts.loading import drafted, gather
from facts.problems import BrokenBase

if TYPE_CHECKING:
    from pathlib import Path

    from facts.draft import Draft
    from facts.problems import Problem


@dataclass(frozen=True, slots=True)
class Report:
    """What was looked at, and every problem, by file and line."""

    facts: int
    gaps: int
    questions: int
    problems: tuple[Problem, ...]


def inspect(folder: Path, source: Path | None = None) -> Report:
    """Look at a folder, and hold it against the source's text if that is given. Raises nothing, whatever they hold."""
    try:
        draft, problems = drafted(*gather(folder))
    except BrokenBase as broken:
        return Report(0, 0, 0, broken.problems)
    sets = question_sets(folder)
    problems += sets.problems
    known = draft.ids.get("facts", set())
    if "facts" not in draft.unread:
        problems += [each.unknown(fact) for each in sets.questions for fact in each.facts if fact not in known]
    if source:
        problems += _against_source(draft, source)
    every = BrokenBase(problems).problems
    return Report(len(draft.facts), len(draft.gaps), len(sets.questions), every)


def _against_source(draft: Draft, source: Path) -> list[Problem]:
    try:
        return list(sourcefile.against(draft, sourcefile.paragraphs_of(source)))
    except BrokenBase as broken:
        return list(broken.problems)
