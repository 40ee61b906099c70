"""What Telegram refuses is refused here, in the same words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.playground.talking import BOT, GROUP, LIN, MEI, TOM, keys

if TYPE_CHECKING:
    from tests.playground.talking import Talk


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"chat_id": None}, "chat_id is empty"),
        ({"chat_id": 4040}, "chat not found"),
        ({"chat_id": "abc"}, "chat not found"),
        ({"chat_id": "@nowhere"}, "chat not found"),
        ({"chat_id": "9" * 30}, "chat not found"),
        ({"text": None}, "message text is empty"),
        ({"text": ""}, "message text is empty"),
        ({"text": " \n "}, "text must be non-empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "😀" * 2049}, "message is too long"),
        ({"text": "x" * 100_000}, "message is too long"),
        ({"text": "\ud800"}, "strings must be encoded in UTF-8"),
        ({"text": "x", "parse_mode": "Markup"}, "unsupported parse_mode"),
        ({"text": "x", "parse_mode": "MarkdownV2"}, "parse_mode MarkdownV2 is not emulated here"),
        ({"entities": "{"}, "can't parse entities JSON object"),
        ({"entities": [1]}, "can't parse entities: can't parse MessageEntity: expected an Object"),
        (
            {"entities": [{"type": "bold", "offset": 0, "length": 9}]},
            "entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 9",
        ),
        ({"reply_markup": "{"}, "can't parse reply keyboard markup JSON object"),
        ({"reply_markup": []}, "object expected as reply markup"),
        (
            {"reply_markup": {"inline_keyboard": 1}},
            'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array',
        ),
        (
            {"reply_markup": {"inline_keyboard": [1]}},
            'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
        ),
        (
            {"reply_markup": {"inline_keyboard": [[1]]}},
            "can't parse inline keyboard button: InlineKeyboardButton must be an Object",
        ),
        ({"reply_markup": keys(callback_data="x")}, "can't parse inline keyboard button: can't find field \"text\""),
        (
            {"reply_markup": keys(text="x")},
            "can't parse inline keyboard button: text buttons are unallowed in the inline keyboard",
        ),
        ({"reply_markup": keys(text=" ", callback_data="x")}, "inline keyboard button text must be non-empty"),
        ({"reply_markup": keys(text="x", callback_data="a" * 65)}, "BUTTON_DATA_INVALID"),
        ({"reply_markup": keys(text="x", callback_data="禅" * 22)}, "BUTTON_DATA_INVALID"),
        ({"reply_markup": keys(text="x", callback_data="")}, "BUTTON_DATA_INVALID"),
        (
            {"reply_markup": keys(text="x", url="localhost")},
            "inline keyboard button URL 'localhost' is invalid: Wrong HTTP URL",
        ),
        (
            {"reply_markup": keys(text="x", url="ftp://example.com")},
            "inline keyboard button URL 'ftp://example.com' is invalid: Unsupported URL protocol",
        ),
        (
            {"reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": "x"}]] * 101}},
            "reply markup is too long",
        ),
        ({"reply_markup": {"keyboard": [[""]]}}, "keyboard button text must be non-empty"),
        (
            {"reply_markup": {"keyboard": [["x"]], "resize_keyboard": 1}},
            'field "resize_keyboard" of the ReplyKeyboardMarkup must be of the type Boolean',
        ),
        ({"reply_parameters": {"message_id": 99}}, "message to be replied not found"),
        ({"reply_to_message_id": 99}, "message to be replied not found"),
        (
            {"reply_parameters": {"message_id": "1"}},
            'can\'t parse reply parameters: field "message_id" must be of type Number',
        ),
        ({"reply_parameters": {"message_id": 1, "quote": "not in it"}}, "QUOTE_TEXT_INVALID"),
        ({"message_thread_id": 1}, "message thread not found"),
        ({"link_preview_options": "no"}, "can't parse link preview options JSON object"),
        ({"business_connection_id": "x"}, "business_connection_id is not emulated here"),
    ],
)
async def test_a_message_that_telegram_would_refuse(met: Talk, arguments: dict[str, Any], words: str) -> None:
    given = {"chat_id": TOM, "text": "x", **arguments}
    wanted = {name: value for name, value in given.items() if value is not None}
    assert await met.refused("sendMessage", **wanted) == f"Bad Request: {words}"
    assert len(met.api.world.chats[TOM].messages) == 1


async def test_what_is_just_within_the_limits_is_taken(met: Talk) -> None:
    await met.call("sendMessage", chat_id=TOM, text=f"<b>{'x' * 4096}</b>", parse_mode="HTML")
    await met.call("sendMessage", chat_id=TOM, text="x", reply_markup=keys(text="x", callback_data="a" * 64))
    await met.call("sendMessage", chat_id=TOM, text="x", reply_markup={"inline_keyboard": []})
    await met.call(
        "sendMessage", chat_id=TOM, text="x", reply_parameters={"message_id": 99, "allow_sending_without_reply": True}
    )


async def test_people_who_never_started_or_blocked_the_bot_are_left_alone(met: Talk) -> None:
    assert await met.refused("sendMessage", chat_id=MEI, text="x") == (
        "Forbidden: bot can't initiate conversation with a user"
    )
    await met.sim("block", user_id=TOM, blocked=True)
    assert await met.refused("sendMessage", chat_id=TOM, text="x") == "Forbidden: bot was blocked by the user"
    (update,) = await met.updates()
    assert update["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    assert "blocked" in await met.sim_refused("message", user_id=TOM, chat_id=TOM, text="x")
    await met.sim("start", user_id=TOM)
    assert [set(update) - {"update_id"} for update in await met.updates()] == [{"my_chat_member"}, {"message"}]
    await met.call("sendMessage", chat_id=TOM, text="x")


async def test_a_group_that_put_the_bot_out_is_closed_to_it(met: Talk) -> None:
    await met.call("sendMessage", chat_id=GROUP, text="x")
    await met.sim("member", chat_id=GROUP, user_id=BOT, status="kicked")
    assert await met.refused("sendMessage", chat_id=GROUP, text="x") == (
        "Forbidden: bot was kicked from the supergroup chat"
    )
    assert await met.refused("getChat", chat_id=GROUP) == "Forbidden: bot was kicked from the supergroup chat"
    await met.sim("member", chat_id=GROUP, user_id=BOT, status="left")
    assert await met.refused("sendMessage", chat_id=GROUP, text="x") == (
        "Forbidden: bot is not a member of the supergroup chat"
    )
    await met.sim("member", chat_id=GROUP, user_id=BOT, status="restricted", denied=["can_send_messages"])
    assert await met.refused("sendMessage", chat_id=GROUP, text="x") == (
        "Bad Request: not enough rights to send text messages to the chat"
    )


async def test_a_group_that_became_a_supergroup_says_where_it_went(met: Talk) -> None:
    made = await met.sim("chat", kind="group", title="Old", user_id=LIN)
    old = made["chat"]["id"]
    await met.sim("member", chat_id=old, user_id=BOT, status="member")
    await met.updates()
    new = (await met.sim("migrate", chat_id=old, user_id=LIN))["chat_id"]
    status, body = await met.answer("sendMessage", chat_id=old, text="x")
    assert status == 400
    assert body["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert body["parameters"] == {"migrate_to_chat_id": new}
    first, second = await met.updates()
    assert (first["message"]["chat"]["id"], first["message"]["migrate_to_chat_id"]) == (old, new)
    assert (second["message"]["chat"]["id"], second["message"]["migrate_from_chat_id"]) == (new, old)
    await met.call("sendMessage", chat_id=new, text="x")


async def test_a_channel_takes_posts_from_an_administrator_only(met: Talk) -> None:
    made = await met.sim("chat", kind="channel", title="News", user_id=LIN, username="news_here")
    channel = made["chat"]["id"]
    await met.sim("member", chat_id=channel, user_id=BOT, status="member")
    assert await met.refused("sendMessage", chat_id=channel, text="x") == (
        "Bad Request: need administrator rights in the channel chat"
    )
    await met.sim("member", chat_id=channel, user_id=BOT, status="administrator")
    post = await met.call("sendMessage", chat_id="@news_here", text="x")
    assert post["sender_chat"]["id"] == channel
    assert "from" not in post


@pytest.mark.parametrize(
    ("method", "arguments", "words"),
    [
        ("sendChatAction", {"chat_id": TOM, "action": "dancing"}, "wrong parameter action in request"),
        ("getChatMember", {"chat_id": GROUP}, "invalid user_id specified"),
        ("getChatMember", {"chat_id": GROUP, "user_id": 4040}, "PARTICIPANT_ID_INVALID"),
        ("getChatMember", {"chat_id": TOM, "user_id": MEI}, "member not found"),
        ("getChatAdministrators", {"chat_id": TOM}, "there are no administrators in the private chat"),
        ("leaveChat", {"chat_id": TOM}, "chat member status can't be changed in private chats"),
        ("setMyCommands", {"commands": "x"}, "can't parse commands JSON object"),
        ("setMyCommands", {"commands": [{"command": "Ask", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ("setMyCommands", {"commands": [{"command": "ask", "description": ""}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ("setMyCommands", {"commands": [], "language_code": "zh-hans"}, "invalid language code specified"),
        (
            "setMyCommands",
            {"commands": [], "scope": {"type": "chat"}},
            "can't parse BotCommandScope: chat_id is empty",
        ),
        (
            "setMyCommands",
            {"commands": [], "scope": {"type": "everywhere"}},
            "can't parse BotCommandScope: unsupported type specified",
        ),
        ("setMyCommands", {"commands": [], "scope": {"type": "chat", "chat_id": 4040}}, "chat not found"),
        ("setMyShortDescription", {"short_description": "x" * 121}, "short_description is too long"),
    ],
)
async def test_other_calls_that_telegram_would_refuse(
    met: Talk, method: str, arguments: dict[str, Any], words: str
) -> None:
    assert await met.refused(method, **arguments) == f"Bad Request: {words}"
