"""What a curator has changed is told by entry, field and language, and cut to what differs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facts.differing import CONTEXT, Change, Difference, changes, parted
from facts.model import Chart, Evidence, FactBase, Figure, Note, Phrasings
from tests.facts.rivertown import RIVERTOWN
from tests.facts.samples import both, fact, gap, name, talk

REWARD, FIRMS = RIVERTOWN.facts[:2]


def with_fields(**fields: Any) -> FactBase:
    return replace(RIVERTOWN, **fields)


def differences(**fields: Any) -> list[tuple[str, str | None, tuple[str, ...], tuple[str, ...]]]:
    """What is told of the reward with some fields replaced."""
    told = replace(REWARD, **fields)
    [change] = changes(RIVERTOWN, with_fields(facts=(told, *RIVERTOWN.facts[1:])))
    assert (change.was, change.now) == (REWARD, told)
    return [(each.field, each.lang, each.was, each.now) for each in change.differences]


def test_a_base_does_not_differ_from_itself() -> None:
    assert changes(RIVERTOWN, RIVERTOWN) == ()


def test_every_field_is_told_in_the_language_in_which_it_differs() -> None:
    title = replace(REWARD.title, zh="最高奖励3亿元")
    assert differences(title=title) == [("title", "zh", ("最高奖励2亿元",), ("最高奖励3亿元",))]
    assert differences(text=both("New.", "新的。")) == [
        ("text", "en", (REWARD.text.en,), ("New.",)),
        ("text", "zh", (REWARD.text.zh,), ("新的。",)),
    ]
    assert differences(standing="plan") == [("standing", None, ("reported",), ("plan",))]
    assert differences(digest=True) == [("digest", None, ("false",), ("true",))]


def test_of_a_list_only_the_lines_that_came_and_went_are_told() -> None:
    fewer = Phrasings(en=(*REWARD.ask.en[1:], "what is the top sum"), zh=REWARD.ask.zh)
    assert differences(ask=fewer) == [("ask", "en", REWARD.ask.en[:1], ("what is the top sum",))]
    turned = Phrasings(en=REWARD.ask.en[::-1], zh=REWARD.ask.zh)
    assert differences(ask=turned) == [("ask", "en", REWARD.ask.en, REWARD.ask.en[::-1])]
    assert differences(about=()) == [("about", None, ("rivertown",), ())]


def test_what_has_parts_is_told_as_the_file_has_it_and_a_note_with_its_label() -> None:
    evidence = (Evidence(paragraph=2, phrase="printed there"),)
    assert differences(evidence=evidence) == [
        ("evidence", None, ("paragraph: 1, phrase: printed there",), ("paragraph: 2, phrase: printed there",))
    ]
    figure = Figure(of="reward", value=3, unit="yuan", about=True)
    [told] = differences(figures=(figure,))
    assert told[3] == ("of: reward, value: 3, unit: yuan, about: true",)
    note = Note(kind="doubt", en="no year.", zh="没写年份。")
    assert differences(notes=(note,)) == [
        ("notes", "en", (), ("Doubt: no year.",)),
        ("notes", "zh", (), ("疑点：没写年份。",)),
    ]


def test_an_entry_of_any_sort_is_told_as_what_became_of_it() -> None:
    source = replace(RIVERTOWN.source, charts=(Chart(id="money", title=both("Money", "钱")),), contact="me")
    asked = replace(FIRMS, ask=Phrasings(en=("how many",)))
    new = with_fields(
        facts=(REWARD, asked, fact("new", ["what is new"], title=("New", "新的"))),
        gaps=(gap("left", ["what is left"]),),
        smalltalk=(talk("bye", ["bye"]),),
        names=(name("hall", "place", ["Hall"]),),
        topics=(replace(RIVERTOWN.topics[0], order=2),),
        source=source,
    )
    found = changes(RIVERTOWN, new)
    assert {(each.sort, each.how) for each in found if each.how in {"added", "removed"}} == {
        *(("facts", how) for how in ("added", "removed")),
        *(("gaps", how) for how in ("added", "removed") if how == "added" or RIVERTOWN.gaps),
        *(("smalltalk", how) for how in ("added", "removed") if how == "added" or RIVERTOWN.smalltalk),
        *(("names", how) for how in ("added", "removed")),
    }
    assert [(each.sort, each.id) for each in found if each.how == "asked"] == [("facts", "firms")]
    assert [(each.id, [d.field for d in each.differences]) for each in found if each.how == "reworded"] == [
        ("all", ["order"]),
        ("source", ["contact", "charts"]),
    ]
    titles = {each.id: each.title.zh for each in found}
    assert (titles["new"], titles["hall"], titles["bye"], titles["source"]) == ("新的", "Hall", "你好", "河边小城")


def test_a_name_is_told_by_its_spellings() -> None:
    old, new = name("a", "place", ["Rivertown"]), name("a", "place", ["Rivertown", "River Town"], ["河城"])
    [change] = changes(with_fields(names=(old,)), with_fields(names=(new,)))
    assert change == Change(
        "names", old, new, (Difference("names", "en", (), ("River Town",)), Difference("names", "zh", (), ("河城",)))
    )


LONG = "Whoever builds a park there may ask for {} yuan from the fund that the district has set up for it."

LISTED = "of: companies-signed, value: {}, unit: metropolitan-firms of all sorts and sizes"

HAN = "一" * 60, "三" * 60
AROUND = "…" + "一" * CONTEXT, "三" * CONTEXT + "…"


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ("Plan, 2022", "Plan, 2023", ("Plan, 2022", "Plan, 2023")),
        (
            LONG.format("200 million"),
            LONG.format("300 million"),
            ("…park there may ask for 200 million yuan from…", "…park there may ask for 300 million yuan from…"),
        ),
        ("二".join(HAN), "".join(HAN), ("二".join(AROUND), "".join(AROUND))),
        (
            LISTED.format(26),
            LISTED.format(27),
            (
                "…companies-signed, value: 26, unit: metropolitan-firms…",
                "…companies-signed, value: 27, unit: metropolitan-firms…",
            ),
        ),
        ("", "new", ("", "new")),
    ],
)
def test_texts_are_cut_to_what_differs_with_words_around_it(was: str, now: str, told: tuple[str, str]) -> None:
    assert parted(was, now) == told


@given(
    st.text("ab 中", max_size=90),
    st.text("ab 中", max_size=90),
    st.text("ab 中", max_size=9),
    st.text("ab 中", max_size=9),
)
def test_a_cut_loses_nothing_of_what_differs(before: str, after: str, was: str, now: str) -> None:
    old, new = before + was + after, before + now + after
    cut = parted(old, new)
    assert (cut[0] == cut[1]) is (old == new)
    for text, shown in zip((old, new), cut, strict=True):
        assert shown.strip("…") in text
        assert len(shown) <= len(text) + 2
