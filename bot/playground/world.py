"""Everything the server knows: people, chats, messages, commands, the bot's queue of updates. One thread, no locks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playground.calls import Calls
from bot.playground.events import Events
from bot.playground.files import Files
from bot.playground.inline import InlineQueries
from bot.playground.menus import Menus
from bot.playground.people import Chat, Member, Person, private_chat, user_json
from bot.playground.queries import Queries
from bot.playground.updates import UpdateQueue

if TYPE_CHECKING:
    from bot.playground.refusals import Json
    from handlers.ports import Clock

TOKEN = "7000000001:PLAYGROUND-local-only"  # noqa: S105  # known to all; it opens nothing but the local server
BOT_ID = 7000000001
USERNAME = "chancheng_facts_bot"
GROUP_ID = -1001000000001
TOM_ID, MEI_ID, CURATOR_ID = 1001, 1002, 1003


class World:
    """The state behind both doors, `/bot…` and `/sim/…`. Made with the default people and chats of the playground."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.events = Events()
        self.calls = Calls(self.events)
        self.updates = UpdateQueue()
        self.menus = Menus()
        self.files = Files()
        self.profile: dict[tuple[str, str], str] = {}
        # What the page shows beside the state, such as questions to try; the composition fills it.
        self.page: Json = {}
        self.populate()

    def populate(self) -> None:
        """(Re)make the default people and chats.

        Update ids go on counting, as they never repeat; what the bot set about itself stays, as it does so only once.
        """
        self.bot: Json = user_json(BOT_ID, "Chancheng Facts", USERNAME, is_bot=True)
        self.privacy = True
        self.mentions_arrive = True
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.queries = Queries(self.clock)
        self.voters: dict[str, set[int]] = {}
        self.inline = InlineQueries(self.clock)
        self._last_shared_id = 0
        self._last_poll_id = 5_000_000_000_000_000
        self.updates.clear()
        self.calls.recent.clear()
        self.add_person(user_json(TOM_ID, "Tom", "tom_reads", "en"))
        self.add_person(user_json(MEI_ID, "Mei", "mei_reads", "zh-hans"))
        self.add_person(user_json(CURATOR_ID, "Lin", "lin_curates", "zh-hans"), role="curator")
        group = Chat({"id": GROUP_ID, "title": "Chancheng readers", "type": "supergroup"})
        group.members = {
            CURATOR_ID: Member("creator"),
            TOM_ID: Member("administrator"),
            MEI_ID: Member("member"),
            BOT_ID: Member("member"),
        }
        self.chats[GROUP_ID] = group

    def add_person(self, user: Json, role: str = "reader") -> Person:
        person = Person(user, role)
        self.people[person.id] = person
        self.chats[person.id] = private_chat(user)
        return person

    def user(self, user_id: int) -> Json | None:
        """Return the User object of a person or the bot."""
        if user_id == BOT_ID:
            return self.bot
        person = self.people.get(user_id)
        return person.user if person else None

    @property
    def now(self) -> int:
        """Unix time, seconds."""
        return int(self.clock.now().timestamp())

    def next_message_id(self, chat: Chat) -> int:
        """Count messages: private chats and basic groups share a counter, as an account does; others have their own."""
        if chat.kind in {"private", "group"}:
            self._last_shared_id += 1
            return self._last_shared_id
        chat.last_message_id += 1
        return chat.last_message_id

    def next_poll_id(self) -> int:
        self._last_poll_id += 1
        return self._last_poll_id

    def post(self, chat: Chat, sender: Json | None, content: Json) -> Json:
        """Put a new message into a chat and tell the page. `sender` None: a channel's own post."""
        message: Json = {"message_id": self.next_message_id(chat)}
        if sender is None:
            message["sender_chat"] = chat.json
        else:
            message["from"] = sender
        message["chat"] = chat.json
        message["date"] = self.now
        message |= content
        chat.keep(message)
        self.events.publish("message", chat_id=chat.id, message=message)
        return message

    def replace(self, chat: Chat, message: Json) -> None:
        """Store the new version of a message and tell the page."""
        chat.keep(message)
        self.events.publish("edit", chat_id=chat.id, message=message)

    def remove(self, chat: Chat, message_id: int) -> None:
        del chat.messages[message_id]
        self.events.publish("delete", chat_id=chat.id, message_id=message_id)

    def chat_json(self, chat: Chat) -> Json:
        """Return the Chat object with its members' statuses, and what the page shows of a private chat."""
        shown: Json = {**chat.json, "members": {str(uid): member.status for uid, member in chat.members.items()}}
        if chat.kind == "private":
            person = self.people[chat.id]
            shown |= {"started": person.started, "blocked": person.blocked}
        if chat.forum:
            shown["topics"] = {str(thread): topic.name for thread, topic in chat.topics.items()}
        if chat.migrated_to is not None:
            shown["migrated_to"] = chat.migrated_to
        return shown
