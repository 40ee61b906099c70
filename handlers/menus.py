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

Scope = Literal["private", "groups", "administrators", "curator"]
_SCOPES: dict[Scope, tuple[Place, Role]] = {
    "private": ("private", Role.CHAT_ADMIN),
    "groups": ("group", Role.EVERYONE),
    "administrators": ("group", Role.CHAT_ADMIN),
    "curator": ("private", Role.CURATOR),
}


@dataclass(frozen=True, slots=True)
class Menu:
    """A command menu for Telegram: pairs of command and description (≤ 100, and ≤ 256 characters).

    "private" is every private chat, "groups" everybody in groups, "administrators" those of groups, "curator" the
    private chat with one of the curators. The English one also serves people of any other language.
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
    """Say how to ask and list the commands; what needs a role stands apart, curating only before curators."""
    words = services.texts[ask.lang]
    place: Place = "private" if ask.chat.private else "group"
    open_to_all = Role.CHAT_ADMIN if ask.chat.private else Role.EVERYONE
    everyone = _lines(_listed(routes, place, open_to_all, words))
    beyond = Role.CURATOR if ask.chat.private else Role.CHAT_ADMIN
    others = [line for line in _lines(_listed(routes, place, beyond, words)) if line not in everyone]
    sections = [(words("help.commands"), "\n".join(everyone))]
    if others and (not ask.chat.private or ask.role >= beyond):
        title = words("help.curators" if ask.chat.private else "help.administrators")
        sections.append((title, "\n".join(others)))
    how = words(f"help.{place}", username=services.username)
    return (Text(render.message(words("help.title"), [how], sections)),)


def _listed(routes: Sequence[Route], place: Place, role: Role, words: Catalogue) -> Iterator[tuple[str, str]]:
    for route in routes:
        if isinstance(route.trigger, Command) and place in route.trigger.menu and route.who <= role:
            yield route.trigger.name, words(route.describe)


def _lines(commands: Iterator[tuple[str, str]]) -> list[str]:
    return [f"/{name} · {description}" for name, description in commands]
