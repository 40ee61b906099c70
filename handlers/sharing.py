"""Passing an answer on: through inline mode, which posts its whole card, or as a link where that is off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facts.wording import doubts, titled
from handlers import links
from handlers.reply import Button

if TYPE_CHECKING:
    from facts.model import Fact, Lang
    from handlers.ports import Services

_QUERY = 256
"""Characters of an inline query (Bot API, InlineQuery)."""


def of_fact(fact: Fact, lang: Lang, services: Services) -> Button:
    """Share a fact: its title finds it, and in a link stands for it, with its doubt in full."""
    if services.inline:
        return words_of(fact.title.of(lang), lang, services)
    return _linked("\n".join((titled(fact, lang), *doubts(fact.notes, lang))), fact.id, lang, services)


def words_of(words: str, lang: Lang, services: Services, said: str = "") -> Button:
    """Share what `words` ask for. `said` is what goes along with a link, by default the words."""
    if services.inline:
        return Button(services.texts[lang]("button.share"), share=words[:_QUERY])
    return _linked(said or words, "", lang, services)


def _linked(words: str, fact_id: str, lang: Lang, services: Services) -> Button:
    url = links.to_share(services.username, fact_id, words)
    return Button(services.texts[lang]("button.share"), url=url)
