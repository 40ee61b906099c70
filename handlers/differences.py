"""What has changed in an entry, in a curator's words: each field in each language, old → new."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facts.differing import parted
from facts.wording import WORDS
from handlers import render

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from facts.differing import Change, Difference
    from facts.model import FactBase
    from handlers.texts import Catalogue

_LINE = 160
"""UTF-16 units of a text that are shown, old and new."""
_IN_LIST, _LISTED = 80, 3
"""The same of a line in a list, and lines of a list."""
_FACTS = frozenset({"contradicts", "related", "cites", "nearest"})


def called(change: Change, words: Catalogue) -> str:
    """Return what an entry is called; of what is no fact and no gap, with what it is."""
    title = change.title.of(words.lang)
    return title if change.sort in {"facts", "gaps"} else words(f"sort.{change.sort}", title=title)


class Differences:
    """Tells what differs in entries of these two bases; `short`: long texts and lists are cut."""

    def __init__(self, old: FactBase, new: FactBase, words: Catalogue, *, short: bool) -> None:
        self._words = words
        self._short = short
        self._named = tuple(
            {
                "topic": {each.id: each.title.of(words.lang) for each in base.topics},
                "about": {each.id: each.shown(words.lang) for each in base.names},
                "facts": {each.id: each.title.of(words.lang) for each in base.facts},
            }
            for base in (old, new)
        )

    def of(self, change: Change) -> str:
        """Return what differs in an entry that is in both bases, field by field and language by language."""
        return "\n".join(map(self._line, change.differences))

    def _line(self, each: Difference) -> str:
        field = self._words(f"field.{each.field}")
        if each.lang:
            field = self._words("change.field", field=field, language=self._words(f"language.{each.lang}"))
        was, now = (
            [self._shown(each.field, line, named) for line in lines]
            for lines, named in zip((each.was, each.now), self._named, strict=True)
        )
        if each.replaced:
            old, new = parted(*was, *now)
            if self._short:
                old, new = render.clip(old, _LINE), render.clip(new, _LINE)
            return self._words("change.replaced", field=field, was=old, now=new)
        signed = [self._listed(what, lines) for what, lines in (("got", now), ("lost", was)) if lines]
        key = "change.list" if len(signed) == 1 else "change.lists"
        return self._words(key, field=field, lines="\n".join(signed))

    def _listed(self, what: str, lines: Sequence[str]) -> str:
        shown = [render.clip(line, _IN_LIST) for line in lines[:_LISTED]] if self._short else lines
        quoted = [self._words("change.line", line=line) for line in shown]
        if len(lines) > len(shown):
            quoted.append(self._words("change.more", count=len(lines) - len(shown)))
        return self._words(f"change.{what}", lines=WORDS[self._words.lang].label_gap.join(quoted))

    def _shown(self, field: str, line: str, named: Mapping[str, Mapping[str, str]]) -> str:
        """A value as people call it: what an id stands for, a standing, yes or no; else as it stands in the file."""
        if field == "standing":
            return self._words(f"standing.{line}")
        if field in {"digest", "in_source", "machine_translated"}:
            return self._words(f"value.{line}")
        if field == "language":
            return self._words(f"language.{line}")
        return named.get("facts" if field in _FACTS else field, {}).get(line, line)
