"""The matcher of one base: ranks entries for a question and turns the ranking into a verdict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from facts.matching.candidates import Entry, lines_of, phrasings
from facts.matching.index import Index
from facts.matching.tokens import terms
from facts.model import Fact, Gap
from facts.model import SmallTalk as SmallTalkEntry
from facts.particulars import Particulars, Reading
from facts.text import STOP_HAN, STOP_WORDS, detect, fold, is_han, words
from facts.verdict import Answer, Candidate, Choices, NoMatch, NotInSource, Reasons, SmallTalk

if TYPE_CHECKING:
    from facts.model import FactBase, Lang
    from facts.verdict import Particular, Verdict

_SAMPLE = 600


@dataclass(frozen=True, slots=True)
class Ranked:
    """Entries best first with their scores and the line that matched best."""

    entries: tuple[tuple[Entry, float, str], ...]


class Matcher:
    """Answers questions over one base. Building computes the thresholds; matching reads only, so threads may share it."""

    def __init__(self, base: FactBase) -> None:
        self.base = base
        self._phrasings = phrasings(base)
        self._index = Index(self._phrasings.lines, self._phrasings.owner, len(self._phrasings.entries))
        self._particulars = Particulars(base)
        self._answer_at, self._near_at = self._thresholds()

    def match(self, question: str, lang: Lang | None = None, shown: str | None = None) -> Verdict:  # noqa: ARG002 - context is issue 3
        """Return what the base says of a question of any content and length; never raises, bounded in time.

        `lang` is the language to answer in (None: the question's, else English); `shown` the id of the fact shown last.
        """
        spoken: Lang = lang or detect(question) or "en"
        tokens = words(fold(question))
        reading = self._particulars.read(question)
        if not any(_says_something(token) for token in tokens) and not self._is_small_talk(question):
            return NoMatch(spoken, reasons=Reasons(version=self.base.version))
        ranked = self._rank(self._without_absent(tokens, reading))
        return self._decide(question, spoken, reading, ranked)

    def _without_absent(self, tokens: tuple[str, ...], reading: Reading) -> str:
        """The question without names that the source does not have: what is nearest is asked of the rest."""
        hidden = {i for m in reading.mentions if not m.name.in_source for i in range(m.start, m.end)}
        return " ".join(token for i, token in enumerate(tokens) if i not in hidden)

    def _rank(self, text: str, without: int | None = None, limit: int = 8) -> tuple[tuple[int, float, int], ...]:
        meanings = self._index.expand(terms(text))
        soft, best = self._index.by_entry(self._index.soft(meanings))
        score = 6.5 * soft + 5.6 * self._index.profile(meanings) + 2 * self._index.known(meanings)
        if without is not None:
            score[without] = -1
        order = np.argsort(-score, kind="stable")[:limit]
        return tuple((int(i), float(score[i]), int(best[i])) for i in order)

    def _thresholds(self) -> tuple[float, float]:
        """Hide each entry in turn and ask its lines: scores that a silent base gives are what an answer must exceed."""
        step = max(1, len(self._phrasings.lines) // _SAMPLE)
        lines, owners = self._phrasings.lines[::step], self._phrasings.owner[::step]
        scores = [
            self._rank(fold(line), without=owner, limit=1)[0][1] for line, owner in zip(lines, owners, strict=True)
        ]
        if len(self._phrasings.entries) < 2 or not scores:
            return 7.0, 5.0
        return float(np.quantile(scores, 0.90)), float(np.quantile(scores, 0.40))

    def _is_small_talk(self, question: str) -> bool:
        asked = fold(question).strip("!?.,~！？。， ")
        return any(
            asked == fold(line).strip("!?.,~！？。， ") for entry in self.base.smalltalk for line in lines_of(entry)
        )

    def _decide(
        self, question: str, lang: Lang, reading: Reading, ranked: tuple[tuple[int, float, int], ...]
    ) -> Verdict:
        entries = self._phrasings.entries
        top, score, line = ranked[0]
        best = entries[top]
        runner = next((Candidate(e, s) for i, s, _ in ranked[1:] if isinstance(e := entries[i], Fact)), None)
        reasons = Reasons(
            phrasing=self._phrasings.lines[line],
            particulars=reading.particulars,
            runner_up=runner,
            score=score,
            threshold=self._answer_at,
            version=self.base.version,
        )
        facts = tuple(Candidate(e, s) for i, s, _ in ranked if isinstance(e := entries[i], Fact) and s >= self._near_at)
        if reading.absent:
            return NotInSource(lang, contradiction=reading.absent, facts=facts[:3], reasons=reasons)
        if isinstance(best, SmallTalkEntry) and score >= self._answer_at:
            return SmallTalk(lang, best, reasons)
        if isinstance(best, Gap) and score >= self._answer_at:
            near = tuple(Candidate(self.base.fact_by_id[i], score) for i in best.nearest if i in self.base.fact_by_id)
            return NotInSource(lang, gap=best, facts=near, reasons=reasons)
        return self._of_facts(lang, reading, facts, reasons)

    def _of_facts(self, lang: Lang, reading: Reading, facts: tuple[Candidate, ...], reasons: Reasons) -> Verdict:
        if not facts:
            return NoMatch(lang, reasons=reasons)
        fitting = [c for c in facts if self._particulars.contradiction(reading, c.fact) is None]
        clear = len(facts) < 2 or facts[0].score - facts[1].score >= 0.04 * facts[0].score
        if facts[0].score >= self._answer_at:
            against: Particular | None = self._particulars.contradiction(reading, facts[0].fact)
            if against and not (fitting and fitting[0].score >= 0.9 * facts[0].score):
                return NotInSource(lang, contradiction=against, facts=facts[:3], reasons=reasons)
            if fitting and (clear or against):
                return Answer(lang, (fitting[0],), reasons=reasons)
        return Choices(lang, tuple(fitting[:3]), reasons) if len(fitting) > 1 else NoMatch(lang, facts[:3], reasons)


def _says_something(token: str) -> bool:
    return token not in (STOP_HAN if is_han(token) else STOP_WORDS)
