"""`python -m bot.drawing FONT < drawing.json > picture.png`. FONT is a file; without one, the library's own Latin font.

Exit code 0 with a picture, 3 where the font cannot show what is to be drawn, 1 for anything else; the reason is the
last line of standard error.
"""

from __future__ import annotations

import contextlib
import sys

MEMORY = 1536 * 2**20
"""Bytes of address space, of which resident become some 100 MB: a picture that wants more is a bug."""
CPU_SECONDS = 30


def bounded() -> None:
    """Let the system stop this process before it can harm others, where it can."""
    with contextlib.suppress(ImportError, ValueError, OSError):  # Windows; a lower limit is set already
        import resource  # noqa: PLC0415 - not on every system

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))


def main() -> int:
    bounded()
    from bot.drawing.faces import Faces, UnfitFontError  # noqa: PLC0415 - the limits come first
    from bot.drawing.picture import png  # noqa: PLC0415 - the same
    from facts.drawing import Drawing  # noqa: PLC0415 - the same

    try:
        drawing = Drawing.read(sys.stdin.buffer.read())
        picture = png(drawing, Faces(sys.argv[1] if len(sys.argv) > 1 else None))
    except UnfitFontError as error:
        print(error, file=sys.stderr)
        return 3
    sys.stdout.buffer.write(picture)
    return 0


if __name__ == "__main__":
    sys.exit(main())
