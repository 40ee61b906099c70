"""Which addresses Telegram takes as links, and how it writes them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.playground.refusals import Json

_APP = re.compile(r"(?i)(?:tg|ton|tonsite)://\S+")


def checked_link(address: str) -> str:
    """Return an address as Telegram stores it ("http://example.com/"), "" for what it does not take as a link."""
    if _APP.fullmatch(address):
        return address
    if "://" not in address:
        address = f"http://{address}"
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or "." not in host.strip(".") or re.search(r"\s", address):
        return ""
    return parts._replace(path=parts.path or "/").geturl()


def mentioned_id(address: str) -> int:
    """Return the id in tg://user?id=…, 0 when it is no such link."""
    try:
        parts = urlsplit(address.strip())
        ids = parse_qs(parts.query).get("id", [])
    except ValueError:
        return 0
    if parts.scheme.lower() != "tg" or parts.netloc.lower() != "user" or not ids:
        return 0
    return int(ids[0]) if re.fullmatch(r"[0-9]{1,18}", ids[0]) else 0


def link(address: str, user: Callable[[int], Json | None]) -> tuple[str, Json] | None:
    """Return the type and further fields of the entity for a link, None where Telegram silently makes none."""
    user_id = mentioned_id(address)
    if user_id:
        found = user(user_id)
        return ("text_mention", {"user": found}) if found else None
    checked = checked_link(address)
    return ("text_link", {"url": checked}) if checked else None
