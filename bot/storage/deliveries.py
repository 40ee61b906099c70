"""Posts planned and sent: the outbox between the schedule and Telegram, and the ledger of what became of them.

    pending → claimed (owner, lease) → sending → sent | retry (next_at) | uncertain | dead | skipped

Telegram knows no key that would make a second attempt harmless: a row that was `sending` when its owner vanished is
uncertain. Every step but the last asks whether the lease is still the owner's.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

from sqlalchemy import select, update

from bot.storage import outbox, plans, posted, queries
from bot.storage.plans import Due
from bot.storage.schema import deliveries, subscriptions
from handlers.ports import DeliverySummary

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from datetime import datetime

    from bot.storage.database import Database
    from bot.storage.plans import Plan
    from handlers.ports import Subscription
    from handlers.reply import Text

# It outlasts a request (45 s with every timeout at its end) and whatever a database may take meanwhile.
LEASE = timedelta(seconds=90)
KEPT = timedelta(days=30)
# An operator's extra posts have slots of their own, behind those of the day: seconds after midnight, UTC.
EXTRA = 24 * 60
_PRUNED_AT_ONCE = 1000
# Kinds, until the event loop has its turn.
_PLANNED_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Delivery:
    """A row in hand. `attempts`: how often it was tried in vain."""

    id: int
    due_at: datetime
    attempts: int
    subscription_id: int
    subscription: Subscription


class Waiting(NamedTuple):
    due: bool
    ready: bool


class StoredDeliveries:
    """`owner` names this running copy among others. `rate`: messages a second, to tell how long a queue takes."""

    def __init__(self, database: Database, owner: str, rate: float = 30.0) -> None:
        self._database = database
        self._owner = owner
        self._rate = rate
        # Batches that may be planned at once: SQLite has a single writer.
        self.lanes = 1 if database.dialect == "sqlite" else 2

    async def waiting(self, now: datetime) -> Waiting:
        """Return whether any subscription is due, and whether any delivery is to be sent."""
        async with self._database.at_once() as once:
            due, ready = (await once.execute(outbox.WAITING, {"now": now})).one()
        return Waiting(bool(due), bool(ready))

    async def plan(self, now: datetime, limit: int, planned: Callable[[Due], Plan]) -> int:
        """Plan up to `limit` due subscriptions, all or none; return how many.

        The delivery and the next due time are one transaction, so that a crash loses no post and plans none twice.
        """
        async with self._database.writing() as writing:
            dialect, told = writing.dialect, []
            if (walking := plans.walking(dialect)) is not None:
                await writing.execute(walking)
            found = await writing.execute(plans.kinds(dialect, now, limit))
            for number, (ids, *alike) in enumerate(found, 1):
                told.append(plans.told(dialect, ids, planned(Due(*alike))))
                if number % _PLANNED_AT_ONCE == 0:
                    await asyncio.sleep(0)
            if not told:
                return 0
            posts, moves = plans.moves(dialect, told)
            await writing.execute(posts)
            return (await writing.execute(moves)).rowcount

    async def claim(self, now: datetime) -> Delivery | None:
        """Take what has waited longest into this copy's hands for LEASE."""
        async with self._database.writing() as writing:
            row = (await writing.execute(outbox.claimed(self._owner, now, now + LEASE))).first()
            if row is None:
                return None
            mine = select(subscriptions).where(subscriptions.c.id == row.subscription_id)
            subscription = queries.subscription_of((await writing.execute(mine)).one())
        return Delivery(row.id, row.due_at, row.attempts, row.subscription_id, subscription)

    async def begin(self, delivery: Delivery, now: datetime) -> bool:
        """Commit that it is being sent; return whether it is still ours to send."""
        async with self._database.writing() as writing:
            begun = await writing.execute(outbox.sending(delivery.id, self._owner, now, now + LEASE))
        return begun.rowcount == 1

    async def sent(self, delivery: Delivery, text: Text, message_id: int, now: datetime) -> None:
        """Keep what was posted, whoever has the row by now: it did arrive. A post without facts ends the series."""
        if self._database.dialect != "sqlite" and text.facts and not text.anew:
            async with self._database.at_once() as once:
                await posted.sent_at_once(once, delivery.id, text, message_id, now)
            return
        values = {"state": "sent", "message_id": message_id, "sent_at": now, "next_at": None, **outbox.LOOSE}
        marking = update(deliveries).where(deliveries.c.id == delivery.id).values(**values)
        async with self._database.writing() as writing:
            if not (await writing.execute(marking)).rowcount:  # somebody turned the posts off meanwhile
                return
            await posted.remember(writing, delivery.subscription_id, text, message_id)
            if not text.facts:
                series = subscriptions.c.id == delivery.subscription_id
                await writing.execute(update(subscriptions).where(series).values(next_due_at=None, suspended=None))
                await writing.execute(outbox.cancelled(series))  # posts that still waited would each close it again

    async def release(self, delivery: Delivery, next_at: datetime) -> None:
        """Nothing was sent: let any copy take it from `next_at` on."""
        await self._set(delivery, outbox.put_off("pending", next_at, None))

    async def retry(self, delivery: Delivery, next_at: datetime, reason: str) -> None:
        values = outbox.put_off("retry", next_at, reason[:200])
        await self._set(delivery, values | {"attempts": delivery.attempts + 1})

    async def unsure(self, delivery: Delivery, next_at: datetime, reason: str) -> None:
        """Nobody knows whether it arrived: the subscription says whether it is sent once more."""
        again = next_at if delivery.subscription.uncertain == "repeat" else None
        values = outbox.put_off("uncertain", again, reason[:200])
        await self._set(delivery, values | {"attempts": delivery.attempts + 1})

    async def end(self, delivery: Delivery, state: Literal["dead", "skipped"], reason: str | None = None) -> None:
        """It will never be sent."""
        await self._set(delivery, {"state": state, "reason": reason[:200] if reason else None})

    async def suspend(self, delivery: Delivery, reason: str) -> None:
        """Stop posting to one forum topic, and give this post up; the settings are kept."""
        values = {"state": "dead", "reason": reason[:200], **outbox.LOOSE}
        series = subscriptions.c.id == delivery.subscription_id
        async with self._database.writing() as writing:
            await writing.execute(update(deliveries).where(deliveries.c.id == delivery.id).values(**values))
            await writing.execute(outbox.cancelled(series))
            gone = {"suspended": reason[:200], "next_due_at": None}
            await writing.execute(update(subscriptions).where(series).values(**gone))

    async def give_up(self, oldest: datetime) -> int:
        """Give up what waits and was due before `oldest`; return how many rows."""
        async with self._database.writing() as writing:
            return (await writing.execute(outbox.given_up(oldest))).rowcount

    async def sweep(self, now: datetime, mine: Collection[int]) -> int:
        """Put back what vanished copies had in hand; return how many rows.

        `mine`: ids of the rows that this copy is working on, whatever its clock says.
        """
        overdue = outbox.overdue_leases(now, now + 2 * LEASE, mine)
        changed = 0
        async with self._database.writing() as writing:
            for statement in outbox.put_back(overdue, now):
                changed += (await writing.execute(statement)).rowcount
        return changed

    async def hurry(self, now: datetime) -> None:
        """After the clock was set back: nothing waits for what was near and is now far."""
        async with self._database.writing() as writing:
            await writing.execute(outbox.hurried(now))

    async def prune(self, now: datetime) -> int:
        """Forget what is older than KEPT, and what no post tells any more; return how many rows of the ledger."""
        await posted.prune_told(self._database)
        total = 0
        while True:
            async with self._database.writing() as writing:
                gone = (await writing.execute(outbox.pruned(now - KEPT, _PRUNED_AT_ONCE))).rowcount
            total += gone
            if gone < _PRUNED_AT_ONCE:
                return total

    async def request(self, chat_id: int, thread: int | None, now: datetime) -> int | None:
        """Put the next post of a chat into the outbox now; return its id, None if the chat has no subscription."""
        chosen = select(subscriptions.c.id).where(queries.of_chat(chat_id, thread))
        slot = EXTRA + int((now - now.replace(hour=0, minute=0, second=0)).total_seconds())
        async with self._database.writing() as writing:
            key = (await writing.execute(chosen)).scalar()
            if key is None:
                return None
            values = {"subscription_id": key, "local_date": now.date(), "slot": slot, "due_at": now, "next_at": now}
            made = await writing.execute(outbox.asked_for(values).returning(deliveries.c.id))
            return int(made.scalar_one())

    async def fate(self, delivery: int) -> tuple[str, str | None]:
        """Return the state of a row and the reason for it."""
        told = select(deliveries.c.state, deliveries.c.reason).where(deliveries.c.id == delivery)
        async with self._database.reading() as reading:
            row = (await reading.execute(told)).first()
        return ("skipped", "cancelled") if row is None else (row.state, row.reason)

    async def summary(self, now: datetime) -> DeliverySummary:
        """Return the last day in numbers."""
        async with self._database.reading() as reading:
            day = (await reading.execute(outbox.counted(now - timedelta(days=1), 60.0))).one()
            rest = (await reading.execute(outbox.queued())).one()
        eta = timedelta(seconds=round(rest.queue / self._rate)) if self._rate else timedelta()
        return DeliverySummary(day.due, day.sent, day.late, day.failed, rest.suspended, rest.queue, eta)

    async def _set(self, delivery: Delivery, values: Mapping[str, object]) -> None:
        mine = outbox.in_hand(delivery.id, self._owner)
        async with self._database.writing() as writing:
            await writing.execute(update(deliveries).where(mine).values(**values, **outbox.LOOSE))
