"""Changing what is served: a proposal is looked at, and becomes a version once somebody accepts it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from facts.comparing import Comparison
    from facts.loading import Problem
    from facts.model import FactBase, Lang
    from handlers.ports import Person

    Told = Callable[["Step"], object]

Origin = Literal["folder", "upload", "rollback", "inbox"]


Stage = Literal["waiting", "checking", "building", "asking"]


class Step(NamedTuple):
    """How far a review is. `building` tells how many facts there are, `asking` how many questions of how many are done.

    `waiting`: another review is made first.
    """

    stage: Stage
    done: int = 0
    total: int = 0


def nobody(_: Step) -> None:
    """For a review that nobody waits for in a chat."""


@dataclass(frozen=True, slots=True)
class Version:
    """An accepted base. `by`: the name of who accepted it, empty where it came with a start of the bot."""

    number: int
    origin: Origin
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Broken:
    """It does not check."""

    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Same:
    """It is what is served already."""

    number: int


@dataclass(frozen=True, slots=True)
class Refused:
    """It would answer more questions wrong."""

    change: Comparison


@dataclass(frozen=True, slots=True)
class Proposal:
    """It may be served. `key` (at most 40 of 0-9a-z.) is for the button; `base`: what would be served.

    `restores`: the number of the older version that it is.
    """

    key: str
    change: Comparison
    base: FactBase
    restores: int | None = None


@dataclass(frozen=True, slots=True)
class Served:
    """What was accepted. `entry`: the fact or gap that a question of the inbox went to; empty for any other change."""

    number: int
    entry: str = ""


Review = Broken | Same | Refused | Proposal


class Revisions(Protocol):
    """Every review is made aside: questions go on being answered. Reviews wait for each other.

    `told` is told how far a review is.
    """

    async def review_folder(self, told: Told = nobody) -> Review:
        """Look at the folder on disk."""
        ...

    async def review_version(self, number: int, told: Told = nobody) -> Review | None:
        """Look at an older version, which may answer more questions wrong; None where it is not kept."""
        ...

    async def review_question(
        self, question: str, lang: Lang, entry: str | None, wording: str = "", told: Told = nobody
    ) -> Review:
        """Look at what is served with one more question for a fact or gap, or with a gap made of it.

        `wording`: what a curator wrote for the gap, as `facts.inbox.worded` reads it.
        """
        ...

    async def review_file(
        self, name: str, content: bytes, by: Person, told: Told = nobody
    ) -> tuple[Review, Sequence[str]]:
        """Look at what is served with this file in it, and those that this person sent before and did not decide on.

        `name` as in `files`. Return the names of these, too.
        """
        ...

    def put_aside(self, by: Person) -> None:
        """Forget the files that this person sent."""
        ...

    async def files(self) -> Mapping[str, bytes]:
        """Return the files of what is served, by their names in the base's folder."""
        ...

    async def accept(self, key: str, by: Person, at: datetime) -> Served | None:
        """Serve a proposal and return as what; None where it is unknown or another version came meanwhile."""
        ...

    async def drop(self, key: str) -> bool:
        """Forget a proposal; return whether there was one."""
        ...

    async def number(self) -> int:
        """Return the number of the version that is served."""
        ...

    async def versions(self, limit: int) -> Sequence[Version]:
        """Return the newest versions kept, newest first."""
        ...
