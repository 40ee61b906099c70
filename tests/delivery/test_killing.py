"""Real processes, ended by force at random moments, by SIGTERM, and frozen past their lease."""

from __future__ import annotations

import os
import signal
from random import Random
from typing import TYPE_CHECKING

import pytest

from bot.playground.server import LocalBotApi
from tests.delivery.ground import arrived, until, until_none
from tests.delivery.killing import Killing, end, end_often

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.storage.database import Database

IN_FLIGHT, KILLS = 8, 30


@pytest.fixture
async def api() -> AsyncIterator[LocalBotApi]:
    async with LocalBotApi() as server:
        yield server


async def test_thirty_kills_lose_nothing_and_repeat_only_what_was_under_way(
    api: LocalBotApi, database: Database, database_url: str
) -> None:
    killing = await Killing.prepared(api, database, database_url, 360)
    in_time = await end_often(killing, KILLS, signal.SIGKILL, Random(3))  # noqa: S311 - repeatable chance, no secret
    await killing.finish()
    toll = killing.toll(in_time)
    print(toll)  # noqa: T201 - the number to look at
    assert toll.lost == 0
    assert toll.repeated <= IN_FLIGHT * KILLS
    assert toll.in_time >= 20


async def test_sigterm_in_mid_run_loses_and_repeats_nothing(
    api: LocalBotApi, database: Database, database_url: str
) -> None:
    killing = await Killing.prepared(api, database, database_url, 150)
    in_time = await end_often(killing, 6, signal.SIGTERM, Random(4))  # noqa: S311 - as above
    await killing.finish()
    toll = killing.toll(in_time)
    assert (toll.lost, toll.repeated) == (0, 0)
    assert toll.in_time >= 4


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_a_copy_frozen_past_its_lease_repeats_only_what_it_had_in_hand(
    api: LocalBotApi, database: Database, database_url: str
) -> None:
    killing = await Killing.prepared(api, database, database_url, 100)
    frozen = killing.begin()
    await until(lambda: arrived(api).total() >= 20)
    assert frozen.pid is not None
    os.kill(frozen.pid, signal.SIGSTOP)
    try:
        other = killing.begin()
        await until_none(killing.left)
    finally:
        os.kill(frozen.pid, signal.SIGCONT)
    assert [await end(life, signal.SIGTERM) for life in (frozen, other)] == [0, 0]
    toll = killing.toll(1)
    assert toll.lost == 0
    assert toll.repeated <= IN_FLIGHT
