"""One suite over every database."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import event, select, text

from bot import processes
from bot.storage.database import Database, DatabaseError
from bot.storage.deliveries import StoredDeliveries
from bot.storage.migrating import MIGRATIONS, migrate
from bot.storage.plans import Due, Plan
from bot.storage.preferences import ChatKeys, StoredPreferences
from bot.storage.schema import HEAD, metadata
from bot.storage.subscriptions import StoredSubscriptions
from handlers.ports import Chat, Subscription

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
WEEK = timedelta(weeks=1)
TOM = Chat(1001, "private")
GROUP = Chat(-1001, "supergroup")
KEYS = ChatKeys(b"a key of this test")
DIGEST = Subscription(-1001, None, frozenset({0}), 9, "Asia/Shanghai", "zh", NOW)


def planned(due: Due) -> Plan:
    at = due.next_due_at
    return Plan(at + WEEK, at, at.date(), 540)


async def everything(database: Database) -> str:
    async with database.reading() as reading:
        return "\n".join([str((await reading.execute(select(table))).all()) for table in metadata.sorted_tables])


async def test_the_migrations_make_the_tables_of_the_schema(database: Database) -> None:
    def differences(connection: object) -> list[object]:
        context = MigrationContext.configure(connection, opts={"compare_type": True})  # type: ignore[arg-type]
        return list(compare_metadata(context, metadata))

    async with database.reading() as reading:
        assert await reading.run_sync(differences) == []
    assert ScriptDirectory(str(MIGRATIONS)).get_current_head() == HEAD
    assert await migrate(database) is False


async def test_two_copies_may_migrate_at_once(database_url: str) -> None:
    copies = [await Database.open(database_url), await Database.open(database_url)]
    assert any(await asyncio.gather(*map(migrate, copies)))
    for copy in copies:
        await StoredSubscriptions(copy, KEYS).save(DIGEST)
        await copy.close()


async def test_a_database_of_a_newer_version_is_refused(database: Database) -> None:
    async with database.writing() as writing:
        await writing.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseError, match="another version"):
        await migrate(database)


async def test_what_cannot_be_opened_is_told_in_one_line_without_the_password(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DatabaseError) as in_a_file:
        await Database.open(f"sqlite+aiosqlite:///{tmp_path}/file/bot.db")
    with pytest.raises(DatabaseError) as is_a_folder:
        await Database.open(f"sqlite+aiosqlite:///{tmp_path}")
    with pytest.raises(DatabaseError) as no_name:
        await Database.open(f"sqlite+aiosqlite:///{tmp_path}/a%00b.db")
    with pytest.raises(DatabaseError) as nobody_there:
        await Database.open("postgresql+asyncpg://me:hunter2@127.0.0.1:1/none")
    with pytest.raises(DatabaseError) as no_port:
        await Database.open("postgresql+asyncpg://me:hunter2@127.0.0.1:99999/none")
    with pytest.raises(DatabaseError, match="sslmode") as no_option:
        await Database.open("postgresql+asyncpg://me:hunter2@127.0.0.1:1/none?sslmode=require")
    for error in (in_a_file, is_a_folder, no_name, nobody_there, no_port, no_option):
        assert "\n" not in str(error.value)
        assert "hunter2" not in str(error.value)


async def test_a_database_that_can_only_be_read_is_told_at_the_start(database_url: str) -> None:
    first = await Database.open(database_url)
    await migrate(first)
    if first.dialect == "postgresql":
        async with first.writing() as writing:
            name = database_url.rpartition("/")[2]
            await writing.execute(text(f"ALTER DATABASE {name} SET default_transaction_read_only = on"))
    await first.close()
    again = await Database.open(database_url)
    if again.dialect == "sqlite":  # as its file's rights would have it, which root need not heed
        event.listen(again._engine.sync_engine, "connect", lambda new, _: new.execute("PRAGMA query_only = ON"))
        await again._engine.dispose()
    with pytest.raises(DatabaseError, match=r"cannot be written to: .*read-?only"):
        await migrate(again)
    await again.close()


async def test_a_language_is_kept_for_a_chat_and_forgotten_on_request(database: Database) -> None:
    preferences = StoredPreferences(database, KEYS)
    assert await preferences.language(TOM) is None
    await preferences.choose_language(TOM, "zh")
    await preferences.choose_language(GROUP, "en")
    await preferences.choose_language(TOM, "en")
    again = StoredPreferences(database, KEYS)
    assert (await again.language(TOM), await again.language(GROUP)) == ("en", "en")
    assert await preferences.forget(TOM) is True
    assert await preferences.forget(TOM) is False
    assert await StoredPreferences(database, KEYS).language(TOM) is None
    await preferences.choose_language(GROUP, None)
    assert await preferences.language(GROUP) is None


async def test_people_are_kept_by_a_keyed_hash_only(database: Database) -> None:
    await StoredPreferences(database, KEYS).choose_language(TOM, "zh")
    await StoredPreferences(database, ChatKeys(b"another key")).choose_language(TOM, "en")
    assert "1001" not in await everything(database)
    assert await StoredPreferences(database, KEYS).language(TOM) == "zh"


async def test_another_copys_change_is_seen_after_a_refresh(database: Database) -> None:
    here, there = StoredPreferences(database, KEYS), StoredPreferences(database, KEYS)
    await here.refresh()
    assert await here.language(TOM) is None
    await there.choose_language(TOM, "zh")
    assert await here.language(TOM) is None
    await here.refresh()
    assert await here.language(TOM) == "zh"


async def test_a_chat_that_chose_nothing_is_known_without_asking_the_database(database: Database) -> None:
    here, there = StoredPreferences(database, KEYS), StoredPreferences(database, KEYS)
    await there.choose_language(GROUP, "zh")
    await here.refresh()
    await there.choose_language(TOM, "en")
    assert await here.language(TOM) is None
    assert await here.language(GROUP) == "zh"
    await here.refresh()
    assert await here.language(TOM) == "en"


async def test_of_a_large_table_each_chat_is_asked_for(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.storage.preferences.WHOLE", 1)
    here, there = StoredPreferences(database, KEYS), StoredPreferences(database, KEYS)
    await there.choose_language(GROUP, "zh")
    await here.refresh()
    await there.choose_language(TOM, "en")
    await here.refresh()
    assert (await here.language(TOM), await here.language(GROUP)) == ("en", "zh")


async def test_a_change_of_ones_own_does_not_hide_another_copys(database: Database) -> None:
    here, there = StoredPreferences(database, KEYS), StoredPreferences(database, KEYS)
    await here.refresh()
    await there.choose_language(GROUP, "zh")
    await here.choose_language(TOM, "en")
    await here.refresh()
    assert (await here.language(TOM), await here.language(GROUP)) == ("en", "zh")


async def test_the_cache_is_bounded(database: Database) -> None:
    preferences = StoredPreferences(database, KEYS, kept=10)
    for number in range(30):
        await preferences.language(Chat(2000 + number, "private"))
    assert len(preferences._cache) == 10


async def test_a_subscription_is_saved_changed_and_removed(database: Database) -> None:
    subscriptions = StoredSubscriptions(database, KEYS)
    await subscriptions.save(DIGEST)
    await subscriptions.save(replace(DIGEST, thread=7, hour=20))
    await subscriptions.save(replace(DIGEST, weekdays=frozenset(range(7))))
    assert await subscriptions.get(-1001, None) == replace(DIGEST, weekdays=frozenset(range(7)))
    assert await subscriptions.get(-1001, 7) == replace(DIGEST, thread=7, hour=20)
    assert await subscriptions.remove(-1001, 7) is True
    assert await subscriptions.remove(-1001, 7) is False
    assert await subscriptions.get(-1001, None) is not None


async def test_a_lost_chat_is_suspended_with_its_settings_and_resumed(database: Database) -> None:
    subscriptions, deliveries = StoredSubscriptions(database, KEYS), StoredDeliveries(database, "me")
    await subscriptions.save(DIGEST)
    await deliveries.plan(NOW, 100, planned)
    await subscriptions.suspend(-1001, "Forbidden: bot was kicked")
    assert await deliveries.claim(NOW) is None
    suspended = replace(DIGEST, next_due_at=None, suspended="Forbidden: bot was kicked")
    assert await subscriptions.get(-1001, None) == suspended
    assert await subscriptions.suspended(-1001) == [suspended]
    await subscriptions.resume(-1001, None, NOW + WEEK)
    assert await subscriptions.suspended(-1001) == []
    assert await subscriptions.get(-1001, None) == replace(DIGEST, next_due_at=NOW + WEEK)


async def test_a_series_that_ended_does_not_come_back_with_the_chat(database: Database) -> None:
    subscriptions = StoredSubscriptions(database, KEYS)
    await subscriptions.save(DIGEST)
    await subscriptions.end(-1001, None)
    await subscriptions.suspend(-1001, "left")
    assert await subscriptions.suspended(-1001) == []


async def test_a_group_that_became_a_supergroup_keeps_everything_under_its_new_id(database: Database) -> None:
    subscriptions, preferences = StoredSubscriptions(database, KEYS), StoredPreferences(database, KEYS)
    deliveries = StoredDeliveries(database, "me")
    old, new = Chat(-55, "group"), Chat(-100_55, "supergroup")
    await subscriptions.save(replace(DIGEST, chat_id=-55))
    await preferences.choose_language(old, "zh")
    await deliveries.plan(NOW, 100, planned)
    for _ in range(2):
        await subscriptions.migrate(-55, -100_55)
    await preferences.refresh()
    assert (await preferences.language(old), await preferences.language(new)) == (None, "zh")
    assert await subscriptions.get(-55, None) is None
    delivery = await deliveries.claim(NOW)
    assert delivery is not None
    assert delivery.subscription.chat_id == -100_55


async def test_what_already_stands_under_a_new_id_wins(database: Database) -> None:
    subscriptions, preferences = StoredSubscriptions(database, KEYS), StoredPreferences(database, KEYS)
    await subscriptions.save(replace(DIGEST, chat_id=-55))
    await subscriptions.save(replace(DIGEST, chat_id=-100_55, hour=20))
    await preferences.choose_language(Chat(-55, "group"), "zh")
    await preferences.choose_language(Chat(-100_55, "supergroup"), "en")
    await subscriptions.migrate(-55, -100_55)
    kept = await subscriptions.get(-100_55, None)
    assert kept is not None
    assert kept.hour == 20
    assert await StoredPreferences(database, KEYS).language(Chat(-100_55, "supergroup")) == "en"


async def test_writers_side_by_side_wait_for_each_other(database: Database) -> None:
    preferences, subscriptions = StoredPreferences(database, KEYS), StoredSubscriptions(database, KEYS)
    await asyncio.gather(
        *(preferences.choose_language(Chat(3000 + number, "private"), "zh") for number in range(50)),
        *(subscriptions.save(replace(DIGEST, chat_id=-3000 - number)) for number in range(50)),
        *(subscriptions.get(-3000 - number, None) for number in range(50)),
    )
    languages = [await preferences.language(Chat(3000 + number, "private")) for number in range(50)]
    assert languages == ["zh"] * 50


async def test_sqlite_is_set_to_lose_nothing(tmp_path: Path) -> None:
    database = await Database.open(f"sqlite+aiosqlite:///{tmp_path / 'bot.db'}")
    async with database.reading() as reading:
        values = [
            (await reading.execute(text(f"PRAGMA {name}"))).scalar()
            for name in ("journal_mode", "synchronous", "busy_timeout", "foreign_keys")
        ]
    await database.close()
    assert values == ["wal", 2, 5000, 1]


async def test_of_the_databases_only_the_one_in_use_is_loaded() -> None:
    program = "import sys, bot.app; print([name for name in sys.modules if name == 'sqlalchemy.dialects.postgresql'])"
    done = await processes.run((sys.executable, "-c", program), b"", 60)
    assert done.output.strip() == b"[]", done.complaint
