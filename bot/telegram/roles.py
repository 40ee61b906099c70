"""What somebody may do in a chat. In a group Telegram must be asked, so it is only where a route wants to know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram.error import BadRequest, Forbidden

from handlers.ports import Role

if TYPE_CHECKING:
    from telegram import Bot

    from bot.telegram.incoming import Incoming

ADMINISTRATORS = frozenset({"creator", "administrator"})


class Roles:
    def __init__(self, bot: Bot, curators: frozenset[int]) -> None:
        self._bot = bot
        self._curators = curators

    async def of(self, incoming: Incoming) -> Role:
        """Raises TelegramError where Telegram does not answer: nobody gets a right by an outage."""
        if incoming.chat.private:
            known = incoming.person is not None and incoming.person.id in self._curators
            return Role.CURATOR if known else Role.CHAT_ADMIN
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
