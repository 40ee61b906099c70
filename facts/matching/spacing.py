"""Spaces where they belong: "fo obar", "compa nies", "howmuch" are slips that no spelling of a single word mends."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from facts.text import STOP_WORDS, stem, tidy

if TYPE_CHECKING:
    from facts.matching.thesaurus import Thesaurus
    from facts.matching.vocabulary import Vocabulary

_SHORTEST_JOINED, _SHORTEST_SPLIT = 5, 3
"""Letters of a word that two pieces may make, and of each of two words that were run together."""
_PLAIN = re.compile(r"(?<![\w'’])[a-z]+(?![\w'’])")
"""A word in small letters; one with a capital may be a name."""


class Spacing:
    def __init__(self, vocabulary: Vocabulary, thesaurus: Thesaurus) -> None:
        self._vocabulary = vocabulary
        self._thesaurus = thesaurus

    def mended(self, question: str) -> str:
        """Return the question, with a space moved, dropped or put in where that makes words of the base out of none."""
        text = tidy(question)
        found = [hit.span() for hit in _PLAIN.finditer(text)]
        unknown = [not self._known(text[start:end]) for start, end in found]
        if not any(unknown):
            return question
        made: list[str] = []
        done = at = 0
        while at < len(found):
            start, end = found[at]
            last = found[at + 1][1] if at + 1 < len(found) and text[end : found[at + 1][0]] == " " else end
            pair = self._pair(text[start:end], text[end + 1 : last]) if last > end and any(unknown[at : at + 2]) else ""
            mended = pair or (self._split(text[start:end]) if unknown[at] else "")
            if mended:
                made += (text[done:start], mended)
                done = last if pair else end
            at += 2 if pair else 1
        return "".join((*made, text[done:]))

    def _known(self, word: str) -> bool:
        return self._has(word) or self._thesaurus.knows(word)

    def _has(self, word: str) -> bool:
        known = self._vocabulary
        return word in known.number or word in STOP_WORDS or (len(word) > 2 and stem(word) in known.stem_number)

    def _pair(self, one: str, other: str) -> str:
        """Mend two neighbours: one word in two pieces, or the space a letter too early or too late; "" if neither."""
        if len(one) + len(other) >= _SHORTEST_JOINED and one + other in self._vocabulary.number:
            return one + other
        moved = ((one + other[0], other[1:]), (one[:-1], one[-1] + other))
        return next((" ".join(both) for both in moved if all(each and self._has(each) for each in both)), "")

    def _split(self, word: str) -> str:
        """Mend two words run together, one of them a small one ("greenland" stays); "" if there are none."""
        for at in range(_SHORTEST_SPLIT, len(word) - _SHORTEST_SPLIT + 1):
            both = word[:at], word[at:]
            if all(map(self._has, both)) and any(each in STOP_WORDS for each in both):
                return " ".join(both)
        return ""
