"""Links into the private chat with the bot. A payload has at most 64 characters of `A-Za-z0-9_-` (Telegram)."""

from __future__ import annotations

import re
from urllib.parse import quote, urlencode

_SETTINGS = re.compile(r"s_(-?[0-9]{1,17})_([0-9]{1,10})")
_FACT = re.compile(r"f_([a-z0-9-]{1,40})")


def private(username: str, payload: str = "ask") -> str:
    return f"https://t.me/{username}?start={payload}"


def to_fact(username: str, fact_id: str) -> str:
    return private(username, f"f_{fact_id}")


def to_share(username: str, fact_id: str, words: str) -> str:
    """Link that lets a person choose a chat and send it `words` with a link to the fact, empty for none."""
    to = to_fact(username, fact_id) if fact_id else private(username)
    return "https://t.me/share/url?" + urlencode({"url": to, "text": words}, quote_via=quote)


def read_fact(payload: str) -> str | None:
    """Return the fact's id in the payload of /start, None for any other payload."""
    found = _FACT.fullmatch(payload)
    return found[1] if found else None


def to_settings(username: str, chat_id: int, thread: int) -> str:
    """Link to the panel of a chat's posts; `thread` 0: none. Whoever opens it is asked for their rights."""
    return private(username, f"s_{chat_id}_{thread}")


def read_settings(payload: str) -> tuple[int, int] | None:
    """Return chat and thread in the payload of /start, None for any other payload."""
    found = _SETTINGS.fullmatch(payload)
    return (int(found[1]), int(found[2])) if found else None
