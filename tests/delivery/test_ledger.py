"""The ledger: what is put off, given up, cancelled, kept and counted. One suite over every database."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from sqlalchemy import text

from bot.storage.database import Database
from bot.storage.deliveries import LEASE
from bot.storage.migrating import MIGRATIONS, migrate
from bot.storage.posted import StoredPosts
from handlers.ports import DeliverySummary
from handlers.reply import Posted, Text
from tests.delivery.copies import DIGEST, NOW, POST, SECOND, WEEK, Copy

if TYPE_CHECKING:
    from sqlalchemy import Connection


async def test_a_delivery_waits_for_its_retry_and_is_given_up_when_old(copy: Copy) -> None:
    await copy.plan()
    await copy.deliveries.retry(await copy.claim(), NOW + 30 * SECOND, "busy")
    assert await copy.deliveries.claim(NOW + 29 * SECOND) is None
    delivery = await copy.claim(NOW + 30 * SECOND)
    assert delivery.attempts == 1
    await copy.deliveries.retry(delivery, NOW + 60 * SECOND, "busy")
    late = NOW + timedelta(hours=7)
    assert await copy.deliveries.give_up(late - timedelta(hours=6)) == 1
    assert await copy.deliveries.claim(late) is None
    assert await copy.states() == [("skipped", "too late")]


async def test_after_the_clock_was_set_back_nothing_waits_for_a_far_time(copy: Copy) -> None:
    await copy.plan()
    await copy.deliveries.retry(await copy.claim(), NOW + 30 * SECOND, "busy")
    yesterday = NOW - timedelta(days=1)
    assert await copy.deliveries.claim(yesterday) is None
    await copy.deliveries.hurry(yesterday)
    assert await copy.deliveries.claim(yesterday) is not None


async def test_a_change_of_plan_cancels_what_was_planned_or_claimed(copy: Copy) -> None:
    await copy.plan()
    await copy.subscriptions.save(replace(DIGEST, next_due_at=NOW + WEEK))
    assert await copy.deliveries.claim(NOW) is None
    await copy.plan(replace(DIGEST, chat_id=-1002))
    delivery = await copy.claim()
    await copy.subscriptions.save(replace(DIGEST, chat_id=-1002, hour=20, next_due_at=NOW + WEEK))
    assert not await copy.deliveries.begin(delivery, NOW)
    assert await copy.states() == [("skipped", "cancelled")] * 2


async def test_what_is_cancelled_while_it_is_being_sent_is_not_sent_again(copy: Copy) -> None:
    await copy.plan(DIGEST, replace(DIGEST, chat_id=-1002), replace(DIGEST, chat_id=-1003))
    retried, unsure, vanished = [await copy.claim() for _ in range(3)]
    for delivery in (retried, unsure, vanished):
        assert await copy.deliveries.begin(delivery, NOW)
        await copy.subscriptions.save(replace(delivery.subscription, hour=20))
    await copy.deliveries.retry(retried, NOW, "busy")
    await copy.deliveries.unsure(unsure, NOW, "cut")
    assert await copy.deliveries.sweep(NOW + LEASE, ()) == 1
    assert await copy.deliveries.claim(NOW + LEASE) is None
    assert sorted(state for state, _ in await copy.states()) == ["skipped", "skipped", "uncertain"]


async def test_a_lost_topic_is_suspended_alone(copy: Copy) -> None:
    await copy.plan(replace(DIGEST, thread=7), replace(DIGEST, thread=8))
    delivery = await copy.claim()
    await copy.deliveries.suspend(delivery, "topic closed")
    suspended = await copy.subscriptions.suspended(-1001)
    assert [(kept.thread, kept.suspended) for kept in suspended] == [(delivery.subscription.thread, "topic closed")]
    assert await copy.deliveries.claim(NOW) is not None
    assert await copy.deliveries.claim(NOW) is None


async def test_a_row_in_hand_is_sent_under_the_new_id_of_its_group(copy: Copy) -> None:
    await copy.plan(replace(DIGEST, chat_id=-55))
    delivery = await copy.claim()
    await copy.subscriptions.migrate(-55, -100_55)
    await copy.deliveries.release(delivery, NOW)
    assert (await copy.claim()).subscription.chat_id == -100_55


async def test_the_ledger_is_kept_for_thirty_days_and_the_series_for_good(copy: Copy) -> None:
    await copy.plan(DIGEST, replace(DIGEST, chat_id=-1002))
    await copy.deliveries.sent(await copy.claim(), POST, 5, NOW)
    assert await copy.deliveries.prune(NOW + timedelta(days=30)) == 0
    assert await copy.deliveries.prune(NOW + timedelta(days=31)) == 1  # the other one still waits
    assert await copy.deliveries.claim(NOW) is not None
    assert "first" in [*await copy.subscriptions.posted(-1001, None), *await copy.subscriptions.posted(-1002, None)]


async def test_the_summary_counts_the_last_day_and_what_waits(copy: Copy) -> None:
    await copy.plan(*(replace(DIGEST, chat_id=-number) for number in range(1, 97)))
    await copy.deliveries.sent(await copy.claim(), POST, 5, NOW + 59 * SECOND)
    await copy.deliveries.sent(await copy.claim(), POST, 6, NOW + 61 * SECOND)
    await copy.deliveries.end(await copy.claim(), "dead", "Bad Request")
    await copy.deliveries.end(await copy.claim(), "skipped")
    await copy.subscriptions.suspend(-90, "blocked")
    expected = DeliverySummary(due=95, sent=2, late=1, failed=1, suspended=1, queue=91, eta=timedelta(seconds=3))
    assert await copy.deliveries.summary(NOW + 70 * SECOND) == expected
    await copy.deliveries.retry(await copy.claim(), NOW + timedelta(hours=1), "Too Many Requests")
    assert await copy.deliveries.summary(NOW + 70 * SECOND) == expected, "what is to be sent once more waits, too"
    later = await copy.deliveries.summary(NOW + timedelta(days=1, seconds=1))
    assert (later.due, later.queue) == (0, 91)


async def test_an_operators_post_goes_out_beside_the_planned_one(copy: Copy) -> None:
    assert await copy.deliveries.request(-1001, None, NOW) is None
    await copy.plan()
    extra = await copy.deliveries.request(-1001, None, NOW)
    assert extra is not None
    await copy.deliveries.sent(await copy.claim(), POST, 5, NOW)
    delivery = await copy.claim()
    assert extra == delivery.id
    assert await copy.deliveries.fate(extra) == ("claimed", None)


def up_to_0002(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "0002")


OLD_ROWS = (
    """INSERT INTO subscriptions (id, chat_id, thread, weekdays, hour, zone, lang, topics, silent, size,
    repeat, catch_up, uncertain)
    VALUES (1, -1001, 0, '0', 9, 'Asia/Shanghai', 'zh', '', false, 1, false, 'latest', 'repeat')""",
    """INSERT INTO deliveries (subscription_id, local_date, slot, due_at, state)
    VALUES (1, '2026-03-02', 1, '2026-03-02 01:00:00', 'pending')""",
    """INSERT INTO deliveries (subscription_id, local_date, slot, due_at, state)
    VALUES (1, '2026-03-02', 2, '2026-03-02 01:00:00', 'sent')""",
)


async def test_a_database_of_the_version_before_keeps_its_deliveries(database_url: str) -> None:
    database = await Database.open(database_url)
    async with database.writing() as writing:
        await writing.run_sync(up_to_0002)
        for row in OLD_ROWS:
            await writing.execute(text(row))
    assert await migrate(database)
    copy = Copy(database)
    assert (await copy.claim(NOW + SECOND)).subscription.zone == "Asia/Shanghai"
    assert await copy.deliveries.claim(NOW + SECOND) is None
    await database.close()


async def test_all_facts_of_a_post_are_remembered_in_its_order_even_those_posted_before(copy: Copy) -> None:
    await copy.plan()
    await copy.deliveries.request(DIGEST.chat_id, None, NOW)
    for facts, message in (("bc", 5), ("adcb", 2**40)):
        post = Text("", facts=tuple(Posted(fact, f"{fact} told in {message}") for fact in facts))
        await copy.deliveries.sent(await copy.claim(), post, message, NOW)
    assert await copy.subscriptions.posted(DIGEST.chat_id, None) == ["b", "c", "a", "d"]
    stands = {(fact, content) for fact, _, content in await StoredPosts(copy.database).meanings()}
    assert stands == {(fact, f"{fact} told in {2**40}") for fact in "abcd"}


async def test_what_arrives_after_posts_were_turned_off_leaves_nothing(copy: Copy) -> None:
    await copy.plan()
    delivery = await copy.claim()
    await copy.subscriptions.remove(DIGEST.chat_id, None)
    await copy.deliveries.sent(delivery, POST, 5, NOW)
    assert await copy.states() == []
    assert await StoredPosts(copy.database).meanings() == []
