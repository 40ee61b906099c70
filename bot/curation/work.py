"""What is done to a base aside, in a process of its own: read, check, index, and compare with what is served."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from facts.comparing import compare
from facts.evaluation import question_sets
from facts.inbox import carried
from facts.loading import BrokenBase, gather, version_of
from facts.shelf import Shelf
from handlers.revisions import Step, nobody

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from facts.comparing import Comparison
    from facts.evaluation import Mark, Question
    from facts.loading import Problem
    from facts.matching import Matcher
    from facts.model import FactBase
    from handlers.revisions import Told


@dataclass(frozen=True, slots=True)
class Place:
    """`folder`: where the facts of this installation stand, absolute; `cache`: where built matchers are kept."""

    folder: Path
    cache: Path | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """`files` None: those of the folder, whose question sets are asked in any case.

    `inbox`: what a folder without an inbox gets. `served`: what the base is compared with; None to build it only.
    `known`: how that did on questions that it was asked before.
    """

    place: Place
    files: Mapping[str, bytes] | None = None
    inbox: bytes | None = None
    served: Matcher | None = None
    known: Mapping[Question, Mark] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Built:
    """`change`: what it changes in what is served; None where nothing is or the two are the same.

    `folder`: what the folder was, where this was made of it.
    """

    files: Mapping[str, bytes]
    matcher: Matcher
    change: Comparison | None
    folder: str | None = None


def build(work: Work, told: Told = nobody) -> Built | tuple[Problem, ...]:
    """Return the problems of a base that does not check; `told` is told of each step."""
    told(Step("checking"))
    try:
        files, folder, problems = _files(work)
        matcher = Shelf(work.place.cache).of_files(
            files, problems, told=lambda base: told(Step("building", total=len(base.facts)))
        )
        questions = _questions(work, matcher.base)
    except BrokenBase as broken:
        return broken.problems
    if work.served is None or work.served.base.version == matcher.base.version:
        return Built(files, matcher, None, folder)
    change = compare(work.served, matcher, questions, work.known, lambda done, total: told(Step("asking", done, total)))
    return Built(files, matcher, change, folder)


def _files(work: Work) -> tuple[Mapping[str, bytes], str | None, Sequence[Problem]]:
    if work.files is not None:
        return work.files, None, ()
    found, problems = gather(work.place.folder)
    return carried(found, work.inbox), version_of(found), problems


def _questions(work: Work, base: FactBase) -> tuple[Question, ...]:
    """The folder's own sets must fit its facts; of another base only the questions that still have theirs are asked."""
    sets, known = question_sets(work.place.folder), base.fact_by_id
    lost = [(asked, fact) for asked in sets.questions for fact in asked.facts if fact not in known]
    problems = [*sets.problems, *(asked.unknown(fact) for asked, fact in lost)]
    if work.files is None and problems:
        raise BrokenBase(problems)
    return tuple(asked.question for asked in sets.questions if known.keys() >= set(asked.facts))
