"""The parser's events made into plain data: one pass, no nodes, no recursion, bounded in depth and count.

Composing deep nesting crashes the C loader, and nodes take ten times the memory of what they hold.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import yaml

from facts.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

DEPTH_AT_MOST = 12
PARTS_AT_MOST = 60_000
PROBLEMS_PER_FILE = 100

Plain = str | int | float | bool | None | tuple["Plain", ...] | dict[str, "Plain"]
Path = tuple[str | int, ...]

INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\ud800-\udfff]"
)
_TAB = re.compile("\t")
"""In a text nobody sees it; between a field and its value it does no harm."""
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,14})")
_DECIMAL = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,14})\.[0-9]{1,15}")
_WORDS: dict[str, bool | None] = {
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
}  # fmt: skip


_RESOLVERS = yaml.SafeLoader.yaml_implicit_resolvers
"""By the character that a scalar begins with: what else than text a YAML reader may make of it, numbers included."""


class Refused(Exception):  # noqa: N818 - no error of the program, a way out of the loop over events
    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


@dataclass(slots=True)
class _Frame:
    """A sequence or mapping that is being read; `key` is set while a mapping waits for that key's value."""

    path: Path
    items: list[Plain] | None = None
    fields: dict[str, Plain] = field(default_factory=dict)
    key: str | None = None


class Builder:
    """Takes events and builds the data. Not finished by bad entries: it notes them and goes on where it can."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.root: Plain = None
        self.empty = True
        self.lines: dict[Path, int] = {}
        self.problems: list[Problem] = []
        self._frames: list[_Frame] = []
        self._parts = 0

    def take(self, event: yaml.Event) -> None:
        line = event.start_mark.line + 1 if event.start_mark else 1
        if type(event) is yaml.ScalarEvent:  # most are
            self._bound(event, line)
            self._scalar(event, line)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._bound(event, line)
            self._open(event, line)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._close()
        elif isinstance(event, yaml.AliasEvent):
            self._bound(event, line)
            self._place(f"*{event.anchor}", line)
        elif isinstance(event, yaml.DocumentStartEvent) and not self.empty:
            raise Refused(Problem.at(self.file, line, "second-document"))

    def _bound(self, event: yaml.NodeEvent, line: int) -> None:
        self._parts += 1
        if self._parts > PARTS_AT_MOST:
            raise Refused(Problem.at(self.file, line, "too-many-parts", limit=PARTS_AT_MOST))
        if event.anchor is not None:
            self._note(line, "alias")
        elif getattr(event, "tag", None) is not None:
            self._note(line, "tag")

    def _note(self, line: int, code: str, **values: object) -> None:
        if len(self.problems) < PROBLEMS_PER_FILE:
            self.problems.append(Problem.at(self.file, line, code, **values))

    def _open(self, event: yaml.CollectionStartEvent, line: int) -> None:
        if len(self._frames) >= DEPTH_AT_MOST:
            raise Refused(Problem.at(self.file, line, "too-deep", limit=DEPTH_AT_MOST))
        if self._frames and self._frames[-1].items is None and self._frames[-1].key is None:
            raise Refused(Problem.at(self.file, line, "bad-key"))
        path = self._here()
        self.lines.setdefault(path, line)
        self._frames.append(_Frame(path, [] if isinstance(event, yaml.SequenceStartEvent) else None))

    def _close(self) -> None:
        frame = self._frames.pop()
        self._put(frame.fields if frame.items is None else tuple(frame.items))

    def _here(self) -> Path:
        """The path of the value that comes next."""
        if not self._frames:
            return ()
        top = self._frames[-1]
        return (*top.path, top.key or "" if top.items is None else len(top.items))

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> None:
        top = self._frames[-1] if self._frames else None
        if not event.value.isprintable() and (mark := INVISIBLE.search(event.value) or _TAB.search(event.value)):
            self._note(line, "invisible", mark=f"U+{ord(mark[0]):04X}")
        if top is not None and top.items is None and top.key is None:
            self._key(top, event.value, line)
            return
        if event.style or event.tag is not None:
            self._place(event.value, line)
            return
        value, trap = resolve(event.value)
        if trap:
            self._note(line, trap, value=event.value)
        self._place(value, line)

    def _key(self, top: _Frame, key: str, line: int) -> None:
        if key in top.fields:
            self._note(line, "duplicate-key", key=key)
        top.key = key
        top.fields.setdefault(key, None)
        self.lines[(*top.path, key)] = line

    def _place(self, value: Plain, line: int) -> None:
        top = self._frames[-1] if self._frames else None
        if top is not None and top.items is None and top.key is None:
            raise Refused(Problem.at(self.file, line, "bad-key"))
        self.lines.setdefault(self._here(), line)
        self._put(value)

    def _put(self, value: Plain) -> None:
        self.empty = False
        if not self._frames:
            self.root = value
            self.empty = value is None
            return
        top = self._frames[-1]
        if top.items is not None:
            top.items.append(value)
        elif top.key is not None:
            top.fields[top.key] = value
            top.key = None


def resolve(plain: str) -> tuple[Plain, str | None]:
    """Return what a scalar without quotes means, and a trap's code if other YAML readers would see something else."""
    if plain in _WORDS:
        return _WORDS[plain], None
    if plain[0] not in _RESOLVERS:
        return plain, None
    if _INTEGER.fullmatch(plain):
        return int(plain), None
    if _DECIMAL.fullmatch(plain):
        return float(plain), None
    return plain, next(_traps(plain), None)


def _traps(plain: str) -> Iterator[str]:
    if len(plain) > 64:
        return
    for tag, pattern in _RESOLVERS[plain[0]]:
        if pattern.match(plain):
            name = tag.rpartition(":")[2]
            if name in {"int", "float"}:
                yield "clock-number" if ":" in plain else "odd-number"
            elif name in {"bool", "timestamp"}:
                yield "yes-no" if name == "bool" else "bare-date"
