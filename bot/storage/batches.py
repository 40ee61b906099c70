"""A batch of rows in one go, by what each database is fast at: arrays on PostgreSQL, row by row in SQLite.

On PostgreSQL a statement for each row costs its way there and back, and a list of ids in a condition is answered by
reading the whole table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, column, func, literal, select, update
from sqlalchemy.dialects import postgresql

from bot.storage.queries import INSERT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import FromClause, Table
    from sqlalchemy.ext.asyncio import AsyncConnection

    Rows = Sequence[Mapping[str, Any]]

_KEY = "id"


async def add(
    writing: AsyncConnection, table: Table, rows: Rows, alike: Mapping[str, Any], unless: tuple[str, ...]
) -> None:
    """Insert rows that have the columns of `alike` in common, save those whose `unless` columns stand there already."""
    if not rows:
        return
    statement = INSERT[writing.dialect.name](table).on_conflict_do_nothing(index_elements=unless)
    if writing.dialect.name == "sqlite":
        given: dict[str, Any] = {name: bindparam(name) for name in rows[0]}
        await writing.execute(statement.values({**given, **alike}), rows)
        return
    constants = [literal(value, table.c[name].type) for name, value in alike.items()]
    chosen = select(_arrays(table, rows), *constants)
    await writing.execute(statement.from_select([*rows[0], *alike], chosen))


async def change(writing: AsyncConnection, table: Table, rows: Rows) -> None:
    """Give the rows with these ids their other values."""
    if not rows:
        return
    names = [name for name in rows[0] if name != _KEY]
    if writing.dialect.name == "sqlite":
        # SQLAlchemy keeps the columns' own names for the values that are set.
        statement = update(table).where(table.c.id == bindparam("of")).values({name: bindparam(name) for name in names})
        await writing.execute(statement, [{"of": row[_KEY], **{name: row[name] for name in names}} for row in rows])
        return
    given = _arrays(table, rows)
    values = {name: given.c[name] for name in names}
    await writing.execute(update(table).where(table.c.id == given.c.id).values(values))


def _arrays(table: Table, rows: Rows) -> FromClause:
    columns = [table.c[name] for name in rows[0]]
    arrays = [bindparam(None, [row[c.name] for row in rows], postgresql.ARRAY(c.type)) for c in columns]
    return func.unnest(*arrays).table_valued(*(column(c.name, c.type) for c in columns)).render_derived(name="given")
