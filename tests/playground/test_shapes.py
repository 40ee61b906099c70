"""What the server answers has the shape of Bot API 10.0: every field known, of the right type, none missing.

The schema stands beside the checkout (`../shared/botapi/api-10.0.json`, MIT) and not in it; without it, left out.
"""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from bot.playground.images import grey
from tests.playground.talking import BOT, GROUP, LIN, MEI, TOM

if TYPE_CHECKING:
    from tests.playground.talking import Talk

SCHEMA = Path(__file__).resolve().parents[3] / "shared" / "botapi" / "api-10.0.json"
PLAIN = {"Integer": int, "String": str, "Boolean": bool, "True": bool, "Float": float}


@pytest.fixture(scope="module")
def schema() -> Any:
    if not SCHEMA.is_file():
        with warnings.catch_warnings():
            warnings.simplefilter("always")
            warnings.warn(f"LEFT OUT: shapes cannot be checked without {SCHEMA}", stacklevel=1)
        pytest.skip(f"LEFT OUT: shapes cannot be checked without {SCHEMA}")
    return json.loads(SCHEMA.read_text(encoding="utf-8"))


NEWER = {"ChatMemberAdministrator": ("can_send_welcome_messages",)}
"""Fields of Bot API 10.3, without which aiogram 3.31 cannot read what they belong to."""


def problems(schema: Any, value: Any, kinds: list[str], path: str = "$") -> list[str]:
    """Return what is wrong with `value` as one of `kinds`; the least of it where several kinds are possible."""
    return min((_problems(schema, value, kind, path) for kind in kinds), key=len)


def _problems(schema: Any, value: Any, kind: str, path: str) -> list[str]:
    if kind.startswith("Array of "):
        inner = [kind.removeprefix("Array of ")]
        items = enumerate(value) if isinstance(value, list) else ()
        found = [problem for index, each in items for problem in problems(schema, each, inner, f"{path}[{index}]")]
        return found if isinstance(value, list) else [f"{path} is no array"]
    if kind in PLAIN:
        return [] if type(value) is PLAIN[kind] else [f"{path} is {value!r}, no {kind}"]
    described = schema["types"][kind]
    if described.get("subtypes"):
        return problems(schema, value, described["subtypes"], path)
    if not isinstance(value, dict):
        return [f"{path} is no {kind}"]
    return _fields(schema, value, kind, path)


def _fields(schema: Any, value: dict[str, Any], kind: str, path: str) -> list[str]:
    fields = {field["name"]: field for field in schema["types"][kind].get("fields", [])}
    known = {*fields, *NEWER.get(kind, ())}
    found = [f"{path}.{name} is no field of {kind}" for name in value if name not in known]
    for name, field in fields.items():
        if name in value:
            found += problems(schema, value[name], field["types"], f"{path}.{name}")
            found += _fixed(field, value[name], f"{path}.{name}")
        elif field["required"]:
            found.append(f"{path}.{name} is missing from {kind}")
    return found


def _fixed(field: Any, value: object, path: str) -> list[str]:
    """Check a field that tells subtypes apart: its description says what it always is."""
    _, always, word = str(field["description"]).partition("always ")
    wanted = word.strip('“”"').split("”")[0].split('"')[0]
    return [f"{path} is {value!r}, not {wanted}"] if always and isinstance(value, str) and value != wanted else []


async def photo(talk: Talk) -> dict[str, Any]:
    """Send a picture with all that may be said of it, then once more by its file id; return that."""
    form = aiohttp.FormData({"chat_id": str(GROUP), "caption": "<b>a</b>", "parse_mode": "HTML", "has_spoiler": "true"})
    form.add_field("photo", grey(20, 10), filename="a.png")
    async with talk.session.post(talk.address("sendPhoto"), data=form) as response:
        sent = (await response.json())["result"]
    return {
        **await talk.call("sendPhoto", chat_id=GROUP, photo=sent["photo"][0]["file_id"], show_caption_above_media=True),
        "reply_to_message": sent,
    }


async def everything(talk: Talk) -> dict[str, Any]:
    """Call every emulated method that returns something; the keys are method names."""
    keyboard = {"inline_keyboard": [[{"text": "a", "callback_data": "b"}, {"text": "c", "url": "t.me/x"}]]}
    rich = (
        "<b>a</b> <a href='t.me/x'>l</a> <a href='tg://user?id=1002'>m</a> <pre><code class='language-x'>c</code></pre>"
    )
    sent = await talk.call(
        "sendMessage",
        chat_id=GROUP,
        text=f"{rich} <blockquote expandable>q</blockquote> <tg-time unix='7' format='D'>t</tg-time> @mei_reads",
        parse_mode="HTML",
        reply_markup=keyboard,
        link_preview_options={"is_disabled": True},
        protect_content=True,
    )
    this = {"chat_id": GROUP, "message_id": sent["message_id"]}
    reply = {"message_id": sent["message_id"], "quote": "q"}
    await talk.call("setMyCommands", commands=[{"command": "ask", "description": "Ask"}])
    return {
        "sendMessage": await talk.call("sendMessage", chat_id=GROUP, text="x", reply_parameters=reply),
        "editMessageText": await talk.call("editMessageText", **this, text="y", reply_markup=keyboard),
        "editMessageReplyMarkup": await talk.call("editMessageReplyMarkup", **this),
        "deleteMessage": await talk.call("deleteMessage", **this),
        "getMe": await talk.call("getMe"),
        "getChat": await talk.call("getChat", chat_id=GROUP),
        "getChatAdministrators": await talk.call("getChatAdministrators", chat_id=GROUP),
        "getChatMember": await talk.call("getChatMember", chat_id=GROUP, user_id=MEI),
        "getChatMemberCount": await talk.call("getChatMemberCount", chat_id=GROUP),
        "getMyCommands": await talk.call("getMyCommands"),
        "getMyName": await talk.call("getMyName"),
        "getMyDescription": await talk.call("getMyDescription"),
        "getMyShortDescription": await talk.call("getMyShortDescription"),
        "getWebhookInfo": await talk.call("getWebhookInfo"),
        "sendPhoto": await photo(talk),
        "sendChatAction": await talk.call("sendChatAction", chat_id=GROUP, action="typing"),
    }


async def test_results_have_the_shapes_of_the_api(met: Talk, schema: Any) -> None:
    answers = await everything(met)
    assert answers
    for method, result in answers.items():
        assert problems(schema, result, schema["methods"][method]["returns"], method) == []


@pytest.mark.parametrize("status", ["administrator", "restricted", "left", "kicked", "member"])
@pytest.mark.parametrize("kind", ["group", "supergroup", "forum", "channel"])
async def test_members_and_updates_have_the_shapes_of_the_api(met: Talk, schema: Any, status: str, kind: str) -> None:
    await met.call("getUpdates", allowed_updates=["message", "my_chat_member", "chat_member", "channel_post"])
    chat = (await met.sim("chat", kind=kind, title="x", user_id=LIN, members=[TOM]))["chat"]["id"]
    await met.sim("member", chat_id=chat, user_id=BOT, status="administrator")
    await met.sim("member", chat_id=chat, user_id=MEI, status=status)
    await met.sim("message", user_id=LIN, chat_id=chat, text="x")
    if kind == "forum":
        await met.sim("topic", chat_id=chat, user_id=LIN, name="x")
    if kind == "group":
        await met.sim("migrate", chat_id=chat, user_id=LIN)
    for update in await met.updates():
        assert problems(schema, update, ["Update"]) == []
    member = await met.call("getChatMember", chat_id=chat, user_id=MEI)
    assert member["status"] == status
    assert problems(schema, member, ["ChatMember"]) == []
    assert problems(schema, await met.call("getChat", chat_id=chat), ["ChatFullInfo"]) == []


async def test_taps_and_edits_have_the_shapes_of_the_api(met: Talk, schema: Any) -> None:
    sent = await met.call("sendMessage", chat_id=TOM, text="x")
    said = await met.sim("message", user_id=TOM, chat_id=TOM, text="/ask x", reply_to=sent["message_id"])
    await met.sim("edit", user_id=TOM, chat_id=TOM, message_id=said["message_id"], text="y")
    await met.sim("tap", user_id=TOM, chat_id=TOM, message_id=sent["message_id"], data="x")
    await met.sim("tap", user_id=TOM, chat_id=TOM, message_id=999, data="x")
    await met.sim("block", user_id=TOM, blocked=True)
    updates = await met.updates()
    kinds = ["message", "edited_message", "callback_query", "callback_query", "my_chat_member"]
    assert [next(name for name in update if name != "update_id") for update in updates] == kinds
    for update in updates:
        assert problems(schema, update, ["Update"]) == []


def test_the_check_itself_finds_what_is_wrong(schema: Any) -> None:
    user = {"id": 1, "is_bot": False, "first_name": "x"}
    assert problems(schema, user, ["User"]) == []
    assert problems(schema, {**user, "id": "1"}, ["User"]) == ["$.id is '1', no Integer"]
    assert problems(schema, {"id": 1, "is_bot": False}, ["User"]) == ["$.first_name is missing from User"]
    assert problems(schema, {**user, "nick": "y"}, ["User"]) == ["$.nick is no field of User"]
    assert problems(schema, {"status": "king", "user": user}, ["ChatMember"]) != []
