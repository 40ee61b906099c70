"""From plain data to entries: each is held against its model by itself, so that none hides another's problems."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Generic, TypeVar

from pydantic import ValidationError

from facts.entry import Entry, fields_of, validator
from facts.model import LANGS
from facts.problems import Problem
from facts.slips import FIELDS
from facts.yamlevents import PROBLEMS_PER_FILE

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from facts.strictyaml import Document
    from facts.yamlevents import Path, Plain

E = TypeVar("E", bound=Entry)

_CODES = {
    "missing": "missing-field", "unexpected_keyword_argument": "unknown-field", "string_type": "text-wanted",
    "string_too_short": "blank", "string_too_long": "text-too-long", "literal_error": "one-of",
    "bool_type": "true-false", "tuple_type": "list-wanted", "dataclass_type": "fields-wanted",
    "dict_type": "fields-wanted", "int_type": "number-wanted",
    "float_type": "number-wanted", "int_from_float": "number-wanted", "too_short": "too-few", "too_long": "too-many",
    "greater_than_equal": "out-of-range", "less_than_equal": "out-of-range", "finite_number": "number-wanted",
}  # fmt: skip
_NUMBERS = {"int", "float"}
"""What pydantic tries one after the other for a number, and names both as if they were parts of it."""
_WIDE_BRACKETS = ("［", "【", "〔")
_RUN_ON = re.compile(rf"({FIELDS})\s*[:：\s]")


@dataclass(frozen=True, slots=True)
class Located(Generic[E]):
    """A well-formed entry and where it stands, so that later checks can point to its parts."""

    entry: E
    file: str
    document: Document
    path: Path = ()

    def problem(self, code: str, *path: str | int, **values: object) -> Problem:
        """Return a problem at a part of this entry, named by its path of fields and positions."""
        values.setdefault("where", _name(path))
        return Problem.at(self.file, self.document.line((*self.path, *path)), code, **values)


def one(model: type[E], file: str, document: Document) -> tuple[Located[E] | None, list[Problem]]:
    """Read a file that is a single entry."""
    return _entry(model, file, document, document.data, ())


def many(model: type[E], file: str, document: Document) -> tuple[list[Located[E]], list[Problem]]:
    """Read a file that is a list of entries; the well-formed ones are returned beside the problems of the others."""
    if not isinstance(document.data, tuple):
        return [], [Problem.at(file, document.line(()), "list-wanted", where=file)]
    entries: list[Located[E]] = []
    problems: list[Problem] = []
    for position, data in enumerate(document.data):
        entry, wrong = _entry(model, file, document, data, (position,))
        problems += wrong
        entries += [entry] if entry else []
        if len(problems) >= PROBLEMS_PER_FILE:
            break
    return entries, problems


def _entry(
    model: type[E], file: str, document: Document, data: Plain, path: Path
) -> tuple[Located[E] | None, list[Problem]]:
    try:
        return Located(validator(model).validate_python(data), file, document, path), []
    except ValidationError as error:
        details = error.errors(include_url=False)[:PROBLEMS_PER_FILE]
        parents = {detail["loc"][:length] for detail in details for length in range(len(detail["loc"]))}
        # A list whose only item is wrong is also called too short.
        causes = [each for each in details if each["type"] != "too_short" or each["loc"] not in parents]
        # So is a field missing that only lacks its colon.
        meant = {
            (*each["loc"][:-1], _begun(each["loc"])) for each in causes if each["type"] == "unexpected_keyword_argument"
        }
        causes = [each for each in causes if each["type"] != "missing" or each["loc"] not in meant]
        return None, [_problem(model, file, document, path, detail) for detail in causes]


def _problem(model: type[Entry], file: str, document: Document, path: Path, detail: ErrorDetails) -> Problem:
    code = _CODES.get(detail["type"], "invalid")
    context = detail.get("ctx", {})
    loc = tuple(part for part in detail["loc"] if part not in _NUMBERS)
    if detail["type"] == "string_pattern_mismatch":
        code = {r"\S": "blank", r"^[a-z0-9-]{1,40}$": "bad-id"}.get(context["pattern"], "bad-date")
    if code == "text-wanted" and detail["input"] is None:
        code = "blank"
    if code == "list-wanted" and str(detail["input"])[:1] in _WIDE_BRACKETS:
        code = "wide-mark"
    if code == "unknown-field":
        near = _near(model, loc)
        values: dict[str, object] = {"near": near[0], "near_zh": near[1]}
    else:
        choices = str(context.get("expected", "")).replace("'", "")
        values = {"value": detail["input"], "choices": choices, "limit": _limit(context)}
        values |= {"problem": detail["msg"]} if code == "invalid" else {}
    line = document.line((*path, *loc))
    return Problem.at(file, line, code, where=_name(loc) if loc else file, **values)


def _limit(context: dict[str, object]) -> object:
    for key, sign in (("ge", "≥ "), ("le", "≤ "), ("max_length", ""), ("min_length", "")):
        if key in context:
            return f"{sign}{context[key]}"
    return ""


def _near(model: type[Entry], loc: tuple[str | int, ...]) -> tuple[str, str]:
    """What a misspelt field was probably meant to be."""
    known = list(fields_of(model)) if len(loc) == 1 else ["en", "zh", "id", "paragraph", "phrase", "value", "unit"]
    if begun := _begun(loc):
        return f"write `{begun}: ` and then its value", f"请写成 `{begun}: `，后面再写内容"
    if loc[-1] in LANGS:
        return "indent it below the field that it belongs to", "请缩进到所属字段的下面"
    close = get_close_matches(str(loc[-1]), known, n=1)
    if close:
        return f"write {close[0]}, or remove it", f"是不是 {close[0]}？改过来，或者删掉"
    return "remove it; `facts schema` lists the fields", "请删掉；`facts schema` 列出了所有字段"


def _begun(loc: tuple[str | int, ...]) -> str:
    """The field that a misspelt one begins with: `en：Title`, `en Title`."""
    found = _RUN_ON.match(str(loc[-1]))
    return found[1] if found else ""


def _name(path: tuple[str | int, ...]) -> str:
    """A part's name as a curator would say it: `ask.en.3` counts from 1."""
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in path)
