"""The source's own text, for checking only: a tab-separated file of number, kind and text. No base keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from facts.checking.numerals import listed, said, written
from facts.model import LANGS
from facts.problems import BrokenBase, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal
    from pathlib import Path

    from facts.draft import Draft
    from facts.model import Bilingual, Evidence, Fact, FactBase, Gap, Note
    from facts.shape import Located

SOURCE_AT_MOST = 8 * 1024 * 1024
HEADER = ("number", "kind", "text")


@dataclass(frozen=True, slots=True)
class Paragraph:
    number: int
    kind: str
    text: str


def paragraphs_of(path: Path) -> dict[int, Paragraph]:
    """Read a source file: number → paragraph. Raises `BrokenBase` with the lines that can't be read."""
    name = path.name
    try:
        with path.open("rb") as file:
            content = file.read(SOURCE_AT_MOST + 1)
    except OSError as error:
        raise BrokenBase([Problem.at(name, 1, "unreadable", reason=error.strerror or type(error).__name__)]) from None
    if len(content) > SOURCE_AT_MOST:
        raise BrokenBase([Problem.at(name, 1, "file-too-big", limit=SOURCE_AT_MOST // 1024)])
    try:
        lines = content.decode("utf-8-sig").replace("\r\n", "\n").split("\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BrokenBase([Problem.at(name, line, "not-utf8")]) from None
    return _paragraphs(name, lines)


def _paragraphs(name: str, lines: Sequence[str]) -> dict[int, Paragraph]:
    if not lines or tuple(lines[0].split("\t")) != HEADER:
        raise BrokenBase([Problem.at(name, 1, "source-header")])
    found: dict[int, Paragraph] = {}
    problems: list[Problem] = []
    for at, line in enumerate(lines[1:], start=2):
        number, _, rest = line.partition("\t")
        kind, tab, text = rest.partition("\t")
        if not line.strip():
            continue
        if not tab or not number.isdecimal() or len(number) > 6 or int(number) in found:
            problems.append(Problem.at(name, at, "source-line"))
            continue
        found[int(number)] = Paragraph(int(number), kind, text)
    if problems:
        raise BrokenBase(problems)
    return found


def uncited(base: FactBase, paragraphs: dict[int, Paragraph]) -> tuple[Paragraph, ...]:
    """Return the paragraphs that no fact cites, in order, without what stands after the source's last one."""
    cited = {each.paragraph for fact in base.facts for each in fact.evidence}
    wanted = range(1, base.source.paragraphs + 1)
    return tuple(paragraphs[number] for number in sorted(paragraphs) if number in wanted and number not in cited)


def against(draft: Draft, paragraphs: dict[int, Paragraph]) -> Iterator[Problem]:
    """Name each phrase that its paragraph doesn't have, and each number of an answer that its evidence doesn't."""
    dated = said(draft.source.entry.date.replace("-", " ")) if draft.source else frozenset()
    cites: dict[str, tuple[Evidence, ...]] = {}
    for fact in draft.facts:
        cites[fact.entry.id] = fact.entry.evidence
        yield from _phrases(fact, paragraphs)
        known = dated | _told(fact.entry.evidence, paragraphs) | _noted(fact.entry.notes)
        yield from _numbers(fact, known)
    for gap in draft.gaps:
        evidence = tuple(each for fact_id in gap.entry.cites for each in cites.get(fact_id, ()))
        yield from _numbers(gap, dated | _told(evidence, paragraphs))


def _phrases(fact: Located[Fact], paragraphs: dict[int, Paragraph]) -> Iterator[Problem]:
    for number, each in enumerate(fact.entry.evidence):
        paragraph = paragraphs.get(each.paragraph)
        if paragraph is None:
            last = max(paragraphs, default=0)
            yield fact.problem("no-paragraph", "evidence", number, "paragraph", value=each.paragraph, last=last)
        elif _folded(each.phrase) not in _folded(paragraph.text):
            at = ("evidence", number, "phrase")
            yield fact.problem("phrase-not-there", *at, paragraph=each.paragraph, phrase=each.phrase)


def _numbers(each: Located[Fact] | Located[Gap], known: frozenset[Decimal]) -> Iterator[Problem]:
    parts: tuple[tuple[str, Bilingual], ...] = (("title", each.entry.title), ("text", each.entry.text))
    for name, part in parts:
        for lang in LANGS:
            if missing := written(part.of(lang)) - known:
                yield each.problem("number-not-there", name, lang, numbers=listed(missing))


def _told(evidence: Sequence[Evidence], paragraphs: dict[int, Paragraph]) -> frozenset[Decimal]:
    texts = [paragraphs[each.paragraph].text for each in evidence if each.paragraph in paragraphs]
    return frozenset(number for text in texts for number in said(text))


def _noted(notes: Sequence[Note]) -> frozenset[Decimal]:
    return frozenset(number for note in notes for text in (note.en, note.zh) for number in said(text))


def _folded(text: str) -> str:
    return " ".join(text.split())
