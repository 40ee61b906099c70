"""What is said when things do not go the usual way: refusals, stale buttons, unknown commands, failures.

A tap is answered over the chat, anything else in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import links, render
from handlers.reply import Button, Text, Toast

if TYPE_CHECKING:
    from handlers.ports import Ask, Handler, Role, Services
    from handlers.reply import Reply


def only(who: Role) -> Handler:
    """Return what says who may: those with that role."""

    async def refused(ask: Ask, services: Services) -> Reply:
        return _said(ask, services, f"refused.{who.name.lower()}")

    return refused


async def elsewhere(ask: Ask, services: Services) -> Reply:
    words = services.texts[ask.lang]
    go = Button(words("button.private"), url=links.private(services.username))
    return (Text(render.plain(words("elsewhere")), ((go,),)),)


async def failed(ask: Ask, services: Services) -> Reply:
    return _said(ask, services, "failed")


async def flooded(ask: Ask, services: Services) -> Reply:
    return _said(ask, services, "flooded")


async def slower(ask: Ask, services: Services) -> Reply:
    """Said once to who asks more than others can bear; what comes after is passed over in silence for a while."""
    return _said(ask, services, "slower")


async def crowded(ask: Ask, services: Services) -> Reply:
    """Said once to each who asks while all together ask more than can be answered."""
    return _said(ask, services, "crowded")


async def stale(ask: Ask, services: Services) -> Reply:
    return (Toast(services.texts[ask.lang]("stale")),)


async def unknown_command(ask: Ask, services: Services) -> Reply:
    words = services.texts[ask.lang]
    return (Text(render.message(words("unknown_command"), [words("unknown_command.body")])),)


async def no_text(ask: Ask, services: Services) -> Reply:
    words = services.texts[ask.lang]
    return (Text(render.message(words("no_text"), [words("no_text.body")]), quote=not ask.chat.private),)


def _said(ask: Ask, services: Services, key: str) -> Reply:
    said = services.texts[ask.lang](key)
    return (Toast(said, alert=True),) if ask.tap else (Text(render.plain(said)),)
