"""First words: /start, a link to a fact, the greeting in a group."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from facts.wording import dated
from handlers import browsing, callbacks, links, render, subscriptions
from handlers.posts.data import Where
from handlers.reply import Button, Text

if TYPE_CHECKING:
    from datetime import datetime

    from facts.model import Lang
    from handlers.ports import Ask, Services
    from handlers.reply import Buttons, Reply

Occasion = Literal["joined", "start"]
_EXAMPLES = 2
_TOGETHER = timedelta(seconds=15)


class Greetings:
    """A link that adds the bot to a group tells of it twice: it is a member, and somebody says /start.

    One greeting answers both, whichever comes first. Only what is not yet `_TOGETHER` old is kept.
    """

    def __init__(self) -> None:
        self._last: dict[int, tuple[Occasion, datetime]] = {}

    def due(self, chat: int, occasion: Occasion, now: datetime) -> bool:
        self._last = {each: last for each, last in self._last.items() if now - last[1] < _TOGETHER}
        before = self._last.pop(chat, None)
        if before is not None and before[0] != occasion:
            return False
        self._last[chat] = (occasion, now)
        return True


async def start(ask: Ask, services: Services) -> Reply:
    """Say what this is; with a link's payload show its fact or the settings of a chat's posts; in a group, greet."""
    place = links.read_settings(ask.text.strip())
    if place and ask.chat.private:
        return await subscriptions.elsewhere(ask, Where(*place), services)
    fact_id = links.read_fact(ask.text.strip())
    fact = services.library.base.fact_by_id.get(fact_id) if fact_id else None
    if fact:
        return (browsing.shown(fact, ask.lang, services),)
    if fact_id:
        return (_gone(ask.lang, services),)
    if not ask.chat.private:
        return _greeting(ask, services) if services.greetings.due(ask.chat.id, "start", ask.now) else ()
    return (Text(*welcome(ask.lang, services)),)


def _gone(lang: Lang, services: Services) -> Text:
    """What to say where a link leads to a fact that has been taken out since."""
    words = services.texts[lang]
    topics = Button(words("button.topics"), callbacks.topics(lang, new=True))
    return Text(render.message(words("gone.title"), [words("gone.body")]), ((topics,),))


async def greet(ask: Ask, services: Services) -> Reply:
    """Greet the group that the bot was added to."""
    return _greeting(ask, services) if services.greetings.due(ask.chat.id, "joined", ask.now) else ()


def _greeting(ask: Ask, services: Services) -> Reply:
    words = services.texts[ask.lang]
    buttons = (
        Button(words("button.ask_privately"), url=links.private(services.username)),
        Button(words("button.set_up_posts"), callbacks.open_panel(ask.lang)),
    )
    article = _article(ask.lang, services)
    html = render.message(words("greeting.title", **article), [words("greeting.body", **article)])
    return (Text(html, render.rows(*buttons)),)


def welcome(lang: Lang, services: Services) -> tuple[str, Buttons]:
    """The first message as HTML and its buttons: example questions, topics, the other language."""
    words, article = services.texts[lang], _article(lang, services)
    other: Lang = "zh" if lang == "en" else "en"
    examples = services.library.base.source.examples[:_EXAMPLES]
    asks = [
        (Button(render.label(example.ask.of(lang), render.FULL), callbacks.example(number, lang)),)
        for number, example in enumerate(examples)
    ]
    topics = Button(words("button.topics"), callbacks.topics(lang, new=True))
    switch = Button(words(f"button.{other}"), callbacks.choose_language(other, start=True))
    return render.message(words("start.title", **article), [words("start.body", **article)]), (*asks, (topics, switch))


def _article(lang: Lang, services: Services) -> dict[str, str]:
    source = services.library.base.source
    publisher, day = source.publisher.of(lang), dated(source.date, lang)
    return {"subject": source.subject.of(lang), "publisher": publisher, "date": day}
