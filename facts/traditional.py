"""Simplified characters as Hong Kong writes them: told by OpenCC, and kept in a table that is small.

OpenCC's words tell 头发 from 发展, and it takes 28 MB to hold them. So a process of its own, `python -m
facts.traditional`, asks it of the texts that will be shown, and of the words of `traditional.txt`; what it gives back
is what a table of single characters would get wrong. (OpenCC's own "s2hk" takes 44 MB for the same: it holds the words
twice.)
"""

from __future__ import annotations

import json
import re
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import opencc

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_HAN = "㐀-䶿一-鿿々〇"
_HAN_RUN = re.compile(f"[{_HAN}]+")
_LISTED = Path(__file__).with_suffix(".txt")
_EVERY = tuple(map(chr, range(0x3400, 0xA000)))
_MENDED = {"握髮展": "握發展", "籤協": "簽協", "籤約": "簽約", "統制造": "統製造", "個鍾": "個鐘"}
"""Where OpenCC 1.4 takes the wrong one of two characters."""


class Spelling:
    """Writes Simplified characters as Traditional ones: the longest phrase first, else each character by itself.

    Each phrase has as many characters as what stands for it.
    """

    def __init__(self, characters: Mapping[str, str], phrases: Mapping[str, str]) -> None:
        self._characters = str.maketrans(dict(characters))
        self._phrases = phrases
        sizes: dict[str, set[int]] = {}
        for phrase in phrases:
            sizes.setdefault(phrase[0], set()).add(len(phrase))
        self._sizes = {first: sorted(found, reverse=True) for first, found in sizes.items()}
        self._first = re.compile(f"[{''.join(sizes)}]" if sizes else "(?!)")

    def __call__(self, text: str) -> str:
        """Return `text` in Traditional characters; whatever else is in it stays."""
        found: list[str] = []
        end = 0
        for match in self._first.finditer(text):
            at = match.start()
            phrase = self._at(text, at) if at >= end else None
            if phrase:
                found += (text[end:at].translate(self._characters), self._phrases[phrase])
                end = at + len(phrase)
        return "".join((*found, text[end:].translate(self._characters)))

    def _at(self, text: str, at: int) -> str | None:
        return next((text[at : at + n] for n in self._sizes[text[at]] if text[at : at + n] in self._phrases), None)

    def written(self) -> bytes:
        return json.dumps([{chr(code): to for code, to in self._characters.items()}, self._phrases]).encode()

    @classmethod
    def read(cls, content: bytes) -> Spelling:
        """Return what was written. Raises ValueError."""
        match json.loads(content):
            case [dict(characters), dict(phrases)]:
                return cls(characters, phrases)
        raise ValueError("no spelling")


def traditional(text: str) -> str:
    """Return `text` in Traditional characters, by OpenCC itself: the first time takes 0.1 s and 28 MB."""
    if not _HAN_RUN.search(text):
        return text
    from_simplified, hong_kong = _converters()
    converted = str(hong_kong.convert(from_simplified.convert(text)))
    for wrong, right in _MENDED.items():
        converted = converted.replace(wrong, right)
    return converted


def spelling(texts: Iterable[str]) -> Spelling:
    """Return what writes these texts as OpenCC does, and any other nearly so."""
    words = _words()
    characters = {one: to for one, to in zip(_EVERY, _each(_EVERY), strict=True) if one != to}
    alone = str.maketrans(characters)
    phrases = {word: to for word, to in zip(words, _each(words), strict=True) if word.translate(alone) != to}
    runs = sorted({run for text in texts for run in _HAN_RUN.findall(text)})
    right = dict(zip(runs, _each(runs), strict=True))
    by_words = Spelling(characters, phrases)
    for run, to in right.items():
        phrases |= _shortest(run, by_words(run), to)
    # A whole run is the longest phrase where it begins, and so is written right from then on.
    while True:
        written = Spelling(characters, phrases)
        wrong = {run: to for run, to in right.items() if written(run) != to}
        if not wrong:
            return written
        phrases |= wrong


def _shortest(text: str, written: str, right: str) -> dict[str, str]:
    """Return the shortest phrases by which OpenCC gets those characters right that are written wrong."""
    found: dict[str, str] = {}
    for at in (at for at, (one, other) in enumerate(zip(written, right, strict=True)) if one != other):
        for start, end in _around(at, len(text)):
            phrase = text[start:end]
            to = traditional(phrase)
            if to[at - start] == right[at]:
                found[phrase] = to
                break
    return found


def _around(at: int, size: int) -> Iterable[tuple[int, int]]:
    """Yield where all that holds a place begins and ends, the shortest first."""
    for length in range(2, size + 1):
        for start in range(max(0, at - length + 1), min(at, size - length) + 1):
            yield start, start + length


def _each(texts: Sequence[str]) -> list[str]:
    """Return all of them in Traditional characters. One call for all: no phrase goes beyond a line."""
    return traditional("\n".join(texts)).split("\n") if texts else []


def _words() -> tuple[str, ...]:
    lines = _LISTED.read_text(encoding="utf-8").splitlines()
    return tuple(word for line in lines if not line.startswith("#") for word in line.partition(":")[2].split())


@cache
def _converters() -> tuple[opencc.OpenCC, opencc.OpenCC]:
    return opencc.OpenCC("s2t"), opencc.OpenCC("t2hk")


if __name__ == "__main__":
    sys.stdout.buffer.write(spelling([sys.stdin.buffer.read().decode()]).written())
