"""Telegram's command menus, by language and by who sees them, from the routes' table."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from telegram import (
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)
from telegram.error import TelegramError

from handlers.ports import Role
from handlers.triggers import Command

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from telegram import Bot

    from facts.model import Lang
    from handlers.texts import Catalogue
    from handlers.triggers import Place, Route

log = logging.getLogger(__name__)


def commands(routes: Iterable[Route], words: Catalogue, place: Place, role: Role) -> list[BotCommand]:
    """The menu of somebody with that role in that place, in the table's order."""
    return [
        BotCommand(route.trigger.name, words(route.describe))
        for route in routes
        if isinstance(route.trigger, Command) and place in route.trigger.menu and route.who <= role and route.describe
    ]


def scopes(curators: Iterable[int]) -> Iterator[tuple[BotCommandScope, Place, Role]]:
    """Everybody administers their own private chat, so that only curators see more there."""
    yield BotCommandScopeAllPrivateChats(), "private", Role.CHAT_ADMIN
    yield BotCommandScopeAllGroupChats(), "group", Role.EVERYONE
    yield BotCommandScopeAllChatAdministrators(), "group", Role.CHAT_ADMIN
    for curator in sorted(curators):
        yield BotCommandScopeChat(curator), "private", Role.CURATOR


async def set_menus(bot: Bot, routes: tuple[Route, ...], texts: dict[Lang, Catalogue], curators: Iterable[int]) -> None:
    """Set every menu. One that is refused (a curator who never pressed start) is logged: the bot works without."""
    await asyncio.gather(
        *(
            _set(bot, commands(routes, words, place, role), scope, "" if lang == "en" else lang)
            for lang, words in texts.items()
            for scope, place, role in scopes(curators)
        )
    )


async def _set(bot: Bot, menu: list[BotCommand], scope: BotCommandScope, language_code: str) -> None:
    try:
        await bot.set_my_commands(menu, scope=scope, language_code=language_code or None)
    except TelegramError as error:
        log.warning("a command menu was not set", extra={"scope": scope.type, "because": repr(error)})
