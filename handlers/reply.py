"""What a handler answers with: a tuple of parts from a closed union. Nothing here knows how it is sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


@dataclass(frozen=True, slots=True)
class Button:
    """`data` comes back on a tap (≤ 64 bytes in UTF-8: Telegram's limit), `url` opens a link, `share` (≤ 256
    characters) lets a person choose a chat and asks the bot there, in inline mode. Exactly one is set.
    """

    label: str
    data: str | None = None
    url: str | None = None
    share: str | None = None


Buttons = tuple[tuple[Button, ...], ...]


class Posted(NamedTuple):
    """A fact in a digest, with what its post tells (`facts.meaning.Told.kept`)."""

    fact: str
    told: str


@dataclass(frozen=True, slots=True)
class Text:
    """A new message, HTML of Telegram's kind, ≤ 4096 characters once parsed.

    `quote`: as a reply to the message of the ask, never set after a tap. `silent`: it makes no sound.
    `reply_to`: the id of an earlier message of this chat that it replies to instead.
    `card`: it tells a group how its posts are set up, and is kept up to date.
    `as_it_is`: in the script in which it is written, whoever asked: a post, as its chat will get it.
    `facts`: what a digest posts, for its delivery to remember; `anew`: a new round of the series begins with it.
    """

    html: str
    buttons: Buttons = ()
    quote: bool = False
    silent: bool = False
    reply_to: int | None = None
    card: bool = False
    as_it_is: bool = False
    facts: tuple[Posted, ...] = ()
    anew: bool = False


@dataclass(frozen=True, slots=True)
class Edit:
    """Replaces the message whose button was tapped; `at`: the one with that chat and id. One that is gone is let be."""

    html: str
    buttons: Buttons = ()
    at: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Keys:
    """Replaces only the buttons of the message that was tapped."""

    buttons: Buttons


@dataclass(frozen=True, slots=True)
class Toast:
    """A short notice over the chat, after a tap only: plain text, ≤ 200 characters. `alert`: it stays until dismissed.

    A tap whose reply has none is answered without words: Telegram shows a spinner until then.
    """

    text: str
    alert: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A file, sent as a message of its own. `content` is not empty; `caption`: plain text, ≤ 1024 characters."""

    name: str
    content: bytes
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture with words under it, HTML of Telegram's kind, ≤ 1024 characters once parsed; they tell what it shows.

    `key`: the same for the same picture, which is uploaded once. `instead`: for where no picture may be sent, None if
    the same follows anyway.
    """

    key: str
    content: bytes
    html: str
    instead: Text | None


@dataclass(frozen=True, slots=True)
class Result:
    """What a person can choose in inline mode: two lines in a list, and the message that it becomes, as `Text`.

    `id`: 1 to 64 bytes, once in a list.
    """

    id: str
    title: str
    description: str
    html: str
    buttons: Buttons = ()


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to an inline query, at most 50. `seconds`: for how long Telegram may give it to others who type alike.

    `personal`: only to the same person. `privately`: the label of a button into the private chat, above the list.
    """

    items: tuple[Result, ...]
    seconds: int
    personal: bool
    privately: str


@dataclass(frozen=True, slots=True)
class Quiz:
    """A poll with one right option, plain text: question ≤ 300 characters, 2 to 12 options ≤ 100 each.

    `explanation`: ≤ 200 characters with at most two line feeds, shown to who has answered.
    """

    question: str
    options: tuple[str, ...]
    right: int
    explanation: str
    buttons: Buttons = ()


@dataclass(frozen=True, slots=True)
class Working:
    """Work that takes some seconds: a message says how far it is, and becomes the first Text of what comes of it.

    `html`: what it says at first. `work` is given what to tell what it says next with, as HTML, as often as it likes.
    `lost`: what it says, also as HTML, once the program has started anew, if it was ended before the work was.
    """

    html: str
    work: Callable[[Callable[[str], None]], Awaitable[Reply]]
    lost: str


Part = Text | Edit | Document | Photo | Keys | Toast | Results | Quiz | Working
Reply = tuple[Part, ...]
