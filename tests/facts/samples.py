"""Small bases built in code, for tests of matching that need no files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facts.model import (
    Bilingual,
    Evidence,
    Fact,
    FactBase,
    Figure,
    Floors,
    Gap,
    Kind,
    Name,
    NameKind,
    Phrasings,
    SmallTalk,
    Source,
    Topic,
)  # fmt: skip

if TYPE_CHECKING:
    from collections.abc import Iterable


def both(en: str, zh: str) -> Bilingual:
    return Bilingual(en=en, zh=zh)


SOURCE = Source(
    title=both("A town on the river", "河边小城"),
    publisher=both("River Daily", "《河报》"),
    date="2022-06-19",
    subject=both("Rivertown's plan", "河城规划"),
    about=both("One article.", "一篇文章。"),
    language="en",
    machine_translated=False,
    paragraphs=40,
    counting=both("paragraphs", "段"),
    examples=(),
    floors=Floors(answered_wrong=0.01, answered_though_silent=0.02),
)


def fact(
    ident: str, en: Iterable[str], zh: Iterable[str] = (), *, title: tuple[str, str] | None = None,
    text: tuple[str, str] | None = None, figures: Iterable[tuple[str, float, str]] = (), about: Iterable[str] = (),
    related: Iterable[str] = (), kind: Kind = "figure",
) -> Fact:  # fmt: skip
    title = title or (ident, ident)
    return Fact(
        id=ident,
        topic="all",
        kind=kind,
        standing="reported",
        title=both(*title),
        label=both(f"{ident[:10]} label", f"{ident[:6]}一项"),
        text=both(*(text or title)),
        evidence=(Evidence(paragraph=1, phrase="printed there"),),
        ask=Phrasings(en=tuple(en), zh=tuple(zh)),
        figures=tuple(Figure(of=of, value=value, unit=unit) for of, value, unit in figures),
        about=tuple(about),
        related=tuple(related),
    )


def gap(ident: str, en: Iterable[str], zh: Iterable[str] = (), nearest: Iterable[str] = ()) -> Gap:
    return Gap(
        id=ident, title=both(ident, ident), text=both("It doesn't say.", "没写。"),
        ask=Phrasings(en=tuple(en), zh=tuple(zh)), nearest=tuple(nearest),
    )  # fmt: skip


def talk(ident: str, en: Iterable[str], zh: Iterable[str] = ()) -> SmallTalk:
    return SmallTalk(id=ident, text=both("Hello", "你好"), ask=Phrasings(en=tuple(en), zh=tuple(zh)))


def name(
    ident: str, kind: NameKind, en: Iterable[str], zh: Iterable[str] = (), *, pinyin: Iterable[str] = (),
    in_source: bool = True,
) -> Name:  # fmt: skip
    return Name(id=ident, kind=kind, en=tuple(en), zh=tuple(zh), pinyin=tuple(pinyin), in_source=in_source)


def base(
    facts: Iterable[Fact], *, gaps: Iterable[Gap] = (), smalltalk: Iterable[SmallTalk] = (), names: Iterable[Name] = ()
) -> FactBase:
    return FactBase(
        source=SOURCE, topics=(Topic(id="all", title=both("All", "全部"), order=1),), names=tuple(names),
        facts=tuple(facts), gaps=tuple(gaps), smalltalk=tuple(smalltalk), version="test",
    )  # fmt: skip
