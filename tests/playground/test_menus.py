"""Command menus by scope and language, and what the bot says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.playground.talking import GROUP, MEI, TOM

if TYPE_CHECKING:
    from tests.playground.talking import Talk


def menu(name: str) -> dict[str, Any]:
    return {"commands": [{"command": name, "description": "x"}]}


async def test_the_narrowest_menu_is_shown_in_the_persons_language(met: Talk) -> None:
    async def shown(user_id: int, chat_id: int) -> list[str]:
        url = f"{met.api.url}/sim/commands?user_id={user_id}&chat_id={chat_id}"
        async with met.session.get(url) as response:
            return [command["command"] for command in await response.json()]

    assert await shown(TOM, TOM) == []
    await met.call("setMyCommands", **menu("default"))
    await met.call("setMyCommands", **menu("default_zh"), language_code="zh")
    assert await shown(TOM, TOM) == ["default"]
    assert await shown(MEI, MEI) == await shown(MEI, GROUP) == ["default_zh"]
    await met.call("setMyCommands", **menu("groups"), scope={"type": "all_group_chats"})
    assert (await shown(MEI, GROUP), await shown(MEI, MEI)) == (["groups"], ["default_zh"])
    await met.call("setMyCommands", **menu("admins"), scope={"type": "all_chat_administrators"})
    assert (await shown(MEI, GROUP), await shown(TOM, GROUP)) == (["groups"], ["admins"])
    await met.call("setMyCommands", **menu("this"), scope={"type": "chat", "chat_id": GROUP})
    assert (await shown(MEI, GROUP), await shown(TOM, GROUP)) == (["this"], ["this"])
    admins = {"type": "chat_administrators", "chat_id": GROUP}
    await met.call("setMyCommands", **menu("these_admins"), scope=admins)
    assert (await shown(MEI, GROUP), await shown(TOM, GROUP)) == (["this"], ["these_admins"])
    mine = {"type": "chat_member", "chat_id": GROUP, "user_id": MEI}
    await met.call("setMyCommands", **menu("mei"), scope=mine)
    assert await shown(MEI, GROUP) == ["mei"]
    assert (await met.call("getMyCommands", scope=mine))[0]["command"] == "mei"
    assert await met.call("getMyCommands", scope=mine, language_code="zh") == []
    await met.call("deleteMyCommands", scope=mine)
    assert await shown(MEI, GROUP) == ["this"]


async def test_the_bots_descriptions_are_kept_by_language(met: Talk) -> None:
    await met.call("setMyDescription", description="Ask me")
    await met.call("setMyDescription", description="问我", language_code="zh")
    assert await met.call("getMyDescription") == {"description": "Ask me"}
    assert await met.call("getMyDescription", language_code="zh") == {"description": "问我"}
    assert await met.call("getMyDescription", language_code="fr") == {"description": "Ask me"}
    assert await met.call("getMyName") == {"name": "Chancheng Facts"}
