"""A question as it is understood before anything is decided: its words, particulars, strangers and ranking."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from facts.matching.ranked import Ranked, Scored
from facts.matching.ranking import Words
from facts.matching.strangers import Stranger, Strangers
from facts.matching.thesaurus import form
from facts.model import Fact, SmallTalk
from facts.quantities import without_numbers
from facts.text import asks, asks_whether, content, fold, is_han, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from facts.matching.candidates import Entry, Phrasings
    from facts.matching.ranking import Ranker, Ranking
    from facts.matching.rows import Numbers
    from facts.matching.signs import Explained
    from facts.matching.vocabulary import Query
    from facts.particulars import Particulars, Reading
    from facts.verdict import Particular

_VAGUE_HAN = 2
_LINES_REMEMBERED = 256
_FIRST, _KEPT = 8, 24
"""Entries of a ranking whose lines are compared with the question, and that a verdict may speak of."""
_PARTICLES = frozenset(("and", "the", "a", "an", "so", "then", "that", "please", "那", "呢", "吗", "的", "了", "啊"))


@dataclass(frozen=True, slots=True)
class Heard:
    """`tokens` are the question's words, names mended; `ranked` what was found without names that the base lacks.

    `found` are the numbers of all entries that were looked at closely, in order; `explained` is what entries were found
    to explain of the question, by their number.
    """

    question: str
    tokens: tuple[str, ...]
    reading: Reading
    strangers: tuple[Stranger, ...]
    ranked: Ranked
    found: Numbers
    query: Query
    explained: dict[int, Explained] = field(default_factory=dict, compare=False)

    @property
    def content(self) -> tuple[str, ...]:
        return content(self.tokens)

    @property
    def vague(self) -> bool:
        """Whether it is one word without a question, "the money?": which of several things it means is open."""
        said = self.content
        short = len(said) <= _VAGUE_HAN if all(is_han(token) for token in said) else len(said) <= 1
        return self.only_amounts or (short and not asks(self.tokens) and not asks_whether(self.tokens))

    @property
    def only_amounts(self) -> bool:
        """Whether it is nothing but an amount or a day, "30bn"."""
        return bool(self.reading.particulars) and not content(words(without_numbers(fold(self.question))))

    @property
    def word_for_word(self) -> bool:
        """Whether it is the line of the best entry itself, but for particles."""
        return bool(self.ranked.entries) and bool(_word_for_word(self.tokens, [_spelt(self.ranked.best.line)]))

    @property
    def missing(self) -> Particular | None:
        """The first name that the source was checked not to mention, or that nobody told us of."""
        return self.reading.absent or next((stranger.particular for stranger in self.strangers), None)

    @property
    def particulars(self) -> tuple[Particular, ...]:
        return (*self.reading.particulars, *(stranger.particular for stranger in self.strangers))


class Ear:
    """Hears questions for one base."""

    def __init__(self, phrasings: Phrasings, ranker: Ranker, particulars: Particulars) -> None:
        self._phrasings = phrasings
        self._ranker = ranker
        self._particulars = particulars
        self._strangers = Strangers(ranker, particulars.names, ranker.thesaurus)

    def hear(self, question: str, part_of: Heard | None = None) -> Heard:
        """Hear a question; a part of one that was heard is looked for among what that one found."""
        question = self._ranker.spacing.mended(question)
        read = Words.of(question)
        tokens = self._mended(read.tokens)
        reading = self._particulars.read(question, tokens)
        asked = self._ranker.vocabulary.asked(tokens)
        strangers = self._strangers.find(question, tokens, asked, reading.mentions)
        lacking = {i for m in reading.mentions if not m.name.in_source for i in range(m.start, m.end)}
        lacking |= {i for stranger in strangers for i in range(stranger.start, stranger.end)}
        kept = tuple(token for i, token in enumerate(tokens) if i not in lacking)
        said = Words(self._without_odd_numbers(question, kept), read.amounts)
        ranking = self._ranker.rank_among(said, part_of.found) if part_of else self._ranker.rank(said)
        if not lacking and len(ranking.lines):
            line = self._ranker.vocabulary.spelt(int(ranking.lines[0]))
            replacing = self._strangers.replacing(question, tokens, asked, reading.mentions, line)
            strangers = (replacing,) if replacing else ()
        ranked = self._ranked(tokens, ranking, lacks=bool(lacking or strangers))
        return Heard(question, tokens, reading, strangers, ranked, np.sort(ranking.entries), ranking.query)

    def _mended(self, tokens: tuple[str, ...]) -> tuple[str, ...]:
        """Mend misspelt names; words that the base or everyday language has stay as they are."""
        known = self._ranker.vocabulary.number
        names, thesaurus = self._particulars.names, self._ranker.thesaurus
        return tuple(
            token if token in known or thesaurus.knows(token) or not token.isascii() else names.mend(token) or token
            for token in tokens
        )

    def _without_odd_numbers(self, question: str, tokens: tuple[str, ...]) -> tuple[str, ...]:
        """Leave out figures that no line has: particulars compare them, and they are no unknown words."""
        plain = set(words(without_numbers(fold(question))))
        known = self._ranker.vocabulary.number
        return tuple(token for token in tokens if token in plain or token in known or not token[0].isdigit())

    def _ranked(self, tokens: tuple[str, ...], ranking: Ranking, *, lacks: bool) -> Ranked:
        """Name the entries; small talk stays only where it ranks first and is the whole message."""
        entries, lines = self._phrasings.entries, self._phrasings.lines
        scored = tuple(
            Scored(entries[entry], score, lines[line], pull, entry, line)
            for entry, score, line, pull in zip(
                *(each[:_KEPT].tolist() for each in (ranking.entries, ranking.scores, ranking.lines, ranking.pulls)),
                strict=True,
            )
        )
        first = scored[0].entry if scored else None
        if isinstance(first, SmallTalk) and not lacks and self._is_whole(tokens, ranking, first):
            return Ranked(scored, exact=True)
        others = [each for each in scored if not isinstance(each.entry, SmallTalk)]
        if not others:
            return Ranked(())
        spelt = self._ranker.vocabulary.spelt
        same = _word_for_word(tokens, [spelt(each.place) for each in others[:_FIRST]])
        if len(same) == 1:
            others.insert(0, others.pop(same[0]))
        return Ranked(tuple(others), exact=is_exact(tokens, others[0].entry, spelt(others[0].place)))

    def _is_whole(self, tokens: tuple[str, ...], ranking: Ranking, entry: SmallTalk) -> bool:
        """Whether the message says nothing beyond small talk: each word that means something stands in its lines."""
        lines = [_spelt(line) for line in entry.ask.every]
        said = {form(token) for line in lines for token in line}
        spelt = [form(token) for token in content(self._ranker.vocabulary.meant(ranking.query.asked))]
        whole = bool(spelt) or any(is_exact(tokens, entry, line) for line in lines)
        return whole and all(token in said for token in spelt)


def is_exact(tokens: Sequence[str], entry: Entry, line: Sequence[str]) -> bool:
    """Return whether the tokens are this line of the entry: of a fact but for small words, else but for particles."""
    if isinstance(entry, Fact):
        said = _meant(tokens)
        return bool(said) and said == _meant(line) and asks(tokens) - {"吗"} <= asks(line)
    return bool(_word_for_word(tokens, [line]))


def _word_for_word(tokens: Sequence[str], lines: Sequence[Sequence[str]]) -> list[int]:
    """Return which of the lines are the tokens, but for particles."""
    plain = _plain(tokens)
    return [at for at, line in enumerate(lines) if plain and len(line) >= len(plain) and _plain(line) == plain]


def _plain(tokens: Sequence[str]) -> list[str]:
    return [token for token in tokens if token not in _PARTICLES]


@lru_cache(maxsize=_LINES_REMEMBERED)
def _spelt(line: str) -> tuple[str, ...]:
    return words(fold(line))


def _meant(tokens: Sequence[str]) -> list[str]:
    return [form(token) for token in content(tokens)]
