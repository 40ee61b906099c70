"""The bot's queue of updates and its one long poll, as getUpdates shows them."""

from __future__ import annotations

import asyncio
from collections import deque
from itertools import islice
from typing import TYPE_CHECKING, Any

from bot.playground.refusals import conflict

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.playground.refusals import Json

# Every field of Update (Bot API 10.0) that allowed_updates may name; other names are ignored, as by the real server.
KINDS = frozenset(
    [
        "message",
        "edited_message",
        "channel_post",
        "edited_channel_post",
        "business_connection",
        "business_message",
        "edited_business_message",
        "deleted_business_messages",
        "guest_message",
        "message_reaction",
        "message_reaction_count",
        "inline_query",
        "chosen_inline_result",
        "callback_query",
        "shipping_query",
        "pre_checkout_query",
        "purchased_paid_media",
        "poll",
        "poll_answer",
        "my_chat_member",
        "chat_member",
        "chat_join_request",
        "chat_boost",
        "removed_chat_boost",
        "managed_bot",
    ]
)
UNASKED = KINDS - {"chat_member", "message_reaction", "message_reaction_count"}

# Telegram keeps updates for a day; this bounds memory instead. The oldest go first.
CAPACITY = 20_000
LONGEST_POLL = 50
TERMINATED = "terminated by other getUpdates request; make sure that only one bot instance is running"


class UpdateQueue:
    """Unconfirmed updates, oldest first. `lost` counts those that went because the queue was full."""

    def __init__(self) -> None:
        self._pending: deque[Json] = deque(maxlen=CAPACITY)
        self._next_id = 500_000_001
        self._poll: asyncio.Future[bool] | None = None
        self.allowed: frozenset[str] | None = None
        self.lost = 0
        # Set while a poll waits, for whoever must act only then.
        self.polled = asyncio.Event()

    def __len__(self) -> int:
        return len(self._pending)

    def allow(self, names: Collection[Any]) -> None:
        """Remember what to collect from now on; an empty list means all but the three that must be asked for."""
        known = frozenset(name for name in names if isinstance(name, str)) & KINDS
        self.allowed = known or None

    def add(self, kind: str, content: Json) -> None:
        """Queue an update of `kind` unless it is not wanted, and wake the poll."""
        if kind not in (self.allowed or UNASKED):
            return
        if len(self._pending) == CAPACITY:
            self.lost += 1
        self._pending.append({"update_id": self._next_id, kind: content})
        self._next_id += 1
        if self._poll and not self._poll.done():
            self._poll.set_result(True)

    def clear(self) -> None:
        self._pending.clear()

    def confirm(self, offset: int) -> None:
        """Forget updates below `offset`; a negative one keeps only that many from the end."""
        if offset < 0:
            while len(self._pending) > -offset:
                self._pending.popleft()
        while self._pending and offset > 0 and self._pending[0]["update_id"] < offset:
            self._pending.popleft()

    async def poll(self, offset: int, limit: int, seconds: float) -> list[Json]:
        """Return up to `limit` updates, waiting up to `seconds` for a first one.

        Raises Refusal (409) when a later poll ends this one.
        """
        self.end_poll()
        self.confirm(offset)
        if not self._pending and seconds > 0:
            await self._wait(min(seconds, LONGEST_POLL))
        return list(islice(self._pending, max(1, min(limit, 100))))

    async def _wait(self, seconds: float) -> None:
        mine: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._poll = mine
        self.polled.set()
        try:
            came_or_ended = await asyncio.wait_for(mine, seconds)
        except TimeoutError:
            return
        finally:
            if self._poll is mine:
                self._poll = None
                self.polled.clear()
        if not came_or_ended:
            raise conflict(TERMINATED)

    def end_poll(self) -> None:
        """End the waiting poll with 409, if there is one."""
        if self._poll and not self._poll.done():
            self._poll.set_result(False)
