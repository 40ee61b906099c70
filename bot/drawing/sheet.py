"""A sheet to draw on, in pixels from its upper left corner: text, circles, boxes, the warning sign."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyBboxPatch, Polygon
from PIL import Image

if TYPE_CHECKING:
    from bot.drawing.faces import Face, Faces
    from facts.drawing import Sort

PAPER, CARD, EDGE = "#f6f2ea", "#fffdf9", "#e2dacb"
DARK, SOFT, RESULT, VIEW, DOUBT = "#23211d", "#625d54", "#0b675a", "#8d8677", "#a5400c"
COLOURS = 128
HANGING = ("《", "（", "「")
"""Blank on their left half: they hang, so that the edge stays straight."""


class Ink(NamedTuple):
    """How words are written; the size is in pixels."""

    size: float
    colour: str = DARK
    bold: bool = False

    @property
    def leading(self) -> float:
        """From one line to the next."""
        return self.size * 1.36


class Sheet:
    """`width` in pixels; how high it is shows at the end."""

    def __init__(self, width: float, faces: Faces) -> None:
        self.faces = faces
        self._width = width
        # At 72 dots an inch a point, in which the library measures, is a pixel.
        self._figure = Figure(dpi=72, facecolor=PAPER)
        self._axes = self._figure.add_axes((0, 0, 1, 1))
        self._axes.set_axis_off()

    def text(self, x: float, y: float, words: str, ink: Ink) -> float:
        """Write one line whose middle is at `y`; return where it ends."""
        x -= 0.45 * ink.size if words.startswith(HANGING) else 0
        look = self._face(ink).properties(ink.size)
        # Two dollar signs are not a formula here.
        text = self._axes.text(x, y + 0.36 * ink.size, words, color=ink.colour, va="baseline", fontproperties=look)
        text.set_parse_math(False)
        return x + self.width(words, ink)

    def width(self, words: str, ink: Ink) -> float:
        return self._face(ink).width(words, ink.size)

    def lines(self, x: float, y: float, words: str, ink: Ink, room: float) -> float:
        """Write a text that breaks into lines, from `y` down; return where it ends."""
        return self.run_on(x, x, y, words, ink, room)

    def run_on(self, begin: float, x: float, y: float, words: str, ink: Ink, room: float) -> float:  # noqa: PLR0913, PLR0917 - where it begins, too
        """The same, with the first line from `begin` on, behind something else."""
        for line in self._face(ink).lines(words, ink.size, room, begin - x):
            self.text(begin, y + ink.leading / 2, line, ink)
            begin = x
            y += ink.leading
        return y

    def _face(self, ink: Ink) -> Face:
        return self.faces.bold if ink.bold else self.faces.regular

    def circle(self, x: float, y: float, radius: float, sort: Sort, *, in_doubt: bool = False) -> None:
        """Filled for a result, hatched for an aim, grey for a view; with a broken edge where it is in doubt."""
        colour = VIEW if sort == "view" else RESULT
        broken = (0, (4.0, 2.6)) if in_doubt else "solid"
        edge = DOUBT if in_doubt else colour
        hollow = sort == "aim"
        face = CARD if hollow else colour
        # The hatch takes the edge's colour, so that the edge is drawn once more on top.
        patch = Circle((x, y), radius, facecolor=face, edgecolor=colour, linewidth=0)
        if hollow and radius > 8:
            patch.set_hatch("///")
            patch.set_hatch_linewidth(1.6)
        self._axes.add_patch(patch)
        width = 2.6 if hollow or in_doubt else 0
        if width:
            self._axes.add_patch(Circle((x, y), radius, fill=False, edgecolor=edge, linewidth=width, linestyle=broken))

    def warning(self, x: float, y: float, size: float) -> float:
        """Draw the warning sign around `y`; return where it ends."""
        half = 0.52 * size
        corners = [(x, y + 0.4 * size), (x + half, y - 0.5 * size), (x + 2 * half, y + 0.4 * size)]
        self._axes.add_patch(
            Polygon(corners, closed=True, facecolor=DOUBT, edgecolor=DOUBT, linewidth=0.1 * size, joinstyle="round")
        )
        self._axes.add_patch(
            Polygon([(x + half, y - 0.2 * size), (x + half, y + 0.1 * size)], edgecolor=CARD, linewidth=0.1 * size)
        )
        self._axes.add_patch(Circle((x + half, y + 0.28 * size), 0.06 * size, facecolor=CARD, linewidth=0))
        return x + 2 * half

    def box(self, x: float, y: float, width: float, height: float) -> None:
        round_corners = "round,pad=0,rounding_size=22"
        self._axes.add_patch(
            FancyBboxPatch((x, y), width, height, round_corners, facecolor=CARD, edgecolor=EDGE, lw=2, zorder=0)
        )

    def png(self, height: float) -> bytes:
        """Return the sheet down to `height`, in a palette: a third of the bytes, and no difference to see."""
        self._axes.set_xlim(0, self._width)
        self._axes.set_ylim(height, 0)
        self._figure.set_size_inches(self._width / 72, height / 72)
        drawn, out = BytesIO(), BytesIO()
        self._figure.savefig(drawn, format="png", dpi=72, facecolor=PAPER)
        plain = Image.open(drawn).convert("RGB")
        plain.quantize(COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
        return out.getvalue()
