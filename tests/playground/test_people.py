"""What people do and what the bot hears of it: privacy mode, membership, topics, anonymous administrators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.playground.talking import BOT, GROUP, LIN, MEI, TOM

if TYPE_CHECKING:
    from tests.playground.talking import Talk


async def heard(talk: Talk, text: str, **more: object) -> bool:
    await talk.sim("message", user_id=MEI, chat_id=GROUP, text=text, **more)
    return bool(await talk.updates())


async def test_in_a_group_the_bot_hears_only_what_is_meant_for_it(met: Talk) -> None:
    sent = await met.call("sendMessage", chat_id=GROUP, text="x")
    assert not await heard(met, "just talking about /things and a@chancheng_facts_bot.cn")
    assert await heard(met, "/ask how big")
    assert await heard(met, "/ask@chancheng_facts_bot how big")
    assert await heard(met, "/ask@Chancheng_Facts_Bot how big")
    assert not await heard(met, "/ask@another_bot how big")
    assert await heard(met, "@chancheng_facts_bot how big")
    assert not await heard(met, "@another_bot how big")
    assert await heard(met, "how big", reply_to=sent["message_id"])
    await met.sim("privacy", mentions=False)
    assert not await heard(met, "@chancheng_facts_bot how big")
    assert (await met.call("getMe"))["can_read_all_group_messages"] is False
    await met.sim("privacy", enabled=False)
    assert (await met.call("getMe"))["can_read_all_group_messages"] is True
    assert await heard(met, "just talking")
    await met.sim("privacy", enabled=True)
    await met.sim("member", chat_id=GROUP, user_id=BOT, status="administrator")
    await met.updates()
    assert await heard(met, "just talking")
    await met.sim("member", chat_id=GROUP, user_id=BOT, status="left")
    await met.updates()
    assert not await heard(met, "/ask how big")


async def test_in_private_it_hears_everything(met: Talk) -> None:
    said = await met.sim("message", user_id=TOM, chat_id=TOM, text="anything")
    (update,) = await met.updates()
    assert update["message"]["message_id"] == said["message_id"]
    await met.sim("edit", user_id=TOM, chat_id=TOM, message_id=said["message_id"], text="another thing")
    (update,) = await met.updates()
    assert update["edited_message"]["text"] == "another thing"
    assert update["edited_message"]["edit_date"]


async def test_an_update_keeps_what_was_true_when_it_happened(met: Talk) -> None:
    said = await met.sim("message", user_id=TOM, chat_id=TOM, text="first")
    await met.sim("edit", user_id=TOM, chat_id=TOM, message_id=said["message_id"], text="second")
    new, edited = await met.updates()
    assert (new["message"]["text"], edited["edited_message"]["text"]) == ("first", "second")


async def test_a_reply_in_a_group_carries_its_thread_but_is_no_topic_message(met: Talk) -> None:
    first = await met.call("sendMessage", chat_id=GROUP, text="x")
    await met.sim("message", user_id=MEI, chat_id=GROUP, text="y", reply_to=first["message_id"])
    (update,) = await met.updates()
    message = update["message"]
    assert message["reply_to_message"]["message_id"] == message["message_thread_id"] == first["message_id"]
    assert "is_topic_message" not in message
    quoting = {"message_id": message["message_id"], "quote": "y"}
    answer = await met.call("sendMessage", chat_id=GROUP, text="z", reply_parameters=quoting)
    assert answer["message_thread_id"] == first["message_id"]
    assert "reply_to_message" not in answer["reply_to_message"]
    assert answer["quote"] == {"text": "y", "position": 0, "is_manual": True}


async def test_a_forum_has_topics_and_the_general_one_goes_without_a_number(met: Talk) -> None:
    forum = (await met.sim("chat", kind="forum", title="Forum", user_id=LIN, members=[MEI]))["chat"]["id"]
    await met.sim("member", chat_id=forum, user_id=BOT, status="member")
    thread = (await met.sim("topic", chat_id=forum, user_id=LIN, name="Digests"))["message_thread_id"]
    await met.updates()
    await met.sim("message", user_id=MEI, chat_id=forum, text="/ask x", message_thread_id=thread)
    (update,) = await met.updates()
    message = update["message"]
    assert (message["message_thread_id"], message["is_topic_message"]) == (thread, True)
    assert message["reply_to_message"]["forum_topic_created"]["name"] == "Digests"
    posted = await met.call("sendMessage", chat_id=forum, text="x", message_thread_id=thread)
    assert (posted["message_thread_id"], posted["is_topic_message"]) == (thread, True)
    reply = await met.call("sendMessage", chat_id=forum, text="x", reply_to_message_id=message["message_id"])
    assert reply["message_thread_id"] == thread
    general = await met.call("sendMessage", chat_id=forum, text="x")
    assert "message_thread_id" not in general
    assert await met.refused("sendMessage", chat_id=forum, text="x", message_thread_id=1) == (
        "Bad Request: message thread not found"
    )
    assert await met.call("sendChatAction", chat_id=forum, action="typing", message_thread_id=1) is True
    assert (await met.call("getChat", chat_id=forum))["is_forum"] is True
    await met.sim("close_topic", chat_id=forum, message_thread_id=thread)
    closed = "Bad Request: TOPIC_CLOSED"
    assert await met.refused("sendMessage", chat_id=forum, text="x", message_thread_id=thread) == closed
    await met.sim("close_topic", chat_id=forum, message_thread_id=thread, closed=False)
    await met.call("sendMessage", chat_id=forum, text="x", message_thread_id=thread)
    assert [
        set(update["message"]) & {"forum_topic_closed", "forum_topic_reopened"} for update in await met.updates()
    ] == [
        {"forum_topic_closed"},
        {"forum_topic_reopened"},
    ]
    await met.sim("delete_topic", chat_id=forum, message_thread_id=thread)
    gone = "Bad Request: message thread not found"
    assert await met.refused("sendMessage", chat_id=forum, text="x", message_thread_id=thread) == gone


async def test_an_anonymous_administrator_writes_as_the_group(met: Talk) -> None:
    await met.sim("member", chat_id=GROUP, user_id=TOM, status="administrator", anonymous=True)
    await met.sim("message", user_id=TOM, chat_id=GROUP, text="/ask x")
    (update,) = await met.updates()
    assert update["message"]["from"]["id"] == 1087968824
    assert update["message"]["sender_chat"]["id"] == GROUP
    sent = await met.call("sendMessage", chat_id=GROUP, text="x")
    await met.sim("tap", user_id=TOM, chat_id=GROUP, message_id=sent["message_id"], data="x")
    (update,) = await met.updates()
    assert update["callback_query"]["from"]["id"] == TOM


async def test_coming_and_going_is_told_as_telegram_tells_it(met: Talk) -> None:
    made = (await met.sim("chat", kind="supergroup", title="New", user_id=LIN))["chat"]["id"]
    await met.sim("member", chat_id=made, user_id=BOT, status="member")
    standing, joined = await met.updates()
    assert standing["my_chat_member"]["from"]["id"] == LIN
    assert standing["my_chat_member"]["old_chat_member"]["status"] == "left"
    assert standing["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert [user["id"] for user in joined["message"]["new_chat_members"]] == [BOT]
    await met.sim("member", chat_id=made, user_id=MEI, status="member")
    (update,) = await met.updates()
    assert update["message"]["new_chat_members"][0]["id"] == MEI
    assert await met.call("getChatMemberCount", chat_id=made) == 3
    assert await met.call("leaveChat", chat_id=made) is True
    (update,) = await met.updates()
    assert update["my_chat_member"]["new_chat_member"]["status"] == "left"
    assert await met.refused("leaveChat", chat_id=made) == "Forbidden: bot is not a member of the supergroup chat"


async def test_administrators_are_those_with_rights(met: Talk) -> None:
    found = {
        member["user"]["id"]: member["status"] for member in await met.call("getChatAdministrators", chat_id=GROUP)
    }
    assert found == {LIN: "creator", TOM: "administrator"}
    await met.sim("member", chat_id=GROUP, user_id=MEI, status="administrator", denied=["can_pin_messages"])
    mei = await met.call("getChatMember", chat_id=GROUP, user_id=MEI)
    assert (mei["can_pin_messages"], mei["can_delete_messages"]) == (False, True)


async def test_a_tap_on_a_message_that_is_gone_arrives_without_it(met: Talk) -> None:
    sent = await met.call("sendMessage", chat_id=TOM, text="x")
    await met.call("deleteMessage", chat_id=TOM, message_id=sent["message_id"])
    await met.sim("tap", user_id=TOM, chat_id=TOM, message_id=sent["message_id"], data="forged:data")
    (update,) = await met.updates()
    assert update["callback_query"]["message"]["date"] == 0
    assert "text" not in update["callback_query"]["message"]
    assert update["callback_query"]["data"] == "forged:data"


async def test_dates_are_those_of_the_clock(met: Talk) -> None:
    moved = await met.sim("clock", to="2026-06-19T09:30:00+08:00")
    assert moved == {"now": "2026-06-19T01:30:00Z"}
    sent = await met.call("sendMessage", chat_id=TOM, text="x")
    assert sent["date"] == int(met.api.clock.now().timestamp())


@pytest.mark.parametrize(
    ("act", "values"),
    [
        ("message", {"user_id": TOM, "chat_id": MEI, "text": "x"}),
        ("message", {"user_id": TOM, "chat_id": -5, "text": "x"}),
        ("message", {"user_id": 5, "chat_id": TOM, "text": "x"}),
        ("message", {"user_id": TOM, "chat_id": TOM, "text": " "}),
        ("message", {"user_id": TOM, "chat_id": TOM, "text": "x" * 4097}),
        ("message", {"user_id": TOM, "chat_id": TOM, "text": "\ud800"}),
        ("message", {"user_id": TOM, "chat_id": TOM, "text": "x", "reply_to": 99}),
        ("message", {"user_id": TOM, "chat_id": TOM, "text": "x", "message_thread_id": 4}),
        ("message", {"user_id": "1001", "chat_id": TOM, "text": "x"}),
        ("message", {"user_id": True, "chat_id": TOM, "text": "x"}),
        ("message", {"user_id": 10**30, "chat_id": TOM, "text": "x"}),
        ("message", {}),
        ("tap", {"user_id": TOM, "chat_id": TOM, "message_id": 1, "data": "x" * 65}),
        ("tap", {"user_id": TOM, "chat_id": TOM, "message_id": 0, "data": "x"}),
        ("start", {"user_id": TOM, "payload": "not allowed!"}),
        ("start", {"user_id": TOM, "payload": "x" * 65}),
        ("member", {"chat_id": GROUP, "user_id": LIN, "status": "left"}),
        ("member", {"chat_id": GROUP, "user_id": TOM, "status": "king"}),
        ("member", {"chat_id": TOM, "user_id": TOM, "status": "left"}),
        ("clock", {"move": 1e300}),
        ("clock", {"move": "1"}),
        ("clock", {"to": "yesterday"}),
        ("clock", {"to": "2026-01-01T09:00:00"}),
        ("clock", {"to": "0001-01-01T00:00:00+23:00"}),
        ("fault", {"method": "sendMessage", "error_code": 200}),
        ("fault", {"method": "sendMessage", "error_code": 500, "times": 0}),
        ("fault", {"method": "sendMessage", "kind": "explode"}),
        ("chat", {"kind": "tribe", "title": "x", "user_id": LIN}),
        ("topic", {"chat_id": GROUP, "user_id": LIN, "name": "x"}),
        ("migrate", {"chat_id": GROUP, "user_id": LIN}),
        ("user", {"first_name": ""}),
        ("edit", {"user_id": TOM, "chat_id": TOM, "message_id": 99, "text": "x"}),
    ],
)
async def test_what_nobody_could_do_is_refused_with_a_reason(met: Talk, act: str, values: dict[str, Any]) -> None:
    assert await met.sim_refused(act, **values)


async def test_a_new_person_can_start_the_bot(met: Talk) -> None:
    user = (await met.sim("user", first_name="Zhou", language_code="zh-hant"))["user"]
    await met.sim("start", user_id=user["id"], payload="f_area")
    (update,) = await met.updates()
    assert update["message"]["text"] == "/start f_area"
    assert update["message"]["from"]["language_code"] == "zh-hant"
