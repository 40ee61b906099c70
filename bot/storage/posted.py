"""What stands in the chats of the series that run there."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import and_, delete, exists, or_, select, update

from bot.storage import queries
from bot.storage.schema import posted, subscriptions, told

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.ext.asyncio import AsyncConnection

    from bot.storage.database import Database
    from handlers.ports import Subscription
    from handlers.reply import Text


async def remember(writing: AsyncConnection, subscription_id: int, text: Text, message_id: int) -> None:
    """Keep what a digest posted, in the transaction that marks it sent; a new round forgets the one before."""
    if text.anew:
        await writing.execute(delete(posted).where(posted.c.subscription_id == subscription_id))
    for fact, content in text.facts:
        meaning = await _keep(writing, content)
        values = {"subscription_id": subscription_id, "fact": fact, "meaning": meaning, "message_id": message_id}
        await writing.execute(queries.upsert(writing.dialect.name, posted, ("subscription_id", "fact"), values))


async def _keep(writing: AsyncConnection, content: str) -> str:
    """Keep what posts told, and return its fingerprint."""
    fingerprint = hashlib.sha256(content.encode()).hexdigest()[:32]
    values = {"fingerprint": fingerprint, "content": content}
    insert = queries.insert_into(writing.dialect.name, told).values(values).on_conflict_do_nothing()
    await writing.execute(insert)
    return fingerprint


@dataclass(frozen=True, slots=True)
class PostedFact:
    """A fact in a message of a subscription's chat, which is None where it cannot be replied to."""

    id: int
    fact: str
    message_id: int | None
    subscription: Subscription


class StoredPosts:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def meanings(self) -> Sequence[tuple[str, str, str | None]]:
        """Return every fact that stands anywhere with every meaning it was posted with, and what its posts told then.

        That is None where it was not kept.
        """
        each = select(posted.c.fact, posted.c.meaning).distinct().subquery()
        query = select(each.c.fact, each.c.meaning, told.c.content).outerjoin(
            told, told.c.fingerprint == each.c.meaning
        )
        async with self._database.reading() as reading:
            return [(row.fact, row.meaning, row.content) for row in await reading.execute(query)]

    async def learn(self, fact: str, meaning: str, content: str) -> None:
        """Take posts of a meaning that nobody can read for telling this."""
        unknown = and_(posted.c.fact == fact, posted.c.meaning == meaning)
        async with self._database.writing() as writing:
            await writing.execute(update(posted).where(unknown).values(meaning=await _keep(writing, content)))

    async def lease(self, fact: str, meaning: str, now: datetime, until: datetime, limit: int) -> Sequence[PostedFact]:
        """Return up to `limit` posts of a fact with that meaning, which nobody else gets before `until`."""
        free = or_(posted.c.leased_until.is_(None), posted.c.leased_until <= now)
        chosen = (
            select(posted.c.id.label("posted_id"), posted.c.fact, posted.c.message_id, subscriptions)
            .join(subscriptions)
            .where(_reachable(fact, meaning), free)
            .order_by(posted.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True, of=posted)
        )
        async with self._database.writing() as writing:
            rows = (await writing.execute(chosen)).all()
            ids = [row.posted_id for row in rows]
            await writing.execute(update(posted).where(posted.c.id.in_(ids)).values(leased_until=until))
        return [
            PostedFact(row.posted_id, row.fact, row.message_id or None, queries.subscription_of(row)) for row in rows
        ]

    async def waiting(self, fact: str, meaning: str) -> bool:
        """Whether any post of that meaning is left, leased or not."""
        found = exists().where(_reachable(fact, meaning), posted.c.subscription_id == subscriptions.c.id)
        async with self._database.reading() as reading:
            return bool((await reading.execute(select(found))).scalar())

    async def corrected(self, post: PostedFact, content: str) -> None:
        """Keep what its chat has been told now."""
        async with self._database.writing() as writing:
            mine, meaning = posted.c.id == post.id, await _keep(writing, content)
            await writing.execute(update(posted).where(mine).values(meaning=meaning, leased_until=None))


def _reachable(fact: str, meaning: str) -> ColumnElement[bool]:
    return and_(posted.c.fact == fact, posted.c.meaning == meaning, subscriptions.c.suspended.is_(None))
