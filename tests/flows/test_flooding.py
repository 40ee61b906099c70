"""Somebody asks much too much at once, or all together do, over real HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.app import running
from bot.telegram.gate import OVERALL_SHARE
from tests.flows.sim import MEI, TOM, Sim

if TYPE_CHECKING:
    from bot.config import Settings
    from bot.playground.server import LocalBotApi

RATE = 5
MORE = OVERALL_SHARE // 2


@pytest.fixture(params=[RATE])
def settings(settings: Settings, request: pytest.FixtureRequest) -> Settings:
    return settings.model_copy(update={"ask_rate": request.param})


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


@pytest.mark.parametrize("settings", [1], indirect=True)
async def test_where_all_ask_at_once_who_was_let_in_is_answered_and_the_others_are_told_once(
    api: LocalBotApi, settings: Settings, sim: Sim
) -> None:
    async with running(settings, api.clock) as bot:
        # Some more than all may: they take what comes in anew while the others ask, however long that takes.
        crowd = [
            (await sim.post("user", first_name="One", language_code="en"))["user"]["id"]
            for _ in range(OVERALL_SHARE + MORE)
        ]
        for person in crowd:
            await sim.say(person, "how much is the maximum reward")
        for _ in range(3):
            await sim.say(MEI, "最高奖励多少")
        for person in crowd[:OVERALL_SHARE]:
            assert (await sim.heard(person))["text"].startswith("Chancheng's top reward")
        assert (await sim.heard(MEI))["text"] == bot.services.texts["zh"]("crowded")
        await sim.move_clock(61)
        assert "2亿" in (await sim.ask(MEI, "最高奖励多少"))["text"]
