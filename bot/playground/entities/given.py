"""Entities that a bot states itself instead of markup."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.playground.entities.links import link
from bot.playground.entities.spans import QUOTES, SPLITTABLE, VERBATIM, Span
from bot.playground.refusals import bad_request

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.playground.refusals import Json

_BARE = frozenset(SPLITTABLE) | QUOTES | VERBATIM
# Telegram finds these itself and ignores them when given.
_FOUND = frozenset({"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bank_card_number"})


def read(value: Any, user: Callable[[int], Json | None]) -> list[Span]:
    """Return the spans of a decoded `entities` argument. Raises Refusal for wrong shapes."""
    if not value:
        return []
    if not isinstance(value, list):
        raise bad_request("can't parse entities: expected an Array of MessageEntity")
    return [span for span in (_read(each, user) for each in value) if span]


def _read(value: Any, user: Callable[[int], Json | None]) -> Span | None:
    if not isinstance(value, dict):
        raise bad_request("can't parse entities: can't parse MessageEntity: expected an Object")
    kind, offset, length = value.get("type"), value.get("offset"), value.get("length")
    for name, number in (("offset", offset), ("length", length)):
        if type(number) is not int:
            raise bad_request(
                f"can't parse entities: can't parse MessageEntity: field \"{name}\" must be of type Number"
            )
    if not (isinstance(offset, int) and isinstance(length, int) and 0 <= offset <= 10**6 and 0 <= length <= 10**6):
        raise bad_request("can't parse entities: receive an entity with incorrect offset or length")
    if kind in _BARE:
        extra = {"language": value["language"]} if kind == "pre" and isinstance(value.get("language"), str) else {}
        return Span(kind, offset, offset + length, extra)
    if kind == "text_link":
        found = link(str(value.get("url", "")), user)
        return Span(found[0], offset, offset + length, found[1]) if found else None
    if kind == "text_mention":
        mentioned = value.get("user")
        known = user(mentioned["id"]) if isinstance(mentioned, dict) and isinstance(mentioned.get("id"), int) else None
        return Span(kind, offset, offset + length, {"user": known}) if known else None
    if kind == "custom_emoji":
        return Span(kind, offset, offset + length, {"custom_emoji_id": str(value.get("custom_emoji_id", ""))})
    if kind in _FOUND:
        return None
    raise bad_request("can't parse entities: can't parse MessageEntity: type is unsupported")
