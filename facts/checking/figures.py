"""Numbers and days: both languages must give the same ones, and a figure the one that the text gives."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from facts.numerals import listed, said, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from facts.draft import Draft
    from facts.model import Bilingual, Fact, Gap, Note
    from facts.problems import Problem
    from facts.shape import Located


def check(draft: Draft) -> Iterator[Problem]:
    for fact in draft.facts:
        yield from _agree(fact, {"title": fact.entry.title, "text": fact.entry.text})
        for number, note in enumerate(fact.entry.notes):
            yield from _agree(fact, {number: note}, "notes")
        yield from _figures(fact)
    for gap in draft.gaps:
        yield from _agree(gap, {"title": gap.entry.title, "text": gap.entry.text})
    if draft.source and not _is_day(draft.source.entry.date):
        yield draft.source.problem("bad-date", "date", value=draft.source.entry.date)


def _agree(
    each: Located[Fact] | Located[Gap], parts: dict[str, Bilingual] | dict[int, Note], *above: str
) -> Iterator[Problem]:
    """Name every number that one language writes in digits and the other does not say at all."""
    english = " ".join(part.en for part in parts.values())
    chinese = " ".join(part.zh for part in parts.values())
    for name, part in parts.items():
        if (digits := written(part.en)) and (missing := digits - said(chinese)):
            yield each.problem("number-only-en", *above, name, "en", numbers=listed(missing))
        if (digits := written(part.zh)) and (missing := digits - said(english)):
            yield each.problem("number-only-zh", *above, name, "zh", numbers=listed(missing))


def _figures(fact: Located[Fact]) -> Iterator[Problem]:
    told = said(f"{fact.entry.title.en} {fact.entry.text.en}")
    for number, figure in enumerate(fact.entry.figures):
        value = Decimal(str(figure.value))
        if value not in told:
            yield fact.problem("figure-unsaid", "figures", number, "value", value=listed([value]))


def _is_day(day: str) -> bool:
    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    return True
