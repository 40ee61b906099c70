"""The two scripts of Chinese: a base is written in Simplified characters, people ask and read in either.

`facts.traditional` writes what they read.
"""

from __future__ import annotations

import re
from functools import cache

import opencc

_HAN_RUN = re.compile(r"[㐀-䶿一-鿿々〇]+")
_READ = 512
"""Characters of a text that are looked at to tell its script."""


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def simplified(text: str) -> str:
    """Return `text` with Traditional characters in their Simplified form."""
    # OpenCC turns the Cantonese 嗰 into a character that nobody types.
    return str(_converter().convert(text)).replace("𠮶", "嗰") if has_han(text) else text


def has_han(text: str) -> bool:
    return _HAN_RUN.search(text) is not None


def in_traditional(text: str, *, otherwise: bool) -> bool:
    """Whether `text` is written in Traditional characters; `otherwise` where both scripts would write it alike."""
    read = text[:_READ]
    only_there = sum(a != b for a, b in zip(read, simplified(read), strict=False))
    only_here = sum(_only_simplified(character) for character in read)
    return otherwise if only_there == only_here else only_there > only_here


def _only_simplified(character: str) -> bool:
    """Whether the mainland's first national standard has it, and Taiwan's, which Hong Kong took over, has not."""
    return bool(_HAN_RUN.match(character)) and _within(character, "gb2312") and not _within(character, "big5")


def _within(character: str, standard: str) -> bool:
    try:
        character.encode(standard)
    except UnicodeEncodeError:
        return False
    return True
