"""Lanes: order within a chat, fairness between chats, bounds."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.telegram.lanes import Lanes

if TYPE_CHECKING:
    from collections.abc import Coroutine

Update = tuple[int | None, int]


class Desk:
    """Answers updates (chat, number) and tells in which order; a chat's answers wait for its gate."""

    def __init__(self, **bounds: int) -> None:
        self.done: list[Update] = []
        self.notices: list[int | None] = []
        self.news = asyncio.Event()
        self.under_way = 0
        self.most = 0
        self.gates: dict[int | None, asyncio.Event] = {}
        self.lanes = Lanes(lambda update: update[0], self._overflow, **bounds)  # type: ignore[index]

    def close(self, chat: int) -> asyncio.Event:
        return self.gates.setdefault(chat, asyncio.Event())

    async def put(self, chat: int | None, number: int = 0) -> None:
        await self.lanes.process_update((chat, number), self._answer((chat, number)))

    async def _answer(self, update: Update) -> None:
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        if update[0] in self.gates:
            await self.gates[update[0]].wait()
        else:
            await asyncio.sleep(0)
        self.under_way -= 1
        self.done.append(update)
        self.news.set()

    async def answered(self, chat: int) -> None:
        while chat not in {chat for chat, _ in self.done}:
            await self.news.wait()
            self.news.clear()

    def _overflow(self, update: object) -> Coroutine[None, None, None]:
        async def notice() -> None:
            self.notices.append(update[0])  # type: ignore[index]

        return notice()


async def test_a_chat_is_answered_in_order() -> None:
    desk = Desk()
    for number in range(20):
        await desk.put(1, number)
        await desk.put(2, number)
    await desk.lanes.drained()
    assert [number for chat, number in desk.done if chat == 1] == list(range(20))
    assert [number for chat, number in desk.done if chat == 2] == list(range(20))


async def test_a_flooding_chat_holds_up_no_other_and_gets_one_notice() -> None:
    desk = Desk(slots=2, depth=5)
    gate = desk.close(1)
    for number in range(10_000):
        await desk.put(1, number)
    await desk.put(2)
    await desk.answered(2)
    assert desk.lanes.room(1) == 0
    gate.set()
    await desk.lanes.drained()
    answered = [number for chat, number in desk.done if chat == 1]
    assert answered == list(range(len(answered)))
    assert len(answered) <= 6
    assert desk.notices == [1]
    for number in range(3):
        await desk.put(1, number)
    await desk.lanes.drained()
    assert desk.notices == [1]


async def test_others_are_heard_between_what_a_lane_drops_without_waiting_for_anything() -> None:
    done: list[str] = []

    async def at_once(name: str) -> None:
        done.append(name)

    lanes = Lanes(lambda update: 1 if update == "flood" else 2, lambda _: at_once("notice"))
    for _ in range(3):
        await lanes.process_update("flood", at_once("flood"))
    await lanes.process_update("other", at_once("other"))
    await lanes.drained()
    assert done.index("other") < 3
    assert sorted(done) == ["flood"] * 3 + ["other"]


async def test_a_lane_that_dropped_something_stays_closed_until_the_burst_is_fetched() -> None:
    desk = Desk(depth=5)
    desk.lanes.behind(more=True)
    for number in range(100):
        await desk.put(1, number)
    await desk.put(2)
    await desk.answered(2)
    for number in range(100, 200):
        await desk.put(1, number)
    assert desk.lanes.room(1) == 0
    assert desk.notices == []
    desk.lanes.behind(more=False)
    await desk.lanes.drained()
    assert [number for chat, number in desk.done if chat == 1] == list(range(5))
    assert desk.notices == [1]
    assert desk.lanes.room(1) == 6


async def test_stopping_waits_for_no_more_of_a_burst() -> None:
    desk = Desk(depth=1)
    desk.lanes.behind(more=True)
    for number in range(9):
        await desk.put(1, number)
    await desk.lanes.drained()
    assert desk.notices == [1]


async def test_no_more_is_under_way_than_there_are_slots() -> None:
    desk = Desk(slots=3)
    for chat in range(50):
        await desk.put(chat)
    await desk.lanes.drained()
    assert desk.most == 3
    assert len(desk.done) == 50


async def test_what_does_not_concern_the_bot_takes_no_lane() -> None:
    desk = Desk()
    await desk.put(None)
    await desk.lanes.drained()
    assert desk.done == []


async def test_when_all_lanes_are_full_the_next_update_waits_outside() -> None:
    desk = Desk(waiting=4)
    gates = [desk.close(chat) for chat in range(5)]
    for chat in range(4):
        await desk.put(chat)
    fifth = asyncio.create_task(desk.put(4))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert not fifth.done()
    gates[0].set()
    await fifth
    for gate in gates:
        gate.set()
    await desk.lanes.drained()
    assert len(desk.done) == 5


async def test_a_handler_that_raises_stops_neither_its_lane_nor_the_count_of_room() -> None:
    desk = Desk(waiting=2)

    async def fail() -> None:
        raise RuntimeError

    for _ in range(5):
        await desk.lanes.process_update((1, 0), fail())
        await desk.put(1, 7)
    await desk.lanes.drained()
    assert desk.done == [(1, 7)] * 5


async def test_giving_up_ends_everything_and_lets_nobody_wait() -> None:
    desk = Desk(waiting=3, depth=2)
    desk.close(1)
    desk.close(2)
    for chat in (1, 1, 1, 1, 2):
        await desk.put(chat)
    stuck = asyncio.create_task(desk.put(3))
    await asyncio.sleep(0)
    desk.lanes.abandon()
    await desk.lanes.drained()
    await stuck
    await desk.put(4)
    assert desk.done == []
