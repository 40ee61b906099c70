"""A quiz and the dates over real HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.flows.sim import GROUP, MEI, TOM, Sim

if TYPE_CHECKING:
    from bot.app import Running


async def test_a_quiz_comes_as_a_poll_is_answered_and_counted(bot: Running, sim: Sim) -> None:
    await sim.post("start", user_id=TOM)
    await sim.heard(TOM)
    asked = await sim.ask(TOM, "/quiz")
    poll = asked["poll"]
    assert poll["type"] == "quiz"
    assert "____" in poll["question"]
    assert "19 June 2022" in poll["explanation"]
    (right,) = poll["correct_option_ids"]
    counted = await sim.post("vote", user_id=TOM, chat_id=TOM, message_id=asked["message_id"], option=right)
    assert counted["poll"]["options"][right]["voter_count"] == 1
    assert (await sim.edited(TOM))["poll"] == counted["poll"]


async def test_in_a_group_the_quiz_and_the_dates_come_in_its_language(bot: Running, sim: Sim) -> None:
    await sim.post("message", user_id=MEI, chat_id=GROUP, text="/quiz@chancheng_facts_bot")
    assert (await sim.heard(GROUP))["poll"]["question"].startswith("照文章填空：")
    dates = (await sim.ask(MEI, "/dates", GROUP))["text"]
    assert dates.index("2018年") < dates.index("2022年6月18日") < dates.index("2025年")
    assert "目标" in dates
    assert "\n\n2021年11月\n⚠️ 集聚区首次写进区党代会报告 · 已发生\n\n" in dates


@pytest.mark.usefixtures("bot")
async def test_a_day_is_said_once_above_what_it_is_about(sim: Sim) -> None:
    await sim.post("start", user_id=TOM)
    await sim.heard(TOM)
    dates = (await sim.ask(TOM, "/dates"))["text"]
    assert "\n\nNovember 2021\n⚠️ The area enters a Party report · Done\n\n" in dates
    assert "\nFoshan's digital-economy conference: 18 June 2022 · Done\n" in dates
