"""What the bot called, held against the schema of the Bot API where it stands beside the checkout."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from tests.playground.test_shapes import problems

if TYPE_CHECKING:
    from tests.flows.sim import Json

_NUMBER = re.compile(r"-?[0-9]+")


def wrong_with(schema: Any, calls: list[Json]) -> list[str]:
    """Return what is wrong with calls as `/sim/outbox` lists them: unknown, missing or ill-typed arguments."""
    return [problem for call in calls for problem in _wrong(schema, call["method"], call["request"])]


def _wrong(schema: Any, method: str, given: Json) -> list[str]:
    fields = {field["name"]: field for field in schema["methods"][method].get("fields", [])}
    found = [f"{method} knows no {name}" for name in given if name not in fields]
    found += [f"{method} lacks {name}" for name, field in fields.items() if field["required"] and name not in given]
    for name in given.keys() & fields.keys():
        kinds = [kind for kind in fields[name]["types"] if kind != "InputFile"]
        uploaded = len(kinds) < len(fields[name]["types"]) and str(given[name]).startswith(("<file ", "attach://"))
        found += [] if uploaded else problems(schema, _read(given[name], kinds), kinds, f"{method}.{name}")
    return found


def _read(value: object, kinds: list[str]) -> object:
    """Return an argument as what it stands for: a form has only text."""
    if not isinstance(value, str) or ("String" in kinds and not _NUMBER.fullmatch(value)):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value
