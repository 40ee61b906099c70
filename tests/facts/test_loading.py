"""A folder of YAML becomes a base, or every problem is named; nothing that a file may hold does more than that."""

from __future__ import annotations

import os
import string
import time
import tracemalloc
from typing import TYPE_CHECKING, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facts.draft import Draft
from facts.gathering import FILES_AT_MOST, files_of, version_of
from facts.loading import BrokenBase, Problem, load, load_files
from facts.messages import MESSAGES
from facts.messages.entries import SHAPE
from facts.messages.reading import YAML
from facts.model import Kind
from facts.yamlevents import DEPTH_AT_MOST, PARTS_AT_MOST, resolve
from tests.facts.bases import FACTS, changed, fact, problems, small

if TYPE_CHECKING:
    from pathlib import Path

BOMB = b"""\
a: &a [lol, lol, lol, lol, lol, lol, lol, lol, lol]
b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]
c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]
d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c]
e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d]
f: &f [*e, *e, *e, *e, *e, *e, *e, *e, *e]
"""


def written(folder: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def codes(files: dict[str, bytes]) -> set[str]:
    return {problem.code for problem in problems(files)}


class TestABase:
    def test_the_same_files_give_the_same_base_from_a_folder_or_a_mapping(self, tmp_path: Path) -> None:
        base = load(written(tmp_path, small()))
        assert base == load_files(small())
        assert files_of(tmp_path) == small()
        assert base.fact_by_id["the-article"].title.zh == "事实本身"

    def test_the_version_depends_on_names_and_contents_only(self) -> None:
        files = small()
        assert version_of(files) == version_of(dict(reversed(files.items())))
        assert load_files(files).version == version_of(files)
        assert version_of(files | {FACTS: files[FACTS] + b"\n"}) != version_of(files)
        assert version_of({"a": b"bc"}) != version_of({"ab": b"c"})

    def test_a_byte_order_mark_and_windows_line_ends_change_nothing(self) -> None:
        windows = {name: b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n") for name, content in small().items()}
        assert load_files(windows).facts == load_files(small()).facts

    def test_other_files_beside_the_yaml_are_left_alone(self, tmp_path: Path) -> None:
        others = {"README.md": b"\xff", ".hidden.yaml": b"\xff", "facts/.#article.yaml": b"[", "eval/dev.jsonl": b"{}"}
        assert load(written(tmp_path, small() | others)).version == version_of(small())

    def test_topics_come_in_their_order(self) -> None:
        more = b"- {id: zero, title: {en: Zero, zh: \xe9\x9b\xb6}, order: 0}\n"
        files = small()
        assert [each.id for each in load_files(files | {"topics.yaml": files["topics.yaml"] + more}).topics] == [
            "zero",
            "article",
        ]


TRAPS = {
    "file-too-big": (b"# " + b"x" * 1024 * 1024, 1),
    "not-utf8": ("[]\n# 禅城".encode("gbk"), 2),
    "empty-file": (b"", 1),
    "invisible": (b"- a\n- b\x00\n", 2),
    "indent": (b"- id: a\n\ttext: b\n", 2),
    "wide-colon": ("- text: b\n  id：a\n".encode(), 2),
    "wide-mark": ('- title: {en: "a"，zh: "b"}\n'.encode(), 1),
    "colon-in-text": (b"- id: a\n  text: one: two\n", 2),
    "odd-start": (b"- id: a\n  text: @home\n", 2),
    "open-quote": (b"- id: a\n- id: 'b\n- id: c\n", 2),
    "open-bracket": (b"- {id: a,\n   text: b\n- c\n", 1),
    "no-value": (b"- id: a\n  ask: [a,, b]\n  text: c\n", 2),
    "quote-or-indent": (b"- id: 'it's'\n", 1),
    "colon-missing": (b"- id: a\n  txet\n", 2),
    "no-colon": (b"- id: a\n  title\n    en: b\n", 2),
    "no-space": (b"- id: a\n  topic:b\n  text: c\n", 2),
    "misaligned": (b"- id: a\n   text: b\n", 2),
    "odd-dash": ("- id: a\n  evidence:\n    — {paragraph: 1, phrase: b}\n".encode(), 3),
    "extra-bracket": (b"- id: a\n  ask: [b]]\n", 2),
    "half-quote": (b'- id: a\n  text: b"\n', 2),
    "hash": (b"- id: a\n  text: b #1 c\n", 2),
    "split-number": (b"- id: a\n  ask: {en: [is it about 4,500 firms]}\n", 2),
    "bad-escape": (b'- id: a\n- id: "\\ud800"\n', 2),
    "yaml": (b"%YAML 3.0\n---\n[]\n", 1),
    "second-document": (b"- id: a\n---\n- id: b\n", 2),
    "too-deep": (b"[]\n#\n" and b"#\n" + b"[" * 100_000, 2),
    "too-many-parts": (b"[" + b"a," * PARTS_AT_MOST + b"a]", 1),
    "bad-key": (b"- id: a\n- {[b]: c}\n", 2),
    "alias": (b"- id: a\n- *b\n", 2),
    "tag": (b"- id: a\n- !!python/object/apply:print [x]\n", 2),
    "duplicate-key": (b"- id: a\n  id: b\n", 2),
    "yes-no": (b"- id: a\n  text: no\n", 2),
    "bare-date": (b"- id: a\n  date: 2022-06-19\n", 2),
    "clock-number": (b"- id: a\n  text: 9:30\n", 2),
    "odd-number": (b"- id: a\n  order: 0x10\n", 2),
}


class TestTraps:
    @pytest.mark.parametrize("code", [*TRAPS])
    def test_each_trap_of_yaml_is_named_where_it_stands(self, code: str) -> None:
        content, line = TRAPS[code]
        found = [each for each in problems(small() | {"gaps.yaml": content}) if each.code == code]
        assert [(each.file, each.line) for each in found] == [("gaps.yaml", line)]

    @pytest.mark.parametrize(
        ("slip", "place", "code"),
        [
            ("  title\n    en: A\n    zh: 甲\n", 0, "no-colon"),
            ("  title:\n    en A\n    zh: 甲\n", 1, "no-colon"),
            ("  label {en: A, zh: 甲}\n", 0, "no-colon"),
            ("  ask\n\n    # as people type\n    en: [a]\n", 0, "no-colon"),
            ("  digest true\n", 0, "no-colon"),
            ("  title:\n    en:A\n    zh: 甲\n", 1, "no-space"),
            ("  topic:　article\n  kind: figure\n", 0, "no-space"),
            ("-id: b\n", 0, "no-space"),
            ('  title:\n    en: "A\n    zh: 甲\n  text: {en: "B"}\n', 1, "open-quote"),
            ("  title:\n    en: 'A\n    zh: 甲\n  text: {en: 'B'}\n", 1, "open-quote"),
            ("  title:\n    en: A\n      zh: 甲\n", 2, "misaligned"),
            ("  title:\n    en: A\n   zh: 甲\n", 2, "misaligned"),
            (" topic: article\n", 0, "misaligned"),
            ("  topic:\u00a0article\n  kind: figure\n", 0, "no-space"),
            ("－ id: b\n  topic: article\n", 0, "odd-dash"),
            ("-\tid: b\n", 0, "indent"),
            ("  ask: {en: [one, !a], zh: [甲]}\n", 0, "tag"),
            ("  ask:\n    en: [how many, is it 1,234,567 yuan]\n", 1, "split-number"),
            ("  text: One\n    thing. Note: two\n", 1, "colon-in-text"),
            ("  text: One\n    topic for 2021: two\n", 1, "colon-in-text"),
        ],
    )
    def test_a_slip_is_named_in_its_own_line_and_not_where_the_parser_stops(
        self, slip: str, place: int, code: str
    ) -> None:
        before = "- id: a\n  standing: plan\n"
        found = problems(small() | {"facts/two.yaml": (before + slip).encode()})
        assert [(each.line, each.code) for each in found] == [(3 + place, code)]

    @pytest.mark.parametrize(
        "text", ["a # comment", "a  # comment", '"b #1"', "b#1", "'b\"'", 'the "b"', "'over\n      two'"]
    )
    def test_what_only_looks_like_a_slip_is_none(self, text: str) -> None:
        assert problems(small() | {"facts/two.yaml": fact(text=f"\n    en: {text}\n    zh: 甲")}) == ()

    def test_every_trap_that_has_a_message_is_tried(self) -> None:
        assert set(TRAPS) == set(YAML)

    @pytest.mark.parametrize(
        "word", ["no", "yes", "on", "off", "NO", "On", "2022-06-19", "12:30:45", "0o7", "1_000", "4,500"]
    )
    def test_a_trap_in_quotes_is_text(self, word: str) -> None:
        content = fact(ask=f"{{en: ['{word}'], zh: [\"{word} 吗\"]}}")
        assert problems(small() | {"facts/two.yaml": content}) == ()

    @pytest.mark.parametrize(
        ("plain", "value"),
        [("26", 26), ("-3", -3), ("0.5", 0.5), ("true", True), ("False", False), ("~", None), ("", None)]
        + [(text, text) for text in ("a: b", "515 goal", "6.18.", "x" * 70, "9" * 70, "<<", "=", "禅城")],
    )
    def test_what_is_plain_is_read_as_it_looks(self, plain: str, value: object) -> None:
        assert resolve(plain) == (value, None)

    @pytest.mark.parametrize("plain", ["010", "1.5e+3", ".5", ".inf", ".nan", "0b1", "1_0", "9" * 16])
    def test_a_number_that_readers_of_yaml_disagree_about_is_named(self, plain: str) -> None:
        assert resolve(plain) == (plain, "odd-number")

    def test_a_line_with_a_trap_is_named_once(self) -> None:
        found = problems(changed("topics.yaml", "order: 1", "order: yes"))
        assert [each.code for each in found] == ["yes-no"]

    def test_escapes_that_hide_control_characters_are_named_too(self) -> None:
        assert codes(changed("topics.yaml", "en: The article", r'en: "The\0 article"')) == {"invisible"}
        assert codes(changed("topics.yaml", "en: The article", r'en: "The\u202e article"')) == {"invisible"}

    def test_a_tab_is_named_within_a_text_and_let_be_around_it(self) -> None:
        assert codes(changed("topics.yaml", "en: The article", "en: The\tarticle")) == {"invisible"}
        assert codes(changed("topics.yaml", "en: The article", r'en: "The\tarticle"')) == {"invisible"}
        assert codes(changed("topics.yaml", "en: The article", "en:\tThe article\t")) == set()

    def test_lines_are_counted_as_editors_count_them(self) -> None:
        for ends in ("\n", "\r\n", "\r"):
            content = ends.join(["- id: a", "  text: b", "  text: c", ""]).encode()
            found = [each for each in problems(small() | {"gaps.yaml": content}) if each.code == "duplicate-key"]
            assert [each.line for each in found] == [3]


SHAPES = {
    "list-wanted": ("{en: what else, zh: [还有]}", "ask"),
    "fields-wanted": ("Just a title", "title"),
    "missing-field": ("{en: Only English}", "title"),
    "unknown-field": ("{en: Title, zh: 标题, zhh: 标题}", "title"),
    "text-wanted": ("{en: 515, zh: 标题}", "title"),
    "blank": ("{en: '  ', zh: 标题}", "title"),
    "text-too-long": (f"{{en: {'word ' * 250}, zh: 标题}}", "text"),
    "bad-id": ("Second Fact", "id"),
    "one-of": ("figures", "kind"),
    "number-wanted": ("[{paragraph: one, phrase: some words}]", "evidence"),
    "true-false": ("1", "digest"),
    "too-few": ("[]", "evidence"),
    "out-of-range": ("[{paragraph: 0, phrase: some words}]", "evidence"),
}


class TestShape:
    @pytest.mark.parametrize("code", [*SHAPES])
    def test_each_mistake_of_an_entry_is_named_where_it_stands(self, code: str) -> None:
        value, field = SHAPES[code]
        content = fact(**{field: value})
        line = next(n for n, text in enumerate(content.decode().split("\n"), 1) if text.lstrip("- ").startswith(field))
        found = problems(small() | {"facts/two.yaml": content})
        assert [(each.code, each.file, each.line) for each in found] == [(code, "facts/two.yaml", line)]

    def test_every_mistake_that_has_a_message_is_tried(self) -> None:
        assert set(SHAPES) | {"bad-date", "too-many", "invalid"} == set(SHAPE)

    def test_a_date_that_is_none_is_named(self) -> None:
        for day in ("'19 June 2022'", "'2022-02-30'"):
            assert codes(changed("source.yaml", '"2022-01-01"', day)) == {"bad-date"}

    def test_a_misspelt_field_is_set_right(self) -> None:
        first = problems(small() | {"facts/two.yaml": fact(relatd="[the-article]")})[0]
        assert "write related" in first.text("en")
        assert "related" in first.text("zh")

    @pytest.mark.parametrize("run_on", ["en：A", "en:A", "en A"])
    def test_a_field_of_which_only_the_colon_is_wrong_is_no_missing_one(self, run_on: str) -> None:
        [found] = problems(small() | {"facts/two.yaml": fact(title=f"{{{run_on}, zh: 甲}}")})
        assert "write `en: `" in found.text("en")
        assert "`en: `" in found.text("zh")

    def test_a_language_outside_its_field_is_to_be_indented_and_wide_brackets_are_named(self) -> None:
        title = "\n    en: A\n  zh: 甲"
        told = {each.code: each.text("en") for each in problems(small() | {"facts/two.yaml": fact(title=title)})}
        assert "indent it" in told["unknown-field"]
        assert codes(small() | {"facts/two.yaml": fact(ask="{en: [a], zh: 【甲】}")}) == {"wide-mark"}

    def test_a_list_file_that_is_something_else_is_named(self) -> None:
        assert codes(small() | {"gaps.yaml": b"just text"}) == {"list-wanted"}
        assert codes(small() | {"gaps.yaml": b"id: a"}) == {"list-wanted"}
        assert codes(small() | {"source.yaml": b"[]"}) == {"fields-wanted"}
        assert codes(small() | {"gaps.yaml": b"- text"}) == {"fields-wanted"}

    def test_a_missing_field_is_named_at_its_entry(self) -> None:
        content = b"\n\n- id: a\n  title: {en: A, zh: \xe7\x94\xb2}\n  text: {en: A, zh: \xe7\x94\xb2}\n"
        assert [str(each) for each in problems(small() | {"gaps.yaml": content})] == [
            "gaps.yaml:3: ask is missing · add it"
        ]


class TestEveryProblemAtOnce:
    def test_problems_of_all_files_are_named_together_in_order(self) -> None:
        files = small() | {
            "gaps.yaml": b"- no\n- \xff",
            "topics.yaml": b"[",
            "odd.yaml": b"",
            "facts/b.yaml": fact(kind="x"),
        }
        del files["names.yaml"]
        assert [(each.file, each.code) for each in problems(files)] == [
            ("facts/b.yaml", "one-of"),
            ("gaps.yaml", "not-utf8"),
            ("names.yaml", "missing-file"),
            ("odd.yaml", "unknown-file"),
            ("topics.yaml", "no-value"),
        ]

    def test_every_choice_is_named_in_full(self) -> None:
        [problem] = problems(small() | {"facts/b.yaml": fact(kind="figures")})
        assert all(kind in problem.text("en") for kind in get_args(Kind))

    def test_a_number_in_words_is_named_once_and_without_the_names_of_types(self) -> None:
        figures = "[{of: firms, value: 2亿, unit: firms}]"
        (found,) = problems(small() | {"facts/two.yaml": fact(figures=figures)})
        assert (found.code, dict(found.values)["where"]) == ("number-wanted", "figures.1.value")

    def test_what_a_broken_file_would_have_defined_is_not_called_unknown(self) -> None:
        assert codes(small() | {"topics.yaml": b"["}) == {"no-value"}
        assert codes(changed("topics.yaml", "order: 1", "order: one")) == {"number-wanted"}
        assert codes(changed("topics.yaml", "id: article", "ld: article")) == {"missing-field", "unknown-field"}
        assert codes(small() | {"topics.yaml": b"- &a [article]\n"}) == {"alias"}
        assert codes(small() | {"topics.yaml": b"article\n"}) == {"list-wanted"}

    def test_more_problems_than_anybody_reads_are_counted(self) -> None:
        broken = BrokenBase(Problem.at("a.yaml", line, "indent") for line in range(1, 1501))
        assert len(broken.problems) == 1001
        assert "500 more" in broken.problems[-1].text("en")

    def test_a_problem_is_one_line_whatever_the_file_holds(self) -> None:
        name = "facts/a\nb\x1b[31m\udcff.yaml"
        for problem in problems(small() | {name: fact(kind='"a\\nb"', label="{en: x, zh: y}")}):
            assert str(problem).isprintable()
            assert problem.text("zh").isprintable()

    @pytest.mark.parametrize("code", [*MESSAGES])
    def test_every_message_says_what_and_how_to_mend_in_both_languages(self, code: str) -> None:
        fields = [
            sorted({name for part in parts for _, name, _, _ in string.Formatter().parse(part) if name})
            for parts in MESSAGES[code]
        ]
        if code != "unknown-field":
            assert fields[0] == fields[1]
        values = {name: "x" for each in fields for name in each}
        for lang in ("en", "zh"):
            what, _, mend = Problem.at("a", 1, code, **values).text(lang).partition(" · ")
            assert what
            assert mend


class TestAFolder:
    def test_a_folder_that_is_not_there_is_a_problem(self, tmp_path: Path) -> None:
        for path in (tmp_path / "none", tmp_path / "a\0b", tmp_path / ("x" * 5000)):
            with pytest.raises(BrokenBase) as broken:
                load(path)
            assert [each.code for each in broken.value.problems] == ["no-folder"]

    def test_a_file_in_place_of_the_folder_is_a_problem(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("x")
        with pytest.raises(BrokenBase, match="no such folder"):
            load(tmp_path / "file")

    def test_links_that_lead_outside_are_not_followed(self, tmp_path: Path) -> None:
        folder = written(tmp_path / "base", small())
        (tmp_path / "secret.yaml").write_bytes(fact())
        (folder / "facts/link.yaml").symlink_to(tmp_path / "secret.yaml")
        (folder / "facts/loop.yaml").symlink_to(folder / "facts/loop.yaml")
        with pytest.raises(BrokenBase) as broken:
            load(folder)
        assert [(each.file, each.code) for each in broken.value.problems] == [
            ("facts/link.yaml", "outside"),
            ("facts/loop.yaml", "unreadable"),
        ]

    def test_links_inside_are_followed(self, tmp_path: Path) -> None:
        folder = written(tmp_path / "base", small())
        (folder / "kept").mkdir()
        (folder / "gaps.yaml").rename(folder / "kept/gaps.yaml")
        (folder / "gaps.yaml").symlink_to("kept/gaps.yaml")
        assert load(folder).version == version_of(small())

    def test_what_is_no_plain_file_is_not_read(self, tmp_path: Path) -> None:
        folder = written(tmp_path, small())
        (folder / "facts/folder.yaml").mkdir()
        os.mkfifo(folder / "facts/pipe.yaml")
        with pytest.raises(BrokenBase) as broken:
            load(folder)
        assert {each.code for each in broken.value.problems} == {"not-a-file"}

    def test_a_file_that_may_not_be_read_is_a_problem(self, tmp_path: Path) -> None:
        if os.geteuid() == 0:
            pytest.skip("root may read everything, so nothing is unreadable here")
        (written(tmp_path, small()) / FACTS).chmod(0)
        with pytest.raises(BrokenBase, match="can't be read"):
            load(tmp_path)

    def test_the_wrong_ending_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(BrokenBase, match=r"facts/two\.yml:1: nothing reads"):
            load(written(tmp_path, small() | {"facts/two.yml": fact()}))

    def test_too_many_files_are_refused_without_reading_them(self, tmp_path: Path) -> None:
        many = {f"facts/{number}.yaml": b"[]" for number in range(FILES_AT_MOST + 1)}
        assert [each.code for each in problems(many)] == ["too-many-files"]
        with pytest.raises(BrokenBase, match="more than 500 files"):
            load(written(tmp_path, many))

    def test_files_that_are_too_large_together_are_refused(self, tmp_path: Path) -> None:
        large = {f"facts/{number}.yaml": b"#" * 1024 * 1024 for number in range(9)}
        assert [each.code for each in problems(large)] == ["base-too-big"]
        with pytest.raises(BrokenBase, match="larger than 8 MiB"):
            load(written(tmp_path, large))


HOSTILE = {
    "a bomb of aliases": BOMB,
    "a bomb of merges": b"- &a {k: 1}\n" + b"- {<<: [*a, *a, *a, *a]}\n" * 5000,
    "deep lists": b"[" * 1_000_000,
    "deep fields": b"{a: " * 250_000,
    "deep blocks": b"- " * 500_000,
    "deep keys": b"? " * 500_000,
    "many values": b"[" + b"a," * 500_000 + b"]",
    "many empty entries": b"- {}\n" * 200_000,
    "many unknown fields": b"- {" + b",".join(b"f%d: 1" % n for n in range(80_000)) + b"}",
    "many bad lines": b"\t- a\n" * 200_000,
    "a long line": b"a" * 1_000_000,
    "many anchors": b"&a " * 300_000,
    "many tags": b"!" * 1_000_000,
    "many links": fact(related="[" + ", ".join(f"x{n}" for n in range(50_000)) + "]"),
    "many phrasings": fact(ask="{en: [" + ", ".join(f"q {n}" for n in range(50_000)) + "], zh: [问]}"),
}


class TestHostileFiles:
    @pytest.mark.parametrize("name", [*HOSTILE])
    def test_memory_and_time_are_bounded(self, name: str) -> None:
        files = small() | {"facts/hostile.yaml": HOSTILE[name]}
        tracemalloc.start()
        began = time.perf_counter()
        try:
            problems(files)
            took, (_, peak) = time.perf_counter() - began, tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert peak < 96 * 1024 * 1024
        assert took < 20

    def test_many_files_of_many_values_are_bounded_together(self) -> None:
        each = b"[" + b"a," * 50_000 + b"]"
        tracemalloc.start()
        try:
            found = codes(small() | {f"facts/{number}.yaml": each for number in range(60)})
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert found == {"base-too-many"}
        assert peak < 128 * 1024 * 1024

    def test_nesting_is_allowed_as_deep_as_the_limit(self) -> None:
        deep = b"[" * DEPTH_AT_MOST + b"]" * DEPTH_AT_MOST
        assert "too-deep" not in codes(small() | {"gaps.yaml": deep})
        assert codes(small() | {"gaps.yaml": b"[" + deep + b"]"}) == {"too-deep"}

    @given(content=st.binary(max_size=300), file=st.sampled_from([*small(), "x.yaml", "facts/x.yaml"]))
    def test_any_bytes_make_a_base_or_problems(self, content: bytes, file: str) -> None:
        _base_or_problems(small() | {file: content})

    @settings(max_examples=300)
    @given(
        file=st.sampled_from([*small()]),
        at=st.floats(0, 1),
        cut=st.integers(0, 12),
        put=st.text(st.characters() | st.sampled_from("\t\n :-[]{}'\"&*!|>%@`#,，：\x00\ufeff"), max_size=12),
    )
    def test_any_slip_in_a_good_base_makes_a_base_or_problems(self, file: str, at: float, cut: int, put: str) -> None:
        content = small()[file]
        place = int(at * len(content))
        slipped = content[:place] + put.encode("utf-8", "surrogatepass") + content[place + cut :]
        _base_or_problems(small() | {file: slipped})

    @given(
        data=st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
            lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
            max_leaves=20,
        )
    )
    def test_any_data_in_place_of_entries_makes_problems(self, data: object) -> None:
        text = repr(data).replace("None", "null").replace("True", "true").replace("False", "false")
        _base_or_problems(small() | {"gaps.yaml": text.encode("utf-8", "surrogatepass")})


def _base_or_problems(files: dict[str, bytes]) -> None:
    """Loading raises nothing else, and a base without a problem is a base; each problem has a line and its words."""
    for problem in problems(files):
        assert problem.line >= 1
        assert str(problem).isprintable()
        assert problem.text("zh")


def test_an_unfinished_draft_is_no_base() -> None:
    with pytest.raises(ValueError, match="without a source"):
        Draft().base("")
