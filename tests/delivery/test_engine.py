"""Delivery through every fault that Telegram, the network, the database and the clock can have."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import asyncpg  # type: ignore[import-untyped]  # it has no types
import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url

from bot.playground import places
from bot.playground.clock import MovableClock
from bot.playground.faults import Fault, Kind, refusal
from bot.playground.server import LocalBotApi
from bot.storage.database import Database
from tests.delivery.ground import DAY, LIN, NOW, Engine, arrived, daily, engine, expected, groups, post, until

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from handlers.ports import Ask, Services
    from handlers.reply import Text

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(NOW, frozen=True)


@pytest.fixture
async def api(clock: MovableClock) -> AsyncIterator[LocalBotApi]:
    async with LocalBotApi(clock) as server:
        yield server


@pytest.fixture
async def it(database: Database, api: LocalBotApi, clock: MovableClock) -> AsyncIterator[Engine]:
    async with engine(database, api.url, api.token, clock) as started:
        yield started


def strike(api: LocalBotApi, times: int, code: int = 502, words: str = "", *, retry_after: int = 0) -> None:
    api.wire.faults.add(Fault("sendmessage", times, refusal=refusal(code, words, retry_after)))


def slow(api: LocalBotApi, times: int, seconds: float) -> None:
    api.wire.faults.add(Fault("sendmessage", times, "slow", seconds=seconds))


def drop(api: LocalBotApi, times: int, kind: Kind) -> None:
    api.wire.faults.add(Fault("sendmessage", times, kind))


def attempts(api: LocalBotApi) -> list[dict[str, Any]]:
    return api.world.calls.last(method="sendMessage")


async def finish(it: Engine, clock: MovableClock, step: timedelta = MINUTE) -> None:
    """Let time pass, and the jobs run, until every delivery has come to its end."""
    for _ in range(400):
        await it.digests.sweep()
        await it.settle()
        if not await it.unfinished():
            return
        clock.move(step.total_seconds())
    raise AssertionError(await it.states())


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


async def test_who_is_gone_is_suspended_with_the_reason(it: Engine, api: LocalBotApi, clock: MovableClock) -> None:
    kicked, muted, fine = groups(api, 3)
    await it.subscribe(daily(kicked), daily(muted), daily(fine))
    strike(api, 1, code=403, words="Forbidden: bot was kicked from the supergroup chat")
    strike(api, 1, code=400, words="Bad Request: not enough rights to send text messages to the chat")
    await it.settle()
    kept = [await it.subscriptions.get(chat, None) for chat in (kicked, muted, fine)]
    reasons = sorted(str(one.suspended) for one in kept if one is not None)
    assert reasons == [
        "Forbidden: bot was kicked from the supergroup chat",
        "None",
        "Not enough rights to send text messages to the chat",
    ]
    assert await it.states() == {"dead": 2, "sent": 1}
    clock.move(DAY.total_seconds())
    await it.settle()
    assert (await it.states())["sent"] == 2


async def test_a_closed_topic_is_suspended_alone(it: Engine, api: LocalBotApi) -> None:
    [forum] = groups(api, 1, "forum")
    topics = [places.add_topic(api.world, forum, LIN, name) for name in ("News", "Chat")]
    await it.subscribe(*(replace(daily(forum), thread=topic) for topic in topics))
    places.close_topic(api.world, forum, topics[0], closed=True)
    await it.settle()
    closed, still = [await it.subscriptions.get(forum, topic) for topic in topics]
    assert closed is not None
    assert still is not None
    assert "topic_closed" in str(closed.suspended).lower()
    assert still.suspended is None
    assert await it.states() == {"dead": 1, "sent": 1}


async def test_a_post_that_telegram_will_never_take_is_tried_once(it: Engine, api: LocalBotApi) -> None:
    [chat] = groups(api, 1)
    await it.subscribe(daily(chat))
    strike(api, 1, code=400, words="Bad Request: can't parse entities")
    await it.settle()
    assert await it.states() == {"dead": 1}
    kept = await it.subscriptions.get(chat, None)
    assert kept is not None
    assert kept.suspended is None


async def test_a_post_follows_its_group_to_the_new_id(it: Engine, api: LocalBotApi) -> None:
    small, *others = groups(api, 3, "group")
    await it.subscribe(*map(daily, (small, *others)))
    grown = places.migrate(api.world, small, LIN).id
    await it.settle()
    assert arrived(api) == dict.fromkeys(expected([grown, *others]), 1)
    assert await it.subscriptions.get(small, None) is None
    assert await it.subscriptions.get(grown, None) is not None


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


@asynccontextmanager
async def locked(url: str, seconds: float) -> AsyncIterator[None]:
    """Another program holds the database for that long."""
    if url.startswith("sqlite"):
        path = str(make_url(url).database)
        other = sqlite3.connect(path, timeout=20, isolation_level=None, check_same_thread=False)
        await asyncio.to_thread(other.execute, "BEGIN IMMEDIATE")
        release = asyncio.get_running_loop().call_later(seconds, other.close)
        yield
        release.cancel()
        other.close()
        return
    other = await asyncpg.connect(url.replace("+asyncpg", ""))
    await other.execute("BEGIN")
    await other.execute("LOCK TABLE deliveries, subscriptions IN ACCESS EXCLUSIVE MODE")
    release = asyncio.get_running_loop().call_later(seconds, other.terminate)
    yield
    release.cancel()
    other.terminate()


async def test_a_database_that_is_locked_for_ten_seconds_only_delays(
    it: Engine, database_url: str, api: LocalBotApi, clock: MovableClock
) -> None:
    chats = groups(api, 30)
    await it.subscribe(*map(daily, chats))
    slow(api, 30, 0.1)
    await it.digests.tick()
    await until(lambda: arrived(api).total() > 0)
    async with locked(database_url, 10):
        await asyncio.sleep(0.5)  # what is under way arrives, and cannot be written down
        held = arrived(api).total()
        await until(lambda: not it.courier._busy)
    assert held < 30
    await finish(it, clock)
    assert arrived(api) == dict.fromkeys(expected(chats), 1)


@pytest.mark.parametrize("jump", [timedelta(hours=1), timedelta(hours=-1), DAY, -DAY], ids=str)
async def test_a_clock_that_jumps_and_comes_back_posts_each_date_once(
    it: Engine, api: LocalBotApi, clock: MovableClock, jump: timedelta
) -> None:
    chats = groups(api, 5)
    await it.subscribe(*map(daily, chats))
    strike(api, 2)  # so that something waits for its next attempt while the clock jumps
    await it.settle()
    clock.move(jump.total_seconds())
    for _ in range(30):
        await it.settle()
        await it.digests.sweep()
        clock.move(60)
    clock.move(-jump.total_seconds())
    for _ in range(4 * 24 + 1):
        await it.settle()
        await it.digests.sweep()
        clock.move(3600)
    states = await it.states()
    assert set(states) == {"sent"}
    per_date: dict[Any, int] = {}
    async with it.database.reading() as reading:
        for row in await reading.execute(text("SELECT subscription_id, local_date FROM deliveries")):
            per_date[tuple(row)] = per_date.get(tuple(row), 0) + 1
    assert set(per_date.values()) == {1}
    assert len(per_date) == 5 * 5  # the first day and four more
    assert arrived(api).total() == 25


@pytest.mark.parametrize(("catch_up", "hours", "posts"), [("latest", 5, 1), ("latest", 7, 0), ("skip", 1, 0)])
async def test_what_was_missed_is_made_up_for_as_the_subscription_says(  # noqa: PLR0917 - fixtures and parameters
    it: Engine, api: LocalBotApi, clock: MovableClock, catch_up: str, hours: int, posts: int
) -> None:
    chats = groups(api, 3)
    await it.subscribe(*(daily(chat, catch_up=catch_up) for chat in chats))
    clock.move((3 * DAY + timedelta(hours=hours)).total_seconds())
    await it.settle()
    assert arrived(api).total() == 3 * posts
    clock.move((DAY - timedelta(hours=hours)).total_seconds())
    await it.settle()
    assert arrived(api).total() == 3 * posts + 3
