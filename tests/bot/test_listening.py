"""Which groups are listened to is kept, shared with other copies, and moves along with a group."""

from __future__ import annotations

from bot.storage.database import Database
from bot.storage.listening import StoredListening
from bot.storage.migrating import migrate


async def test_a_choice_is_kept_and_seen_by_another_copy_and_moves_with_its_group(database_url: str) -> None:
    database = await Database.open(database_url)
    try:
        await migrate(database)
        one, other = StoredListening(database), StoredListening(database)
        for _ in range(2):  # turning it on twice is turning it on
            await one.turn(-5, on=True)
        assert one.on(-5)
        assert not other.on(-5)
        await other.refresh()
        assert other.on(-5)
        await other.moved(-5, -1005)
        await other.moved(-6, -1006)
        await one.refresh()
        assert [one.on(chat) for chat in (-5, -1005, -1006)] == [False, True, False]
        await one.turn(-1005, on=False)
        await other.refresh()
        assert not other.on(-1005)
    finally:
        await database.close()
