"""A database made at once is the one that all migrations make, and none is ever made twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, select, text

from bot.storage.acts import StoredActs
from bot.storage.database import Database
from bot.storage.migrating import MIGRATIONS, migrate, upgrade
from bot.storage.preferences import ChatKeys
from bot.storage.schema import HEAD, metadata, versions

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection


def differences(connection: Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata))


INDEXES = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL",
    "postgresql": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"
    " AND tablename <> 'alembic_version'",
}


def constraints(connection: Connection) -> dict[str, object]:
    """What compare_metadata leaves out: names of keys, what indexes hold, and what stands in tables from the start."""
    seen = inspect(connection)
    named: dict[str, object] = {
        table: (
            seen.get_pk_constraint(table)["name"],
            sorted(str(key["name"]) for key in seen.get_foreign_keys(table)),
            sorted(str(key["name"]) for key in seen.get_unique_constraints(table)),
        )
        for table in sorted(metadata.tables)
    }
    indexes = connection.execute(text(INDEXES[connection.dialect.name]))
    return named | {
        "rows": [tuple(row) for row in connection.execute(select(versions))],
        "indexes": {name: " ".join(made.split()) for name, made in indexes},
    }


async def test_all_migrations_together_make_what_a_first_start_makes_at_once(database_url: str) -> None:
    database = await Database.open(database_url)
    async with database.writing() as writing:
        await writing.run_sync(upgrade)
    async with database.reading() as reading:
        assert await reading.run_sync(differences) == []
        by_migrations = await reading.run_sync(constraints)
    async with database.writing() as writing:
        for table in [*reversed(metadata.sorted_tables), "alembic_version"]:
            await writing.execute(text(f"DROP TABLE {table}"))
    assert await migrate(database) is True
    async with database.reading() as reading:
        assert await reading.run_sync(differences) == []
        assert await reading.run_sync(constraints) == by_migrations
    assert await migrate(database) is False
    await database.close()


def to(revision: str) -> Callable[[Connection], None]:
    def upgraded(connection: Connection) -> None:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, revision)

    return upgraded


async def test_what_was_done_before_acts_were_kept_by_hash_is_kept_without_an_id(database_url: str) -> None:
    database = await Database.open(database_url)
    row = "INSERT INTO acts (at, person, name, act, detail) VALUES ('2026-03-02 01:00:00+00:00', 1003, 'Lin', {})"
    async with database.writing() as writing:
        await writing.run_sync(to("0007"))
        for values in ("'upload', 'facts/a.yaml'", "'serve', '2'"):
            await writing.execute(text(row.format(values)))
    assert await migrate(database) is True
    acts = StoredActs(database, ChatKeys(b"k"))
    assert [(act.kind, act.detail, act.name) for act in await acts.last(5)] == [
        ("serve", "2", "Lin"), ("review", "upload facts/a.yaml", "Lin"),
    ]  # fmt: skip
    async with database.reading() as reading:
        assert not any("1003" in str(each) for each in await reading.execute(text("SELECT * FROM acts")))
    await database.close()


def test_head_is_the_newest_migration() -> None:
    assert ScriptDirectory(str(MIGRATIONS)).get_current_head() == HEAD
