"""One running copy of the bot, as far as storage goes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.storage.deliveries import Delivery, StoredDeliveries
from bot.storage.plans import Due, Plan
from bot.storage.preferences import ChatKeys
from bot.storage.schema import deliveries as rows
from bot.storage.subscriptions import StoredSubscriptions
from handlers.ports import Subscription
from handlers.reply import Posted, Text

if TYPE_CHECKING:
    from bot.storage.database import Database

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
SECOND, WEEK = timedelta(seconds=1), timedelta(weeks=1)
DIGEST = Subscription(-1001, None, frozenset({0}), 9, "Asia/Shanghai", "zh", NOW)
POST = Text("", facts=(Posted("first", "m"),))


def planned(due: Due) -> Plan:
    at = due.next_due_at
    return Plan(at + WEEK, at, at.date(), 540)


class Copy:
    """One running copy of the bot, as far as storage goes."""

    def __init__(self, database: Database, name: str = "me") -> None:
        self.database = database
        self.subscriptions = StoredSubscriptions(database, ChatKeys(b"a key of this test"))
        self.deliveries = StoredDeliveries(database, name)

    async def plan(self, *subscriptions: Subscription, now: datetime = NOW) -> None:
        for subscription in subscriptions or (DIGEST,):
            await self.subscriptions.save(subscription)
        await self.deliveries.plan(now, 1000, planned)

    async def claim(self, now: datetime = NOW) -> Delivery:
        claimed = await self.deliveries.claim(now)
        assert claimed is not None
        return claimed

    async def states(self) -> list[tuple[str, str | None]]:
        async with self.database.reading() as reading:
            found = await reading.execute(select(rows.c.state, rows.c.reason).order_by(rows.c.id))
            return [(row.state, row.reason) for row in found]
