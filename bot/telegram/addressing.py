"""What a message says to the bot: commands, mentions and replies, as plain text. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from telegram import InlineKeyboardMarkup

from handlers import callbacks

if TYPE_CHECKING:
    from collections.abc import Iterable

    from telegram import Message, MessageEntity

_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,64})(?:@([A-Za-z0-9_]+))?(?=\s|$)")


class Addressing:
    """Knows the bot's own id and username (without @)."""

    def __init__(self, bot_id: int, username: str) -> None:
        self._bot_id = bot_id
        self._username = username.lower()

    def command(self, text: str) -> tuple[str, bool, str] | None:
        """Return name (lower case), whether the bot is named behind it, and the rest.

        None for no command; the name is empty for one that names another bot.
        """
        found = _COMMAND.match(text)
        if found is None:
            return None
        name, to = found[1].lower(), (found[2] or "").lower()
        return (name if to in {"", self._username} else "", bool(to), text[found.end() :].strip())

    def mentioned(self, message: Message) -> bool:
        return any(self._is_me(message, entity) for entity in _entities(message))

    def replied_to(self, message: Message) -> bool:
        """Whether it replies to one of the bot's messages; in a forum every message replies to the topic's first."""
        replied = message.reply_to_message
        return replied is not None and self._mine(replied) and replied.forum_topic_created is None

    def sent_through(self, message: Message) -> bool:
        """Whether it is one of the bot's own answers, which somebody chose in inline mode."""
        return message.via_bot is not None and message.via_bot.id == self._bot_id

    def words(self, message: Message) -> str:
        """The text or caption without mentions of the bot."""
        text = message.text or message.caption or ""
        for entity in sorted(_entities(message), key=lambda entity: entity.offset, reverse=True):
            if self._is_me(message, entity):
                text = _cut(text, entity)
        return _sound(text).strip()

    def question(self, message: Message) -> str:
        """The words without a command before them: what somebody asked, in whatever way."""
        words = self.words(message)
        found = self.command(words)
        return words if found is None else found[2]

    def shown(self, message: Message) -> str | None:
        """The fact on the bot's message that this replies to."""
        return callbacks.shown(self._data(message))

    def about(self, message: Message, prefix: str) -> str:
        """What follows `prefix:` on a button of the bot's message that this replies to; empty where none has it."""
        found = (data.removeprefix(f"{prefix}:") for data in self._data(message) if data.startswith(f"{prefix}:"))
        return next(found, "")

    def _data(self, message: Message) -> list[str]:
        replied = message.reply_to_message
        if replied is None or not self._mine(replied) or not isinstance(replied.reply_markup, InlineKeyboardMarkup):
            return []
        buttons = (button for row in replied.reply_markup.inline_keyboard for button in row)
        return [button.callback_data for button in buttons if isinstance(button.callback_data, str)]

    def _mine(self, message: Message) -> bool:
        return message.from_user is not None and message.from_user.id == self._bot_id

    def _is_me(self, message: Message, entity: MessageEntity) -> bool:
        if entity.type == "text_mention":
            return entity.user is not None and entity.user.id == self._bot_id
        text = message.text or message.caption or ""
        return entity.type == "mention" and _piece(text, entity).lower() == f"@{self._username}"


def _entities(message: Message) -> Iterable[MessageEntity]:
    return message.entities or message.caption_entities or ()


def _piece(text: str, entity: MessageEntity) -> str:
    # Telegram counts in UTF-16 code units.
    raw = text.encode("utf-16-le", "surrogatepass")
    return raw[2 * entity.offset : 2 * (entity.offset + entity.length)].decode("utf-16-le", "replace")


def _cut(text: str, entity: MessageEntity) -> str:
    raw = text.encode("utf-16-le", "surrogatepass")
    left, right = raw[: 2 * entity.offset], raw[2 * (entity.offset + entity.length) :]
    return (left + right).decode("utf-16-le", "replace")


def _sound(text: str) -> str:
    """Replace lone surrogates, which JSON can carry and UTF-8 cannot."""
    return text.encode("utf-8", "replace").decode()
