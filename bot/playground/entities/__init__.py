"""Formatted text as Telegram makes it: markup parsed, cleaned, trimmed, with links, mentions and commands found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.playground.entities import given, html
from bot.playground.entities.spans import joined, plain_json, units_of
from bot.playground.entities.tidy import tidy
from bot.playground.refusals import bad_request, not_emulated

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.playground.refusals import Json

# core.telegram.org/bots/api#formatting-options: what is above it is dropped in silence, as the real server does.
MOST_ENTITIES = 100


def formatted(
    text: str, parse_mode: str = "", entities: Any = None, user: Callable[[int], Json | None] = lambda _: None
) -> tuple[str, list[Json]]:
    """Return the text as sent and its MessageEntity objects.

    `entities`: the decoded `entities` argument, used without a parse mode only. `user` looks up a User object by id,
    for mentions by id. Raises Refusal for broken markup.
    """
    if parse_mode.lower() == "html":
        plain, spans = html.parse(text, user)
    elif not parse_mode or parse_mode.lower() == "none":
        plain, spans = text, given.read(entities, user)
    elif parse_mode.lower() in {"markdown", "markdownv2"}:
        raise not_emulated(f"parse_mode {parse_mode}")
    else:
        raise bad_request("unsupported parse_mode")
    units, spans = tidy(units_of(plain), spans)
    return joined(units), [plain_json(span) for span in spans[:MOST_ENTITIES]]
