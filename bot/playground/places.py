"""Making groups, channels and topics, and turning a group into a supergroup."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.playground.acting import ImpossibleError, chat_of, person_of
from bot.playground.people import Chat, Member, Topic, user_json
from bot.playground.world import BOT_ID

if TYPE_CHECKING:
    from bot.playground.people import Person
    from bot.playground.refusals import Json
    from bot.playground.world import World

MOST = 1000
KINDS = frozenset({"group", "supergroup", "forum", "channel"})


def add_person(world: World, first_name: str, language: str = "") -> Person:
    """Make a new person, who never wrote to the bot."""
    if len(world.people) >= MOST:
        raise ImpossibleError(f"there are {MOST} people already")
    if not 1 <= len(first_name) <= 64:
        raise ImpossibleError("a first name has 1 to 64 characters")
    return world.add_person(user_json(max(world.people) + 1, first_name, language=language))


@dataclass(frozen=True, slots=True)
class Founding:
    """A chat to be made. `kind`: group, supergroup, forum (a supergroup with topics) or channel."""

    kind: str
    title: str
    creator: int
    members: tuple[int, ...] = ()
    username: str = ""


def add_chat(world: World, founding: Founding) -> Chat:
    """Make a chat, without the bot. Raises ImpossibleError."""
    kind, title, creator = founding.kind, founding.title, founding.creator
    if kind not in KINDS:
        raise ImpossibleError(f"a chat is one of {', '.join(sorted(KINDS))}")
    if len(world.chats) >= MOST:
        raise ImpossibleError(f"there are {MOST} chats already")
    if not 1 <= len(title) <= 128:
        raise ImpossibleError("a title has 1 to 128 characters")
    person_of(world, creator)
    lowest = min((chat_id for chat_id in world.chats if chat_id < -(10**12)), default=-(10**12))
    shown: Json = {"id": lowest - 1, "title": title, "type": "supergroup" if kind == "forum" else kind}
    if kind == "group":
        shown["id"] = min((chat_id for chat_id in world.chats if -(10**12) < chat_id < 0), default=-4000) - 1
    if kind == "forum":
        shown["is_forum"] = True
    if founding.username:
        shown["username"] = founding.username
    chat = Chat(shown)
    chat.members = {person_of(world, user_id).id: Member("member") for user_id in founding.members}
    chat.members[creator] = Member("creator")
    world.chats[chat.id] = chat
    world.events.publish("chat", chat=world.chat_json(chat))
    return chat


def add_topic(world: World, chat_id: int, user_id: int, name: str) -> int:
    """Open a topic in a forum and return its thread id."""
    chat = chat_of(world, chat_id)
    if not chat.forum:
        raise ImpossibleError("that chat has no topics")
    if not 1 <= len(name) <= 128:
        raise ImpossibleError("a topic's name has 1 to 128 characters")
    if len(chat.topics) >= MOST:
        raise ImpossibleError(f"there are {MOST} topics already")
    thread = chat.last_message_id + 1
    content = {
        "message_thread_id": thread,
        "is_topic_message": True,
        "forum_topic_created": {"name": name, "icon_color": 7322096},
    }
    chat.topics[thread] = Topic(name)
    message = world.post(chat, person_of(world, user_id).user, content)
    if chat.member(BOT_ID).present:
        world.updates.add("message", message)
    world.events.publish("chat", chat=world.chat_json(chat))
    return thread


def _topic(chat: Chat, thread: int) -> Topic:
    if thread not in chat.topics:
        raise ImpossibleError(f"there is no topic {thread} in that chat")
    return chat.topics[thread]


def close_topic(world: World, chat_id: int, thread: int, *, closed: bool) -> None:
    """Close or reopen a topic, as the chat's creator."""
    chat = chat_of(world, chat_id)
    topic = _topic(chat, thread)
    if topic.closed == closed:
        return
    topic.closed = closed
    creator = next(user_id for user_id, member in chat.members.items() if member.status == "creator")
    service = "forum_topic_closed" if closed else "forum_topic_reopened"
    content = {"message_thread_id": thread, "is_topic_message": True, service: {}}
    message = world.post(chat, person_of(world, creator).user, content)
    if chat.member(BOT_ID).present:
        world.updates.add("message", message)


def delete_topic(world: World, chat_id: int, thread: int) -> None:
    """Delete a topic with all that stands in it; as on Telegram, nobody is told."""
    chat = chat_of(world, chat_id)
    _topic(chat, thread)
    del chat.topics[thread]
    for message_id in [key for key, message in chat.messages.items() if message.get("message_thread_id") == thread]:
        world.remove(chat, message_id)
    world.events.publish("chat", chat=world.chat_json(chat))


def migrate(world: World, chat_id: int, user_id: int) -> Chat:
    """Turn a basic group into a supergroup with a new id; the old one then answers with where it went."""
    old = chat_of(world, chat_id)
    if old.kind != "group":
        raise ImpossibleError("only a basic group can become a supergroup")
    actor = person_of(world, user_id).user
    new = add_chat(world, Founding("supergroup", old.json["title"], user_id))
    new.members = dict(old.members)
    told = [world.post(old, actor, {"migrate_to_chat_id": new.id})]
    old.migrated_to = new.id
    told.append(world.post(new, actor, {"migrate_from_chat_id": old.id}))
    if new.member(BOT_ID).present:
        for message in told:
            world.updates.add("message", message)
    for chat in (old, new):
        world.events.publish("chat", chat=world.chat_json(chat))
    return new
