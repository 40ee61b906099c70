"""From what was heard to a verdict: never a wrong answer as if right; the right fact first; something useful."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from facts.matching.assurance import Assurance
from facts.matching.confidence import CLEAR
from facts.matching.fitting import Fitting
from facts.matching.offering import CHOICES, offered, own_first
from facts.matching.reasoning import reasons_for
from facts.matching.silences import WINDOW, Silences
from facts.model import Gap, SmallTalk
from facts.text import fold, words
from facts.verdict import Answer, Candidate, Choices, NoMatch, NotInSource, Reasons
from facts.verdict import SmallTalk as Talk

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from facts.matching.calibration import Thresholds
    from facts.matching.candidates import Entry
    from facts.matching.hearing import Heard
    from facts.matching.ranked import Scored
    from facts.matching.ranking import Ranker
    from facts.model import FactBase, Lang
    from facts.particulars import Particulars
    from facts.verdict import Particular, Verdict

_WIDE_WINDOW = 0.3
"""Within this of the best score, particulars decide where no fact within the plain window prints them all."""
_AGREES, _CONTRADICTS = 0.05, 0.15
_GUESS = 0.7
"""Where nothing was found, the share of the least score at which a fact is still shown as a guess, called one."""
_VAGUE_SHARE = 0.4
"""The same for a single word, which can mean many things."""
_ONE_WORD = 0.9
"""Least confidence that a single word, which can mean many things, means one fact."""
_NEAR_FOR_OTHERS = 0.85
"""Less nearness will do to say what the source tells of others, since it is no answer."""


class Decider:
    def __init__(self, base: FactBase, particulars: Particulars, thresholds: Thresholds, ranker: Ranker) -> None:
        self._base = base
        self._particulars = particulars
        self._assurance = Assurance(ranker, thresholds)
        self.fitting = Fitting(particulars, ranker)
        self.silences = Silences(particulars, self._assurance, self.fitting)
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
        if heard.vague and not heard.word_for_word:
            return self._vague(heard, facts, lang)
        if isinstance(entry, Gap):
            return self._open(heard, entry, facts, lang)
        return self._fact(heard, facts, lang)

    def word_for_word(self, question: str, entry: Entry, line: str, lang: Lang) -> Verdict | None:
        """Answer a question that is the entry's own line; None where a particular or a premise speaks against it."""
        reading = self._particulars.read(question)
        if reading.absent or isinstance(entry, SmallTalk):
            return None
        tokens, version = words(fold(question)), self._base.version
        reasons = Reasons(line, tokens, reading.particulars, score=1.0, version=version)
        if isinstance(entry, Gap):
            return NotInSource(lang, gap=entry, facts=self._nearest(entry, {}), reasons=reasons)
        if self._particulars.contradiction(reading, entry) or self._particulars.names_another(reading, entry):
            return None
        if self.fitting.premises.unborne(question, entry, line):
            return None
        elsewhere = self._particulars.elsewhere(reading, entry)
        return Answer(lang, (Candidate(entry, 1.0),), reasons=reasons, elsewhere=elsewhere)

    def reasons(self, heard: Heard, chosen: Entry | None = None) -> Reasons:
        entries = heard.ranked.entries
        best = next((each for each in entries if each.entry is chosen), entries[0] if entries else None)
        confidence = self._assurance.confidence(heard, best) if best else 0.0
        return reasons_for(heard, best, confidence, self.at.answer, self._base.version)

    def by_particulars(self, heard: Heard, facts: list[Candidate]) -> list[Candidate]:
        """Let particulars decide between facts that score nearly alike; the rest stay in order."""
        if not heard.reading.particulars or not facts:
            return facts
        close = [each for each in facts if each.score >= facts[0].score - WINDOW]
        if not any(self._particulars.prints_all(heard.reading, each.fact) for each in close):
            close = [each for each in facts if each.score >= facts[0].score - _WIDE_WINDOW]

        def worth(each: Candidate) -> float:
            agrees = self._particulars.agreements(heard.reading, each.fact)
            return each.score + _AGREES * agrees - _CONTRADICTS * self.fitting.against(heard, each.fact)

        return sorted(close, key=worth, reverse=True) + facts[len(close) :]

    def _missing(self, heard: Heard, missing: Particular, facts: Sequence[Candidate], lang: Lang) -> Verdict:
        """A name that the source lacks: what it tells of others is offered; a stranger is told of only beside that."""
        near = offered(facts, _NEAR_FOR_OTHERS * self.at.near)
        if near or heard.reading.absent:
            if missing.name and missing.name.kind == "place":
                near = own_first(near, self._particulars)
            return NotInSource(lang, contradiction=missing, facts=near, reasons=self.reasons(heard))
        return NoMatch(lang, reasons=self.reasons(heard))

    def _open(self, heard: Heard, gap: Gap, facts: Sequence[Candidate], lang: Lang) -> Verdict:
        """A gap comes first: it is what was asked, unless a fact prints what the question names and the gap doesn't."""
        borne_out = self.silences.borne_out(heard, facts)
        if self.silences.left_open(heard, gap) and not (borne_out and self.silences.says_less(heard)):
            return self.silent(heard, gap, lang)
        return self._fact(heard, facts, lang) if borne_out else self._unsure(heard, facts, lang)

    def _vague(self, heard: Heard, facts: Sequence[Candidate], lang: Lang) -> Verdict:
        """Answer a single word, "the money?": what it means is open, unless one entry alone comes near or surely is."""
        if heard.only_amounts:
            return self._amount(heard, facts, lang)
        reasons = self.reasons(heard)
        if not facts or facts[0].score < _NEAR_FOR_OTHERS * self.at.near:
            gap = heard.ranked.best.entry
            if isinstance(gap, Gap) and self.silences.left_open(heard, gap):
                return self.silent(heard, gap, lang)
            return NoMatch(lang, reasons=reasons, perhaps=self.silences.perhaps(heard))
        near = tuple(each for each in facts if each.score >= _VAGUE_SHARE * facts[0].score)[:CHOICES]
        if len(near) > 1:
            return Choices(lang, near, reasons)
        return self._answer(heard, near[0], lang) if self._only_one(heard, near[0]) else NoMatch(lang, near, reasons)

    def _amount(self, heard: Heard, facts: Sequence[Candidate], lang: Lang) -> Verdict:
        """Answer nothing but an amount, "30bn": with what prints it."""
        printed = (each for each in facts if self._particulars.prints_all(heard.reading, each.fact))
        fit = tuple(islice((each for each in printed if self.fitting.bears_out(heard, each.fact)), CHOICES))
        if len(fit) == 1:
            return self._answer(heard, fit[0], lang)
        if fit:
            return Choices(lang, fit, self.reasons(heard))
        return self._other_number(heard, lang) or NoMatch(lang, reasons=self.reasons(heard))

    def _answer(self, heard: Heard, best: Candidate, lang: Lang) -> Answer:
        elsewhere = self._particulars.elsewhere(heard.reading, best.fact)
        return Answer(lang, (best,), reasons=self.reasons(heard, best.fact), elsewhere=elsewhere)

    def _only_one(self, heard: Heard, near: Candidate) -> bool:
        """Whether a single word surely means the one fact that comes near."""
        scored = heard.ranked.best
        sure = self._assurance.confidence(heard, scored) >= max(_ONE_WORD, self.at.answer)
        return sure and scored.entry is near.fact and self.fitting.bears_out(heard, near.fact)

    def silent(self, heard: Heard, gap: Gap, lang: Lang) -> Verdict:
        """Say that the source leaves this open."""
        scores = {each.fact.id: each.score for each in heard.ranked.facts()}
        return NotInSource(lang, gap=gap, facts=self._nearest(gap, scores), reasons=self.reasons(heard))

    def _nearest(self, gap: Gap, scores: Mapping[str, float]) -> tuple[Candidate, ...]:
        known = self._base.fact_by_id
        return tuple(Candidate(known[i], scores.get(i, 0.0)) for i in gap.nearest if i in known)

    def _fact(self, heard: Heard, facts: Sequence[Candidate], lang: Lang) -> Verdict:
        best = facts[0]
        against = self._particulars.contradiction(heard.reading, best.fact)
        if against:
            return self._differing(heard, facts, against, lang)
        scored = heard.ranked.of(best.fact)
        rivals = self.fitting.rivals(heard, best.fact, gaps=not self.silences.borne_out(heard, facts))
        exact = heard.ranked.exact and scored is heard.ranked.best
        exact = exact and sum(each.line == heard.ranked.best.line for each in heard.ranked.entries) == 1
        sure = exact or (scored is not None and self._assurance.sure(heard, scored, rivals))
        if sure and self.fitting.bears_out(heard, best.fact):
            return self._answer(heard, best, lang)
        gap = self.silences.instead(heard, best.fact)
        if gap:
            return self.silent(heard, gap, lang)
        return self._other_number(heard, lang) or self._unsure(heard, facts, lang)

    def _other_number(self, heard: Heard, lang: Lang) -> Verdict | None:
        """Say that the source lacks an amount, a year or a day that the nearest fact tells otherwise, and none has."""
        first = next(iter(heard.ranked.facts()), None)
        if not heard.reading.particulars or first is None or first.score < _NEAR_FOR_OTHERS * self.at.near:
            return None
        against = self._particulars.contradiction(heard.reading, first.fact)
        if against is None or against.name or self._particulars.told(against):
            return None
        near = self._nearest_to(heard, against, heard.ranked.facts())
        return NotInSource(lang, contradiction=against, facts=near, reasons=self.reasons(heard, near[0].fact))

    def _differing(self, heard: Heard, facts: Sequence[Candidate], against: Particular, lang: Lang) -> Verdict:
        """Say what the question names otherwise than the nearest fact does, and what that one tells."""
        best = facts[0]
        if self._said_elsewhere(heard, best):
            return self._answer(heard, best, lang)
        reasons = self.reasons(heard, best.fact)
        if best.score < _NEAR_FOR_OTHERS * self.at.near:
            return NoMatch(lang, reasons=reasons, perhaps=self.silences.perhaps(heard))
        return NotInSource(lang, contradiction=against, facts=self._nearest_to(heard, against, facts), reasons=reasons)

    def _nearest_to(self, heard: Heard, against: Particular, facts: Sequence[Candidate]) -> tuple[Candidate, ...]:
        """Return what is offered instead; of an amount, only what tells another, the likest one first."""
        near = offered(facts, _NEAR_FOR_OTHERS * self.at.near)
        if against.kind != "quantity":
            return near
        told = [each for each in near if self.fitting.against(heard, each.fact)]
        return tuple(sorted(told, key=lambda each: self._particulars.distance(against, each.fact))) or near

    def _said_elsewhere(self, heard: Heard, best: Candidate) -> bool:
        """Whether the question clearly is what the fact tells of another place, which the answer then says."""
        clear = all(best.score - each.score >= CLEAR for each in self.fitting.rivals(heard, best.fact, gaps=True))
        told = self._particulars.said_elsewhere(heard.reading, best.fact)
        return told and clear and best.score >= self.at.near and self.fitting.bears_out(heard, best.fact)

    def explains(self, heard: Heard, scored: Scored) -> bool:
        """Return whether the entry's lines have all the words of the question."""
        return not self._assurance.odd(heard, scored)

    def _unsure(self, heard: Heard, facts: Sequence[Candidate], lang: Lang) -> Verdict:
        fitting = self._fitting(heard, facts)
        found = offered(fitting, self.at.near)
        reasons = self.reasons(heard, found[0].fact if found else None)
        perhaps = self.silences.perhaps(heard)
        if len(found) > 1:
            return Choices(lang, found, reasons, perhaps if heard.ranked.best.entry is perhaps else None)
        if not fitting and (other := self._other_number(heard, lang)):
            return other
        return NoMatch(lang, offered(fitting, _GUESS * self.at.near), reasons, perhaps)

    def _fitting(self, heard: Heard, facts: Sequence[Candidate]) -> list[Candidate]:
        """Return the first facts that may be offered and that nothing speaks against: no more are looked into."""
        near = (each for each in facts if each.score >= _GUESS * self.at.near)
        fitting = (
            each
            for each in near
            if not self.fitting.against(heard, each.fact) and self.fitting.told_of(heard, each.fact)
        )
        return list(islice(fitting, CHOICES))
