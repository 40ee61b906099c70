"""Two bases compared: what has changed, and whether the new one answers more questions wrong. Gate of a reload."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from facts.checking.grounding import swapped, unquoted
from facts.colliding import Collider
from facts.differing import changes
from facts.evaluation import mark
from facts.verdict import Answer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from facts.checking.grounding import Unquoted
    from facts.colliding import Collision
    from facts.differing import Change, How
    from facts.evaluation import Mark, Question
    from facts.matching import Matcher
    from facts.matching.candidates import Entry
    from facts.model import Fact, FactBase
    from facts.verdict import Verdict


_NONE: Mapping[Question, Mark] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class GoneWrong:
    """A question that the new base answers wrong, with these facts, and the old one did not."""

    question: Question
    before: Mark
    answered: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """`before` and `now`: how each base did on the questions that were asked of both.

    `clashes` are sample questions that are new and find another entry than their own. `unquoted` are numbers of the new
    base that no quoted phrase has, without those that the old one had like that; `swapped` gave way to others that one
    has.
    """

    changes: tuple[Change, ...]
    before: Mapping[Question, Mark]
    now: Mapping[Question, Mark]
    gone_wrong: tuple[GoneWrong, ...]
    clashes: tuple[Collision, ...]
    unquoted: tuple[Unquoted, ...] = ()
    swapped: tuple[Unquoted, ...] = ()

    @property
    def asked(self) -> int:
        return len(self.now)

    @property
    def right(self) -> tuple[int, int]:
        """How many questions the old base answered right, and how many the new one."""
        return _count(self.before, "right"), _count(self.now, "right")

    @property
    def wrong(self) -> tuple[int, int]:
        return _count(self.before, "wrong"), _count(self.now, "wrong")

    @property
    def offered(self) -> tuple[int, int]:
        """The same of those whose answer was only among the buttons."""
        return _count(self.before, "offered", "guessed"), _count(self.now, "offered", "guessed")

    @property
    def missed(self) -> tuple[int, int]:
        """The same of all others: told that nothing was found, or that the source doesn't say."""
        before, now = (sum(each) for each in zip(self.right, self.wrong, self.offered, strict=True))
        return len(self.before) - before, len(self.now) - now

    def that_are(self, *how: How) -> tuple[Change, ...]:
        return tuple(each for each in self.changes if each.how in how)

    @property
    def refused(self) -> bool:
        """Whether the new base may not replace the old one."""
        before, now = self.wrong
        return now > before


def compare(
    old: Matcher,
    new: Matcher,
    questions: Iterable[Question],
    known: Mapping[Question, Mark] = _NONE,
    told: Callable[[int, int], object] = max,
) -> Comparison:
    """Ask both bases and compare what they hold; takes some seconds for some hundreds of questions.

    Questions of which the old base knows none of the answering facts say nothing of it, and are left out. `known`: how
    it did on some of them, from an earlier comparison. `told` is told how many questions of how many are done.
    """
    fit = [each for each in questions if not each.facts or any(i in old.base.fact_by_id for i in each.facts)]
    before: dict[Question, Mark] = {}
    now: dict[Question, Mark] = {}
    gone_wrong: list[GoneWrong] = []
    for done, each in enumerate(fit, start=1):
        before[each] = known.get(each) or mark(each, old.match(each.q))
        verdict = new.match(each.q)
        now[each] = mark(each, verdict)
        if now[each] == "wrong" != before[each]:
            gone_wrong.append(GoneWrong(each, before[each], _facts(verdict)))
        told(done, len(fit))
    entries: tuple[Entry, ...] = (*old.base.facts, *old.base.gaps, *old.base.smalltalk)
    asked = {line for entry in entries for line in entry.ask.every}
    return Comparison(
        changes=changes(old.base, new.base),
        before=before,
        now=now,
        gone_wrong=tuple(gone_wrong),
        clashes=Collider(new.base, new.ranked, new.ranker).clashes(lambda line: line not in asked),
        unquoted=_unquoted(old.base, new.base),
        swapped=swapped(old.base, new.base),
    )


def _unquoted(old: FactBase, new: FactBase) -> tuple[Unquoted, ...]:
    known = {(each.entry.id, each.field, each.lang, each.numbers) for each in unquoted(old)}
    return tuple(each for each in unquoted(new) if (each.entry.id, each.field, each.lang, each.numbers) not in known)


def _count(marks: Mapping[Question, Mark], *wanted: Mark) -> int:
    return sum(each in wanted for each in marks.values())


def _facts(verdict: Verdict) -> tuple[Fact, ...]:
    return tuple(each.fact for each in verdict.facts) if isinstance(verdict, Answer) else ()
