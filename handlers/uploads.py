"""The facts as files: handed out in the private chat, and taken back changed, through the same review as ever."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from facts.gathering import FILE_AT_MOST
from handlers import acts, callbacks, questions, refusals, render, reviews
from handlers.looking import looking
from handlers.ports import Role
from handlers.reply import Button, Document, Edit, Text, Toast
from handlers.revisions import Proposal

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from handlers.ports import Ask, Person, Services
    from handlers.reply import Reply
    from handlers.revisions import Told
    from handlers.texts import Catalogue

TOP = frozenset({"source.yaml", "topics.yaml", "names.yaml", "gaps.yaml", "smalltalk.yaml", "inbox.yaml"})
_NEW = re.compile(r"[A-Za-z0-9_-]{1,50}\.yaml")
_COPY = re.compile(r"(?: ?\([0-9]{1,3}\))+(?=\.yaml$)")


async def facts(ask: Ask, services: Services) -> Reply:
    """Offer the files of what is served."""
    words = services.texts[ask.lang]
    names = sorted(await services.revisions.files())
    buttons = [Button(render.label(_short(name)), callbacks.file(number)) for number, name in enumerate(names)]
    every = ((Button(words("facts.every"), callbacks.file(None)),),) if names else ()
    html = render.message(words("facts.title"), [words("facts.body")])
    return (Text(html, (*render.rows(*buttons), *every)),)


async def give(ask: Ask, services: Services) -> Reply:
    """Send the file that was tapped, or all of them; or put aside what was sent."""
    words, files = services.texts[ask.lang], await services.revisions.files()
    if ask.text == "aside" and ask.person is not None:
        services.revisions.put_aside(ask.person)
        await acts.note("aside", "", ask, services)
        return (Edit(render.message(words("upload.aside"), [words("reload.kept")])),)
    wanted = callbacks.read_file(ask.text, sorted(files))
    if not wanted:
        return (Toast(words("stale")),)
    await acts.note("download", ", ".join(wanted), ask, services)
    return tuple(_document(name, files) for name in wanted)


async def take(ask: Ask, services: Services) -> Reply:
    """Look at a file that a curator sent; anybody else's is no text to answer."""
    if ask.role < Role.CURATOR or ask.file is None or ask.person is None:
        return await (questions.answer if ask.text else refusals.no_text)(ask, services)
    words = services.texts[ask.lang]
    name = place(ask.file.name, await services.revisions.files())
    if name is None:
        return (Text(render.message(words("upload.unknown"), [words("upload.unknown_body")])),)
    if ask.file.size > FILE_AT_MOST:
        return (Text(render.message(words("upload.big", limit=FILE_AT_MOST // 1024), [words("reload.kept")])),)
    content = await services.files.fetch(ask.file.id, FILE_AT_MOST)
    if content is None:
        return (Text(render.message(words("upload.lost"), [words("upload.lost_body")])),)
    return (looking(partial(_look, name, content, ask.person, ask, services), words),)


async def _look(  # noqa: PLR0913, PLR0917 - what it looks at, and how far it is
    name: str, content: bytes, by: Person, ask: Ask, services: Services, told: Told
) -> Reply:
    words = services.texts[ask.lang]
    review, others = await services.revisions.review_file(name, content, by, told)
    await acts.note_look(review, "upload", name, ask, services)
    more = [("", words("upload.together", files=", ".join(sorted(others))))] if others else []
    reply = reviews.told(review, words, services, more=more)
    return reply if isinstance(review, Proposal) or not others else _undecided(reply, words)


def place(name: str, served: Collection[str]) -> str | None:
    """Return where a file of that name belongs in a base; None where it belongs to none.

    Apps number what is downloaded twice: "money (1).yaml" is money.yaml.
    """
    own = _COPY.sub("", name)
    if own in TOP:
        return own
    inside = f"facts/{own}"
    return inside if inside in served or _NEW.fullmatch(own) else None


def _undecided(reply: Reply, words: Catalogue) -> Reply:
    """Offer to put all files aside under what offers nothing to decide."""
    aside = ((Button(words("upload.start_over"), callbacks.put_aside()),),)
    return tuple(Text(part.html, aside) if isinstance(part, Text) else part for part in reply)


def _document(name: str, files: Mapping[str, bytes]) -> Document:
    return Document(_short(name), files[name], name)


def _short(name: str) -> str:
    return name.removeprefix("facts/")
