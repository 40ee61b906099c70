"""From what was heard to a verdict: never a wrong answer as if right; the right fact first; something useful."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from facts.matching.assurance import Assurance
from facts.matching.confidence import CLEAR
from facts.matching.heads import Heads
from facts.matching.offering import CHOICES, offered, own_first
from facts.matching.premises import Premises
from facts.matching.reasoning import reasons_for
from facts.model import Fact, Gap, SmallTalk
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

_WINDOW, _WIDE_WINDOW = 0.12, 0.3
"""Within this of the best score, particulars decide between facts; the wide one where none so near prints them all."""
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
        self._premises = Premises()
        self._heads = Heads(ranker)
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
        if isinstance(entry, Gap) and (ranked.exact or not self._borne_out(heard, facts)):
            rivals = self._rivals(heard, entry, gaps=False)
            sure = ranked.exact or (self._assurance.sure(heard, ranked.best, rivals) and self._told_of(heard, entry))
            return self._gap(heard, entry, lang) if sure else self._unsure(heard, facts, lang)
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
        if self._premises.unborne(question, entry, line):
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
        close = [each for each in facts if each.score >= facts[0].score - _WINDOW]
        if not any(self._particulars.prints_all(heard.reading, each.fact) for each in close):
            close = [each for each in facts if each.score >= facts[0].score - _WIDE_WINDOW]

        def worth(each: Candidate) -> float:
            agrees = self._particulars.agreements(heard.reading, each.fact)
            return each.score + _AGREES * agrees - _CONTRADICTS * self._against(heard, each.fact)

        return sorted(close, key=worth, reverse=True) + facts[len(close) :]

    def _missing(self, heard: Heard, missing: Particular, facts: Sequence[Candidate], lang: Lang) -> Verdict:
        """A name that the source lacks: what it tells of others is offered; a stranger is told of only beside that."""
        near = offered(facts, _NEAR_FOR_OTHERS * self.at.near)
        if near or heard.reading.absent:
            if missing.name and missing.name.kind == "place":
                near = own_first(near, self._particulars)
            return NotInSource(lang, contradiction=missing, facts=near, reasons=self.reasons(heard))
        return NoMatch(lang, reasons=self.reasons(heard))

    def _vague(self, heard: Heard, facts: Sequence[Candidate], lang: Lang) -> Verdict:
        reasons = self.reasons(heard)
        if heard.only_amounts:
            printed = (each for each in facts if self._particulars.prints_all(heard.reading, each.fact))
            fit = tuple(islice((each for each in printed if self.bears_out(heard, each.fact)), CHOICES))
            if len(fit) == 1:
                return self._answer(heard, fit[0], lang)
            return Choices(lang, fit, reasons) if fit else NoMatch(lang, reasons=reasons)
        if not facts or facts[0].score < _NEAR_FOR_OTHERS * self.at.near:
            return NoMatch(lang, reasons=reasons)
        best = facts[0].score
        near = tuple(each for each in facts if each.score >= _VAGUE_SHARE * best)[:CHOICES]
        if len(near) > 1:
            return Choices(lang, near, reasons)
        if self._only_one(heard, near[0]):
            return self._answer(heard, near[0], lang)
        return NoMatch(lang, near, reasons)

    def _answer(self, heard: Heard, best: Candidate, lang: Lang) -> Answer:
        elsewhere = self._particulars.elsewhere(heard.reading, best.fact)
        return Answer(lang, (best,), reasons=self.reasons(heard, best.fact), elsewhere=elsewhere)

    def _only_one(self, heard: Heard, near: Candidate) -> bool:
        """Whether a single word surely means the one fact that comes near."""
        scored = heard.ranked.best
        sure = self._assurance.confidence(heard, scored) >= max(_ONE_WORD, self.at.answer)
        return sure and scored.entry is near.fact and self.bears_out(heard, near.fact)

    def _gap(self, heard: Heard, gap: Gap, lang: Lang) -> Verdict:
        scores = {each.fact.id: each.score for each in heard.ranked.facts()}
        return NotInSource(lang, gap=gap, facts=self._nearest(gap, scores), reasons=self.reasons(heard))

    def _nearest(self, gap: Gap, scores: Mapping[str, float]) -> tuple[Candidate, ...]:
        known = self._base.fact_by_id
        return tuple(Candidate(known[i], scores.get(i, 0.0)) for i in gap.nearest if i in known)

    def _borne_out(self, heard: Heard, facts: Sequence[Candidate]) -> bool:
        """Whether a fact close to the best gap prints what the question names: then the source isn't silent of it.

        Not where the gap has words of the question that the fact lacks: what the 26 projects *invest*.
        """
        best, fact = heard.ranked.best, facts[0] if facts else None
        if not fact or fact.score < best.score - _WINDOW or not self._particulars.agreements(heard.reading, fact.fact):
            return False
        scored = heard.ranked.of(fact.fact)
        return scored is None or self._assurance.odd(heard, scored) <= self._assurance.odd(heard, best)

    def _fact(self, heard: Heard, facts: Sequence[Candidate], lang: Lang) -> Verdict:
        best = facts[0]
        against = self._particulars.contradiction(heard.reading, best.fact)
        if against:
            return self._differing(heard, facts, against, lang)
        scored = heard.ranked.of(best.fact)
        rivals = self._rivals(heard, best.fact, gaps=not self._borne_out(heard, facts))
        exact = heard.ranked.exact and scored is heard.ranked.best
        exact = exact and sum(each.line == heard.ranked.best.line for each in heard.ranked.entries) == 1
        sure = exact or (scored is not None and self._assurance.sure(heard, scored, rivals))
        if sure and self.bears_out(heard, best.fact):
            return self._answer(heard, best, lang)
        gap = self._told_instead(heard, best.fact)
        if gap:
            return self._gap(heard, gap, lang)
        return self._miscounted(heard, lang) or self._unsure(heard, facts, lang)

    def _miscounted(self, heard: Heard, lang: Lang) -> Verdict | None:
        """Say that the source has another number, where one fact clearly is what is asked of and none has this."""
        if not heard.reading.particulars:
            return None
        first, *others = heard.ranked.facts()
        against = self._particulars.contradiction(heard.reading, first.fact)
        if against is None or against.kind != "quantity" or first.score < self.at.near:
            return None
        clear = all(first.score - each.score >= CLEAR for each in others)
        told = any(self._particulars.states(against, each.fact) for each in others)
        return self._differing(heard, (first,), against, lang) if clear and not told else None

    def _differing(self, heard: Heard, facts: Sequence[Candidate], against: Particular, lang: Lang) -> Verdict:
        """Say what the question names otherwise than the nearest fact does, and what that one tells."""
        best = facts[0]
        if self._said_elsewhere(heard, best):
            return self._answer(heard, best, lang)
        reasons = self.reasons(heard, best.fact)
        if best.score < self.at.near:
            return NoMatch(lang, reasons=reasons)
        return NotInSource(lang, contradiction=against, facts=offered(facts, self.at.near), reasons=reasons)

    def _told_instead(self, heard: Heard, best: Fact) -> Gap | None:
        """Return the gap that the question surely is where no fact bears it out: since when Foshan has its trillion."""
        scored = next((each for each in heard.ranked.entries if isinstance(each.entry, Gap)), None)
        if scored is None or not isinstance(scored.entry, Gap):
            return None
        # What is looked up in all lines of a fact comes last.
        if not self._assurance.sure(heard, scored, ()) or self.bears_out(heard, best):
            return None
        facts = self._rivals(heard, scored.entry, gaps=False)
        rivals = [each for each in facts if isinstance(each.entry, Fact) and self.bears_out(heard, each.entry)]
        sure = self._assurance.sure(heard, scored, rivals) and self._told_of(heard, scored.entry)
        return scored.entry if sure else None

    def _said_elsewhere(self, heard: Heard, best: Candidate) -> bool:
        """Whether the question clearly is what the fact tells of another place, which the answer then says."""
        clear = all(best.score - each.score >= CLEAR for each in self._rivals(heard, best.fact, gaps=True))
        told = self._particulars.said_elsewhere(heard.reading, best.fact)
        return told and clear and best.score >= self.at.near and self.bears_out(heard, best.fact)

    def bears_out(self, heard: Heard, fact: Fact) -> bool:
        """Return whether the fact bears out what the question takes for granted, and has whom it names."""
        if self._particulars.names_another(heard.reading, fact):
            return False
        premised = not self._premises.unborne(heard.question, fact, heard.ranked.line_of(fact))
        return premised and self._told_of(heard, fact)

    def _told_of(self, heard: Heard, entry: Fact | Gap) -> bool:
        """Whether it tells of just that of which the question asks the most or the number."""
        return not self._heads.untold(heard.query, entry)

    def explains(self, heard: Heard, scored: Scored) -> bool:
        """Return whether the entry's lines have all the words of the question."""
        return not self._assurance.odd(heard, scored)

    def _rivals(self, heard: Heard, chosen: Entry, *, gaps: bool) -> tuple[Scored, ...]:
        """Return the other entries that the question's particulars leave in question."""
        return tuple(
            each
            for each in heard.ranked.entries
            if each.entry is not chosen
            and not self._against(heard, each.entry)
            and (gaps or isinstance(each.entry, Fact))
        )

    def _against(self, heard: Heard, entry: Entry) -> bool:
        if not heard.reading.particulars or not isinstance(entry, Fact):
            return False
        return self._particulars.contradiction(heard.reading, entry) is not None

    def _unsure(self, heard: Heard, facts: Sequence[Candidate], lang: Lang) -> Verdict:
        fitting = self._fitting(heard, facts)
        found = offered(fitting, self.at.near)
        reasons = self.reasons(heard, found[0].fact if found else None)
        if len(found) > 1:
            return Choices(lang, found, reasons)
        return NoMatch(lang, offered(fitting, _GUESS * self.at.near), reasons)

    def _fitting(self, heard: Heard, facts: Sequence[Candidate]) -> list[Candidate]:
        """Return the first facts that may be offered and that nothing speaks against: no more are looked into."""
        near = (each for each in facts if each.score >= _GUESS * self.at.near)
        fitting = (each for each in near if not self._against(heard, each.fact) and self._told_of(heard, each.fact))
        return list(islice(fitting, CHOICES))
