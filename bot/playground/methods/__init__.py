"""The emulated methods by lower-case name: each takes the world and the call's fields and returns the result."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.playground.methods import chats, documents, editing, inline, photos, polls, profile, sending

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.playground.fields import Fields
    from bot.playground.world import World

    Method = Callable[[World, Fields], Any]

# getUpdates is not here: it alone waits, so the wire runs it.
METHODS: dict[str, Method] = {
    "getme": profile.get_me,
    "getmycommands": profile.get_my_commands,
    "setmycommands": profile.set_my_commands,
    "deletemycommands": profile.delete_my_commands,
    "getmyname": profile.get_my_name,
    "setmyname": profile.set_my_name,
    "getmydescription": profile.get_my_description,
    "setmydescription": profile.set_my_description,
    "getmyshortdescription": profile.get_my_short_description,
    "setmyshortdescription": profile.set_my_short_description,
    "deletewebhook": profile.delete_webhook,
    "getwebhookinfo": profile.get_webhook_info,
    "sendmessage": sending.send_message,
    "sendpoll": polls.send_poll,
    "sendphoto": photos.send_photo,
    "senddocument": documents.send_document,
    "getfile": documents.get_file,
    "sendchataction": sending.send_chat_action,
    "answercallbackquery": sending.answer_callback_query,
    "answerinlinequery": inline.answer_inline_query,
    "editmessagetext": editing.edit_message_text,
    "editmessagereplymarkup": editing.edit_message_reply_markup,
    "deletemessage": editing.delete_message,
    "getchat": chats.get_chat,
    "getchatmember": chats.get_chat_member,
    "getchatadministrators": chats.get_chat_administrators,
    "getchatmembercount": chats.get_chat_member_count,
    "leavechat": chats.leave_chat,
}
