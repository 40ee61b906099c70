"""What is done to a base aside, in a process of its own: read, check, index, and compare with what is served."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from bot.curation.beside import beside
from bot.curation.work import Built
from facts.gathering import gather, version_of
from facts.inbox import carried
from facts.loading import BrokenBase, finished
from facts.matching import Matcher
from facts.shelf import Shelf
from handlers.revisions import Step, nobody

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bot.curation.work import Work
    from facts.evaluation import Question
    from facts.model import FactBase
    from facts.problems import Problem
    from handlers.revisions import Told


def build(work: Work, tell: Callable[[FactBase | Built | tuple[Problem, ...]], object], told: Told = nobody) -> None:
    """Tell the base as soon as it is known, then what was built of it, and only then keep that for the next time.

    Problems are told in place of either; of a base that does not check, in place of both. `told` is told of each step.
    """
    told(Step("checking"))
    shelf = Shelf(work.place.cache)
    try:
        files, folder, problems = _files(work)
        kept = None if problems else shelf.kept(version_of(files))
        base = finished(files, problems) if kept is None else kept.base
    except BrokenBase as broken:
        tell(broken.problems)
        tell(broken.problems)
        return
    tell(base)
    told(Step("building", total=len(base.facts)))
    matcher = kept or Matcher(base, beside=beside)
    try:
        tell(_built(work, files, folder, matcher, told))
    except BrokenBase as broken:
        tell(broken.problems)
    if kept is None:
        shelf.keep(matcher)


def _files(work: Work) -> tuple[Mapping[str, bytes], str | None, Sequence[Problem]]:
    if work.files is not None:
        return work.files, None, ()
    found, problems = gather(work.place.folder)
    return carried(found, work.inbox), version_of(found), problems


def _built(work: Work, files: Mapping[str, bytes], folder: str | None, matcher: Matcher, told: Told) -> Built:
    """Raises `BrokenBase` where the folder's question sets do not fit it."""
    if work.served is None:
        return Built(files, matcher, None, folder)
    from facts.comparing import compare  # noqa: PLC0415 - a start compares nothing, and waits for what is loaded

    gc.enable()  # of what answering makes, nothing stays
    questions = _questions(work, matcher.base)
    if work.served.base.version == matcher.base.version:
        return Built(files, matcher, None, folder)
    change = compare(work.served, matcher, questions, work.known, lambda done, total: told(Step("asking", done, total)))
    return Built(files, matcher, change, folder)


def _questions(work: Work, base: FactBase) -> tuple[Question, ...]:
    """The folder's own sets must fit its facts; of another base only the questions that still have theirs are asked."""
    from facts.evaluation import question_sets  # noqa: PLC0415 - as above

    sets, known = question_sets(work.place.folder), base.fact_by_id
    lost = [(asked, fact) for asked in sets.questions for fact in asked.facts if fact not in known]
    problems = [*sets.problems, *(asked.unknown(fact) for asked, fact in lost)]
    if work.files is None and problems:
        raise BrokenBase(problems)
    return tuple(asked.question for asked in sets.questions if known.keys() >= set(asked.facts))
