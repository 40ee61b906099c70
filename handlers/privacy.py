"""What is kept, and erasing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import render
from handlers.reply import Text

if TYPE_CHECKING:
    from handlers.ports import Ask, Services
    from handlers.reply import Reply

_SECTIONS = ("kept", "not_kept", "use", "telegram", "erase")


async def privacy(ask: Ask, services: Services) -> Reply:
    """Give the whole policy."""
    words, contact = services.texts[ask.lang], services.library.base.source.contact
    sections = [(words(f"privacy.{section}_title"), words(f"privacy.{section}")) for section in _SECTIONS]
    if contact:
        sections.append(("", words("privacy.contact", contact=contact)))
    return (Text(render.message(words("privacy.title"), sections=sections)),)


async def forget(ask: Ask, services: Services) -> Reply:
    """Erase the language choice and the subscription of a private chat, and say which there was."""
    words = services.texts[ask.lang]
    language = await services.preferences.forget(ask.chat)
    if ask.person is not None:
        await services.subscriptions.disown(ask.person.id)
    posts = await services.subscriptions.remove(ask.chat.id, ask.chat.thread)
    erased = {(True, True): "both", (True, False): "language", (False, True): "posts", (False, False): "nothing"}
    return (Text(render.message(words(f"forget.{erased[language, posts]}"), [words("forget.left")])),)
