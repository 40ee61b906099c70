"""Whether a fact still means what a post of it told: the same numbers, names and standing, in whatever words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from pydantic import ValidationError

from facts.entry import Entry, fields_of, validator
from facts.model import LANGS, Bilingual, Figure, Lang, Note, Standing
from facts.naming import NameFinder
from facts.numerals import said, spoken
from facts.text import fold, words
from facts.wording import WORDS

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

    from facts.model import Fact, FactBase, Name

_ACTORS = ("organisation", "person")
_KINDS = (_ACTORS, ("place",), ("event",), ("policy",), ("project",), ("thing",))
# Any word has a capital where a line or a sentence begins, and months are numbers.
_CAPITAL = re.compile(
    r"(?<=[a-z0-9,;)’] )(?!(?:January|February|March|April|May|June|July|August|September|October|November|December)\b)"
    r"[A-Z][a-z]+"
)
_WORD = re.compile(r"[a-z]+")


class Change(NamedTuple):
    """What a post told and what holds now, as people read it; empty where there was, or is, nothing of the sort."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Told(Entry):
    """What a post shows of a fact, its evidence apart, and the figures in that."""

    standing: Standing
    title: Bilingual
    text: Bilingual
    notes: tuple[Note, ...] = ()
    figures: tuple[Figure, ...] = ()

    @classmethod
    def of(cls, fact: Fact) -> Told:
        return cls(**{name: getattr(fact, name) for name in fields_of(cls)})

    @classmethod
    def read(cls, kept: str) -> Told | None:
        """Return what `kept` wrote, None if another version of this program wrote it in a form of its own."""
        try:
            return validator(cls).validate_json(kept)
        except ValidationError:
            return None

    def kept(self) -> str:
        """Return it as JSON."""
        return validator(Told).dump_json(self, exclude_defaults=True).decode()

    def parts(self, lang: Lang) -> tuple[str, str, str]:
        """Return the title, the text, and the notes, a line each."""
        return self.title.of(lang), self.text.of(lang), "\n".join(note.of(lang) for note in self.notes)

    @property
    def in_doubt(self) -> bool:
        return any(note.doubtful for note in self.notes)


@dataclass(frozen=True, slots=True)
class _Said:
    """Things of one sort that a fact says.

    `parts`: how its title, text and notes write them in each language. `heard`: all that it can be read to say;
    `sure`: what it does say.
    `alone`: one that is lost or new makes a difference by itself, not only where it takes the place of another.
    """

    parts: Mapping[Lang, Sequence[Mapping[Hashable, str]]]
    heard: Mapping[Lang, frozenset[Hashable]]
    sure: frozenset[Hashable]
    alone: bool

    def says(self, thing: Hashable) -> bool:
        return any(thing in heard for heard in self.heard.values())


class Comparison:
    """Compares what posts told with what holds, by the names of one base. Building one takes a tenth of a second."""

    def __init__(self, base: FactBase) -> None:
        self._names = NameFinder(base.names)
        self._year = Decimal(base.source.date[:4])

    def changes(self, old: Told, new: Told) -> dict[Lang, tuple[Change, ...]]:
        """Return what has changed, for each language in which anything has: other words alone are no change."""
        pairs = [(self._numbers(old), self._numbers(new)), *zip(self._named(old), self._named(new), strict=True)]
        found = {
            lang: (*_restood(old, new, lang), *(each for was, now in pairs for each in _exchanged(was, now, lang)))
            for lang in LANGS
        }
        if _measures(old, new) != _measures(new, old) or _exchanged(self._unlisted(old), self._unlisted(new), "en"):
            found = {lang: found[lang] or _reworded(old, new, lang) for lang in LANGS}
        return {lang: changes for lang, changes in found.items() if changes}

    def _numbers(self, told: Told) -> _Said:
        """What is written in words counts for sure if both languages say it: 十分 and "in two minds" tell no number.

        The year of the source goes without saying: it is lost only where another takes its place.
        """
        found = {lang: [spoken(part) for part in told.parts(lang)] for lang in LANGS}
        heard: dict[Lang, frozenset[Hashable]] = {lang: frozenset(said("\n".join(told.parts(lang)))) for lang in LANGS}
        every = [each for lang in LANGS for part in found[lang] for each in part]
        sure = {each.value for each in every if each.digits or all(each.value in heard[lang] for lang in LANGS)}
        parts: dict[Lang, list[dict[Hashable, str]]] = {
            lang: [{each.value: each.written for each in part} for part in found[lang]] for lang in LANGS
        }
        return _Said(parts, heard, frozenset(sure - {self._year}), alone=True)

    def _named(self, told: Told) -> tuple[_Said, ...]:
        """The names: firms and people together, which all count, then each other kind, where places come and go."""
        found = {lang: [self._in(part) for part in told.parts(lang)] for lang in LANGS}
        return tuple(_of_kinds(found, kinds) for kinds in _KINDS)

    def _unlisted(self, told: Told) -> _Said:
        """Words that have a capital in the English text and belong to no name of the base."""
        text = "\n".join(told.parts("en"))
        found = {word.lower(): word for word in _CAPITAL.findall(text) if not self._names.has_word(word.lower())}
        return _Said({"en": [found]}, {"en": frozenset(_WORD.findall(text.lower()))}, frozenset(found), alone=False)

    def _in(self, text: str) -> list[Name]:
        return [mention.name for line in text.split("\n") for mention in self._names.find(words(fold(line)))]


def _of_kinds(found: Mapping[Lang, Sequence[Sequence[Name]]], kinds: Sequence[str]) -> _Said:
    parts: dict[Lang, list[dict[Hashable, str]]] = {
        lang: [{name.id: name.shown(lang) for name in part if name.kind in kinds} for part in found[lang]]
        for lang in LANGS
    }
    ids = {lang: frozenset(_merged(parts[lang])) for lang in LANGS}
    return _Said(parts, ids, frozenset().union(*ids.values()), alone=kinds == _ACTORS)


def _exchanged(old: _Said, new: _Said, lang: Lang) -> tuple[Change, ...]:
    """Return what readers of a language were told that nothing says now, and what has come in its place."""
    before, after = _merged(old.parts[lang]), _merged(new.parts[lang])
    lost = {thing: before[thing] for thing in before if not new.says(thing)}
    got = {thing: after[thing] for thing in after if thing not in old.heard[lang] and thing in new.sure}
    if lost and got:
        return _paired({thing: lost[thing] for thing in lost if thing in old.sure} or lost, got, lang)
    if not old.alone:
        return ()
    lost = {thing: lost[thing] for thing in lost if thing in old.sure}
    got = {thing: got[thing] for thing in got if not old.says(thing)}
    return _replaced(old, new, lang) or (_paired(lost, got, lang) if lost or got else ())


def _replaced(old: _Said, new: _Said, lang: Lang) -> tuple[Change, ...]:
    """Return what one part of a fact says in place of another thing, though other parts say it, too."""
    both = list(zip(old.parts[lang], new.parts[lang], strict=True))
    gone = [{thing: was[thing] for thing in was if thing in old.sure and thing not in now} for was, now in both]
    come = [{thing: now[thing] for thing in now if thing in new.sure and thing not in was} for was, now in both]
    moved = _merged(gone).keys() & _merged(come).keys()
    for lost, got in zip(gone, come, strict=True):
        if len(lost) == len(got) > 0 and not (moved & (lost.keys() | got.keys())):
            return _paired(lost, got, lang)
    return ()


def _paired(lost: Mapping[Hashable, str], got: Mapping[Hashable, str], lang: Lang) -> tuple[Change, ...]:
    if len(lost) == len(got):
        return tuple(map(Change, lost.values(), got.values()))
    gap = WORDS[lang].label_gap
    return (Change(gap.join(lost.values()), gap.join(got.values())),)


def _merged(parts: Iterable[Mapping[Hashable, str]]) -> dict[Hashable, str]:
    return {thing: written for part in parts for thing, written in part.items()}


def _restood(old: Told, new: Told, lang: Lang) -> Iterator[Change]:
    words = WORDS[lang]
    if old.standing != new.standing:
        before, after = (words.standing_word[each.standing] or words.reported for each in (old, new))
        yield Change(before, after)
    if old.in_doubt != new.in_doubt:
        before, after = (words.in_doubt if each.in_doubt else words.undoubted for each in (old, new))
        yield Change(before, after)


def _measures(told: Told, other: Told) -> dict[str, tuple[object, ...]]:
    """What each figure that both have says, beyond the number: whether of firms or of projects, about or over that."""
    shared = {figure.of for figure in other.figures}
    return {each.of: (each.value, each.unit, each.about, each.over) for each in told.figures if each.of in shared}


def _reworded(old: Told, new: Told, lang: Lang) -> tuple[Change, ...]:
    """The first line that reads differently, for what has changed without a number or a name to show for it."""
    gone = (line for part in old.parts(lang) for line in part.split("\n") if line not in "\n".join(new.parts(lang)))
    return tuple(Change(line, "") for line in gone)[:1]
