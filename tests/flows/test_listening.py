"""A group whose administrators let the bot answer without being addressed, over real HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.app import running
from tests.flows.sim import BOT, GROUP, MEI, TOM, Sim

if TYPE_CHECKING:
    from bot.config import Settings
    from bot.playground.server import LocalBotApi

ASKED, SMALL = "how big is the gathering area", "nice weather today, isn't it"


async def test_it_listens_only_where_administrators_turned_it_on_and_also_after_a_restart(
    api: LocalBotApi, settings: Settings, sim: Sim
) -> None:
    await sim.post("member", chat_id=GROUP, user_id=BOT, status="administrator")
    async with running(settings, api.clock):
        await sim.say(MEI, ASKED, GROUP)  # passed over: it is off
        panel = await sim.ask(TOM, "/listen", GROUP)
        assert "only when addressed" in panel["text"]
        refused = await sim.tap(MEI, panel, "Turn on")
        assert (await sim.answered(refused))["show_alert"]
        await sim.tap(TOM, panel, "Turn on")
        assert "without being addressed" in (await sim.edited(GROUP))["text"]
        await sim.say(MEI, SMALL, GROUP)
        asked = await sim.say(MEI, ASKED, GROUP)
        answer = await sim.heard(GROUP)
        assert answer["reply_to_message"]["message_id"] == asked
        assert "20 km" in answer["text"].splitlines()[0]
    async with running(settings, api.clock) as bot:
        await sim.ask(TOM, "/help@chancheng_facts_bot", GROUP)
        assert bot.services.listening.on(GROUP)
        asked = await sim.say(MEI, "最高能奖多少", GROUP)
        assert (await sim.heard(GROUP))["reply_to_message"]["message_id"] == asked
