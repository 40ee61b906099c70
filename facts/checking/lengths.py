"""How long things may be: a lock screen, a button, the part of a card above the fold, a citation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Protocol

from facts.model import LANGS, columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from facts.draft import Draft
    from facts.model import Bilingual, Fact, Gap, Lang, Source
    from facts.problems import Problem
    from facts.shape import Located

TITLE_COLUMNS = 60
LABEL_COLUMNS = 16
WIDE_BUTTON_COLUMNS = 28
PHRASE_WORDS = 12
WORDS_ABOVE_FOLD = 45
HAN_ABOVE_FOLD = 80
LINKS_AT_MOST = 8

_HAN = re.compile(r"[㐀-鿿豈-﫿]")
_WORD = re.compile(r"\S*[^\W_㐀-鿿豈-﫿]\S*")


class HasLanguages(Protocol):
    def of(self, lang: Lang, /) -> str: ...


def check(draft: Draft) -> Iterator[Problem]:
    for topic in draft.topics:
        yield from _wide(topic.entry.title, WIDE_BUTTON_COLUMNS, topic, "title")
    for fact in draft.facts:
        yield from _wide(fact.entry.title, TITLE_COLUMNS, fact, "title")
        yield from _wide(fact.entry.label, LABEL_COLUMNS, fact, "label")
        yield from _above_fold(fact, [fact.entry.text, *fact.entry.notes])
        yield from _evidence(fact, draft.source)
        for field in ("related", "contradicts", "evidence"):
            if len(getattr(fact.entry, field)) > LINKS_AT_MOST:
                yield fact.problem("too-many", field, limit=LINKS_AT_MOST)
    for gap in draft.gaps:
        yield from _wide(gap.entry.title, TITLE_COLUMNS, gap, "title")
        yield from _above_fold(gap, [gap.entry.text])
    if draft.source:
        for number, example in enumerate(draft.source.entry.examples):
            yield from _wide(example.ask, WIDE_BUTTON_COLUMNS, draft.source, "examples", number, "ask")


def count(text: str, lang: Lang) -> int:
    """Return the length that a reader feels: words in English, Han characters in Chinese."""
    return len(_WORD.findall(text)) if lang == "en" else len(_HAN.findall(text))


def _wide(text: Bilingual, limit: int, each: Located[Any], *path: str | int) -> Iterator[Problem]:
    for lang in LANGS:
        width = columns(text.of(lang))
        if width > limit:
            yield each.problem("too-wide", *path, lang, limit=limit, han=limit // 2)


def _above_fold(each: Located[Fact] | Located[Gap], parts: Iterable[HasLanguages]) -> Iterator[Problem]:
    for lang in LANGS:
        length = sum(count(part.of(lang), lang) for part in parts)
        limit = WORDS_ABOVE_FOLD if lang == "en" else HAN_ABOVE_FOLD
        if length > limit:
            code = "too-many-words" if lang == "en" else "too-many-han"
            yield each.problem(code, "text", lang, length=length, limit=limit)


def _evidence(fact: Located[Fact], source: Located[Source] | None) -> Iterator[Problem]:
    for number, each in enumerate(fact.entry.evidence):
        # A Chinese word is about two characters long.
        words = count(each.phrase, "en") + (count(each.phrase, "zh") + 1) // 2
        if words > PHRASE_WORDS:
            yield fact.problem("long-phrase", "evidence", number, "phrase", words=words, limit=PHRASE_WORDS)
        if source and each.paragraph > source.entry.paragraphs:
            last = source.entry.paragraphs
            yield fact.problem("no-paragraph", "evidence", number, "paragraph", value=each.paragraph, last=last)
