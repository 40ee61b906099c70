"""From what was heard to a verdict: never a wrong answer as if right; the right fact first; something useful."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facts.matching.calibration import confidence
from facts.matching.premises import unborne
from facts.matching.reasoning import reasons_for
from facts.model import Fact, Gap, SmallTalk
from facts.verdict import Answer, Candidate, Choices, NoMatch, NotInSource
from facts.verdict import SmallTalk as Talk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from facts.matching.calibration import Thresholds
    from facts.matching.candidates import Entry
    from facts.matching.hearing import Heard
    from facts.model import FactBase, Lang
    from facts.particulars import Particulars
    from facts.verdict import Particular, Reasons, Verdict

CHOICES = 3
_EXACT_LEAD = 0.01
"""Lead with which a question that is a line of the fact, but for small words, is answered."""
_WINDOW = 0.12
"""Within this of the best score, particulars decide between facts."""
_AGREES, _CONTRADICTS = 0.05, 0.15
_GUESS = 0.7
"""Where nothing was found, the share of the least score at which a fact is still shown as a guess, called one."""
_OFFERED_SHARE = 0.75
"""A choice must score at least this share of the best one's."""
_VAGUE_SHARE = 0.4
"""The same for a single word, which can mean many things."""
_NEAR_FOR_OTHERS = 0.85
"""Less nearness will do to say what the source tells of others, since it is no answer."""


class Decider:
    def __init__(self, base: FactBase, particulars: Particulars, thresholds: Thresholds) -> None:
        self._base = base
        self._particulars = particulars
        self.at = thresholds

    def decide(self, heard: Heard, lang: Lang) -> Verdict:
        ranked = heard.ranked
        facts = self.by_particulars(heard, ranked.facts())
        if heard.missing:
            return self._missing(heard, heard.missing, facts, lang)
        if not ranked.entries:
            return NoMatch(lang, reasons=self.reasons(heard))
        entry = ranked.best.entry
        if isinstance(entry, SmallTalk):
            return Talk(lang, entry, self.reasons(heard))
        if heard.vague and not ranked.exact:
            return self._vague(heard, facts, lang)
        if isinstance(entry, Gap) and not self._borne_out(heard, facts):
            sure = confidence(ranked.best.score, facts[0].score if facts else 0.0) >= self.at.answer
            return self._gap(heard, entry, lang) if sure else self._unsure(heard, facts, lang)
        return self._fact(heard, facts, lang)

    def reasons(self, heard: Heard, chosen: Entry | None = None) -> Reasons:
        return reasons_for(heard, chosen, self.at.answer, self._base.version)

    def by_particulars(self, heard: Heard, facts: list[Candidate]) -> list[Candidate]:
        """Let particulars decide between facts that score nearly alike; the rest stay in order."""
        if not heard.reading.particulars or not facts:
            return facts
        close = [each for each in facts if each.score >= facts[0].score - _WINDOW]

        def worth(each: Candidate) -> float:
            agrees = self._particulars.agreements(heard.reading, each.fact)
            return each.score + _AGREES * agrees - _CONTRADICTS * self._against(heard, each.fact)

        return sorted(close, key=worth, reverse=True) + facts[len(close) :]

    def _missing(self, heard: Heard, missing: Particular, facts: Sequence[Candidate], lang: Lang) -> Verdict:
        """A name that the source lacks: what it tells of others is offered; a stranger is told of only beside that."""
        near = self._offered(facts, _NEAR_FOR_OTHERS * self.at.near)
        if near or heard.reading.absent:
            return NotInSource(lang, contradiction=missing, facts=near, reasons=self.reasons(heard))
        return NoMatch(lang, reasons=self.reasons(heard))

    def _vague(self, heard: Heard, facts: Sequence[Candidate], lang: Lang) -> Verdict:
        reasons = self.reasons(heard)
        if heard.only_amounts:
            facts = [each for each in facts if self._particulars.prints_all(heard.reading, each.fact)]
            if len(facts) == 1:
                return Answer(lang, (facts[0],), reasons=self.reasons(heard, facts[0].fact))
            return Choices(lang, tuple(facts[:CHOICES]), reasons) if facts else NoMatch(lang, reasons=reasons)
        best = facts[0].score if facts else 0.0
        if best < _NEAR_FOR_OTHERS * self.at.near:
            return NoMatch(lang, reasons=reasons)
        offered = tuple(each for each in facts if each.score >= _VAGUE_SHARE * best)[:CHOICES]
        return Choices(lang, offered, reasons) if len(offered) > 1 else NoMatch(lang, offered, reasons)

    def _gap(self, heard: Heard, gap: Gap, lang: Lang) -> Verdict:
        known = self._base.fact_by_id
        near = tuple(Candidate(known[i], heard.ranked.score_of(i)) for i in gap.nearest if i in known)
        return NotInSource(lang, gap=gap, facts=near, reasons=self.reasons(heard))

    def _borne_out(self, heard: Heard, facts: Sequence[Candidate]) -> bool:
        """Whether a fact close to the best gap prints what the question names: then the source isn't silent of it."""
        close = facts and facts[0].score >= heard.ranked.best.score - _WINDOW
        return bool(close and self._particulars.agreements(heard.reading, facts[0].fact))

    def _fact(self, heard: Heard, facts: Sequence[Candidate], lang: Lang) -> Verdict:
        best, reasons = facts[0], self.reasons(heard, facts[0].fact)
        against = self._particulars.contradiction(heard.reading, best.fact)
        if against and best.score >= self.at.near:
            return NotInSource(lang, contradiction=against, facts=self._offered(facts), reasons=reasons)
        if against:
            return NoMatch(lang, reasons=reasons)
        runner_up = self._runner_up(heard, best.fact, gaps=not self._borne_out(heard, facts))
        alone = len(heard.ranked.entries) == 1
        exact = (
            heard.ranked.exact
            and heard.ranked.best.entry is best.fact
            and (alone or best.score - runner_up > _EXACT_LEAD)
        )
        sure = exact or confidence(best.score, runner_up) >= self.at.answer
        if sure and not unborne(heard.question, best.fact, heard.ranked.line_of(best.fact)):
            return Answer(lang, (best,), reasons=reasons)
        return self._unsure(heard, facts, lang)

    def _runner_up(self, heard: Heard, chosen: Fact, *, gaps: bool) -> float:
        """Return the best score among the other entries that the question's particulars leave in question.

        In a base of one entry, that one's own: leading nobody is no sign of being right.
        """
        if len(heard.ranked.entries) == 1:
            return heard.ranked.best.score
        rivals = (each for each in heard.ranked.entries if each.entry is not chosen)
        fit = (
            each for each in rivals if not self._against(heard, each.entry) and (gaps or isinstance(each.entry, Fact))
        )
        return max((each.score for each in fit), default=0.0)

    def _against(self, heard: Heard, entry: Entry) -> bool:
        return isinstance(entry, Fact) and self._particulars.contradiction(heard.reading, entry) is not None

    def _unsure(self, heard: Heard, facts: Sequence[Candidate], lang: Lang) -> Verdict:
        fitting = [each for each in facts if not self._against(heard, each.fact)]
        offered = self._offered(fitting)
        reasons = self.reasons(heard, offered[0].fact if offered else None)
        if len(offered) > 1:
            return Choices(lang, offered, reasons)
        return NoMatch(lang, self._offered(fitting, _GUESS * self.at.near), reasons)

    def _offered(self, facts: Sequence[Candidate], near: float | None = None) -> tuple[Candidate, ...]:
        best = max((each.score for each in facts), default=0.0)
        least = max(self.at.near if near is None else near, _OFFERED_SHARE * best)
        return tuple(each for each in facts if each.score >= least)[:CHOICES]
