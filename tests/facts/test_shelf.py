"""What is kept for the next start: the same verdicts, and never anything but a faster start depends on it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from facts import matching
from facts.loading import load
from facts.matching import Matcher
from facts.problems import BrokenBase
from facts.shelf import Shelf, engine, freezing, shelf
from facts.shelf.freezing import Freezer, Thawer, Unfit
from facts.shelf.record import read, written
from facts.shipped import shipped
from tests.facts.bases import changed, put, small

if TYPE_CHECKING:
    from facts.model import FactBase
    from facts.verdict import Verdict

ROOT = Path(__file__).parents[2]


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return put(tmp_path / "base", small())


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The version of the base, each time that a matcher is built and not read."""
    told: list[str] = []

    def building(found: FactBase) -> Matcher:
        told.append(found.version)
        return Matcher(found)

    monkeypatch.setattr(matching, "Matcher", building)
    return told


@cache
def own() -> Matcher:
    return Matcher(load(shipped()))


def questions() -> list[tuple[str, str | None]]:
    """What people and curators ask, some after an answer, and what nobody should."""
    asked = [json.loads(line)["q"] for line in (shipped() / "eval" / "dev.jsonl").read_text("utf-8").splitlines()]
    lines = [line for fact in own().base.facts for line in fact.ask.every]
    chosen = [*asked, *lines[::80], "", "?", "南海有多少家", "maximun rewrad", "zuigao buzhu"]
    facts = [fact.id for fact in own().base.facts]
    return [(line, facts[n % len(facts)] if n % 3 == 0 else None) for n, line in enumerate(chosen)]


def test_the_shipped_base_gives_exactly_the_same_verdicts_from_what_was_kept() -> None:
    kept = read(BytesIO(written(own())))
    assert kept is not own()
    assert kept.base == own().base
    assert kept.thresholds == own().thresholds
    assert [said(kept, *each) for each in questions()] == [said(own(), *each) for each in questions()]


def said(matcher: Matcher, question: str, shown: str | None) -> Verdict:
    return matcher.match(question, shown=shown)


def test_the_second_start_builds_nothing(base: Path, place: Path, builds: list[str]) -> None:
    first, second = Shelf(place).matcher(base), Shelf(place).matcher(base)
    assert len(builds) == 1
    assert first.match("what is the article about") == second.match("what is the article about")


def test_the_second_run_of_the_command_says_what_the_first_said(tmp_path: Path) -> None:
    """In processes of their own, where sets and dicts of text have another order each."""
    command = [sys.executable, "-m", "facts", "ask", "--why", "how many companies signed"]
    environment = {**os.environ, "HOME": str(tmp_path)}
    first, second = (
        subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, check=True)  # noqa: S603 - our own
        for _ in range(2)
    )
    assert first.stdout == second.stdout
    assert len(list(tmp_path.rglob("*.matcher"))) == 1


def test_without_a_place_every_start_builds(base: Path, builds: list[str]) -> None:
    Shelf(None).matcher(base)
    Shelf(None).matcher(base)
    assert len(builds) == 2


def test_a_changed_base_or_engine_is_built_anew(
    base: Path, place: Path, builds: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = Shelf(place).matcher(base)
    put(base, changed("source.yaml", "paragraphs: 1", "paragraphs: 2"))
    assert Shelf(place).matcher(base).base.version != before.base.version
    assert len(builds) == 2
    monkeypatch.setattr(shelf, "engine", lambda: "another")
    Shelf(place).matcher(base)
    assert len(builds) == 3


def test_the_engine_is_another_once_a_file_of_it_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, {"text.py": b"a = 1", "matching/words.txt": b"x", "data/b/source.yaml": b"x"})
    monkeypatch.setattr(engine, "_ROOM", tmp_path)
    told = [engine.engine.__wrapped__()]
    for name in ("data/b/source.yaml", "text.py", "matching/words.txt", "matching/new.py"):
        put(tmp_path, {name: b"b = 2"})
        told.append(engine.engine.__wrapped__())
    assert told[0] == told[1]
    assert len(set(told)) == 4


def test_a_damaged_file_is_ignored_and_written_anew(base: Path, place: Path, builds: list[str]) -> None:
    Shelf(place).matcher(base)
    (file,) = place.iterdir()
    whole = file.read_bytes()
    harms = [b"", whole[:20], whole[:-1], whole + b"x", b"PK" + whole[2:], bytes(100), whole[::-1]]
    harms += [whole[:n] + bytes([whole[n] ^ 1]) + whole[n + 1 :] for n in range(0, len(whole), len(whole) // 20)]
    for number, harm in enumerate(harms, start=2):
        file.write_bytes(harm)
        Shelf(place).matcher(base)
        assert len(builds) == number
        assert file.read_bytes() == whole


def test_a_file_that_another_user_wrote_or_all_may_write_is_not_read(
    base: Path, place: Path, builds: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    Shelf(place).matcher(base)
    (file,) = place.iterdir()
    file.chmod(0o666)
    Shelf(place).matcher(base)
    assert len(builds) == 2
    assert not file.stat().st_mode & 0o002
    monkeypatch.setattr(shelf, "_me", lambda _: 12345)
    Shelf(place).matcher(base)
    assert len(builds) == 3


@pytest.mark.skipif(sys.platform == "win32", reason="Windows tells no modes")
def test_a_folder_that_all_may_write_is_left_alone(base: Path, place: Path) -> None:
    place.mkdir()
    place.chmod(0o777)
    Shelf(place).matcher(base)
    assert not list(place.iterdir())


def test_a_place_that_cannot_be_written_is_no_error(base: Path, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    for nowhere in (file, file / "below", file / ("x" * 300)):
        assert Shelf(nowhere).matcher(base).base.facts


def test_a_full_disk_is_no_error_and_leaves_nothing(base: Path, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", full)
    assert Shelf(place).matcher(base).base.facts
    assert not list(place.iterdir())


def test_only_the_newest_few_are_kept(base: Path, place: Path) -> None:
    for number in range(shelf.KEPT + 3):
        put(base, changed("source.yaml", "paragraphs: 1", f"paragraphs: {number + 1}"))
        Shelf(place).matcher(base)
    assert len(list(place.iterdir())) == shelf.KEPT


def test_a_broken_base_is_told_even_if_a_good_one_was_kept(base: Path, place: Path) -> None:
    Shelf(place).matcher(base)
    put(base, {"topics.yaml": b"- id: [\n"})
    with pytest.raises(BrokenBase):
        Shelf(place).matcher(base)


def test_a_matcher_with_a_part_that_cannot_be_told_is_served_and_not_kept(
    base: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def odd(found: FactBase) -> Matcher:
        matcher = Matcher(found)
        matcher.odd = lambda: None  # type: ignore[attr-defined]
        return matcher

    monkeypatch.setattr(matching, "Matcher", odd)
    assert Shelf(place).matcher(base).base.facts
    assert not list(place.iterdir())


class TestFreezing:
    def test_what_is_shared_stays_shared_and_kinds_stay_kinds(self) -> None:
        numbers = np.arange(3, dtype=np.int32)
        shared = {("a", 1): [1, 2.5, None, True], "b": numbers}
        root = (shared, [shared, numbers], frozenset(("x",)), {"y"}, np.float64(0.1), "中文\ud800")
        freezer = Freezer()
        tree = json.loads(json.dumps(freezer.node(root)))
        again = Thawer(freezer.arrays).thaw(tree)
        assert isinstance(again, tuple)
        assert again[0] == {("a", 1): [1, 2.5, None, True], "b": numbers}
        assert again[1][0] is again[0]
        assert again[1][1] is again[0]["b"]
        assert again[2:] == root[2:]
        assert [type(each) for each in again] == [type(each) for each in root]

    @pytest.mark.parametrize("odd", [object(), len, print, 1j, b"", range(3), np.array([None]), pytest.raises])
    def test_what_is_no_plain_data_is_refused(self, odd: object) -> None:
        with pytest.raises(Unfit):
            Freezer().node([odd])

    @pytest.mark.parametrize(
        "tree",
        [
            ["o", "os:system", "x", 1],
            ["o", "subprocess:Popen"],
            ["o", "facts.matching.matcher:np"],
            ["o", "facts.nowhere:Matcher"],
            ["o", "facts.verdict:NoMatch", "lang"],
            ["a", 7],
            ["r", 0],
            ["z"],
            [],
            ["t", ["t", ["x"]]],
        ],
    )
    def test_a_strange_tree_makes_nothing(self, tree: object) -> None:
        with pytest.raises(ValueError):  # noqa: PT011 - whatever it says
            Thawer([]).thaw(tree)

    def test_deep_nesting_is_refused(self) -> None:
        tree: object = 1
        for _ in range(100_000):
            tree = ["t", tree]
        with pytest.raises(ValueError, match="recursion"):
            Thawer([]).thaw(tree)

    def test_only_classes_of_this_package_are_made(self) -> None:
        assert freezing.PACKAGE == "facts"
