"""JSON Schema of a base's files, for editors that complete and check while a curator types."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from facts.evaluation import Question
from facts.model import Fact, Gap, Inbox, Name, SmallTalk, Source, Topic

_SHAPES: dict[str, Any] = {
    "source.yaml": Source,
    "topics.yaml": list[Topic],
    "names.yaml": list[Name],
    "gaps.yaml": list[Gap],
    "smalltalk.yaml": list[SmallTalk],
    "facts/*.yaml": list[Fact],
    "inbox.yaml": Inbox,
    "eval/*.jsonl": Question,
}
KINDS: dict[str, str] = {pattern.split("/")[0].removesuffix(".yaml"): pattern for pattern in _SHAPES}
"""A short name of each kind of file, and the pattern of their names."""

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema(kind: str) -> dict[str, Any]:
    """Return the JSON Schema of one kind of file, by its short name; of `eval`, that of a line."""
    return {"$schema": _DIALECT, **TypeAdapter(_SHAPES[KINDS[kind]]).json_schema()}


def schemas() -> dict[str, dict[str, Any]]:
    """Return the JSON Schema of every kind, by the pattern of the files' names."""
    return {pattern: schema(kind) for kind, pattern in KINDS.items()}
