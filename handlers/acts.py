"""What curators did: every change of what is served, and of what people see, is noted with who and when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from handlers import dates, render
from handlers.reply import Text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from handlers.ports import Ask, Services
    from handlers.reply import Reply

Kind = Literal["serve", "leave", "download", "upload", "settle"]


@dataclass(frozen=True, slots=True)
class Act:
    """`detail`: what it was done to: a version's number, a file's name, the beginning of a question's key."""

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


SHOWN = 20


async def show(ask: Ask, services: Services) -> Reply:
    """List what curators did last."""
    words, found = services.texts[ask.lang], await services.acts.last(SHOWN)
    lines = [
        words(
            f"acts.{act.kind}",
            when=dates.due(act.at, services.zone, words),
            name=render.clip(act.name, 32),
            detail=render.clip(act.detail, 100),
        )
        for act in found
    ]
    return (Text(render.message(words("acts.title"), lines or [words("acts.none")])),)


async def note(kind: Kind, detail: str, ask: Ask, services: Services) -> None:
    """Note what the person of the ask did."""
    if ask.person is not None:
        await services.acts.note(Act(ask.now, ask.person.id, ask.person.name, kind, detail))
