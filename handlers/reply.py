"""What a handler answers with: a tuple of parts from a closed union. Nothing here knows how it is sent."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Button:
    """`data` comes back on a tap (at most 64 bytes in UTF-8: Telegram's limit); `url` opens a link. Exactly one is set."""

    label: str
    data: str | None = None
    url: str | None = None


Buttons = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A new message, HTML of Telegram's kind, ≤ 4096 characters once parsed. `quote`: as a reply to what was asked."""

    html: str
    buttons: Buttons = ()
    quote: bool = False


@dataclass(frozen=True, slots=True)
class Edit:
    """Replaces the message whose button was tapped. Where that is gone or unchanged, nothing is lost and nothing said."""

    html: str
    buttons: Buttons = ()


@dataclass(frozen=True, slots=True)
class Toast:
    """A short notice over the chat, after a tap only, ≤ 200 characters; `alert`: it stays until dismissed."""

    text: str
    alert: bool = False


Part = Text | Edit | Toast
Reply = tuple[Part, ...]
