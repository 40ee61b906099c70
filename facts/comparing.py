"""Two bases compared: what has changed, and whether the new one answers more questions wrong. Gate of a reload."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from facts.colliding import Collider
from facts.evaluation import mark
from facts.verdict import Answer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from facts.colliding import Collision
    from facts.evaluation import Mark, Question
    from facts.matching import Matcher
    from facts.matching.candidates import Entry
    from facts.model import Fact, FactBase, Gap
    from facts.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Changes:
    """Ids of entries of one sort, in the order of the base.

    `reworded` are those that differ in more than their sample questions, `asked` those that differ in these alone.
    """

    added: tuple[str, ...]
    removed: tuple[str, ...]
    reworded: tuple[str, ...]
    asked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoneWrong:
    """A question that the new base answers wrong, with these facts, and the old one did not."""

    question: Question
    before: Mark
    answered: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """`asked` questions were asked of both bases; how many each answered right, and wrong.

    `others` counts the names, topics and small talk that differ, and the source if it does. `clashes` are sample
    questions that are new and find another entry than their own.
    """

    facts: Changes
    gaps: Changes
    others: int
    asked: int
    right_before: int
    right_now: int
    wrong_before: int
    wrong_now: int
    gone_wrong: tuple[GoneWrong, ...]
    clashes: tuple[Collision, ...]

    @property
    def refused(self) -> bool:
        """Whether the new base may not replace the old one."""
        return self.wrong_now > self.wrong_before


def compare(old: Matcher, new: Matcher, questions: Iterable[Question]) -> Comparison:
    """Ask both bases and compare what they hold; takes some seconds for some hundreds of questions.

    Questions of which the old base knows none of the answering facts say nothing of it, and are left out.
    """
    fit = [each for each in questions if not each.facts or any(i in old.base.fact_by_id for i in each.facts)]
    verdicts = [(each, old.match(each.q), new.match(each.q)) for each in fit]
    marks = [(each, mark(each, before), mark(each, now), now) for each, before, now in verdicts]
    entries: tuple[Entry, ...] = (*old.base.facts, *old.base.gaps, *old.base.smalltalk)
    known = {line for entry in entries for line in entry.ask.every}
    return Comparison(
        facts=changes(old.base.facts, new.base.facts),
        gaps=changes(old.base.gaps, new.base.gaps),
        others=_others(old.base, new.base),
        asked=len(fit),
        right_before=sum(before == "right" for _, before, _, _ in marks),
        right_now=sum(now == "right" for _, _, now, _ in marks),
        wrong_before=sum(before == "wrong" for _, before, _, _ in marks),
        wrong_now=sum(now == "wrong" for _, _, now, _ in marks),
        gone_wrong=tuple(
            GoneWrong(each, before, _facts(verdict))
            for each, before, now, verdict in marks
            if now == "wrong" and before != "wrong"
        ),
        clashes=Collider(new.base, new.ranked, new.ranker).clashes(lambda line: line not in known),
    )


def changes(old: Sequence[Fact] | Sequence[Gap], new: Sequence[Fact] | Sequence[Gap]) -> Changes:
    """Return what has changed between two lists of entries of one sort."""
    before = {entry.id: entry for entry in old}
    now = {entry.id: entry for entry in new}
    both = [(before[i], entry) for i, entry in now.items() if i in before]
    reworded = [entry.id for was, entry in both if _told(was) != _told(entry)]
    return Changes(
        added=tuple(i for i in now if i not in before),
        removed=tuple(i for i in before if i not in now),
        reworded=tuple(reworded),
        asked=tuple(entry.id for was, entry in both if was != entry and entry.id not in reworded),
    )


def _others(old: FactBase, new: FactBase) -> int:
    count = int(old.source != new.source)
    for before, now in ((old.names, new.names), (old.topics, new.topics), (old.smalltalk, new.smalltalk)):
        was, here = {each.id: each for each in before}, {each.id: each for each in now}
        count += sum(was.get(each) != here.get(each) for each in {**was, **here})
    return count


def _told(entry: Fact | Gap) -> dict[str, object]:
    return entry.model_dump(exclude={"ask"})


def _facts(verdict: Verdict) -> tuple[Fact, ...]:
    return tuple(each.fact for each in verdict.facts) if isinstance(verdict, Answer) else ()
