"""Words that our own texts never use: time that is relative to a reader, and officialese."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from facts.model import LANGS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from facts.draft import Draft
    from facts.model import Lang
    from facts.problems import Problem
    from facts.shape import Located

_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|「[^」]*」|『[^』]*』|《[^》]*》")
_TIME: dict[Lang, re.Pattern[str]] = {
    "en": re.compile(
        r"\b(?:(?:this|last|next) (?:year|month|week)|currently|at present|nowadays|recently|"
        r"today|yesterday|tomorrow)\b",
        re.IGNORECASE,
    ),
    "zh": re.compile("目前|今年|去年|明年|如今|近日|日前|近期|最近|当前|本月|上月|昨天|今天|明天"),
}
_STIFF = re.compile("进行|相关|(?<!父)(?<!母)亲(?![自身眼人属戚切])")


def check(draft: Draft) -> Iterator[Problem]:
    for each, *path in _texts(draft):
        text = each.entry
        for part in path:
            text = text[part] if isinstance(part, int) else getattr(text, part)
        for lang in LANGS:
            yield from _words(each, text.of(lang), lang, *path)


def _words(each: Located[Any], text: str, lang: Lang, *path: str | int) -> Iterator[Problem]:
    ours = _QUOTED.sub("", text)
    if hit := _TIME[lang].search(ours):
        yield each.problem("relative-time", *path, lang, word=hit[0])
    if lang == "zh" and (hit := _STIFF.search(ours)):
        yield each.problem("stiff-word", *path, lang, word=hit[0])
    if "\n" in text:
        yield each.problem("line-break", *path, lang)


def _texts(draft: Draft) -> Iterator[tuple[Any, ...]]:
    """Every text of ours: the entry, then the path of a part that has both languages."""
    if draft.source:
        yield from ((draft.source, field) for field in ("subject", "about", "counting"))
    for each in (*draft.topics, *draft.gaps, *draft.facts):
        yield each, "title"
    for each in (*draft.gaps, *draft.facts, *draft.smalltalk):
        yield each, "text"
    for fact in draft.facts:
        yield fact, "label"
        yield from ((fact, "notes", number) for number in range(len(fact.entry.notes)))
