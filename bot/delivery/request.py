"""An operator's wish: post a chat's next digest now, through the running bot, and tell what became of it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, NamedTuple

from bot.clock import SystemClock
from bot.storage.acts import StoredActs
from bot.storage.database import Database
from bot.storage.deliveries import StoredDeliveries
from bot.storage.migrating import migrate
from bot.storage.preferences import ChatKeys
from handlers.acts import Act

if TYPE_CHECKING:
    from bot.config import Settings

# Seconds to wait for the running bot, and between looks.
PATIENCE, PAUSE = 30.0, 0.2


class Fate(NamedTuple):
    sent: bool
    told: str


async def deliver_now(settings: Settings, chat: int, topic: int | None, patience: float = PATIENCE) -> Fate:
    """Put it into the outbox, where the running bot finds it within a second, and wait. Raises DatabaseError."""
    database = await Database.open(settings.database_url)
    try:
        await migrate(database)
        deliveries, now = StoredDeliveries(database, "operator"), SystemClock().now()
        delivery = await deliveries.request(chat, topic, now)
        if delivery is None:
            return Fate(sent=False, told=f"Chat {chat} has no scheduled posts there: /subscribe in it comes first.")
        await StoredActs(database, ChatKeys(settings.hash_key)).note(Act(now, "posted_now", chat=chat), None)
        return await _watch(deliveries, delivery, patience)
    finally:
        await database.close()


async def _watch(deliveries: StoredDeliveries, delivery: int, patience: float) -> Fate:
    deadline = asyncio.get_running_loop().time() + patience
    while True:
        state, reason = await deliveries.fate(delivery)
        if state == "sent":
            return Fate(sent=True, told="Sent.")
        if state in ("dead", "skipped"):
            return Fate(sent=False, told=f"Not sent: {reason or 'there is nothing to post'}.")
        if asyncio.get_running_loop().time() > deadline:
            waits = f"It still waits ({reason})" if reason else "It still waits: is the bot running on this database?"
            return Fate(sent=False, told=f"{waits} The running bot sends it as soon as it can.")
        await asyncio.sleep(PAUSE)
