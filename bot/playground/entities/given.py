"""Entities that a bot states itself instead of markup."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.playground.entities.links import link
from bot.playground.entities.spans import QUOTES, SPLITTABLE, VERBATIM, Span
from bot.playground.refusals import Refusal, bad_request

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
        raise _unreadable("expected an Object")
    start = _number(value, "offset")
    end = start + _number(value, "length")
    kind = str(value.get("type", ""))
    if kind in _FOUND:
        return None
    found = _extra(kind, value, user)
    return Span(found[0], start, end, found[1]) if found else None


def _number(value: Json, name: str) -> int:
    number = value.get(name)
    if type(number) is not int:
        raise _unreadable(f'field "{name}" must be of type Number')
    if not 0 <= number <= 10**6:
        raise _unreadable("an entity with incorrect offset or length")
    return number


def _extra(kind: str, value: Json, user: Callable[[int], Json | None]) -> tuple[str, Json] | None:
    """Return the type and further fields of an entity, None where Telegram silently makes none."""
    if kind == "pre" and isinstance(value.get("language"), str):
        return kind, {"language": value["language"]}
    if kind in _BARE:
        return kind, {}
    if kind == "text_link":
        return link(str(value.get("url", "")), user)
    if kind == "text_mention":
        mentioned = value.get("user")
        user_id = mentioned.get("id") if isinstance(mentioned, dict) else None
        known = user(user_id) if isinstance(user_id, int) else None
        return (kind, {"user": known}) if known else None
    if kind == "custom_emoji":
        return kind, {"custom_emoji_id": str(value.get("custom_emoji_id", ""))}
    raise _unreadable("unsupported type specified")


def _unreadable(words: str) -> Refusal:
    return bad_request(f"can't parse entities: can't parse MessageEntity: {words}")
