"""A base asked its own sample questions, each as if nobody had written it down: a guess at how it does with others.

*Left out*: the base lacks the line that is asked, and no other line of that entry; its entry is the right answer.
*Hidden*: the base lacks a fifth of its facts and is asked their lines; any answer is wrong, though some aren't: what a
sibling of the hidden fact says may be an answer too.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

from facts.evaluation import Question
from facts.model import LANGS, Fact, Gap, Phrasings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from random import Random

    from facts.model import FactBase, Lang

_PARTS = 5
E = TypeVar("E", Fact, Gap)


@dataclass(frozen=True, slots=True)
class Trial:
    """A base that lacks something, and questions for just that."""

    base: FactBase
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    entry: Fact | Gap
    lang: Lang
    text: str


def trials(base: FactBase, chance: Random | None) -> Iterator[Trial]:
    """Yield what is to be asked of which base: of each entry one line a language, by chance, or every line for None."""
    lines = list(_lines(base, chance))
    yield from _left_out(base, lines)
    yield from _hidden(base, lines)


def _lines(base: FactBase, chance: Random | None) -> Iterator[_Line]:
    entries: tuple[Fact | Gap, ...] = (*base.facts, *base.gaps)
    for entry in entries:
        for lang in LANGS:
            said = tuple(dict.fromkeys(entry.ask.of(lang)))
            drawn = said if chance is None else tuple(chance.sample(said, min(1, len(said))))
            yield from (_Line(entry, lang, text) for text in drawn)


def _left_out(base: FactBase, lines: Iterable[_Line]) -> Iterator[Trial]:
    """Leave out one line of each entry at a time: as many bases as the entry with the most lines has."""
    turns: dict[int, list[_Line]] = defaultdict(list)
    seen: dict[int, int] = defaultdict(int)
    for line in lines:
        turns[seen[id(line.entry)]].append(line)
        seen[id(line.entry)] += 1
    for turn in turns.values():
        lacking = {id(line.entry): line.text for line in turn}
        facts = tuple(_without(fact, lacking.get(id(fact))) for fact in base.facts)
        gaps = tuple(_without(gap, lacking.get(id(gap))) for gap in base.gaps)
        yield Trial(replace(base, facts=facts, gaps=gaps), tuple(map(_left_out_question, turn)))


def _without(entry: E, text: str | None) -> E:
    """Return the entry as if nobody had ever asked for it in these words."""
    kept = (tuple(line for line in entry.ask.of(lang) if line != text) for lang in LANGS)
    return entry if text is None else replace(entry, ask=Phrasings(**dict(zip(LANGS, kept, strict=True))))


def _left_out_question(line: _Line) -> Question:
    if isinstance(line.entry, Fact):
        return Question(id="-", q=line.text, lang=line.lang, kind="fact, line left out", facts=(line.entry.id,))
    return Question(id="-", q=line.text, lang=line.lang, kind="gap, line left out", facts=(), gaps=(line.entry.id,))


def _hidden(base: FactBase, lines: Iterable[_Line]) -> Iterator[Trial]:
    of: dict[str, list[_Line]] = defaultdict(list)
    for line in lines:
        if isinstance(line.entry, Fact):
            of[line.entry.id].append(line)
    for part in range(_PARTS):
        gone = {fact.id for fact in base.facts[part::_PARTS]}
        kept = tuple(fact for fact in base.facts if fact.id not in gone)
        asked = chain.from_iterable(of[i] for i in sorted(gone))
        questions = (Question(id="-", q=each.text, lang=each.lang, kind="fact hidden", facts=()) for each in asked)
        yield Trial(replace(base, facts=kept), tuple(questions))
