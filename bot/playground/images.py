"""How large a PNG or JPEG is, read from its header; and a plain grey PNG."""

from __future__ import annotations

import struct
import zlib

_PNG = b"\x89PNG\r\n\x1a\n"
# Frame headers of JPEG (ITU T.81, table B.1): all of SOF0 to SOF15 but the three that are no frames.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_BARE = frozenset({0x01, *range(0xD0, 0xD8)})


def measured(content: bytes) -> tuple[str, int, int] | None:
    """Return the media type, width and height in pixels; None for anything that is neither."""
    if content.startswith(_PNG) and content[12:16] == b"IHDR" and len(content) > 24:
        width, height = struct.unpack(">II", content[16:24])
        return "image/png", width, height
    size = _jpeg(content) if content.startswith(b"\xff\xd8") else None
    return ("image/jpeg", *size) if size else None


def grey(width: int, height: int) -> bytes:
    """Return a PNG without anything on it."""
    rows = (b"\0" + bytes([0x9A]) * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return _PNG + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(rows, 9)) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def _jpeg(content: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 if marker in _BARE else 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return None
