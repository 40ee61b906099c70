"""The most of a kind, "the largest park", 最大的公园: an entry answers it only if it tells of the most of that kind.

Two words of a question may both stand in an entry, in lines that have nothing to do with each other: "the largest
subsidy", "a digital park". For most words that is no sign of a wrong answer; for what the most is asked of, it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from facts.matching.thesaurus import form
from facts.text import STOP_HAN, STOP_WORDS, fold, is_han, syllable, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
_REACH = 3
"""Words after a superlative, as far as the next small one, of which one is what the most is asked of."""


class Superlatives:
    """Knows of what each entry tells the most; its lines are looked through once."""

    def __init__(self, ranker: Ranker) -> None:
        self._thesaurus, self._vocabulary = ranker.thesaurus, ranker.vocabulary
        self._told: dict[str, frozenset[str | int]] = {}

    def unborne(self, query: Query, entry: Entry) -> bool:
        """Return whether the question asks for the most of something of which the entry tells no such thing."""
        heads = list(_heads(self._vocabulary.meant(query.asked)))
        return bool(heads) and any(self._meanings(head).isdisjoint(self._of(entry)) for head in heads)

    def _of(self, entry: Entry) -> frozenset[str | int]:
        """Return the forms and groups of that of which the lines and the title of the entry tell the most."""
        if entry.id not in self._told:
            heads = (head for line in (*entry.ask.every, *_titles(entry)) for head in _heads(words(fold(line))))
            self._told[entry.id] = frozenset(meaning for head in heads for meaning in self._meanings(head))
        return self._told[entry.id]

    def _meanings(self, tokens: Sequence[str]) -> frozenset[str | int]:
        """Return forms and groups of words; of two Chinese characters how they sound, since many mistype them so."""
        forms = [form(token) for token in tokens]
        groups = (group for _, _, found in self._thesaurus.spans(forms) for group in found)
        spelt = (" ".join(syllable(each) or each for each in forms),) if is_han(forms[0]) else forms
        return frozenset((*spelt, *groups))


def _titles(entry: Entry) -> Iterator[str]:
    title = getattr(entry, "title", None)
    if title is not None:
        yield from (title.en, title.zh)


def _heads(tokens: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield the words of which the most may be asked: those after a superlative, two characters of a Chinese one."""
    for at, token in enumerate(tokens):
        if token in _MOST:
            head = _nouns(tokens[at + 1 : at + 1 + _REACH])
        elif token in _WITH_ADJECTIVE:
            head = _nouns(tokens[at + 1 : at + 2 + _REACH])[1:]
        elif token == _MOST_HAN:
            head = _nouns_han(tokens[at + 1 :])
        else:
            continue
        if head:
            yield head


def _nouns(after: Sequence[str]) -> tuple[str, ...]:
    """Return the words before a small one: "largest possible handout there is"."""
    run: list[str] = []
    for token in after:
        if token in STOP_WORDS or not token.isalpha() or is_han(token):
            break
        run.append(token)
    return tuple(run)


def _nouns_han(after: Sequence[str]) -> tuple[str, ...]:
    """Return the two characters after 最大的, 最重要的; none where a small word follows: 最多能拿多少."""
    text = "".join(after[:6])
    size = next((len(each) for each in _LONG_ADJECTIVES_HAN if text.startswith(each)), 0)
    size = size or (1 if text[:1] in _ADJECTIVES_HAN else 0)
    if not size:
        return ()
    rest = text[size:].removeprefix("的")[:2]
    fit = len(rest) == 2 and all(is_han(each) and each not in STOP_HAN for each in rest)
    return tuple(rest) if fit else ()
