"""From a ranking to a verdict: never a wrong answer as if it were right; the right fact first; something useful."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from facts.matching.calibration import confidence
from facts.model import Fact, Gap
from facts.model import SmallTalk as SmallTalkEntry
from facts.verdict import Answer, Candidate, Choices, NoMatch, NotInSource, Reasons, SmallTalk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from facts.matching.calibration import Thresholds
    from facts.matching.candidates import Entry
    from facts.matching.hearing import Heard
    from facts.model import FactBase, Lang
    from facts.particulars import Particulars
    from facts.verdict import Particular, Verdict

_CHOICES = 3
_WINDOW = 0.12
"""Within this of the best score, particulars decide between facts."""
_AGREES, _CONTRADICTS = 0.05, 0.15
_VAGUE_SHARE = 0.4
"""The same for a single word, which can mean many things."""
_NEAR_FOR_OTHERS = 0.85
"""Less nearness will do to say what the source tells of others, since it is no answer."""
_GUESS = 0.7
"""Where nothing was found, the share of the least score at which a fact is still shown as a guess, called one."""
_OFFERED_SHARE = 0.75
"""A choice must score at least this share of the best one's."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """Entries best first, with scores. `exact`: the question is, but for small words, one of the best one's lines."""

    entries: tuple[tuple[Entry, float], ...]
    exact: bool = False

    def facts(self) -> list[Candidate]:
        return [Candidate(entry, score) for entry, score in self.entries if isinstance(entry, Fact)]

    @property
    def best(self) -> tuple[Entry, float]:
        return self.entries[0]


class Decider:
    def __init__(self, base: FactBase, particulars: Particulars, thresholds: Thresholds) -> None:
        self._base = base
        self._particulars = particulars
        self._at = thresholds

    def decide(self, heard: Heard, ranked: Ranked, lang: Lang, reasons: Reasons) -> Verdict:
        facts = self._by_particulars(heard, ranked.facts())
        if heard.missing:
            return self._missing(heard, heard.missing, facts, lang, reasons)
        if not ranked.entries:
            return NoMatch(lang, reasons=reasons)
        entry, score = ranked.best
        if isinstance(entry, SmallTalkEntry):
            return SmallTalk(lang, entry, reasons)
        if heard.vague and not ranked.exact:
            return self._vague(heard, facts, lang, reasons)
        if isinstance(entry, Gap):
            sure = confidence(score, facts[0].score if facts else 0.0) >= self._at.answer
            return self._gap(entry, ranked, lang, reasons) if sure else self._unsure(heard, facts, lang, reasons)
        return self._fact(heard, ranked, facts, lang, reasons)

    def _missing(
        self, heard: Heard, missing: Particular, facts: Sequence[Candidate], lang: Lang, reasons: Reasons
    ) -> Verdict:
        """A name that the source lacks: what it tells of others is offered, and a stranger needs that to be told of."""
        near = self._offered(facts, _NEAR_FOR_OTHERS * self._at.near)
        if near or heard.reading.absent:
            return NotInSource(lang, contradiction=missing, facts=near, reasons=reasons)
        return NoMatch(lang, reasons=reasons)

    def _vague(self, heard: Heard, facts: Sequence[Candidate], lang: Lang, reasons: Reasons) -> Verdict:
        if heard.only_amounts:
            facts = [each for each in facts if self._particulars.prints_all(heard.reading, each.fact)]
            if len(facts) == 1:
                return Answer(lang, (facts[0],), reasons=reasons)
            return Choices(lang, tuple(facts[:_CHOICES]), reasons) if facts else NoMatch(lang, reasons=reasons)
        best = facts[0].score if facts else 0.0
        if best < _NEAR_FOR_OTHERS * self._at.near:
            return NoMatch(lang, reasons=reasons)
        offered = tuple(each for each in facts if each.score >= _VAGUE_SHARE * best)[:_CHOICES]
        return Choices(lang, offered, reasons) if len(offered) > 1 else NoMatch(lang, offered, reasons)

    def _gap(self, gap: Gap, ranked: Ranked, lang: Lang, reasons: Reasons) -> Verdict:
        scores = {candidate.fact.id: candidate.score for candidate in ranked.facts()}
        known = self._base.fact_by_id
        near = tuple(Candidate(known[i], scores.get(i, 0.0)) for i in gap.nearest if i in known)
        return NotInSource(lang, gap=gap, facts=near, reasons=reasons)

    def _fact(self, heard: Heard, ranked: Ranked, facts: Sequence[Candidate], lang: Lang, reasons: Reasons) -> Verdict:
        best = facts[0]
        against = self._particulars.contradiction(heard.reading, best.fact)
        others = [
            score for entry, score in ranked.entries if entry is not best.fact and not self._against(heard, entry)
        ]
        sure = confidence(best.score, max(others, default=0.0)) >= self._at.answer
        if against:
            if best.score >= self._at.near:
                return NotInSource(lang, contradiction=against, facts=self._offered(facts), reasons=reasons)
            return NoMatch(lang, reasons=reasons)
        return Answer(lang, (best,), reasons=reasons) if sure else self._unsure(heard, facts, lang, reasons)

    def _against(self, heard: Heard, entry: Entry) -> bool:
        return isinstance(entry, Fact) and self._particulars.contradiction(heard.reading, entry) is not None

    def _unsure(self, heard: Heard, facts: Sequence[Candidate], lang: Lang, reasons: Reasons) -> Verdict:
        fitting = [each for each in facts if not self._against(heard, each.fact)]
        offered = self._offered(fitting)
        if len(offered) > 1:
            return Choices(lang, offered, reasons)
        return NoMatch(lang, self._offered(fitting, _GUESS * self._at.near), reasons)

    def _offered(self, facts: Sequence[Candidate], near: float | None = None) -> tuple[Candidate, ...]:
        least = max(
            self._at.near if near is None else near, _OFFERED_SHARE * max((each.score for each in facts), default=0.0)
        )
        return tuple(each for each in facts if each.score >= least)[:_CHOICES]

    def _by_particulars(self, heard: Heard, facts: list[Candidate]) -> list[Candidate]:
        """Let particulars decide between facts that score nearly alike; the rest stay in order."""
        if not heard.reading.particulars or not facts:
            return facts
        close = [each for each in facts if each.score >= facts[0].score - _WINDOW]

        def worth(each: Candidate) -> float:
            agrees = self._particulars.agreements(heard.reading, each.fact)
            return each.score + _AGREES * agrees - _CONTRADICTS * self._against(heard, each.fact)

        return sorted(close, key=worth, reverse=True) + facts[len(close) :]
