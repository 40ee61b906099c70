"""Arguments of one call, however they came: query string, form, multipart or JSON.

The real server turns them all into strings and reads those leniently: what is no number is 0, what is no truth false.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NoReturn

from bot.playground.refusals import bad_request, not_emulated

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_INTEGER = re.compile(r"\s*-?\d{1,19}")


def no_constant(_: str) -> NoReturn:
    raise ValueError("NaN and Infinity are no JSON")


def from_json(text: str | bytes) -> Any:
    """Decode JSON. Raises ValueError for whatever is wrong with it, depth included."""
    try:
        return json.loads(text, parse_constant=no_constant)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


class Fields:
    """Read-only view of a call's arguments by name. Raises Refusal where the real server would refuse."""

    __slots__ = ("values",)

    def __init__(self, values: Mapping[str, object]) -> None:
        self.values = values

    def __contains__(self, name: str) -> bool:
        return self.values.get(name) is not None

    def refuse(self, names: Iterable[str]) -> None:
        """Raise Refusal for any of these arguments, which the real server takes and this one can't emulate."""
        for name in names:
            if self.text(name) not in {"", "false", "[]"}:
                raise not_emulated(name)

    def text(self, name: str) -> str:
        """Return the argument as text, "" when absent. Raises Refusal for lone surrogates."""
        value = self.values.get(name)
        if value is None:
            return ""
        if isinstance(value, bool):
            return "true" if value else "false"
        text = value if isinstance(value, str) else json.dumps(value)
        if not text.isascii():
            try:
                text.encode()
            except UnicodeEncodeError as error:
                raise bad_request("strings must be encoded in UTF-8") from error
        return text

    def integer(self, name: str) -> int:
        """Return the number that the argument begins with, 0 when there is none."""
        value = self.values.get(name)
        if type(value) is int:
            return value if abs(value) < 2**63 else 0
        found = _INTEGER.match(self.text(name))
        return int(found[0]) if found else 0

    def flag(self, name: str) -> bool:
        return self.text(name).lower() in {"true", "yes", "1"}

    def decoded(self, name: str, what: str) -> Any:
        """Return a JSON-serialised argument decoded, None when absent or empty. `what` names it in the refusal."""
        value = self.values.get(name)
        if value is None or isinstance(value, dict | list):
            return value
        text = self.text(name)
        if not text:
            return None
        try:
            return from_json(text)
        except ValueError as error:
            raise bad_request(f"can't parse {what} JSON object") from error
