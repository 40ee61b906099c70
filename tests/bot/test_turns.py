"""Turns: one begins in each round of the loop."""

from __future__ import annotations

import asyncio
from itertools import pairwise

from bot.telegram.turns import Turns


async def test_one_begins_in_each_round_in_order_and_others_are_heard_in_between() -> None:
    turns, told = Turns(), list[object]()

    async def work(number: int) -> None:
        await turns.take()
        told.append(number)

    tasks = [asyncio.create_task(work(number)) for number in range(5)]
    while len(told) < 12:
        await asyncio.sleep(0)
        told.append("loop")
    numbers = [each for each in told if each != "loop"]
    assert numbers == [0, 1, 2, 3, 4]
    assert all("loop" in both for both in pairwise(told))
    await asyncio.gather(*tasks)


async def test_whoever_gives_up_holds_up_nobody() -> None:
    turns = Turns()
    tasks = [asyncio.create_task(turns.take()) for _ in range(4)]
    await asyncio.sleep(0)
    tasks[1].cancel()
    tasks[2].cancel()
    async with asyncio.timeout(5):
        await asyncio.gather(*tasks, return_exceptions=True)
        await turns.take()
