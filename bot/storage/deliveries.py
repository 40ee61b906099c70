"""Posts planned and sent: the outbox between the schedule and Telegram."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from bot.storage import posted, queries
from bot.storage.schema import deliveries, subscriptions

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date, datetime

    from bot.storage.database import Database
    from handlers.ports import Subscription
    from handlers.reply import Text


@dataclass(frozen=True, slots=True)
class Plan:
    """What becomes of a due subscription. `due_at` None: it is too late for any post, only the schedule goes on.

    `local_date` and `slot` (minutes after midnight) are nominal: what the wall shows where no clock is ever changed.
    `next_due_at` None: no further one can be told.
    """

    next_due_at: datetime | None
    due_at: datetime | None = None
    local_date: date | None = None
    slot: int = 0


@dataclass(frozen=True, slots=True)
class Delivery:
    id: int
    due_at: datetime
    subscription: Subscription


class StoredDeliveries:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def waiting(self, now: datetime) -> tuple[bool, bool]:
        """Return whether any subscription is due, and whether any delivery is to be sent."""
        async with self._database.reading() as reading:
            due, pending = (await reading.execute(queries.waiting(now))).one()
        return bool(due), bool(pending)

    async def plan(self, now: datetime, limit: int, planned: Callable[[Subscription], Plan]) -> int:
        """Plan up to `limit` due subscriptions, all or none; return how many were due.

        The delivery and the next due time are one transaction, so that a crash loses no post and plans none twice.
        """
        async with self._database.writing() as writing:
            rows = (await writing.execute(queries.due(now, limit))).all()
            for row in rows:
                plan = planned(queries.subscription_of(row))
                if plan.due_at is not None:
                    values = {"subscription_id": row.id, "local_date": plan.local_date, "slot": plan.slot}
                    await writing.execute(
                        queries.insert_delivery(self._database.dialect, values | {"due_at": plan.due_at})
                    )
                this = subscriptions.c.id == row.id
                await writing.execute(update(subscriptions).where(this).values(next_due_at=plan.next_due_at))
        return len(rows)

    async def to_send(self, now: datetime, oldest: datetime, limit: int) -> Sequence[Delivery]:
        """Return what is to be sent now, after giving up what was due before `oldest`."""
        async with self._database.reading() as reading:
            rows = (await reading.execute(queries.to_send(now, limit))).all()
        if any(row.due_at < oldest for row in rows):
            async with self._database.writing() as writing:
                await writing.execute(queries.skip_older(oldest))
        return [
            Delivery(row.delivery_id, row.due_at, queries.subscription_of(row)) for row in rows if row.due_at >= oldest
        ]

    async def sent(self, delivery: Delivery, text: Text, message_id: int, now: datetime) -> None:
        values = {"state": "sent", "message_id": message_id, "sent_at": now, "retry_at": None}
        mine = deliveries.c.id == delivery.id
        async with self._database.writing() as writing:
            subscription_id = (await writing.execute(select(deliveries.c.subscription_id).where(mine))).scalar()
            if subscription_id is None:  # somebody turned the posts off meanwhile
                return
            await writing.execute(update(deliveries).where(mine).values(**values))
            await posted.remember(writing, subscription_id, text, message_id)

    async def skipped(self, delivery: Delivery) -> None:
        await self._set(delivery, {"state": "skipped"})

    async def dead(self, delivery: Delivery) -> None:
        """Telegram will never take it: not to be tried again."""
        await self._set(delivery, {"state": "dead"})

    async def later(self, delivery: Delivery, retry_at: datetime) -> None:
        await self._set(delivery, {"retry_at": retry_at})

    async def _set(self, delivery: Delivery, values: Mapping[str, object]) -> None:
        async with self._database.writing() as writing:
            await writing.execute(update(deliveries).where(deliveries.c.id == delivery.id).values(**values))
