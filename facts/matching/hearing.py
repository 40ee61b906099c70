"""A question as it is understood before anything is decided: its words, particulars, strangers and ranking."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from facts.matching.ranking import Ranker, Ranking, tokens_of
from facts.matching.strangers import Stranger, Strangers
from facts.text import STOP_HAN, STOP_WORDS, is_han

if TYPE_CHECKING:
    from facts.particulars import Particulars, Reading
    from facts.verdict import Particular


@dataclass(frozen=True, slots=True)
class Heard:
    """`tokens`: the question's words, names mended. `asked`: those that ranking used, without what the base lacks."""

    tokens: tuple[str, ...]
    asked: tuple[str, ...]
    reading: Reading
    strangers: tuple[Stranger, ...]
    ranking: Ranking

    @property
    def says_something(self) -> bool:
        return any(token not in (STOP_HAN if is_han(token) else STOP_WORDS) for token in self.tokens)

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
        tokens = self._mended(tokens_of(question))
        reading = self._particulars.read(question, tokens)
        asked = self._ranker.vocabulary.ask(tokens).asked
        strangers = self._strangers.find(question, tokens, asked, reading.mentions)
        lacking = {i for m in reading.mentions if not m.name.in_source for i in range(m.start, m.end)}
        lacking |= {i for stranger in strangers for i in range(stranger.start, stranger.end)}
        kept = tuple(token for i, token in enumerate(tokens) if i not in lacking)
        ranking = self._ranker.rank(kept)
        if not lacking and len(ranking.lines):
            line = tokens_of(self._lines[int(ranking.lines[0])])
            replacing = self._strangers.replacing(question, tokens, asked, reading.mentions, line)
            strangers = (replacing,) if replacing else ()
        return Heard(tokens, kept, reading, strangers, ranking)

    def _mended(self, tokens: tuple[str, ...]) -> tuple[str, ...]:
        """Mend misspelt names; words that the base or everyday language has stay as they are."""
        known = self._ranker.vocabulary.number
        names, thesaurus = self._particulars.names, self._ranker.thesaurus
        return tuple(
            token if token in known or thesaurus.knows(token) or not token.isascii() else names.mend(token) or token
            for token in tokens
        )
