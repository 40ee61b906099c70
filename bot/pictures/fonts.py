"""Where a font for Chinese may be. Whether it shows what is wanted only drawing tells."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

INSTALL = "install one, on Debian or Ubuntu: apt-get install fonts-noto-cjk; or set BOT_FONT to a font file"
# The best first: one face for simplified Chinese, a collection of which one is, what systems bring along, and last
# variable fonts, which are drawn in their thinnest weight.
NAMES = (
    "NotoSansCJKsc-Regular.otf",
    "NotoSansSC-Regular.otf",
    "NotoSansSC-Regular.ttf",
    "NotoSansCJK-Regular.ttc",
    "SourceHanSansSC-Regular.otf",
    "SourceHanSansCN-Regular.otf",
    "SourceHanSans-Regular.ttc",
    "PingFang.ttc",
    "Hiragino Sans GB.ttc",
    "STHeiti Light.ttc",
    "msyh.ttc",
    "wqy-microhei.ttc",
    "wqy-zenhei.ttc",
    "NotoSansCJK-VF.ttc",
    "NotoSansCJK-VF.otf.ttc",
)
_FOLDERS = {
    "linux": ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts"),
    "darwin": ("/System/Library/Fonts", "/Library/Fonts", "~/Library/Fonts"),
    "win32": ("C:/Windows/Fonts", "~/AppData/Local/Microsoft/Windows/Fonts"),
}


def folders() -> tuple[Path, ...]:
    """Return where this system keeps fonts."""
    named = (Path(each) for each in _FOLDERS.get(sys.platform, _FOLDERS["linux"]))
    return tuple(_home(folder) for folder in named)


def font(chosen: Path | None, where: tuple[Path, ...]) -> Path | None:
    """Return the font file to draw with: the one that the settings name, else the best there is, else None."""
    if chosen is not None:
        return chosen
    found = {path.name: path for folder in where for path in _files(folder)}
    return next((found[name] for name in NAMES if name in found), None)


def _files(folder: Path) -> Iterator[Path]:
    try:
        yield from (path for path in folder.rglob("*") if path.name in NAMES and path.is_file())
    except OSError:  # somebody's folder, not for us
        return


def _home(folder: Path) -> Path:
    try:
        return folder.expanduser()
    except RuntimeError:  # nobody's home is known
        return folder
