"""Figures that are drawn: each in a chart that exists, in its unit, as printed in the evidence, and once."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from facts.model import LANGS, columns
from facts.numerals import listed, said
from facts.quantities import unit_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from facts.draft import Draft
    from facts.model import Drawn, Fact, Figure, Source
    from facts.problems import Problem
    from facts.shape import Located

TITLE_COLUMNS = 28
SAID_COLUMNS = 24
AMOUNTS_AT_MOST = 8


class _Amount(NamedTuple):
    """A figure that is drawn, and which one of its fact it is, from 0."""

    fact: Located[Fact]
    number: int
    figure: Figure
    drawn: Drawn

    def problem(self, code: str, *path: str, **values: object) -> Problem:
        return self.fact.problem(code, "figures", self.number, *path, **values)


def check(draft: Draft) -> Iterator[Problem]:
    by_chart: dict[str, list[_Amount]] = {}
    for amount in _amounts(draft):
        by_chart.setdefault(amount.drawn.chart, []).append(amount)
        yield from _printed(amount)
    for chart, amounts in by_chart.items():
        yield from _together(chart, amounts)
    if draft.source:
        yield from _charts(draft.source)
        known = {chart.id for chart in draft.source.entry.charts}
        for amount in (each for chart in by_chart.keys() - known for each in by_chart[chart]):
            yield amount.problem("unknown-id", "drawn", "chart", value=amount.drawn.chart)


def _amounts(draft: Draft) -> Iterator[_Amount]:
    for fact in draft.facts:
        for number, figure in enumerate(fact.entry.figures):
            if figure.drawn:
                yield _Amount(fact, number, figure, figure.drawn)


def _charts(source: Located[Source]) -> Iterator[Problem]:
    ids = [each.id for each in source.entry.charts]
    for number, chart in enumerate(source.entry.charts):
        if (first := ids.index(chart.id)) < number:
            place = f"{source.file}:{source.document.line(('charts', first, 'id'))}"
            yield source.problem("duplicate-id", "charts", number, "id", value=chart.id, first=place)
        for lang in LANGS:
            width = columns(chart.title.of(lang))
            if width > TITLE_COLUMNS:
                limits = {"width": width, "limit": TITLE_COLUMNS, "han": TITLE_COLUMNS // 2}
                yield source.problem("too-wide", "charts", number, "title", lang, **limits)


def _together(chart: str, amounts: list[_Amount]) -> Iterator[Problem]:
    """One scale needs one unit; and nothing is drawn twice."""
    unit = unit_of(amounts[0].figure.unit)
    seen: set[str] = set()
    for amount in amounts:
        of = amount.figure.of
        if unit_of(amount.figure.unit) != unit:
            yield amount.problem("other-unit", "unit", value=amount.figure.unit, chart=chart, unit=unit)
        if of in seen:
            yield amount.problem("drawn-twice", "drawn", value=of, chart=chart)
        seen.add(of)
    if len(amounts) > AMOUNTS_AT_MOST:
        yield amounts[AMOUNTS_AT_MOST].problem("too-many-drawn", "drawn", chart=chart, limit=AMOUNTS_AT_MOST)


def _printed(amount: _Amount) -> Iterator[Problem]:
    """The scale needs a number above zero; the evidence must print it, and the words give just that one."""
    value = Decimal(str(amount.figure.value))
    if value <= 0:
        yield amount.problem("not-above-zero", "value", value=listed([value]))
        return
    if value not in said(" ".join(each.phrase for each in amount.fact.entry.evidence)):
        yield amount.problem("drawn-not-printed", "value", value=listed([value]))
    for lang in LANGS:
        text = amount.drawn.of(lang)
        if value not in said(text):
            yield amount.problem("drawn-otherwise", "drawn", lang, text=text, value=listed([value]))
        width = columns(text)
        if width > SAID_COLUMNS:
            limits = {"width": width, "limit": SAID_COLUMNS, "han": SAID_COLUMNS // 2}
            yield amount.problem("too-wide", "drawn", lang, **limits)
