"""Years, dates and quantities in English or Chinese: 2亿, 三百亿, 200 million yuan, 30bn, 18 June 2022, 6月18日."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress
from typing import TYPE_CHECKING, Literal, NamedTuple

from facts.patterns import later

if TYPE_CHECKING:
    from collections.abc import Iterator

_SCALES = {
    "k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "million": 1e6, "b": 1e9, "bn": 1e9, "bln": 1e9,
    "billion": 1e9, "t": 1e12, "tn": 1e12, "trn": 1e12, "trillion": 1e12, "hundred": 1e2, "dozen": 12.0,
    "百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8,
}  # fmt: skip
_ENGLISH = {
    word: float(value)
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "  # noqa: SIM905 - reads best so
        "fifteen sixteen seventeen eighteen nineteen".split()
    )
} | {
    w: 10.0 * n for n, w in enumerate(("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), 2)
}
_CHINESE = dict(zip("零〇一二三四五六七八九", (0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)) | {"两": 2}
_CHINESE_SCALES = {"十": 10, "百": 100, "千": 1000}

_UNITS: dict[str, tuple[str, ...]] = {
    "usd": ("us dollars", "us dollar", "dollars", "dollar", "usd", "us$", "$", "美元", "美金"),
    "hkd": ("hong kong dollars", "hkd", "港元", "港币"),
    "eur": ("euros", "euro", "eur", "欧元"),
    "gbp": ("pounds sterling", "pounds", "pound", "gbp", "英镑"),
    "jpy": ("yen", "jpy", "日元"),
    "francs": ("francs", "franc", "法郎"),
    "crowns": ("crowns", "crown", "克朗"),
    "yuan": ("yuan", "rmb", "cny", "renminbi", "元人民币", "人民币", "块钱", "元", "块"),
    "km2": (
        "square kilometers", "square kilometres", "square kilometer", "square kilometre", "sq km", "sqkm", "km2",
        "square km", "平方公里", "平方千米",
    ),
    "m2": ("square meters", "square metres", "sq m", "m2", "平方米", "平米"),
    "mu": ("mu", "亩"),
    "hectares": ("hectares", "hectare", "公顷"),
    "m": ("metres", "metre", "meters", "meter", "米"),
    "km": ("kilometres", "kilometre", "kilometers", "kilometer", "km", "公里"),
    "tonnes": ("tonnes", "tonne", "tons", "ton", "吨"),
    "percent": ("percentage points", "percent", "per cent", "pct", "%", "个百分点"),
    "projects": ("major projects", "key projects", "projects", "project", "个重大项目", "个重点项目", "个项目", "项目"),
    "firms": (
        "enterprises", "enterprise", "companies", "company", "firms", "firm", "businesses", "家企业", "家公司",
        "企业", "公司", "家",
    ),
    "people": ("people", "persons", "residents", "employees", "个人", "人", "名", "位"),
    "minutes": ("minutes", "minute", "mins", "min", "分钟"),
    "hours": ("hours", "hour", "hrs", "个小时", "小时", "个钟头", "个钟"),
    "days": ("days", "day", "天"),
    "weeks": ("weeks", "week", "个星期", "星期", "周"),
    "months": ("months", "month", "个月"),
    "years": ("years", "year", "年"),
}  # fmt: skip
MONEY = frozenset({"usd", "hkd", "eur", "gbp", "jpy", "francs", "crowns", "yuan"})
_COUNTS = ("projects", "firms", "people", "minutes", "hours", "days", "weeks", "months", "years")
_UNIT_OF = {name: unit for unit, names in _UNITS.items() for name in names}
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_MONTH_OF = {m: n for n, m in enumerate(_MONTHS, 1)} | {m[:3]: n for n, m in enumerate(_MONTHS, 1)} | {"sept": 9}


def _any(names: object) -> str:
    return "|".join(re.escape(n) for n in sorted(names, key=len, reverse=True))  # type: ignore[call-overload]


_LATIN_SCALE = _any(s for s in _SCALES if s.isascii())
_LATIN_UNIT = _any(u for u in _UNIT_OF if (u.isascii() and u.isalnum()) or " " in u)
_OTHER_UNIT = _any(u for u in _UNIT_OF if not ((u.isascii() and u.isalnum()) or " " in u))
_WORDS = _any(_ENGLISH)
_SMALL = (
    "a|about|after|all|an|and|are|as|at|be|before|but|by|can|did|do|does|for|from|had|has|have|if|in|into|is|it|its|"
    "may|nor|of|on|or|over|per|so|than|that|the|then|this|to|under|was|were|what|when|who|will|with|would"
)
_BETWEEN = rf"(?P<between>(?:\s*个)?(?:[\s-]+(?!(?:{_SMALL})\b)[a-z]{{2,16}}){{0,3}}?(?:重大|重点|主要|签约|新|大|小)?)"
"""What may stand between a number and what it counts: "26 newly signed firms", 26个重大项目; no small word does."""
_UNIT = rf"(?:{_BETWEEN}(?:\s*(?P<unit>{_OTHER_UNIT})|[\s-]*(?P<latin>{_LATIN_UNIT})(?![a-z0-9])))?"
_FILLER = r"(?:\s*(?P<about>多|余|几|来|左右|以上|\+|plus|or so|or more))?"
_DIGITS = later(
    rf"(?<![a-z0-9.第])(?P<sign>us\$|[$¥€£])?\s*(?P<digits>\d{{1,15}}(?:\.\d{{1,6}})?)(?:\s*(?P<han>[百千万亿]{{1,3}})|"
    rf"[\s-]*(?P<scale>{_LATIN_SCALE})(?![a-z0-9]))?{_FILLER}{_UNIT}"
)
_SPELT = later(
    rf"(?<![a-z0-9])(?P<half>half\s+)?(?P<words>(?:(?:{_WORDS}|hundred|a(?=\s(?:hundred|thousand|million|billion|trillion)))(?:[\s-]+(?:and\s+)?|(?![a-z])))+)"
    rf"(?P<scale>(?:(?:thousand|million|billion|trillion)(?![a-z])\s*)*){_FILLER}{_UNIT}"
)
_HAN = later(
    rf"(?<![第零〇一二两三四五六七八九十百千万亿])(?P<part>百分之)?(?P<han>(?:[零〇一二两三四五六七八九十百千]|万亿)[零〇一二两三四五六七八九十百千万亿]{{0,15}}){_FILLER}{_UNIT}"
)
_DATES = (
    later(
        r"(?<!\d)(?P<y>(?:19|20)\d\d)\s*[-/.]\s*(?P<m>1[0-2]|0?[1-9])(?:\s*[-/.]\s*(?P<d>3[01]|[12]\d|0?[1-9]))?(?!\d)"
    ),
    later(
        r"(?<!\d)(?:(?P<y>(?:19|20)\d\d)\s*年\s*)?(?P<m>1[0-2]|0?[1-9])\s*月"
        r"(?:份?\s*(?P<d>3[01]|[12]\d|0?[1-9])(?!\d|\s*[个家名位])\s*[日号]?)?"
    ),
    later(
        rf"(?<![a-z0-9])(?:(?P<d>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?\s*(?:of\s+)?)?(?P<month>{_any(_MONTH_OF)})\b\.?"
        r"(?:\s*(?P<d2>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d:]))?(?:,?\s*(?:of\s+)?(?P<y>(?:19|20)\d\d))?(?![a-z])"
    ),
)
_YEAR = later(
    r"(?<![\d.$¥])(?P<y>(?:19|20)\d\d)(?!\d|\.\d|\s*(?:[百千万亿个家]|%))(?:\s*年)?|(?P<han>[一二][〇零一二三四五六七八九]{3})\s*年"
)


@dataclass(frozen=True, slots=True)
class Number:
    """A year, a date or a quantity as found.

    `value`: the year; year·10⁴ + month·100 + day with 0 where unsaid; the number.
    `start` and `end` are its place in the text that was read, `counted` that of what it counts, if it counts anything.
    `loose`: said to be about this, or over it: 四千多.
    """

    kind: Literal["year", "date", "quantity"]
    value: float
    unit: str | None
    start: int
    end: int
    loose: bool = False
    counted: int | None = None


class _Kinds(NamedTuple):
    """What a text has that a number may begin with: digits, words and months, Han numerals."""

    digits: bool
    spelt: bool
    han: bool


_LOOSE = later(
    r"(?:\b(?:over|(?:more|bigger|larger|higher|greater) than|above|exceed(?:s|ed|ing)?|nearly|almost|about|around"
    r"|roughly|some|at least)|超过?|逾|[高大多]于|近|约|大概|接近|差不多|至少)\s*$"
)
_LOOSE_BEFORE = 14
_DIGIT, _NUMERAL = re.compile(r"\d"), re.compile("[零〇一二两三四五六七八九十百千万亿]")
_SIGN = re.compile(r"[\d〇一二两三四五六七八九十百千万亿]")
_LETTERS, _HAN_SIGN = re.compile("[a-z]+"), re.compile("[一-鿿]")
_SPELT_OUT = frozenset((*_ENGLISH, *_MONTH_OF, "hundred", "thousand", "million", "billion"))


def amounts(text: str) -> tuple[str, ...]:
    """Return the quantities and days of folded text, spelt in one way: "200 million" and 2亿 are the same."""
    found = (number for number in numbers(text) if number.kind != "year")
    return tuple(f"{n.value % 10_000:.0f}." if n.kind == "date" else f"{n.value:g}" for n in found)


def may_count(text: str) -> bool:
    """Return whether folded text has anything that a number may begin with; it has if any of its words has."""
    return _spelt_out(text) or _SIGN.search(text) is not None


def _spelt_out(text: str) -> bool:
    return not _SPELT_OUT.isdisjoint(_LETTERS.findall(text))


def without_numbers(text: str) -> str:
    """Return folded text with its years, dates and quantities blanked."""
    for number in numbers(text):
        text = text[: number.start] + " " * (number.end - number.start) + text[number.end :]
    return text


def asked_for(text: str) -> str:
    """Return folded text that asks for its quantities instead: "did 28 firms sign", "did how many firms sign"."""
    han = _HAN_SIGN.search(text) is not None
    for number in reversed(numbers(text)):
        if number.kind == "quantity":
            asked = "多少" if han else "how much " if number.counted is None else "how many "
            text = text[: number.start] + asked + text[number.counted or number.end :]
    return text


@lru_cache(maxsize=256)
def numbers(text: str) -> tuple[Number, ...]:
    """Return the years, dates and quantities of tidied, casefolded text, in order and without overlap.

    A number that is neither large nor followed by a known unit is no quantity: it may be part of a name ("515").
    """
    spelt = _spelt_out(text)
    if not spelt and not _SIGN.search(text):
        return ()
    kinds = _Kinds(_DIGIT.search(text) is not None, spelt, _NUMERAL.search(text) is not None)
    taken = [False] * len(text)
    found: list[Number] = []
    for source in (_dates, _quantities, _years):
        for number in source(text, kinds):
            if not any(taken[number.start : number.end]):
                taken[number.start : number.end] = [True] * (number.end - number.start)
                found.append(number)
    return tuple(sorted(found, key=lambda number: number.start))


def _dates(text: str, kinds: _Kinds) -> Iterator[Number]:
    needed = (kinds.digits, kinds.digits, kinds.spelt)
    for pattern in compress(_DATES, needed):
        for hit in pattern.finditer(text):
            part = hit.groupdict()
            year, day = int(part["y"] or 0), int(part["d"] or part.get("d2") or 0)
            month = _MONTH_OF[part["month"]] if part.get("month") else int(part["m"])
            if part.get("month") == "may" and not (year or day):
                continue
            yield Number("date", year * 10_000 + month * 100 + day, None, *hit.span())


def _years(text: str, _: _Kinds) -> Iterator[Number]:
    for hit in _YEAR.finditer(text):
        year = int(hit["y"]) if hit["y"] else int("".join(str(_CHINESE[c]) for c in hit["han"]))
        yield Number("year", year, None, *hit.span())


def _quantities(text: str, kinds: _Kinds) -> Iterator[Number]:
    for pattern, value_of in compress(((_DIGITS, _of_digits), (_SPELT, _of_words), (_HAN, _of_han)), kinds):
        for hit in pattern.finditer(text):
            value, unit = value_of(hit), _unit(hit)
            if _bare_year(value, unit, hit["between"]) or _says_nothing(value, unit, hit.group()):
                continue
            loose = bool(hit["about"] or _LOOSE.search(text[max(0, hit.start() - _LOOSE_BEFORE) : hit.start()]))
            counted = None if unit is None or unit in MONEY else hit.start("between")
            yield Number("quantity", value, unit, *hit.span(), loose, counted)


def _bare_year(value: float, unit: str | None, between: str | None) -> bool:
    """Whether a number is a year and no amount; nor do "2022 Chancheng firms" count to two thousand."""
    return (bool(between) or unit in (None, "years")) and 1900 <= value < 2100 and value.is_integer()


def _says_nothing(value: float, unit: str | None, shown: str) -> bool:
    """一家公司 is any firm, 千万 also "by all means"; a small number without a unit may be part of a name."""
    return (unit is None and value < 10_000) or (value <= 1 and unit in _COUNTS) or shown == "千万"


def _unit(hit: re.Match[str]) -> str | None:
    part = hit.groupdict()
    if part.get("sign"):
        return {"¥": "yuan", "€": "eur", "£": "gbp"}.get(part["sign"], "usd")
    if part.get("part"):
        return "percent"
    name = part["unit"] or part["latin"]
    return _UNIT_OF[name] if name else None


def _of_digits(hit: re.Match[str]) -> float:
    value = float(hit["digits"])
    for scale in hit["han"] or ():
        value *= _SCALES[scale]
    return value * _SCALES[hit["scale"]] if hit["scale"] else value


def _of_words(hit: re.Match[str]) -> float:
    total = 0.0
    for word in re.split(r"[\s-]+", hit["words"]):
        if word == "hundred":
            total = (total or 1) * 100
        else:
            total += _ENGLISH.get(word, 1.0 if word == "a" else 0.0)
    for scale in hit["scale"].split():
        total *= _SCALES[scale]
    return total / 2 if hit["half"] else total


def _of_han(hit: re.Match[str]) -> float:
    """三百亿, 四千五百, 一万两千; digits read one by one (二〇二二) make one number."""
    total = section = digit = 0.0
    if not set(hit["han"]) & set("十百千万亿"):
        return float("".join(str(_CHINESE[c]) for c in hit["han"]))
    for c in hit["han"]:
        if c in _CHINESE:
            digit = _CHINESE[c]
        elif c in _CHINESE_SCALES:
            section, digit = section + (digit or 1) * _CHINESE_SCALES[c], 0
        else:
            total, section, digit = (total + section + digit or 1) * _SCALES[c], 0, 0
    return total + section + digit


def unit_of(name: str) -> str:
    """Return the unit that a base's figure means, as `numbers` names it; an unknown one comes back unchanged."""
    return _UNIT_OF.get(name.casefold().strip(), name.casefold().strip())


def same_date(one: float, other: float) -> bool:
    """Whether two dates agree in all the parts that both give."""
    parts = ((int(v) // 10_000, int(v) // 100 % 100, int(v) % 100) for v in (one, other))
    return all(a == b for a, b in zip(*parts, strict=True) if a and b)
