"""Callback data: what a button carries (Telegram: at most 64 bytes) and how it is read back, which is never trusted.

`prefix:rest`; a handler gets the rest. Ids are at most 40 ASCII characters, so all of these fit.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_ANSWER = re.compile(r"n:(?:en|zh):([a-z0-9-]{1,40})")


def shown(data: Iterable[str]) -> str | None:
    """Return the id of the fact that a message answered with, from the data of its buttons; None if it is no answer."""
    for item in data:
        found = _ANSWER.fullmatch(item)
        if found and found[1] != "-":
            return found[1]
    return None
