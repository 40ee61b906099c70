from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from facts.loading import load
from facts.model import LANGS
from facts.shipped import shipped
from handlers import figures
from handlers.ports import Role
from handlers.reply import Photo, Text
from tests.handlers.fakes import FakePictures, World, ask, world
from tests.handlers.harbour import DRAWN, GIFT
from tests.handlers.limits import said

if TYPE_CHECKING:
    from handlers.pictures import Missing


@pytest.fixture
def harbour() -> World:
    return world(DRAWN)


async def test_the_picture_comes_with_all_its_words_in_its_own_order_and_nothing_folded(harbour: World) -> None:
    (part,) = await said(figures.figures, ask(), harbour.services)
    assert isinstance(part, Photo)
    assert part.html.split("\n") == [
        "<b>Weir's harbour plan: the figures</b>",
        "Weir Post, 5 March 2021",
        "",
        "<b>Money, in crowns</b>",
        "Crane: 900 crowns · Done",
        "⚠️ Mayor's gift: 90 crowns · View",
        "Doubt: elsewhere it's 900. Our reading: a zero may be lost.",
        "⚠️ Harbour's cost: 7 million crowns · Plan",
        "The article disagrees with itself: elsewhere it's 8 million.",
        "",
        "<b>Lengths</b>",
        "Quay: about 300 m",
    ]


async def test_what_is_drawn_is_in_the_language_of_the_chat_and_names_only_looks_that_occur(harbour: World) -> None:
    await said(figures.figures, ask(lang="zh"), harbour.services)
    (drawing,) = harbour.pictures.asked
    assert (drawing.title, drawing.source) == ("堰城港口规划", "《堰报》2021年3月5日刊出的数字")
    assert [sort for sort, _ in drawing.legend] == ["result", "aim", "view"]
    calm = replace(DRAWN, facts=tuple(fact for fact in DRAWN.facts if fact is not GIFT))
    there = world(calm)
    await said(figures.figures, ask(), there.services)
    assert [sort for sort, _ in there.pictures.asked[0].legend] == ["result", "aim"]


@pytest.mark.parametrize("missing", ["font", "failed"])
async def test_without_a_picture_people_get_all_its_words_and_no_trouble(missing: Missing) -> None:
    there = world(DRAWN)
    there.pictures.given = missing
    (part,) = await said(figures.figures, ask(), there.services)
    assert isinstance(part, Text)
    assert "Doubt: elsewhere it's 900." in part.html
    assert "Quay: about 300 m" in part.html
    assert "BOT_FONT" not in part.html
    assert "doctor" not in part.html


@pytest.mark.parametrize(("missing", "mend"), [("font", "BOT_FONT"), ("failed", "python -m bot doctor")])
async def test_who_can_mend_it_hears_what_to_do(missing: Missing, mend: str) -> None:
    there = world(DRAWN)
    there.pictures.given = missing
    for lang in ("en", "zh"):
        (part,) = await said(figures.figures, ask(lang=lang, role=Role.CURATOR), there.services)
        assert isinstance(part, Text)
        assert mend in part.html.rpartition("\n\n")[2]


async def test_where_the_words_are_more_than_a_picture_takes_they_follow_it_whole() -> None:
    long = replace(GIFT.notes[1], en="x" * 990)
    fact = replace(GIFT, notes=(long,))
    there = world(replace(DRAWN, facts=(*DRAWN.facts, fact)))
    photo, text = await said(figures.figures, ask(), there.services)
    assert isinstance(photo, Photo)
    assert isinstance(text, Text)
    assert photo.instead is None
    assert "x" * 990 in text.html


async def test_a_base_that_marks_no_figures_says_so(town: World) -> None:
    town.pictures = FakePictures("failed")
    (part,) = await said(figures.figures, ask(lang="zh"), town.services)
    assert isinstance(part, Text)
    assert part.html.startswith("<b>没有可以画成图的数字</b>")


async def test_of_the_shipped_base_all_words_fit_under_the_picture() -> None:
    there = world(load(shipped()))
    for lang in LANGS:
        (part,) = await said(figures.figures, ask(lang=lang), there.services)
        assert isinstance(part, Photo)
