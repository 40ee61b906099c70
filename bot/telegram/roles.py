"""What somebody may do in a chat. In a group Telegram must be asked, so it is only where a route wants to know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram.error import BadRequest, Forbidden

from handlers.ports import Role

if TYPE_CHECKING:
    from collections.abc import Mapping

    from telegram import Bot

    from bot.telegram.incoming import Incoming

ADMINISTRATORS = frozenset({"creator", "administrator"})


class Roles:
    def __init__(self, bot: Bot, named: Mapping[int, Role]) -> None:
        """`named`: those whom the settings name, and as what."""
        self._bot = bot
        self._named = named

    async def of(self, incoming: Incoming) -> Role:
        """Raises TelegramError where Telegram does not answer: nobody gets a right by an outage."""
        if incoming.chat.private:
            return self._named.get(incoming.person.id, Role.CHAT_ADMIN) if incoming.person else Role.CHAT_ADMIN
        if incoming.route.who < Role.CHAT_ADMIN:
            return Role.EVERYONE
        if incoming.anonymous_admin:
            return Role.CHAT_ADMIN
        if incoming.person is None:
            return Role.EVERYONE
        try:
            member = await self._bot.get_chat_member(incoming.chat.id, incoming.person.id)
        except (BadRequest, Forbidden):
            return Role.EVERYONE
        return Role.CHAT_ADMIN if member.status in ADMINISTRATORS else Role.EVERYONE
