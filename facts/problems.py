"""What can be wrong with a fact base: each problem has a place, a code, and words that say how to mend it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from facts.messages import MESSAGES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from facts.model import Lang

PROBLEMS_AT_MOST = 1000
_SHOWN_AT_MOST = 100


def shown(value: object) -> str:
    """A value of the files as a message quotes it: one line, without control characters, at most 100 characters."""
    text = value if isinstance(value, str) else repr(value)
    text = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text[: 4 * _SHOWN_AT_MOST])
    return text if len(text) <= _SHOWN_AT_MOST else text[: _SHOWN_AT_MOST - 1] + "…"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to mend. `file` is relative to the base's folder.

    `line` counts from 1; it is 1 where a whole file is meant, and 0 where `file` is a folder.

    `code` is a key of `facts.messages.MESSAGES`; `values` fill that message's placeholders.
    """

    file: str
    line: int
    code: str
    values: tuple[tuple[str, str], ...] = field(default=())

    @classmethod
    def at(cls, file: str, line: int, code: str, **values: object) -> Problem:
        return cls(shown(file), line, code, tuple((key, shown(value)) for key, value in values.items()))

    def text(self, lang: Lang) -> str:
        """Return what is wrong and how to mend it, one line without the place."""
        message = MESSAGES[self.code]
        what, mend = message.en if lang == "en" else message.zh
        values = dict(self.values)
        return f"{what.format(**values)} · {mend.format(**values)}"

    def __str__(self) -> str:
        return f"{self.place}: {self.text('en')}"

    @property
    def place(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


class BrokenBase(Exception):  # noqa: N818 - it names what the folder is; the brief of every room speaks of a BrokenBase
    """A base that may not be served. `problems` are all of them, by file and line, at most a thousand."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        every = sorted(set(problems))
        if len(every) > PROBLEMS_AT_MOST:
            first = every[0]
            left = len(every) - PROBLEMS_AT_MOST
            every = [*every[:PROBLEMS_AT_MOST], Problem.at(first.file, first.line, "more-problems", count=left)]
        self.problems: tuple[Problem, ...] = tuple(every)
        super().__init__(f"{len(self.problems)} problems: {self.problems[0] if self.problems else ''}")
