"""What Telegram and VOICE.md allow in a message, checked on every reply that a test gets."""

from __future__ import annotations

import re
import unicodedata
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

from facts.model import columns
from handlers.reply import Document, Edit, Keys, Photo, Quiz, Results, Text, Toast, Working
from handlers.triggers import Button as ButtonTrigger

if TYPE_CHECKING:
    from collections.abc import Callable

    from handlers.ports import Ask, Handler, Services
    from handlers.reply import Button, Buttons, Part, Reply

TAGS = {"b", "blockquote"}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.open: list[str] = []
        self.entities = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS, f"<{tag}>"
        assert attrs == ([("expandable", None)] if tag == "blockquote" else [])
        self.open.append(tag)
        self.entities += 1

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def read(html: str) -> str:
    """Return the text that people see, after checking the markup."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == []
    assert reader.entities <= 100
    return reader.text


def check(reply: Reply) -> None:
    checks: dict[type[Part], Callable[[Any], None]] = {
        Text: check_message,
        Edit: check_message,
        Toast: check_toast,
        Document: check_document,
        Photo: check_photo,
        Keys: lambda part: check_buttons(part.buttons),
        Quiz: check_quiz,
        Results: check_results,
        Working: check_working,
    }
    for part in reply:
        checks[type(part)](part)


def check_working(part: Working) -> None:
    for html in (part.html, part.lost):
        check_message(Text(html))


def check_toast(part: Toast) -> None:
    assert 0 < len(part.text) <= 200
    check_words(part.text)


def check_document(part: Document) -> None:
    assert part.content
    assert re.fullmatch(r"[^/\\]{1,255}", part.name)
    assert len(part.caption) <= 1024


def check_photo(part: Photo) -> None:
    assert part.content
    assert re.fullmatch(r"[0-9a-f]{40}", part.key)
    check_words(read(part.html))
    assert 0 < len(read(part.html).encode("utf-16-le")) // 2 <= 1024
    if part.instead:
        check_message(part.instead)


def check_message(part: Text | Edit) -> None:
    text = read(part.html)
    assert text.strip()
    assert len(text.encode("utf-16-le")) // 2 <= 4096
    check_words(text)
    check_buttons(part.buttons)


def check_quiz(part: Quiz) -> None:
    assert 0 < len(part.question) <= 300
    assert 2 <= len(part.options) <= 12
    assert len(set(part.options)) == len(part.options)
    assert all(0 < len(option) <= 100 for option in part.options)
    assert 0 <= part.right < len(part.options)
    assert 0 < len(part.explanation) <= 200
    assert part.explanation.count("\n") <= 2
    check_buttons(part.buttons)


def check_results(part: Results) -> None:
    assert len(part.items) <= 10
    assert len({item.id for item in part.items}) == len(part.items)
    assert 0 < len(part.privately) <= 64
    for item in part.items:
        assert 0 < len(item.id.encode()) <= 64
        assert item.title
        check_message(Text(item.html, item.buttons))
        assert all(button.url for row in item.buttons for button in row)


def check_buttons(buttons: Buttons) -> None:
    for row in buttons:
        for button in row:
            check_button(button, 28 if len(row) == 1 else 16)


def check_button(button: Button, width: int) -> None:
    assert 0 < columns(button.label) <= width, button.label
    assert [button.data, button.url, button.share].count(None) == 2
    assert button.share is None or 0 < len(button.share) <= 256
    if button.data is not None:
        assert len(button.data.encode()) <= 64, button.data
        assert button.data.partition(":")[0] in prefixes(), button.data


def check_words(text: str) -> None:
    """No emoji but the warning sign, and no placeholder or key that was left standing."""
    odd = {c for c in text if unicodedata.category(c) == "So" and c != "⚠"}
    assert not odd, odd
    assert "{" not in text


def prefixes() -> set[str]:
    from handlers.routes import ROUTES  # noqa: PLC0415 - only names are wanted from the rest of this module's imports

    return {route.trigger.prefix for route in ROUTES if isinstance(route.trigger, ButtonTrigger)}


async def said(handler: Handler, ask: Ask, services: Services) -> Reply:
    """Call a handler and check its reply, see work through to its end, and return what is left to be read then."""
    reply = await handler(ask, services)
    check(reply)
    for working in [part for part in reply if isinstance(part, Working)]:
        assert reply == (working,)
        told: list[str] = []
        reply = await working.work(told.append)
        check((*map(Text, told), *reply))
        assert not any(isinstance(part, (Edit, Keys, Toast, Working)) for part in reply)
    elsewhere = [part for part in reply if isinstance(part, Edit) and part.at]  # these name their message
    assert ask.tap or not any(isinstance(part, (Edit, Keys, Toast)) for part in reply if part not in elsewhere)
    assert not (ask.tap and any(isinstance(part, Text) and part.quote for part in reply))
    return reply
