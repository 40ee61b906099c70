"""What follows when the bot loses a chat, gets it back, or its id changes."""

from __future__ import annotations

from typing import Protocol


class Presence(Protocol):
    async def left(self, chat_id: int, reason: str) -> None: ...

    async def returned(self, chat_id: int) -> None: ...

    async def moved(self, old: int, new: int) -> None: ...

    async def shown_at(self, chat_id: int, thread: int | None, message_id: int) -> None:
        """A message was sent that tells a group how its posts are set up."""
        ...
