"""The matcher of one base: question → Verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facts.matching.calibration import Thresholds, calibrate
from facts.matching.candidates import lines_of, phrasings
from facts.matching.deciding import Decider, Ranked
from facts.matching.hearing import Ear, Heard
from facts.matching.ranking import Ranker, Words
from facts.matching.thesaurus import form
from facts.model import Fact, SmallTalk
from facts.particulars import Particulars
from facts.text import content, detect, is_han
from facts.verdict import Candidate, NoMatch, Reasons

if TYPE_CHECKING:
    from facts.matching.candidates import Entry
    from facts.model import FactBase, Lang
    from facts.verdict import Verdict

_WORDS_SHOWN = 8


class Matcher:
    """Answers questions over one base. Building indexes its lines; matching only reads, so threads may share it.

    `thresholds` spares computing them, where they are known of this very version of the base.
    """

    def __init__(self, base: FactBase, thresholds: Thresholds | None = None) -> None:
        self.base = base
        self._phrasings = phrasings(base)
        self._entries = self._phrasings.entries
        lines, owner = self._phrasings.lines, self._phrasings.owner
        aliases = [(*name.en, *name.zh, *name.pinyin) for name in base.names]
        self._ranker = Ranker(lines, owner, len(self._entries), aliases)
        self.thresholds = thresholds or calibrate(
            self._ranker, lines, owner, self._phrasings.questions, base.source.floors
        )
        particulars = Particulars(base)
        self._ear = Ear(self._ranker, particulars, lines)
        self._decider = Decider(base, particulars, self.thresholds)

    def match(self, question: str, lang: Lang | None = None, shown: str | None = None) -> Verdict:  # noqa: ARG002 - comes with context
        """Return what the base says of a question of any content and length; never raises, bounded in time.

        `lang` is the language to answer in (None: the question's, else English); `shown` the id of the fact shown last.
        """
        spoken: Lang = lang or detect(question) or "en"
        heard = self._ear.hear(question)
        ranked = self._ranked(heard)
        if not heard.content and not (ranked.entries and isinstance(ranked.best[0], SmallTalk)):
            return NoMatch(spoken, reasons=Reasons(version=self.base.version))
        return self._decider.decide(heard, ranked, spoken, self._reasons(heard, ranked))

    def _ranked(self, heard: Heard) -> Ranked:
        """Leave small talk in only where it is the whole message and ranks first."""
        pairs = [
            (self._entries[int(entry)], float(score))
            for entry, score in zip(heard.ranking.entries, heard.ranking.scores, strict=True)
        ]
        if pairs and isinstance(pairs[0][0], SmallTalk) and self._is_whole(heard, pairs[0][0]):
            return Ranked(tuple(pairs), exact=True)
        others = tuple(pair for pair in pairs if not isinstance(pair[0], SmallTalk))
        return Ranked(others, exact=bool(others) and self._is_exact(heard, others[0][0]))

    @staticmethod
    def _is_exact(heard: Heard, entry: Entry) -> bool:
        """Whether the question is one of the entry's lines, inflections and small words aside; a gap's to the word."""
        if not isinstance(entry, Fact):
            return any(heard.tokens == Words.of(line).tokens for line in lines_of(entry))
        said = [form(token) for token in heard.content]
        return any(said == [form(token) for token in content(Words.of(line).tokens)] for line in lines_of(entry))

    def _is_whole(self, heard: Heard, entry: SmallTalk) -> bool:
        """Whether the message says nothing beyond small talk: each word that means something stands in its lines."""
        said = {form(token) for line in entry.ask.every for token in Words.of(line).tokens}
        meant = (
            self._ranker.vocabulary.words[one.means[0][0]] if one.means else one.token
            for one in heard.ranking.query.asked
        )
        spelt = [form(token) for token in content(meant)]
        return (
            not heard.missing
            and all(token in said for token in spelt)
            and (bool(spelt) or self._is_exact(heard, entry))
        )

    def _reasons(self, heard: Heard, ranked: Ranked) -> Reasons:
        if not ranked.entries:
            return Reasons(particulars=heard.particulars, version=self.base.version)
        entry, score = ranked.best
        others = (Candidate(other, value) for other, value in ranked.entries[1:] if isinstance(other, Fact))
        place = next(i for i, number in enumerate(heard.ranking.entries) if self._entries[int(number)] is entry)
        line = self._phrasings.lines[int(heard.ranking.lines[place])]
        return Reasons(
            phrasing=line,
            words=shared_words(heard, line),
            particulars=heard.particulars,
            runner_up=next(others, None),
            score=score,
            threshold=self.thresholds.answer,
            version=self.base.version,
        )


def shared_words(heard: Heard, line: str) -> tuple[str, ...]:
    """Return the words of the question that the line has too, Han characters in runs."""
    theirs = set(Words.of(line).tokens)
    found: list[str] = []
    joined = False
    for token in heard.tokens:
        if token not in theirs:
            joined = False
        elif is_han(token) and joined:
            found[-1] += token
        else:
            found.append(token)
            joined = is_han(token)
    return tuple(dict.fromkeys(found))[:_WORDS_SHOWN]
