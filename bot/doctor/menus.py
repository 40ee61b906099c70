"""Whether people see the command menus of this very version, of every scope and language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import BotCommandScopeChat
from telegram.error import TelegramError

from bot.doctor.finding import Finding
from bot.telegram.menus import EVERYBODY, OF_ROLE, code
from facts.model import LANGS
from handlers import menus, routes
from handlers.texts import catalogues

if TYPE_CHECKING:
    from collections.abc import Mapping

    from telegram import Bot, BotCommandScope

    from handlers.ports import Role

    Commands = tuple[tuple[str, str], ...]


async def examined(bot: Bot, named: Mapping[int, Role]) -> Finding:
    """Compare what Telegram shows with the table of routes. `named`: whom the settings name, and as what."""
    wanted = {(menu.scope, menu.lang): menu.commands for menu in menus.menus(routes.ROUTES, catalogues())}
    differ: list[str] = []
    some = False
    for name, scope in EVERYBODY.items():
        shown = await _shown(bot, scope)
        some |= any(shown)
        differ += [f"{name} ({lang})" for lang, each in zip(LANGS, shown, strict=True) if each != wanted[name, lang]]
    for person, role in sorted(named.items()):
        of_role = [wanted[OF_ROLE[role], lang] for lang in LANGS]
        try:
            shown = await _shown(bot, BotCommandScopeChat(person))
        except TelegramError:
            continue  # who never pressed start has none, which is told of them
        if shown != of_role and shown not in [[each, ()] for each in of_role]:  # or in the language that they chose
            differ.append(f"private chat {person}")
    if not differ:
        return Finding("command menus", f"as this version has them, {len(EVERYBODY)} scopes in {len(LANGS)} languages")
    mend = "a start of the bot sets them; keep others from setting them, @BotFather's /setcommands too"
    if not some:
        return Finding("command menus", "not set", "a start of the bot sets them")
    return Finding("command menus", f"not as this version has them: {', '.join(differ)}", mend)


async def _shown(bot: Bot, scope: BotCommandScope) -> list[Commands]:
    """What is set for a scope in each language. Raises TelegramError."""
    found = [await bot.get_my_commands(scope, code(lang)) for lang in LANGS]
    return [tuple((each.command, each.description) for each in commands) for commands in found]
