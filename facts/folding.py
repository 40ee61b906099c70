"""The lines of a base folded, all of them at once: one by one takes three times as long."""

from __future__ import annotations

import re
import unicodedata
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from facts.cantonese import standard
from facts.script import has_han, simplified
from facts.text import LIMIT, fold, unmarked, without_apostrophes, without_commas, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_AT_ONCE = 8192
_IDLE = re.compile("^ +| +(?= |$)", re.MULTILINE)
"""Spaces before a line, after it, and all but one between two words. What is printable has no other white space."""
_kept: dict[str, Folded] = {}


class Folded(NamedTuple):
    """`fold` of a line, and the words of that, parted by a space."""

    line: str
    words: str


def fold_line(text: str) -> Folded:
    """Return a base's line folded, as `fold_lines` has kept it."""
    if text not in _kept:
        fold_lines([text])
    return _kept[text]


def fold_lines(lines: Iterable[str]) -> None:
    """Fold lines and keep them for `fold_line` until `forget`: at a start each is wanted twice."""
    new = iter(dict.fromkeys(line for line in lines if line not in _kept))
    while some := list(islice(new, _AT_ONCE)):
        folded = dict(_folded([line for line in some if line.isprintable() and len(line) <= LIMIT]))
        folded |= {line: fold.__wrapped__(line) for line in some if line not in folded}
        spelt = map(str.strip, _parts(" ".join(words(_text(folded.values()), ends=True))))
        _kept.update(zip(folded, map(Folded, folded.values(), spelt), strict=True))


def forget() -> None:
    """Let go of what is kept."""
    _kept.clear()


def _folded(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield lines with what each is folded; some are left out.

    A line break is nothing that any step joins with what stands beside it, so that all can be one text.
    """
    latin = [line for line in lines if line.isascii()]
    yield from zip(latin, _compared(_text(latin)), strict=True)
    others = [line for line in lines if not line.isascii()]
    read = ((line, unicodedata.normalize("NFKC", line)) for line in others)
    han = {line: now for line, now in read if len(now) <= LIMIT and has_han(now) and unmarked(now)}
    yield from zip(han, map(standard, _compared(simplified(_text(han.values())))), strict=True)


def _compared(text: str) -> list[str]:
    text = without_commas(text)
    if any(idle in f"\n{text}" for idle in ("\n ", "  ", " \n")):
        text = _IDLE.sub("", text)
    return _parts(without_apostrophes(text.casefold()))


def _text(lines: Iterable[str]) -> str:
    """Return lines as one text; `_parts` of it are the lines again, also where there are none."""
    return "".join(f"{line}\n" for line in lines)


def _parts(text: str) -> list[str]:
    return text.split("\n")[:-1]
