"""What a question and a fact must agree in, and whether they do: years, dates, quantities and names."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from facts.amounts import comparable, distance, given
from facts.naming import Mention, NameFinder
from facts.quantities import Number, numbers, same_date, unit_of
from facts.text import fold, tidy, words
from facts.verdict import Particular

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from facts.model import Fact, FactBase, Name

_Item = TypeVar("_Item")
COMPARED = ("place", "organisation", "person")
"""Kinds of names that must agree; an event or a policy is what a question is about, the matcher's own business."""
_ACTORS = ("organisation", "person")
_MOST_NUMBERS = 24
"""Different numbers of a question that are compared: nobody asks of so many, and work stays bounded."""
_DROPPED = "['’‘`´]"
"""What folding leaves out of a word, an s of possession with it."""


@dataclass(frozen=True, slots=True)
class FactParticulars:
    """All that one fact prints: its texts, evidence, figures, notes, and the names that it is about.

    What stands only in its sample questions fits it, but contradicts nothing: "a room for 2 June", "for 5 July".
    `stated_names` are those in its own words, `places` the ones in its title.
    """

    names: frozenset[str]
    stated_names: frozenset[str]
    places: tuple[Name, ...]
    kinds: frozenset[str]
    years: frozenset[int]
    dates: tuple[float, ...]
    quantities: tuple[tuple[float, str | None], ...]
    stated_dates: tuple[float, ...]
    stated_quantities: tuple[tuple[float, str | None], ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """The particulars of a question, in order; `mentions` are the places of its names among its words."""

    particulars: tuple[Particular, ...]
    mentions: tuple[Mention, ...] = field(default=())

    @property
    def absent(self) -> Particular | None:
        """The first name that the source was checked not to mention."""
        return next((p for p in self.particulars if p.name and not p.name.in_source), None)


class Read(NamedTuple):
    """A line as its words, `words(fold(line))`, and the years, dates and quantities in it."""

    words: tuple[str, ...]
    numbers: tuple[Number, ...]

    @classmethod
    def of(cls, line: str) -> Read:
        folded = fold(line)
        return cls(words(folded), numbers(folded))


def _lines_of(fact: Fact) -> Iterator[Read]:
    return map(Read.of, fact.ask.every)


def _statements(fact: Fact) -> Iterator[str]:
    """Yield all that the fact says, apart from what it is asked by."""
    yield from (fact.title.en, fact.title.zh, fact.text.en, fact.text.zh)
    yield from (evidence.phrase for evidence in fact.evidence)
    yield from (line for note in fact.notes for line in (note.en, note.zh))


def _dates(lines: Iterable[Read]) -> tuple[float, ...]:
    return tuple(number.value for line in lines for number in line.numbers if number.kind == "date")


def _quantities(lines: Iterable[Read]) -> tuple[tuple[float, str | None], ...]:
    return tuple((n.value, n.unit) for line in lines for n in line.numbers if n.kind == "quantity")


class Particulars:
    """Reads the particulars of questions and knows those of every fact of one base."""

    def __init__(
        self,
        base: FactBase,
        names: NameFinder | None = None,
        lines_of: Callable[[Fact], Iterable[Read]] = _lines_of,
    ) -> None:
        """`names` are those of the base.

        `lines_of` spares reading the lines by which a fact is found where they have been read. It need tell no more of
        them than the words of names and the numbers.
        """
        self.names = names or NameFinder(base.names)
        self._known = base.name_by_id
        self._source_year = int(base.source.date[:4])
        about = (base.source.title, base.source.subject)
        lines = (words(fold(line)) for each in about for line in (each.en, each.zh))
        self._own = frozenset(part.id for line in lines for part in self.names.parts(line) if part.kind == "place")
        self._facts = {fact.id: self._of(fact, lines_of(fact)) for fact in base.facts}

    def read(self, question: str, tokens: tuple[str, ...] | None = None) -> Reading:
        """Return the particulars of a question, each once; `tokens` are its words where they have been mended."""
        folded = fold(question)
        written = words(folded)
        mentions = self.names.find(written if tokens is None else tokens)
        once = _once(mentions, lambda mention: mention.name.id)
        named = [Particular("name", as_written(question, written[m.start : m.end]), name=m.name) for m in once]
        said = _once(numbers(folded), lambda number: (number.kind, number.value, number.unit))
        numbered = [
            Particular(
                number.kind,
                as_written(question, words(folded[number.start : number.end])),
                value=number.value,
                unit=number.unit,
                loose=number.loose,
            )
            for number in said[:_MOST_NUMBERS]
        ]
        return Reading((*named, *numbered), mentions)

    def contradiction(self, reading: Reading, fact: Fact) -> Particular | None:
        """Return the first particular of the question that the fact contradicts, None when all agree."""
        if not reading.particulars:
            return None
        printed = self._facts[fact.id]
        return next((p for p in reading.particulars if self._contradicts(p, printed)), None)

    def names_another(self, reading: Reading, fact: Fact) -> bool:
        """Return whether the question names a firm or person of the source that the fact says nothing of."""
        printed = self._facts[fact.id]
        named = (p for p in reading.particulars if p.name and p.name.in_source and p.name.kind in _ACTORS)
        return any(not _prints(p, printed) for p in named)

    def elsewhere(self, reading: Reading, fact: Fact) -> tuple[Name, Name] | None:
        """Return the place that the question names and the one in the fact's title, if the fact is silent of the first.

        A place within another's name, "Foshan" in "Foshan Gathering Area", is the same.
        """
        printed = self._facts[fact.id]
        asked = [p.name for p in reading.particulars if p.name and p.name.kind == "place" and p.name.in_source]
        if not asked or not printed.places or any(name.id in printed.stated_names for name in asked):
            return None
        told = printed.places[0]
        return None if any(name.id in self.names.within(told) for name in asked) else (asked[0], told)

    def said_elsewhere(self, reading: Reading, fact: Fact) -> bool:
        """Return whether an amount tells that it is this fact though said of another of the places the source is about.

        "4,500 firms in Foshan" may well mean the district's; 4,500 in another city is another matter.
        """
        printed = self._facts[fact.id]
        amount = any(p.kind == "quantity" and _prints(p, printed) for p in reading.particulars)
        against = [p.name.id if p.name else "" for p in reading.particulars if self._contradicts(p, printed)]
        return amount and self._own.issuperset(against) and self.elsewhere(reading, fact) is not None

    def prints_all(self, reading: Reading, fact: Fact) -> bool:
        """Return whether the fact prints every particular of the question."""
        return all(_prints(p, self._facts[fact.id]) for p in reading.particulars)

    def of_own(self, fact: Fact) -> bool:
        """Return whether a place that the source is about stands in the fact's title."""
        return any(place.id in self._own for place in self._facts[fact.id].places)

    def told(self, asked: Particular) -> bool:
        """Return whether any fact itself, not only what it is asked by, gives the amount, or prints the year or day."""
        if asked.kind == "quantity":
            return any(given(asked, printed.stated_quantities) for printed in self._facts.values())
        return any(_prints(asked, printed) for printed in self._facts.values())

    def distance(self, amount: Particular, fact: Fact) -> float:
        """Return how far the nearest amount that the fact itself gives is from this one, as a factor."""
        return distance(amount, self._facts[fact.id].stated_quantities)

    def tells_otherwise(self, reading: Reading, fact: Fact) -> Particular | None:
        """Return the first amount of the question of which the fact itself gives another, whatever it was asked."""
        stated = self._facts[fact.id].stated_quantities
        asked = (each for each in reading.particulars if each.kind == "quantity" and not given(each, stated))
        return next((each for each in asked if any(comparable(each, value, unit) for value, unit in stated)), None)

    def gives_all(self, reading: Reading, fact: Fact) -> bool:
        """Return whether the fact itself gives every amount of the question, whatever it was asked."""
        stated = self._facts[fact.id].stated_quantities
        return all(given(each, stated) for each in reading.particulars if each.kind == "quantity")

    def heads(self, asked: Particular, fact: Fact) -> bool:
        """Return whether the name stands in the fact's title or label: whether the fact is of it."""
        lines = (fact.title.en, fact.title.zh, fact.label.en, fact.label.zh)
        return asked.name is not None and any(asked.name in self.names.parts(words(fold(line))) for line in lines)

    def agreements(self, reading: Reading, fact: Fact) -> int:
        """Count the particulars of the question that the fact prints: it decides between facts alike but for them."""
        printed = self._facts[fact.id]
        return sum(_prints(p, printed) for p in reading.particulars)

    def names_as_much(self, reading: Reading, line: str) -> bool:
        """Return whether a line names all that the question names."""
        named = {_same(each) for each in self.read(line).particulars}
        return all(_same(each) in named for each in reading.particulars)

    def _contradicts(self, asked: Particular, printed: FactParticulars) -> bool:
        if asked.kind == "unknown-name":
            return True
        if _prints(asked, printed):
            return False
        if asked.name:
            return self._name_contradicts(asked, printed)
        if asked.kind == "year":
            return int(asked.value or 0) != self._source_year
        if asked.kind == "date":
            return bool(printed.stated_dates) or int(asked.value or 0) // 10_000 not in (
                0,
                self._source_year,
                *printed.years,
            )
        return any(comparable(asked, value, unit) for value, unit in printed.stated_quantities)

    def _name_contradicts(self, asked: Particular, printed: FactParticulars) -> bool:
        name = asked.name
        if name is None or (name.in_source and name.kind not in COMPARED):
            return False
        if not name.in_source:
            return True
        return name.kind in printed.kinds

    def _of(self, fact: Fact, lines: Iterable[Read]) -> FactParticulars:
        stated = tuple(map(Read.of, _statements(fact)))
        read = (*lines, *stated)
        said = {part.id for line in stated for part in self.names.parts(line.words)}
        titles = (words(fold(title)) for title in (fact.title.en, fact.title.zh))
        ids = {part.id for line in read for part in self.names.parts(line.words) if part.in_source} | set(fact.about)
        ids |= {inner for i in fact.about if i in self._known for inner in self.names.within(self._known[i])}
        dates, figures = _dates(read), tuple((float(each.value), unit_of(each.unit)) for each in fact.figures)
        years = {int(n.value) for line in read for n in line.numbers if n.kind == "year"}
        return FactParticulars(
            names=frozenset(ids),
            stated_names=frozenset(said),
            places=tuple(part for title in titles for part in self.names.parts(title) if part.kind == "place"),
            kinds=frozenset(self._known[i].kind for i in ids if i in self._known),
            years=frozenset(years | {int(date) // 10_000 for date in dates} - {0}),
            dates=dates,
            quantities=(*figures, *_quantities(read)),
            stated_dates=_dates(stated),
            stated_quantities=(*figures, *_quantities(stated)),
        )


def _same(one: Particular) -> tuple[object, ...]:
    return (one.name.id,) if one.name else (one.kind, one.value)


def _once(items: Iterable[_Item], key: Callable[[_Item], object]) -> list[_Item]:
    """Return the first item of each key, in order."""
    first: dict[object, _Item] = {}
    for item in items:
        first.setdefault(key(item), item)
    return list(first.values())


def as_written(question: str, tokens: tuple[str, ...]) -> str:
    """Return `tokens` as the question writes them, with its capitals and spaces; joined by spaces if not found."""
    plain = tidy(question)
    for glue in (" ", ""):
        start = plain.lower().find(glue.join(tokens))
        if start >= 0 and len(plain.lower()) == len(plain):
            return plain[start : start + len(glue.join(tokens))]
    spelt = (rf"{_DROPPED}?".join(map(re.escape, token)) for token in tokens)
    hit = re.search(rf"(?:{_DROPPED}s\b)?[\W_]*".join(spelt), plain, re.IGNORECASE)
    return hit.group() if hit else " ".join(tokens)


def _prints(asked: Particular, printed: FactParticulars) -> bool:
    if asked.name:
        return asked.name.id in printed.names
    if asked.kind == "year":
        return asked.value in printed.years
    if asked.kind == "date":
        return any(same_date(asked.value or 0, date) for date in printed.dates)
    return given(asked, printed.quantities)
