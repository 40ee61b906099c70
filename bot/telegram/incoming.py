"""What an update comes to: something to answer, or news of a chat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.triggers import Command, Inline, Overheard, Text

if TYPE_CHECKING:
    from handlers.ports import Attached, Chat, Person
    from handlers.triggers import Route


@dataclass(frozen=True, slots=True)
class Incoming:
    """Something to answer: a route, and what of the Ask the update tells. `tap` and `inline` are the query's id.

    `tapped`: what the message says whose button was tapped.
    """

    route: Route
    chat: Chat
    person: Person | None
    text: str = ""
    quoted: str | None = None
    shown: str | None = None
    message_id: int | None = None
    tap: str | None = None
    tapped: str = ""
    inline: str | None = None
    anonymous_admin: bool = False
    file: Attached | None = None

    @property
    def expected(self) -> bool:
        """Whether somebody waits for the bot to say something, be it only an apology."""
        return self.inline is None and not isinstance(self.route.trigger, Overheard)

    @property
    def question(self) -> str:
        """What somebody asks in their own words, as far as they do: no payload, no button's data, no file."""
        trigger = self.route.trigger
        asks = isinstance(trigger, Text | Inline | Overheard) or (
            isinstance(trigger, Command) and trigger.name == "ask"
        )
        return (self.text.strip() or self.quoted or "") if asks else ""


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
