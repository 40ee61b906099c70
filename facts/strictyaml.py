"""YAML as a curator means it: plain data and the line of each part, with every trap of the format named.

Built from the parser's events, in one pass that holds no nodes: depth, size and count are bounded before anything is
made of the text (composing deep nesting crashes the C loader). Anchors, aliases and tags are refused: files need none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from facts.gathering import FILE_AT_MOST
from facts.problems import Problem
from facts.slips import FIELDS, complaint, misread
from facts.yamlevents import INVISIBLE, PROBLEMS_PER_FILE, Builder, Refused

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from facts.yamlevents import Path, Plain

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LINES = re.compile(r"\r\n|\r|\n")
_WIDE_COLON = re.compile(rf"\s*(?:-\s+)?({FIELDS})\s*：")


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
    lines = _LINES.split(text)
    problems += _scan(file, lines)
    builder = Builder(file)
    try:
        for event in _events(text):
            if type(event) is yaml.ScalarEvent and (slip := misread(file, lines, event)):
                return None, [*problems, slip]
            builder.take(event)
    except Refused as refused:
        return None, [*problems, refused.problem]
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        # What the scan found is the cause of the parser's complaint.
        return None, problems or [complaint(file, lines, error)]
    if builder.empty:
        return None, [*problems, Problem.at(file, 1, "empty-file")]
    known = {problem.line for problem in problems}
    problems += [problem for problem in builder.problems if problem.line not in known]
    return Document(builder.root, builder.lines), problems[:PROBLEMS_PER_FILE]


def _events(text: str) -> Iterator[yaml.Event]:
    """Yield the parser's events, the end of the text apart. Raises yaml.YAMLError."""
    loader = _LOADER(text)
    try:
        while type(event := loader.get_event()) is not yaml.StreamEndEvent:
            yield event
    finally:
        loader.dispose()


def _decode(file: str, content: bytes) -> tuple[str | None, list[Problem]]:
    if len(content) > FILE_AT_MOST:
        return None, [Problem.at(file, 1, "file-too-big", limit=FILE_AT_MOST // 1024)]
    try:
        # A byte order mark at the start is what some editors write; nobody sees it, and it means nothing here.
        return content.removeprefix(b"\xef\xbb\xbf").decode("utf-8"), []
    except UnicodeDecodeError as error:
        line = len(_LINES.findall(content[: error.start].decode("latin-1"))) + 1
        return None, [Problem.at(file, line, "not-utf8")]


def _scan(file: str, lines: Sequence[str]) -> list[Problem]:
    """Name what the YAML parser would misread or only complain of somewhere else."""
    found: list[Problem] = []
    for number, line in enumerate(lines, start=1):
        if not line.isprintable() and (mark := INVISIBLE.search(line)):
            found.append(Problem.at(file, number, "invisible", mark=f"U+{ord(mark[0]):04X}"))
        elif line.lstrip(" ")[:1].isspace() and not line.isspace():
            found.append(Problem.at(file, number, "indent"))
        elif "：" in line and (wide := _WIDE_COLON.match(line)):
            found.append(Problem.at(file, number, "wide-colon", field=wide[1]))
        if len(found) >= PROBLEMS_PER_FILE:
            break
    return found
