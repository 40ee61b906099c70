"""The doctor beside the running bot: what has become of the chats that it serves, of its menus, and who else polls."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from bot.doctor import there
from handlers.ports import Subscription
from tests.facts.bases import written
from tests.flows.sim import BOT, GROUP, LIN, TOM, Sim

if TYPE_CHECKING:
    from pathlib import Path

    from bot.app import Running
    from bot.config import Settings
    from bot.doctor.finding import Finding
    from bot.playground.server import LocalBotApi

POSTS = Subscription(0, None, frozenset({0}), 9, "Asia/Shanghai", "en", None)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return written(tmp_path / "base")


async def made(sim: Sim, kind: str, title: str, **bot: object) -> int:
    """A chat of Lin's that the bot is in."""
    chat = int((await sim.post("chat", kind=kind, title=title, user_id=LIN, members=[]))["chat"]["id"])
    await sim.post("member", chat_id=chat, user_id=BOT, by=LIN, **bot)
    return chat


async def wrong(settings: Settings) -> list[Finding]:
    """What is to mend, but that the bot runs."""
    found = [each async for each in there.examined(settings) if each.mend]
    assert ["/revoke" in each.mend for each in found if each.subject == "polling"] == [True]
    return [each for each in found if each.subject != "polling"]


async def test_each_chat_that_it_can_no_longer_serve_is_told_with_the_mend(
    sim: Sim, bot: Running, settings: Settings
) -> None:
    for user in (TOM, LIN):
        await sim.post("start", user_id=user)
        await sim.heard(user)
    channel = await made(sim, "channel", "News", status="administrator")
    muted = await made(sim, "supergroup", "<Quiet> & co", status="member")
    forum = await made(sim, "forum", "Topics", status="member")
    threads = [int((await sim.post("topic", chat_id=forum, user_id=LIN, name=n))["message_thread_id"]) for n in "ab"]
    places = [(TOM, None), (GROUP, None), (channel, None), (muted, None), *((forum, thread) for thread in threads)]
    for chat, thread in places:
        await bot.services.subscriptions.save(replace(POSTS, chat_id=chat, thread=thread))
    assert await wrong(settings) == []

    await sim.post("member", chat_id=GROUP, user_id=BOT, status="kicked", by=LIN)
    await sim.post("member", chat_id=channel, user_id=BOT, status="administrator", denied=["can_post_messages"], by=LIN)
    await sim.post("member", chat_id=muted, user_id=BOT, status="restricted", denied=["can_send_messages"], by=LIN)
    await sim.post("close_topic", chat_id=forum, message_thread_id=threads[0], closed=True)
    await sim.post("delete_topic", chat_id=forum, message_thread_id=threads[1])
    heard = await made(sim, "supergroup", "Heard", status="member")
    await bot.services.listening.turn(heard, on=True)
    found = await wrong(settings)
    assert {(each.subject, each.said, each.mend) for each in found} == {
        (
            f"chat {GROUP}",
            "it isn't there any more (Forbidden: bot was kicked from the supergroup chat)",
            "add it again: its posts go on then",
        ),
        (
            f"channel “News” ({channel})",
            "it may not post there",
            "make it an administrator with the right to post messages",
        ),
        (
            f"supergroup “<Quiet> & co” ({muted})",
            "it is restricted and may not write there",
            "let an administrator lift that",
        ),
        (
            f"supergroup “Topics” ({forum})",
            f"its topic {threads[0]} is closed",
            "reopen it, or let the bot manage topics",
        ),
        (
            f"supergroup “Topics” ({forum})",
            f"its topic {threads[1]} can't be written to (Message thread not found)",
            "/subscribe in another one",
        ),
        (
            f"supergroup “Heard” ({heard})",
            "/listen is on, but it is sent only what is meant for it",
            "make it an administrator, or @BotFather, /setprivacy, Disable; then add it to its groups anew",
        ),
    }
    told = [
        each.said async for each in there.examined(settings) if each.subject in {"groups and channels", "private chats"}
    ]
    assert told == ["1 get posts; 0 of them blocked the bot or are gone", "all is well in 0 of 5 that it serves"]
    await sim.post("privacy", enabled=False)
    assert not [each for each in await wrong(settings) if "/listen" in each.said]


async def test_menus_that_another_program_has_set_are_told_by_scope_and_language(
    sim: Sim, bot: Running, settings: Settings, api: LocalBotApi
) -> None:
    await sim.post("start", user_id=LIN)
    await sim.heard(LIN)
    assert await wrong(settings) == []
    await sim.tap(LIN, await sim.ask(LIN, "/language"), "中文")
    await sim.edited(LIN)
    await sim.ask(LIN, "/help")  # its menu follows the choice before the next message is read
    assert await wrong(settings) == []
    scopes: list[dict[str, Any]] = [{"type": "all_group_chats"}, {"type": "chat", "chat_id": LIN}]
    async with aiohttp.ClientSession() as other:
        for scope in scopes:
            given = {"commands": [{"command": "old", "description": "Old"}], "scope": scope, "language_code": "zh"}
            async with other.post(f"{api.url}/bot{api.token}/setMyCommands", json=given) as answer:
                assert answer.status == 200
    [menus] = await wrong(settings)
    assert menus.said == f"not as this version has them: groups (zh), private chat {LIN}"
    assert "a start of the bot sets them" in menus.mend
