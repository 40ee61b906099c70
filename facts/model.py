"""What a fact base is made of: frozen dataclasses, one per YAML shape.

They say what a well-formed entry is; `facts.loading` says where it stands in the files, and the checks that need
the whole base (ids that must exist, lengths, collisions) are `facts.checking`'s.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Literal

from facts.entry import Entry, Id, Limits, Line

Lang = Literal["en", "zh"]
LANGS: tuple[Lang, ...] = ("en", "zh")
INBOX = "inbox.yaml"
"""The file of a base that bots write, not people."""

Kind = Literal[
    "figure", "date", "event", "organisation", "person", "place", "project", "policy", "strategy", "view", "summary"
]
Standing = Literal["reported", "done", "plan", "target", "view"]
NoteKind = Literal["doubt", "conflict", "left-open", "our-reading"]
NameKind = Literal["place", "organisation", "person", "event", "policy", "project", "thing"]


@dataclass(frozen=True, slots=True)
class Bilingual(Entry):
    en: Line
    zh: Line

    def of(self, lang: Lang) -> str:
        return self.en if lang == "en" else self.zh


@dataclass(frozen=True, slots=True)
class Phrasings(Entry):
    """How people ask, a tuple a language. One of the two may be empty; `check` tells when both are."""

    en: tuple[Line, ...] = ()
    zh: tuple[Line, ...] = ()

    def of(self, lang: Lang) -> tuple[str, ...]:
        return self.en if lang == "en" else self.zh

    @property
    def every(self) -> tuple[str, ...]:
        return self.en + self.zh

    def __add__(self, more: Phrasings) -> Phrasings:
        return Phrasings(en=self.en + more.en, zh=self.zh + more.zh)


@dataclass(frozen=True, slots=True)
class Evidence(Entry):
    """A citation: a paragraph of the source, counted from 1, and at most twelve of its words."""

    paragraph: Annotated[int, Limits(ge=1)]
    phrase: Line


@dataclass(frozen=True, slots=True)
class Drawn(Entry):
    """That a figure is drawn, in which chart, and the amount as the source prints it, unit and "about" included."""

    chart: Id
    en: Line
    zh: Line

    def of(self, lang: Lang) -> str:
        return self.en if lang == "en" else self.zh


@dataclass(frozen=True, slots=True)
class Figure(Entry):
    """A number of the fact: `value` in `unit` (yuan, km2, firms, projects, percent, …); `of` names what it measures."""

    of: Id
    value: int | float
    unit: Line
    about: bool = False
    over: bool = False
    drawn: Drawn | None = None


@dataclass(frozen=True, slots=True)
class Note(Entry):
    """What stands outside the article's plain word, shown unfolded and labelled by its kind."""

    kind: NoteKind
    en: Line
    zh: Line

    def of(self, lang: Lang) -> str:
        return self.en if lang == "en" else self.zh

    @property
    def doubtful(self) -> bool:
        return self.kind in {"doubt", "conflict"}


@dataclass(frozen=True, slots=True)
class Topic(Entry):
    id: Id
    title: Bilingual
    order: int


@dataclass(frozen=True, slots=True)
class Name(Entry):
    """A thing with a name. The first of each language is how it is shown; the rest are how people write it.

    `in_source: false` means: checked, and the article does not mention it.
    """

    id: Id
    kind: NameKind
    en: tuple[Line, ...] = ()
    zh: tuple[Line, ...] = ()
    pinyin: tuple[Line, ...] = ()
    in_source: bool = True

    def shown(self, lang: Lang) -> str:
        """The display name; the other language's where this one has none (unknown characters stay Latin)."""
        return (self.en + self.zh)[0] if lang == "en" else (self.zh + self.en)[0]


@dataclass(frozen=True, slots=True)
class Fact(Entry):
    id: Id
    topic: Id
    kind: Kind
    standing: Standing
    title: Bilingual
    label: Bilingual
    text: Bilingual
    evidence: Annotated[tuple[Evidence, ...], Limits(min_length=1)]
    ask: Phrasings
    figures: tuple[Figure, ...] = ()
    about: tuple[Id, ...] = ()
    notes: tuple[Note, ...] = ()
    contradicts: tuple[Id, ...] = ()
    related: tuple[Id, ...] = ()
    digest: bool = False

    @property
    def in_doubt(self) -> bool:
        """Whether what is printed is doubted or contradicted: wherever its title goes, the warning sign goes first."""
        return any(note.doubtful for note in self.notes)


@dataclass(frozen=True, slots=True)
class Gap(Entry):
    """Something people ask and the article does not tell.

    `cites` are the facts that `text` reports: their standing and evidence are shown. `nearest` are offered as buttons.
    """

    id: Id
    title: Bilingual
    text: Bilingual
    ask: Phrasings
    cites: tuple[Id, ...] = ()
    nearest: tuple[Id, ...] = ()


@dataclass(frozen=True, slots=True)
class Heard(Entry):
    """More ways in which people ask for a fact or gap, as they were heard."""

    to: Id
    ask: Phrasings


@dataclass(frozen=True, slots=True)
class Inbox(Entry):
    """What curators made, by a tap, of questions that people had asked in vain.

    A gap of it may be asked in one language alone, the one in which it was heard.
    """

    asked: tuple[Heard, ...] = ()
    gaps: tuple[Gap, ...] = ()


@dataclass(frozen=True, slots=True)
class SmallTalk(Entry):
    id: Id
    text: Bilingual
    ask: Phrasings


@dataclass(frozen=True, slots=True)
class Example(Entry):
    """A question offered on /start; `fact` is what it must find."""

    ask: Bilingual
    fact: Id


@dataclass(frozen=True, slots=True)
class Floors(Entry):
    """The highest shares of wrong behaviour that `eval` accepts, each 0..1."""

    answered_wrong: Annotated[float, Limits(ge=0, le=1)]
    answered_though_silent: Annotated[float, Limits(ge=0, le=1)]


@dataclass(frozen=True, slots=True)
class Chart(Entry):
    """A part of the picture that /figures shows: amounts in one unit, drawn to one scale."""

    id: Id
    title: Bilingual


@dataclass(frozen=True, slots=True)
class Source(Entry):
    """The article. `subject` completes “Ask me about …”; `plan` etc. never stand in code, so that any article fits."""

    title: Bilingual
    publisher: Bilingual
    date: Annotated[str, Limits(pattern=r"^\d{4}-\d{2}-\d{2}$")]
    subject: Bilingual
    about: Bilingual
    language: Lang
    machine_translated: bool
    paragraphs: Annotated[int, Limits(ge=1)]
    counting: Bilingual
    examples: Annotated[tuple[Example, ...], Limits(max_length=4)]
    floors: Floors
    contact: Line | None = None
    charts: Annotated[tuple[Chart, ...], Limits(max_length=4)] = ()


@dataclass(frozen=True)
class FactBase(Entry):
    """A whole base: consistent once `facts.loading` returns it. `version` is the SHA-256 of its files, hex."""

    source: Source
    topics: tuple[Topic, ...]
    names: tuple[Name, ...]
    facts: tuple[Fact, ...]
    gaps: tuple[Gap, ...]
    smalltalk: tuple[SmallTalk, ...]
    version: str

    @cached_property
    def fact_by_id(self) -> dict[str, Fact]:
        return {fact.id: fact for fact in self.facts}

    @cached_property
    def name_by_id(self) -> dict[str, Name]:
        return {name.id: name for name in self.names}

    @cached_property
    def topic_by_id(self) -> dict[str, Topic]:
        return {topic.id: topic for topic in self.topics}

    def facts_of(self, topic_id: str) -> tuple[Fact, ...]:
        return tuple(fact for fact in self.facts if fact.topic == topic_id)


_HAN = re.compile(r"[⺀-鿿豈-﫿＀-￯　-〿]")


def columns(text: str) -> int:
    """Width on a screen: a Han or full-width character takes two columns, any other one."""
    return len(text) + len(_HAN.findall(text))
