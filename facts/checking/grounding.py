"""Numbers that a card gives and none of its quoted phrases does: a slip of an edit, or a quote that is missing.

No error: the paragraph may say what the phrase leaves out. With the source's own text, `facts.sourcefile` is certain.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from facts.model import LANGS, Fact
from facts.numerals import claimed, counted, listed, meant, said, senses
from facts.quantities import MONEY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from decimal import Decimal

    from facts.draft import Draft
    from facts.model import Evidence, FactBase, Gap, Lang, Source
    from facts.numerals import Meant, Sense
    from facts.problems import Problem
    from facts.shape import Located

_ANY_MONEY = re.compile("[元块]")
"""In Chinese dollars and crowns may be called so, too."""


@dataclass(frozen=True, slots=True)
class Unquoted:
    """A part of an entry, and its numbers that no phrase has. `phrases`: those that have numbers, else all.

    None: it is a gap that reports no fact.
    """

    entry: Fact | Gap
    field: str
    lang: Lang
    numbers: str
    phrases: tuple[str, ...]


def warnings(draft: Draft) -> Iterator[Problem]:
    """Yield what a curator should look at again, by file and line."""
    facts = {each.entry.id: each.entry for each in draft.facts}
    source = draft.source.entry if draft.source else None
    entries: tuple[Located[Fact] | Located[Gap], ...] = (*draft.facts, *draft.gaps)
    for each in entries:
        for found in _unquoted(each.entry, facts, source):
            code = "number-unquoted" if found.phrases else "number-uncited"
            values = {"numbers": found.numbers, "phrases": " … ".join(found.phrases)}
            yield each.problem(code, found.field, found.lang, **values)


def unquoted(base: FactBase) -> tuple[Unquoted, ...]:
    """Return the same of a whole base, without places."""
    entries: tuple[Fact | Gap, ...] = (*base.facts, *base.gaps)
    return tuple(found for each in entries for found in _unquoted(each, base.fact_by_id, base.source))


def swapped(old: FactBase, new: FactBase) -> tuple[Unquoted, ...]:
    """Return where a number gave way to another that the card's quotes had before, perhaps of something else.

    `numbers` is old → new. Without this two amounts of one kind could change places and nothing would tell.
    """
    before: dict[str, Fact | Gap] = {each.id: each for each in old.facts} | {each.id: each for each in old.gaps}
    entries: tuple[Fact | Gap, ...] = (*new.facts, *new.gaps)
    pairs = ((before[each.id], each) for each in entries if before.get(each.id, each) != each)
    return tuple(found for was, now in pairs for found in _swapped(was, now, old.fact_by_id, new.fact_by_id))


def evidence_of(entry: Fact | Gap, facts: Mapping[str, Fact]) -> tuple[Evidence, ...]:
    """Return what an entry's card cites: its own evidence, a gap's is that of the facts which it reports."""
    if isinstance(entry, Fact):
        return entry.evidence
    return tuple(each for fact in entry.cites if fact in facts for each in facts[fact].evidence)


def ungrounded(entry: Fact | Gap, texts: Iterable[str], source: Source | None) -> Iterator[tuple[str, Lang, str]]:
    """Yield field, language and numbers that neither these texts say, nor the entry's notes, nor a gap's own questions.

    A number that they say of something else is told as it is written, with what it counts: 18 firms, where it was only
    the 18th of a month. Two of one kind that have changed places pass; a review tells them (`swapped`).
    The source's year and month go without saying; its day does not: it is next to those that the source tells of.
    """
    ours = [note.of(lang) for note in entry.notes for lang in LANGS] if isinstance(entry, Fact) else entry.ask.every
    known: dict[Decimal, set[Sense]] = {}
    for text in (source.date[:7] if source else "", *texts, *ours):
        for value, found in senses(text).items():
            known.setdefault(value, set()).update(found)
    for field, lang, text in _parts(entry):
        missing = claimed(text) - known.keys()
        others = [each.written for each in meant(text) if any(_of_another(each, *part, known) for part in each.parts)]
        if missing or others:
            yield field, lang, ", ".join([*([listed(missing)] if missing else []), *others])


def _of_another(each: Meant, value: Decimal, sense: Sense, known: Mapping[Decimal, set[Sense]]) -> bool:
    there = known.get(value, {None})
    fitting = MONEY if sense == "yuan" and _ANY_MONEY.search(each.written) else {sense}
    return sense is not None and None not in there and there.isdisjoint(fitting)


def _parts(entry: Fact | Gap) -> Iterator[tuple[str, Lang, str]]:
    """The parts of a card that the source must say: field, language and text."""
    fields = ("title", "label", "text") if isinstance(entry, Fact) else ("title", "text")
    for field in fields:
        for lang in LANGS:
            yield field, lang, getattr(entry, field).of(lang)


def _swapped(was: Fact | Gap, now: Fact | Gap, old: Mapping[str, Fact], new: Mapping[str, Fact]) -> Iterator[Unquoted]:
    quoted = {each.phrase for each in evidence_of(was, old)}
    stayed = tuple(dict.fromkeys(each.phrase for each in evidence_of(now, new) if each.phrase in quoted))
    known = frozenset(value for phrase in stayed for value in senses(phrase))
    texts = {(field, lang): text for field, lang, text in _parts(was)}
    for field, lang, text in _parts(now):
        had, has = counted(texts.get((field, lang), "")), counted(text)
        if (lost := had - has) and (gained := known & (has - had).keys()):
            counting = tuple(phrase for phrase in stayed if said(phrase))
            yield Unquoted(now, field, lang, f"{listed(lost)} → {listed(gained)}", counting)


def _unquoted(entry: Fact | Gap, facts: Mapping[str, Fact], source: Source | None) -> Iterator[Unquoted]:
    phrases = tuple(dict.fromkeys(each.phrase for each in evidence_of(entry, facts)))
    counting = tuple(phrase for phrase in phrases if said(phrase))
    for field, lang, numbers in ungrounded(entry, phrases, source):
        yield Unquoted(entry, field, lang, numbers, counting or phrases)
