"""The commands of the table as people see them: Telegram's command menus, and /help."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from facts.model import LANGS
from handlers import render
from handlers.ports import Role
from handlers.reply import Text
from handlers.triggers import Command

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from facts.model import Lang
    from handlers.ports import Ask, Services
    from handlers.reply import Reply
    from handlers.texts import Catalogue
    from handlers.triggers import Place, Route

Scope = Literal["private", "groups", "administrators", "curator", "bot_admin"]
_SCOPES: dict[Scope, tuple[Place, Role]] = {
    "private": ("private", Role.CHAT_ADMIN),
    "groups": ("group", Role.EVERYONE),
    "administrators": ("group", Role.CHAT_ADMIN),
    "curator": ("private", Role.CURATOR),
    "bot_admin": ("private", Role.BOT_ADMIN),
}
# The parts of /help: what a role may do there beyond the parts before.
_PARTS: dict[Place, tuple[tuple[Role, str, Place], ...]] = {
    "private": (
        (Role.CHAT_ADMIN, "help.commands", "private"),
        (Role.CHAT_ADMIN, "help.groups", "group"),
        (Role.CURATOR, "help.curators", "private"),
        (Role.BOT_ADMIN, "help.bot_admins", "private"),
    ),
    "group": ((Role.EVERYONE, "help.commands", "group"), (Role.CHAT_ADMIN, "help.administrators", "group")),
}


@dataclass(frozen=True, slots=True)
class Menu:
    """A command menu for Telegram: pairs of command and description (≤ 100, and ≤ 256 characters).

    "private" is every private chat, "groups" everybody in groups, "administrators" those of groups, "curator" and
    "bot_admin" the private chat with one of them. The English one also serves people of any other language.
    """

    scope: Scope
    lang: Lang
    commands: tuple[tuple[str, str], ...]


def menus(routes: Sequence[Route], texts: Mapping[Lang, Catalogue]) -> tuple[Menu, ...]:
    """Return the menu of every scope in every language."""
    return tuple(
        Menu(scope, lang, tuple(_listed(routes, place, role, texts[lang])))
        for scope, (place, role) in _SCOPES.items()
        for lang in LANGS
    )


def help_of(routes: Sequence[Route], ask: Ask, services: Services) -> Reply:
    """Say how to ask and list the commands; what needs a role stands apart, in private only for who has it."""
    words = services.texts[ask.lang]
    place: Place = "private" if ask.chat.private else "group"
    sections: list[tuple[str, str]] = []
    told: list[str] = []
    for role, heading, where in _PARTS[place]:
        lines = [line for line in _lines(_listed(routes, where, role, words, menu=False)) if line not in told]
        if lines and (not ask.chat.private or ask.role >= role):
            sections.append((words(heading), "\n".join(lines)))
        told += lines
    how = [words(f"help.{place}", username=services.username)]
    if services.library.base.source.machine_translated:
        how.append(words("help.translated"))
    return (Text(render.message(words("help.title"), how, sections)),)


def _listed(
    routes: Sequence[Route], place: Place, role: Role, words: Catalogue, *, menu: bool = True
) -> Iterator[tuple[str, str]]:
    """The commands of a menu; or of /help, which in private also names what no menu needs: Telegram has a button."""
    for route in routes:
        if isinstance(route.trigger, Command) and route.who <= role:
            hidden = not menu and place == "private" and not route.trigger.menu
            if place in route.trigger.menu or hidden:
                yield route.trigger.name, words(route.describe)


def _lines(commands: Iterator[tuple[str, str]]) -> list[str]:
    return [f"/{name} · {description}" for name, description in commands]
