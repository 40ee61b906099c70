"""Messages about work under way, over every database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.storage.unfinished import Left, StoredUnfinished

if TYPE_CHECKING:
    from bot.storage.database import Database

LIN, FAR = 1003, 2**52


async def test_what_is_noted_is_there_until_it_is_dropped(database: Database) -> None:
    unfinished = StoredUnfinished(database)
    for left in (Left(LIN, 7, "<b>one</b>"), Left(FAR, 7, "别的"), Left(LIN, 7, "<b>anew</b>")):
        await unfinished.note(left)
    assert sorted(await unfinished.every()) == [Left(LIN, 7, "<b>anew</b>"), Left(FAR, 7, "别的")]
    await unfinished.drop(LIN, 7)
    await unfinished.drop(LIN, 7)
    assert await unfinished.every() == [Left(FAR, 7, "别的")]
