"""How often something went wrong, in one suite over every database."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import Engine, event, select, text
from sqlalchemy.exc import OperationalError
from telegram.error import BadRequest, NetworkError

from bot.storage.failures import StoredFailures
from bot.storage.schema import failures as table
from bot.telegram.errors import Journal
from handlers.stats import Failed
from tests.handlers.fakes import FakeClock

if TYPE_CHECKING:
    from bot.storage.database import Database
    from handlers.stats import FailedKind

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
TODAY, DAY = NOW.date(), timedelta(days=1)


def test_the_journal_counts_by_day_and_kind_and_nothing_else() -> None:
    clock = FakeClock(NOW)
    journal = Journal(clock)
    for error in (NetworkError("chat 1001"), NetworkError("again"), BadRequest("no"), KeyError("Tom"), _broken()):
        journal.failed("an update could not be answered", error, update=1001)
    clock.time += DAY
    journal.poll_failed(NetworkError("away"))
    assert journal.new == {
        (TODAY, "unreachable"): 2,
        (TODAY, "refused"): 1,
        (TODAY, "inside"): 1,
        (TODAY, "database"): 1,
        (TODAY + DAY, "unreachable"): 1,
    }


def _broken() -> OperationalError:
    return OperationalError("SELECT", {}, Exception("gone"))


async def test_what_copies_count_is_added_up_and_told_newest_first(database: Database) -> None:
    here: Counter[tuple[date, FailedKind]] = Counter({(TODAY, "inside"): 2, (TODAY - DAY, "database"): 5})
    there: Counter[tuple[date, FailedKind]] = Counter({(TODAY, "inside"): 1, (TODAY, "unreachable"): 7})
    copies = [StoredFailures(database, new) for new in (here, there)]
    for _ in range(2):
        for copy in copies:
            await copy.tick()
    here[TODAY, "inside"] += 1
    assert await copies[0].last(NOW) == [
        Failed(TODAY, "unreachable", 7),
        Failed(TODAY, "inside", 4),
        Failed(TODAY - DAY, "database", 5),
    ]
    assert (here, there) == (Counter(), Counter())


async def test_they_are_written_in_one_order_so_that_no_two_copies_wait_for_each_other(database: Database) -> None:
    written: list[object] = []

    def note(*call: Any) -> None:
        if call[2].startswith("INSERT INTO failures"):
            written.append(call[3])

    event.listen(Engine, "before_cursor_execute", note)
    new: Counter[tuple[date, FailedKind]] = Counter({(TODAY, "unreachable"): 1, (TODAY, "inside"): 1})
    new[TODAY - DAY, "refused"] += 1
    await StoredFailures(database, new).tick()
    event.remove(Engine, "before_cursor_execute", note)
    assert [next(kind for kind in ("refused", "inside", "unreachable") if kind in str(each)) for each in written] == [
        "refused",
        "inside",
        "unreachable",
    ]


async def test_they_go_after_thirty_days(database: Database) -> None:
    stored = StoredFailures(database, Counter({(TODAY, "inside"): 1, (TODAY - DAY, "inside"): 1}))
    assert len(await stored.last(NOW + 29 * DAY)) == 1
    await stored.prune(NOW + 29 * DAY)
    async with database.reading() as reading:
        assert [row.day for row in await reading.execute(select(table))] == [TODAY]


async def test_what_the_database_does_not_take_waits_on(database: Database) -> None:
    stored = StoredFailures(database, Counter({(TODAY, "database"): 3}))
    async with database.writing() as writing:
        await writing.execute(text("ALTER TABLE failures RENAME TO away"))
    with pytest.raises(Exception, match="failures"):
        await stored.tick()
    async with database.writing() as writing:
        await writing.execute(text("ALTER TABLE away RENAME TO failures"))
    assert await stored.last(NOW) == [Failed(TODAY, "database", 3)]
