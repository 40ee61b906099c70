"""A font and its bold sister: which face of a collection, how wide words are in it, and where their lines break."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from matplotlib.font_manager import FontPath, FontProperties, findfont
from matplotlib.ft2font import FT2Font

if TYPE_CHECKING:
    from collections.abc import Iterator

# Punctuation that begins no line, and that which ends none (GB/T 15834).
_NEVER_FIRST = "，。、；：？！）》」』”’…%％,.;:?!)"
_NEVER_LAST = "（《「『“‘("
_HAN = "⺀-鿿豈-﫿"
# A number stays with what is counted: 70 billion.
_WORD = rf"(?:\d[\d.,]*\s+)?[^\s{_HAN}]+"
_PIECE = re.compile(rf"[{re.escape(_NEVER_LAST)}]*(?:[{_HAN}]|{_WORD})[{re.escape(_NEVER_FIRST)}]*\s*")


class UnfitFontError(Exception):
    """The font cannot be read, or lacks a character; the message is one line."""


class Face:
    """One face; `size` is in pixels."""

    def __init__(self, path: FontPath) -> None:
        try:
            self._font = FT2Font(path.path, face_index=path.face_index)
        except (OSError, RuntimeError) as error:
            raise UnfitFontError(f"the font {path.path} cannot be read: {error}") from None
        self.path = path

    @property
    def name(self) -> str:
        return self._font.family_name

    def properties(self, size: float) -> FontProperties:
        return FontProperties(fname=self.path, size=size)

    def lacks(self, text: str) -> str:
        """Return the first character that it has no glyph for, or nothing."""
        return next((char for char in text if not char.isspace() and not self._font.get_char_index(ord(char))), "")

    @lru_cache(maxsize=1024)  # noqa: B019 - the process ends with its picture
    def width(self, text: str, size: float) -> float:
        self._font.set_size(size, 72)
        self._font.set_text(text)
        return float(self._font.get_width_height()[0]) / 64

    def lines(self, text: str, size: float, room: float, taken: float = 0) -> Iterator[str]:
        """Break a text where its language allows it: at spaces, and between Han characters; what is too long, anywhere.

        `taken`: how much of the first line something else has.
        """
        line = ""
        pieces: list[str] = _PIECE.findall(text)
        for piece in (part for each in pieces for part in ([each] if self.width(each, size) <= room else each)):
            if (line or taken) and taken + self.width((line + piece).rstrip(), size) > room:
                yield line.rstrip()
                line, taken = "", 0
            line += piece
        yield line.rstrip()


class Faces:
    """`path` is a font file, or None for the library's own, which has no Chinese. Raises UnfitFontError."""

    def __init__(self, path: str | None) -> None:
        if path is None:
            found = (str(findfont("DejaVu Sans")), str(findfont("DejaVu Sans:bold")))
        else:
            found = (path, _bold(path))
        self.regular, self.bold = (Face(FontPath(name, _simplified(name))) for name in found)

    def check(self, text: str) -> None:
        """Raises UnfitFontError for a text that one of them cannot show."""
        for face in (self.regular, self.bold):
            if lacking := face.lacks(text):
                raise UnfitFontError(f"the font {face.path} has no “{lacking}”")


def _simplified(path: str) -> int:
    """Return which face of a collection is for simplified Chinese; its first one is often Japanese."""
    try:
        count = FT2Font(path).num_faces
        names = [FT2Font(path, face_index=index).family_name for index in range(count)]
    except (OSError, RuntimeError) as error:
        raise UnfitFontError(f"the font {path} cannot be read: {error}") from None
    return next((index for index, name in enumerate(names) if name.endswith(" SC")), 0)


def _bold(path: str) -> str:
    """Return the bold sister of a regular font, or itself where there is none beside it."""
    sister = Path(path).with_name(re.sub("Regular|Light|Medium", "Bold", Path(path).name))
    return str(sister) if sister.is_file() else path
