"""What stands in the chats of the series that run there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete

from bot.storage import queries
from bot.storage.schema import posted

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

    from handlers.reply import Text


async def remember(writing: AsyncConnection, subscription_id: int, text: Text, message_id: int) -> None:
    """Keep what a digest posted, in the transaction that marks it sent; a new round forgets the one before."""
    if text.anew:
        await writing.execute(delete(posted).where(posted.c.subscription_id == subscription_id))
    for fact, meaning in text.facts:
        values = {"subscription_id": subscription_id, "fact": fact, "meaning": meaning, "message_id": message_id}
        await writing.execute(queries.upsert(writing.dialect.name, posted, ("subscription_id", "fact"), values))
