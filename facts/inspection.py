"""All that `check` looks at: the base, its question sets, and the source's text where it is at hand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from facts import sourcefile
from facts.checking.grounding import warnings
from facts.evaluation import question_sets
from facts.gathering import gather
from facts.loading import drafted
from facts.model import LANGS
from facts.problems import BrokenBase

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from facts.draft import Draft
    from facts.problems import Problem
    from facts.shape import Located


@dataclass(frozen=True, slots=True)
class Report:
    """What was looked at, every problem, and what should be looked at again, by file and line."""

    facts: int
    gaps: int
    questions: int
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...] = ()


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
    problems += [] if problems else _clashes(draft)
    every = BrokenBase(problems).problems
    warned = BrokenBase([] if source else warnings(draft)).problems
    return Report(len(draft.facts), len(draft.gaps), len(sets.questions), every, warned)


def _clashes(draft: Draft) -> Iterator[Problem]:
    """Yield the sample questions that find another entry, of a base that is whole otherwise."""
    from facts.colliding import Collider  # noqa: PLC0415 - numpy takes a while to load; a broken base needs none
    from facts.matching import Matcher  # noqa: PLC0415 - the same

    base = draft.base("")
    matcher = cache(lambda: Matcher(base))
    entries: list[Located[Any]] = [*draft.facts, *draft.gaps, *draft.smalltalk, *draft.heard]
    # No two entries share a question.
    placed = {line: (each, lang) for each in entries for lang in LANGS for line in each.entry.ask.of(lang)}
    for clash in Collider(base, lambda line: matcher().ranked(line)).clashes():
        each, lang = placed[clash.line]
        number = each.entry.ask.of(lang).index(clash.line)
        values = {"value": clash.line, "other": clash.rival.id, "met": clash.met}
        yield each.problem("colliding-question", "ask", lang, number, **values)


def _against_source(draft: Draft, source: Path) -> list[Problem]:
    try:
        return list(sourcefile.against(draft, sourcefile.paragraphs_of(source)))
    except BrokenBase as broken:
        return list(broken.problems)
