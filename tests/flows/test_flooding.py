"""Somebody asks much too much at once, over real HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.app import running
from tests.flows.sim import MEI, TOM, Sim

if TYPE_CHECKING:
    from bot.config import Settings
    from bot.playground.server import LocalBotApi

RATE = 5


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"ask_rate": RATE})


async def test_who_asks_too_much_is_warned_once_others_are_answered_and_a_minute_later_so_are_they(
    api: LocalBotApi, settings: Settings, sim: Sim
) -> None:
    async with running(settings, api.clock) as bot:
        await sim.post("start", user_id=TOM)
        await sim.heard(TOM)
        await sim.post("start", user_id=MEI)
        card = await sim.heard(MEI)
        for _ in range(RATE + 3):
            await sim.say(TOM, "how much is the maximum reward")
        texts = [(await sim.heard(TOM))["text"] for _ in range(RATE)]
        assert [text.startswith("Chancheng's top reward") for text in texts] == [True] * (RATE - 1) + [False]
        assert texts[-1] == bot.services.texts["en"]("slower")
        assert "2亿" in (await sim.ask(MEI, "最高奖励多少"))["text"]
        await sim.move_clock(61)
        assert "150" in (await sim.ask(TOM, "how big is Chancheng"))["text"]
        taps = [await sim.forge(MEI, card, "t:zh:0:new") for _ in range(RATE + 2)]
        shown = [(await sim.answered(tap))["text"] for tap in taps]
        assert shown == [""] * RATE + [bot.services.texts["zh"]("slower"), ""]
