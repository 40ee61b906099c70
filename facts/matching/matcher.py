"""The matcher of one base: question → Verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facts.folding import forget
from facts.matching.aliases import reader
from facts.matching.calibration import calibrate, known
from facts.matching.candidates import phrasings
from facts.matching.deciding import Decider
from facts.matching.following import Follower, only_name
from facts.matching.hearing import Ear, Heard
from facts.matching.parts import Greetings, halves, refers_back
from facts.matching.ranking import MOST_WORDS, Ranker
from facts.matching.reasoning import joined
from facts.matching.recounting import Recounter
from facts.matching.verbatim import Verbatim
from facts.naming import NameFinder
from facts.particulars import Particulars
from facts.text import detect, fold, words
from facts.verdict import Answer, Choices, NoMatch, NotInSource, Reasons, SmallTalk

if TYPE_CHECKING:
    from facts.matching.calibration import Thresholds
    from facts.matching.lines import Beside
    from facts.model import Fact, FactBase, Lang
    from facts.verdict import Candidate, Verdict

_BETTER_APART = 0.05
"""How much worse than the whole question the better half may score and still be a question of its own."""


class Matcher:
    """Answers questions over one base. Building indexes its lines; matching only reads, so threads may share it.

    `thresholds` spares computing them, where they are known of this very version of the base. `beside` begins with some
    of that while the rest is built.
    """

    def __init__(
        self, base: FactBase, thresholds: Thresholds | None = None, beside: Beside = lambda work: work
    ) -> None:
        self.base = base
        found = phrasings(base)
        aliases = [(*name.en, *name.zh, *name.pinyin) for name in base.names]
        self.ranker = ranker = Ranker(found.lines, found.owner, len(found.entries), aliases, beside)
        computed = known(thresholds) if thresholds else calibrate(ranker, found, base.source.floors, beside)
        self._greetings = Greetings(base.smalltalk)
        names = NameFinder(base.names)
        particulars = Particulars(base, names, reader(found, ranker.vocabulary, names))
        self.phrasings = found
        self._verbatim = Verbatim(found, ranker.vocabulary)
        self._ear = Ear(found, ranker, particulars)
        self.thresholds = computed()
        self._decider = Decider(base, particulars, self.thresholds, ranker)
        self._recounter = Recounter(self._ear, self._decider, particulars)
        self._follower = Follower(base, self._ear, self._decider, particulars)
        forget()  # the checks and the vocabulary have folded its lines, and nobody will again

    def match(self, question: str, lang: Lang | None = None, shown: str | None = None) -> Verdict:
        """Return what the base says of a question of any content and length; never raises, bounded in time.

        `lang` is the language to answer in (None: the question's, else English); `shown` the id of the fact shown last.
        """
        spoken: Lang = lang or detect(question) or "en"
        known = self._word_for_word(question, spoken)
        if known is not None:
            return known
        heard = self._ear.hear(question)
        verdict = self._alone(heard, spoken)
        light = self.base.fact_by_id.get(shown) if shown else None
        return self._follower.follow(heard, verdict, light, spoken) if light else verdict

    def ranked(self, question: str) -> Verdict:
        """Return what ranking says where no line is looked up word for word: what questions close to this one get."""
        return self._alone(self._ear.hear(question), detect(question) or "en")

    def nearest(self, question: str, count: int) -> tuple[Candidate, ...]:
        """Return at most `count` facts, the nearest to the question first; none of them need answer it."""
        return tuple(self._ear.hear(question).ranked.facts()[:count])

    def _word_for_word(self, question: str, lang: Lang) -> Verdict | None:
        """Answer what is one entry's own line, unless it takes for granted what the entry does not bear out."""
        line = self._verbatim.find(words(fold(question))[:MOST_WORDS])
        if line is None:
            return None
        entry = self.phrasings.entries[self.phrasings.owner[line]]
        return self._decider.word_for_word(question, entry, self.phrasings.lines[line], lang)

    def _alone(self, heard: Heard, lang: Lang) -> Verdict:
        whole = self._recounter.recount(heard, self._decider.decide(heard, lang), lang)
        if isinstance(whole, SmallTalk):
            return whole
        if not heard.content:
            return NoMatch(lang, reasons=Reasons(version=self.base.version))
        if heard.ranked.exact or heard.missing:
            return whole
        return self._without_greeting(heard, lang) or self._double(heard, whole, lang) or whole

    def _without_greeting(self, heard: Heard, lang: Lang) -> Verdict | None:
        """Drop small talk before the question: "Hello, how much is the reward"."""
        rest = self._greetings.after(heard.tokens)
        return self._alone(self._ear.hear(rest), lang) if rest else None

    def _double(self, heard: Heard, whole: Verdict, lang: Lang) -> Verdict | None:
        """Answer both of two questions in one, where each half finds its own, if need be in the light of the other."""
        parts = halves(heard.question)
        if not parts or any(refers_back(part) for part in parts):
            return None
        one = self._ear.hear(parts[0], heard)
        first = self._decider.decide(one, lang)
        if isinstance(whole, Answer | NotInSource) and not isinstance(first, Answer | NotInSource):
            return None
        other = self._ear.hear(parts[1], heard)
        second = self._decider.decide(other, lang)
        if only_name(one) or only_name(other):
            return None
        if self._one_thing(one, first, other) or self._one_thing(other, second, one):
            return None
        if isinstance(first, Answer) and isinstance(second, Choices | NoMatch):
            second = self._in_light(other, second, first.facts[0].fact, lang)
        elif isinstance(second, Answer) and isinstance(first, Choices | NoMatch):
            first = self._in_light(one, first, second.facts[0].fact, lang)
        if (
            isinstance(whole, NoMatch)
            and isinstance(first, Choices | NoMatch)
            and isinstance(second, Choices | NoMatch)
        ):
            return self._offer_both(heard, first, second, lang)
        least = heard.ranked.best.score - _BETTER_APART
        apart = max(each.ranked.best.score if each.ranked.entries else 0.0 for each in (one, other)) >= least
        return self._joined(first, second, lang) if apart or isinstance(whole, Choices | NoMatch) else None

    def _in_light(self, half: Heard, alone: Verdict, shown: Fact, lang: Lang) -> Verdict:
        """Read half a question in the light of the other's answer, where that leads to a fact with all its words."""
        verdict = self._follower.follow(half, alone, shown, lang)
        if not isinstance(verdict, Answer):
            return verdict
        fact = half.ranked.of(verdict.facts[0].fact)
        return verdict if fact is None or self._decider.explains(half, fact) else alone

    def _one_thing(self, asked: Heard, answered: Verdict, rest: Heard) -> bool:
        """Whether what answers one half has the words of the other, too: then that one asks nothing else."""
        if not isinstance(answered, Answer) or not rest.content or rest.ranked.exact:
            return False
        fact = asked.ranked.of(answered.facts[0].fact)
        if fact is None or not rest.ranked.entries or rest.ranked.best.entry is not fact.entry:
            return False
        return self._decider.explains(rest, fact)

    def _offer_both(self, heard: Heard, one: Choices | NoMatch, other: Choices | NoMatch, lang: Lang) -> Verdict | None:
        firsts = {each.facts[0].fact.id: each.facts[0] for each in (one, other) if each.facts}
        return Choices(lang, tuple(firsts.values()), self._decider.reasons(heard)) if len(firsts) > 1 else None

    @staticmethod
    def _joined(one: Verdict, other: Verdict, lang: Lang) -> Verdict | None:
        verdicts = (one, other)
        facts = tuple({each.facts[0].fact.id: each.facts[0] for each in verdicts if isinstance(each, Answer)}.values())
        gaps = tuple(each.gap for each in verdicts if isinstance(each, NotInSource) and each.gap)
        if not facts or len(facts) + len(gaps) < len(verdicts):
            return None
        return Answer(lang, facts, gaps, joined(one.reasons, other.reasons))
