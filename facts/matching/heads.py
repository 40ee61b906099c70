"""What a question asks the most or the number of, "the largest park", 多少人: an entry must tell it of just that.

Two words of a question may both stand in an entry, in lines that have nothing to do with each other: "the largest
subsidy", "a digital park". For most words that is no sign of a wrong answer; for what is asked of, it is.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING, NamedTuple

from facts.matching.thesaurus import form
from facts.model import Fact
from facts.text import STOP_HAN, STOP_WORDS, fold, is_han, syllable, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from facts.matching.candidates import Entry
    from facts.matching.ranking import Ranker
    from facts.matching.vocabulary import Query

_MOST = frozenset(
    "largest biggest highest greatest longest shortest smallest lowest oldest youngest newest best worst cheapest "  # noqa: SIM905 - reads best so
    "richest poorest fastest slowest strongest weakest tallest busiest finest max maximum minimum".split()
)
_WITH_ADJECTIVE = frozenset(("most", "least"))
_MOST_HAN = "最"
_ADJECTIVES_HAN = frozenset("大小高低长短好差坏老快慢强弱贵富穷")
_LONG_ADJECTIVES_HAN = ("重要", "优秀", "厉害", "便宜", "著名", "有名", "漂亮", "热门", "关键", "繁华", "发达")
_NUMBER = (("how", "many"), ("number", "of"))
_NUMBER_HAN = (("多", "少"), ("几", "多"))
_CLASSIFIERS = frozenset("家个间条位名座项只处所件场篇栋次")
_REACH = 3
"""Words after a superlative or "how many", as far as the next small one, of which one is what is asked of."""


class Head(NamedTuple):
    """The words of which one is what is asked of, or two characters; `counted`: for their number, not for the most."""

    words: tuple[str, ...]
    counted: bool


class Heads:
    """Knows of what each entry tells the most, and the number; its lines are looked through once."""

    def __init__(self, ranker: Ranker) -> None:
        self._thesaurus, self._vocabulary = ranker.thesaurus, ranker.vocabulary
        self._told: dict[str, tuple[frozenset[str | int], frozenset[str | int]]] = {}

    def untold(self, query: Query, entry: Entry) -> bool:
        """Return whether the question asks for the most or the number of something that the entry tells neither of.

        A gap may be asked for the number of anything that it leaves open.
        """
        heads = _asked_for(tuple(self._vocabulary.meant(query.asked)))
        asked = [head for head in heads if isinstance(entry, Fact) or not head.counted]
        return any(self._meanings(head.words).isdisjoint(self._of(entry)[head.counted]) for head in asked)

    def _of(self, entry: Entry) -> tuple[frozenset[str | int], frozenset[str | int]]:
        """Return the forms and groups of that of which the entry tells the most, and of that of which the number.

        What a line counts is its first word alone: in "how many businesses work in it", not the work.
        """
        if entry.id not in self._told:
            titles = [words(fold(title)) for title in _titles(entry)]
            found = [head for line in (*map(words, map(fold, entry.ask.every)), *titles) for head in heads_of(line)]
            most = (head.words for head in found if not head.counted)
            number = (head.words if is_han(head.words[0]) else head.words[:1] for head in found if head.counted)
            self._told[entry.id] = self._all(most), self._all((*number, *map(_sayable, titles), *_pairs(titles)))
        return self._told[entry.id]

    def _all(self, spans: Iterable[Sequence[str]]) -> frozenset[str | int]:
        return frozenset(meaning for span in spans for meaning in self._meanings(span))

    def _meanings(self, tokens: Sequence[str]) -> frozenset[str | int]:
        """Return forms and groups of words; of two Chinese characters how they sound, since many mistype them so."""
        forms = [form(token) for token in tokens]
        groups = (group for _, _, found in self._thesaurus.spans(forms) for group in found)
        han = bool(forms) and is_han(forms[0])
        return frozenset((*((" ".join(syllable(each) or each for each in forms),) if han else forms), *groups))


@lru_cache(maxsize=8)  # a question is held against one entry after the other
def _asked_for(tokens: tuple[str, ...]) -> tuple[Head, ...]:
    return tuple(heads_of(tokens))


def heads_of(tokens: Sequence[str]) -> Iterator[Head]:
    """Yield what a question, or a line, asks the most or the number of."""
    for at, token in enumerate(tokens):
        after, both = tokens[at + 1 :], tuple(tokens[at : at + 2])
        if token in _MOST:
            yield from _head(_nouns(after))
        elif token in _WITH_ADJECTIVE:
            yield from _head(_nouns(after, _REACH + 1)[1:])
        elif token == _MOST_HAN:
            yield from _head(_after_adjective("".join(after[:6])))
        elif both in _NUMBER:
            yield from _head(_nouns(after[1:]), counted=True)
        elif both in _NUMBER_HAN:
            yield from _head(_two(tuple(after[1:4])), counted=True)


def _head(found: tuple[str, ...], *, counted: bool = False) -> Iterator[Head]:
    if found:
        yield Head(found, counted)


def _nouns(after: Sequence[str], reach: int = _REACH) -> tuple[str, ...]:
    """Return the words before a small one: "largest possible handout there is"."""
    return tuple(takewhile(_is_noun, after[:reach]))


def _is_noun(token: str) -> bool:
    return token not in STOP_WORDS and token.isalpha() and not is_han(token)


def _after_adjective(text: str) -> tuple[str, ...]:
    """Return the two characters after 大的, 重要的; none where a small word follows: 最多能拿多少."""
    size = next((len(each) for each in _LONG_ADJECTIVES_HAN if text.startswith(each)), 0)
    size = size or (1 if text[:1] in _ADJECTIVES_HAN else 0)
    return _two(tuple(text[size:].removeprefix("的"))) if size else ()


def _two(after: tuple[str, ...]) -> tuple[str, ...]:
    """Return two characters that mean something, a classifier before them left out: 家企业."""
    rest = after[1:] if after and after[0] in _CLASSIFIERS else after
    return rest[:2] if len(rest) > 1 and all(is_han(each) and each not in STOP_HAN for each in rest[:2]) else ()


def _titles(entry: Entry) -> Iterator[str]:
    if title := getattr(entry, "title", None):
        yield from (title.en, title.zh)
    if label := getattr(entry, "label", None):
        yield from (label.en, label.zh)


def _sayable(line: Sequence[str]) -> tuple[str, ...]:
    return tuple(token for token in line if not is_han(token))


def _pairs(lines: Iterable[Sequence[str]]) -> Iterator[tuple[str, str]]:
    """Yield every two neighbouring characters."""
    for line in lines:
        yield from (both for both in pairwise(line) if all(map(is_han, both)))
