"""What curators do from their private chat: look at a change of the facts, serve it, bring an older version back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from handlers import acts, callbacks, dates, render, reviews
from handlers.looking import looking
from handlers.reply import Button, Keys, Text, Toast

if TYPE_CHECKING:
    from handlers.ports import Ask, Services
    from handlers.reply import Reply
    from handlers.revisions import Told, Version
    from handlers.texts import Catalogue

VERSIONS = 8
"""Older versions offered at once."""


async def reload(ask: Ask, services: Services) -> Reply:
    """Look at the facts on disk: what they change, or what is to mend."""
    words = services.texts[ask.lang]

    async def look(told: Told) -> Reply:
        review = await services.revisions.review_folder(told)
        await acts.note_look(review, "folder", "", ask, services)
        return reviews.told(review, words, services)

    return (looking(look, words),)


async def rollback(ask: Ask, services: Services) -> Reply:
    """Offer the versions before the one served."""
    words, number = services.texts[ask.lang], await services.revisions.number()
    kept = await services.revisions.versions(VERSIONS + 1)
    older = [version for version in kept if version.number < number][:VERSIONS]
    listed = "\n".join(_line(version, services.zone, words) for version in kept)
    body = words("rollback.body") if older else words("rollback.none")
    buttons = (
        Button(words("rollback.version", number=version.number), callbacks.revise("back", str(version.number)))
        for version in older
    )
    html = render.message(words("rollback.title", number=number), [body], [("", listed)])
    return (Text(html, render.rows(*buttons)),)


async def decide(ask: Ask, services: Services) -> Reply:
    """Act on a button: serve a proposal, leave it, or look at an older version."""
    read, words = callbacks.read_revise(ask.text), services.texts[ask.lang]
    if read is None or ask.person is None:
        return (Toast(words("stale")),)
    if read.action == "back":
        return (looking(partial(_back, int(read.value), ask, services), words),)
    if read.action == "leave":
        await services.revisions.drop(read.value)
        services.revisions.put_aside(ask.person)
        await acts.note("leave", read.value, ask, services)
        return _decided(await _said("left", ask, services))
    served = await services.revisions.accept(read.value, ask.person, ask.now)
    if served is None:
        late = words("reload.overtaken", number=await services.revisions.number())
        return (*_decided(render.plain(late)), Toast(late, alert=True))
    await acts.note("serve", str(served.number), ask, services)
    if read.settles:
        await services.questions.settle(read.settles)
        await acts.note("place", served.entry, ask, services)
    return _decided(await _said("served", ask, services))


async def _back(number: int, ask: Ask, services: Services, told: Told) -> Reply:
    words, review = services.texts[ask.lang], await services.revisions.review_version(number, told)
    if review is None:
        return (Text(render.plain(words("rollback.gone"))),)
    await acts.note_look(review, "rollback", str(number), ask, services)
    return reviews.told(review, words, services)


def _decided(html: str) -> Reply:
    """Say what became of a review below it: what it showed stays readable, and can't be decided again."""
    return (Keys(()), Text(html))


async def _said(what: str, ask: Ask, services: Services) -> str:
    words, number = services.texts[ask.lang], await services.revisions.number()
    return render.message(words(f"reload.{what}", number=number), [words(f"reload.{what}_body", number=number)])


def _line(version: Version, zone: str, words: Catalogue) -> str:
    origin = words(f"rollback.{version.origin}")
    if version.by:
        origin = words("rollback.by", origin=origin, name=render.clip(version.by, 32))
    return words("rollback.line", number=version.number, when=dates.past(version.at, zone, words), origin=origin)
