"""Joining, leaving, promoting, blocking: the state, the service message and the updates they make."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playground.people import Member
from bot.playground.world import BOT_ID

if TYPE_CHECKING:
    from bot.playground.people import Chat, Person
    from bot.playground.refusals import Json
    from bot.playground.world import World


def change(world: World, chat: Chat, actor: Json, user: Json, new: Member) -> None:
    """Give `user` a new standing in a group or channel, done by `actor`. The same as before changes nothing."""
    old = chat.member(user["id"])
    if (old.status, old.denied, old.anonymous) == (new.status, new.denied, new.anonymous):
        return
    heard_before = chat.member(BOT_ID).present
    chat.members[user["id"]] = new
    _tell(world, chat, actor, user, (old, new))
    if chat.kind != "channel" and old.present != new.present:
        content: Json = {"new_chat_members": [user]} if new.present else {"left_chat_member": user}
        message = world.post(chat, actor, content)
        if (user["id"] != BOT_ID and heard_before) or (user["id"] == BOT_ID and new.present):
            world.updates.add("message", message)
    world.events.publish("chat", chat=world.chat_json(chat))


def _tell(world: World, chat: Chat, actor: Json, user: Json, standing: tuple[Member, Member]) -> None:
    old, new = standing
    update = {
        "chat": chat.json,
        "from": actor,
        "date": world.now,
        "old_chat_member": old.json(user, chat.kind),
        "new_chat_member": new.json(user, chat.kind),
    }
    if user["id"] == BOT_ID:
        world.updates.add("my_chat_member", update)
    elif chat.member(BOT_ID).administrator:
        world.updates.add("chat_member", update)


def block(world: World, person: Person, *, blocked: bool) -> None:
    """Let a person block or unblock the bot in their private chat."""
    if person.blocked == blocked:
        return
    person.blocked = blocked
    chat = world.chats[person.id]
    free, barred = Member("member"), Member("kicked")
    standing = (free, barred) if blocked else (barred, free)
    _tell(world, chat, person.user, world.bot, standing)
    world.events.publish("chat", chat=world.chat_json(chat))
