"""A question with a gap, made from a fact's title: a number, a day or a name is taken out, others stand beside it.

Only what is printed and not in doubt is asked. The other names are printed somewhere in the source, too; the other
numbers are made up around the right one, written alike.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from facts.citing import cited
from facts.guessing import around
from facts.quantities import numbers
from facts.wording import standing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from random import Random

    from facts.model import Fact, FactBase, Lang, Name
    from facts.quantities import Number

GAP = "____"
LEAST, MOST = 3, 4
"""Options of a question."""
_NAMED = frozenset({"organisation", "person"})
_BEHIND = re.compile(r"\s*(?:、|[和与及]|(?:and|or)\b|[,，]\s*(?=[0-9A-Z]))")
_THOUSANDS = re.compile(r"(?:[0-9]+,)+$")
"""What a number leaves behind that has commas."""
_BEFORE = re.compile(r".*(?:、|[和与及]|\b(?:and|or)|[0-9a-z²][,，])\s*")
"""What stands behind one item of a list, and before it: any item would do there."""


@dataclass(frozen=True, slots=True)
class Quiz:
    """`options[right]` fills the gap of `question`. `explanation`: the fact, its standing and its evidence, by line."""

    fact: Fact
    question: str
    options: tuple[str, ...]
    right: int
    explanation: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    """What can be taken out of a title: its place, how it is written, and whose name it is, if it is one."""

    start: int
    end: int
    shown: str
    name: Name | None = None


def quiz(base: FactBase, lang: Lang, rng: Random) -> Quiz | None:
    """Return a question in that language, None where the base has none."""
    certain = [fact for fact in base.facts if _certain(fact)]
    known = _nameable(base, lang)
    named = {fact.id: _names(fact.title.of(lang), known) for fact in certain}
    askable = [
        (fact, piece, others)
        for fact in certain
        for piece, others in (*_by_number(fact, lang, rng), *_by_name(fact, named, base))
        if len(others) >= LEAST - 1 and not _listed(fact.title.of(lang), piece)
    ]
    if not askable:
        return None
    fact, piece, others = rng.choice(askable)
    options = [piece.shown, *rng.sample(others, min(len(others), MOST - 1))]
    rng.shuffle(options)
    title = fact.title.of(lang)
    explanation = (title, standing(fact.standing, base.source, lang), *cited([fact], base.source, lang))
    question = title[: piece.start] + GAP + title[piece.end :]
    return Quiz(fact, question, tuple(options), options.index(piece.shown), explanation)


def _certain(fact: Fact) -> bool:
    return all(note.kind == "left-open" for note in fact.notes) and not fact.contradicts


def _by_number(fact: Fact, lang: Lang, rng: Random) -> Iterator[tuple[_Piece, list[str]]]:
    """Numbers that can be taken out of a title, each with what may stand there instead."""
    for number, piece in _numbers(fact.title.of(lang)):
        others = around(piece.shown, number, MOST - 1, rng)
        yield piece, [other for other in others if other not in fact.text.of(lang)]


def _by_name(fact: Fact, named: Mapping[str, list[_Piece]], base: FactBase) -> Iterator[tuple[_Piece, list[str]]]:
    """The only name of a title, and those of the same kind that it and its related facts don't say.

    What is true of one firm may be true of another that a related fact names: those are left out, too.
    """
    if len(named[fact.id]) != 1:
        return
    (piece,) = named[fact.id]
    close = (fact, *(base.fact_by_id[other] for other in fact.related))
    said = " ".join(text for each in close for text in (each.title.en, each.title.zh, each.text.en, each.text.zh))
    about = {name for each in close for name in each.about}
    others = {other.shown: other.name for found in named.values() for other in found if other.name}
    kind = piece.name.kind if piece.name else None
    fitting = (shown for shown, name in others.items() if name.kind == kind and name.id not in about)
    yield piece, sorted(shown for shown in fitting if shown not in said)


def _numbers(title: str) -> Iterator[tuple[Number, _Piece]]:
    folded = title.casefold()
    if len(folded) != len(title):
        return
    for number in numbers(folded):
        start, end = number.start, number.end
        if thousands := _THOUSANDS.search(title, 0, start):
            start = thousands.start()
        while title[end : end + 1] in {"²", "³"}:
            end += 1
        shown = title[start:end].strip()
        start = title.index(shown, start)
        yield number, _Piece(start, start + len(shown), shown)


def _nameable(base: FactBase, lang: Lang) -> dict[str, Name]:
    """Names by how they are shown; who published it stands on every card, and would be no question."""
    publisher = base.source.publisher.of(lang)
    there = (name for name in base.names if name.in_source and name.kind in _NAMED)
    return {name.shown(lang): name for name in there if name.shown(lang) not in publisher}


def _names(title: str, known: Mapping[str, Name]) -> list[_Piece]:
    found = [
        _Piece(start := title.index(shown), start + len(shown), shown, name)
        for shown, name in known.items()
        if title.count(shown) == 1
    ]
    return [piece for piece in found if not any(_within(piece, other) for other in found)]


def _within(piece: _Piece, other: _Piece) -> bool:
    return piece is not other and other.start <= piece.start and piece.end <= other.end


def _listed(title: str, piece: _Piece) -> bool:
    """Whether it is one of several things in a row."""
    return bool(_BEFORE.fullmatch(title[: piece.start]) or _BEHIND.match(title[piece.end :]))
