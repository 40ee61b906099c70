"""A base that is being read: its well-formed entries with their places, before anybody vouches for the whole."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

from facts import shape
from facts.model import Fact, FactBase, Gap, Heard, Inbox, Name, SmallTalk, Source, Topic
from facts.shape import Located

if TYPE_CHECKING:
    from facts.problems import Problem
    from facts.strictyaml import Document
    from facts.yamlevents import Plain

Section = str
A = TypeVar("A", Fact, Gap)


def section_of(file: str) -> Section:
    """Return which part of a base a file holds: source, topics, names, gaps, smalltalk, inbox or facts."""
    return "facts" if file.startswith("facts/") else file.removesuffix(".yaml")


@dataclass(slots=True)
class Draft:
    """`ids` has every id that is written down, also those of entries that are not well-formed.

    `gaps` are also those of the inbox, `heard` its questions for other entries. `unread` are the sections that lack a
    file, or the id of an entry: nothing can be called unknown there.
    """

    source: Located[Source] | None = None
    topics: list[Located[Topic]] = field(default_factory=list)
    names: list[Located[Name]] = field(default_factory=list)
    gaps: list[Located[Gap]] = field(default_factory=list)
    smalltalk: list[Located[SmallTalk]] = field(default_factory=list)
    facts: list[Located[Fact]] = field(default_factory=list)
    heard: list[Located[Heard]] = field(default_factory=list)
    ids: dict[Section, set[str]] = field(default_factory=dict)
    unread: frozenset[Section] = frozenset()

    def add(self, file: str, document: Document) -> list[Problem]:
        """Take in a file's entries; return what is wrong with the others."""
        section = section_of(file)
        if section not in {"source", "inbox"}:
            ids = _ids(document.data)
            self.ids.setdefault(section, set()).update(filter(None, ids))
            self.unread |= {section} if None in ids else set()
        if section == "source":
            self.source, problems = shape.one(Source, file, document)
        elif section == "topics":
            self.topics, problems = shape.many(Topic, file, document)
        elif section == "names":
            self.names, problems = shape.many(Name, file, document)
        elif section == "gaps":
            gaps, problems = shape.many(Gap, file, document)
            self.gaps += gaps
        elif section == "smalltalk":
            self.smalltalk, problems = shape.many(SmallTalk, file, document)
        elif section == "inbox":
            problems = self._inbox(file, document)
        else:
            facts, problems = shape.many(Fact, file, document)
            self.facts += facts
        return problems

    def _inbox(self, file: str, document: Document) -> list[Problem]:
        inbox, problems = shape.one(Inbox, file, document)
        if inbox is not None:
            for number, heard in enumerate(inbox.entry.asked):
                self.heard.append(Located(heard, file, document, ("asked", number)))
            for number, gap in enumerate(inbox.entry.gaps):
                self.gaps.append(Located(gap, file, document, ("gaps", number)))
                self.ids.setdefault("gaps", set()).add(gap.id)
        return problems

    def base(self, version: str) -> FactBase:
        """Return the finished base. Only for a draft without problems."""
        if self.source is None:
            raise ValueError("a draft without a source is no base")
        return FactBase(
            source=self.source.entry,
            topics=tuple(sorted((each.entry for each in self.topics), key=lambda topic: (topic.order, topic.id))),
            names=tuple(each.entry for each in self.names),
            facts=tuple(self._asked(each.entry) for each in self.facts),
            gaps=tuple(self._asked(each.entry) for each in self.gaps),
            smalltalk=tuple(each.entry for each in self.smalltalk),
            version=version,
        )

    def _asked(self, entry: A) -> A:
        """Return a fact or gap with the questions of the inbox that are for it."""
        more = [each.entry.ask for each in self.heard if each.entry.to == entry.id]
        return replace(entry, ask=sum(more, entry.ask)) if more else entry


def _ids(data: Plain) -> set[str | None]:
    """Return the ids of a file's entries; None among them is one that can't be told."""
    entries = data if isinstance(data, tuple) else (data,)
    return {str(entry["id"]) if isinstance(entry, dict) and "id" in entry else None for entry in entries}
