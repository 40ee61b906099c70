"""Spans of text and the text in UTF-16 code units, which is how Telegram counts."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.playground.refusals import Json

SPLITTABLE = ("bold", "italic", "underline", "strikethrough", "spoiler")
QUOTES = frozenset({"blockquote", "expandable_blockquote"})
VERBATIM = frozenset({"pre", "code"})
# Which of two spans over the same text is the outer one (td/telegram/MessageEntity.cpp, get_type_priority).
_RANK = {"blockquote": 0, "expandable_blockquote": 0, "pre": 10, "code": 20, "text_link": 49, "text_mention": 49}
_RANK |= {kind: 90 + index for index, kind in enumerate(SPLITTABLE)} | {"custom_emoji": 99}


@dataclass(frozen=True, slots=True)
class Span:
    """A MessageEntity of type `kind` in UTF-16 code units; `extra` holds its further fields (url, language, …)."""

    kind: str
    start: int
    end: int
    extra: Json = field(default_factory=dict)

    def at(self, start: int, end: int) -> Span:
        return self if (start, end) == (self.start, self.end) else replace(self, start=start, end=end)


def outer_first(spans: list[Span]) -> list[Span]:
    """Sort by start, longer before shorter."""
    return sorted(spans, key=lambda span: (span.start, -span.end, _RANK.get(span.kind, 50)))


def plain_json(span: Span) -> Json:
    """Return the MessageEntity object."""
    return {"offset": span.start, "length": span.end - span.start, "type": span.kind, **span.extra}


def utf16_length(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def units_of(text: str) -> str:
    """Return the text with each UTF-16 code unit as one character, so that offsets are indices."""
    if not text or max(text) <= "\uffff":
        return text
    return "".join(map(chr, memoryview(text.encode("utf-16-le")).cast("H")))


def joined(units: str) -> str:
    """Undo `units_of`."""
    return units.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
