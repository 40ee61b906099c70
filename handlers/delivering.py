"""How the scheduled posts are doing, for who runs the bot."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from handlers import render
from handlers.reply import Text

if TYPE_CHECKING:
    from handlers.ports import Ask, DeliverySummary, Services
    from handlers.reply import Reply
    from handlers.texts import Catalogue


async def deliveries(ask: Ask, services: Services) -> Reply:
    """Tell of the last day's posts, of those that wait, and of the chats that cannot be reached."""
    words, told = services.texts[ask.lang], await services.deliveries.summary(ask.now)
    return (Text(render.message(words("deliveries.title"), lines(told, words))),)


def lines(told: DeliverySummary, words: Catalogue) -> list[str]:
    day = words("deliveries.day", due=told.due, sent=told.sent, late=told.late, failed=told.failed)
    found = [day if told.due else words("deliveries.none")]
    minutes = math.ceil(told.eta.total_seconds() / 60)
    found.append(
        words("deliveries.queue", count=told.queue, minutes=minutes) if told.queue else words("deliveries.idle")
    )
    if told.suspended:
        found.append(words("deliveries.suspended", count=told.suspended))
    return found
