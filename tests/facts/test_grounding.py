"""A number that a card gives and its quotes don't is told, and nothing else is."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from facts.checking.grounding import swapped, unquoted
from facts.inspection import inspect
from facts.loading import load, load_files
from facts.model import LANGS
from facts.numerals import claimed
from facts.shipped import shipped
from tests.facts.bases import changed, fact, put, small

if TYPE_CHECKING:
    from pathlib import Path

    from facts.model import Fact, FactBase

_NUMBER = r"\d[\d,]*(?: (?:million|billion|trillion))?"
SIGNED = "[{paragraph: 1, phrase: 26 companies signed a contract}]"
EDITED = fact(
    title="{en: 27 companies signed, zh: 27家企业签约}",
    text="{en: They signed on 18 June., zh: 6月18日签的约。}",
    evidence="[{paragraph: 1, phrase: 26 companies signed a contract}, {paragraph: 1, phrase: on June 18}]",
)


@pytest.fixture(scope="module")
def base() -> FactBase:
    return load(shipped())


def told(content: bytes) -> list[tuple[str, str, str]]:
    found = unquoted(load_files(small() | {"facts/two.yaml": content}))
    return [(each.field, each.lang, each.numbers) for each in found]


def test_an_edit_that_leaves_its_quote_behind_is_told_in_each_language_with_what_is_quoted(tmp_path: Path) -> None:
    assert told(EDITED) == [("title", "en", "27"), ("title", "zh", "27")]
    report = inspect(put(tmp_path, small() | {"facts/two.yaml": EDITED}))
    assert report.problems == ()
    assert [each.place for each in report.warnings] == ["facts/two.yaml:5"] * 2
    assert report.warnings[0].text("en") == (
        "title.en gives 27, and no quoted phrase does (“26 companies signed a contract … on June 18”)"
        " · correct it, or quote the words that do"
    )


@pytest.mark.parametrize(
    ("en", "zh", "numbers"),
    [
        ("Twenty-seven companies signed.", "二十七家企业签约。", "27"),
        ("26 companies signed on 18 July.", "7月18日26家企业签约。", "7, 18"),
        ("26 companies, 200 million yuan.", "26家企业，2亿元。", "200,000,000"),
        ("26 companies signed, one of them late.", "26家企业签约，其中一家迟到。", ""),
        ("26 companies signed in January 2022.", "2022年1月26家企业签约。", ""),
    ],
)
def test_numbers_in_words_months_and_amounts_are_held_against_the_quote_too(en: str, zh: str, numbers: str) -> None:
    content = fact(text=f"{{en: '{en}', zh: '{zh}'}}", evidence=SIGNED)
    assert told(content) == [("text", lang, numbers) for lang in LANGS if numbers]


@pytest.mark.parametrize(
    ("en", "zh", "told_en", "told_zh"),
    [
        ("18 companies signed.", "18家企业签约。", "18 companies", "18家企业"),
        ("6 companies signed.", "6家企业签约。", "6 companies", "6家企业"),
        ("Signed on 26 June.", "6月26日签约。", "26 June", "6月26日"),
        ("26 people signed.", "26人签约。", "26 people", "26人"),
        ("26 of them signed on 18 June.", "其中26家在6月18日签约。", "", ""),
        ("All 26 signed in June 2022.", "2022年6月26家企业签约。", "", ""),
    ],
)
def test_a_number_that_the_quotes_say_of_something_else_is_told(en: str, zh: str, told_en: str, told_zh: str) -> None:
    quoted = "[{paragraph: 1, phrase: 26 companies signed a contract}, {paragraph: 1, phrase: on June 18}]"
    found = told(fact(text=f"{{en: '{en}', zh: '{zh}'}}", evidence=quoted))
    assert found == [("text", lang, numbers) for lang, numbers in (("en", told_en), ("zh", told_zh)) if numbers]


def test_a_currency_is_told_apart_but_dollars_may_be_called_yuan_in_chinese() -> None:
    quoted = "[{paragraph: 1, phrase: it costs 20 dollars}]"
    assert told(fact(text="{en: It costs 20 dollars., zh: 要20元。}", evidence=quoted)) == []
    assert told(fact(text="{en: It costs 20 yuan., zh: 要20美元。}", evidence=quoted)) == [("text", "en", "20 yuan")]
    euros = fact(text="{en: It costs 20 euros., zh: 要20欧元。}", evidence=quoted)
    assert told(euros) == [("text", "en", "20 euros"), ("text", "zh", "20欧元")]


def test_a_note_may_explain_a_number_that_is_not_printed() -> None:
    notes = "[{kind: our-reading, en: We read 27., zh: 我们读作27。}]"
    assert told(fact(title="{en: 27 firms, zh: 27家}", evidence=SIGNED, notes=notes)) == []


def test_a_gap_is_held_against_the_quotes_of_the_facts_that_it_reports() -> None:
    gap = "- {id: jobs, title: {en: How many jobs, zh: 多少岗位}, text: {en: At 27 firms., zh: 在27家企业。}, "
    gap += "ask: {en: [how many jobs], zh: [多少岗位]}, cites: [second]}\n"
    files = changed("gaps.yaml", small()["gaps.yaml"].decode(), gap) | {"facts/two.yaml": fact(evidence=SIGNED)}
    assert [(each.entry.id, each.lang, each.numbers) for each in unquoted(load_files(files))] == [
        ("jobs", "en", "27"),
        ("jobs", "zh", "27"),
    ]
    mended = files | {"gaps.yaml": gap.replace("27", "26").encode()}
    assert unquoted(load_files(mended)) == ()


def test_a_gap_that_reports_no_fact_has_nothing_to_compare_with(tmp_path: Path) -> None:
    gap = "- {id: jobs, title: {en: How many jobs, zh: 多少岗位}, text: {en: At 27 firms., zh: 在27家企业。}, "
    gap += "ask: {en: [how many jobs], zh: [多少岗位]}}\n"
    warned = inspect(put(tmp_path, changed("gaps.yaml", small()["gaps.yaml"].decode(), gap))).warnings
    assert [(each.place, each.code) for each in warned] == [("gaps.yaml:1", "number-uncited")] * 2


def test_a_gap_may_repeat_the_numbers_of_its_own_questions() -> None:
    gap = "- {id: jobs, title: {en: “27 jobs” isn't said, zh: “27个岗位”没写}, text: {en: No., zh: 没有。}, "
    gap += "ask: {en: [are there 27 jobs], zh: [有27个岗位吗]}}\n"
    assert unquoted(load_files(changed("gaps.yaml", small()["gaps.yaml"].decode(), gap))) == ()


def test_with_the_source_at_hand_its_paragraphs_decide(tmp_path: Path) -> None:
    source = tmp_path / "source.tsv"
    paragraph = "a short phrase of the original. 26 companies signed a contract on June 18. 27 had come"
    source.write_text(f"number\tkind\ttext\n1\tbody\t{paragraph}\n", encoding="utf-8")
    report = inspect(put(tmp_path / "base", small() | {"facts/two.yaml": EDITED}), source)
    assert (report.problems, report.warnings) == ((), ())


def test_nothing_is_told_of_the_base_that_is_shipped(base: FactBase) -> None:
    assert unquoted(base) == ()


def test_nearly_every_number_of_the_shipped_base_is_missed_once_it_is_another(base: FactBase) -> None:
    """Left out are the source's own year, which goes without saying, and numbers that another quote has."""
    edits = [edit for each in base.facts for edit in _edits(each)]
    facts = tuple(edit for edit, _ in edits)
    found = unquoted(replace(base, facts=facts))
    noticed = {(id(each.entry), each.field) for each in found}
    assert len(edits) > 50
    assert sum((id(edit), field) in noticed for edit, field in edits) / len(edits) > 0.9


def test_two_numbers_of_one_quote_that_change_places_are_told_with_what_gave_way() -> None:
    quoted = "[{paragraph: 1, phrase: a fund of 30 billion yuan and 10 billion yuan at first}]"
    was, now = (
        load_files(small() | {"facts/two.yaml": fact(title=title, evidence=quoted)})
        for title in ("{en: 30 billion yuan, zh: 300亿元}", "{en: 10 billion yuan, zh: 100亿元}")
    )
    assert unquoted(now) == ()
    assert [(each.field, each.lang, each.numbers, each.phrases) for each in swapped(was, now)] == [
        ("title", lang, "30,000,000,000 → 10,000,000,000", ("a fund of 30 billion yuan and 10 billion yuan at first",))
        for lang in LANGS
    ]
    assert swapped(was, was) == ()


def test_a_number_that_gives_way_to_that_of_a_new_quote_is_no_slip() -> None:
    was, now = (
        load_files(small() | {"facts/two.yaml": fact(title=title, evidence=f"[{{paragraph: 1, phrase: {phrase}}}]")})
        for title, phrase in (
            ("{en: 26 firms, zh: 26家}", "26 companies signed"),
            ("{en: 27 firms, zh: 27家}", "27 companies signed"),
        )
    )
    assert swapped(was, now) == ()


def test_every_number_of_the_shipped_base_that_becomes_another_of_its_quotes_is_told(base: FactBase) -> None:
    edits = [edit for each in base.facts for edit in _swaps(each)]
    new = replace(base, facts=tuple(edit for edit, _ in edits))
    told = {(id(each.entry), each.field) for each in (*swapped(base, new), *unquoted(new))}
    assert len(edits) > 50
    assert [(edit.id, field) for edit, field in edits if (id(edit), field) not in told] == []


def _swaps(each: Fact) -> list[tuple[Fact, str]]:
    """A fact with one number of the title or the text replaced by another that its quotes have."""
    swaps = []
    quoted = {hit[0] for phrase in each.evidence for hit in re.finditer(_NUMBER, phrase.phrase)}
    for field in ("title", "text"):
        part = getattr(each, field)
        for hit in re.finditer(_NUMBER, part.en):
            for other in quoted - {hit[0]} if hit[0] in quoted else ():
                en = f"{part.en[: hit.start()]}{other}{part.en[hit.end() :]}"
                swaps.append((replace(each, **{field: replace(part, en=en)}), field))
    return swaps


def _edits(each: Fact) -> list[tuple[Fact, str]]:
    """A fact with one number one higher, in the title or the text."""
    edits = []
    for field in ("title", "text"):
        part = getattr(each, field)
        for hit in re.finditer(r"\d[\d,]*", part.en):
            more = f"{part.en[: hit.start()]}{int(hit[0].replace(',', '')) + 1}{part.en[hit.end() :]}"
            edits.append((replace(each, **{field: replace(part, en=more)}), field))
    return edits


@pytest.mark.parametrize("text", ["", "。", "may be", "½", "9" * 400, "〇" * 50])
def test_any_text_can_be_read(text: str) -> None:
    assert isinstance(claimed(text), frozenset)
