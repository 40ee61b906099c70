"""Every call that the bot makes in the flows, held against Telegram's own description of it.

The schema stands beside the checkout and not in it (tests/playground/test_shapes.py); without it nothing is checked.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from tests.playground.test_shapes import SCHEMA, problems

Json = dict[str, Any]
CUT = "… ("
"""What the server keeps of a very long argument ends with how long it was."""


@cache
def schema() -> Any:
    return json.loads(SCHEMA.read_text(encoding="utf-8")) if SCHEMA.is_file() else None


@cache
def _methods() -> dict[str, Any]:
    return {name.lower(): method for name, method in schema()["methods"].items()}


def wrong(method: str, arguments: Json) -> list[str]:
    """Return what Telegram does not know of such a call."""
    if schema() is None:
        return []
    described = _methods().get(method.lower())
    if described is None:
        return [f"there is no method {method}"]
    fields = {field["name"]: field for field in described.get("fields", [])}
    found = [f"{method} has no argument {name}" for name in arguments if name not in fields]
    for name, field in fields.items():
        if name in arguments:
            found += _argument(arguments[name], field["types"], f"{method}.{name}")
        elif field["required"]:
            found.append(f"{method} lacks {name}")
    return found


def _argument(value: Any, kinds: list[str], path: str) -> list[str]:
    """A form carries text: a number, true or false, or JSON where the argument is no string."""
    if "InputFile" in kinds or (isinstance(value, str) and CUT in value):
        return []
    if "String" in kinds and isinstance(value, str):
        return []
    try:
        read = json.loads(value) if isinstance(value, str) else value
    except ValueError:
        return [f"{path} is {value!r}, no {' or '.join(kinds)}"]
    return problems(schema(), read, kinds, path)
