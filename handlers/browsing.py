"""Looking around without a question: topics, a topic's facts, a fact's card, the source."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from facts.card import fact_card
from facts.dating import in_order
from facts.wording import WORDS, day_of, sourced, titled
from handlers import callbacks, render, sharing
from handlers.callbacks import Listing
from handlers.pages import Page
from handlers.reply import Button, Edit, Text, Toast

if TYPE_CHECKING:
    from collections.abc import Sequence

    from facts.model import Fact, FactBase, Lang, Topic
    from handlers.ports import Ask, Services
    from handlers.reply import Buttons, Reply

TOPICS, FACTS = 6, 8
"""Buttons on a page: topics stand one a row, a topic's facts two."""


async def topics(ask: Ask, services: Services) -> Reply:
    """List the topics, for /topics and from buttons."""
    listing = callbacks.read_topics(ask.text) if ask.tap else Listing(ask.lang, "", 0, new=True)
    if listing is None:
        return (Toast(services.texts[ask.lang]("stale")),)
    lang, words, base = listing.lang, services.texts[listing.lang], services.library.base
    filled = _filled(base)
    page = Page.of(filled, listing.page, TOPICS)
    count = words("topics.count", facts=len(base.facts), topics=len(filled))
    html = render.message(words("topics.title"), [page.heading(count, words)])
    buttons = render.rows(*(_topic_button(topic, lang) for topic in page.items), each=1)
    return (_listed(listing, html, buttons + page.turns(words, lambda to: callbacks.topics(lang, to))),)


async def dates(ask: Ask, services: Services) -> Reply:
    """Tell the days, months and years that facts are about, in order, each with its doubt."""
    lang, words, base = ask.lang, services.texts[ask.lang], services.library.base
    days = in_order(base)
    if not days:
        return (Text(render.plain(words("dates.none"))),)
    sections = [
        (day, "\n".join(_with_standing(fact, day, lang) for _, fact in group))
        for day, group in groupby(days, key=lambda each: day_of(each[0], lang))
    ]
    return (Text(render.message(words("dates.title"), [sourced(base.source, lang)], sections)),)


async def topic(ask: Ask, services: Services) -> Reply:
    """List a topic's facts."""
    listing = callbacks.read_topic(ask.text)
    found = services.library.base.topic_by_id.get(listing.topic) if listing else None
    if listing is None or found is None:
        return (Toast(services.texts[ask.lang]("stale")),)
    lang, words, facts = listing.lang, services.texts[listing.lang], services.library.base.facts_of(found.id)
    page = Page.of(facts, listing.page, FACTS)
    count = words("topic.count", facts=len(facts))
    html = render.message(found.title.of(lang), [page.heading(count, words)])
    turns = page.turns(words, lambda to: callbacks.topic(lang, found.id, to))
    back = ((Button(words("button.back"), callbacks.topics(lang)),),)
    return (_listed(listing, html, render.rows(*facts_buttons(page.items, lang)) + turns + back),)


async def fact(ask: Ask, services: Services) -> Reply:
    """Show a fact's card, from a button."""
    read = callbacks.read_fact(ask.text)
    if read is None:
        return (Toast(services.texts[ask.lang]("stale")),)
    lang, fact_id = read
    found = services.library.base.fact_by_id.get(fact_id)
    return (shown(found, lang, services) if found else Toast(services.texts[lang]("stale.fact")),)


async def source(ask: Ask, services: Services) -> Reply:
    """Say what article this is, how it was read and how much of it is known."""
    base, words, lang = services.library.base, services.texts[ask.lang], ask.lang
    article = base.source
    sections = [("", article.about.of(lang)), (words("source.counting_title"), article.counting.of(lang))]
    if article.machine_translated:
        sections.insert(1, ("", words(f"source.translated.{article.language}")))
    sections.append(("", words("source.size", facts=len(base.facts), gaps=len(base.gaps))))
    if article.contact:
        sections.append(("", words("source.contact", contact=article.contact)))
    html = render.message(article.title.of(lang), [sourced(article, lang)], sections)
    return (Text(html, ((Button(words("button.topics"), callbacks.topics(lang, new=True)),),)),)


def shown(fact: Fact, lang: Lang, services: Services) -> Text:
    """A fact's card with up to two related ones, the way to its topic, and sharing."""
    card = fact_card(fact, services.library.base, lang)
    more = Button(services.texts[lang]("button.more"), callbacks.topic(lang, fact.topic, new=True))
    ways = (more, sharing.of_fact(fact, lang, services))
    related = facts_buttons(card.offers[:2], lang)
    return Text(render.card(card), (related, ways) if related else (ways,))


def facts_buttons(facts: Sequence[Fact], lang: Lang) -> tuple[Button, ...]:
    return tuple(Button(render.label(fact.label.of(lang)), callbacks.show_fact(lang, fact.id)) for fact in facts)


def _with_standing(fact: Fact, day: str, lang: Lang) -> str:
    """A title under its day, with its doubt, and behind it what keeps a target from being read as a result."""
    title = fact.title.of(lang)
    sign = titled(fact, lang).removesuffix(title)
    if said := next((begin for begin in (f"{day}: ", f"{day}，") if title.startswith(begin)), ""):
        title = title[len(said) :]
        title = title[:1].upper() + title[1:]
    standing = WORDS[lang].standing_word[fact.standing]
    return " · ".join(part for part in (f"{sign}{title}", standing) if part)


def _filled(base: FactBase) -> list[Topic]:
    """The topics that have facts, in their order."""
    return sorted((topic for topic in base.topics if base.facts_of(topic.id)), key=lambda topic: topic.order)


def _listed(listing: Listing, html: str, buttons: Buttons) -> Text | Edit:
    return Text(html, buttons) if listing.new else Edit(html, buttons)


def _topic_button(topic: Topic, lang: Lang) -> Button:
    return Button(render.label(topic.title.of(lang), render.FULL), callbacks.topic(lang, topic.id))
