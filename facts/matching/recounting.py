"""An amount that the source gives for something else: "was the reward 30 billion", where that is the fund."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from facts.matching.offering import CHOICES
from facts.quantities import asked_for
from facts.text import fold
from facts.verdict import Answer, Choices, NoMatch, NotInSource, SmallTalk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from facts.matching.deciding import Decider
    from facts.matching.hearing import Ear, Heard
    from facts.model import Fact, Lang
    from facts.particulars import Particulars
    from facts.verdict import Candidate, Particular, Verdict

    Found = Answer | Choices | NoMatch | NotInSource

_LONGEST = 40
"""Words of a question that is asked once more: nobody asks of one amount in more, and work stays bounded."""
_ALIKE = 0.2
"""Scores so near are those of facts alike but for their amounts; any others are 0.3 apart and more."""


class Recounter:
    """Asks for the amount instead of giving it: what answers that, and has another one, is what was meant."""

    def __init__(self, ear: Ear, decider: Decider, particulars: Particulars) -> None:
        self._ear = ear
        self._decider = decider
        self._particulars = particulars

    def recount(self, heard: Heard, verdict: Verdict, lang: Lang) -> Verdict:
        """Return the verdict, with the fact that the question is of, but for its amount, where that is another one."""
        if heard.ranked.exact or heard.only_amounts or not _may_be_of_another(verdict):
            return verdict
        amounts = any(each.kind == "quantity" for each in heard.reading.particulars)
        if not amounts or len(heard.tokens) > _LONGEST:
            return verdict
        asked = self._ear.hear(asked_for(fold(heard.question)))
        meant = self._decider.decide(asked, lang)
        if not isinstance(meant, Answer) or isinstance(verdict, SmallTalk):
            return verdict
        fact, first = meant.facts[0].fact, next((each.fact for each in verdict.facts), None)
        if first and self._particulars.gives_all(heard.reading, first) and _alike(asked, first, fact):
            return verdict
        if isinstance(verdict, Choices | NoMatch) and self._particulars.gives_all(heard.reading, fact):
            return replace(meant, reasons=self._decider.reasons(heard, fact))
        against = self._particulars.tells_otherwise(heard.reading, fact)
        return self._with(meant.facts[0], against, heard, verdict) if against else verdict

    def _with(self, meant: Candidate, against: Particular, heard: Heard, verdict: Found) -> Verdict:
        """Tell what is meant first; that the source lacks the amount only where it does."""
        lang, reasons, known = verdict.lang, verdict.reasons, self._particulars.told(against)
        facts = _once((meant, *(self._giving(heard) if known else ()), *verdict.facts))
        if not known and not isinstance(verdict, Answer):
            return NotInSource(lang, contradiction=against, facts=facts, reasons=reasons)
        return Choices(lang, facts, reasons) if len(facts) > 1 else NoMatch(lang, facts, reasons)

    def _giving(self, heard: Heard) -> Iterator[Candidate]:
        """Yield the nearest fact that gives the amount itself, if there is one."""
        giving = (each for each in heard.ranked.facts() if self._particulars.gives_all(heard.reading, each.fact))
        return islice(giving, 1)


def _alike(asked: Heard, found: Fact, meant: Fact) -> bool:
    """Whether the amount decides between facts alike but for it: the 10 billion of the fund, not the 30."""
    one, other = (asked.ranked.of(each) for each in (found, meant))
    return found is not meant and one is not None and other is not None and one.score >= other.score - _ALIKE


def _may_be_of_another(verdict: Verdict) -> bool:
    if isinstance(verdict, NotInSource):
        return verdict.contradiction is not None and verdict.contradiction.kind == "quantity"
    return isinstance(verdict, Choices | NoMatch) or (isinstance(verdict, Answer) and len(verdict.facts) == 1)


def _once(facts: Iterable[Candidate]) -> tuple[Candidate, ...]:
    return tuple({each.fact.id: each for each in facts}.values())[:CHOICES]
