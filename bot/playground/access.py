"""Which chat, thread and message a call means, and whether the bot may go there.

After check_chat_access and check_message of tdlib/telegram-bot-api, Client.cpp.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.playground.refusals import bad_request, forbidden, migrated
from bot.playground.world import BOT_ID

if TYPE_CHECKING:
    from bot.playground.fields import Fields
    from bot.playground.people import Chat
    from bot.playground.refusals import Json
    from bot.playground.world import World

GENERAL_TOPIC = 1


def find_chat(world: World, given: str) -> Chat:
    """Return the chat of an id or "@username". Raises Refusal."""
    if not given:
        raise bad_request("chat_id is empty")
    if given.startswith("@"):
        name = given[1:].lower()
        for chat in world.chats.values():
            if chat.kind != "private" and str(chat.json.get("username", "")).lower() == name:
                return chat
        raise bad_request("chat not found")
    found = world.chats.get(int(given)) if re.fullmatch(r"-?[0-9]{1,19}", given) else None
    if found is None:
        raise bad_request("chat not found")
    return found


def readable_chat(world: World, fields: Fields) -> Chat:
    """Return the chat of `chat_id` if the bot may look into it. Raises Refusal."""
    chat = find_chat(world, fields.text("chat_id"))
    if chat.kind == "private":
        return chat
    status = chat.member(BOT_ID).status
    if chat.kind == "group":
        return chat
    if status == "kicked":
        raise forbidden(f"bot was kicked from the {chat.kind} chat")
    if status == "left" and "username" not in chat.json:
        raise forbidden(f"bot is not a member of the {chat.kind} chat")
    return chat


def writable_chat(world: World, fields: Fields) -> Chat:
    """Return the chat of `chat_id` if the bot may send text there. Raises Refusal."""
    chat = find_chat(world, fields.text("chat_id"))
    if chat.migrated_to is not None:
        raise migrated(chat.migrated_to)
    if chat.kind == "private":
        return _open_private_chat(world, chat)
    member = chat.member(BOT_ID)
    if member.status == "kicked":
        raise forbidden(f"bot was kicked from the {chat.kind} chat")
    if member.status == "left":
        raise forbidden(f"bot is not a member of the {chat.kind} chat")
    if chat.kind == "channel" and not (member.administrator and member.may("can_post_messages")):
        raise bad_request("need administrator rights in the channel chat")
    if not member.may("can_send_messages"):
        raise bad_request("not enough rights to send text messages to the chat")
    return chat


def _open_private_chat(world: World, chat: Chat) -> Chat:
    person = world.people[chat.id]
    if person.blocked:
        raise forbidden("bot was blocked by the user")
    if not person.started:
        raise forbidden("bot can't initiate conversation with a user")
    return chat


def thread_of(chat: Chat, fields: Fields) -> Json:
    """Return the fields that `message_thread_id` gives the message. Raises Refusal, also for the General topic's 1."""
    if not fields.text("message_thread_id"):
        return {}
    thread = fields.integer("message_thread_id")
    if chat.forum and thread in chat.topics:
        if chat.topics[thread].closed and not chat.member(BOT_ID).may("can_manage_topics"):
            raise bad_request("TOPIC_CLOSED")
        return {"message_thread_id": thread, "is_topic_message": True}
    if chat.kind == "supergroup" and not chat.forum and thread in chat.messages:
        return {"message_thread_id": thread}
    raise bad_request("message thread not found")


def message_in(chat: Chat, fields: Fields, what: str) -> Json:
    """Return the message of `message_id`. `what` names it in the refusal: "message to edit"."""
    message_id = fields.integer("message_id")
    if message_id <= 0:
        raise bad_request("message identifier is not specified")
    found = chat.messages.get(message_id)
    if found is None:
        raise bad_request(f"{what} not found")
    return found
