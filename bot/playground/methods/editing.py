"""editMessageText, editMessageReplyMarkup, deleteMessage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playground.access import find_chat, message_in, writable_chat
from bot.playground.keyboards import read_markup
from bot.playground.methods.sending import read_text, sent_by_bot
from bot.playground.refusals import bad_request, not_emulated
from bot.playground.world import BOT_ID

if TYPE_CHECKING:
    from bot.playground.fields import Fields
    from bot.playground.people import Chat
    from bot.playground.refusals import Json
    from bot.playground.world import World

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content "
    "and reply markup of the message"
)
DELETABLE_FOR = 48 * 3600
_CONTENT = ("text", "entities", "link_preview_options", "reply_markup")


def edit_message_text(world: World, fields: Fields) -> Json:
    content = read_text(world, fields)
    markup = read_markup(fields, inline_only=True)
    chat, message = _own_message(world, fields)
    if "text" not in message:
        raise bad_request("there is no text in the message to edit")
    if markup:
        content["reply_markup"] = markup
    return _replaced(world, chat, message, content)


def edit_message_reply_markup(world: World, fields: Fields) -> Json:
    markup = read_markup(fields, inline_only=True)
    chat, message = _own_message(world, fields)
    content = {name: message[name] for name in _CONTENT if name in message and name != "reply_markup"}
    if markup:
        content["reply_markup"] = markup
    return _replaced(world, chat, message, content)


def _own_message(world: World, fields: Fields) -> tuple[Chat, Json]:
    if not fields.text("chat_id") and not fields.integer("message_id"):
        if fields.text("inline_message_id"):
            raise not_emulated("inline_message_id")
        raise bad_request("message identifier is not specified")
    chat = writable_chat(world, fields)
    message = message_in(chat, fields, "message to edit")
    if not sent_by_bot(chat, message):
        raise bad_request("message can't be edited")
    return chat, message


def _replaced(world: World, chat: Chat, message: Json, content: Json) -> Json:
    if all(content.get(name) == message.get(name) for name in _CONTENT):
        raise bad_request(NOT_MODIFIED)
    kept = {name: value for name, value in message.items() if name not in _CONTENT}
    # Other buttons alone don't make a message an edited one (td: hide_edit_date).
    if any(content.get(name) != message.get(name) for name in _CONTENT if name != "reply_markup"):
        kept["edit_date"] = world.now
    edited = kept | content
    world.replace(chat, edited)
    return edited


def delete_message(world: World, fields: Fields) -> bool:
    chat = find_chat(world, fields.text("chat_id"))
    message = message_in(chat, fields, "message to delete")
    _check_deletable(world, chat, message)
    world.remove(chat, message["message_id"])
    return True


def _check_deletable(world: World, chat: Chat, message: Json) -> None:
    """An administrator deletes anything, others their own; two days later only an administrator in groups."""
    if chat.kind != "private":
        member = chat.member(BOT_ID)
        if member.administrator and member.may("can_delete_messages"):
            return
        if not member.present or not sent_by_bot(chat, message):
            raise bad_request("message can't be deleted")
    if world.now - message["date"] > DELETABLE_FOR:
        raise bad_request("message can't be deleted for everyone")
