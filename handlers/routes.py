"""The one table of what the bot can do: it gives registration, command menus, /help and the docs' command table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from handlers.ports import Role

if TYPE_CHECKING:
    from handlers.ports import Handler


@dataclass(frozen=True, slots=True)
class Command:
    """`/name`, with what follows it as the text. `menu`: where Telegram's command menu lists it."""

    name: str
    menu: frozenset[Literal["private", "group"]] = frozenset({"private", "group"})


@dataclass(frozen=True, slots=True)
class Button:
    """A tap on a button whose data is `prefix` or begins with `prefix:`."""

    prefix: str


@dataclass(frozen=True, slots=True)
class Text:
    """A message that is no command: any in a private chat, in a group only one that mentions the bot or replies to it."""


@dataclass(frozen=True, slots=True)
class Membership:
    """The bot was added to a group."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A digest is due in the chat of the ask; the text is empty."""


Trigger = Command | Button | Text | Membership | Clock


@dataclass(frozen=True, slots=True)
class Route:
    """`who`: the least role; anyone else gets a kind refusal. `describe`: the catalogue's key of a one-line description."""

    trigger: Trigger
    handle: Handler
    who: Role = Role.EVERYONE
    describe: str = ""


ROUTES: tuple[Route, ...] = ()
