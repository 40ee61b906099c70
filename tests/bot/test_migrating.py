"""A database made at once is the one that all migrations make, and none is ever made twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, select, text

from bot.storage.database import Database
from bot.storage.migrating import MIGRATIONS, migrate, upgrade
from bot.storage.schema import HEAD, metadata, versions

if TYPE_CHECKING:
    from sqlalchemy import Connection


def differences(connection: Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata))


def constraints(connection: Connection) -> dict[str, object]:
    """What compare_metadata leaves out: the names of keys, and what stands in the tables from the start."""
    seen = inspect(connection)
    named: dict[str, object] = {
        table: (
            seen.get_pk_constraint(table)["name"],
            sorted(str(key["name"]) for key in seen.get_foreign_keys(table)),
            sorted(str(key["name"]) for key in seen.get_unique_constraints(table)),
            sorted(str(key["name"]) for key in seen.get_indexes(table)),
        )
        for table in sorted(metadata.tables)
    }
    return named | {"rows": [tuple(row) for row in connection.execute(select(versions))]}


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


def test_head_is_the_newest_migration() -> None:
    assert ScriptDirectory(str(MIGRATIONS)).get_current_head() == HEAD
