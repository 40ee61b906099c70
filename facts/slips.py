"""Slips of the pen in YAML: the parser complains where it can't go on, which may be lines after the slip."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

from facts import model
from facts.entry import Entry, fields_of
from facts.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

_ENTRIES = (each for each in vars(model).values() if isinstance(each, type) and issubclass(each, Entry))
FIELDS = "|".join(sorted({name for entry in _ENTRIES if entry is not Entry for name in fields_of(entry)}))
_BEGIN = r"\s*(?:-\s+)?"
_FIELD = re.compile(rf"{_BEGIN}(?:{FIELDS}):(?:\s|$)")
_NO_COLON = re.compile(rf"{_BEGIN}({FIELDS})\s*(?:$|[{{\[\"']|(?<=\s)(?!.*:\s)(?!.*:$)[^\s:])")
_NO_SPACE = re.compile(rf"{_BEGIN}((?:{FIELDS}):)[^ \t]|\s*(-)(?:{FIELDS}):\s")
_ODD_DASH = re.compile(r"\s*([—–－−•·])")
_ODD_ITEM = re.compile(rf"{_ODD_DASH.pattern}\s*(?:{FIELDS}):")
_WIDE_MARKS = re.compile(r"[，：｛｝［］“”]")
_AFTER_HASH = re.compile(r"\s+(#\S.*)")
_DIGITS = re.compile(r"\d+$")
_THOUSANDS = re.compile(r"(?:,\d{3})+(?!\d)")
_SYNTAX = {
    "mapping values are not allowed": "colon-in-text",
    "found character that cannot start any token": "odd-start",
    "did not find expected alphabetic or numeric character": "odd-start",
    "found unexpected end of stream": "open-quote",
    "did not find expected ',' or": "open-bracket",
    "did not find expected node content": "no-value",
    "did not find expected whitespace or line break": "tag",
    "did not find expected key": "quote-or-indent",
    "did not find expected '-' indicator": "quote-or-indent",
    "could not find expected ':'": "colon-missing",
    "found invalid Unicode character escape code": "bad-escape",
    "found unknown escape character": "bad-escape",
    "violates indentation": "indent",
}
_OPENED_BEFORE = frozenset({"open-quote", "open-bracket", "colon-missing"})
"""What the parser notices later, and says where it began."""


def misread(file: str, lines: Sequence[str], event: yaml.ScalarEvent) -> Problem | None:
    """Return what the parser takes without complaint and no curator means: a text that lost a part, or got too much."""
    last, value = event.end_mark, event.value
    if last is None or event.start_mark is None:  # never: we read a text
        return None
    if event.style:
        first = event.start_mark.line
        inside = lines[first + 1 : last.line + 1] if event.style in {"'", '"'} else ()
        return Problem.at(file, first + 1, "open-quote") if any(map(_FIELD.match, inside)) else None
    line = lines[last.line] if last.line < len(lines) else ""
    if "#" in line and (lost := _AFTER_HASH.match(line, last.column)):
        return Problem.at(file, last.line + 1, "hash", value=lost[1])
    if (begun := _DIGITS.search(value)) and (rest := _THOUSANDS.match(line, last.column)):
        return Problem.at(file, last.line + 1, "split-number", value=begun[0] + rest[0])
    if value.endswith('"') and value.count('"') == 1:
        return Problem.at(file, last.line + 1, "half-quote")
    return None


def complaint(file: str, lines: Sequence[str], error: Exception) -> Problem:
    """Return what the parser complains of, by its cause and in the line where that stands."""
    if not isinstance(error, yaml.MarkedYAMLError):
        return Problem.at(file, 1, "yaml", problem=str(error))
    told = error.problem or ""
    code = next((code for start, code in _SYNTAX.items() if start in told), "yaml")
    mark = error.context_mark if code in _OPENED_BEFORE and error.context_mark else error.problem_mark
    number, column = (min(mark.line, len(lines) - 1), mark.column) if mark else (0, 0)
    if code in {"colon-in-text", "colon-missing", "quote-or-indent"} and (slip := _slip(file, lines, number, column)):
        return slip
    while code == "no-value" and number and not lines[number].strip():  # the file ends within brackets
        number -= 1
    if code == "odd-start" and lines[number].startswith("\t", column):
        code = "indent"
    if code in {"open-bracket", "no-value", "quote-or-indent"} and _WIDE_MARKS.search(lines[number]):
        code = "wide-mark"
    return Problem.at(file, number + 1, code, problem=told)


def _slip(file: str, lines: Sequence[str], number: int, column: int) -> Problem | None:
    """Look at the line of a complaint, and at the one above it."""
    line = lines[number]
    above = next(
        (n for n in range(number - 1, -1, -1) if lines[n].strip() and not lines[n].lstrip().startswith("#")), 0
    )
    for n in dict.fromkeys((number, above)):
        if slip := _unfinished(file, lines[n], n):
            return slip
    if line[column : column + 1] in {"]", "}"}:
        return Problem.at(file, number + 1, "extra-bracket")
    if dash := _ODD_DASH.match(line):
        return Problem.at(file, number + 1, "odd-dash", mark=dash[1])
    begun = line[:column].strip(" -")
    if _FIELD.match(line) and (not begun or begun == line.strip(" -").split(":")[0]):
        return Problem.at(file, number + 1, "misaligned")
    return None


def _unfinished(file: str, line: str, number: int) -> Problem | None:
    if close := _NO_SPACE.match(line):
        return Problem.at(file, number + 1, "no-space", mark=close[1] or close[2])
    if dash := _ODD_ITEM.match(line):
        return Problem.at(file, number + 1, "odd-dash", mark=dash[1])
    if bare := _NO_COLON.match(line):
        return Problem.at(file, number + 1, "no-colon", field=bare[1])
    return None
