"""What is kept of scheduled posts, over every database."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import select, text

from bot.storage.database import Database
from bot.storage.deliveries import StoredDeliveries
from bot.storage.migrating import MIGRATIONS, migrate
from bot.storage.plans import Plan
from bot.storage.posted import StoredPosts, remember
from bot.storage.preferences import ChatKeys
from bot.storage.schema import metadata, subscriptions, told
from bot.storage.subscriptions import StoredSubscriptions
from handlers.ports import Subscription
from handlers.reply import Posted, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
HOUR, WEEK = timedelta(hours=1), timedelta(weeks=1)
KEYS = ChatKeys(b"a key of this test")
DIGEST = Subscription(-1001, None, frozenset({0}), 9, "Asia/Shanghai", "zh", NOW)
TOM, MEI = 1001, 1002


@pytest.fixture
def stored(database: Database) -> StoredSubscriptions:
    return StoredSubscriptions(database, KEYS)


async def sent(database: Database, facts: Sequence[Posted], message_id: int, *, anew: bool = False) -> None:
    """Note a post to the one subscription there is."""
    async with database.writing() as writing:
        found = (await writing.execute(select(subscriptions.c.id))).scalar_one()
        await remember(writing, found, Text("", facts=tuple(facts), anew=anew), message_id)


async def test_all_that_a_subscription_holds_comes_back(stored: StoredSubscriptions) -> None:
    full = Subscription(
        -1001, 7, frozenset({0, 3, 6}), 23, "America/Argentina/Buenos_Aires", "both", None, frozenset({"a", "b-2"}),
        silent=True, size=3, repeat=True, paused_until=date.max, catch_up="skip", uncertain="skip",
    )  # fmt: skip
    await stored.save(full)
    assert await stored.get(-1001, 7) == full
    await stored.save(replace(DIGEST, thread=7))
    assert await stored.get(-1001, 7) == replace(DIGEST, thread=7)


async def test_changes_made_at_once_are_all_kept(stored: StoredSubscriptions) -> None:
    await stored.save(DIGEST)

    async def add(day: int) -> None:
        await stored.change(-1001, None, lambda kept: replace(kept, weekdays=kept.weekdays | {day}))

    await asyncio.gather(*(add(day) for day in range(1, 7)))
    kept = await stored.get(-1001, None)
    assert kept is not None
    assert kept.weekdays == frozenset(range(7))


@pytest.mark.parametrize(
    ("change", "cancels"),
    [
        ({"zone": "Europe/Oslo"}, True),
        ({"hour": 10}, True),
        ({"weekdays": frozenset({0, 1})}, True),
        ({"paused_until": date(2026, 3, 9)}, True),
        ({"silent": True}, False),
        ({"lang": "both"}, False),
    ],
)
async def test_only_a_change_of_when_posts_come_cancels_what_waits_to_be_sent(
    stored: StoredSubscriptions,
    database: Database,
    change: dict[str, Any],
    cancels: bool,  # noqa: FBT001 - a table
) -> None:
    deliveries = StoredDeliveries(database, "me")
    await stored.save(DIGEST)
    await deliveries.plan(NOW, 100, lambda _: Plan(NOW + WEEK, NOW, NOW.date(), 540))
    await stored.change(-1001, None, lambda kept: replace(kept, **change))
    assert (await deliveries.claim(NOW) is None) == cancels


async def test_a_post_that_a_change_of_zone_cancelled_comes_at_its_new_time(
    stored: StoredSubscriptions, database: Database
) -> None:
    deliveries, later = StoredDeliveries(database, "me"), NOW + timedelta(hours=7)  # nine in Oslo
    await stored.save(DIGEST)
    await deliveries.plan(NOW, 100, lambda _: Plan(NOW + WEEK, NOW, NOW.date(), 540))
    moved = await stored.change(-1001, None, lambda kept: replace(kept, zone="Europe/Oslo", next_due_at=later))
    assert moved is not None
    assert moved.next_due_at == later
    await deliveries.plan(later, 100, lambda _: Plan(later + WEEK, later, NOW.date(), 540))
    assert await deliveries.claim(later) is not None


async def test_a_change_of_zone_brings_no_second_post_on_one_date_and_does_not_promise_one(
    stored: StoredSubscriptions, database: Database
) -> None:
    deliveries, later = StoredDeliveries(database, "me"), NOW + timedelta(hours=7)
    await stored.save(DIGEST)
    await deliveries.plan(NOW, 100, lambda _: Plan(NOW + WEEK, NOW, NOW.date(), 540))
    delivery = await deliveries.claim(NOW)
    assert delivery is not None
    assert await deliveries.begin(delivery, NOW)
    await deliveries.sent(delivery, Text("", facts=(Posted("a", "1"),)), 5, NOW)
    moved = await stored.change(-1001, None, lambda kept: replace(kept, zone="Europe/Oslo", next_due_at=later))
    assert moved is not None
    assert moved.next_due_at == later + WEEK


async def test_a_change_of_what_is_not_there_makes_nothing(stored: StoredSubscriptions) -> None:
    assert await stored.change(-1001, None, lambda kept: kept) is None
    assert await stored.get(-1001, None) is None


async def test_a_change_that_fails_leaves_everything_as_it_was(stored: StoredSubscriptions) -> None:
    await stored.save(DIGEST)

    def failing(_: Subscription) -> Subscription:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        await stored.change(-1001, None, failing)
    assert await stored.get(-1001, None) == DIGEST


async def test_changing_a_suspended_subscription_takes_it_up_again(stored: StoredSubscriptions) -> None:
    await stored.save(DIGEST)
    await stored.suspend(-1001, "Forbidden")
    changed = await stored.change(-1001, None, lambda kept: replace(kept, next_due_at=NOW + WEEK))
    assert changed == await stored.get(-1001, None) == replace(DIGEST, next_due_at=NOW + WEEK)


async def test_who_set_it_up_is_known_by_a_hash_and_forgotten_on_request(
    stored: StoredSubscriptions, database: Database
) -> None:
    await stored.save(DIGEST, TOM)
    await stored.save(replace(DIGEST, thread=7), MEI)
    await stored.save(replace(DIGEST, hour=20))
    assert await stored.set_up_by(TOM) == [replace(DIGEST, hour=20)]
    assert [kept.thread for kept in await stored.set_up_by(MEI)] == [7]
    assert await StoredSubscriptions(database, ChatKeys(b"another")).set_up_by(TOM) == []
    async with database.reading() as reading:
        rows = [str((await reading.execute(select(table))).all()) for table in metadata.sorted_tables]
    assert "1002" not in "".join(rows)
    await stored.disown(TOM)
    assert await stored.set_up_by(TOM) == []
    assert len(await stored.set_up_by(MEI)) == 1
    assert await stored.get(-1001, None) is not None


async def test_posted_facts_outlive_changes_and_a_new_round_forgets_them(
    stored: StoredSubscriptions, database: Database
) -> None:
    await stored.save(DIGEST)
    await sent(database, [Posted("a", "1"), Posted("b", "1")], 5)
    await sent(database, [Posted("c", "1")], 6)
    await stored.change(-1001, None, lambda kept: replace(kept, hour=8))
    assert await stored.posted(-1001, None) == ["a", "b", "c"]
    await sent(database, [Posted("a", "2")], 7, anew=True)
    assert await stored.posted(-1001, None) == ["a"]
    await stored.change(-1001, None, lambda kept: kept, anew=True)
    assert await stored.posted(-1001, None) == []


async def test_a_post_to_be_corrected_is_leased_to_one_and_corrected_once(
    stored: StoredSubscriptions, database: Database
) -> None:
    posts = StoredPosts(database)
    await stored.save(DIGEST)
    await sent(database, [Posted("a", "1"), Posted("b", "1")], 5)
    one = next(meaning for fact, meaning, _ in await posts.meanings() if fact == "a")
    assert set(await posts.meanings()) == {("a", one, "1"), ("b", one, "1")}
    leases = await asyncio.gather(*(posts.lease("a", one, NOW, NOW + HOUR) for _ in range(4)))
    [row] = [row for row in leases if row is not None]
    assert (row.fact, row.message_id, row.subscription) == ("a", 5, DIGEST)
    assert await posts.lease("a", one, NOW, NOW + HOUR) is None
    assert await posts.waiting("a", one)
    again = await posts.lease("a", one, NOW + HOUR, NOW + 2 * HOUR)
    assert again is not None
    await posts.corrected(again, "2")
    assert not await posts.waiting("a", one)
    assert {(fact, content) for fact, _, content in await posts.meanings()} == {("a", "2"), ("b", "1")}


async def test_what_posts_told_is_forgotten_once_none_is_left_that_told_it(
    stored: StoredSubscriptions, database: Database
) -> None:
    await stored.save(DIGEST)
    await sent(database, [Posted("a", "1"), Posted("b", "1"), Posted("c", "3")], 5)
    for expected in ({"1", "2", "3"}, {"1", "2"}):
        await sent(database, [Posted("b", "2"), Posted("c", "2")], 6)
        async with database.reading() as reading:
            assert set((await reading.execute(select(told.c.content))).scalars()) == expected
        await StoredDeliveries(database, "me").prune(NOW)
    await stored.remove(DIGEST.chat_id, DIGEST.thread)
    await StoredDeliveries(database, "me").prune(NOW)
    async with database.reading() as reading:
        assert (await reading.execute(select(told))).all() == []


async def test_what_nobody_can_read_is_learned_where_it_is_known_what_holds(
    stored: StoredSubscriptions, database: Database
) -> None:
    posts = StoredPosts(database)
    await stored.save(DIGEST)
    await sent(database, [Posted("a", "old form"), Posted("b", "old form")], 5)
    unread = next(meaning for fact, meaning, _ in await posts.meanings() if fact == "a")
    await posts.learn("a", unread, "new form")
    assert {(fact, content) for fact, _, content in await posts.meanings()} == {("a", "new form"), ("b", "old form")}


async def test_nothing_is_corrected_where_the_chat_cannot_be_written_to(
    stored: StoredSubscriptions, database: Database
) -> None:
    posts = StoredPosts(database)
    await stored.save(DIGEST)
    await sent(database, [Posted("a", "1")], 5)
    [(_, one, _)] = await posts.meanings()
    await stored.suspend(-1001, "Forbidden")
    assert await posts.lease("a", one, NOW, NOW + HOUR) is None
    assert not await posts.waiting("a", one)


BEFORE = (
    "INSERT INTO subscriptions VALUES (1, -1001, 0, 'weekly', 4, 9, 'Asia/Shanghai', 'zh', NULL, NULL)",
    "INSERT INTO subscriptions VALUES (2, 1001, 0, 'daily', NULL, 20, 'Europe/Oslo', 'en', NULL, 'Forbidden')",
    """INSERT INTO deliveries (id, subscription_id, local_date, slot, due_at, state, fact, message_id) VALUES
    (1, 1, '2026-03-01', 540, '2026-03-01 01:00:00', 'sent', 'a', 1),
    (2, 1, '2026-03-02', 540, '2026-03-02 01:00:00', 'sent', 'b', 2),
    (3, 1, '2026-03-03', 540, '2026-03-03 01:00:00', 'sent', NULL, 3),
    (4, 1, '2026-03-04', 540, '2026-03-04 01:00:00', 'pending', NULL, NULL)""",
)


async def test_subscriptions_and_what_was_posted_survive_the_migration(database_url: str) -> None:
    database = await Database.open(database_url)
    async with database.writing() as writing:
        await writing.run_sync(_first_tables)
        for statement in BEFORE:
            await writing.execute(text(statement))
    assert await migrate(database)
    stored = StoredSubscriptions(database, KEYS)
    kept, other = await stored.get(-1001, None), await stored.get(1001, None)
    assert kept == replace(DIGEST, weekdays=frozenset({4}), next_due_at=None)
    assert other is not None
    assert (other.weekdays, other.hour, other.suspended) == (frozenset(range(7)), 20, "Forbidden")
    assert await stored.posted(-1001, None) == ["a", "b"]
    assert set(await StoredPosts(database).meanings()) == {("a", "", None), ("b", "", None)}
    async with database.reading() as reading:
        assert (await reading.execute(text("SELECT count(*) FROM deliveries"))).scalar() == 4
    await stored.save(DIGEST)
    await database.close()


def _first_tables(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "0001")
