"""Cards and words → what Telegram shows: escaped, within its limits, with buttons of VOICE's measure."""

from __future__ import annotations

import unicodedata
from html import escape
from typing import TYPE_CHECKING

from facts.model import columns

if TYPE_CHECKING:
    from collections.abc import Iterable

    from facts.card import Card
    from handlers.reply import Button, Buttons

MESSAGE = 4096
"""UTF-16 units of a message after its entities are parsed (Bot API, sendMessage)."""
CAPTION = 1024
"""The same of the words under a picture (Bot API, sendPhoto)."""
HALF, FULL = 16, 28
"""Columns of a button's label, two buttons a row and one (VOICE)."""
_BOLD, _PLAIN, _FOLDED = "<b>{}</b>", "{}", "<blockquote expandable>{}</blockquote>"
_WORD = 12
"""Characters that a cut gives up at most so as not to part a word."""


def message(title: str, lines: Iterable[str] = (), sections: Iterable[tuple[str, str]] = ()) -> str:
    """Return HTML of plain text: `title` bold, then `lines`, then each section apart, under its heading if it has one.

    Empty lines are left out; what exceeds a message is cut from the longest part.
    """
    return _html(_sectioned(title, lines, sections))


def fits(limit: int, title: str, lines: Iterable[str] = (), sections: Iterable[tuple[str, str]] = ()) -> bool:
    """Whether such a message has at most `limit` UTF-16 units."""
    return _length(_sectioned(title, lines, sections)) <= limit


def plain(text: str) -> str:
    """Return HTML for words without a bold first line."""
    return escape(clip(_sendable(text), MESSAGE), quote=False)


def card(shown: Card, last: str = "") -> str:
    """Return a card as HTML, its evidence in an expandable quote; `last` is a line behind it."""
    return _html([*_marked(shown), (_PLAIN, last)])


def cards(groups: Iterable[tuple[Iterable[Card], str]]) -> str:
    """Return groups of cards as one message, each with a line behind it; what exceeds a message loses its evidence."""
    listed = [(list(group), last) for group, last in groups]
    marked: list[tuple[str, str]] = []
    for folded in (True, False):
        marked = []
        for group, last in listed:
            for shown in group:
                lines = _marked(shown, folded=folded)
                marked += [("\n" + lines[0][0], lines[0][1]), *lines[1:]] if marked else lines
            marked.append((_PLAIN, last))
        if _length(marked) <= MESSAGE:
            break
    return _html(marked)


def units(text: str) -> int:
    """Length as Telegram counts it: UTF-16 code units."""
    return len(text) + sum(character > "\uffff" for character in text)


def clip(text: str, limit: int) -> str:
    """Return `text` in at most `limit` UTF-16 units; if cut, at a space nearby or between characters, and with "…"."""
    if units(text) <= limit:
        return text
    end = used = 0
    for character in text:
        used += units(character)
        if used > limit - 1:
            break
        end += 1
    while end and _joined(text, end):
        end -= 1
    space = text.rfind(" ", max(0, end - _WORD), end + 1)
    return text[: space if space > 0 else end].rstrip() + "…"


def label(text: str, width: int = HALF) -> str:
    """Return a button's label within `width` columns, a Han character taking two."""
    if columns(text) <= width:
        return text
    while text and columns(text) > width - 1:
        text = text[:-1]
    space = text.rfind(" ", max(1, len(text) - _WORD))
    return text[: space if space > 0 else len(text)].rstrip() + "…"


def rows(*buttons: Button, each: int = 2) -> Buttons:
    """Lay buttons out, `each` a row."""
    return tuple(buttons[start : start + each] for start in range(0, len(buttons), each))


def _sendable(text: str) -> str:
    """Half of a surrogate pair cannot be sent at all."""
    return text.encode("utf-8", "replace").decode()


def _joined(text: str, end: int) -> bool:
    """Whether a cut at `end` parts what is one character to the eye: a mark, a joiner or a skin tone from its base."""
    beyond = text[end : end + 1]
    return bool(beyond) and (
        unicodedata.combining(beyond) > 0
        or beyond in "\u200d\ufe0e\ufe0f"
        or text[end - 1] == "\u200d"
        or "\U0001f3fb" <= beyond <= "\U0001f3ff"
    )


def _marked(shown: Card, *, folded: bool = True) -> list[tuple[str, str]]:
    """A card's lines with their markup; `folded`: with its evidence."""
    body = [(_BOLD if line in shown.headings else _PLAIN, line) for line in shown.body]
    above = [(_PLAIN, line) for line in (*shown.doubts, shown.standing)]
    evidence = [(_FOLDED, "\n".join(shown.evidence))] if folded else []
    return [(_BOLD, shown.title), *body, *above, *evidence]


def _sectioned(title: str, lines: Iterable[str], sections: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    marked = [(_BOLD, title), *((_PLAIN, line) for line in lines)]
    for heading, body in sections:
        marked += [("\n" + _BOLD, heading), (_PLAIN, body)] if heading else [("\n" + _PLAIN, body)]
    return marked


def _length(marked: Iterable[tuple[str, str]]) -> int:
    return sum(mark.count("\n") + units(text) + 1 for mark, text in marked if text)


def _html(marked: Iterable[tuple[str, str]]) -> str:
    """Join texts, each escaped into its markup, a line each."""
    kept = [(mark, _sendable(text)) for mark, text in marked if text]
    room = MESSAGE - sum(mark.count("\n") + 1 for mark, _ in kept) + 1
    texts = _fitted([text for _, text in kept], room)
    return "\n".join(mark.format(escape(text, quote=False)) for (mark, _), text in zip(kept, texts, strict=True))


def _fitted(texts: list[str], room: int) -> list[str]:
    while (over := sum(map(units, texts)) - room) > 0:
        longest = max(range(len(texts)), key=lambda index: units(texts[index]))
        texts[longest] = clip(texts[longest], max(1, units(texts[longest]) - over))
    return texts
