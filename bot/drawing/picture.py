"""A drawing → PNG: boxes under each other, in each the amounts as circles, as large as they are, beside their words.

Circles, not bars: 200 million beside 70 billion would be no bar at all, and is a dot that can be seen. Each box has a
scale of its own. Results are filled, aims hollow and hatched, so that nobody takes one for the other, in grey too.
"""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

from bot.drawing.sheet import DARK, DOUBT, RESULT, SOFT, Ink, Sheet

if TYPE_CHECKING:
    from bot.drawing.faces import Faces
    from facts.drawing import Amount, Chart, Drawing

# Pixels. Telegram shows a photo some 300 points wide, so that smaller text than this could not be read.
WIDTH = 1080
_MARGIN, _PADDING, _GAP = 36, 32, 20
_RADIUS, _LEAST = 50.0, 4.0
_ROOM = WIDTH - 2 * _MARGIN
_INNER = _ROOM - 2 * _PADDING
_CELL = _INNER / 2
_BESIDE = 2 * _RADIUS + 18
_TITLE, _SOURCE, _HEADING = Ink(50, bold=True), Ink(30, SOFT), Ink(31, SOFT, bold=True)
_LABEL, _SAID, _STANDING = Ink(30, SOFT), Ink(38, bold=True), Ink(27, RESULT, bold=True)
_SPACE = 16
_LEGEND, _SMALL = Ink(27), Ink(27, SOFT)
_ABOVE, _BELOW = -24.0, 20.0
"""From the middle of a circle to that of the two lines beside it."""


def png(drawing: Drawing, faces: Faces) -> bytes:
    """Return the picture. Raises UnfitFontError where the font lacks a character."""
    faces.check("".join(_texts(drawing)))
    sheet = Sheet(WIDTH, faces)
    y = _head(sheet, drawing)
    for chart in drawing.charts:
        y = _box(sheet, chart, y) + _GAP
    return sheet.png(y - _GAP + _MARGIN)


def _texts(drawing: Drawing) -> list[str]:
    texts = [drawing.title, drawing.source, drawing.hint, *(words for _, words in drawing.legend)]
    for chart in drawing.charts:
        texts.append(chart.title)
        for amount in chart.amounts:
            texts += [amount.label, amount.said, amount.standing, *amount.notes]
    return texts


def _head(sheet: Sheet, drawing: Drawing) -> float:
    """Write the title, where it is from, and what the looks mean; return where the boxes begin."""
    y = sheet.lines(_MARGIN, _MARGIN, drawing.title, _TITLE, _ROOM)
    y = sheet.lines(_MARGIN, y, drawing.source, _SOURCE, _ROOM) + 10
    y = _legend(sheet, drawing, y)
    return sheet.lines(_MARGIN, y, drawing.hint, _SMALL, _ROOM) + 16


def _legend(sheet: Sheet, drawing: Drawing, y: float) -> float:
    x: float = _MARGIN
    for sort, words in drawing.legend:
        if x > _MARGIN and x + 36 + sheet.width(words, _LEGEND) > _MARGIN + _ROOM:
            x, y = _MARGIN, y + _LEGEND.leading + 6
        middle = y + _LEGEND.leading / 2 + 3
        sheet.circle(x + 13, middle, 13, sort)
        x = sheet.text(x + 36, middle, words, _LEGEND) + 34
    return y + _LEGEND.leading + 8


def _box(sheet: Sheet, chart: Chart, top: float) -> float:
    """Draw a chart from `top` down; return where its box ends."""
    left = _MARGIN + _PADDING
    y = top + 20
    sheet.text(left, y + _HEADING.size / 2, chart.title, _HEADING)
    y += _HEADING.size + 14
    scale = _RADIUS / sqrt(max(amount.value for amount in chart.amounts))
    for start in range(0, len(chart.amounts), 2):
        for column, amount in enumerate(chart.amounts[start : start + 2]):
            radius = max(_LEAST, sqrt(amount.value) * scale)
            middle = y + _RADIUS
            sheet.circle(left + column * _CELL + _RADIUS, middle, radius, amount.sort, in_doubt=amount.in_doubt)
            _words(sheet, amount, left + column * _CELL + _BESIDE, middle)
        y += 2 * _RADIUS + 10
    y = _notes(sheet, chart, left, y + 2)
    sheet.box(_MARGIN, top, _ROOM, y + 14 - top)
    return y + 14


def _words(sheet: Sheet, amount: Amount, x: float, y: float) -> None:
    """Write an amount's two lines, with its standing behind whichever leaves room for it."""
    end = x + _CELL - _BESIDE - 22
    above = sheet.warning(x, y + _ABOVE, _LABEL.size) + 10 if amount.in_doubt else x
    label = _fitted(sheet, amount.label, _LABEL, end - above)
    above = sheet.text(above, y + _ABOVE, amount.label, label)
    beside = sheet.width(amount.standing, _STANDING) + _SPACE if amount.standing else 0
    beside_label = above + beside <= end
    said = _fitted(sheet, amount.said, _SAID, end - x - (0 if beside_label else beside))
    below = sheet.text(x, y + _BELOW, amount.said, said)
    at = (above, y + _ABOVE) if beside_label else (below, y + _BELOW)
    sheet.text(at[0] + _SPACE, at[1], amount.standing, _STANDING)


def _fitted(sheet: Sheet, words: str, ink: Ink, room: float) -> Ink:
    """Return the ink in the largest size, at most its own, in which the words fit."""
    while ink.size > 1 and sheet.width(words, ink) > room:
        ink = ink._replace(size=ink.size - 1)
    return ink


def _notes(sheet: Sheet, chart: Chart, x: float, y: float) -> float:
    """Write out each doubt and contradiction, behind the amount's name."""
    for amount, note in ((each, note) for each in chart.amounts for note in each.notes):
        middle = y + _SMALL.leading / 2
        name = Ink(_SMALL.size, DOUBT if amount.in_doubt else DARK, bold=True)
        begin = sheet.warning(x, middle, _SMALL.size) + 10 if amount.in_doubt else x
        begin = sheet.text(begin, middle, amount.label, name) + 14
        y = sheet.run_on(begin, x, y, note, _SMALL, _INNER) + 8
    return y
