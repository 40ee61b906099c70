"""What stands in the chats of the series that run there."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, Text, and_, bindparam, delete, exists, or_, select, text, update

from bot.storage import queries
from bot.storage.schema import Instant, posted, subscriptions, told

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.ext.asyncio import AsyncConnection

    from bot.storage.database import Database
    from handlers.ports import Subscription
    from handlers.reply import Text as Post


# All of `remember`, and that a delivery was sent, in one statement of PostgreSQL: until that is done, a crash posts the
# digest once more, and each question and answer in between makes that likelier. Only where no new round begins.
_SENT = text(
    """
    WITH marked AS (
        UPDATE deliveries
        SET state = 'sent', message_id = :message_id, sent_at = :sent_at,
            next_at = NULL, owner = NULL, lease_until = NULL
        WHERE id = :delivery
        RETURNING subscription_id
    ), facts AS (
        SELECT * FROM jsonb_to_recordset(CAST(:facts AS jsonb))
        AS facts (place integer, fact text, fingerprint text, content text)
    ), kept AS (
        INSERT INTO told (fingerprint, content) SELECT fingerprint, content FROM facts ON CONFLICT DO NOTHING
    )
    INSERT INTO posted (subscription_id, fact, meaning, message_id)
    SELECT subscription_id, fact, fingerprint, :message_id FROM marked, facts ORDER BY place
    ON CONFLICT (subscription_id, fact) DO UPDATE SET meaning = excluded.meaning, message_id = excluded.message_id
    """
).bindparams(
    bindparam("delivery", type_=BigInteger()),
    bindparam("message_id", type_=BigInteger()),
    bindparam("sent_at", type_=Instant()),
    bindparam("facts", type_=Text()),
)


async def sent_at_once(once: AsyncConnection, delivery: int, post: Post, message_id: int, now: datetime) -> None:
    """Keep what a digest posted, and that its delivery was sent; nothing, where the delivery is gone."""
    rows = [
        {"place": place, "fact": fact, "fingerprint": _fingerprint(content), "content": content}
        for place, (fact, content) in enumerate(dict(post.facts).items())
    ]
    values = {"delivery": delivery, "message_id": message_id, "sent_at": now, "facts": json.dumps(rows)}
    await once.execute(_SENT, values)


async def remember(writing: AsyncConnection, subscription_id: int, post: Post, message_id: int) -> None:
    """Keep what a digest posted, in the transaction that marks it sent; a new round forgets the one before."""
    if post.anew:
        await writing.execute(delete(posted).where(posted.c.subscription_id == subscription_id))
    if not post.facts:
        return
    await _keep(writing, *(content for _, content in post.facts))
    rows = [
        {"subscription_id": subscription_id, "fact": fact, "meaning": _fingerprint(content), "message_id": message_id}
        for fact, content in post.facts
    ]
    insert = queries.insert_into(writing.dialect.name, posted)
    changed = {name: insert.excluded[name] for name in ("meaning", "message_id")}
    key = ("subscription_id", "fact")
    await writing.execute(insert.on_conflict_do_update(index_elements=key, set_=changed), rows)


async def _keep(writing: AsyncConnection, *contents: str) -> None:
    """Keep what posts told."""
    rows = [{"fingerprint": _fingerprint(content), "content": content} for content in contents]
    await writing.execute(queries.insert_into(writing.dialect.name, told).on_conflict_do_nothing(), rows)


def _fingerprint(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()[:32]


async def prune_told(database: Database) -> None:
    """Forget what posts told where none is left that told it."""
    unused = told.c.fingerprint.not_in(select(posted.c.meaning))
    async with database.reading() as reading:
        if (await reading.execute(select(told.c.fingerprint).where(unused).limit(1))).first() is None:
            return
    async with database.writing() as writing:
        if writing.dialect.name != "sqlite":
            # Who keeps what a post told has this lock until the post is kept, too: none is forgotten in between.
            await writing.execute(text("LOCK TABLE told IN SHARE ROW EXCLUSIVE MODE"))
        await writing.execute(delete(told).where(unused))


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
            await _keep(writing, content)
            await writing.execute(update(posted).where(unknown).values(meaning=_fingerprint(content)))

    async def lease(self, fact: str, meaning: str, now: datetime, until: datetime) -> PostedFact | None:
        """Return a post of a fact with that meaning, which nobody else gets before `until`; None if none is free."""
        free = or_(posted.c.leased_until.is_(None), posted.c.leased_until <= now)
        chosen = (
            select(posted.c.id.label("posted_id"), posted.c.fact, posted.c.message_id, subscriptions)
            .join(subscriptions)
            .where(_reachable(fact, meaning), free)
            .order_by(posted.c.id)
            .limit(1)
            .with_for_update(skip_locked=True, of=posted)
        )
        async with self._database.writing() as writing:
            row = (await writing.execute(chosen)).first()
            if row is None:
                return None
            await writing.execute(update(posted).where(posted.c.id == row.posted_id).values(leased_until=until))
        return PostedFact(row.posted_id, row.fact, row.message_id or None, queries.subscription_of(row))

    async def waiting(self, fact: str, meaning: str) -> bool:
        """Whether any post of that meaning is left, leased or not."""
        found = exists().where(_reachable(fact, meaning), posted.c.subscription_id == subscriptions.c.id)
        async with self._database.reading() as reading:
            return bool((await reading.execute(select(found))).scalar())

    async def corrected(self, post: PostedFact, content: str) -> None:
        """Keep what its chat has been told now."""
        async with self._database.writing() as writing:
            await _keep(writing, content)
            now = {"meaning": _fingerprint(content), "leased_until": None}
            await writing.execute(update(posted).where(posted.c.id == post.id).values(now))


def _reachable(fact: str, meaning: str) -> ColumnElement[bool]:
    return and_(posted.c.fact == fact, posted.c.meaning == meaning, subscriptions.c.suspended.is_(None))
