"""Which groups and channels somebody administers, as Telegram has it at this moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import ChatMemberAdministrator
from telegram.constants import ChatAction
from telegram.error import BadRequest, ChatMigrated, Forbidden

from bot.telegram.reading import KINDS
from bot.telegram.roles import ADMINISTRATORS
from handlers.ports import Chat

if TYPE_CHECKING:
    from telegram import Bot


class TelegramRooms:
    """`handlers.ports.Rooms`."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def administered(self, chat: int | str, person: int) -> Chat | None:
        """Raises TelegramError where Telegram does not answer: nobody gets a right by an outage."""
        try:
            found = await self._bot.get_chat(chat)
            if found.type == "private":
                return None
            member = await self._bot.get_chat_member(found.id, person)
            if member.status not in ADMINISTRATORS or not await self._may_post(found.id, found.type):
                return None
        except (BadRequest, Forbidden, ChatMigrated):
            return None
        return Chat(found.id, KINDS[found.type], found.title or "")

    async def successor(self, chat: int) -> int | None:
        """Telegram tells that only to who would write: a group that is still one sees the bot typing for a moment."""
        try:
            await self._bot.send_chat_action(chat, ChatAction.TYPING)
        except ChatMigrated as moved:
            return moved.new_chat_id
        except (BadRequest, Forbidden):
            return None
        return None

    async def _may_post(self, chat_id: int, kind: str) -> bool:
        if kind != "channel":
            return True
        myself = await self._bot.get_chat_member(chat_id, self._bot.id)
        return isinstance(myself, ChatMemberAdministrator) and bool(myself.can_post_messages)
