"""The commands that measure a base. Each prints, and returns an exit code: 0 if all is well."""

from __future__ import annotations

import sys
from collections import Counter
from random import Random
from typing import TYPE_CHECKING

from facts.differing import parted
from facts.evaluation import Asked, Tally, question_sets
from facts.output import counted
from facts.problems import BrokenBase
from facts.shipped import shipped

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator
    from pathlib import Path

    from facts.comparing import Comparison
    from facts.differing import Change
    from facts.matching import Matcher

_TOLD_EVERY = 1000


def evaluate(options: Namespace) -> int:
    """Ask each question set; 1 if a floor of the base isn't kept."""
    folder = options.folder or shipped()
    questions = _questions(folder)
    if not questions:
        print(f"{folder} has no question sets (eval/*.jsonl)")
        return 0
    matcher = matcher_of(folder, options.cache)
    missed = False
    for file in dict.fromkeys(each.file for each in questions):
        tally = Tally.of([each.question for each in questions if each.file == file], matcher.match)
        print(file, tally.table(), *tally.too_often(matcher.base.source.floors), "", sep="\n")
        missed = missed or bool(tally.too_often(matcher.base.source.floors))
    return 1 if missed else 0


def cross_validate(options: Namespace) -> int:
    """Ask a base its own lines, each as if the base lacked it, or its whole fact."""
    from facts.crossvalidation import trials  # noqa: PLC0415 - as below
    from facts.matching import Matcher  # noqa: PLC0415 - as below

    whole = matcher_of(options.folder, options.cache)
    chance = None if options.all else Random(options.seed)  # noqa: S311 - which lines, no secret
    every = list(trials(whole.base, chance))
    total, done, tally = sum(len(trial.questions) for trial in every), 0, Tally(Counter())
    for trial in every:
        # The thresholds that are served: they are no more than the base's own, computed in this very way.
        tally.marks.update(Tally.of(trial.questions, Matcher(trial.base, whole.thresholds).match).marks)
        done += len(trial.questions)
        print(f"{done} of {total} questions", file=sys.stderr)
    print(tally.table())
    return 0


def compare(options: Namespace) -> int:
    """Say what has changed between two bases; 1 if the new one answers more of its questions wrong."""
    from facts.comparing import compare as compared  # noqa: PLC0415 - as below

    questions = [each.question for each in _questions(options.new)]
    old, new = (matcher_of(folder, options.cache) for folder in (options.old, options.new))
    found = compared(old, new, questions)
    print(*_told(found), sep="\n")
    return 1 if found.refused else 0


def collisions(folder: Path | None, cache: Path | None) -> None:
    """List the sample questions that lead to another entry where they are left out, worst first."""
    from facts.colliding import Collider  # noqa: PLC0415 - as below

    matcher = matcher_of(folder, cache)
    near = Collider(matcher.base, matcher.ranked, matcher.ranker).near(_tell)
    print(f"{counted(len(near), 'question')} would find another entry if it were not in the base:")
    for each in near:
        print(f"{-each.lead:.2f}  {each.entry.id}: “{each.line}” → {each.rival.id}: “{each.met}”")


def matcher_of(folder: Path | None, cache: Path | None) -> Matcher:
    """Return the matcher of a folder, None for the shipped one; `cache` is a folder for built ones, None for none."""
    from facts.shelf import Shelf  # noqa: PLC0415 - numpy takes a while to load, and most commands need none

    return Shelf(cache).matcher(folder or shipped())


def _questions(folder: Path) -> tuple[Asked, ...]:
    sets = question_sets(folder)
    if sets.problems:
        raise BrokenBase(sets.problems)
    return sets.questions


def _told(found: Comparison) -> Iterator[str]:
    for change in found.changes:
        yield from _changed(change)
    for each in found.unquoted:
        yield f"new and not quoted: {each.entry.id}: {each.field}.{each.lang}: {each.numbers}"
    for each in found.swapped:
        yield f"another number of the same quotes: {each.entry.id}: {each.field}.{each.lang}: {each.numbers}"
    for clash in found.clashes:
        yield f"new and colliding: {clash.entry.id}: “{clash.line}” → {clash.rival.id}: “{clash.met}”"
    for gone in found.gone_wrong:
        answered = ", ".join(fact.id for fact in gone.answered)
        yield f"now wrong: {gone.question.id}: “{gone.question.q}” → {answered} (was: {gone.before})"
    verdict = "refused" if found.refused else "accepted"
    before, now = found.wrong
    wrong = f"answered wrong before: {before}, now: {now}"
    yield f"questions asked of both: {found.asked}; {wrong}; {verdict}"


def _changed(change: Change) -> Iterator[str]:
    """An entry that came or went, or where one differs, a line for each field and language."""
    if change.how in {"added", "removed"}:
        yield f"{change.sort} {change.how}: {change.id}: {change.title.en}"
    for each in change.differences:
        place = f"{change.sort}: {change.id}: {each.field}{f'.{each.lang}' if each.lang else ''}"
        if each.replaced:
            was, now = parted(*each.was, *each.now)
            yield f"{place}: “{was}” → “{now}”"
        else:
            lines = (*(("-", line) for line in each.was), *(("+", line) for line in each.now))
            yield from (f"{place}: {sign} “{line}”" for sign, line in lines)


def _tell(done: int, total: int) -> None:
    if done % _TOLD_EVERY == 0 or done == total:
        print(f"{done} of {total} questions", file=sys.stderr)
