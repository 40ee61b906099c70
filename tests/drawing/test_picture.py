"""What a picture shows: sizes that are true, looks that differ without colour, words that stay in their places."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageColor

from bot.drawing.faces import Face, Faces, UnfitFontError
from bot.drawing.picture import WIDTH, png
from bot.drawing.sheet import CARD, DOUBT, PAPER, RESULT, VIEW, Sheet
from bot.pictures.fonts import folders, font
from facts.drawing import Amount, Chart, Drawing

if TYPE_CHECKING:
    from pathlib import Path

    from facts.drawing import Sort

FACES = Faces(None)


def amount(value: float = 1, **more: object) -> Amount:
    known: dict[str, object] = {"label": "Boats", "said": "26 boats", "sort": "result", "standing": "", "notes": ()}
    return Amount(**{"in_doubt": False, "value": value} | known | more)  # type: ignore[arg-type]  # by name


def drawn(*amounts: Amount, title: str = "Weir") -> Image.Image:
    drawing = Drawing(title, "Weir Post", (), "Larger is more.", (Chart("Boats", amounts),))
    return Image.open(BytesIO(png(drawing, FACES))).convert("RGB")


def inked(image: Image.Image, colour: str) -> int:
    """How many points have about that colour."""
    wanted = ImageColor.getrgb(colour)
    found = image.get_flattened_data()
    return sum(all(abs(a - b) < 12 for a, b in zip(point, wanted, strict=False)) for point in found)  # type: ignore[arg-type]  # RGB


def circle(sort: Sort, *, in_doubt: bool = False) -> Image.Image:
    sheet = Sheet(120, FACES)
    sheet.circle(60, 60, 50, sort, in_doubt=in_doubt)
    return Image.open(BytesIO(sheet.png(120))).convert("RGB")


def chinese() -> Faces:
    found = font(None, folders())
    if found is None or "NotoSansCJK-" not in found.name:
        pytest.skip("LEFT OUT: Noto Sans CJK isn't here")
    return Faces(str(found))


def test_areas_are_as_the_amounts() -> None:
    image = drawn(amount(100), amount(25))
    half = WIDTH // 2
    large, small = (inked(image.crop((x, 0, x + half, image.height)), RESULT) for x in (0, half))
    assert large / small == pytest.approx(4, rel=0.05)


def test_an_amount_thousands_of_times_smaller_can_still_be_seen() -> None:
    image = drawn(amount(100e12), amount(1))
    assert inked(image.crop((WIDTH // 2, 0, WIDTH, image.height)), RESULT) > 20


def test_results_are_filled_and_aims_hollow_and_hatched_and_views_grey() -> None:
    full = inked(circle("result"), RESULT)
    assert full == pytest.approx(3.14 * 50**2, rel=0.05)
    assert inked(circle("view"), VIEW) == pytest.approx(full, rel=0.05)
    aim = circle("aim")
    assert 0.05 * full < inked(aim, RESULT) < 0.5 * full
    assert inked(aim, CARD) > 0.3 * full


def test_what_is_in_doubt_has_the_sign_a_broken_edge_and_its_words() -> None:
    assert inked(circle("result", in_doubt=True), DOUBT) > 100
    assert inked(circle("result"), DOUBT) == 0
    calm, doubted = drawn(amount()), drawn(amount(in_doubt=True, notes=("Doubt: it may be 62.",)))
    assert inked(calm, DOUBT) == 0
    assert inked(doubted, DOUBT) > 300
    assert doubted.height > calm.height


def test_more_amounts_more_rows_and_an_odd_one_stands_alone() -> None:
    heights = [drawn(*[amount()] * count).height for count in (1, 2, 3, 4)]
    assert heights[0] == heights[1] < heights[2] == heights[3]


@pytest.mark.parametrize("words", ["W" * 16, "i" * 16, "$_$ and $x^", "A {b} \\frac", "&<>'\""])
def test_whatever_the_words_nothing_runs_out_of_its_box(words: str) -> None:
    one = amount(label=words, said=(words * 2)[:24], standing="Target", sort="aim", in_doubt=True, notes=(words * 5,))
    image = drawn(one, one, title=words * 3)
    for x in (8, WIDTH - 8):
        assert {image.getpixel((x, y)) for y in range(image.height)} == {image.getpixel((0, 0))}
    assert inked(image.crop((0, 0, 4, 4)), PAPER) == 16


@pytest.mark.filterwarnings("ignore:Glyph")  # breaking lines needs no glyphs
class TestFaces:
    face = FACES.regular

    def lines(self, text: str, room: float, taken: float = 0) -> list[str]:
        return list(self.face.lines(text, 20, room, taken))

    def test_english_breaks_at_spaces_and_what_is_too_long_anywhere(self) -> None:
        assert self.lines("one two three", self.face.width("one two", 20) + 1) == ["one two", "three"]
        assert self.lines("oneoneone", self.face.width("oneone", 20) + 1) == ["oneone", "one"]

    def test_a_number_stays_with_what_is_counted(self) -> None:
        room = self.face.width("above 70 billio", 20)
        assert self.lines("above 70 billion yuan", room) == ["above", "70 billion", "yuan"]

    def test_chinese_breaks_anywhere_but_before_its_marks(self) -> None:
        face = chinese().regular
        room = face.width("堰堰堰", 20) + 1
        assert list(face.lines("堰堰堰，堰堰。", 20, room)) == ["堰堰", "堰，堰", "堰。"]
        assert list(face.lines("堰堰（堰堰）", 20, room)) == ["堰堰", "（堰", "堰）"]

    def test_a_line_that_begins_later_is_shorter(self) -> None:
        room = self.face.width("one two", 20) + 1
        assert self.lines("one two", room) == ["one two"]
        assert self.lines("one two", room, taken=10) == ["one", "two"]
        assert self.lines("one two", room, taken=room) == ["", "one two"]

    @given(text=st.text(alphabet="ab7 ，。（）堰城$", max_size=60), room=st.floats(1, 200), taken=st.floats(0, 200))
    @settings(deadline=None)
    def test_no_word_is_lost(self, text: str, room: float, taken: float) -> None:
        assert "".join("".join(self.lines(text, room, taken)).split()) == "".join(text.split())

    def test_what_it_lacks_is_named(self) -> None:
        assert self.face.lacks("Weir ²") == ""
        assert self.face.lacks("Weir 堰城") == "堰"

    def test_of_a_collection_the_face_for_simplified_chinese_is_taken(self) -> None:
        faces = chinese()
        for face in (faces.regular, faces.bold):
            assert face.lacks("禅城数字经济规划：⚠，。《》（）–·²") == ""
            assert Face(face.path).name.endswith(" SC")

    def test_what_is_no_font_is_unfit(self, tmp_path: Path) -> None:
        (tmp_path / "a.ttf").write_bytes(b"no font")
        for name in ("a.ttf", "none.ttf"):
            with pytest.raises(UnfitFontError, match=name):
                Faces(str(tmp_path / name))
