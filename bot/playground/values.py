"""The JSON objects posted to `/sim/*`, read strictly: a wrong type is named, never guessed at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playground.acting import ImpossibleError

if TYPE_CHECKING:
    from bot.playground.refusals import Json


class Values:
    """The JSON object of one request. Every reader raises ImpossibleError for what is missing or of the wrong type."""

    def __init__(self, values: Json) -> None:
        self._values = values

    def integer(self, name: str, default: int | None = None) -> int:
        value = self._values.get(name, default)
        if type(value) is not int or abs(value) >= 2**53:
            raise ImpossibleError(f'"{name}" must be an integer')
        return value

    def number(self, name: str, default: float | None = None) -> float:
        value = self._values.get(name, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e12:
            raise ImpossibleError(f'"{name}" must be a number')
        return float(value)

    def text(self, name: str, default: str | None = None) -> str:
        value = self._values.get(name, default)
        if not isinstance(value, str):
            raise ImpossibleError(f'"{name}" must be a text')
        return value

    def flag(self, name: str, *, default: bool | None = None) -> bool:
        value = self._values.get(name, default)
        if not isinstance(value, bool):
            raise ImpossibleError(f'"{name}" must be true or false')
        return value

    def integers(self, name: str) -> list[int]:
        value = self._values.get(name, [])
        if not isinstance(value, list) or not all(type(each) is int for each in value):
            raise ImpossibleError(f'"{name}" must be a list of integers')
        return value

    def texts(self, name: str) -> list[str]:
        value = self._values.get(name, [])
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise ImpossibleError(f'"{name}" must be a list of texts')
        return value

    def __contains__(self, name: str) -> bool:
        return name in self._values
