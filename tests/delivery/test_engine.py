"""Delivery through the faults that Telegram and the network have, and with other copies beside it."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.storage.database import Database
from tests.delivery.ground import DAY, NOW, Engine, arrived, daily, engine, expected, groups, post, until
from tests.delivery.striking import MINUTE, SECOND, attempts, drop, finish, slow, strike

if TYPE_CHECKING:
    from bot.playground.clock import MovableClock
    from bot.playground.faults import Kind
    from bot.playground.server import LocalBotApi
    from handlers.ports import Ask, Services
    from handlers.reply import Text


async def test_everybody_gets_every_post_once(it: Engine, api: LocalBotApi, clock: MovableClock) -> None:
    chats = groups(api, 30)
    await it.subscribe(*map(daily, chats))
    for _ in range(3):
        await it.settle()
        await it.settle()
        clock.move(DAY.total_seconds())
    assert arrived(api) == dict.fromkeys(expected(chats, NOW, NOW + DAY, NOW + 2 * DAY), 1)
    assert await it.states() == {"sent": 90}


async def test_no_more_than_a_few_are_under_way_at_a_time(it: Engine, api: LocalBotApi) -> None:
    chats = groups(api, 24)
    await it.subscribe(*map(daily, chats))
    slow(api, 24, 0.1)
    most = 0

    async def watch() -> None:
        nonlocal most
        while True:
            most = max(most, len(it.courier.in_hand))
            await asyncio.sleep(0)

    watching = asyncio.create_task(watch())
    await it.settle()
    watching.cancel()
    assert most == 8
    assert arrived(api) == dict.fromkeys(expected(chats), 1)


@pytest.mark.parametrize("kind", ["drop_before", "drop_after"])
async def test_a_broken_connection_loses_nothing(it: Engine, api: LocalBotApi, clock: MovableClock, kind: Kind) -> None:
    chats = groups(api, 12)
    await it.subscribe(*map(daily, chats))
    drop(api, 3, kind)
    await finish(it, clock)
    came = arrived(api)
    assert set(came) == expected(chats)
    assert came.total() == 12 + (3 if kind == "drop_after" else 0)


async def test_who_would_rather_miss_a_post_gets_none_twice(it: Engine, api: LocalBotApi, clock: MovableClock) -> None:
    chats = groups(api, 12)
    await it.subscribe(*(daily(chat, uncertain="skip") for chat in chats))
    drop(api, 3, "drop_after")
    await finish(it, clock)
    assert arrived(api) == dict.fromkeys(expected(chats), 1)
    assert await it.states() == {"sent": 9, "uncertain": 3}
    assert (await it.deliveries.summary(clock.now())).failed == 3


async def test_an_answer_that_takes_too_long_is_uncertain(it: Engine, api: LocalBotApi, clock: MovableClock) -> None:
    chats = groups(api, 2)
    await it.subscribe(*map(daily, chats))
    slow(api, 1, 3.0)
    await it.settle()
    assert await it.states() == {"sent": 1, "uncertain": 1}
    await finish(it, clock)
    assert set(arrived(api)) == expected(chats)


async def test_a_storm_of_refusals_is_obeyed_and_passes(it: Engine, api: LocalBotApi, clock: MovableClock) -> None:
    chats = groups(api, 40)
    await it.subscribe(*map(daily, chats))
    strike(api, 16, code=429, retry_after=1)
    began = asyncio.get_running_loop().time()
    await finish(it, clock, SECOND)
    assert arrived(api) == dict.fromkeys(expected(chats), 1)
    assert asyncio.get_running_loop().time() - began >= 1.0
    assert sum(call["status"] == 429 for call in attempts(api)) == 16


async def test_ten_minutes_of_failures_cost_few_attempts_and_no_post(
    it: Engine, api: LocalBotApi, clock: MovableClock
) -> None:
    chats = groups(api, 60)
    await it.subscribe(*map(daily, chats))
    strike(api, 1_000_000)
    for _ in range(200):
        await it.settle()
        clock.move(3)
    tried = len(attempts(api))
    assert 10 <= tried <= 60
    api.wire.faults.clear()
    await finish(it, clock, 10 * SECOND)
    assert arrived(api) == dict.fromkeys(expected(chats), 1)
    assert clock.now() - NOW < timedelta(minutes=20)


async def test_a_post_that_telegram_will_never_take_is_tried_once(it: Engine, api: LocalBotApi) -> None:
    [chat] = groups(api, 1)
    await it.subscribe(daily(chat))
    strike(api, 1, code=400, words="Bad Request: can't parse entities")
    await it.settle()
    assert await it.states() == {"dead": 1}
    kept = await it.subscriptions.get(chat, None)
    assert kept is not None
    assert kept.suspended is None


async def test_without_a_token_nothing_more_is_sent_and_nothing_lost(it: Engine, api: LocalBotApi) -> None:
    chats = groups(api, 20)
    await it.subscribe(*map(daily, chats))
    strike(api, 1000, code=401)
    await it.digests.tick()
    await asyncio.wait_for(it.lost.wait(), 5)
    await it.courier.stop(10)
    assert len(attempts(api)) <= 8
    assert await it.states() == {"pending": 20}


async def test_a_post_that_cannot_be_written_holds_up_no_other(
    database: Database, api: LocalBotApi, clock: MovableClock
) -> None:
    chats = groups(api, 9)

    async def write(ask: Ask, services: Services) -> tuple[Text]:
        if ask.chat.id == chats[4] and ask.now < NOW + 5 * MINUTE:
            raise RuntimeError("broken on purpose")
        return await post(ask, services)

    async with engine(database, api.url, api.token, clock, handler=write) as it:
        await it.subscribe(*map(daily, chats))
        await it.settle()
        assert await it.states() == {"sent": 8, "retry": 1}
        await finish(it, clock)
        assert arrived(api) == dict.fromkeys(expected(chats), 1)


async def test_stopping_finishes_what_is_under_way_and_lets_go_of_the_rest(
    database: Database, api: LocalBotApi, clock: MovableClock
) -> None:
    chats = groups(api, 30)
    async with engine(database, api.url, api.token, clock) as first:
        await first.subscribe(*map(daily, chats))
        slow(api, 30, 0.5)
        await first.digests.tick()
        await until(lambda: len(first.courier.in_hand) == 8)
        while (await first.states())["sending"] < 8:
            pass
        began = asyncio.get_running_loop().time()
        await first.courier.stop(10)
        assert asyncio.get_running_loop().time() - began < 2
        assert await first.states() == {"sent": 8, "pending": 22}
    api.wire.faults.clear()
    async with engine(database, api.url, api.token, clock, "next") as second:
        await second.settle()
        assert arrived(api) == dict.fromkeys(expected(chats), 1)


async def test_two_copies_share_the_work_and_post_nothing_twice(
    database: Database, database_url: str, api: LocalBotApi, clock: MovableClock
) -> None:
    chats = groups(api, 60)
    another = await Database.open(database_url)
    async with (
        engine(database, api.url, api.token, clock, "one") as one,
        engine(another, api.url, api.token, clock, "two") as two,
    ):
        await one.subscribe(*map(daily, chats))
        for _ in range(3):
            await asyncio.gather(one.settle(), two.settle())
            clock.move(DAY.total_seconds())
        await asyncio.gather(one.settle(), two.settle())
    await another.close()
    assert arrived(api) == dict.fromkeys(expected(chats, *(NOW + day * DAY for day in range(4))), 1)
