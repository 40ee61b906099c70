"""Numbers as a text writes them, in English or Chinese: 4,500, 200 million, 2亿, 三百亿, twenty-six, June."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from facts.quantities import numbers, without_numbers
from facts.text import tidy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from facts.quantities import Number

    Sense = str | None
    """What a number counts or is: a unit, "year", "month", "day"; None where the text does not tell."""

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
_COUNTED = "|".join(sorted({*_SMALL, "hundred", *_LARGE} - {"once", "twice", "both"}, key=len, reverse=True))
_RUN = re.compile(
    rf"(?-i:\b(?:{'|'.join(map(str.capitalize, _MONTHS))})\b)|"
    rf"\b(?:{_COUNTED})(?:[\s-]{{1,2}}(?:and\s)?(?:{_COUNTED}))*\b",
    re.IGNORECASE,
)


class Spoken(NamedTuple):
    """A number in a text, as it is written there; `digits`: in digits and no words."""

    value: Decimal
    written: str
    digits: bool


class Meant(NamedTuple):
    """A year, date or quantity as a text writes it, with its numbers and what each of them counts."""

    written: str
    parts: tuple[tuple[Decimal, Sense], ...]


def written(text: str) -> frozenset[Decimal]:
    """Return the numbers that a text writes in digits, scales applied: "2亿元" and "200 million" are the same."""
    return frozenset(map(_of_digits, _DIGITS.finditer(text.translate(_WIDE))))


def spoken(text: str) -> tuple[Spoken, ...]:
    """Return the numbers of a text, each whole and once, digits first; no "one" in words, which counts nothing."""
    plain = text.translate(_WIDE)
    found = [Spoken(_of_digits(hit), text[slice(*hit.span())], digits=True) for hit in _DIGITS.finditer(plain)]
    rest = _without_digits(plain)
    runs = ((_RUN, _of_words), (_HAN_RUN, _han))
    in_words = (Spoken(read(run), run, digits=False) for form, read in runs for run in form.findall(rest))
    found += [number for number in in_words if number.value != 1]
    return tuple({number.value: number for number in reversed(found)}.values())[::-1]


def said(text: str) -> frozenset[Decimal]:
    """Return all the numbers that a text can be read to say, in digits or words, months too; generous, never short."""
    found, rest = set(written(text)), _without_digits(text.translate(_WIDE))
    for run in _HAN_RUN.findall(rest):
        found |= {_han(run[start:end]) for start in range(len(run)) for end in range(start + 1, len(run) + 1)}
    found |= {Decimal(value) for value in _english(_WORD.findall(rest.lower()))}
    return frozenset(found)


def claimed(text: str) -> frozenset[Decimal]:
    """Return the numbers that a text plainly gives: those in digits, what it counts in words, and its days and months.

    Words up to ten are left out: "one of them" counts nothing.
    """
    return frozenset(_claims(text))


def counted(text: str) -> Counter[Decimal]:
    """Return the same with how often a text gives each."""
    return Counter(_claims(text))


def senses(text: str) -> dict[Decimal, set[Sense]]:
    """Return what each number that a text can be read to say may count there: 26 firms, the 26th of June, or both."""
    found: dict[Decimal, set[Sense]] = {}
    plain = tidy(text).casefold()
    for each in meant(text):
        for value, sense in each.parts:
            found.setdefault(value, set()).add(sense)
    for value in said(without_numbers(plain)):
        found.setdefault(value, set()).add(None)
    for value in said(text) | claimed(text):
        found.setdefault(value, {None})
    return found


def meant(text: str) -> Iterator[Meant]:
    """Yield each year, date and quantity of a text."""
    plain = tidy(text)
    folded = plain.casefold()
    shown = plain if len(plain) == len(folded) else folded
    for number in numbers(folded):
        yield Meant(shown[number.start : number.end].strip(" ."), _parts(number))


def listed(values: Iterable[Decimal]) -> str:
    """Return numbers as a message lists them."""
    plain = (value.normalize() for value in sorted(values))
    return ", ".join(f"{value:,f}" if value >= 10**4 else f"{value:f}" for value in plain)


def _claims(text: str) -> Iterator[Decimal]:
    yield from map(_of_digits, _DIGITS.finditer(text.translate(_WIDE)))
    for number in numbers(tidy(text).casefold()):
        if number.kind == "quantity" and number.value > _COUNTS_NOTHING:
            yield Decimal(str(number.value))
        elif number.kind == "date":
            yield from (value for value, sense in _parts(number) if sense != "year")


def _parts(number: Number) -> tuple[tuple[Decimal, Sense], ...]:
    if number.kind == "quantity":
        return ((Decimal(str(number.value)), number.unit),)
    if number.kind == "year":
        return ((Decimal(int(number.value)), "year"),)
    whole = int(number.value)
    parts = ((whole // 10_000, "year"), (whole // 100 % 100, "month"), (whole % 100, "day"))
    return tuple((Decimal(value), sense) for value, sense in parts if value)


def _without_digits(text: str) -> str:
    """Blank what is read as digits with its scale: a 亿 of "2亿" is no number of its own."""
    return _DIGITS.sub(lambda hit: "." * len(hit[0]), text)


def _of_digits(hit: re.Match[str]) -> Decimal:
    value = Decimal(re.sub("[,，]", "", hit[1]) + (hit[2] or ""))
    for scale in hit[4] or "":
        value *= _HAN_SCALES[scale]
    return value * _LARGE[hit[3].lower()] if hit[3] else value


def _of_words(run: str) -> Decimal:
    if run.lower() in _MONTHS:
        return Decimal(_MONTHS.index(run.lower()) + 1)
    *_, whole = _english(_WORD.findall(run.lower()))
    return Decimal(whole)


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
