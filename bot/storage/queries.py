"""Every statement that is more than one obvious line, by name. Nothing here runs them."""

from __future__ import annotations

from dataclasses import fields
from importlib import import_module
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, delete, exists, select, update

from bot.storage.schema import languages, posted, subscriptions, versions
from handlers.ports import Subscription

if TYPE_CHECKING:
    from sqlalchemy import Delete, Insert, Row, Select, Table
    from sqlalchemy.sql.dml import ReturningUpdate


def insert_into(dialect: str, table: Table) -> Any:
    """Begin an INSERT that knows ON CONFLICT: both databases have it in the same words, and SQLAlchemy apart.

    Only the one that is used is loaded: PostgreSQL's takes 2 MB and a tenth of a second.
    """
    return import_module(f"sqlalchemy.dialects.{dialect}").insert(table)


def upsert(dialect: str, table: Table, key: tuple[str, ...], values: dict[str, Any]) -> Insert:
    """Insert a row, or give the one with the same key these values."""
    changed = {name: value for name, value in values.items() if name not in key}
    statement: Insert = (
        insert_into(dialect, table).values(values).on_conflict_do_update(index_elements=key, set_=changed)
    )
    return statement


def count_change(name: str) -> ReturningUpdate[Any]:
    """Tell other running copies that what they cache under `name` is out of date; return the new number."""
    row = versions.c.name == name
    return update(versions).where(row).values(number=versions.c.number + 1).returning(versions.c.number)


def of_chat(chat_id: int, thread: int | None) -> Any:
    """Condition: the one subscription of a chat and thread."""
    return and_(subscriptions.c.chat_id == chat_id, subscriptions.c.thread == (thread or 0))


def posted_facts(chat_id: int, thread: int | None) -> Select[Any]:
    """Facts posted to a chat and thread in this round of the series, oldest first."""
    return select(posted.c.fact).join(subscriptions).where(of_chat(chat_id, thread)).order_by(posted.c.id)


def drop_doubles(old: int, new: int) -> tuple[Delete, Delete]:
    """Before a group's id changes: what already stands under the new one goes before what stands under the old."""
    newer = subscriptions.alias()
    same = exists().where(newer.c.chat_id == new, newer.c.thread == subscriptions.c.thread)
    chosen = languages.alias()
    return (
        delete(subscriptions).where(subscriptions.c.chat_id == old, same),
        delete(languages).where(languages.c.chat == str(old), exists().where(chosen.c.chat == str(new))),
    )


def subscription_of(row: Row[Any]) -> Subscription:
    """Read the columns of a subscription's row."""
    values = {field.name: getattr(row, field.name) for field in fields(Subscription)}
    values["thread"] = row.thread or None
    values["weekdays"] = frozenset(map(int, row.weekdays))
    values["topics"] = frozenset(filter(None, row.topics.split(",")))
    return Subscription(**values)


def row_of(subscription: Subscription) -> dict[str, Any]:
    """Return the columns of a subscription that is saved: it is no longer suspended."""
    values = {field.name: getattr(subscription, field.name) for field in fields(Subscription)}
    values["thread"] = subscription.thread or 0
    values["weekdays"] = "".join(map(str, sorted(subscription.weekdays)))
    values["topics"] = ",".join(sorted(subscription.topics))
    values["suspended"] = None
    return values
