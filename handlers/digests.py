"""The numbered series of posts: which comes next, the post itself, its preview and its end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from facts.card import fact_card
from facts.digest import meaning, series
from handlers import callbacks, links, render
from handlers.reply import Button, Posted, Text

if TYPE_CHECKING:
    from collections.abc import Collection

    from facts.model import Fact, FactBase, Lang
    from handlers.ports import Ask, Services
    from handlers.reply import Buttons, Reply
    from handlers.texts import Catalogue


@dataclass(frozen=True, slots=True)
class Place:
    """Where a chat stands in the series: `posted` of `total`, and the `fact` that comes next, None after the last."""

    fact: Fact | None
    posted: int
    total: int

    @property
    def complete(self) -> bool:
        return self.fact is None and self.total > 0


def place_of(base: FactBase, posted: Collection[str]) -> Place:
    """Return where a chat stands that was sent `posted`. Facts added meanwhile join, removed ones drop out."""
    facts = series(base)
    left = [fact for fact in facts if fact.id not in posted]
    return Place(left[0] if left else None, len(facts) - len(left), len(facts))


async def post(ask: Ask, services: Services) -> Reply:
    """The post that is due; after the last one a closing post; nothing where the base has none."""
    place = await _place(ask, services)
    if place.fact is None:
        return (_closing(place, services, ask.lang),) if place.complete else ()
    html, buttons = _card(place.fact, ask, services, ask.lang, _number("digest.number", place, services, ask.lang))
    return (Text(html, buttons, facts=(Posted(place.fact.id, meaning(place.fact)),)),)


async def preview(ask: Ask, services: Services) -> Reply:
    """The next post as it would be sent now, in the language of the chat's posts; it does not count as posted."""
    kept, place = await services.subscriptions.get(ask.chat.id, ask.chat.thread), await _place(ask, services)
    lang = kept.langs[0] if kept else ask.lang
    if place.fact is None:
        return (_closing(place, services, lang) if place.complete else _empty(services, lang),)
    return (Text(*_card(place.fact, ask, services, lang, _number("digest.preview", place, services, lang))),)


async def _place(ask: Ask, services: Services) -> Place:
    posted = await services.subscriptions.posted(ask.chat.id, ask.chat.thread)
    return place_of(services.library.base, posted)


def _number(key: str, place: Place, services: Services, lang: Lang) -> str:
    year = services.library.base.source.date[:4]
    return services.texts[lang](key, number=place.posted + 1, total=place.total, year=year)


def _card(fact: Fact, ask: Ask, services: Services, lang: Lang, number: str) -> tuple[str, Buttons]:
    words = services.texts[lang]
    more = words("button.read_more")
    # In a group one reader's tap would make everybody read on, so that it leads to the private chat there.
    if ask.chat.private:
        read_more = Button(more, callbacks.topic(lang, fact.topic, new=True))
    else:
        read_more = Button(more, url=links.to_fact(services.username, fact.id))
    html = render.card(fact_card(fact, services.library.base, lang), number)
    return html, render.rows(read_more, _settings(words))


def _closing(place: Place, services: Services, lang: Lang) -> Text:
    words = services.texts[lang]
    subject = services.library.base.source.subject.of(lang)
    html = render.message(words("digest.end", total=place.total), [words("digest.end_body", subject=subject)])
    return Text(html, render.rows(_topics(words), _settings(words)))


def _empty(services: Services, lang: Lang) -> Text:
    words = services.texts[lang]
    return Text(render.message(words("digest.empty"), [words("digest.empty_body")]), ((_topics(words),),))


def _topics(words: Catalogue) -> Button:
    return Button(words("button.topics"), callbacks.topics(words.lang, new=True))


def _settings(words: Catalogue) -> Button:
    return Button(words("button.post_settings"), callbacks.open_panel(words.lang))
