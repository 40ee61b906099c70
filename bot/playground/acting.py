"""What simulated people do: write, tap, edit. Each act changes the world and, where Telegram would, tells the bot."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.playground.entities import formatted
from bot.playground.inline import Typed
from bot.playground.membership import block, change
from bot.playground.methods.sending import LONGEST_TEXT, reply_fields
from bot.playground.people import Member
from bot.playground.world import BOT_ID, USERNAME

if TYPE_CHECKING:
    from bot.playground.people import Chat, Person
    from bot.playground.refusals import Json
    from bot.playground.world import World

LONGEST_QUERY = 256
_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")
ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}


class ImpossibleError(ValueError):
    """A person cannot do that; the message says why."""


def person_of(world: World, user_id: int) -> Person:
    person = world.people.get(user_id)
    if person is None:
        raise ImpossibleError(f"there is no person {user_id}")
    return person


def chat_of(world: World, chat_id: int) -> Chat:
    chat = world.chats.get(chat_id)
    if chat is None:
        raise ImpossibleError(f"there is no chat {chat_id}")
    if chat.migrated_to is not None:
        raise ImpossibleError(f"this group became the supergroup {chat.migrated_to}")
    return chat


def place(world: World, user_id: int, chat_id: int) -> tuple[Person, Chat]:
    """Return a person and a chat that they are in. Raises ImpossibleError."""
    person, chat = person_of(world, user_id), chat_of(world, chat_id)
    if chat.kind == "private" and chat.id != person.id:
        raise ImpossibleError("this private chat belongs to somebody else")
    if chat.kind == "private" and person.blocked:
        raise ImpossibleError("this person blocked the bot: unblock it first, or press start")
    if chat.kind != "private" and not chat.member(person.id).present:
        raise ImpossibleError("this person is not in that chat")
    return person, chat


@dataclass(frozen=True, slots=True)
class Spot:
    """Who writes where. `reply_to` is a message id, `thread` a forum topic's id; 0: none."""

    user_id: int
    chat_id: int
    reply_to: int = 0
    thread: int = 0


def say(world: World, spot: Spot, text: str) -> Json:
    """Write a message and return it. Raises ImpossibleError."""
    person, chat = place(world, spot.user_id, spot.chat_id)
    plain, entities = typed(world, text)
    member = chat.member(person.id)
    if chat.kind == "channel" and not member.administrator:
        raise ImpossibleError("only administrators post in a channel")
    if chat.kind != "private" and not member.may("can_send_messages"):
        raise ImpossibleError("this person may not write there")
    message = in_thread(chat, spot.thread) | replied(chat, spot.reply_to, spot.thread)
    message["text"] = plain
    if entities:
        message["entities"] = entities
    sender: Json | None = person.user
    if member.anonymous:
        sender = ANONYMOUS
        message["sender_chat"] = chat.json
    if chat.kind == "channel":
        sender = None
    if chat.kind == "private":
        person.started = True
    posted = world.post(chat, sender, message)
    if heard(world, chat, posted):
        world.updates.add("channel_post" if chat.kind == "channel" else "message", posted)
    return posted


def type_inline(world: World, user_id: int, query: str, offset: str = "") -> str:
    """Type the bot's name and a query in any chat; return the query's id. What was asked lately is not asked again."""
    person = person_of(world, user_id)
    if len(query) > LONGEST_QUERY:
        raise ImpossibleError(f"an inline query has at most {LONGEST_QUERY} characters")
    query_id, answer = world.inline.ask(Typed(person.id, query, offset))
    if answer is None:
        asked = {"id": query_id, "from": person.user, "query": query, "offset": offset}
        world.updates.add("inline_query", asked)
    else:
        world.events.publish("inline", user_id=person.id, inline_query_id=query_id, query=query, **answer)
    return query_id


def choose(world: World, spot: Spot, query_id: str, result_id: str) -> Json:
    """Post a result of an inline query into a chat, as the person's own message through the bot; return it."""
    person, chat = place(world, spot.user_id, spot.chat_id)
    content = world.inline.result(query_id, result_id)
    if content is None:
        raise ImpossibleError("there is no such result")
    if chat.kind != "private" and not chat.member(person.id).may("can_send_other_messages"):
        raise ImpossibleError("this person may not post through bots there")
    posted = world.post(chat, person.user, in_thread(chat, spot.thread) | content | {"via_bot": world.bot})
    if heard(world, chat, posted):
        world.updates.add("message", posted)
    return posted


def vote(world: World, user_id: int, chat_id: int, message_id: int, option: int) -> Json:
    """Choose an option of a poll, once; return the poll as it is then. The bot is told, though not by whom."""
    person, chat = place(world, user_id, chat_id)
    message = chat.messages.get(message_id)
    if message is None or "poll" not in message:
        raise ImpossibleError(f"there is no poll {message_id} in that chat")
    poll = message["poll"]
    if not 0 <= option < len(poll["options"]):
        raise ImpossibleError(f"there is no option {option}")
    if person.id in world.voters.setdefault(poll["id"], set()):
        raise ImpossibleError("this person has voted")
    world.voters[poll["id"]].add(person.id)
    options = [each | {"voter_count": each["voter_count"] + (at == option)} for at, each in enumerate(poll["options"])]
    counted = poll | {"options": options, "total_voter_count": poll["total_voter_count"] + 1}
    world.replace(chat, message | {"poll": counted})
    world.updates.add("poll", counted)
    return {"poll": counted}


def typed(world: World, text: str) -> tuple[str, list[Json]]:
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise ImpossibleError("the text holds half a character")
    plain, entities = formatted(text, user=world.user)
    if not plain:
        raise ImpossibleError("the text is empty")
    if len(plain) > LONGEST_TEXT:
        raise ImpossibleError(f"the text is longer than {LONGEST_TEXT} characters")
    return plain, entities


def in_thread(chat: Chat, thread: int) -> Json:
    if not thread:
        return {}
    if not chat.forum or thread not in chat.topics:
        raise ImpossibleError(f"there is no topic {thread} in that chat")
    return {"message_thread_id": thread, "is_topic_message": True}


def replied(chat: Chat, reply_to: int, thread: int) -> Json:
    """In a topic every message that replies to nothing else replies to the one that created it."""
    wanted = reply_to or thread
    if not wanted:
        return {}
    target = chat.messages.get(wanted)
    if target is None:
        if reply_to:
            raise ImpossibleError(f"there is no message {reply_to} in that chat")
        return {}
    return reply_fields(chat, target, in_thread(chat, thread))


def heard(world: World, chat: Chat, message: Json) -> bool:
    """Whether the bot gets a person's message (core.telegram.org/bots/features#privacy-mode)."""
    if chat.kind == "private":
        return True
    bot = chat.member(BOT_ID)
    if not bot.present:
        return False
    if bot.administrator or chat.kind == "channel" or not world.privacy:
        return True
    if message.get("via_bot", {}).get("id") == BOT_ID:
        return True
    if message.get("reply_to_message", {}).get("from", {}).get("id") == BOT_ID:
        return True
    text: str = message.get("text") or message.get("caption") or ""
    entities: list[Json] = message.get("entities") or message.get("caption_entities") or []
    return any(_meant(world, text, entity) for entity in entities)


def _meant(world: World, text: str, entity: Json) -> bool:
    """Whether a command or mention addresses the bot: the only one here, so a bare command that comes first does."""
    start = entity["offset"]
    units = text.encode("utf-16-le")[2 * start : 2 * (start + entity["length"])]
    word = units.decode("utf-16-le", "replace").lower()
    if entity["type"] == "bot_command":
        return (start == 0 and "@" not in word) or word.endswith(f"@{USERNAME.lower()}")
    return entity["type"] == "mention" and world.mentions_arrive and word == f"@{USERNAME.lower()}"


def start(world: World, user_id: int, payload: str = "", chat_id: int = 0) -> Json:
    """Press start in the private chat, with a deep link's payload if any; that also unblocks.

    `chat_id`: a group chosen behind a link with `startgroup`, which adds the bot to it and says /start there.
    """
    person, chat = place(world, user_id, chat_id) if chat_id < 0 else (person_of(world, user_id), None)
    if payload and not _PAYLOAD.fullmatch(payload):
        raise ImpossibleError("a payload is at most 64 characters of A-Z, a-z, 0-9, _ and -")
    if chat is not None:
        if not chat.member(BOT_ID).present:
            change(world, chat, person.user, world.bot, Member("member"))
        return say(world, Spot(user_id, chat_id), f"/start@{USERNAME} {payload}".rstrip())
    block(world, person, blocked=False)
    return say(world, Spot(user_id, user_id), f"/start {payload}".rstrip())


def edit(world: World, user_id: int, chat_id: int, message_id: int, text: str) -> None:
    """Change one's own message."""
    person, chat = place(world, user_id, chat_id)
    message = chat.messages.get(message_id)
    if message is None or message.get("from", {}).get("id") != person.id:
        raise ImpossibleError("one can edit one's own messages only")
    plain, entities = typed(world, text)
    edited = {**message, "edit_date": world.now, "text": plain}
    edited.pop("entities", None)
    if entities:
        edited["entities"] = entities
    world.replace(chat, edited)
    if heard(world, chat, edited):
        world.updates.add("edited_message", edited)


def delete(world: World, user_id: int, chat_id: int, message_id: int) -> None:
    """Delete a message: in a private chat any, elsewhere one's own, or as an administrator. The bot isn't told."""
    person, chat = place(world, user_id, chat_id)
    message = chat.messages.get(message_id)
    if message is None:
        raise ImpossibleError(f"there is no message {message_id} in that chat")
    own = message.get("from", {}).get("id") == person.id
    if not (own or chat.kind == "private" or chat.member(person.id).administrator):
        raise ImpossibleError("this person may not delete that message")
    world.remove(chat, message_id)


def tap(world: World, user_id: int, chat_id: int, message_id: int, data: str) -> str:
    """Tap a button and return the callback query's id.

    Any data is taken, as a modified app may send any; a message that is gone arrives as an inaccessible one.
    """
    person, chat = place(world, user_id, chat_id)
    if not 1 <= len(data.encode("utf-8", "replace")) <= 64:
        raise ImpossibleError("callback data has 1 to 64 bytes")
    message = chat.messages.get(message_id)
    if message is None:
        if message_id <= 0:
            raise ImpossibleError(f"there is no message {message_id} in that chat")
        message = {"chat": chat.json, "message_id": message_id, "date": 0}
    query_id = world.queries.ask(person.id)
    world.updates.add(
        "callback_query",
        {
            "id": query_id,
            "from": person.user,
            "message": message,
            "chat_instance": str(abs(chat.id) * 7_919),
            "data": data,
        },
    )
    return query_id
