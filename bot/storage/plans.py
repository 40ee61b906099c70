"""What becomes of subscriptions that are due, for thousands at once.

Python says it once for all that are alike, and the database does the rest: of the rows only their ids come here and
go back, a whole kind's in one value.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import (
    JSON,
    BigInteger,
    Integer,
    String,
    Text,
    cast,
    column,
    func,
    literal,
    select,
    text,
    type_coerce,
    update,
)

from bot.storage import outbox
from bot.storage.queries import insert_into
from bot.storage.schema import deliveries, subscriptions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date, datetime

    from sqlalchemy import CTE, Dialect, Insert, Select, TextClause, Update
    from sqlalchemy.types import TypeEngine


class Due(NamedTuple):
    """All that a subscription's plan depends on, as its row has it: `weekdays` are digits, 0 is Monday."""

    weekdays: str
    hour: int
    zone: str
    catch_up: str
    next_due_at: datetime


@dataclass(frozen=True, slots=True)
class Plan:
    """What becomes of a due subscription. `due_at` None: it is too late for any post, only the schedule goes on.

    `local_date` and `slot` (minutes after midnight) are nominal: what the wall shows where no clock is ever changed.
    `next_due_at` None: no further one can be told; `problem` says why.
    """

    next_due_at: datetime | None
    due_at: datetime | None = None
    local_date: date | None = None
    slot: int = 0
    problem: str | None = None


_PLANNED: dict[str, TypeEngine[Any]] = {
    "following": subscriptions.c.next_due_at.type,
    "due_at": deliveries.c.due_at.type,
    "local_date": deliveries.c.local_date.type,
    "slot": Integer(),
    "problem": String(),
}
_WALKING = text(
    "SELECT "
    + ", ".join(f"set_config('enable_{way}', 'off', true)" for way in ("hashjoin", "mergejoin", "sort", "memoize"))
)
_encode = json.JSONEncoder(default=str).encode


@dataclass(frozen=True, slots=True)
class _Words:
    """What JSON is called in a database. `array` collects values, `each` tells them one by one."""

    array: Callable[[Any], Any]
    each: Callable[[Any], Any]


def _elements(array: Any) -> Any:
    from sqlalchemy.dialects.postgresql import JSONB  # noqa: PLC0415 - as in `insert_into`

    return func.jsonb_array_elements(cast(array, JSONB))


_WORDS = {
    "sqlite": _Words(func.json_group_array, func.json_each),
    "postgresql": _Words(func.json_agg, _elements),
}


def walking(dialect: Dialect) -> TextClause | None:
    """Say, for this transaction, that rows are to be found by their indexes; None where nothing need be said.

    PostgreSQL knows little of a table that was just filled, and sorts and hashes all of it for every batch.
    """
    return _WALKING if dialect.name == "postgresql" else None


def kinds(dialect: Dialect, now: datetime, limit: int) -> Select[Any]:
    """Select what the first `limit` due subscriptions are like, each kind once, with their ids in JSON.

    Rows that other copies plan are passed over, and no other copy gets these.
    """
    first = (
        select(subscriptions.c.id, *(subscriptions.c[name] for name in Due._fields))
        .where(subscriptions.c.next_due_at <= now)
        .order_by(subscriptions.c.next_due_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
        .subquery("first")
    )
    alike = [first.c[name] for name in Due._fields]
    return select(cast(_WORDS[dialect.name].array(first.c.id), Text), *alike).group_by(*alike)


def told(dialect: Dialect, ids: str, plan: Plan) -> str:
    """Return, as `moves` takes it, what becomes of these (JSON): JSON, each value as this database keeps it."""
    return f"[{ids},{_kept(dialect, plan)}]"


@lru_cache(maxsize=4096)  # kinds differ in more than what becomes of them
def _kept(dialect: Dialect, plan: Plan) -> str:
    values = (plan.next_due_at, plan.due_at, plan.local_date, plan.slot, plan.problem)
    kept = [keep(value) if keep else value for keep, value in zip(_keepers(dialect), values, strict=True)]
    return _encode(kept)[1:-1]


def moves(dialect: Dialect, planned: Iterable[str]) -> tuple[Insert, Update]:
    """Put the posts into the outbox, and move the subscriptions on; the second one's row count is how many."""
    words = _WORDS[dialect.name]
    plan = _table(dialect, f"[{','.join(planned)}]")
    ids = words.each(plan.c.ids).table_valued(column("value"), joins_implicitly=True)
    columns = (plan.c[name] for name in _PLANNED)
    chosen = select(cast(ids.c.value, BigInteger).label("id"), *columns).select_from(plan, ids).subquery("chosen")
    post = {
        "subscription_id": chosen.c.id,
        "local_date": chosen.c.local_date,
        "slot": chosen.c.slot,
        "due_at": chosen.c.due_at,
        "next_at": chosen.c.due_at,
        **{name: literal(value, deliveries.c[name].type) for name, value in outbox.PENDING.items()},
    }
    posts = select(*post.values()).where(chosen.c.due_at.is_not(None))
    made = insert_into(dialect.name, deliveries).from_select(list(post), posts)
    moved = (
        update(subscriptions)
        .where(subscriptions.c.id == chosen.c.id)
        .values(next_due_at=chosen.c.following, suspended=chosen.c.problem)
    )
    return made.on_conflict_do_nothing(index_elements=outbox.NOMINAL_KEY), moved


def _table(dialect: Dialect, rows: str) -> CTE:
    """Rows of ours as a table, in a single value: to hand over many takes the drivers too long."""
    each = _WORDS[dialect.name].each(literal(rows, Text())).table_valued(column("value", JSON()))
    parts = [
        type_coerce(cast(each.c.value[place].as_string(), _kept_as(dialect, kind)), kind).label(name)
        for place, (name, kind) in enumerate(_PLANNED.items(), 1)
    ]
    # Each row is taken apart once, not for each of its ids. Not at the top: there SQLite's driver counts no rows.
    return select(each.c.value[0].as_json().label("ids"), *parts).cte("plan", nesting=True).prefix_with("MATERIALIZED")


def _kept_as(dialect: Dialect, kind: TypeEngine[Any]) -> TypeEngine[Any]:
    """SQLite has no type of its own for times: SQLAlchemy keeps them as text."""
    return kind if dialect.name != "sqlite" or isinstance(kind, Integer) else Text()


@cache
def _keepers(dialect: Dialect) -> list[Callable[[Any], Any] | None]:
    return [kind.dialect_impl(dialect).bind_processor(dialect) for kind in _PLANNED.values()]
