"""/figures: the article's numbers as a picture, with all that it shows in words under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facts.charting import charts
from facts.drawing import Drawing
from facts.wording import WORDS, dated, sourced
from handlers import render
from handlers.pictures import Picture
from handlers.ports import Role
from handlers.reply import Photo, Text

if TYPE_CHECKING:
    from facts.drawing import Amount, Sort
    from facts.model import FactBase, Source
    from handlers.ports import Ask, Services
    from handlers.reply import Reply
    from handlers.texts import Catalogue

_SORTS: tuple[Sort, ...] = ("result", "aim", "view")


async def figures(ask: Ask, services: Services) -> Reply:
    """Draw the figures that the base marks; where that can't be, tell them."""
    words, source = services.texts[ask.lang], services.library.base.source
    found = charts(services.library.base, ask.lang)
    if not found:
        return (Text(render.message(words("figures.none"), [words("figures.none_body")])),)
    title, lines = words("figures.title", subject=_subject(source, words)), [sourced(source, ask.lang)]
    sections = [(chart.title, "\n".join(_told(amount, words) for amount in chart.amounts)) for chart in found]
    drawing = drawing_of(services.library.base, words)
    if ask.traditional:  # what is drawn can't be rewritten once it is a picture
        written = await services.scribe.traditional()
        drawing = Drawing.read(written(drawing.written().decode()).encode())
    picture = await services.pictures.draw(drawing)
    if not isinstance(picture, Picture):
        # Only who can mend it hears why; everybody else has all there is to know.
        mend = [("", words(f"figures.missing.{picture}"))] if ask.role >= Role.CURATOR else []
        return (Text(render.message(title, lines, [*sections, *mend])),)
    whole = Text(render.message(title, lines, sections))
    if render.fits(render.CAPTION, title, lines, sections):
        return (Photo(picture.key, picture.content, whole.html, whole),)
    # Nobody must go without the words; the doubts stand on the picture, too.
    return (Photo(picture.key, picture.content, render.message(title, lines), None), whole)


def drawing_of(base: FactBase, words: Catalogue) -> Drawing:
    """Return what is drawn of a base, in a language."""
    source, found = base.source, charts(base, words.lang)
    said = words("figures.source", publisher=source.publisher.of(words.lang), date=dated(source.date, words.lang))
    occurring = {amount.sort for chart in found for amount in chart.amounts}
    legend = tuple((sort, words(f"figures.{sort}")) for sort in _SORTS if sort in occurring)
    return Drawing(_subject(source, words), said, legend, words("figures.hint"), found)


def _subject(source: Source, words: Catalogue) -> str:
    subject = source.subject.of(words.lang)
    return subject[:1].upper() + subject[1:]


def _told(amount: Amount, words: Catalogue) -> str:
    """An amount with its standing, and under it what is doubtful about it."""
    sign = WORDS[words.lang].doubted if amount.in_doubt else ""
    said = sign + words("figures.amount", label=amount.label, said=amount.said)
    return "\n".join((" · ".join(part for part in (said, amount.standing) if part), *amount.notes))
