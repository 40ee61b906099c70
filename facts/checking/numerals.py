"""Numbers as a text writes them, in English or Chinese: 4,500, 200 million, 2亿, 三百亿, twenty-six, June."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from facts.quantities import numbers
from facts.text import tidy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = (
    "zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth",
    "nineteenth", "twentieth",
)  # fmt: skip
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_SMALL = (
    {word: value for value, word in enumerate(_ONES)}
    | {word: 10 * value for value, word in enumerate(_TENS, start=2)}
    | {word: value for value, word in enumerate(_ORDINALS)}
    | {"both": 2, "twice": 2, "once": 1, "dozen": 12}
)
_LARGE = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "bn": 10**9, "tn": 10**12}
_HAN_DIGITS = {han: value for value, han in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "首": 1}
_HAN_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_COUNTS_NOTHING = 10
_WIDE = {ord("０") + value: str(value) for value in range(10)}

_DIGITS = re.compile(
    r"(?<![A-Za-z\d.])(\d{1,3}(?:[,，]\d{3})+(?!\d)|\d{1,15})(\.\d{1,6})?"
    r"(?:[\s-]{0,2}(thousand|million|billion|trillion|bn|tn)\b|\s?([百千万亿]{1,3}))?",
    re.IGNORECASE,
)
_HAN_RUN = re.compile(rf"[{''.join(_HAN_DIGITS)}{''.join(_HAN_SCALES)}]{{1,12}}")
_WORD = re.compile(r"[a-z]+")


def written(text: str) -> frozenset[Decimal]:
    """Return the numbers that a text writes in digits, scales applied: "2亿元" and "200 million" are the same."""
    found = set()
    for hit in _DIGITS.finditer(text.translate(_WIDE)):
        value = Decimal(re.sub("[,，]", "", hit[1]) + (hit[2] or ""))
        for scale in hit[4] or "":
            value *= _HAN_SCALES[scale]
        found.add(value * _LARGE[hit[3].lower()] if hit[3] else value)
    return frozenset(found)


def said(text: str) -> frozenset[Decimal]:
    """Return all the numbers that a text can be read to say, in digits or words, months too; generous, never short."""
    found = set(written(text))
    for run in _HAN_RUN.findall(text):
        found |= {_han(run[start:end]) for start in range(len(run)) for end in range(start + 1, len(run) + 1)}
    found |= {Decimal(value) for value in _english(_WORD.findall(text.lower()))}
    return frozenset(found)


def claimed(text: str) -> frozenset[Decimal]:
    """Return the numbers that a text plainly gives: those in digits, what it counts in words, and its days and months.

    Words up to ten are left out: "one of them" counts nothing.
    """
    found = set(written(text))
    for number in numbers(tidy(text).casefold()):
        if number.kind == "quantity" and number.value > _COUNTS_NOTHING:
            found.add(Decimal(str(number.value)))
        elif number.kind == "date":
            month, day = divmod(int(number.value) % 10_000, 100)
            found |= {Decimal(part) for part in (month, day) if part}
    return frozenset(found)


def listed(values: Iterable[Decimal]) -> str:
    """Return numbers as a message lists them."""
    plain = (value.normalize() for value in sorted(values))
    return ", ".join(f"{value:,f}" if value >= 10**4 else f"{value:f}" for value in plain)


def _han(run: str) -> Decimal:
    if not set(run) & set(_HAN_SCALES):
        return Decimal("".join(str(_HAN_DIGITS[char]) for char in run))
    total = section = digit = 0
    for char in run:
        scale = _HAN_SCALES.get(char)
        if scale is None:
            digit = _HAN_DIGITS[char]
        elif scale < 10**4:
            section, digit = section + (digit or 1) * scale, 0
        else:
            total, section, digit = (total + section + digit or 1) * scale, 0, 0
    return Decimal(total + section + digit)


def _english(words: list[str]) -> Iterator[int]:
    """Yield each number word by itself and, as they run on, what they come to: 20, 6, 26."""
    total = section = 0
    for word in [*words, ""]:
        if word in _MONTHS:
            yield _MONTHS.index(word) + 1
        if word in _SMALL:
            yield _SMALL[word]
            section += _SMALL[word]
        elif word == "hundred":
            section = (section or 1) * 100
        elif word in _LARGE:
            total, section = total + (section or 1) * _LARGE[word], 0
        elif word != "and":
            yield total + section
            total = section = 0
