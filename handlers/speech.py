"""In which language and script somebody is answered: one rule for private chats, groups and inline mode (docs/adr)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from facts.text import detect
from handlers.reply import Edit, Text, Working

if TYPE_CHECKING:
    from collections.abc import Callable

    from facts.model import Lang
    from handlers.ports import Ask, Person
    from handlers.reply import Part, Reply

_IN_TRADITIONAL = ("zh-hant", "zh-tw", "zh-hk", "zh-mo")
_SAID = (
    "html", "text", "caption", "title", "description", "privately", "question", "explanation", "options",
    "label", "share", "buttons", "items", "instead",
)  # fmt: skip
"""The fields of a reply's parts that people read, or send on to be read."""


def hinted(person: Person | None) -> Lang:
    """The language that Telegram's code of a person hints at."""
    return "zh" if _code(person).startswith("zh") else "en"


def reads_traditional(person: Person | None) -> bool:
    """Whether Telegram's code of a person says that they read Traditional characters."""
    return _code(person).startswith(_IN_TRADITIONAL)


def of_question(question: str, ask: Ask) -> Lang:
    """The language to answer a question in: its own; where that is unclear or mixed, the choice, then Telegram's."""
    return detect(question) or ask.lang


def in_traditional(reply: Reply, written: Callable[[str], str]) -> Reply:
    """Return a reply with all its words as `written` writes them; what is sent as it stands stays so."""
    return tuple(part if _as_it_is(part) else _written(part, written) for part in reply)


def _as_it_is(part: Part) -> bool:
    """Whether a part is for its chat, or, where what comes of work is not known yet, for curators: of their files."""
    return (
        isinstance(part, Working)
        or (isinstance(part, Text) and part.as_it_is)
        or (isinstance(part, Edit) and part.at is not None)
    )


def _code(person: Person | None) -> str:
    return (person.language or "").lower().replace("_", "-") if person is not None else ""


def _written(said: Any, written: Callable[[str], str]) -> Any:
    """Words, several of them, or a part of a reply with the fields that hold such."""
    if said is None:
        return None
    if isinstance(said, str):
        return written(said)
    if isinstance(said, tuple):
        return tuple(_written(each, written) for each in said)
    return replace(said, **{name: _written(getattr(said, name), written) for name in _SAID if hasattr(said, name)})
