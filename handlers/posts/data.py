"""What a button of the panel carries, and how it is read back, which is never trusted.

`s:<lang>:<action>[:<value>][@<chat>.<thread>]`. The last part names a chat that is set up from somebody's private one,
in base 36 so that the longest zone's name still fits into 64 bytes beside it; without it the panel's own chat is meant.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Literal, NamedTuple, cast, get_args

if TYPE_CHECKING:
    from facts.model import Lang

Page = Literal[
    "open",
    "show",
    "days",
    "hours",
    "zones",
    "regions",
    "region",
    "langs",
    "topics",
    "sizes",
    "outages",
    "pauses",
    "stopping",
]
Change = Literal[
    "day", "hour", "zone", "lang", "topic", "size", "silent", "repeat", "missed", "unsure", "pause", "resume", "again"
]
Action = Page | Change | Literal["on", "off", "preview"]
PAGES: frozenset[str] = frozenset(get_args(Page))
CHANGES: frozenset[str] = frozenset(get_args(Change))
SWITCHES = frozenset({"silent", "repeat", "missed", "unsure"})
"""Changes that say nothing without their value."""

_VALUES = {
    "region": r"[A-Z][a-z]{2,15}(?:\.[0-9]{1,2})?",
    "topics": r"[0-9]{1,3}",
    "day": r"[+-][0-6]|all",
    "hour": r"[01]?[0-9]|2[0-3]",
    "zone": r"[A-Za-z0-9_+/-]{1,40}",
    "lang": r"en|zh|both",
    "topic": r"[+-][0-9a-f]{8}|all",
    "size": r"[1-3]",
    "silent": r"[01]",
    "repeat": r"[01]",
    "missed": r"latest|skip",
    "unsure": r"repeat|skip",
    "pause": r"week|month|ever",
}
_DATA = re.compile(r"(en|zh):([a-z]{2,8})(?::([A-Za-z0-9_+/.-]{1,40}))?(?:@(-?[0-9a-z]{1,12})\.([0-9a-z]{1,7}))?")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


class Where(NamedTuple):
    """A chat and its thread, 0 for none."""

    chat: int
    thread: int


class Tap(NamedTuple):
    """`where` None: the chat in which the button stands."""

    lang: Lang
    action: Action
    value: str
    where: Where | None


def data(lang: Lang, action: Action, value: str = "", where: Where | None = None) -> str:
    rest = f":{value}" if value else ""
    place = f"@{_base36(where.chat)}.{_base36(where.thread)}" if where else ""
    return f"s:{lang}:{action}{rest}{place}"


def read(rest: str) -> Tap | None:
    """Read what `data` wrote, without its prefix; None for anything else."""
    found = _DATA.fullmatch(rest)
    if found is None:
        return None
    lang, action, value, chat, thread = found.groups()
    expected = _VALUES.get(action, "")
    known = action in PAGES or action in CHANGES or action in {"on", "off", "preview"}
    if not known or not re.fullmatch(expected, value or ""):
        return None
    where = None if chat is None else Where(int(chat, 36), int(thread, 36))
    return Tap(cast("Lang", lang), cast("Action", action), value or "", where)


def topic_key(topic_id: str) -> str:
    """Return eight hex digits for a topic: its id may be too long for a button."""
    return hashlib.sha256(topic_id.encode()).hexdigest()[:8]


def _base36(number: int) -> str:
    digits, left = "", abs(number)
    while left or not digits:
        left, digit = divmod(left, 36)
        digits = _DIGITS[digit] + digits
    return f"-{digits}" if number < 0 else digits
