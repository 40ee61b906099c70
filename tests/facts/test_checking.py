"""What only a whole base shows to be wrong is named where it stands."""

from __future__ import annotations

import os
import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facts.inspection import inspect
from facts.loading import load
from facts.messages.whole import WHOLE
from facts.numerals import listed, said, written
from facts.shipped import shipped
from facts.sourcefile import paragraphs_of
from tests.facts.bases import FACTS, changed, fact, problems, small

ARTICLE = Path(__file__).parents[3] / "shared" / "article" / "paragraphs.tsv"

CONFLICT = "[{kind: conflict, en: It says both., zh: 两种说法都有。}]"
MENTIONS = {
    "contradicts": "[the-article]",
    "notes": CONFLICT,
}


def drawn(value: int = 26, en: str = "26 firms", zh: str = "26家", **fields: str) -> dict[str, str]:
    """The fields of a fact whose figure is drawn."""
    text = f"{{en: {value} firms., zh: {value}家企业。}}"
    figure = f"{{of: firms, value: {value}, unit: firms, drawn: {{chart: firms, en: {en}, zh: {zh}}}}}"
    evidence = f"[{{paragraph: 1, phrase: {value} firms came}}]"
    return {"text": text, "figures": f"[{figure}]", "evidence": evidence} | fields


def with_charts(*charts: str) -> dict[str, bytes]:
    """The small base with charts, by their ids."""
    lines = [f"  - {{id: {chart}, title: {{en: Firms, zh: 企业}}}}\n" for chart in charts or ("firms",)]
    files = small()
    return files | {"source.yaml": files["source.yaml"] + b"charts:\n" + "".join(lines).encode()}


# What makes each problem: fields of a second fact, and the field whose line is named.
OF_A_FACT: dict[str, tuple[dict[str, str], str]] = {
    "unknown-id": ({"topic": "nowhere"}, "topic"),
    "idle-id": ({"related": "[second]"}, "related"),
    "duplicate-id": ({"id": "the-article"}, "id"),
    "one-sided": (MENTIONS, "contradicts"),
    "too-wide": ({"label": "{en: Seventeen letters, zh: 短}"}, "label"),
    "too-many-words": ({"text": "{en: " + "word " * 46 + ", zh: 短}"}, "text"),
    "too-many-han": ({"text": "{en: short, zh: " + "长" * 81 + "}"}, "text"),
    "long-phrase": ({"evidence": "[{paragraph: 1, phrase: " + "word " * 13 + "}]"}, "evidence"),
    "no-paragraph": ({"evidence": "[{paragraph: 2, phrase: some words}]"}, "evidence"),
    "never-asked": ({"ask": "{en: [what else is there]}"}, "ask"),
    "wide-between": ({"ask": "{en: [what else is there], zh: [有多少工具，工具数量]}"}, "ask"),
    "same-question": ({"ask": "{en: [What is the ARTICLE about?], zh: [还有什么]}"}, "ask"),
    "number-only-en": ({"text": "{en: 26 firms., zh: 一些企业。}"}, "text"),
    "number-only-zh": ({"text": "{en: Some firms., zh: 26家企业。}"}, "text"),
    "figure-unsaid": ({"figures": "[{of: firms, value: 26, unit: firms}]"}, "figures"),
    "not-above-zero": (drawn(value=0, en="0 firms", zh="0家"), "figures"),
    "drawn-not-printed": (drawn(evidence="[{paragraph: 1, phrase: many firms}]"), "figures"),
    "drawn-otherwise": (drawn(en="62 firms"), "figures"),
    "relative-time": ({"text": "{en: It began this year., zh: 开始了。}"}, "text"),
    "stiff-word": ({"text": "{en: It works., zh: 正在进行。}"}, "text"),
    "line-break": ({"text": '{en: "One\\nTwo", zh: 一}'}, "text"),
}


@pytest.mark.parametrize("code", [*OF_A_FACT])
def test_each_mistake_of_a_fact_is_named_where_it_stands(code: str) -> None:
    fields, field = OF_A_FACT[code]
    content = fact(**fields)
    line = next(n for n, text in enumerate(content.decode().split("\n"), 1) if text.lstrip("- ").startswith(field))
    found = problems(with_charts() | {"facts/two.yaml": content})
    assert [(each.code, each.file, each.line) for each in found] == [(code, "facts/two.yaml", line)]


def test_every_problem_of_a_whole_base_is_tried() -> None:
    elsewhere = {
        "silent-conflict", "same-name", "nameless", "no-examples", "phrase-not-there", "number-not-there",
        "number-unquoted", "number-uncited", "question-broken", "colliding-question", "other-unit", "drawn-twice",
        "too-many-drawn",
    }  # fmt: skip
    assert set(OF_A_FACT) | elsewhere == set(WHOLE)


def codes(files: dict[str, bytes]) -> list[str]:
    return [each.code for each in problems(files)]


class TestDrawing:
    """What only several drawn figures show: a unit of their own, the same twice, too many."""

    @staticmethod
    def many(count: int, of: str = "of-{n}", units: tuple[str, ...] = ("firms",)) -> dict[str, bytes]:
        """A base whose second fact draws `count` figures of 26."""
        figures = [
            f"{{of: {of.format(n=n)}, value: 26, unit: {units[n % len(units)]},"
            " drawn: {chart: firms, en: 26 firms, zh: 26家}}"
            for n in range(count)
        ]
        return with_charts() | {"facts/two.yaml": fact(**drawn() | {"figures": f"[{', '.join(figures)}]"})}

    def test_eight_figures_of_one_unit_are_a_chart(self) -> None:
        assert problems(self.many(8, units=("firms", "companies"))) == ()

    def test_a_chart_has_one_unit_each_figure_once_and_no_more_than_eight(self) -> None:
        assert codes(self.many(2, units=("firms", "projects"))) == ["other-unit"]
        assert codes(self.many(2, of="same")) == ["drawn-twice"]
        assert codes(self.many(10)) == ["too-many-drawn"]

    def test_a_chart_that_no_source_names_is_unknown(self) -> None:
        files = self.many(1) | {"source.yaml": small()["source.yaml"]}
        assert [(each.code, each.file) for each in problems(files)] == [("unknown-id", "facts/two.yaml")]

    def test_charts_have_ids_of_their_own_and_titles_that_fit(self) -> None:
        assert codes(with_charts("a", "a")) == ["duplicate-id"]
        assert codes(with_charts(*"abcde")) == ["too-many"]
        wide = with_charts()
        wide["source.yaml"] = wide["source.yaml"].replace(
            "zh: 企业}".encode(), "zh: 有十五个汉字的标题放不进一行里}".encode()
        )
        assert codes(wide) == ["too-wide"]

    def test_an_amount_is_no_longer_than_its_place(self) -> None:
        content = fact(**drawn(en="26 firms that came along then"))
        assert codes(with_charts() | {"facts/two.yaml": content}) == ["too-wide"]


class TestReferences:
    @pytest.mark.parametrize("field", ["about", "related", "contradicts"])
    def test_ids_that_nothing_has_are_named(self, field: str) -> None:
        found = problems(small() | {"facts/two.yaml": fact(**{field: "[nothing]", "notes": CONFLICT})})
        assert [each.code for each in found] == ["unknown-id"]
        assert f"{field}.1: nothing has the id nothing" in found[0].text("en")

    @pytest.mark.parametrize("field", ["cites", "nearest"])
    def test_a_gap_refers_to_facts_that_exist(self, field: str) -> None:
        gap = "- {id: g, title: {en: T, zh: 题}, text: {en: T, zh: 文}, ask: {en: [a], zh: [b]}"
        assert codes(small() | {"gaps.yaml": f"{gap}, {field}: [nothing]}}".encode()}) == ["unknown-id"]

    def test_an_example_is_answered_by_a_fact_that_exists(self) -> None:
        assert codes(changed("source.yaml", "fact: the-article", "fact: nothing")) == ["unknown-id"]

    def test_a_contradiction_that_both_tell_is_whole(self) -> None:
        files = changed(FACTS, "  # contradicts: []", f"  contradicts: [second]\n  notes: {CONFLICT}")
        assert codes(files | {"facts/two.yaml": fact(**MENTIONS)}) == []

    def test_a_contradiction_is_told_to_the_reader_too(self) -> None:
        files = changed(FACTS, "  # contradicts: []", "  contradicts: [second]")
        assert codes(files | {"facts/two.yaml": fact(**MENTIONS)}) == ["silent-conflict"]

    def test_the_first_of_two_ids_is_named_beside_the_second(self) -> None:
        found = problems(small() | {"facts/two.yaml": fact(id="the-article")})
        assert "already taken at facts/article.yaml:2" in found[0].text("en")


class TestLengths:
    def test_titles_are_measured_as_screens_show_them(self) -> None:
        fits = fact(title="{en: " + "x" * 60 + ", zh: " + "字" * 30 + "}")
        assert codes(small() | {"facts/two.yaml": fits}) == []
        wide = fact(title="{en: " + "x" * 61 + ", zh: " + "字" * 31 + "}")
        found = problems(small() | {"facts/two.yaml": wide})
        assert found[0].text("en").endswith("shorten it to 60 letters or 30 Han characters")
        assert codes(changed("topics.yaml", "{en: The article,", "{en: " + "x" * 29 + ",")) == ["too-wide"]
        assert codes(changed("source.yaml", "{en: What is the article about?,", "{en: " + "x" * 29 + ",")) == [
            "too-wide"
        ]

    def test_notes_count_with_the_text_since_they_are_never_folded(self) -> None:
        notes = "[{kind: doubt, en: " + "word " * 30 + ", zh: 短}]"
        assert codes(small() | {"facts/two.yaml": fact(text="{en: " + "word " * 16 + ", zh: 短}", notes=notes)}) == [
            "too-many-words"
        ]

    def test_a_chinese_phrase_counts_two_characters_a_word(self) -> None:
        for length, expected in ((24, []), (25, ["long-phrase"])):
            evidence = f"[{{paragraph: 1, phrase: {'字' * length}}}]"
            assert codes(small() | {"facts/two.yaml": fact(evidence=evidence)}) == expected


class TestQuestionsAndNames:
    def test_small_talk_and_gaps_share_no_question_with_facts(self) -> None:
        assert codes(changed("smalltalk.yaml", "en: [thanks,", "en: [what does the article say,")) == ["same-question"]

    @pytest.mark.parametrize("mark", "，、；")
    @pytest.mark.parametrize("lang", ["en", "zh"])
    def test_a_mark_of_a_chinese_keyboard_between_two_questions_is_named(self, mark: str, lang: str) -> None:
        asked = {"en": "[what else is there]", "zh": "[还有什么]"} | {lang: f"[有多少工具{mark}工具数量]"}
        found = problems(small() | {"facts/two.yaml": fact(ask=f"{{en: {asked['en']}, zh: {asked['zh']}}}")})
        assert [each.code for each in found] == ["wide-between"]
        assert f"question of ask.{lang} has" in str(found[0])
        assert f"“有多少工具{mark}工具数量”" in str(found[0])
        assert "half-width" in str(found[0])

    def test_such_a_mark_may_stand_inside_a_question(self) -> None:
        asked = fact(ask="{en: [what else is there], zh: [工具数量, 有多少工具，说说看]}")
        assert codes(small() | {"facts/two.yaml": asked}) == []

    def test_a_name_has_a_form_of_its_own(self) -> None:
        names = b"- {id: a, kind: place, en: [Foshan]}\n- {id: b, kind: place, en: [FOSHAN]}\n- {id: c, kind: place}\n"
        assert codes(small() | {"names.yaml": names}) == ["same-name", "nameless"]

    def test_there_are_examples_to_begin_with(self) -> None:
        source = small()["source.yaml"].decode()
        begin, end = source.index("  - ask"), source.index("floors:")
        without = source[:begin].replace("examples:", "examples: []") + source[end:]
        assert codes(small() | {"source.yaml": without.encode()}) == ["no-examples"]


class TestWords:
    @pytest.mark.parametrize("text", ["The article prints “last year”.", 'It says "currently".', "Presently."])
    def test_what_the_source_prints_may_be_quoted(self, text: str) -> None:
        assert codes(small() | {"facts/two.yaml": fact(text=f"{{en: '{text}', zh: 文中写的是“去年”。}}")}) == []

    @pytest.mark.parametrize("text", ["目前如此。", "今年开始。", "相关企业。", "亲，你好。"])
    def test_stiff_and_relative_words_are_named(self, text: str) -> None:
        assert len(codes(small() | {"facts/two.yaml": fact(text=f"{{en: So., zh: {text}}}")})) == 1

    @pytest.mark.parametrize("text", ["他亲自到场。", "父亲。", "不相干。"])
    def test_words_that_only_look_like_them_are_not(self, text: str) -> None:
        assert codes(small() | {"facts/two.yaml": fact(text=f"{{en: So., zh: {text}}}")}) == []


class TestNumbers:
    @pytest.mark.parametrize(
        ("english", "chinese"),
        [
            ("200 million yuan", "2亿元"),
            ("30 billion yuan", "300亿元"),
            ("30 billion yuan", "三百亿元"),
            ("more than 4,500 firms", "4500多家企业"),
            ("4,500 firms", "四千五百家企业"),
            ("about 20 km²", "约20平方公里"),
            ("10 trillion", "10万亿"),
            ("100 trillion", "百万亿"),
            ("1.5 billion", "15亿"),
            ("twenty-six firms", "26家企业"),
            ("26 firms", "二十六家企业"),
            ("19 June 2022", "2022年6月19日"),
            ("November 2021", "2021年11月"),
            ("the 18th National Congress", "十八大"),
            ("the 14th Five-Year Plan", "“十四五”规划"),
            ("two cities", "两座城市"),
            ("the first 3 steps", "首先3步"),
            ("two hundred and fifty thousand", "25万"),
            ("2018 to 2022", "二〇一八年到２０２２年"),
            ("10%", "百分之十"),
            ("a 5G network", "5G网络"),
        ],
    )
    def test_the_same_number_in_both_languages_agrees(self, english: str, chinese: str) -> None:
        assert written(english) <= said(chinese)
        assert written(chinese) <= said(english)

    @pytest.mark.parametrize(
        ("english", "chinese"),
        [("200 million", "20亿"), ("30 billion", "30亿"), ("4,500", "4.5万"), ("26", "62"), ("2022", "2021年")],
    )
    def test_another_number_does_not(self, english: str, chinese: str) -> None:
        assert not written(english) <= said(chinese)
        assert not written(chinese) <= said(english)

    def test_numbers_are_listed_as_people_write_them(self) -> None:
        assert listed(written("2亿, 2022, 0.5")) == "0.5, 2022, 200,000,000"
        assert listed(written("1.87亿, 1.80, 100")) == "1.8, 100, 187,000,000"

    @given(st.integers(0, 10**15 - 1))
    def test_any_whole_number_is_read_as_written(self, number: int) -> None:
        assert written(f"about {number:,} firms") == {Decimal(number)} == written(f"约{number}家")

    @given(st.text(max_size=60))
    def test_any_text_can_be_read(self, text: str) -> None:
        assert written(text) <= said(text)


def test_a_scale_behind_digits_is_no_number_of_its_own() -> None:
    assert Decimal(100_000_000) not in said("2亿元") | said("200 million yuan")
    assert Decimal(100_000_000) in said("一亿元")


class TestAgainstTheSource:
    def folder(self, tmp_path: Path, second: bytes) -> Path:
        for name, content in (small() | {"facts/two.yaml": second}).items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_bytes(content)
        return tmp_path

    def source(self, tmp_path: Path, text: str) -> Path:
        path = tmp_path / "paragraphs.tsv"
        path.write_text(text, encoding="utf-8")
        return path

    def found(self, tmp_path: Path, second: bytes, text: str) -> list[str]:
        report = inspect(self.folder(tmp_path, second), self.source(tmp_path, text))
        return [each.code for each in report.problems]

    def test_a_phrase_stands_in_its_paragraph_whatever_the_spaces(self, tmp_path: Path) -> None:
        text = "number\tkind\ttext\n1\tbody\ta short phrase of the  original, another\u3000phrase\n"
        assert self.found(tmp_path, fact(), text) == []

    def test_a_phrase_that_is_not_there_is_named(self, tmp_path: Path) -> None:
        text = "number\tkind\ttext\n1\tbody\ta short phrase of the original\n"
        assert self.found(tmp_path, fact(), text) == ["phrase-not-there"]

    def test_a_number_stands_in_the_evidence_or_in_a_note_or_is_the_source_s_date(self, tmp_path: Path) -> None:
        text = "number\tkind\ttext\n1\tbody\ta short phrase of the original: 26 firms; another phrase\n"
        ours = "{en: 26 firms in 2022, zh: 2022年有26家企业}"
        assert self.found(tmp_path, fact(text=ours), text) == []
        wrong = "{en: 27 firms., zh: 27家企业。}"
        assert self.found(tmp_path, fact(text=wrong), text) == ["number-not-there", "number-not-there"]
        note = "[{kind: our-reading, en: We read 27., zh: 我们读作27。}]"
        assert self.found(tmp_path, fact(text=wrong, notes=note), text) == []

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("", "source-header"),
            ("nummer\tkind\ttext\n", "source-header"),
            ("number\tkind\ttext\none\tbody\tx\n", "source-line"),
            ("number\tkind\ttext\n1\tbody\tx\n1\tbody\ty\n", "source-line"),
            ("number\tkind\ttext\n1\n", "source-line"),
            ("number\tkind\ttext\n2\tbody\tx\n", "no-paragraph"),
        ],
    )
    def test_a_source_file_that_is_none_is_named(self, tmp_path: Path, text: str, code: str) -> None:
        assert code in self.found(tmp_path, fact(), text)

    def test_a_source_file_that_is_not_there_is_a_problem(self, tmp_path: Path) -> None:
        report = inspect(self.folder(tmp_path, fact()), tmp_path / "none.tsv")
        assert [each.code for each in report.problems] == ["unreadable"]
        (tmp_path / "latin.tsv").write_bytes(b"number\tkind\ttext\n1\tbody\t\xff\n")
        report = inspect(self.folder(tmp_path, fact()), tmp_path / "latin.tsv")
        assert [(each.code, each.line) for each in report.problems] == [("not-utf8", 2)]


class TestQuestionSets:
    def test_questions_refer_to_facts_that_exist(self, tmp_path: Path) -> None:
        for name, content in small().items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_bytes(content)
        (tmp_path / "eval").mkdir()
        good = '{"id": "1", "q": "x", "lang": "en", "kind": "plain", "facts": ["the-article"]}'
        lines = [good, good.replace("the-article", "nothing"), "[]", "\udcff", good.replace('"en"', '"fr"'), ""]
        (tmp_path / "eval/dev.jsonl").write_bytes("\n".join(lines).encode("utf-8", "surrogateescape"))
        report = inspect(tmp_path)
        assert report.questions == 2
        assert [(each.line, each.code) for each in report.problems] == [
            (2, "unknown-id"),
            (3, "question-broken"),
            (4, "question-broken"),
            (5, "question-broken"),
        ]

    def test_what_is_no_plain_file_below_the_folder_is_not_read(self, tmp_path: Path) -> None:
        base = tmp_path / "base"
        for name, content in small().items():
            (base / name).parent.mkdir(parents=True, exist_ok=True)
            (base / name).write_bytes(content)
        (base / "eval").mkdir()
        (base / "eval/dir.jsonl").mkdir()
        os.mkfifo(base / "eval/pipe.jsonl")
        (tmp_path / "away.jsonl").touch()
        (base / "eval/away.jsonl").symlink_to(tmp_path / "away.jsonl")
        assert [(each.file, each.code) for each in inspect(base).problems] == [
            ("eval/away.jsonl", "outside"),
            ("eval/dir.jsonl", "not-a-file"),
            ("eval/pipe.jsonl", "not-a-file"),
        ]


def test_the_base_that_is_shipped_checks_and_says_what_its_source_says() -> None:
    assert [str(each) for each in inspect(shipped(), ARTICLE if ARTICLE.exists() else None).problems] == []
    if not ARTICLE.exists():
        pytest.skip(f"NOT CHECKED against the article: {ARTICLE} is absent")
    assert len(paragraphs_of(ARTICLE)) >= 72


def test_no_card_quotes_more_than_twelve_words_in_a_row() -> None:
    if not ARTICLE.exists():
        pytest.skip(f"NOT CHECKED against the article: {ARTICLE} is absent")
    printed = {run for paragraph in paragraphs_of(ARTICLE).values() for run in _runs(paragraph.text)}
    facts = load(shipped()).facts
    assert [fact.id for fact in facts if printed & _runs(" ".join(each.phrase for each in fact.evidence))] == []


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"[a-z0-9]+", text.lower())
    return {tuple(words[at : at + 13]) for at in range(len(words) - 12)}
