"""What has changed between two bases, entry by entry and field by field."""

from __future__ import annotations

from dataclasses import dataclass, fields
from itertools import chain, takewhile
from typing import TYPE_CHECKING, Literal

from facts.entry import Entry, fields_of
from facts.model import LANGS, Bilingual, Name, Note, Phrasings
from facts.wording import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from facts.model import Fact, FactBase, Gap, Lang, SmallTalk, Source, Topic

    Changeable = Fact | Gap | SmallTalk | Name | Topic | Source

Sort = Literal["facts", "gaps", "smalltalk", "names", "topics", "source"]
How = Literal["added", "removed", "reworded", "asked"]
CONTEXT = 24
"""Characters that are shown before and after what differs."""
_WORD = 12
"""Characters that the context gives up, or else takes in, at most so as not to part a word."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of an entry, in one language or, with None, in all: the lines that it lost, and those that it got.

    A text is one line. Of a list whose order alone differs it is all of them.
    """

    field: str
    lang: Lang | None
    was: tuple[str, ...]
    now: tuple[str, ...]

    @property
    def replaced(self) -> bool:
        """Whether one line stands for one other."""
        return len(self.was) == len(self.now) == 1


@dataclass(frozen=True, slots=True)
class Change:
    """An entry that differs; `was` is None where it is new, `now` where it has gone."""

    sort: Sort
    was: Changeable | None
    now: Changeable | None
    differences: tuple[Difference, ...] = ()

    @property
    def how(self) -> How:
        """What became of it; "asked": it differs in nothing but how people ask for it."""
        if self.was is None or self.now is None:
            return "added" if self.was is None else "removed"
        return "asked" if {each.field for each in self.differences} == {"ask"} else "reworded"

    @property
    def id(self) -> str:
        """The entry's id; the source has none, and is "source"."""
        return str(getattr(self.now or self.was, "id", "source"))

    @property
    def title(self) -> Bilingual:
        """What the entry is called: its title, of small talk what it says, of a name its forms that are shown."""
        entry = self.now or self.was
        if isinstance(entry, Name):
            return Bilingual(en=entry.shown("en"), zh=entry.shown("zh"))
        title: Bilingual = getattr(entry, "text" if self.sort == "smalltalk" else "title")
        return title


def changes(old: FactBase, new: FactBase) -> tuple[Change, ...]:
    """Return every entry that differs, facts and gaps first, each sort in the new base's order, what is gone last."""
    sorts: tuple[tuple[Sort, Sequence[Changeable], Sequence[Changeable]], ...] = (
        ("facts", old.facts, new.facts),
        ("gaps", old.gaps, new.gaps),
        ("smalltalk", old.smalltalk, new.smalltalk),
        ("names", old.names, new.names),
        ("topics", old.topics, new.topics),
        ("source", (old.source,), (new.source,)),
    )
    return tuple(chain.from_iterable(_changed(sort, was, now) for sort, was, now in sorts))


def _changed(sort: Sort, old: Sequence[Changeable], new: Sequence[Changeable]) -> Iterator[Change]:
    before, after = ({getattr(each, "id", ""): each for each in entries} for entries in (old, new))
    for key, now in after.items():
        was = before.get(key)
        if was != now:
            yield Change(sort, was, now, tuple(_differences(was, now)) if was else ())
    yield from (Change(sort, was, None) for key, was in before.items() if key not in after)


def _differences(old: Changeable, new: Changeable) -> Iterator[Difference]:
    before, after = _told(old), _told(new)
    for key in before | after:
        was, now = before.get(key, ()), after.get(key, ())
        if was != now:
            lost = tuple(each for each in was if each not in now)
            got = tuple(each for each in now if each not in was)
            yield Difference(*key, lost, got) if lost or got else Difference(*key, was, now)


def _told(entry: Changeable) -> dict[tuple[str, Lang | None], tuple[str, ...]]:
    """Return the lines of each field, in each language where it has some."""
    lines: dict[tuple[str, Lang | None], tuple[str, ...]] = {}
    for field in fields_of(type(entry)):
        value = getattr(entry, field)
        if isinstance(entry, Name) and field in LANGS:
            lines["names", field] = value
        elif isinstance(value, Bilingual):
            lines |= {(field, lang): (value.of(lang),) for lang in LANGS}
        elif isinstance(value, Phrasings):
            lines |= {(field, lang): value.of(lang) for lang in LANGS}
        elif field == "notes":
            lines |= {(field, lang): tuple(_noted(each, lang) for each in value) for lang in LANGS}
        else:
            lines[field, None] = tuple(map(_line, value)) if isinstance(value, tuple) else _only(value)
    return lines


def _noted(note: Note, lang: Lang) -> str:
    return WORDS[lang].notes[note.kind] + note.of(lang)


def _only(value: object) -> tuple[str, ...]:
    return () if value is None else (_line(value),)


def _line(value: object) -> str:
    """A value as it stands in the file, on one line; what has its default is left out."""
    if isinstance(value, Entry):
        said = ((field.name, getattr(value, field.name), field.default) for field in fields(value))
        return ", ".join(f"{name}: {_line(each)}" for name, each, default in said if each != default)
    return str(value).lower() if isinstance(value, bool) else str(value)


def parted(was: str, now: str) -> tuple[str, str]:
    """Return two texts without what they begin and end alike with, but for some words around what differs."""
    start = _alike(was, now)
    end = _alike(was[start:][::-1], now[start:][::-1])
    first = max(0, start - CONTEXT)
    if first:
        space = was.find(" ", first, min(first + _WORD, start))
        space = was.rfind(" ", max(0, first - _WORD), first) if space < 0 else space
        first = space + 1 if space >= 0 else first
    left = max(0, end - CONTEXT)
    if left:
        cut = len(was) - left
        space = was.rfind(" ", max(len(was) - end, cut - _WORD), cut)
        space = was.find(" ", cut, cut + _WORD) if space < 0 else space
        left = len(was) - space if space >= 0 else left
    return _within(was, first, left), _within(now, first, left)


def _alike(one: str, other: str) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _within(text: str, first: int, left: int) -> str:
    """A text without its `first` and its last `left` characters, each marked if there are any."""
    return f"{'…' if first else ''}{text[first : len(text) - left]}{'…' if left else ''}"
