"""Telegram's command menus, set from `handlers.menus`: for everybody at a start, and in the language a chat chose."""

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
    BotCommandScopeChatAdministrators,
)
from telegram.error import TelegramError

from handlers.menus import menus
from handlers.ports import Chat, Role

if TYPE_CHECKING:
    from collections.abc import Awaitable, Mapping, Sequence

    from telegram import Bot

    from facts.model import Lang
    from handlers.menus import Scope
    from handlers.ports import Preferences
    from handlers.texts import Catalogue
    from handlers.triggers import Route

log = logging.getLogger(__name__)

# Chats that are known to have their menu; beyond that many they may be set once more.
KNOWN = 20_000

EVERYBODY: dict[Scope, BotCommandScope] = {
    "private": BotCommandScopeAllPrivateChats(),
    "groups": BotCommandScopeAllGroupChats(),
    "administrators": BotCommandScopeAllChatAdministrators(),
}
OF_ROLE: dict[Role, Scope] = {Role.CURATOR: "curator", Role.BOT_ADMIN: "bot_admin"}


class Menus:
    """A menu that is refused (to somebody who never pressed start) is logged: the bot works without."""

    def __init__(
        self, bot: Bot, routes: Sequence[Route], texts: Mapping[Lang, Catalogue], named: Mapping[int, Role]
    ) -> None:
        """`named`: whom the settings name, and as what."""
        self._bot = bot
        self._menus = {(menu.scope, menu.lang): menu for menu in menus(routes, texts)}
        self._langs = tuple(texts)
        self._named = named
        self._following: dict[int, Lang] = {}

    async def begin(self, preferences: Preferences) -> None:
        """Set the menus of everybody, and of whom the settings name, of whom some chose a language."""
        await _all([self._set(name, lang, scope) for name, scope in EVERYBODY.items() for lang in self._langs])
        chats = [Chat(person, "private") for person in self._named]
        await _all([call for chat in chats for call in self._widened(chat)])
        for chat in chats:
            await self.follow(chat, None, await preferences.language(chat))

    async def follow(self, chat: Chat, before: Lang | None, chosen: Lang | None) -> None:
        """Let a chat's menu follow a choice, where it doesn't yet; without one any more, Telegram's language.

        It is set once after each start, too: what was set in an earlier run may lack a command of this one.
        """
        if chosen == (before if chosen is None else self._following.get(chat.id)):
            return
        self._following.pop(chat.id, None)
        calls = self._narrowed(chat, chosen) if chosen else self._widened(chat)
        if await _all(calls) and chosen:
            if len(self._following) >= KNOWN:
                self._following.clear()
            self._following[chat.id] = chosen

    def _narrowed(self, chat: Chat, chosen: Lang) -> list[Awaitable[object]]:
        calls: list[Awaitable[object]] = []
        for name, scope in self._scopes(chat):
            calls.append(self._bot.set_my_commands(self._menus[name, chosen].commands, scope=scope))
            if chat.id in self._named:  # theirs was set for every language, and the narrower one would be shown
                calls += [self._bot.delete_my_commands(scope, lang) for lang in self._langs if code(lang)]
        return calls

    def _widened(self, chat: Chat) -> list[Awaitable[object]]:
        scopes = self._scopes(chat)
        if chat.id in self._named:
            return [self._set(name, lang, scope) for name, scope in scopes for lang in self._langs]
        return [self._bot.delete_my_commands(scope) for _, scope in scopes]

    def _scopes(self, chat: Chat) -> list[tuple[Scope, BotCommandScope]]:
        if chat.private:
            role = self._named.get(chat.id)
            return [(OF_ROLE[role] if role else "private", BotCommandScopeChat(chat.id))]
        return [
            ("groups", BotCommandScopeChat(chat.id)),
            ("administrators", BotCommandScopeChatAdministrators(chat.id)),
        ]

    def _set(self, name: Scope, lang: Lang, scope: BotCommandScope) -> Awaitable[object]:
        return self._bot.set_my_commands(self._menus[name, lang].commands, scope=scope, language_code=code(lang))


def code(lang: Lang) -> str | None:
    """Telegram shows the menu without a language to everybody who has none of their own: English."""
    return None if lang == "en" else lang


async def _all(calls: Sequence[Awaitable[object]]) -> bool:
    """Make all calls at once; return whether Telegram took every one."""
    refused = [each for each in await asyncio.gather(*calls, return_exceptions=True) if isinstance(each, BaseException)]
    for error in refused:
        if not isinstance(error, TelegramError):
            raise error
        log.warning("a command menu was not set", extra={"because": repr(error)})
    return not refused
