"""Questions: every entry is asked in both languages, no two share one, and there are examples to begin with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from facts.folding import fold_line, fold_lines
from facts.model import INBOX, LANGS, Heard
from facts.text import fold, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from facts.draft import Draft
    from facts.problems import Problem
    from facts.shape import Located

_WIDE = re.compile("[，、；]")
"""Marks that end a clause of one question, and that a Chinese keyboard writes between two, where YAML sees one."""


def check(draft: Draft) -> Iterator[Problem]:
    taken: dict[str, Located[Any]] = {}
    entries: list[Located[Any]] = [*draft.facts, *draft.gaps, *draft.smalltalk]
    fold_lines(line for each in (*entries, *draft.heard) for line in each.entry.ask.every)
    for each in (*entries, *draft.heard):
        for lang in LANGS:
            phrasings = each.entry.ask.of(lang)
            if not phrasings and each.file != INBOX:
                yield each.problem("never-asked", "ask", lang)
            if phrasings and each.file != INBOX and all(map(_WIDE.search, phrasings)):
                yield each.problem("wide-between", "ask", lang, 0, where=f"ask.{lang}", value=phrasings[0])
            for number, phrasing in enumerate(phrasings):
                first = taken.setdefault(fold_line(phrasing).words, each)
                if first is not each:
                    other = first.entry.to if isinstance(first.entry, Heard) else first.entry.id
                    yield each.problem("same-question", "ask", lang, number, value=phrasing, other=other)
    yield from _names(draft)
    if draft.source and not draft.source.entry.examples:
        yield draft.source.problem("no-examples", "examples")


def _names(draft: Draft) -> Iterator[Problem]:
    taken: dict[tuple[str, ...], Located[Any]] = {}
    for name in draft.names:
        if not name.entry.en and not name.entry.zh:
            yield name.problem("nameless", "id", value=name.entry.id)
        for lang in LANGS:
            for number, alias in enumerate(name.entry.en if lang == "en" else name.entry.zh):
                first = taken.setdefault(words(fold(alias)), name)
                if first is not name:
                    yield name.problem("same-name", lang, number, value=alias, other=first.entry.id)
