"""A question with a gap, made from a fact's title: a number, a day or a name is taken out, others stand beside it.

Only what is printed and not in doubt is asked, and every option is printed somewhere in the source.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from facts.citing import cited
from facts.quantities import numbers
from facts.wording import standing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from random import Random

    from facts.model import Fact, FactBase, Lang, Name

GAP = "____"
LEAST, MOST = 3, 4
"""Options of a question."""
_NAMED = frozenset({"organisation", "person"})


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
    """What can be taken out of a title: its place, what it means, and what sort of thing may stand there instead."""

    start: int
    end: int
    shown: str
    sort: str
    means: str


def quiz(base: FactBase, lang: Lang, rng: Random) -> Quiz | None:
    """Return a question in that language, None where the base has none."""
    pieces = {fact.id: list(_pieces(fact, base, lang)) for fact in base.facts if _certain(fact)}
    pool = [piece for found in pieces.values() for piece in found]
    askable = [
        (base.fact_by_id[fact_id], found[0], others)
        for fact_id, found in pieces.items()
        if len(found) == 1 and len(others := _others(base.fact_by_id[fact_id], found[0], pool, base)) >= LEAST - 1
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


def _pieces(fact: Fact, base: FactBase, lang: Lang) -> Iterator[_Piece]:
    title = fact.title.of(lang)
    folded = title.casefold()
    if len(folded) == len(title):
        for number in numbers(folded):
            shown = title[number.start : number.end].strip()
            start = title.index(shown, number.start)
            sort = number.unit or "number" if number.kind == "quantity" else "when"
            yield _Piece(start, start + len(shown), shown, sort, f"{number.value:g}")
    named = [piece for name in base.names if (piece := _named(name, title, lang))]
    yield from (piece for piece in named if not any(_within(piece, other) for other in named))


def _named(name: Name, title: str, lang: Lang) -> _Piece | None:
    shown = name.shown(lang)
    if not name.in_source or name.kind not in _NAMED or title.count(shown) != 1:
        return None
    start = title.index(shown)
    return _Piece(start, start + len(shown), shown, name.kind, name.id)


def _within(piece: _Piece, other: _Piece) -> bool:
    return piece is not other and other.start <= piece.start and piece.end <= other.end


def _others(fact: Fact, piece: _Piece, pool: Sequence[_Piece], base: FactBase) -> list[str]:
    """What may stand in the gap instead: of the same sort, and not said by this fact.

    What is true of one firm may be true of another that a related fact names: those are left out, too.
    """
    close = (fact, *(base.fact_by_id[other] for other in fact.related)) if piece.sort in _NAMED else (fact,)
    said = " ".join(text for each in close for text in (each.title.en, each.title.zh, each.text.en, each.text.zh))
    about = {name for each in close for name in each.about}
    fitting = (each for each in pool if each.sort == piece.sort and each.means != piece.means)
    return sorted({each.shown for each in fitting if each.shown not in said and each.means not in about})
