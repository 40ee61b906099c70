"""The character references that Telegram knows: four names, and numbers (td/telegram/MessageEntity.cpp)."""

from __future__ import annotations

import re

_CHARACTER = re.compile(r"&(?:#x([0-9a-fA-F]{1,8})|#([0-9]{1,8})|(lt|gt|amp|quot)(?![a-zA-Z]));?")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}


def decode(text: str) -> str:
    """Replace the character references that Telegram knows: four names and numbers."""
    pieces, position = [], 0
    while (ampersand := text.find("&", position)) >= 0:
        pieces.append(text[position:ampersand])
        piece, position = character(text, ampersand)
        pieces.append(piece)
    return "".join((*pieces, text[position:]))


def character(text: str, position: int) -> tuple[str, int]:
    """Return what the reference at `position` stands for and where it ends; a lone & stands for itself."""
    found = _CHARACTER.match(text, position)
    if not found:
        return "&", position + 1
    hexadecimal, decimal, named = found.groups()
    if named:
        return _NAMED[named], found.end()
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    if code == 0 or code >= 0x10FFFF:
        return "&", position + 1
    return chr(code), found.end()


def units_in(piece: str) -> int:
    """Return the UTF-16 length; it also takes half a surrogate pair, which is refused at the end."""
    return len(piece) if piece.isascii() else len(piece.encode("utf-16-le", "surrogatepass")) // 2
