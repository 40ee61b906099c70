"""Updates → what to do about them, from Telegram's own JSON."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import Update
from telegram.ext import ExtBot

from bot.telegram.addressing import Addressing
from bot.telegram.incoming import Incoming, Left, Moved, Returned
from bot.telegram.reading import ANONYMOUS_ADMIN, Reader
from handlers.ports import Chat, Person, Role
from handlers.routes import ROUTES
from handlers.triggers import (
    Button,
    Command,
    Membership,
    NoText,
    Promoted,
    Replied,
    Text,
    UnknownButton,
    UnknownCommand,
)

Json = dict[str, Any]
ME: Json = {"id": 77, "is_bot": True, "first_name": "Bot", "username": "Facts_Bot"}
TOM: Json = {"id": 1001, "is_bot": False, "first_name": "Tom", "language_code": "zh-hans"}
PRIVATE: Json = {"id": 1001, "type": "private", "first_name": "Tom"}
GROUP: Json = {"id": -1001, "type": "supergroup", "title": "Readers"}
READER = Reader(ROUTES, Addressing(77, "Facts_Bot"))
BOT: ExtBot[None] = ExtBot("77:token")


def message(text: str | None = None, chat: Json = PRIVATE, **more: Any) -> Json:
    body = {"message_id": 5, "date": 1, "chat": chat, "from": TOM, **more}
    if text is not None:
        body["text"] = text
    return body


def mentions(text: str, *names: str) -> list[Json]:
    found = []
    for name in names:
        before = text[: text.index(name)]
        offset, length = len(before.encode("utf-16-le")) // 2, len(name.encode("utf-16-le")) // 2
        found.append({"type": "mention", "offset": offset, "length": length})
    return found


def read(**update: Any) -> Any:
    parsed = Update.de_json({"update_id": 1, **update}, BOT)
    lane, got = READER.chat_id(parsed), READER.read(parsed)
    assert (lane is None) == (got is None)
    return got


def said(text: str | None = None, chat: Json = PRIVATE, **more: Any) -> Any:
    return read(message=message(text, chat, **more))


def test_a_private_message_is_a_question_with_all_that_the_ask_needs() -> None:
    got = said("  how much?\n")
    assert isinstance(got.route.trigger, Text)
    assert got.text == "how much?"
    assert got.chat == Chat(1001, "private")
    assert got.person == Person(1001, "Tom", "zh-hans")
    assert got.message_id == 5


@pytest.mark.parametrize("text", ["/ask how  much", "/ASK@facts_bot how  much", "/ask@Facts_Bot\nhow  much "])
def test_a_command_comes_with_what_follows_it(text: str) -> None:
    got = said(text, GROUP)
    assert got.route.trigger == Command("ask", menu=frozenset({"group"}))
    assert got.text == "how  much"


def test_a_command_for_another_bot_is_not_ours() -> None:
    assert said("/ask@other_bot how much", GROUP) is None
    assert said("/ask@other_bot how much", PRIVATE) is None


def test_an_unknown_command_is_ours_in_private_or_with_our_name() -> None:
    assert isinstance(said("/what").route.trigger, UnknownCommand)
    assert isinstance(said("/what@facts_bot", GROUP).route.trigger, UnknownCommand)
    assert said("/what", GROUP) is None


def test_an_unknown_command_to_the_bot_in_a_group_gets_a_reply_too() -> None:
    answer = message("Top reward", GROUP) | {"from": ME}
    assert isinstance(said("/what", GROUP, reply_to_message=answer).route.trigger, UnknownCommand)
    text = "@facts_bot /what"
    assert isinstance(said(text, GROUP, entities=mentions(text, "@facts_bot")).route.trigger, UnknownCommand)
    assert said("/what@other_bot", GROUP, reply_to_message=answer) is None


def test_a_path_is_no_command() -> None:
    assert isinstance(said("/etc/passwd").route.trigger, Text)
    assert isinstance(said("/").route.trigger, Text)


def test_in_a_group_only_what_is_addressed_to_the_bot_is_heard() -> None:
    assert said("how much?", GROUP) is None
    assert said("how much?", GROUP, reply_to_message=message("x", GROUP)) is None
    text = "😀 @FACTS_bot how much, @facts_bot_2?"
    got = said(text, GROUP, entities=mentions(text, "@FACTS_bot", "@facts_bot_2"))
    assert got.text == "😀  how much, @facts_bot_2?"
    named = [{"type": "text_mention", "offset": 0, "length": 3, "user": ME}]
    assert said("Bot how much", GROUP, entities=named).text == "how much"


def test_a_command_after_a_mention_is_a_command() -> None:
    text = "@facts_bot /topics"
    assert said(text, GROUP, entities=mentions(text, "@facts_bot")).route.trigger == Command("topics")


def test_a_bare_mention_is_heard_as_an_empty_question() -> None:
    got = said("@facts_bot", GROUP, entities=mentions("@facts_bot", "@facts_bot"))
    assert isinstance(got.route.trigger, Text)
    assert got.text == ""


def test_a_reply_to_the_bot_brings_what_it_replies_to_and_the_fact_shown() -> None:
    keyboard = {"inline_keyboard": [[{"text": "No", "callback_data": "n:en:top-reward"}]]}
    card = message("Top reward", GROUP) | {"from": ME, "reply_markup": keyboard}
    got = said("why?", GROUP, reply_to_message=card)
    assert (got.quoted, got.shown) == ("Top reward", "top-reward")
    forged = message("Top reward", GROUP) | {"reply_markup": keyboard}
    assert said("/ask why", GROUP, reply_to_message=forged).shown is None


def test_an_ask_by_a_reply_alone_is_answered_under_the_message_that_asked() -> None:
    asked = message("how much?", GROUP) | {"message_id": 3}
    assert said("/ask", GROUP, reply_to_message=asked).message_id == 3
    assert said("/ask", GROUP, reply_to_message=message(None, GROUP)).message_id == 5
    assert said("/ask why", GROUP, reply_to_message=asked).message_id == 5


def test_in_a_forum_the_first_message_of_a_topic_is_no_reply_and_the_thread_is_kept() -> None:
    topic = message(None, GROUP) | {"from": ME, "forum_topic_created": {"name": "a", "icon_color": 1}}
    assert said("how much", GROUP, reply_to_message=topic, is_topic_message=True, message_thread_id=9) is None
    assert said("/ask x", GROUP, is_topic_message=True, message_thread_id=9).chat.thread == 9
    assert said("/ask x", GROUP, message_thread_id=9).chat.thread is None
    assert said("/ask x", GROUP, is_topic_message=True, message_thread_id=1).chat.thread is None


def test_a_message_without_text_is_told_apart_in_private_and_ignored_in_groups() -> None:
    photo = [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]
    assert isinstance(said(photo=photo).route.trigger, NoText)
    assert said(photo=photo, caption="how much?").text == "how much?"
    assert said(chat=GROUP, photo=photo) is None
    assert said(pinned_message=message("x")) is None


def test_other_bots_and_channels_are_not_answered_and_anonymous_administrators_are() -> None:
    assert said("hi", **{"from": ME | {"id": 78}}) is None
    assert said("/ask x", {"id": -5, "type": "channel", "title": "c"}) is None
    anonymous = {"id": ANONYMOUS_ADMIN, "is_bot": True, "first_name": "Group"}
    got = said("/subscribe", GROUP, **{"from": anonymous, "sender_chat": GROUP})
    assert got.anonymous_admin
    assert got.person is None
    channel = {"id": -9, "type": "channel", "title": "c"}
    as_channel = {"id": 136817688, "is_bot": True, "first_name": "Channel"}
    assert not said("/subscribe", GROUP, **{"from": as_channel, "sender_chat": channel}).anonymous_admin


def test_a_tap_brings_what_follows_its_prefix_and_the_question() -> None:
    asked = message("/ask@facts_bot how much?", GROUP)
    buttons = {"inline_keyboard": [[{"text": "a", "callback_data": data}] for data in ("f:en:top-reward", "zz:1")]}
    card = message("Top reward", GROUP, reply_to_message=asked, reply_markup=buttons) | {"from": ME}
    query = {"id": "9", "from": TOM, "chat_instance": "1", "message": card}
    got = read(callback_query=query | {"data": "f:en:top-reward"})
    assert got.route.trigger == Button("f")
    assert (got.text, got.quoted, got.tap) == ("en:top-reward", "how much?", "9")
    stale = read(callback_query=query | {"data": "zz:1"})
    assert isinstance(stale.route.trigger, UnknownButton)
    assert stale.text == "zz:1"
    made_up = read(callback_query=query | {"data": "t:en:0"})
    assert isinstance(made_up.route.trigger, UnknownButton), "it stands on no button of that message"
    gone = {"message_id": 5, "date": 0, "chat": GROUP}
    assert read(callback_query=query | {"data": "f:en:x", "message": gone}).chat.id == -1001


def test_setting_changes_ask_for_an_administrator_on_commands_and_on_taps() -> None:
    assert said("/subscribe", GROUP).route.who is Role.CHAT_ADMIN
    buttons = {"inline_keyboard": [[{"text": "a", "callback_data": "s:x"}]]}
    panel = message("x", GROUP, reply_markup=buttons)
    query = {"id": "9", "from": TOM, "chat_instance": "1", "data": "s:x", "message": panel}
    assert read(callback_query=query).route.who is Role.CHAT_ADMIN


def membership(was: str, now: str, chat: Json = GROUP) -> Any:
    def member(status: str) -> Json:
        return {"status": status, "user": ME, "until_date": 0}

    change = {"chat": chat, "from": TOM, "date": 1, "old_chat_member": member(was), "new_chat_member": member(now)}
    return read(my_chat_member=change)


def test_coming_and_going_is_noticed() -> None:
    added = membership("left", "member")
    assert isinstance(added, Returned)
    assert added.greeting is not None
    assert isinstance(added.greeting.route.trigger, Membership)
    assert membership("member", "kicked") == Left(-1001)
    assert membership("member", "left") == Left(-1001)
    assert membership("kicked", "member", PRIVATE) == Returned(1001)


def test_who_may_write_again_has_returned() -> None:
    silenced = {"status": "restricted", "user": ME, "until_date": 0, "is_member": True, **dict.fromkeys(MAY, False)}
    heard = {**silenced, "can_send_messages": True}
    member = {"status": "member", "user": ME}
    for old, new in ((silenced, heard), (silenced, member)):
        assert promoted(old, new, GROUP) == Returned(-1001)
        assert promoted(new, old, GROUP) is None  # the next post tells
    assert promoted(heard, member, GROUP) is None
    assert said(chat=GROUP, forum_topic_reopened={}, message_thread_id=7, is_topic_message=True) == Returned(-1001)


def test_a_group_that_moved_is_followed_from_either_message() -> None:
    assert said(chat={"id": -5, "type": "group", "title": "g"}, migrate_to_chat_id=-1001) == Moved(-5, -1001)
    assert said(chat=GROUP, migrate_from_chat_id=-5) == Moved(-5, -1001)


def test_what_is_no_update_of_ours_is_ignored() -> None:
    assert read() is None
    assert read(edited_message=message("x")) is None
    assert READER.read(object()) is None


def test_half_a_character_is_replaced() -> None:
    got = said("reward \ud83d?")
    assert isinstance(got, Incoming)
    assert got.text == "reward ??"


CHANNEL: Json = {"id": -1009, "type": "channel", "title": "News"}
RIGHTS = (
    "can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats",
    "can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories",
    "can_edit_stories", "can_delete_stories",
)  # fmt: skip

MAY = (
    "can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos", "can_send_videos",
    "can_send_video_notes", "can_send_voice_notes", "can_send_polls", "can_send_other_messages",
    "can_add_web_page_previews", "can_change_info", "can_invite_users", "can_pin_messages", "can_manage_topics",
    "can_react_to_messages", "can_edit_tag",
)  # fmt: skip


def in_channel(status: str, *, posting: bool = True) -> Json:
    rights = {**dict.fromkeys(RIGHTS, False), "can_post_messages": posting} if status == "administrator" else {}
    return {"user": ME, "status": status, "until_date": 0, **rights}


def promoted(old: Json, new: Json, chat: Json = CHANNEL) -> Any:
    change = {"chat": chat, "from": TOM, "date": 1, "old_chat_member": old, "new_chat_member": new}
    return read(my_chat_member=change)


def test_who_makes_the_bot_an_administrator_of_a_channel_is_asked_in_private() -> None:
    for before in (in_channel("left"), in_channel("kicked"), in_channel("administrator", posting=False)):
        got = promoted(before, in_channel("administrator"))
        assert got.chat_id == -1009
        assert isinstance(got.greeting.route.trigger, Promoted)
        assert (got.greeting.chat, got.greeting.text) == (Chat(1001, "private"), "-1009")


def test_a_channel_where_the_bot_may_not_post_is_lost() -> None:
    for after in (in_channel("left"), in_channel("kicked"), in_channel("administrator", posting=False)):
        assert promoted(in_channel("administrator"), after) == Left(-1009)
        assert promoted(in_channel("left"), after) is None
    assert promoted(in_channel("administrator"), in_channel("administrator")) is None


def test_words_under_a_question_of_the_inbox_are_what_is_written_for_it_and_in_private_only() -> None:
    button = {"text": "Not in article", "callback_data": "i:gap:0123456789ab"}
    inbox = {"message_id": 4, "date": 1, "from": ME, "text": "asked", "reply_markup": {"inline_keyboard": [[button]]}}
    got = said("It isn't told.\n没写。", reply_to_message={**inbox, "chat": PRIVATE})
    assert isinstance(got.route.trigger, Replied)
    assert (got.route.who, got.text, got.shown) == (Role.CURATOR, "It isn't told.\n没写。", "0123456789ab")
    by_tom = said("It isn't told.", reply_to_message={**inbox, "chat": PRIVATE, "from": TOM})
    in_group = said("It isn't told.", GROUP, reply_to_message={**inbox, "chat": GROUP})
    assert isinstance(by_tom.route.trigger, Text)
    assert isinstance(in_group.route.trigger, Text)
