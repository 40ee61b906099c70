"""Ids: each stands once, and each that is referred to exists."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from facts.draft import Draft, Section
    from facts.problems import Problem
    from facts.shape import Located


def check(draft: Draft) -> Iterator[Problem]:
    for entries in (draft.topics, draft.names, draft.facts, draft.gaps, draft.smalltalk):
        yield from _once(entries)
    for fact in draft.facts:
        yield from _known(draft, fact, "topics", "topic")
        yield from _known(draft, fact, "names", "about")
        yield from _known(draft, fact, "facts", "contradicts")
        yield from _known(draft, fact, "facts", "related")
    for gap in draft.gaps:
        yield from _known(draft, gap, "facts", "cites")
        yield from _known(draft, gap, "facts", "nearest")
    yield from _heard(draft)
    if draft.source:
        for number, example in enumerate(draft.source.entry.examples):
            if _unknown(draft, "facts", example.fact):
                yield draft.source.problem("unknown-id", "examples", number, "fact", value=example.fact)
    yield from _mutual(draft)


def _heard(draft: Draft) -> Iterator[Problem]:
    for each in draft.heard:
        if _unknown(draft, "facts", each.entry.to) and _unknown(draft, "gaps", each.entry.to):
            yield each.problem("unknown-id", "to", value=each.entry.to)


def _once(entries: Sequence[Located[Any]]) -> Iterator[Problem]:
    seen: dict[str, Located[Any]] = {}
    for each in entries:
        first = seen.setdefault(each.entry.id, each)
        if first is not each:
            place = f"{first.file}:{first.document.line((*first.path, 'id'))}"
            yield each.problem("duplicate-id", "id", value=each.entry.id, first=place)


def _known(draft: Draft, each: Located[Any], section: Section, field: str) -> Iterator[Problem]:
    value = getattr(each.entry, field)
    if isinstance(value, str):
        if _unknown(draft, section, value):
            yield each.problem("unknown-id", field, value=value)
        return
    seen = {each.entry.id} if section == "facts" else set()
    for number, item in enumerate(value):
        if _unknown(draft, section, item):
            yield each.problem("unknown-id", field, number, value=item)
        elif item in seen:
            yield each.problem("idle-id", field, number, value=item)
        seen.add(item)


def _unknown(draft: Draft, section: Section, item: str) -> bool:
    return section not in draft.unread and item not in draft.ids.get(section, set())


def _mutual(draft: Draft) -> Iterator[Problem]:
    says = {each.entry.id: frozenset(each.entry.contradicts) for each in draft.facts}
    for each in draft.facts:
        for number, other in enumerate(each.entry.contradicts):
            if other in says and each.entry.id not in says[other]:
                yield each.problem("one-sided", "contradicts", number, value=other, this=each.entry.id)
        if each.entry.contradicts and not any(note.kind in {"conflict", "doubt"} for note in each.entry.notes):
            yield each.problem("silent-conflict", "contradicts")
