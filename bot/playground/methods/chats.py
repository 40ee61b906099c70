"""getChat, getChatMember, getChatAdministrators, getChatMemberCount, leaveChat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playground.access import readable_chat
from bot.playground.membership import change
from bot.playground.people import Member
from bot.playground.refusals import bad_request, forbidden
from bot.playground.world import BOT_ID

if TYPE_CHECKING:
    from bot.playground.fields import Fields
    from bot.playground.refusals import Json
    from bot.playground.world import World

_GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")


def get_chat(world: World, fields: Fields) -> Json:
    chat = readable_chat(world, fields)
    private = chat.kind == "private"
    full: Json = {
        **chat.json,
        "accent_color_id": abs(chat.id) % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(_GIFTS, private),
    }
    if "username" in chat.json:
        full["active_usernames"] = [chat.json["username"]]
    return full


def get_chat_member(world: World, fields: Fields) -> Json:
    chat = readable_chat(world, fields)
    user_id = fields.integer("user_id")
    if user_id <= 0:
        raise bad_request("invalid user_id specified")
    user = world.user(user_id)
    if user is None:
        raise bad_request("PARTICIPANT_ID_INVALID")
    if chat.kind == "private":
        if user_id not in {chat.id, BOT_ID}:
            raise bad_request("member not found")
        return Member("member").json(user, chat.kind)
    if chat.kind == "channel" and not chat.member(BOT_ID).administrator and user_id != BOT_ID:
        raise bad_request("member list is inaccessible")
    return chat.member(user_id).json(user, chat.kind)


def get_chat_administrators(world: World, fields: Fields) -> list[Json]:
    chat = readable_chat(world, fields)
    if chat.kind == "private":
        raise bad_request("there are no administrators in the private chat")
    found = ((world.user(user_id), member) for user_id, member in chat.members.items() if member.administrator)
    return [member.json(user, chat.kind) for user, member in found if user]


def get_chat_member_count(world: World, fields: Fields) -> int:
    chat = readable_chat(world, fields)
    return 2 if chat.kind == "private" else sum(member.present for member in chat.members.values())


def leave_chat(world: World, fields: Fields) -> bool:
    chat = readable_chat(world, fields)
    if chat.kind == "private":
        raise bad_request("chat member status can't be changed in private chats")
    if not chat.member(BOT_ID).present:
        raise forbidden(f"bot is not a member of the {chat.kind} chat")
    change(world, chat, world.bot, world.bot, Member("left"))
    return True
