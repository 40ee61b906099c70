"""Telegram's HTML (core.telegram.org/bots/api#html-style).

Broken markup is refused with the words and byte offsets of td/telegram/MessageEntity.cpp, parse_html.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.playground.entities.characters import character, decode, units_in
from bot.playground.entities.links import link
from bot.playground.entities.spans import Span
from bot.playground.refusals import Refusal, bad_request

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.playground.refusals import Json

_STYLES = {
    **dict.fromkeys(("b", "strong"), "bold"),
    **dict.fromkeys(("i", "em"), "italic"),
    **dict.fromkeys(("u", "ins"), "underline"),
    **dict.fromkeys(("s", "strike", "del"), "strikethrough"),
    **dict.fromkeys(("tg-spoiler", "span"), "spoiler"),
}
_TAGS = frozenset(_STYLES) | {"a", "code", "pre", "blockquote", "tg-emoji", "tg-time"}
_SPACE = " \t\r\n\0\v"
_PLAIN = re.compile(r"[^<&]+")
_TAG_NAME = re.compile(r"[^ \t\r\n\0\v>]*")
_ATTRIBUTE_NAME = re.compile(r"[^ \t\r\n\0\v=>/\"']*")
_SPACES = re.compile(r"[ \t\r\n\v]*")
_TOKEN = re.compile(r"[A-Za-z0-9.-]*")
_HALF = re.compile("[\ud800-\udfff]")


@dataclass(slots=True)
class _Open:
    """A tag not yet closed: where its text began, in UTF-16 units and in output pieces."""

    tag: str
    attributes: dict[str, str]
    start: int
    piece: int


def parse(text: str, user: Callable[[int], Json | None]) -> tuple[str, list[Span]]:
    """Return the text without markup and its spans. Raises Refusal ("can't parse entities: …")."""
    return _Parser(text, user).run()


class _Parser:
    def __init__(self, text: str, user: Callable[[int], Json | None]) -> None:
        self.text = text
        self.user = user
        self.position = 0
        self.length = 0
        self.pieces: list[str] = []
        self.open: list[_Open] = []
        self.spans: list[Span] = []

    def run(self) -> tuple[str, list[Span]]:
        text = self.text
        while self.position < len(text):
            if found := _PLAIN.match(text, self.position):
                self._put(found[0], found.end())
            elif text[self.position] == "&":
                self._put(*character(text, self.position))
            elif text.startswith("</", self.position):
                self._close()
            else:
                self._start()
        if self.open:
            raise _refused(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        plain = "".join(self.pieces)
        if _HALF.search(plain):
            raise _refused(
                "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate "
                "code units"
            )
        return plain, self.spans

    def _put(self, piece: str, position: int) -> None:
        self.pieces.append(piece)
        self.length += 1 if len(piece) == 1 and piece <= "\uffff" else units_in(piece)
        self.position = position

    def _refused(self, words: str, begin: int) -> Refusal:
        return _refused(f"{words} at byte offset {self._bytes(begin)}")

    def _bytes(self, position: int) -> int:
        return len(self.text[:position].encode("utf-8", "surrogatepass"))

    def _start(self) -> None:
        begin = self.position
        name = _TAG_NAME.match(self.text, begin + 1)
        end = name.end() if name else begin
        tag = self.text[begin + 1 : end].lower()
        if end >= len(self.text) or self.text[end] == "\0":
            raise self._refused("Unclosed start tag", begin)
        if tag not in _TAGS:
            raise self._refused(f'Unsupported start tag "{tag}"', begin)
        attributes = self._attributes(tag, begin, end)
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise self._refused('Tag "span" must have class "tg-spoiler"', begin)
        self.open.append(_Open(tag, attributes, self.length, len(self.pieces)))

    def _attributes(self, tag: str, begin: int, position: int) -> dict[str, str]:
        """Read attributes up to and including `>`, which must be there."""
        attributes: dict[str, str] = {}
        while True:
            position = self._spaces(position)
            if self._at(position) == ">":
                self.position = position + 1
                return attributes
            found = _ATTRIBUTE_NAME.match(self.text, position)
            name = found[0] if found else ""
            if not name:
                raise self._refused(f'Empty attribute name in the tag "{tag}"', begin)
            position = self._spaces(position + len(name))
            if not self._at(position):
                raise self._refused(f'Unclosed start tag "{tag}"', begin)
            value = ""
            if self._at(position) == "=":
                value, position = self._value(tag, begin, self._spaces(position + 1))
            attributes[name] = value

    def _value(self, tag: str, begin: int, position: int) -> tuple[str, int]:
        quote = self._at(position)
        if not quote:
            raise self._refused(f'Unclosed start tag "{tag}"', begin)
        if quote not in "\"'":
            found = _TOKEN.match(self.text, position)
            end = found.end() if found else position
            if self._at(end) not in {">", *_SPACE}:
                raise self._refused("Unexpected end of name token", position)
            return self.text[position:end].lower(), end
        end = self.text.find(quote, position + 1)
        if end < 0 or not self._at(end + 1):
            raise self._refused("Unclosed start tag", begin)
        return decode(self.text[position + 1 : end]), end + 1

    def _close(self) -> None:
        begin = self.position
        if not self.open:
            raise self._refused("Unexpected end tag", begin)
        name = _TAG_NAME.match(self.text, begin + 2)
        end = name.end() if name else begin
        tag = self.text[begin + 2 : end].lower()
        end = self._spaces(end)
        if self._at(end) != ">":
            raise self._refused("Unclosed end tag", begin)
        opened = self.open.pop()
        if tag not in {"", opened.tag}:
            found = f'expected "</{opened.tag}>", found "</{tag}>"'
            raise _refused(f"Unmatched end tag at byte offset {self._bytes(begin)}, {found}")
        self.position = end + 1
        if self.length > opened.start:
            self._span(opened)

    def _span(self, opened: _Open) -> None:
        start, end, tag = opened.start, self.length, opened.tag
        if tag in _STYLES:
            self.spans.append(Span(_STYLES[tag], start, end))
        elif tag == "blockquote":
            kind = "expandable_blockquote" if "expandable" in opened.attributes else "blockquote"
            self.spans.append(Span(kind, start, end))
        elif tag == "a":
            target = opened.attributes.get("href") or "".join(self.pieces[opened.piece :])
            found = link(target, self.user)
            if found:
                self.spans.append(Span(found[0], start, end, found[1]))
        elif tag == "tg-emoji":
            self.spans.append(Span("custom_emoji", start, end, _emoji(opened.attributes.get("emoji-id", ""))))
        elif tag == "tg-time":
            self.spans.append(Span("date_time", start, end, _time(opened.attributes)))
        else:
            self._verbatim(opened)

    def _verbatim(self, opened: _Open) -> None:
        """`pre` and `code`; one right inside the other with a language is one `pre` with that language."""
        start, end = opened.start, self.length
        inner = self.spans[-1] if self.spans and (self.spans[-1].start, self.spans[-1].end) == (start, end) else None
        language = opened.attributes.get("class", "")
        extra = {"language": language[9:]} if opened.tag == "code" and language[9:] else {}
        extra = extra if language.startswith("language-") else {}
        other = "code" if opened.tag == "pre" else "pre"
        if inner and inner.kind == other and (extra or inner.extra):
            self.spans[-1] = Span("pre", start, end, extra or inner.extra)
        else:
            self.spans.append(Span(opened.tag, start, end, extra))

    def _at(self, position: int) -> str:
        """Return the character there, "" at the end of the text or of what a C string would hold."""
        return "" if position >= len(self.text) or self.text[position] == "\0" else self.text[position]

    def _spaces(self, position: int) -> int:
        found = _SPACES.match(self.text, position)
        return found.end() if found else position


def _emoji(identifier: str) -> Json:
    if not re.fullmatch(r"-?[0-9]{1,19}", identifier) or int(identifier) == 0:
        raise _refused("Invalid custom emoji identifier specified")
    return {"custom_emoji_id": identifier}


def _time(attributes: dict[str, str]) -> Json:
    unix = attributes.get("unix", "")
    if not re.fullmatch(r"[0-9]{1,10}", unix):
        raise _refused("Invalid date_time entity specified")
    extra: Json = {"unix_time": int(unix)}
    if attributes.get("format"):
        extra["date_time_format"] = attributes["format"]
    return extra


def _refused(words: str) -> Refusal:
    return bad_request(f"can't parse entities: {words}")
