"""Bursts, floods and failures between the bot and Telegram."""

from __future__ import annotations

import asyncio
import gc
import logging
from typing import TYPE_CHECKING

import pytest

from bot.app import running
from bot.curation.builder import Builder
from bot.curation.telling import report
from bot.curation.work import place_of
from bot.playground import acting
from tests.flows.sim import BOT, GROUP, LIN, MEI, TOM, Json, Sim

if TYPE_CHECKING:
    from bot.app import Running
    from bot.config import Settings
    from bot.playground.server import LocalBotApi

QUESTION = "how much is the maximum reward"


async def start(sim: Sim, *users: int) -> None:
    for user in users:
        await sim.post("start", user_id=user)
        await sim.heard(user)


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize(
    "fault",
    [
        {"error_code": 429, "retry_after": 1},
        {"error_code": 500, "times": 2},
        {"error_code": 502},
        {"kind": "drop_before"},
    ],
)
async def test_an_answer_arrives_in_spite_of_trouble(sim: Sim, fault: Json) -> None:
    await start(sim, TOM)
    await sim.post("fault", method="sendMessage", **fault)
    assert "200 million" in (await sim.ask(TOM, QUESTION))["text"]


@pytest.mark.usefixtures("bot")
async def test_an_outage_is_logged_once_without_the_token(sim: Sim, caplog: pytest.LogCaptureFixture) -> None:
    await start(sim, TOM)
    caplog.set_level(logging.WARNING)
    await sim.post("fault", method="sendMessage", error_code=500, times=6)
    await sim.say(TOM, QUESTION)
    await sim.say(TOM, QUESTION)
    assert "200 million" in (await sim.ask(TOM, QUESTION))["text"]
    assert [record.message for record in caplog.records] == ["an update could not be answered"]


async def test_a_start_that_is_stopped_leaves_nothing_open(
    api: LocalBotApi, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    with Builder(place_of(settings)) as builder:
        for steps in range(10):
            starting = asyncio.create_task(running(settings, api.clock, builder).__aenter__())
            for _ in range(steps):
                await asyncio.sleep(0)
            starting.cancel()
            with pytest.raises(asyncio.CancelledError):
                await starting
            del starting
            gc.collect()
    assert [record.message for record in caplog.records if "Unclosed" in record.message] == []


@pytest.mark.parametrize("fault", [{"error_code": 500}, {"kind": "drop_before"}])
async def test_nobody_gets_a_right_by_an_outage(sim: Sim, bot: Running, fault: Json) -> None:
    panel = await sim.ask(TOM, "/subscribe", GROUP)
    await sim.post("fault", method="getChatMember", times=100, **fault)
    await sim.tap(MEI, panel, "Turn on")
    # A chat is answered in order: this is heard once the tap is dealt with.
    assert "200 million" in (await sim.ask(MEI, f"/ask {QUESTION}", GROUP))["text"]
    assert await bot.services.subscriptions.get(GROUP, None) is None


@pytest.mark.usefixtures("bot")
async def test_a_failing_handler_apologises_and_the_next_question_is_answered(
    sim: Sim, bot: Running, settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    await start(sim, TOM, MEI, LIN)
    good = bot.services.library.ask

    def fail(*_: object) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr(type(bot.services.library), "ask", fail)
    apology = await sim.ask(MEI, QUESTION)
    assert apology["text"] == bot.services.texts["en"]("failed")
    assert "broken on purpose" in caplog.text
    card = await sim.ask(MEI, "/start")
    query = await sim.tap(MEI, card, card["reply_markup"]["inline_keyboard"][0][0]["text"])
    assert (await sim.answered(query))["show_alert"]
    monkeypatch.setattr(type(bot.services.library), "ask", lambda _, *args: good(*args))
    assert "200 million" in (await sim.ask(TOM, QUESTION))["text"]
    assert "程序出错2次" in (await sim.ask(LIN, "/stats"))["text"]
    assert "my own mistakes 2" in await report(settings, bot.services.clock.now())


@pytest.mark.parametrize("flooded", [TOM, GROUP])
async def test_whoever_asks_behind_a_burst_of_ten_thousand_waits_for_a_few_answers_only(
    sim: Sim, api: LocalBotApi, bot: Running, flooded: int
) -> None:
    await start(sim, TOM, MEI)
    for number in range(10_000):
        acting.say(api.world, acting.Spot(TOM, flooded), f"/ask how much is reward number {number}")
    assert "2亿" in (await sim.ask(MEI, "最高奖励多少"))["text"]
    assert len([each for each in sim.told if by_bot(each, flooded)]) <= 40
    notice = bot.services.texts["en"]("flooded")
    told = await sim.next("message", lambda e: by_bot(e, flooded) and e["message"]["text"] == notice)
    after = await sim.say(TOM, f"/ask {QUESTION}", flooded)
    last = max(after, told["message"]["message_id"])
    answer = await sim.next("message", lambda e: by_bot(e, flooded) and e["message"]["message_id"] > last)
    assert "200 million" in answer["message"]["text"]


def by_bot(event: Json, chat: int) -> bool:
    return bool(event["type"] == "message" and event["chat_id"] == chat and event["message"]["from"]["id"] == BOT)
