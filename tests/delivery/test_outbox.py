"""The outbox: claims, leases and what becomes of a delivery. One suite over every database."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import select, text

from bot.storage.database import Database
from bot.storage.deliveries import LEASE, Delivery, Due, Plan, StoredDeliveries
from bot.storage.migrating import MIGRATIONS, migrate
from bot.storage.preferences import ChatKeys
from bot.storage.schema import deliveries as rows
from bot.storage.subscriptions import StoredSubscriptions
from handlers.ports import DeliverySummary, Subscription
from handlers.reply import Posted, Text

if TYPE_CHECKING:
    from sqlalchemy import Connection

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
SECOND, WEEK = timedelta(seconds=1), timedelta(weeks=1)
DIGEST = Subscription(-1001, None, frozenset({0}), 9, "Asia/Shanghai", "zh", NOW)
POST = Text("", facts=(Posted("first", "m"),))


def planned(due: Due) -> Plan:
    at = due.next_due_at
    return Plan(at + WEEK, at, at.date(), 540)


class Copy:
    """One running copy of the bot, as far as storage goes."""

    def __init__(self, database: Database, name: str = "me") -> None:
        self.database = database
        self.subscriptions = StoredSubscriptions(database, ChatKeys(b"a key of this test"))
        self.deliveries = StoredDeliveries(database, name)

    async def plan(self, *subscriptions: Subscription, now: datetime = NOW) -> None:
        for subscription in subscriptions or (DIGEST,):
            await self.subscriptions.save(subscription)
        await self.deliveries.plan(now, 1000, planned)

    async def claim(self, now: datetime = NOW) -> Delivery:
        claimed = await self.deliveries.claim(now)
        assert claimed is not None
        return claimed

    async def states(self) -> list[tuple[str, str | None]]:
        async with self.database.reading() as reading:
            found = await reading.execute(select(rows.c.state, rows.c.reason).order_by(rows.c.id))
            return [(row.state, row.reason) for row in found]


@pytest.fixture
def copy(database: Database) -> Copy:
    return Copy(database)


async def test_a_due_subscription_is_planned_and_moved_on_in_one_step(copy: Copy) -> None:
    await copy.subscriptions.save(DIGEST)
    assert await copy.deliveries.waiting(NOW - SECOND) == (False, False)
    assert await copy.deliveries.waiting(NOW) == (True, False)
    assert await copy.deliveries.plan(NOW, 100, planned) == 1
    assert await copy.deliveries.plan(NOW, 100, planned) == 0
    assert await copy.deliveries.waiting(NOW) == (False, True)
    delivery = await copy.claim()
    assert delivery.due_at == NOW
    assert delivery.subscription == replace(DIGEST, next_due_at=NOW + WEEK)
    assert await copy.deliveries.waiting(NOW) == (False, False)


async def test_a_failure_while_planning_leaves_everything_as_it_was(copy: Copy) -> None:
    await copy.subscriptions.save(DIGEST)
    await copy.subscriptions.save(replace(DIGEST, chat_id=-1002, hour=10))

    def fail_at_the_second(due: Due) -> Plan:
        if due.hour == 10:
            raise RuntimeError
        return planned(due)

    with pytest.raises(RuntimeError):
        await copy.deliveries.plan(NOW, 100, fail_at_the_second)
    assert await copy.deliveries.claim(NOW) is None
    assert await copy.subscriptions.get(-1001, None) == DIGEST


async def test_each_of_a_batch_gets_its_own_plan(copy: Copy) -> None:
    for hour in (7, 8, 9):
        await copy.subscriptions.save(replace(DIGEST, chat_id=-hour, hour=hour))

    def plan(due: Due) -> Plan:
        at = NOW + timedelta(hours=due.hour)
        return Plan(at + WEEK) if due.hour == 8 else Plan(at, at - WEEK, (at - WEEK).date(), due.hour * 60)

    assert await copy.deliveries.plan(NOW, 100, plan) == 3
    found = {hour: await copy.subscriptions.get(-hour, None) for hour in (7, 8, 9)}
    dues = {hour: kept.next_due_at for hour, kept in found.items() if kept is not None}
    nine = NOW + timedelta(hours=9)
    assert dues == {7: nine - timedelta(hours=2), 8: nine - timedelta(hours=1) + WEEK, 9: nine}
    async with copy.database.reading() as reading:
        made = (await reading.execute(select(rows.c.due_at, rows.c.slot, rows.c.state).order_by(rows.c.slot))).all()
    assert [tuple(row) for row in made] == [
        (nine - timedelta(hours=2) - WEEK, 420, "pending"),
        (nine - WEEK, 540, "pending"),
    ]


async def test_one_nominal_date_and_slot_is_planned_once_whatever_the_clock_does(copy: Copy) -> None:
    await copy.subscriptions.save(DIGEST)
    for _ in range(3):
        await copy.deliveries.plan(NOW, 100, lambda _: Plan(NOW, NOW, date(2026, 3, 2), 540))
    assert len(await copy.states()) == 1


async def test_a_subscription_whose_zone_is_gone_holds_up_no_other(copy: Copy) -> None:
    await copy.subscriptions.save(DIGEST)
    await copy.subscriptions.save(replace(DIGEST, chat_id=-1002, zone="Atlantis/Deep"))

    def plan(due: Due) -> Plan:
        return Plan(None, problem="no zone") if due.zone == "Atlantis/Deep" else planned(due)

    assert await copy.deliveries.plan(NOW, 100, plan) == 2
    assert await copy.deliveries.plan(NOW, 100, plan) == 0
    kept = await copy.subscriptions.get(-1002, None)
    assert kept is not None
    assert (kept.suspended, kept.next_due_at) == ("no zone", None)
    assert len(await copy.states()) == 1


async def test_copies_that_claim_at_once_get_different_rows(database_url: str) -> None:
    databases = [await Database.open(database_url) for _ in range(3)]
    await migrate(databases[0])
    copies = [Copy(database, str(number)) for number, database in enumerate(databases)]
    await copies[0].plan(*(replace(DIGEST, chat_id=-number) for number in range(1, 31)))
    claims = await asyncio.gather(*(copy.deliveries.claim(NOW) for copy in copies for _ in range(12)))
    ids = [claim.id for claim in claims if claim is not None]
    # A copy may find every row that it sees locked by others, and go without for now.
    ids += [(await copies[0].claim()).id for _ in range(30 - len(ids))]
    assert len(set(ids)) == len(ids) == 30
    assert await copies[0].deliveries.claim(NOW) is None
    for database in databases:
        await database.close()


async def test_it_is_sent_only_under_a_lease_that_is_still_ours(copy: Copy, database: Database) -> None:
    other = Copy(database, "other")
    await copy.plan()
    delivery = await copy.claim()
    assert not await copy.deliveries.begin(delivery, NOW + LEASE)
    await other.deliveries.sweep(NOW + LEASE, ())
    again = await other.claim(NOW + LEASE)
    assert again.id == delivery.id
    assert not await copy.deliveries.begin(delivery, NOW)
    assert await other.deliveries.begin(again, NOW + LEASE)
    await copy.deliveries.retry(delivery, NOW, "mine no more")
    assert await copy.states() == [("sending", None)]


@pytest.mark.parametrize(("uncertain", "again"), [("repeat", True), ("skip", False)])
async def test_what_a_vanished_copy_was_sending_is_uncertain(copy: Copy, uncertain: str, again: bool) -> None:  # noqa: FBT001 - a parameter of the test
    await copy.plan(replace(DIGEST, uncertain=uncertain))  # type: ignore[arg-type]  # one of the two
    assert await copy.deliveries.begin(await copy.claim(), NOW)
    late = NOW + LEASE
    assert await copy.deliveries.sweep(late - SECOND, ()) == 0
    assert await copy.deliveries.sweep(late, ()) == 1
    assert [state for state, _ in await copy.states()] == ["uncertain"]
    assert (await copy.deliveries.claim(late) is not None) is again


async def test_what_is_in_this_copys_own_hands_is_not_swept_away(copy: Copy) -> None:
    await copy.plan()
    delivery = await copy.claim()
    assert await copy.deliveries.sweep(NOW + timedelta(days=1), {delivery.id}) == 0


async def test_a_lease_from_a_clock_that_was_set_back_is_not_waited_for(copy: Copy) -> None:
    await copy.plan()
    await copy.claim()
    assert await copy.deliveries.sweep(NOW - timedelta(hours=1), ()) == 1


async def test_what_was_sent_is_remembered_in_order_and_not_sent_again(copy: Copy) -> None:
    await copy.subscriptions.save(DIGEST)
    for week, fact in enumerate(("first", "second")):
        now = NOW + week * WEEK
        await copy.deliveries.plan(now, 100, planned)
        delivery = await copy.claim(now)
        await copy.deliveries.sent(delivery, Text("", facts=(Posted(fact, "m"),)), 5, now)
        assert await copy.deliveries.claim(now) is None
    assert await copy.subscriptions.posted(-1001, None) == ["first", "second"]
    await copy.subscriptions.save(replace(DIGEST, hour=8))
    assert await copy.subscriptions.posted(-1001, None) == ["first", "second"]
    await copy.subscriptions.remove(-1001, None)
    await copy.subscriptions.save(DIGEST)
    assert await copy.subscriptions.posted(-1001, None) == []


async def test_a_post_that_arrived_counts_as_sent_even_if_somebody_else_has_the_row_by_now(copy: Copy) -> None:
    await copy.plan()
    delivery = await copy.claim()
    await copy.deliveries.begin(delivery, NOW)
    await copy.deliveries.sweep(NOW + LEASE, ())
    await copy.deliveries.sent(delivery, POST, 5, NOW + LEASE)
    assert await copy.deliveries.claim(NOW + 2 * LEASE) is None
    assert (await copy.states())[0][0] == "sent"


async def test_the_closing_post_ends_the_series_in_the_same_step(copy: Copy) -> None:
    await copy.plan()
    await copy.deliveries.sent(await copy.claim(), Text("the end"), 5, NOW)
    kept = await copy.subscriptions.get(-1001, None)
    assert kept is not None
    assert (kept.next_due_at, kept.suspended) == (None, None)


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
