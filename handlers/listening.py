"""Answering in a group without being addressed: the administrators' setting, and what is said where it is on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facts.verdict import Answer
from handlers import acts, callbacks, questions, render, speech
from handlers.reply import Button, Edit, Text, Toast

if TYPE_CHECKING:
    from facts.model import Lang
    from handlers.ports import Ask, Services
    from handlers.reply import Buttons, Reply

SURE = 0.85
"""Least confidence to speak up unasked. Of the base's 300 questions for tuning 87 are answered with it, all right, and
none of the 100 that have no answer; of 120 lines of ordinary chatter none is, nor would one be at 0.6, where the
first question is answered wrong (tests/handlers/chatter.txt).
"""


async def listen(ask: Ask, services: Services) -> Reply:
    """Show the setting; it is for groups only."""
    if ask.chat.private:
        return (Text(render.plain(services.texts[ask.lang]("listen.groups"))),)
    return (Text(*_panel(ask, ask.lang, services)),)


async def turn(ask: Ask, services: Services) -> Reply:
    """Turn it on or off, from the panel's button."""
    read = callbacks.read_listening(ask.text)
    if read is None or ask.chat.private:
        return (Toast(services.texts[ask.lang]("stale")),)
    lang, on = read
    if services.listening.on(ask.chat.id) != on:
        await services.listening.turn(ask.chat.id, on=on)
        await acts.note_setting("listen_on" if on else "listen_off", "", ask.chat, ask, services)
    return (Edit(*_panel(ask, lang, services)),)


async def overheard(ask: Ask, services: Services) -> Reply:
    """Answer what nobody asked the bot only where it is very sure; nothing of it is kept."""
    question = ask.text.strip()
    if len(question) > questions.LIMIT:
        return ()
    lang = speech.of_question(question, ask)
    verdict = services.library.ask(question, lang)
    if not isinstance(verdict, Answer) or len(verdict.facts) > 1 or verdict.open_halves:
        return ()
    if (verdict.reasons.score or 0.0) < SURE:
        return ()
    return (questions.answered(verdict, services),)


def _panel(ask: Ask, lang: Lang, services: Services) -> tuple[str, Buttons]:
    words, on = services.texts[lang], services.listening.on(ask.chat.id)
    state = "on" if on else "off"
    button = Button(words(f"listen.turn_{'off' if on else 'on'}"), callbacks.listening(lang, on=not on))
    lines = [words(f"listen.{state}_body"), words("listen.needs")]
    return render.message(words(f"listen.{state}"), lines), ((button,),)
