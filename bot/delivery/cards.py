"""What a group was shown of its posts, kept up to date where nobody taps what changes them."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError
from telegram.error import TelegramError

from bot.telegram.sending import Target
from handlers.ports import Ask, Chat
from handlers.subscriptions import card

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from handlers.ports import Services, Subscription
    from handlers.reply import Edit

log = logging.getLogger(__name__)


class Cards:
    """`edit` changes a message once."""

    def __init__(self, services: Services, edit: Callable[[Edit, Target], Awaitable[object]]) -> None:
        self._services = services
        self._edit = edit

    async def renew(self, posts: Subscription) -> None:
        """Show a group how its posts stand now; it matters too little to be tried again."""
        try:
            kept = await self._services.subscriptions.get(posts.chat_id, posts.thread)
            if kept is None or kept.card is None:
                return
            chat, lang = Chat(kept.chat_id, "supergroup", "", kept.thread), kept.langs[0]
            ask = Ask(chat=chat, person=None, text="", lang=lang, now=self._services.clock.now())
            edit = await card(chat, kept.card, lang, ask, self._services)
            await self._edit(edit, Target(kept.chat_id, None, kept.card))
        except (TelegramError, SQLAlchemyError, OSError) as error:
            log.info("what a group is shown of its posts could not be renewed", extra={"because": repr(error)})
