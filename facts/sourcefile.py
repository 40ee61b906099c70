"""The source's own text, for checking only: a tab-separated file of number, kind and text. No base keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from facts.checking.grounding import evidence_of, ungrounded
from facts.problems import BrokenBase, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from facts.draft import Draft
    from facts.model import Fact, FactBase, Gap
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
    """Name each phrase that its paragraph doesn't have, and each number of a card that its paragraphs don't."""
    facts = {each.entry.id: each.entry for each in draft.facts}
    source = draft.source.entry if draft.source else None
    for fact in draft.facts:
        yield from _phrases(fact, paragraphs)
    entries: tuple[Located[Fact] | Located[Gap], ...] = (*draft.facts, *draft.gaps)
    for each in entries:
        cited = [evidence.paragraph for evidence in evidence_of(each.entry, facts)]
        texts = [paragraphs[number].text for number in cited if number in paragraphs]
        for field, lang, numbers in ungrounded(each.entry, texts, source):
            yield each.problem("number-not-there", field, lang, numbers=numbers)


def _phrases(fact: Located[Fact], paragraphs: dict[int, Paragraph]) -> Iterator[Problem]:
    for number, each in enumerate(fact.entry.evidence):
        paragraph = paragraphs.get(each.paragraph)
        if paragraph is None:
            last = max(paragraphs, default=0)
            yield fact.problem("no-paragraph", "evidence", number, "paragraph", value=each.paragraph, last=last)
        elif _folded(each.phrase) not in _folded(paragraph.text):
            at = ("evidence", number, "phrase")
            yield fact.problem("phrase-not-there", *at, paragraph=each.paragraph, phrase=each.phrase)


def _folded(text: str) -> str:
    return " ".join(text.split())
