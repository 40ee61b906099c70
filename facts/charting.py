"""What there is to draw of a base's figures: charts, and in each the amounts, aims apart from results."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facts.drawing import Amount, Chart
from facts.wording import WORDS, doubts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from facts.drawing import Sort
    from facts.model import Fact, FactBase, Figure, Lang, Standing

SORTS: dict[Standing, Sort] = {"reported": "result", "done": "result", "view": "view", "plan": "aim", "target": "aim"}
_ORDER: tuple[Sort, ...] = ("result", "view", "aim")


def charts(base: FactBase, lang: Lang) -> tuple[Chart, ...]:
    """Return the charts of a base that have amounts, in their order."""
    drawn = ((each.title.of(lang), _sorted(_amounts(base, each.id, lang))) for each in base.source.charts)
    return tuple(Chart(title, amounts) for title, amounts in drawn if amounts)


def _amounts(base: FactBase, chart: str, lang: Lang) -> Iterator[Amount]:
    for fact in base.facts:
        for figure in fact.figures:
            if figure.drawn and figure.drawn.chart == chart:
                yield _amount(fact, figure, figure.drawn.of(lang), lang)


def _amount(fact: Fact, figure: Figure, said: str, lang: Lang) -> Amount:
    return Amount(
        label=fact.label.of(lang),
        said=said,
        value=float(figure.value),
        sort=SORTS[fact.standing],
        standing=WORDS[lang].standing_word[fact.standing],
        in_doubt=fact.in_doubt,
        notes=doubts(fact.notes, lang),
    )


def _sorted(amounts: Iterator[Amount]) -> tuple[Amount, ...]:
    return tuple(sorted(amounts, key=lambda amount: (_ORDER.index(amount.sort), -amount.value)))
