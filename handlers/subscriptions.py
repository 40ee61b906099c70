"""Setting up scheduled posts: for this chat and forum topic, and from a private chat for groups and channels.

In a group only administrators reach this (the table of routes); for another chat than the one they write in, rights are
asked at every step.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from handlers import acts, callbacks, dates, digests, render
from handlers.digests import place_of, standing
from handlers.posts import changes, data, overview
from handlers.posts.data import Where
from handlers.posts.overview import Shown
from handlers.posts.pickers import Picker
from handlers.reply import Button, Edit, Text, Toast

if TYPE_CHECKING:
    from collections.abc import Sequence

    from facts.model import Lang
    from handlers.digests import Place
    from handlers.ports import Ask, Chat, Services, Subscription
    from handlers.posts.data import Tap
    from handlers.posts.overview import State
    from handlers.reply import Buttons, Reply
    from handlers.texts import Catalogue

LISTED, ASKED = 10, 30
"""Chats on the list of one's own, and chats of which rights are asked for it."""
_CHANNEL = re.compile(r"@[A-Za-z][A-Za-z0-9_]{3,31}")


async def subscribe(ask: Ask, services: Services) -> Reply:
    """Open the panel of this chat, or from a private chat that of the channel or group named behind the command."""
    name = ask.text.strip()
    if not (ask.chat.private and name):
        return (Text(*await _opened(ask, None, ask.lang, services), card=not ask.chat.private),)
    words = services.texts[ask.lang]
    if not _CHANNEL.fullmatch(name):
        return (Text(render.message(words("panel.which_chat"), [words("panel.which_chat_body")])),)
    chat = await _administered(name, ask, services)
    if chat is None:
        return (Text(render.message(words("panel.not_yours"), [words("panel.not_yours_body")])),)
    return (Text(*await _opened(ask, chat, ask.lang, services)),)


async def elsewhere(ask: Ask, where: Where, services: Services) -> Reply:
    """Open the panel of a group or channel in the private chat of one of its administrators."""
    chat = await _at(where, ask, services)
    if chat is None:
        words = services.texts[ask.lang]
        return (Text(render.message(words("panel.not_yours"), [words("panel.not_yours_body")])),)
    return (Text(*await _opened(ask, chat, ask.lang, services)),)


async def offer(ask: Ask, services: Services) -> Reply:
    """Offer posts to who made the bot an administrator of a channel; say nothing where they may not have them."""
    chat = await _administered(int(ask.text), ask, services)
    return () if chat is None else (Text(*await _opened(ask, chat, ask.lang, services)),)


async def mine(ask: Ask, services: Services) -> Reply:
    """List the posts of this private chat, and of the groups and channels that this person set up and administers."""
    here = await services.subscriptions.get(ask.chat.id, None)
    person = ask.person.id if ask.person else ask.chat.id
    found = [] if here is None else [await _listed(here, ask.chat, None, ask, services)]
    for kept in (await services.subscriptions.set_up_by(person))[:ASKED]:
        if kept.chat_id == ask.chat.id or len(found) == LISTED:
            continue
        where = Where(kept.chat_id, kept.thread or 0)
        chat = await _at(where, ask, services)
        if chat is not None or kept.suspended:
            found.append(await _listed(kept, chat, where, ask, services))
    return (_list(found, services.texts[ask.lang]),)


async def tap(ask: Ask, services: Services) -> Reply:
    """Act on a button of the panel, which then shows what has become."""
    read = data.read(ask.text)
    if read is None or (read.where and not ask.chat.private) or ask.chat.kind == "channel":
        return (Toast(services.texts[ask.lang]("stale")),)
    chat = await _at(read.where, ask, services) if read.where else None
    if read.where and chat is None:
        return (Toast(services.texts[read.lang]("refused.elsewhere"), alert=True),)
    if read.action == "open":
        return (Text(*await _opened(ask, chat, read.lang, services)),)
    if read.action == "preview":
        return await digests.preview(replace(ask, chat=chat or ask.chat, lang=read.lang), services)
    before = await services.subscriptions.get(chat.id, chat.thread) if chat else None
    said = await _act(read, chat or ask.chat, ask, services)
    edits = [Edit(*await _opened(ask, chat, read.lang, services, read))]
    if chat and before and before.card and read.action not in data.PAGES:
        edits.append(await card(chat, before.card, read.lang, ask, services))
    return (*edits, Toast(said)) if said else tuple(edits)


async def card(chat: Chat, message: int, lang: Lang, ask: Ask, services: Services) -> Edit:
    """What a group was shown of its posts, as it is after a change that was not made there."""
    there = replace(ask, chat=chat)
    spoken = await services.preferences.language(chat) or lang
    return Edit(*await _opened(there, None, spoken, services), at=(chat.id, message))


async def unsubscribe(ask: Ask, services: Services) -> Reply:
    """Turn posts off, or say that they were."""
    words = services.texts[ask.lang]
    before = await services.subscriptions.get(ask.chat.id, ask.chat.thread)
    had = await _turned_off(ask.chat, ask, services)
    said = words("unsubscribed.body" if had else "unsubscribed.already")
    settings = Button(words("button.post_settings"), callbacks.open_panel(ask.lang))
    text = Text(render.message(words("unsubscribed.title"), [said]), ((settings,),))
    if before is None or before.card is None:
        return (text,)
    return (text, await card(ask.chat, before.card, ask.lang, ask, services))


async def _act(read: Tap, chat: Chat, ask: Ask, services: Services) -> str:
    """Do what a button asks for in a chat; return what to say of it, nothing where the panel itself shows it."""
    words, kept = services.texts[read.lang], None
    if read.action == "off":
        await _turned_off(chat, ask, services)
        return words("unsubscribed.title")
    if read.action == "on":
        kept = await _turned_on(chat, read.lang, ask, services)
    elif read.action in data.CHANGES:
        before = await services.subscriptions.posted(chat.id, chat.thread)
        anew = (
            read.action == "again"
            and place_of(services.library.base, before, await services.subscriptions.get(chat.id, chat.thread)).complete
        )
        change = partial(_changed, read, [] if anew else before, ask, services)
        kept = await services.subscriptions.change(chat.id, chat.thread, change, anew=anew)
        if kept is None:
            return words("panel.gone")
        changed = f"{read.action} {read.value}" if read.action in data.SWITCHES else read.action
        await acts.note_setting("posts_changed", changed, chat, ask, services)
        if read.action not in {"resume", "again"}:
            return ""
    if kept is None or kept.next_due_at is None:
        return ""
    return words("panel.saved", due=dates.due(kept.next_due_at, kept.zone, words))


async def _turned_on(chat: Chat, lang: Lang, ask: Ask, services: Services) -> Subscription:
    kept = await services.subscriptions.get(chat.id, chat.thread)
    if kept is None:
        kept = _seen(changes.proposed(chat.id, chat.thread, services.zone, lang, ask.now), ask)
        await services.subscriptions.save(kept, ask.person.id if ask.person else None)
        await acts.note_setting("posts_on", "", chat, ask, services)
    return kept


async def _turned_off(chat: Chat, ask: Ask, services: Services) -> bool:
    """Return whether there were any posts."""
    had = await services.subscriptions.remove(chat.id, chat.thread)
    if had:
        await acts.note_setting("posts_off", "", chat, ask, services)
    return had


def _changed(read: Tap, posted: Sequence[str], ask: Ask, services: Services, kept: Subscription) -> Subscription:
    base = services.library.base
    new = changes.changed(kept, read, base, ask.now)
    ended = place_of(base, posted, new).complete and not new.repeat and kept.next_due_at is None
    return _seen(changes.scheduled(new, kept, ask.now, ended=ended), ask)


def _seen(kept: Subscription, ask: Ask) -> Subscription:
    """What a group's own message is tapped for is what it tells from then on."""
    return kept if ask.chat.private or ask.message is None else replace(kept, card=ask.message)


async def _opened(
    ask: Ask, chat: Chat | None, lang: Lang, services: Services, read: Tap | None = None
) -> tuple[str, Buttons]:
    """The panel of `chat`, or of the ask's own, at the page that a tap leads to; a group has the short one."""
    at = chat or ask.chat
    kept, place = await standing(at.id, at.thread, services)
    words = services.texts[lang]
    posts = kept or changes.proposed(at.id, at.thread, services.zone, lang, ask.now)
    where = Where(at.id, at.thread or 0) if chat else None
    title = _title(chat, words) if chat else ""
    shown = Shown(
        _state(kept, place, ask), posts, place.posted, place.total, services.library.base, ask.now, title, where
    )
    if not ask.chat.private:
        return overview.brief(shown, words, services.username)
    if read is None or kept is None:
        return overview.overview(shown, words)
    return Picker(shown, words, services.zone, ask.person.language if ask.person else None).page(read)


def _state(kept: Subscription | None, place: Place, ask: Ask) -> State:
    if kept is None:
        return "off"
    if kept.suspended is not None:
        return "suspended"
    if changes.paused(kept, ask.now):
        return "paused"
    if kept.next_due_at is not None:
        return "on"
    return "complete" if place.complete else "joined"


async def _at(where: Where, ask: Ask, services: Services) -> Chat | None:
    """The chat and thread that a button or link names, None if it is not for the person of the ask to set up."""
    chat, thread = await _administered(where.chat, ask, services), where.thread or None
    if chat is not None and chat.kind == "group" and await services.subscriptions.get(chat.id, thread) is None:
        # A link in an old post: what was set up for the group is kept for what it became.
        new = await services.rooms.successor(chat.id)
        chat = chat if new is None else await _administered(new, ask, services)
    return None if chat is None else replace(chat, thread=thread)


async def _administered(chat: int | str, ask: Ask, services: Services) -> Chat | None:
    if ask.person is None or (isinstance(chat, int) and chat >= 0):
        return None
    return await services.rooms.administered(chat, ask.person.id)


def _title(chat: Chat, words: Catalogue) -> str:
    return words("panel.in_topic" if chat.thread else "panel.in_chat", title=render.clip(chat.title, 64))


async def _listed(
    kept: Subscription, chat: Chat | None, where: Where | None, ask: Ask, services: Services
) -> tuple[str, tuple[str, str], Button | None]:
    """One of the list: its title, what is told of it, and what opens it; a chat without the bot cannot be opened."""
    words = services.texts[ask.lang]
    _, place = await standing(kept.chat_id, kept.thread, services)
    told = overview.listed(_state(kept, place, ask), kept, words)
    if chat is None:
        return words("mine.lost"), told, None
    title = words("mine.here") if where is None else _title(chat, words)
    return title, told, Button(render.label(title, render.FULL), data.data(ask.lang, "open", where=where))


def _list(found: Sequence[tuple[str, tuple[str, str], Button | None]], words: Catalogue) -> Text:
    if not found:
        set_up = Button(words("button.set_up_posts"), callbacks.open_panel(words.lang))
        return Text(render.message(words("mine.none"), [words("mine.how")]), ((set_up,),))
    sections = [(title, "\n".join(told)) for title, told, _ in found]
    buttons = tuple((button,) for _, _, button in found if button is not None)
    return Text(render.message(words("mine.title"), [], [*sections, ("", words("mine.how"))]), buttons)
