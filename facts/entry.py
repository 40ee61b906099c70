"""What all entries of a base have in common: frozen dataclasses that pydantic holds the files against.

It is loaded only where that is done: a start from what was kept needs none of it.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import TypeAdapter


@dataclass(frozen=True, slots=True)
class Entry:
    """Read strictly, so that YAML's `no`, `9:30` and bare dates are refused instead of turned into something else."""

    __pydantic_config__: ClassVar[dict[str, Any]] = {"extra": "forbid", "strict": True}

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: Callable[[object], dict[str, Any]]) -> Any:
        """Let fields by their names stand for the entry: strictly, only an entry itself would."""
        return handler(source) | {"strict": False}


class Limits:
    """What an annotated value must keep to, in the words of pydantic's core schemas (`min_length`, `ge`, …)."""

    __slots__ = ("_limits",)

    def __init__(self, **limits: object) -> None:
        self._limits = limits

    def __get_pydantic_core_schema__(self, source: object, handler: Callable[[object], dict[str, Any]]) -> Any:
        return handler(source) | self._limits


Id = Annotated[str, Limits(pattern=r"^[a-z0-9-]{1,40}$")]
Line = Annotated[str, Limits(min_length=1, max_length=1000, strip_whitespace=True, pattern=r"\S")]

E = TypeVar("E", bound=Entry)


def validator(entry: type[E]) -> TypeAdapter[E]:
    """Return what makes entries of plain data or JSON, and the other way round."""
    found: TypeAdapter[E] = _adapter(entry)  # type: ignore[arg-type]  # mypy takes a class for one of its objects
    return found


@cache
def _adapter(entry: Any) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter  # noqa: PLC0415 - takes time to load

    return TypeAdapter(entry)


def fields_of(entry: type[Entry]) -> tuple[str, ...]:
    """Return the names of an entry's fields, in order."""
    return tuple(field.name for field in fields(entry))
