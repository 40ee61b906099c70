"""Names in a question that no list knows: a place nobody told us of must not be answered with another's figures.

There is no list of ordinary words to go by, so a stranger is what the base never uses *and* what is written or placed
as names are: a capital within a sentence, pinyin, "X district", "in X", X市, 在X, or where a phrasing has a name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from facts.matching.thesaurus import form
from facts.naming import same_ear
from facts.particulars import COMPARED, as_written
from facts.text import STOP_HAN, STOP_WORDS, is_han, pinyin_of, tidy
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
_PLACED = frozenset(
    ("in", "at", "near", "from", "around", "outside", "to", "of", "for", "by", "about", "with", "and", "or")
)
_PLACES_ONLY = frozenset(("in", "near", "around", "outside"))
_NO_PLACE = frozenset(
    ("general", "particular", "detail", "brief", "practice", "theory", "advance", "addition", "person")
)
_HAN_KINDS = frozenset("市区县省镇乡州村岛国")
_HAN_KINDS_LONG = (
    "公司",
    "集团",
    "银行",
    "科技",
    "控股",
    "股份",
    "大学",
    "学院",
    "企业",
    "新区",
    "街道",
    "电子",
    "网络",
)
_HAN_BEFORE = frozenset("在于和跟与比对给从去到由除及、，,? ")
_HAN_AFTER = frozenset("的有是会能签也在怎什多几为吗呢和参来进入落出成建设拿给跟与比,?、，。？!")
_LONGEST_HAN_NAME = 6


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
        """Return the strangers of a question, in order."""
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
        theirs = [m.name for m in self._names.find(tuple(line)) if m.name.kind in COMPARED]
        if not theirs or any(name.id in ours for name in theirs):
            return None
        named = {i for mention in mentions for i in range(mention.start, mention.end)}
        odd = [i for i, one in enumerate(asked) if i not in named and self._odd(one)]
        return stranger(question, tokens, odd[0], odd[-1] + 1) if odd and odd[-1] - odd[0] == len(odd) - 1 else None

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
        if token in capitals:
            return not (repaired and self._names.has_word(repaired) and not _other_sound(token, repaired))
        if len(token) > 3 and len(one.sounds or pinyin_of(token)) > 1:
            heard = all(self._ranker.heard(*both) for both in pairwise(one.sounds)) if one.sounds else False
            return not heard and (not repaired or _other_sound(token, repaired))
        return not repaired and self._placed(at, tokens)

    @staticmethod
    def _placed(at: int, tokens: Sequence[str]) -> bool:
        before = tokens[at - 1] if at else ""
        after = tokens[at + 1] if at + 1 < len(tokens) else ""
        if after in _KINDS_AFTER or (before == "of" and at > 1 and tokens[at - 2] in _KINDS_AFTER):
            return True
        ends = not after or after in STOP_WORDS
        return before in _PLACES_ONLY and ends and tokens[at] not in _NO_PLACE

    def _han(self, question: str, tokens: Sequence[str], named: set[int]) -> list[tuple[int, int]]:
        covered = self._covered(tokens, named)
        spans: list[tuple[int, int]] = []
        at = 0
        while at < len(tokens):
            end = at
            while end < len(tokens) and is_han(tokens[end]) and not covered[end]:
                end += 1
            if end - at and end - at <= _LONGEST_HAN_NAME and self._han_name(question, tokens, at, end):
                spans.append((at, end))
            at = max(end, at + 1)
        return spans

    def _covered(self, tokens: Sequence[str], named: set[int]) -> list[bool]:
        """Whether each token is explained: a name, everyday words, or a pair of neighbours that the base also has."""
        covered = [i in named or token in STOP_HAN for i, token in enumerate(tokens)]
        for start, end in self._thesaurus.spans([form(token) for token in tokens]):
            if end - start > 1:
                covered[start:end] = [True] * (end - start)
        for i in range(len(tokens) - 1):
            if self._ranker.neighbours(tokens[i], tokens[i + 1]):
                covered[i] = covered[i + 1] = True
        return covered

    @staticmethod
    def _han_name(question: str, tokens: Sequence[str], start: int, end: int) -> bool:
        rest = "".join(tokens[end : end + 2])
        kind = tokens[end - 1] in _HAN_KINDS or rest[:1] in _HAN_KINDS or rest in _HAN_KINDS_LONG
        if kind:
            return end - start > 1 or rest[:1] in _HAN_KINDS or rest in _HAN_KINDS_LONG
        if end - start < 2:
            return False
        before = tokens[start - 1] if start else " "
        after = tokens[end] if end < len(tokens) else "?"
        return (before in _HAN_BEFORE or start == 0 or _breaks(question, tokens, start)) and after in _HAN_AFTER


def stranger(question: str, tokens: Sequence[str], start: int, end: int) -> Stranger:
    shown = as_written(question, tuple(tokens[start:end]))
    return Stranger(start, end, Particular("unknown-name", shown))


def _breaks(question: str, tokens: Sequence[str], start: int) -> bool:
    """Whether punctuation or a space stands before the token in the question."""
    hit = re.search(r"[\W_]" + re.escape("".join(tokens[start : start + 2])), tidy(question), re.IGNORECASE)
    return hit is not None


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


def _other_sound(token: str, repaired: str) -> bool:
    """Whether a word in pinyin sounds unlike the word it would be mended to: Sanshui is no misspelt Sanshi."""
    return len(pinyin_of(token)) > 1 and not same_ear(token, repaired)
