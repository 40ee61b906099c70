"""What `.env` and the environment name: a misspelt name would be ignored in silence."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from dotenv.parser import parse_stream

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path


def misspelt(environment: Iterable[str], file: Path | None, prefix: str, fields: Collection[str]) -> str | None:
    """Return, in one line, which name in the environment or the file is none of the settings; None where all are.

    What only looks like ours in the environment may be another program's; in the file each line must be read.
    """
    for name in environment:
        if _is_unknown(name, prefix, fields) and (near := _near(name, prefix, fields)):
            return f"{name} in the environment is no setting; did you mean {near}?"
    if file is None or not file.is_file():
        return None
    try:
        return _misspelt_in(file, prefix, fields)
    except (OSError, UnicodeDecodeError) as error:
        return f"{file} cannot be read: {error}"


def _misspelt_in(path: Path, prefix: str, fields: Collection[str]) -> str | None:
    with path.open(encoding="utf-8") as file:
        bindings = list(parse_stream(file))
    for each in bindings:
        if each.error:
            return f"{path}:{each.original.line} isn't NAME=value; is a quotation mark not closed?"
    for name in (each.key for each in bindings if each.key and _is_unknown(each.key, prefix, fields)):
        mend = f"did you mean {near}?" if (near := _near(name, prefix, fields)) else ".env.example lists all of them"
        return f"{name} in {path} is no setting; {mend}"
    return None


def _is_unknown(name: str, prefix: str, fields: Collection[str]) -> bool:
    return name.upper().startswith(prefix) and _field(name, prefix) not in fields


def _near(name: str, prefix: str, fields: Collection[str]) -> str | None:
    close = get_close_matches(_field(name, prefix), fields, n=1, cutoff=0.7)
    return f"{prefix}{close[0].upper()}" if close else None


def _field(name: str, prefix: str) -> str:
    return name.upper().removeprefix(prefix).lower()
