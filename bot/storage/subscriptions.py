"""Which chats want digests, and when the next one is due."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import and_, delete, select, update

from bot.storage import outbox, queries
from bot.storage.schema import deliveries, languages, posted, subscriptions
from handlers.schedule import next_due, nominal_date

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncConnection

    from bot.storage.database import Database
    from bot.storage.preferences import ChatKeys
    from handlers.ports import Subscription


class StoredSubscriptions:
    def __init__(self, database: Database, keys: ChatKeys) -> None:
        self._database = database
        self._keys = keys

    async def get(self, chat_id: int, thread: int | None) -> Subscription | None:
        async with self._database.reading() as reading:
            row = (await reading.execute(select(subscriptions).where(queries.of_chat(chat_id, thread)))).first()
        return None if row is None else queries.subscription_of(row)

    async def save(self, subscription: Subscription, by: int | None = None) -> None:
        """What was planned at the old time is cancelled; what was posted so far is kept."""
        values = queries.row_of(subscription) | ({} if by is None else {"owner": self._keys.of_person(by)})
        mine = queries.of_chat(subscription.chat_id, subscription.thread)
        async with self._database.writing() as writing:
            await writing.execute(outbox.cancelled(mine))
            await writing.execute(queries.upsert(self._database.dialect, subscriptions, ("chat_id", "thread"), values))

    async def change(
        self, chat_id: int, thread: int | None, to: Callable[[Subscription], Subscription], *, anew: bool = False
    ) -> Subscription | None:
        """Two who change it at once wait for each other, so that neither change is lost."""
        mine = queries.of_chat(chat_id, thread)
        async with self._database.writing() as writing:
            row = (await writing.execute(select(subscriptions).where(mine).with_for_update())).first()
            if row is None:
                return None
            before = queries.subscription_of(row)
            after = replace(to(before), suspended=None)
            if _timing(after) != _timing(before):
                await writing.execute(outbox.cancelled(mine))
                after = await _unless_posted(writing, row.id, after)
            if anew:
                await writing.execute(delete(posted).where(posted.c.subscription_id == row.id))
            await writing.execute(update(subscriptions).where(mine).values(queries.row_of(after)))
        return after

    async def shown_at(self, chat_id: int, thread: int | None, message_id: int) -> None:
        async with self._database.writing() as writing:
            await writing.execute(update(subscriptions).where(queries.of_chat(chat_id, thread)).values(card=message_id))

    async def set_up_by(self, person: int) -> Sequence[Subscription]:
        mine = select(subscriptions).where(subscriptions.c.owner == self._keys.of_person(person))
        async with self._database.reading() as reading:
            rows = await reading.execute(mine.order_by(subscriptions.c.id.desc()))
            return [queries.subscription_of(row) for row in rows]

    async def every(self) -> Sequence[Subscription]:
        async with self._database.reading() as reading:
            rows = await reading.execute(select(subscriptions).order_by(subscriptions.c.id))
            return [queries.subscription_of(row) for row in rows]

    async def disown(self, person: int) -> bool:
        mine = subscriptions.c.owner == self._keys.of_person(person)
        async with self._database.writing() as writing:
            disowned = await writing.execute(update(subscriptions).where(mine).values(owner=None))
        return disowned.rowcount > 0

    async def remove(self, chat_id: int, thread: int | None) -> bool:
        async with self._database.writing() as writing:
            gone = await writing.execute(delete(subscriptions).where(queries.of_chat(chat_id, thread)))
        return gone.rowcount > 0

    async def posted(self, chat_id: int, thread: int | None) -> Sequence[str]:
        async with self._database.reading() as reading:
            return list((await reading.execute(queries.posted_facts(chat_id, thread))).scalars())

    async def suspend(self, chat_id: int, reason: str) -> None:
        """Stop posting to a chat that cannot be reached; its settings are kept for when it comes back."""
        async with self._database.writing() as writing:
            await writing.execute(outbox.cancelled(subscriptions.c.chat_id == chat_id))
            await writing.execute(
                update(subscriptions)
                .where(subscriptions.c.chat_id == chat_id, subscriptions.c.next_due_at.is_not(None))
                .values(suspended=reason[:200], next_due_at=None)
            )

    async def suspended(self, chat_id: int) -> Sequence[Subscription]:
        chosen = select(subscriptions).where(subscriptions.c.chat_id == chat_id, subscriptions.c.suspended.is_not(None))
        async with self._database.reading() as reading:
            return [queries.subscription_of(row) for row in await reading.execute(chosen)]

    async def end(self, chat_id: int, thread: int | None) -> None:
        await self._set_due(chat_id, thread, None)

    async def resume(self, chat_id: int, thread: int | None, next_due_at: datetime | None) -> None:
        await self._set_due(chat_id, thread, next_due_at)

    async def migrate(self, old: int, new: int) -> None:
        """A group became a supergroup: give its new id to everything, in one transaction.

        Messages from before have no id in it.
        """
        async with self._database.writing() as writing:
            for statement in queries.drop_doubles(old, new):
                await writing.execute(statement)
            moving = select(subscriptions.c.id).where(subscriptions.c.chat_id == old)
            await writing.execute(update(posted).where(posted.c.subscription_id.in_(moving)).values(message_id=0))
            await writing.execute(
                update(subscriptions).where(subscriptions.c.chat_id == old).values(chat_id=new, card=None)
            )
            await writing.execute(update(languages).where(languages.c.chat == str(old)).values(chat=str(new)))
            await writing.execute(queries.count_change("languages"))

    async def _set_due(self, chat_id: int, thread: int | None, next_due_at: datetime | None) -> None:
        async with self._database.writing() as writing:
            await writing.execute(
                update(subscriptions)
                .where(queries.of_chat(chat_id, thread))
                .values(next_due_at=next_due_at, suspended=None)
            )


async def _unless_posted(writing: AsyncConnection, subscription_id: int, kept: Subscription) -> Subscription:
    """Return it with the first due time whose nominal date has no post yet; one that was cancelled frees its date."""
    while kept.next_due_at is not None:
        date = nominal_date(kept.next_due_at, kept.hour, kept.zone)
        mine = deliveries.c.subscription_id == subscription_id
        same = and_(mine, deliveries.c.local_date == date, deliveries.c.slot == kept.hour * 60)
        cancelled = and_(deliveries.c.state == "skipped", deliveries.c.reason == outbox.CANCELLED)
        await writing.execute(delete(deliveries).where(same, cancelled))
        if (await writing.execute(select(deliveries.c.id).where(same))).first() is None:
            break
        kept = replace(kept, next_due_at=next_due(kept.weekdays, kept.hour, kept.zone, kept.next_due_at))
    return kept


def _timing(kept: Subscription) -> tuple[object, ...]:
    # The settings too: a pause may begin and end between two posts, and the one under way is not to come in it.
    return kept.weekdays, kept.hour, kept.zone, kept.paused_until, kept.next_due_at
