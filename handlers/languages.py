"""Which language is spoken in a chat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facts.model import LANGS
from handlers import acts, callbacks, render, starting
from handlers.reply import Button, Edit, Text, Toast
from handlers.speech import hinted

if TYPE_CHECKING:
    from facts.model import Lang
    from handlers.ports import Ask, Services
    from handlers.reply import Buttons, Reply
    from handlers.texts import Catalogue


async def language(ask: Ask, services: Services) -> Reply:
    """Offer English, Chinese, or the language of each one's Telegram."""
    words = services.texts[ask.lang]
    chosen = await services.preferences.language(ask.chat)
    now = words(f"language.{chosen or 'auto'}")
    lines = [words("language.now", language=now), words("language.use")]
    return (Text(render.message(words("language.title"), lines), _choices(words)),)


async def choose(ask: Ask, services: Services) -> Reply:
    """Keep the choice and confirm it in the chosen language; from /start, by turning its message into that language."""
    read = callbacks.read_language(ask.text)
    if read is None:
        return (Toast(services.texts[ask.lang]("stale")),)
    if await services.preferences.language(ask.chat) != read.lang:
        await services.preferences.choose_language(ask.chat, read.lang)
        await acts.note_setting("language", read.lang or "auto", ask.chat, ask, services)
    lang: Lang = read.lang or hinted(ask.person)  # what was chosen before no longer holds
    words = services.texts[lang]
    said = words("language.chosen" if read.lang else "language.chosen_auto")
    if read.start:
        return Edit(*starting.welcome(lang, services)), Toast(said)
    return (Edit(render.message(said, [words("language.later")]), _choices(words)),)


def _choices(words: Catalogue) -> Buttons:
    fixed = (Button(words(f"button.{lang}"), callbacks.choose_language(lang)) for lang in LANGS)
    return render.rows(*fixed, Button(words("button.as_telegram"), callbacks.choose_language(None)))
