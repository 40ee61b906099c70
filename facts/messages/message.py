"""The shape of a message."""

from __future__ import annotations

from typing import NamedTuple


class Message(NamedTuple):
    """(what, how to mend), a pair a language; placeholders in braces are the same in both languages."""

    en: tuple[str, str]
    zh: tuple[str, str]
