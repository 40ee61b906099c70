"""The outbox: claims, leases and what becomes of a delivery. One suite over every database."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError

from bot.storage.database import SERVER_SETTINGS, Database
from bot.storage.deliveries import LEASE
from bot.storage.migrating import migrate
from bot.storage.plans import Due, Plan
from bot.storage.schema import deliveries as rows
from handlers.reply import Posted, Text
from tests.delivery.copies import DIGEST, NOW, POST, SECOND, WEEK, Copy, planned


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


async def test_copies_that_plan_at_once_plan_everything_once(database_url: str) -> None:
    databases = [await Database.open(database_url) for _ in range(3)]
    await migrate(databases[0])
    copies = [Copy(database, str(number)) for number, database in enumerate(databases)]
    for number in range(40):
        await copies[0].subscriptions.save(replace(DIGEST, chat_id=-1 - number, hour=number % 8))
    counts = await asyncio.gather(*(copy.deliveries.plan(NOW, 7, planned) for copy in copies for _ in range(4)))
    # A copy may find every row that it sees locked by others, and go without for now.
    counts += [await copies[0].deliveries.plan(NOW, 7, planned) for _ in range(6)]
    assert (sum(counts), max(counts)) == (40, 7)
    for number in range(40):
        kept = await copies[0].subscriptions.get(-1 - number, None)
        assert kept is not None
        assert kept.next_due_at == NOW + WEEK
    assert await copies[0].states() == [("pending", None)] * 40
    for database in databases:
        await database.close()


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


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_a_copy_that_freezes_in_mid_transaction_holds_its_row_for_a_while_only(
    copy: Copy, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await copy.plan()
    delivery = await copy.claim()
    assert SERVER_SETTINGS == {"idle_in_transaction_session_timeout": "15s"}
    monkeypatch.setitem(SERVER_SETTINGS, "idle_in_transaction_session_timeout", "300ms")
    frozen = await Database.open(database_url)

    async def freeze() -> None:
        async with frozen.writing() as writing:
            await writing.execute(update(rows).where(rows.c.id == delivery.id).values(state="sending"))
            async with asyncio.timeout(20):
                while not await copy.deliveries.sweep(NOW + LEASE, ()):
                    pass

    with pytest.raises(DBAPIError):
        await freeze()
    await frozen.close()
    assert (await copy.claim(NOW + LEASE)).id == delivery.id


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


async def test_what_waits_behind_the_closing_post_does_not_close_the_series_again(copy: Copy) -> None:
    await copy.plan(DIGEST, replace(DIGEST, chat_id=-1002))
    closing, other = await copy.claim(), await copy.claim()
    await copy.deliveries.plan(NOW + WEEK, 1000, planned)
    await copy.deliveries.sent(closing, Text("the end"), 5, NOW + WEEK)
    assert set(await copy.states()) == {("sent", None), ("claimed", None), ("skipped", "cancelled"), ("pending", None)}
    assert (await copy.claim(NOW + WEEK)).subscription_id == other.subscription_id
