"""Numbers and days: both languages must give the same ones, and a figure the one that the text gives."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from facts.model import INBOX, Bilingual
from facts.numerals import listed, said, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from facts.draft import Draft
    from facts.model import Fact, Gap, Note
    from facts.problems import Problem
    from facts.shape import Located

_QUOTED = re.compile("“[^”]*”")


def check(draft: Draft) -> Iterator[Problem]:
    for fact in draft.facts:
        yield from _agree(fact, {"title": fact.entry.title, "text": fact.entry.text})
        for number, note in enumerate(fact.entry.notes):
            yield from _agree(fact, {number: note}, "notes")
        yield from _figures(fact)
    for gap in draft.gaps:
        title = _without_question(gap.entry.title) if gap.file == INBOX else gap.entry.title
        yield from _agree(gap, {"title": title, "text": gap.entry.text})
    if draft.source and not _is_day(draft.source.entry.date):
        yield draft.source.problem("bad-date", "date", value=draft.source.entry.date)


def _without_question(title: Bilingual) -> Bilingual:
    """Of the inbox, a title quotes what somebody asked, in the language that they asked in."""
    return Bilingual(en=_QUOTED.sub("", title.en), zh=_QUOTED.sub("", title.zh))


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
