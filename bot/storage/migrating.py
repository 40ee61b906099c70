"""Brings a database up to date. Alembic is imported only where there is something to do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Column, MetaData, String, Table, insert, inspect, select, text, update
from sqlalchemy.exc import SQLAlchemyError

from bot.storage.database import DatabaseError, reason
from bot.storage.preferences import VERSION as LANGUAGES
from bot.storage.schema import HEAD, metadata, versions

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from bot.storage.database import Database

MIGRATIONS = Path(__file__).parent / "migrations"
# Any number will do, as long as every running copy uses the same: they wait for each other.
_LOCK = 7_426_001
# Alembic's own table, by its own name.
_STAMP = Table("alembic_version", MetaData(), Column("version_num", String(32), primary_key=True))


async def migrate(database: Database) -> bool:
    """Apply what is missing in one transaction; return whether there was anything.

    Raises DatabaseError, also where nothing is missing and the database cannot be written to.
    """
    try:
        async with database.reading() as reading:
            current = await reading.run_sync(version) == HEAD
        if not current:
            async with database.writing() as writing:
                await writing.run_sync(_bring_up)
    except SQLAlchemyError as error:
        raise DatabaseError(f"the database cannot be brought up to date: {reason(error)}") from error
    if current:
        await try_writing(database)
    return not current


async def try_writing(database: Database) -> None:
    """Write what stands there already, and take it back. Raises DatabaseError if that cannot be done."""
    try:
        async with database.writing() as writing:
            await writing.execute(update(_STAMP).values(version_num=_STAMP.c.version_num))
            await writing.rollback()
    except SQLAlchemyError as error:
        raise DatabaseError(f"the database cannot be written to: {reason(error)}") from error


def version(connection: Connection) -> str | None:
    """Return the newest migration that a database has had, None for one that has had none."""
    if not inspect(connection).has_table(_STAMP.name):
        return None
    return connection.execute(select(_STAMP.c.version_num)).scalar()


def _bring_up(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    if inspect(connection).get_table_names():
        upgrade(connection)
    else:
        _create(connection)


def _create(connection: Connection) -> None:
    """Make an empty database at once, as all migrations together would: a first start needs no alembic for it."""
    metadata.create_all(connection)
    _STAMP.metadata.create_all(connection)
    connection.execute(insert(versions).values(name=LANGUAGES, number=0))
    connection.execute(insert(_STAMP).values(version_num=HEAD))


def upgrade(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415 - 10 MB and 0.3 s, only needed here
    from alembic.config import Config  # noqa: PLC0415 - as above
    from alembic.util import CommandError  # noqa: PLC0415 - as above

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise DatabaseError(f"the database was made by another version of the bot: {error}") from error
