"""A chat as plain text, for tests and reports."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.playground.people import Chat
    from bot.playground.refusals import Json

_SERVICE = {
    "new_chat_members": "joined",
    "left_chat_member": "left",
    "migrate_to_chat_id": "became a supergroup",
    "migrate_from_chat_id": "was a group before",
    "forum_topic_created": "opened a topic",
    "forum_topic_closed": "closed the topic",
    "forum_topic_reopened": "reopened the topic",
}


def transcript(chat: Chat) -> str:
    """Return the messages, one paragraph each: time (UTC), author, text, then its buttons."""
    return "\n".join(_paragraph(message) for message in chat.messages.values())


def _paragraph(message: Json) -> str:
    sender = message.get("from") or {"first_name": message["chat"].get("title", "")}
    moment = datetime.fromtimestamp(message["date"], UTC).strftime("%Y-%m-%d %H:%M")
    text = (
        message.get("text")
        or message.get("caption")
        or next((f"({words})" for name, words in _SERVICE.items() if name in message), "")
    )
    edited = " (edited)" if "edit_date" in message else ""
    lines = [f"[{moment}] #{message['message_id']} {sender['first_name']}{edited}: {text}"]
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    lines += ["    " + " ".join(f"[{button['text']}]" for button in row) for row in rows]
    return "\n".join(lines) + "\n"
