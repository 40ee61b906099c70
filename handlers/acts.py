"""What curators did: every change of what is served, and of what people see, is noted with who and when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from handlers.ports import Ask, Services

Kind = Literal["serve", "leave", "download", "upload", "settle"]


@dataclass(frozen=True, slots=True)
class Act:
    """`detail`: what it was done to: a version's number, a file's name, a question."""

    at: datetime
    person: int
    name: str
    kind: Kind
    detail: str


class Acts(Protocol):
    async def note(self, act: Act) -> None: ...

    async def last(self, limit: int) -> Sequence[Act]:
        """Return the newest, newest first."""
        ...


async def note(kind: Kind, detail: str, ask: Ask, services: Services) -> None:
    """Note what the person of the ask did."""
    if ask.person is not None:
        await services.acts.note(Act(ask.now, ask.person.id, ask.person.name, kind, detail))
