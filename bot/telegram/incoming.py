"""What an update comes to: something to answer, or news of a chat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.triggers import Overheard

if TYPE_CHECKING:
    from handlers.ports import Attached, Chat, Person
    from handlers.triggers import Route


@dataclass(frozen=True, slots=True)
class Incoming:
    """Something to answer: a route, and what of the Ask the update tells. `tap` and `inline` are the query's id."""

    route: Route
    chat: Chat
    person: Person | None
    text: str = ""
    quoted: str | None = None
    shown: str | None = None
    message_id: int | None = None
    tap: str | None = None
    inline: str | None = None
    anonymous_admin: bool = False
    file: Attached | None = None

    @property
    def expected(self) -> bool:
        """Whether somebody waits for the bot to say something, be it only an apology."""
        return self.inline is None and not isinstance(self.route.trigger, Overheard)


@dataclass(frozen=True, slots=True)
class Moved:
    """A group became a supergroup, with another id."""

    old: int
    new: int


@dataclass(frozen=True, slots=True)
class Left:
    """The bot was removed from a group or blocked by a person."""

    chat_id: int


@dataclass(frozen=True, slots=True)
class Returned:
    """The bot was added or unblocked, or may write again; `greeting`: what to answer in a group that it was not in."""

    chat_id: int
    greeting: Incoming | None = None


Read = Incoming | Moved | Left | Returned
