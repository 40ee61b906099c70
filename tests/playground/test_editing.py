"""Editing, deleting and answering taps: what the bot may do with what stands in a chat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.playground.talking import BOT, GROUP, MEI, TOM, keys

if TYPE_CHECKING:
    from tests.playground.talking import Talk

BUTTON = keys(text="a", callback_data="b")
UNCHANGED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)


async def test_an_edit_must_change_something_of_the_bots_own(met: Talk) -> None:
    asked = await met.sim("message", user_id=TOM, chat_id=TOM, text="x")
    sent = await met.call(
        "sendMessage", chat_id=TOM, text="<b>x</b>", parse_mode="HTML", reply_markup=keys(text="a", callback_data="b")
    )
    this = {"chat_id": TOM, "message_id": sent["message_id"]}
    same = {**this, "text": " <b>x</b>", "parse_mode": "HTML", "reply_markup": BUTTON}
    assert await met.refused("editMessageText", **same) == UNCHANGED
    assert await met.refused("editMessageReplyMarkup", **this, reply_markup=BUTTON) == UNCHANGED
    assert await met.refused("editMessageText", chat_id=TOM, message_id=999, text="x") == (
        "Bad Request: message to edit not found"
    )
    assert await met.refused("editMessageText", text="x") == "Bad Request: message identifier is not specified"
    assert await met.refused("editMessageText", chat_id=TOM, message_id=asked["message_id"], text="y") == (
        "Bad Request: message can't be edited"
    )
    assert await met.refused("editMessageText", **this, text="") == "Bad Request: message text is empty"
    edited = await met.call("editMessageText", **this, text="y")
    assert edited["text"] == "y"
    assert "reply_markup" not in edited
    assert edited["edit_date"] == edited["date"]
    marked = await met.call("editMessageReplyMarkup", **this, reply_markup=keys(text="c", callback_data="d"))
    assert (marked["text"], marked["reply_markup"]) == ("y", keys(text="c", callback_data="d"))
    assert marked["edit_date"] == edited["edit_date"]
    await met.call("deleteMessage", **this)
    assert await met.refused("editMessageText", **this, text="z") == "Bad Request: message to edit not found"
    assert await met.refused("deleteMessage", **this) == "Bad Request: message to delete not found"


async def test_the_bot_deletes_of_others_only_with_the_right_to(met: Talk) -> None:
    said = await met.sim("message", user_id=MEI, chat_id=GROUP, text="x")
    assert await met.refused("deleteMessage", chat_id=GROUP, **said) == "Bad Request: message can't be deleted"
    await met.sim("member", chat_id=GROUP, user_id=BOT, status="administrator")
    assert await met.call("deleteMessage", chat_id=GROUP, **said) is True
    own = await met.call("sendMessage", chat_id=TOM, text="x")
    await met.sim("clock", move=49 * 3600)
    assert await met.refused("deleteMessage", chat_id=TOM, message_id=own["message_id"]) == (
        "Bad Request: message can't be deleted for everyone"
    )


async def test_other_buttons_do_not_make_a_message_an_edited_one(met: Talk) -> None:
    sent = await met.call("sendMessage", chat_id=TOM, text="x", reply_markup=keys(text="a", callback_data="b"))
    this = {"chat_id": TOM, "message_id": sent["message_id"]}
    other = await met.call("editMessageText", **this, text="x", reply_markup=keys(text="c", callback_data="d"))
    none = await met.call("editMessageReplyMarkup", **this)
    assert "edit_date" not in other
    assert "edit_date" not in none


async def test_a_tap_is_answered_once_and_in_time(met: Talk) -> None:
    late = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    sent = await met.call("sendMessage", chat_id=TOM, text="x", reply_markup=BUTTON)
    tap = {"user_id": TOM, "chat_id": TOM, "message_id": sent["message_id"], "data": "b"}
    query = await met.sim("tap", **tap)
    assert await met.refused("answerCallbackQuery", **query, text="x" * 201) == "Bad Request: MESSAGE_TOO_LONG"
    assert await met.call("answerCallbackQuery", **query, text="done") is True
    assert await met.refused("answerCallbackQuery", **query) == late
    assert await met.refused("answerCallbackQuery", callback_query_id="1") == late
    assert await met.refused("answerCallbackQuery") == late
    query = await met.sim("tap", **tap)
    await met.sim("clock", move=120)
    assert await met.refused("answerCallbackQuery", **query) == late
