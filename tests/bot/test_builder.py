"""Where a start gets its matcher from: real processes aside, by small programs in their place where they go wrong."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from typing import TYPE_CHECKING

import pytest

from bot import processes
from bot.config import ROOT, surroundings
from bot.curation import aside, builder
from bot.curation.builder import Builder
from bot.curation.work import Place
from facts.gathering import files_of
from facts.loading import load
from facts.matching import Matcher
from facts.problems import BrokenBase
from facts.shelf import Shelf
from tests.facts.bases import changed, put, small

if TYPE_CHECKING:
    from pathlib import Path

    from facts.model import FactBase

QUESTION = "what is the article about"
STARTED = "import os, pathlib; pathlib.Path({note!r}).write_text(str(os.getpid())); "
"""What a program begins with whose process is looked for."""
BASE_ONLY = """
import sys, pickle
from bot.curation.__main__ import tell
from facts.loading import load_files
tell(load_files(pickle.load(sys.stdin.buffer).files))
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return put(tmp_path / "base", small())


@pytest.fixture
def place(folder: Path, tmp_path: Path) -> Place:
    return Place(folder, tmp_path / "cache")


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The version of each base whose matcher was built in this process."""
    told: list[str] = []
    really = builder._matcher

    def building(base: FactBase, shelf: Shelf) -> Matcher:
        told.append(base.version)
        return really(base, shelf)

    monkeypatch.setattr(builder, "_matcher", building)
    return told


def program(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(aside, "COMMAND", (sys.executable, "-c", text))


async def served(place: Place) -> Matcher:
    """What a start serves of the folder."""
    with Builder(place) as begun:
        read = await begun.read(files_of(place.folder))
        matcher = await read.matcher
        assert matcher.base == read.base
        await kept(begun)
    return matcher


async def kept(begun: Builder) -> None:
    """Let what is under way end by itself."""
    if begun._aside is not None:
        await begun._aside.ended()


def same(one: Matcher, other: Matcher) -> bool:
    return one.match(QUESTION) == other.match(QUESTION) and one.thresholds == other.thresholds


async def test_what_is_not_kept_is_built_aside_and_kept_and_then_there_is_no_process_any_more(
    place: Place, here: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    matcher = await served(place)
    assert same(matcher, Matcher(load(place.folder)))
    program(monkeypatch, "raise SystemExit('nobody asked for a process')")
    again = await served(place)
    assert same(matcher, again)
    assert not here


async def test_a_process_begins_before_anybody_asks_and_only_where_nothing_is_kept(place: Place) -> None:
    with Builder(place) as begun:
        first = begun._aside
        assert first is not None
        read = await begun.read(files_of(place.folder))
        assert begun._aside is first
        await read.matcher
        await kept(begun)
    with Builder(place) as begun:
        assert begun._aside is None


async def test_before_the_process_begins_nothing_is_loaded_that_takes_long() -> None:
    heavy = ("numpy", "sqlalchemy", "telegram", "yaml", "facts.model", "facts.matching")
    program = f"""
import sys
import bot.__main__
from bot.config import load_settings
from bot.curation import aside, builder
from bot.curation.work import place_of
aside.COMMAND = (sys.executable, "-c", "")
with builder.Builder(place_of(load_settings(None))):
    print([name for name in {heavy!r} if name in sys.modules])
"""
    command = (sys.executable, "-c", program)
    done = await processes.run(command, b"", 60, surroundings(XDG_CACHE_HOME=ROOT / "nowhere"))
    assert done.output.strip() == b"[]", done.complaint


@pytest.mark.parametrize("nowhere", ["none", "file", "all may write"])
async def test_where_nothing_can_be_kept_the_process_builds_at_every_start(
    place: Place, here: list[str], tmp_path: Path, nowhere: str
) -> None:
    cache = tmp_path / nowhere
    if nowhere == "file":
        cache.touch()
    elif nowhere == "all may write":
        cache.mkdir()
        cache.chmod(0o777)
    for _ in range(2):
        matcher = await served(Place(place.folder, None if nowhere == "none" else cache))
        assert same(matcher, Matcher(load(place.folder)))
    assert not here
    assert nowhere != "all may write" or not list(cache.iterdir())


@pytest.mark.parametrize(
    "failing",
    [
        ("raise ValueError('what went wrong')", "ValueError: what went wrong"),
        ("", "exit 0"),
        ("print('no pickle at all')", "exit 0"),
        ("import os; os.kill(os.getpid(), 9)", "exit -9"),
        (f"{BASE_ONLY}raise ValueError('half way')", "ValueError: half way"),
        (f"{BASE_ONLY}import os; os.kill(os.getpid(), 9)", "exit -9"),
        (f"{BASE_ONLY}sys.stdout.buffer.write(bytes(7) + b'9' + b'half')", "exit 0"),
    ],
)
async def test_what_a_process_fails_to_build_is_built_here_and_told_and_kept(
    place: Place,
    here: list[str],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    failing: tuple[str, str],
) -> None:
    text, why = failing
    program(monkeypatch, text)
    with caplog.at_level(logging.WARNING):
        matcher = await served(place)
    assert same(matcher, Matcher(load(place.folder)))
    assert here == [matcher.base.version]
    (record,) = caplog.records
    assert vars(record)["because"] == why
    assert Shelf(place.cache).kept(matcher.base.version) is not None


async def test_one_that_hangs_is_given_up_and_gone(
    place: Place, here: list[str], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    monkeypatch.setattr(builder, "PATIENCE", 2)
    note = tmp_path / "pid"
    program(monkeypatch, f"{STARTED.format(note=str(note))}import time; time.sleep(600)")
    with Builder(place) as begun, caplog.at_level(logging.WARNING):
        matcher = await (await begun.read(files_of(place.folder))).matcher
        assert gone(note)
    assert here == [matcher.base.version]
    assert "TimeoutError" in vars(caplog.records[0])["because"]


async def test_without_any_process_everything_works(
    place: Place, here: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aside, "COMMAND", (str(place.folder / "no program"),))
    matcher = await served(place)
    assert here == [matcher.base.version]


async def test_on_leaving_nothing_goes_on(place: Place, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    note = tmp_path / "pid"
    os.mkfifo(note)
    program(monkeypatch, f"{BASE_ONLY}{STARTED.format(note=str(note))}import time; time.sleep(600)")
    with Builder(place) as begun:
        read = await begun.read(files_of(place.folder))
        pid = await asyncio.to_thread(note.read_text, "utf-8")
    with pytest.raises(asyncio.CancelledError):
        await read.matcher
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid), 0)


async def test_what_was_built_is_kept_even_if_the_bot_stops_as_soon_as_it_has_it(place: Place) -> None:
    with Builder(place) as begun:
        matcher = await (await begun.read(files_of(place.folder))).matcher
    assert Shelf(place.cache).kept(matcher.base.version) is not None


async def test_what_changed_since_it_began_is_what_is_served(place: Place, here: list[str]) -> None:
    with Builder(place) as begun:
        first = begun._aside
        put(place.folder, changed("source.yaml", "paragraphs: 1", "paragraphs: 2"))
        read = await begun.read(files_of(place.folder))
        assert read.base == load(place.folder)
        assert (await read.matcher).base == read.base
        assert begun._aside is not first
    assert not here


async def test_what_is_kept_is_served_though_the_folder_is_another_and_that_is_kept_for_another_time(
    place: Place, here: list[str]
) -> None:
    before = files_of(place.folder)
    await served(place)
    put(place.folder, changed("source.yaml", "paragraphs: 1", "paragraphs: 2"))
    with Builder(place) as begun:
        assert (await begun.read(before)).base.source.paragraphs == 1
        await kept(begun)
    with Builder(place) as begun:
        assert begun._aside is None
    assert not here


async def test_two_that_start_at_once_serve_the_same(place: Place, here: list[str]) -> None:
    one, other = await asyncio.gather(served(place), served(place))
    assert same(one, other)
    assert place.cache is not None
    assert len(list(place.cache.iterdir())) == 1
    assert not here


async def test_a_broken_folder_is_told_with_every_problem(place: Place, here: list[str]) -> None:
    put(place.folder, {"topics.yaml": b"- id: [\n", "facts/more.yaml": b"- id: more\n"})
    with pytest.raises(BrokenBase) as whole:
        load(place.folder)
    with pytest.raises(BrokenBase) as told:
        await served(place)
    assert told.value.problems == whole.value.problems
    (place.folder / "source.yaml").unlink()
    (place.folder / "source.yaml").mkdir()
    with Builder(place) as begun:
        assert begun._aside is None
    assert not here


def gone(note: Path) -> bool:
    try:
        os.kill(int(note.read_text("utf-8")), 0)
    except ProcessLookupError:
        return True
    return False
