"""Names in a question that no list knows: a place nobody told us of must not be answered with another's figures.

There is no list of ordinary words to go by, so a stranger is what the base never uses *and* what is written or placed
as names are: a capital within a sentence, pinyin, "X district", "in X", X市, 在X, or where a phrasing has a name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from facts.matching.hannames import han_names
from facts.matching.thesaurus import form
from facts.naming import same_ear
from facts.particulars import COMPARED, as_written
from facts.text import STOP_WORDS, fold, is_han, pinyin_of, tidy, words
from facts.verdict import Particular

if TYPE_CHECKING:
    from collections.abc import Sequence

    from facts.matching.ranking import Ranker
    from facts.matching.thesaurus import Thesaurus
    from facts.matching.vocabulary import Asked
    from facts.naming import Mention, NameFinder

_KINDS_AFTER = frozenset(
    "city district province county town township village region company group corporation corp inc ltd co bank "  # noqa: SIM905 - reads best so
    "technologies technology university street island state".split()
)
_AUXILIARIES = frozenset(("did", "does", "has", "is", "was", "will"))
_PLACES_ONLY = frozenset(("in", "near", "around", "outside"))
_BEFORE_NAMES = (
    _AUXILIARIES
    | _PLACES_ONLY
    | frozenset(
        "about and at by for from like of or than to versus vs what who with".split()  # noqa: SIM905 - reads best so
    )
)
_NO_PLACE = frozenset(
    ("general", "particular", "detail", "brief", "practice", "theory", "advance", "addition", "person")
)


@dataclass(frozen=True, slots=True)
class Stranger:
    """Tokens `start` to `end` (exclusive) that look like a name nobody told us of."""

    start: int
    end: int
    particular: Particular


class Strangers:
    def __init__(self, ranker: Ranker, names: NameFinder, thesaurus: Thesaurus) -> None:
        self._ranker = ranker
        self._names = names
        self._thesaurus = thesaurus

    def find(
        self, question: str, tokens: Sequence[str], asked: Sequence[Asked], mentions: Sequence[Mention]
    ) -> tuple[Stranger, ...]:
        """Return the strangers of a question, in order.

        None in a base that names no place, firm or person itself: it tells of nobody whose figures could be mistaken.
        """
        if not self._names.any_of(COMPARED):
            return ()
        named = {i for mention in mentions for i in range(mention.start, mention.end)}
        spans = [*self._latin(question, tokens, asked, named), *self._han(question, tokens, named)]
        return tuple(stranger(question, tokens, start, end) for start, end in sorted(spans))

    def replacing(
        self,
        question: str,
        tokens: Sequence[str],
        asked: Sequence[Asked],
        mentions: Sequence[Mention],
        line: Sequence[str],
    ) -> Stranger | None:
        """Return the unknown word that stands where the line has the name of a place, firm or person."""
        ours = {mention.name.id for mention in mentions}
        theirs = [m for m in self._names.find(tuple(line)) if m.name.kind in COMPARED]
        if not theirs or any(mention.name.id in ours for mention in theirs):
            return None
        named = {i for mention in mentions for i in range(mention.start, mention.end)}
        odd = [i for i, one in enumerate(asked) if i not in named and self._odd(one)]
        if not odd or odd[-1] - odd[0] >= len(odd):
            return None
        start, end = odd[0], odd[-1] + 1
        stands = any(_alike_beside(tokens, (start, end), line, (m.start, m.end)) for m in theirs)
        return stranger(question, tokens, start, end) if stands else None

    def _odd(self, one: Asked) -> bool:
        """Whether the base has no such word, not even misspelt, and it is no everyday word either."""
        return (
            not one.known
            and not is_han(one.token)
            and one.token.isalpha()
            and len(one.token) > 1
            and one.token not in STOP_WORDS
            and not self._thesaurus.knows(one.token)
        )

    def _latin(
        self, question: str, tokens: Sequence[str], asked: Sequence[Asked], named: set[int]
    ) -> list[tuple[int, int]]:
        capitals = _capitals(question)
        marked = [i not in named and self._like_a_name(i, tokens, asked[i], capitals) for i in range(len(tokens))]
        spans: list[tuple[int, int]] = []
        for i, mark in enumerate(marked):
            if mark and spans and spans[-1][1] == i:
                spans[-1] = (spans[-1][0], i + 1)
            elif mark:
                spans.append((i, i + 1))
        return spans

    def _like_a_name(self, at: int, tokens: Sequence[str], one: Asked, capitals: frozenset[str]) -> bool:
        token = tokens[at]
        if one.known == 1 or is_han(token) or not token.isalpha() or len(token) < 2 or token in STOP_WORDS:
            return False
        if self._thesaurus.knows(token):
            return False
        repaired = self._ranker.vocabulary.words[one.means[0][0]] if one.means else None
        if repaired and at and self._ranker.follows(tokens[at - 1], repaired):
            return False
        if token in capitals:
            return not (repaired and self._names.has_word(repaired) and not _other_sound(token, repaired))
        if len(token) > 3 and len(one.sounds or pinyin_of(token)) > 1:
            heard = all(self._ranker.heard(*both) for both in pairwise(one.sounds)) if one.sounds else False
            stands = not at or tokens[at - 1] in _BEFORE_NAMES
            return stands and not heard and (not repaired or _other_sound(token, repaired))
        return not repaired and self._placed(at, tokens)

    @staticmethod
    def _placed(at: int, tokens: Sequence[str]) -> bool:
        before = tokens[at - 1] if at else ""
        after = tokens[at + 1] if at + 1 < len(tokens) else ""
        if after in _KINDS_AFTER or (before == "of" and at > 1 and tokens[at - 2] in _KINDS_AFTER):
            return True
        if before in _AUXILIARIES and after and after not in STOP_WORDS:
            return True
        ends = not after or after in STOP_WORDS
        return before in _PLACES_ONLY and ends and tokens[at] not in _NO_PLACE

    def _han(self, question: str, tokens: Sequence[str], named: set[int]) -> list[tuple[int, int]]:
        return han_names(tokens, self._covered(tokens, named), _broken(question, tokens)) if _any_han(tokens) else []

    def _covered(self, tokens: Sequence[str], named: set[int]) -> list[bool]:
        """Whether each token is explained: a name, an everyday expression, or neighbours that the base has too."""
        covered = [i in named for i in range(len(tokens))]
        for start, end, _ in self._thesaurus.spans([form(token) for token in tokens]):
            if end - start > 1:
                covered[start:end] = [True] * (end - start)
        for i in range(len(tokens) - 1):
            if self._ranker.neighbours(tokens[i], tokens[i + 1]):
                covered[i] = covered[i + 1] = True
        return covered


def stranger(question: str, tokens: Sequence[str], start: int, end: int) -> Stranger:
    shown = as_written(question, tuple(tokens[start:end]))
    return Stranger(start, end, Particular("unknown-name", shown))


def _any_han(tokens: Sequence[str]) -> bool:
    return any(is_han(token) for token in tokens)


def _broken(question: str, tokens: Sequence[str]) -> list[bool]:
    """Whether punctuation or a space stands before each token; where mending has changed the words, nowhere is told."""
    folded = fold(question)
    if words(folded) != tuple(tokens):
        return [False] * len(tokens)
    broken, at = [], 0
    for token in tokens:
        place = folded.find(token, at)
        broken.append(place > at)
        at = place + len(token)
    return broken


def _capitals(question: str) -> frozenset[str]:
    """Return the words written with a capital though no sentence starts there; none where all words are."""
    text = tidy(question)
    spelt = [hit for hit in re.finditer(r"[^\W\d_]+", text) if not is_han(hit.group()[0])]
    if not spelt or all(hit.group()[0].isupper() for hit in spelt[1:] if hit.group().casefold() not in STOP_WORDS):
        small = [hit for hit in spelt if hit.group()[0].islower()]
        if len(small) < 2:
            return frozenset()
    inner = (hit for hit in spelt if hit.start() and not re.search(r"[.!?:;。？！\"“]\s*$", text[: hit.start()]))
    return frozenset(hit.group().casefold() for hit in inner if hit.group()[0].isupper())


def _alike_beside(one: Sequence[str], at: tuple[int, int], other: Sequence[str], there: tuple[int, int]) -> bool:
    """Whether two spans have the same word before them, or after them."""
    before = at[0] and there[0] and form(one[at[0] - 1]) == form(other[there[0] - 1])
    after = at[1] < len(one) and there[1] < len(other) and form(one[at[1]]) == form(other[there[1]])
    return bool(before or after)


def _other_sound(token: str, repaired: str) -> bool:
    """Whether a word in pinyin sounds unlike the word it would be mended to: Sanshui is no misspelt Sanshi."""
    return len(pinyin_of(token)) > 1 and len(pinyin_of(repaired)) > 1 and not same_ear(token, repaired)
