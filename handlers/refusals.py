"""What is said when things do not go the usual way: refusals, stale buttons, unknown commands, failures.

A tap is answered over the chat, anything else in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.reply import Text, Toast

if TYPE_CHECKING:
    from handlers.ports import Ask, Services
    from handlers.reply import Reply


def _said(ask: Ask, words: str) -> Reply:
    return (Toast(words, alert=True),) if ask.tap else (Text(words),)


async def refused(ask: Ask, services: Services) -> Reply:
    return _said(ask, services.texts[ask.lang]("refused"))


async def elsewhere(ask: Ask, services: Services) -> Reply:
    return _said(ask, services.texts[ask.lang]("elsewhere"))


async def failed(ask: Ask, services: Services) -> Reply:
    return _said(ask, services.texts[ask.lang]("failed"))


async def stale(ask: Ask, services: Services) -> Reply:
    return (Toast(services.texts[ask.lang]("stale")),)


async def unknown_command(ask: Ask, services: Services) -> Reply:
    return (Text(services.texts[ask.lang]("unknown_command")),)


async def no_text(ask: Ask, services: Services) -> Reply:
    return (Text(services.texts[ask.lang]("no_text")),)
