import pytest
from hypothesis import given
from hypothesis import strategies as st

from facts.card import Card
from facts.model import columns
from handlers import render
from handlers.reply import Button
from tests.handlers.limits import read

any_text = st.text(alphabet=st.characters())
long_text = st.builds(lambda text, times: text * times, any_text, st.integers(1, 500))


def test_a_card_stands_in_the_order_of_voice_with_its_evidence_folded() -> None:
    card = Card(
        lang="en", title="A < B", body=("Body & more",), doubts=("Doubt: so.",), standing="Plan, reported 1 May 2021",
        evidence=('Post, para. 3: "x"',),
    )  # fmt: skip
    assert render.card(card, "2 of 3") == (
        "<b>A &lt; B</b>\nBody &amp; more\nDoubt: so.\nPlan, reported 1 May 2021\n"
        '<blockquote expandable>Post, para. 3: "x"</blockquote>\n2 of 3'
    )


def test_the_title_of_a_second_fact_is_bold_too() -> None:
    card = Card(lang="en", title="One", body=("First.", "Two", "Second."), headings=("Two",))
    assert render.card(card) == "<b>One</b>\nFirst.\n<b>Two</b>\nSecond."


@given(any_text, st.lists(long_text, max_size=4), st.lists(st.tuples(any_text, long_text), max_size=3))
def test_any_message_is_well_formed_and_within_the_limit(
    title: str, lines: list[str], sections: list[tuple[str, str]]
) -> None:
    text = read(render.message(title + "!", lines, [*sections, ("", "end")]))
    assert render.units(text) <= render.MESSAGE
    assert text.endswith("\n\nend")


@given(any_text, st.lists(long_text, max_size=4), st.lists(long_text, max_size=2))
def test_any_card_is_well_formed_and_within_the_limit(title: str, body: list[str], evidence: list[str]) -> None:
    text = read(render.card(Card("en", title, tuple(body), evidence=tuple(evidence)), "end"))
    assert render.units(text) <= render.MESSAGE
    assert text.endswith("end")


def test_the_title_and_the_doubt_survive_when_a_long_body_is_cut() -> None:
    card = Card("en", "The title", ("word " * 2000,), ("Doubt: it is printed so.",), evidence=("evidence",))
    text = read(render.card(card))
    assert text.startswith("The title\nword word")
    assert text.endswith("word…\nDoubt: it is printed so.\nevidence")


def test_sections_stand_apart_under_their_headings() -> None:
    html = render.message("T", ["line"], [("Head", "body"), ("", "no head")])
    assert html == "<b>T</b>\nline\n\n<b>Head</b>\nbody\n\nno head"


@given(long_text, st.integers(1, 200))
def test_a_cut_text_keeps_within_its_units(text: str, limit: int) -> None:
    assert render.units(render.clip(text, limit)) <= limit


@pytest.mark.parametrize(
    ("text", "limit", "cut"),
    [
        ("plain words here", 12, "plain words…"),
        ("ab👨‍👩‍👧cd", 7, "ab…"),
        ("e\u0301e\u0301e\u0301", 4, "e\u0301…"),
        ("文章写得很清楚", 5, "文章写得…"),
        ("𠮷野家𠮷", 5, "𠮷野家…"),
    ],
)
def test_a_cut_falls_between_characters(text: str, limit: int, cut: str) -> None:
    assert render.clip(text, limit) == cut


@given(any_text, st.sampled_from([render.HALF, render.FULL]))
def test_a_label_keeps_within_its_columns(text: str, width: int) -> None:
    assert columns(render.label(text, width)) <= width


def test_buttons_stand_two_a_row() -> None:
    one, two, three = (Button(label, data="t") for label in "123")
    assert render.rows(one, two, three) == ((one, two), (three,))
    assert render.rows() == ()


def test_half_a_surrogate_pair_is_made_sendable() -> None:
    assert render.plain("a\ud800b") == "a?b"
