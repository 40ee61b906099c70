"""YAML as a curator means it: plain data and the line of each part, with every trap of the format named.

Built from the parser's events, in one pass that holds no nodes: depth, size and count are bounded before anything is
made of the text (composing deep nesting crashes the C loader). Anchors, aliases and tags are refused: files need none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import yaml

from facts.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FILE_AT_MOST = 1024 * 1024
DEPTH_AT_MOST = 12
PARTS_AT_MOST = 60_000
PROBLEMS_PER_FILE = 100

Plain = str | int | float | bool | None | tuple["Plain", ...] | dict[str, "Plain"]
Path = tuple[str | int, ...]

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LINES = re.compile(r"\r\n|\r|\n")
_INDENT = re.compile(r"[\s　]*")
_FIELDS = (
    "id|topic|kind|standing|title|label|text|evidence|paragraph|phrase|figures|of|value|unit|about|over|ask|en|zh|pinyin|"
    "notes|contradicts|related|digest|in_source|nearest|cites|order|publisher|date|subject|language|machine_translated|"
    "paragraphs|counting|examples|fact|floors|answered_wrong|answered_though_silent|contact"
)
_WIDE_COLON = re.compile(rf"\s*(?:-\s+)?({_FIELDS})\s*：")
_WIDE_MARKS = re.compile(r"[，：｛｝［］“”]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\ud800-\udfff]"
)
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,14})")
_DECIMAL = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,14})\.[0-9]{1,15}")
_WORDS: dict[str, bool | None] = {
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
}  # fmt: skip
_SYNTAX = {
    "mapping values are not allowed": "colon-in-text",
    "found character that cannot start any token": "odd-start",
    "did not find expected alphabetic or numeric character": "odd-start",
    "found unexpected end of stream": "open-quote",
    "did not find expected ',' or": "open-bracket",
    "did not find expected key": "quote-or-indent",
    "did not find expected '-' indicator": "quote-or-indent",
    "could not find expected ':'": "colon-missing",
    "found invalid Unicode character escape code": "bad-escape",
    "found unknown escape character": "bad-escape",
    "violates indentation": "indent",
}


@dataclass(frozen=True, slots=True)
class Document:
    """One file's data and, by path, its lines (from 1): a key's own line, an item's first."""

    data: Plain
    lines: Mapping[Path, int]

    def line(self, path: Path) -> int:
        """Return the line of the longest beginning of `path` that stands in the file."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def parse(file: str, content: bytes) -> tuple[Document | None, list[Problem]]:
    """Read one YAML file of any content in bounded time and memory. None: there is nothing to go on with."""
    text, problems = _decode(file, content)
    if text is None:
        return None, problems
    problems += _scan(file, text)
    builder = _Builder(file)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except _Refused as refused:
        return None, [*problems, refused.problem]
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        # What the scan found is the cause of the parser's complaint.
        return None, problems or [_syntax(file, text, error)]
    if builder.empty:
        return None, [*problems, Problem.at(file, 1, "empty-file")]
    known = {problem.line for problem in problems}
    problems += [problem for problem in builder.problems if problem.line not in known]
    return Document(builder.root, builder.lines), problems[:PROBLEMS_PER_FILE]


def _decode(file: str, content: bytes) -> tuple[str | None, list[Problem]]:
    if len(content) > FILE_AT_MOST:
        return None, [Problem.at(file, 1, "file-too-big", limit=FILE_AT_MOST // 1024)]
    try:
        # A byte order mark at the start is what some editors write; nobody sees it, and it means nothing here.
        return content.removeprefix(b"\xef\xbb\xbf").decode("utf-8"), []
    except UnicodeDecodeError as error:
        line = len(_LINES.findall(content[: error.start].decode("latin-1"))) + 1
        return None, [Problem.at(file, line, "not-utf8")]


def _scan(file: str, text: str) -> list[Problem]:
    """Name what the YAML parser would misread or only complain of somewhere else."""
    found: list[Problem] = []
    for number, line in enumerate(_LINES.split(text), start=1):
        indent = _INDENT.match(line)
        if mark := _INVISIBLE.search(line):
            found.append(Problem.at(file, number, "invisible", mark=f"U+{ord(mark[0]):04X}"))
        elif indent and indent[0].strip(" ") and indent[0] != line:
            found.append(Problem.at(file, number, "indent"))
        elif wide := _WIDE_COLON.match(line):
            found.append(Problem.at(file, number, "wide-colon", field=wide[1]))
        if len(found) >= PROBLEMS_PER_FILE:
            break
    return found


def _syntax(file: str, text: str, error: Exception) -> Problem:
    if not isinstance(error, yaml.MarkedYAMLError):
        return Problem.at(file, 1, "yaml", problem=str(error))
    told = error.problem or ""
    code = next((code for start, code in _SYNTAX.items() if start in told), "yaml")
    mark = error.context_mark if code in {"open-quote", "open-bracket"} and error.context_mark else error.problem_mark
    number = min(mark.line + 1 if mark else 1, text.count("\n") + 1)
    line = _LINES.split(text)[number - 1]
    if code in {"open-bracket", "quote-or-indent"} and _WIDE_MARKS.search(line):
        code = "wide-mark"
    return Problem.at(file, number, code, problem=told)


class _Refused(Exception):  # noqa: N818 - no error of the program, a way out of the loop over events
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


class _Builder:
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
        if isinstance(event, yaml.DocumentStartEvent) and not self.empty:
            raise _Refused(Problem.at(self.file, line, "second-document"))
        if isinstance(event, yaml.NodeEvent):
            self._bound(event, line)
        if isinstance(event, yaml.CollectionStartEvent):
            self._open(event, line)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._close()
        elif isinstance(event, yaml.AliasEvent):
            self._place(f"*{event.anchor}", line)
        elif isinstance(event, yaml.ScalarEvent):
            self._scalar(event, line)

    def _bound(self, event: yaml.NodeEvent, line: int) -> None:
        self._parts += 1
        if self._parts > PARTS_AT_MOST:
            raise _Refused(Problem.at(self.file, line, "too-many-parts", limit=PARTS_AT_MOST))
        if event.anchor is not None:
            self._note(line, "alias")
        elif getattr(event, "tag", None) is not None:
            self._note(line, "tag")

    def _note(self, line: int, code: str, **values: object) -> None:
        if len(self.problems) < PROBLEMS_PER_FILE:
            self.problems.append(Problem.at(self.file, line, code, **values))

    def _open(self, event: yaml.CollectionStartEvent, line: int) -> None:
        if len(self._frames) >= DEPTH_AT_MOST:
            raise _Refused(Problem.at(self.file, line, "too-deep", limit=DEPTH_AT_MOST))
        if self._frames and self._frames[-1].items is None and self._frames[-1].key is None:
            raise _Refused(Problem.at(self.file, line, "bad-key"))
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
        if mark := _INVISIBLE.search(event.value):
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
            raise _Refused(Problem.at(self.file, line, "bad-key"))
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
    if _INTEGER.fullmatch(plain):
        return int(plain), None
    if _DECIMAL.fullmatch(plain):
        return float(plain), None
    return plain, next(_traps(plain), None)


def _traps(plain: str) -> Iterator[str]:
    if len(plain) > 64:
        return
    for tag, pattern in yaml.SafeLoader.yaml_implicit_resolvers.get(plain[0], []):
        if pattern.match(plain):
            name = tag.rpartition(":")[2]
            if name in {"int", "float"}:
                yield "clock-number" if ":" in plain else "odd-number"
            elif name in {"bool", "timestamp"}:
                yield "yes-no" if name == "bool" else "bare-date"
