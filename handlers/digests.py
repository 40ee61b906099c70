"""The numbered series of posts: which comes next, the post itself, its preview, its end, and corrections."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from facts.card import fact_card
from facts.digest import series
from facts.meaning import Told
from handlers import callbacks, links, render
from handlers.reply import Button, Posted, Text

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from facts.meaning import Change
    from facts.model import Fact, FactBase, Lang
    from handlers.ports import Ask, Services, Subscription
    from handlers.reply import Buttons, Reply
    from handlers.texts import Catalogue


@dataclass(frozen=True, slots=True)
class Place:
    """Where a chat stands in its series: `posted` of `total`, and the facts that come next, none after the last."""

    next: tuple[Fact, ...]
    posted: int
    total: int

    @property
    def complete(self) -> bool:
        return not self.next and self.total > 0


def place_of(base: FactBase, posted: Collection[str], kept: Subscription | None = None) -> Place:
    """Return where a chat stands that was sent `posted`. Facts added meanwhile join, removed ones drop out.

    A post holds up to as many facts as wanted, all of one topic. Where the base has none of the topics wanted, it is as
    if everything were.
    """
    whole, topics = series(base), kept.topics if kept else frozenset()
    wanted = [fact for fact in whole if fact.topic in topics] or list(whole)
    left = [fact for fact in wanted if fact.id not in posted]
    following = [fact for fact in left if fact.topic == left[0].topic][: kept.size if kept else 1]
    return Place(tuple(following), len(wanted) - len(left), len(wanted))


async def post(ask: Ask, services: Services) -> Reply:
    """The post that is due; after the last one a closing post, or the first again; nothing where the base has none."""
    kept, place, anew = await _upcoming(ask, services)
    langs = kept.langs if kept else (ask.lang,)
    silent = kept is not None and kept.silent
    if not place.next:
        return (replace(_closing(ask, place, langs, services), silent=silent),) if place.complete else ()
    posted = tuple(Posted(fact.id, Told.of(fact).kept()) for fact in place.next)
    html = _post(place, langs, "number", services)
    return (Text(html, _buttons(ask, place.next, langs, services), silent=silent, facts=posted, anew=anew),)


async def preview(ask: Ask, services: Services) -> Reply:
    """The next post of this chat as it would be sent now; it does not count as posted."""
    kept, place, _ = await _upcoming(ask, services)
    langs = kept.langs if kept else (ask.lang,)
    if not place.next:
        return (_closing(ask, place, langs, services) if place.complete else _empty(services, langs[0]),)
    html = _post(place, langs, "preview", services)
    return (Text(html, _buttons(ask, place.next, langs, services), as_it_is=True),)


async def standing(chat_id: int, thread: int | None, services: Services) -> tuple[Subscription | None, Place]:
    """Return the subscription of a chat and where it stands in its series."""
    kept = await services.subscriptions.get(chat_id, thread)
    return kept, place_of(services.library.base, await services.subscriptions.posted(chat_id, thread), kept)


async def _upcoming(ask: Ask, services: Services) -> tuple[Subscription | None, Place, bool]:
    """As `standing`, but a series that is repeated has begun again: then the last is true."""
    kept, place = await standing(ask.chat.id, ask.chat.thread, services)
    anew = place.complete and kept is not None and kept.repeat
    return kept, place_of(services.library.base, (), kept) if anew else place, anew


def correction(
    fact: Fact, changes: Mapping[Lang, Sequence[Change]], message_id: int | None, kept: Subscription, services: Services
) -> Text | None:
    """What is said under a post whose fact has changed its meaning since; None if nothing has for its readers.

    `message_id`: that of the post, None where it cannot be replied to.
    """
    groups = []
    for lang in (lang for lang in kept.langs if lang in changes):
        words, card = services.texts[lang], fact_card(fact, services.library.base, lang)
        told = (_told(each, words) for each in changes[lang])
        card = replace(card, title=words("digest.corrected", title=card.title), body=(*told, *card.body))
        groups.append(([card], words("digest.corrected_body")))
    return Text(render.cards(groups), silent=kept.silent, reply_to=message_id) if groups else None


def _told(change: Change, words: Catalogue) -> str:
    if change.before and change.after:
        return words("digest.replaced", before=change.before, after=change.after)
    return words("digest.dropped", before=change.before) if change.before else words("digest.added", after=change.after)


def _post(place: Place, langs: Sequence[Lang], kind: Literal["number", "preview"], services: Services) -> str:
    """The cards of a post, a group for each language, each with its number in the series."""
    base = services.library.base
    groups = []
    for lang in langs:
        first, last = place.posted + 1, place.posted + len(place.next)
        values = {"total": place.total, "year": base.source.date[:4]}
        if first == last:
            number = services.texts[lang](f"digest.{kind}", number=first, **values)
        else:
            number = services.texts[lang](f"digest.{kind}s", first=first, last=last, **values)
        groups.append(([fact_card(fact, base, lang) for fact in place.next], number))
    return render.cards(groups)


def _buttons(ask: Ask, facts: Sequence[Fact], langs: Sequence[Lang], services: Services) -> Buttons:
    more = (_read_more(ask, facts[0], services.texts[lang], services) for lang in langs)
    settings = (_settings(ask, services.texts[lang], services) for lang in langs)
    return render.rows(*more, *settings)


def _read_more(ask: Ask, fact: Fact, words: Catalogue, services: Services) -> Button:
    label = words("button.read_more")
    # In a group one reader's tap would make everybody read on, so that it leads to the private chat there.
    if ask.chat.private:
        return Button(label, callbacks.topic(words.lang, fact.topic, new=True))
    return Button(label, url=links.to_fact(services.username, fact.id))


def _settings(ask: Ask, words: Catalogue, services: Services) -> Button:
    label = words("button.post_settings")
    if ask.chat.private:
        return Button(label, callbacks.open_panel(words.lang))
    return Button(label, url=links.to_settings(services.username, ask.chat.id, ask.chat.thread or 0))


def _closing(ask: Ask, place: Place, langs: Sequence[Lang], services: Services) -> Text:
    parts = []
    for lang in langs:
        words, subject = services.texts[lang], services.library.base.source.subject.of(lang)
        parts.append(
            render.message(words("digest.end", total=place.total), [words("digest.end_body", subject=subject)])
        )
    return Text("\n\n".join(parts), render.rows(*(_settings(ask, services.texts[lang], services) for lang in langs)))


def _empty(services: Services, lang: Lang) -> Text:
    words = services.texts[lang]
    topics = Button(words("button.topics"), callbacks.topics(lang, new=True))
    return Text(render.message(words("digest.empty"), [words("digest.empty_body")]), ((topics,),))
