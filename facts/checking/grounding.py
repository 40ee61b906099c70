"""Numbers that a card gives and none of its quoted phrases does: a slip of an edit, or a quote that is missing.

No error: the paragraph may say what the phrase leaves out. With the source's own text, `facts.sourcefile` is certain.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from facts.model import LANGS, Fact
from facts.numerals import claimed, listed, said

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from decimal import Decimal

    from facts.draft import Draft
    from facts.model import Evidence, FactBase, Gap, Lang, Source
    from facts.problems import Problem
    from facts.shape import Located


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


def evidence_of(entry: Fact | Gap, facts: Mapping[str, Fact]) -> tuple[Evidence, ...]:
    """Return what an entry's card cites: its own evidence, a gap's is that of the facts which it reports."""
    if isinstance(entry, Fact):
        return entry.evidence
    return tuple(each for fact in entry.cites if fact in facts for each in facts[fact].evidence)


def ungrounded(entry: Fact | Gap, texts: Iterable[str], source: Source | None) -> Iterator[tuple[str, Lang, str]]:
    """Yield field, language and numbers that neither these texts say, nor the entry's notes, nor a gap's own questions.

    The source's year and month go without saying; its day does not: it is next to those that the source tells of.
    """
    ours = [note.of(lang) for note in entry.notes for lang in LANGS] if isinstance(entry, Fact) else entry.ask.every
    known: set[Decimal] = set(said(source.date[:7].replace("-", " "))) if source else set()
    for text in (*texts, *ours):
        known |= said(text) | claimed(text)
    fields = ("title", "label", "text") if isinstance(entry, Fact) else ("title", "text")
    for field in fields:
        for lang in LANGS:
            if missing := claimed(getattr(entry, field).of(lang)) - known:
                yield field, lang, listed(missing)


def _unquoted(entry: Fact | Gap, facts: Mapping[str, Fact], source: Source | None) -> Iterator[Unquoted]:
    phrases = tuple(dict.fromkeys(each.phrase for each in evidence_of(entry, facts)))
    counting = tuple(phrase for phrase in phrases if said(phrase))
    for field, lang, numbers in ungrounded(entry, phrases, source):
        yield Unquoted(entry, field, lang, numbers, counting or phrases)
