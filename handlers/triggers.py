"""What can happen in a chat, and one row of the table in `handlers.routes`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from handlers.ports import Role

if TYPE_CHECKING:
    from handlers.ports import Handler

Place = Literal["private", "group"]


@dataclass(frozen=True, slots=True)
class Command:
    """`/name`, with what follows it as the text. `menu`: where Telegram's command menu lists it."""

    name: str
    menu: frozenset[Place] = frozenset({"private", "group"})


@dataclass(frozen=True, slots=True)
class Button:
    """A tap on a button whose data is `prefix` or begins with `prefix:`; what follows that is the text."""

    prefix: str


@dataclass(frozen=True, slots=True)
class Text:
    """A message that is no command: any in a private chat, in a group only one that mentions the bot or replies to it.

    A mention of the bot is taken out of the text.
    """


@dataclass(frozen=True, slots=True)
class Replied:
    """Words in a private chat in reply to a message of the bot's with a button whose data begins with `prefix:`.

    What follows that is `Ask.shown`.
    """

    prefix: str


@dataclass(frozen=True, slots=True)
class Membership:
    """The bot was added to a group, by the person of the ask."""


@dataclass(frozen=True, slots=True)
class Promoted:
    """The bot became an administrator of a channel: asked in the private chat with who did it.

    The text is the channel's id.
    """


@dataclass(frozen=True, slots=True)
class Clock:
    """A digest is due in the chat of the ask; the text is empty and `lang` the subscription's.

    The reply is the next post, with `Text.facts`; or the closing post, without: the series ends with it, so that
    `next_due_at` becomes None. An empty reply: nothing to post now, and the schedule goes on.
    """


@dataclass(frozen=True, slots=True)
class UnknownCommand:
    """A command that no route has, in a private chat, or in a group with the bot's name behind it (`/what@bot`)."""


@dataclass(frozen=True, slots=True)
class UnknownButton:
    """A tap whose data no route has: from an older version, or forged."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file in a private chat, with `Ask.file`; the text is what is written under it."""


@dataclass(frozen=True, slots=True)
class NoText:
    """A message without text (photo, voice, sticker, …) that is meant for the bot; one with a caption is a Text."""


@dataclass(frozen=True, slots=True)
class Inline:
    """Somebody types the bot's name and a question in any chat: asked as if in their private chat. Reply: Results."""


@dataclass(frozen=True, slots=True)
class Overheard:
    """A group's message that is not meant for the bot, where `Services.listening` is on. Mostly nothing is replied."""


Trigger = (
    Command
    | Button
    | Text
    | Replied
    | Document
    | Inline
    | Overheard
    | Membership
    | Promoted
    | Clock
    | UnknownCommand
    | UnknownButton
    | NoText
)


@dataclass(frozen=True, slots=True)
class Route:
    """`who`: the least role; `private_only`: not in groups. `describe`: the catalogue's key of a one-line description.

    The edge checks both before it calls `handle`, `private_only` first, and otherwise calls `handlers.routes.ELSEWHERE`
    or what `handlers.routes.REFUSED` has for `who`, with the same ask.
    """

    trigger: Trigger
    handle: Handler
    who: Role = Role.EVERYONE
    private_only: bool = False
    describe: str = ""
