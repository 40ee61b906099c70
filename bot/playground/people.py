"""Users, chats and memberships as Telegram's JSON objects."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.playground.refusals import Json

MESSAGES_KEPT = 2000

_MEMBER_RIGHTS = [
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
]
_ADMIN_RIGHTS = [
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_send_welcome_messages",
]
_GROUP_ADMIN_RIGHTS = ["can_pin_messages", "can_manage_topics"]
_CHANNEL_ADMIN_RIGHTS = ["can_post_messages", "can_edit_messages"]

STATUSES = frozenset({"creator", "administrator", "member", "restricted", "left", "kicked"})


@dataclass(slots=True)
class Person:
    """A simulated person. `user` is the User object; `blocked`: they blocked the bot; `started`: they wrote to it."""

    user: Json
    role: str = "reader"
    started: bool = False
    blocked: bool = False

    @property
    def id(self) -> int:
        return int(self.user["id"])

    def shown(self) -> Json:
        """Return the User object with what only the page may know."""
        return {**self.user, "role": self.role, "started": self.started, "blocked": self.blocked}


@dataclass(slots=True)
class Member:
    """Somebody's standing in a chat. `denied`: rights taken from an administrator or a restricted member."""

    status: str
    anonymous: bool = False
    denied: frozenset[str] = frozenset()

    @property
    def present(self) -> bool:
        return self.status not in {"left", "kicked"}

    @property
    def administrator(self) -> bool:
        return self.status in {"creator", "administrator"}

    def may(self, right: str) -> bool:
        """Whether they hold a right; an ordinary member holds those of talking only."""
        if self.status == "creator":
            return True
        if self.status == "member":
            return right.startswith(("can_send", "can_add", "can_react"))
        return self.present and right not in self.denied

    def json(self, user: Json, chat_kind: str) -> Json:
        """Return the ChatMember object."""
        shown: Json = {"user": user, "status": self.status}
        if self.status == "creator":
            shown["is_anonymous"] = self.anonymous
        elif self.status == "administrator":
            special = _CHANNEL_ADMIN_RIGHTS if chat_kind == "channel" else _GROUP_ADMIN_RIGHTS
            shown |= {"can_be_edited": False, "is_anonymous": self.anonymous}
            shown |= {right: right not in self.denied for right in (*_ADMIN_RIGHTS, *special)}
        elif self.status == "restricted":
            shown |= {"is_member": True, "until_date": 0}
            shown |= {right: right not in self.denied for right in _MEMBER_RIGHTS}
        elif self.status == "kicked":
            shown["until_date"] = 0
        return shown


@dataclass(slots=True)
class Topic:
    """A forum topic; its thread id is the id of the message that created it."""

    name: str
    closed: bool = False


@dataclass(slots=True)
class Chat:
    """A chat and what stands in it. `json` is the Chat object put into messages.

    `messages` are Message objects by id, oldest first, never changed in place: an edit stores a new one, so that
    queued updates and recorded calls keep what was true when they were made.
    """

    json: Json
    members: dict[int, Member] = field(default_factory=dict)
    messages: dict[int, Json] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    last_message_id: int = 0
    migrated_to: int | None = None

    @property
    def id(self) -> int:
        return int(self.json["id"])

    @property
    def kind(self) -> str:
        return str(self.json["type"])

    @property
    def forum(self) -> bool:
        return bool(self.json.get("is_forum"))

    def member(self, user_id: int) -> Member:
        return self.members.get(user_id, _ABSENT)

    def keep(self, message: Json) -> None:
        """Store a message, new or edited, and let the oldest go."""
        self.messages[message["message_id"]] = message
        if len(self.messages) > MESSAGES_KEPT:
            del self.messages[next(iter(self.messages))]


_ABSENT = Member("left")


def user_json(user_id: int, first_name: str, username: str = "", language: str = "", *, is_bot: bool = False) -> Json:
    """Return a User object."""
    user: Json = {"id": user_id, "is_bot": is_bot, "first_name": first_name}
    if username:
        user["username"] = username
    if language:
        user["language_code"] = language
    return user


def private_chat(user: Json) -> Chat:
    """Return the private chat with a person: its id is theirs."""
    shown = {"id": user["id"], "first_name": user["first_name"], "type": "private"}
    if "username" in user:
        shown["username"] = user["username"]
    return Chat(shown)
