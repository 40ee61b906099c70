"""A question as it is understood before anything is decided: its words, particulars, strangers and ranking."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from facts.matching.ranking import Ranker, Ranking, Words
from facts.matching.strangers import Stranger, Strangers
from facts.quantities import without_numbers
from facts.text import asks, content, fold, is_han, words

if TYPE_CHECKING:
    from facts.particulars import Particulars, Reading
    from facts.verdict import Particular

_VAGUE_HAN = 2


@dataclass(frozen=True, slots=True)
class Heard:
    """`tokens`: the question's words, names mended. `asked`: those that ranking used, without what the base lacks."""

    question: str
    tokens: tuple[str, ...]
    asked: tuple[str, ...]
    reading: Reading
    strangers: tuple[Stranger, ...]
    ranking: Ranking

    @property
    def content(self) -> tuple[str, ...]:
        return content(self.tokens)

    @property
    def vague(self) -> bool:
        """Whether it is one word without a question, "the money?": which of several things it means is open."""
        said = self.content
        short = len(said) <= _VAGUE_HAN if all(is_han(token) for token in said) else len(said) <= 1
        return self.only_amounts or (short and not asks(self.tokens))

    @property
    def only_amounts(self) -> bool:
        """Whether it is nothing but an amount or a day, "30bn"."""
        return bool(self.reading.particulars) and not content(words(without_numbers(fold(self.question))))

    @property
    def missing(self) -> Particular | None:
        """The first name that the source was checked not to mention, or that nobody told us of."""
        return self.reading.absent or next((stranger.particular for stranger in self.strangers), None)

    @property
    def particulars(self) -> tuple[Particular, ...]:
        return (*self.reading.particulars, *(stranger.particular for stranger in self.strangers))


class Ear:
    """Hears questions for one base."""

    def __init__(self, ranker: Ranker, particulars: Particulars, lines: tuple[str, ...]) -> None:
        self._ranker = ranker
        self._particulars = particulars
        self._strangers = Strangers(ranker, particulars.names, ranker.thesaurus)
        self._lines = lines

    def hear(self, question: str) -> Heard:
        read = Words.of(question)
        tokens = self._mended(read.tokens)
        reading = self._particulars.read(question, tokens)
        asked = self._ranker.vocabulary.ask(tokens).asked
        strangers = self._strangers.find(question, tokens, asked, reading.mentions)
        lacking = {i for m in reading.mentions if not m.name.in_source for i in range(m.start, m.end)}
        lacking |= {i for stranger in strangers for i in range(stranger.start, stranger.end)}
        kept = tuple(token for i, token in enumerate(tokens) if i not in lacking)
        ranking = self._ranker.rank(Words(self._without_odd_numbers(question, kept), read.amounts))
        if not lacking and len(ranking.lines):
            line = Words.of(self._lines[int(ranking.lines[0])]).tokens
            replacing = self._strangers.replacing(question, tokens, asked, reading.mentions, line)
            strangers = (replacing,) if replacing else ()
        return Heard(question, tokens, kept, reading, strangers, ranking)

    def _without_odd_numbers(self, question: str, tokens: tuple[str, ...]) -> tuple[str, ...]:
        """Leave out figures that no line has: particulars compare them, and they are no unknown words."""
        plain = set(words(without_numbers(fold(question))))
        known = self._ranker.vocabulary.number
        return tuple(token for token in tokens if token in plain or token in known or not token[0].isdigit())

    def _mended(self, tokens: tuple[str, ...]) -> tuple[str, ...]:
        """Mend misspelt names; words that the base or everyday language has stay as they are."""
        known = self._ranker.vocabulary.number
        names, thesaurus = self._particulars.names, self._ranker.thesaurus
        return tuple(
            token if token in known or thesaurus.knows(token) or not token.isascii() else names.mend(token) or token
            for token in tokens
        )
