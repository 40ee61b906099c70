"""Turning scheduled posts on and off, for the chat and forum topic of the ask; in a group only for administrators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import callbacks, dates, panel, render
from handlers.digests import place_of
from handlers.panel import Plan, Shown
from handlers.ports import Subscription
from handlers.reply import Button, Edit, Text, Toast
from handlers.schedule import next_due

if TYPE_CHECKING:
    from datetime import datetime

    from facts.model import Lang
    from handlers.panel import State
    from handlers.ports import Ask, Services
    from handlers.reply import Buttons, Reply


async def subscribe(ask: Ask, services: Services) -> Reply:
    """Open the panel."""
    return (Text(*await _panel(ask, None, ask.lang, services)),)


async def tap(ask: Ask, services: Services) -> Reply:
    """Act on a button of the panel, which then shows what has become."""
    read = panel.read(ask.text)
    if read is None:
        return (Toast(services.texts[ask.lang]("stale")),)
    lang, plan, action = read
    words = services.texts[lang]
    if plan is None:
        return (Text(*await _panel(ask, None, lang, services)),)
    if action == "days":
        return (Edit(*panel.days(plan, words)),)
    if action == "hours":
        return (Edit(*panel.hours(plan, services.zone, words)),)
    toast = ""
    if action == "save":
        due = dates.due(await _save(plan, ask, services), services.zone, words)
        toast = words("panel.saved", due=due)
    elif action == "off":
        await services.subscriptions.remove(ask.chat.id, ask.chat.thread)
        toast = words("unsubscribed.title")
    edit = Edit(*await _panel(ask, plan, lang, services))
    return (edit, Toast(toast)) if toast else (edit,)


async def unsubscribe(ask: Ask, services: Services) -> Reply:
    """Turn posts off, or say that they were."""
    words = services.texts[ask.lang]
    had = await services.subscriptions.remove(ask.chat.id, ask.chat.thread)
    said = words("unsubscribed.body" if had else "unsubscribed.already")
    settings = Button(words("button.post_settings"), callbacks.open_panel(ask.lang))
    return (Text(render.message(words("unsubscribed.title"), [said]), ((settings,),)),)


async def _save(plan: Plan, ask: Ask, services: Services) -> datetime:
    """Keep the plan and return when its first post is due. A series that was complete begins again."""
    chat, thread = ask.chat.id, ask.chat.thread
    if place_of(services.library.base, await services.subscriptions.posted(chat, thread)).complete:
        await services.subscriptions.remove(chat, thread)
    due = next_due(plan.weekdays, plan.hour, services.zone, ask.now)
    kept = Subscription(chat, thread, plan.weekdays, plan.hour, services.zone, plan.lang, due)
    await services.subscriptions.save(kept)
    return due


async def _panel(ask: Ask, plan: Plan | None, lang: Lang, services: Services) -> tuple[str, Buttons]:
    """The panel for a plan, or for the one that is kept."""
    kept = await services.subscriptions.get(ask.chat.id, ask.chat.thread)
    place = place_of(services.library.base, await services.subscriptions.posted(ask.chat.id, ask.chat.thread))
    plan = plan or Plan.of(kept, lang)
    state: State = "off"
    if kept and place.complete:
        state = "complete"
    elif kept and kept.next_due_at:
        state = "on" if plan.same_as(kept) else "changed"
    due = next_due(plan.weekdays, plan.hour, services.zone, ask.now)
    if state == "on" and kept and kept.next_due_at:
        due = kept.next_due_at
    shown = Shown(plan, state, due, services.zone, place.posted, place.total)
    return panel.panel(shown, services.texts[lang])
