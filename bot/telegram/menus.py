"""Telegram's command menus, set from `handlers.menus`."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from telegram import (
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)
from telegram.error import TelegramError

from handlers.menus import menus
from handlers.ports import Role

if TYPE_CHECKING:
    from collections.abc import Mapping

    from telegram import Bot

    from facts.model import Lang
    from handlers.menus import Menu, Scope
    from handlers.texts import Catalogue
    from handlers.triggers import Route

log = logging.getLogger(__name__)


async def set_menus(
    bot: Bot, routes: tuple[Route, ...], texts: dict[Lang, Catalogue], named: Mapping[int, Role]
) -> None:
    """Set every menu; `named`: whom the settings name. One that is refused (to who never pressed start) is logged."""
    scopes: dict[Scope, list[BotCommandScope]] = {
        "private": [BotCommandScopeAllPrivateChats()],
        "groups": [BotCommandScopeAllGroupChats()],
        "administrators": [BotCommandScopeAllChatAdministrators()],
        "curator": [BotCommandScopeChat(person) for person, role in named.items() if role is Role.CURATOR],
        "bot_admin": [BotCommandScopeChat(person) for person, role in named.items() if role is Role.BOT_ADMIN],
    }
    await asyncio.gather(*(_set(bot, menu, scope) for menu in menus(routes, texts) for scope in scopes[menu.scope]))


async def _set(bot: Bot, menu: Menu, scope: BotCommandScope) -> None:
    try:
        # Telegram shows the menu without a language to everybody who has none of their own: English.
        await bot.set_my_commands(menu.commands, scope=scope, language_code=None if menu.lang == "en" else menu.lang)
    except TelegramError as error:
        log.warning("a command menu was not set", extra={"scope": scope.type, "because": repr(error)})
