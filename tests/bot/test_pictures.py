"""Pictures: which font, what is kept, what is drawn once, and what becomes of a process that goes wrong."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from typing import TYPE_CHECKING

import pytest

from bot.config import ROOT, surroundings
from bot.pictures import fonts, process, studio
from bot.pictures.album import KEPT, LARGEST, Album, is_picture
from bot.pictures.process import NotDrawnError, UnfitFontError, drawn
from bot.pictures.studio import Studio
from facts.charting import charts
from facts.drawing import Drawing
from handlers.pictures import Picture
from tests.handlers.harbour import DRAWN

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    Run = Callable[[str], Awaitable[bytes]]

PNG = b"\x89PNG\r\n\x1a\n" + b"picture" + b"IEND\xaeB`\x82"


def drawing(title: str = "Weir") -> Drawing:
    return Drawing(title, "Weir Post", (("result", "done"),), "Larger is more.", charts(DRAWN, "en"))


class Pen:
    """Draws what it is told, when it is let; counts."""

    def __init__(self, outcome: bytes | Exception = PNG) -> None:
        self.outcome, self.count = outcome, 0
        self.begun, self.let = asyncio.Event(), asyncio.Event()
        self.let.set()

    async def __call__(self, drawing: bytes, font: Path | None, scratch: Path | None) -> bytes:
        self.count += 1
        self.begun.set()
        await self.let.wait()
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome


@pytest.fixture(autouse=True)
def where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder in which fonts are looked for."""
    folder = tmp_path / "fonts"
    folder.mkdir()
    monkeypatch.setattr(studio, "folders", lambda: (folder,))
    return folder


class TestFonts:
    def test_the_one_that_the_settings_name_goes_before_all(self, tmp_path: Path) -> None:
        assert fonts.font(tmp_path / "mine.ttf", (tmp_path,)) == tmp_path / "mine.ttf"

    def test_of_those_there_are_the_best_is_taken(self, tmp_path: Path) -> None:
        for name in ("wqy-zenhei.ttc", "deep/er/NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc"):
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).touch()
        assert fonts.font(None, (tmp_path / "none", tmp_path)) == tmp_path / "deep/er/NotoSansCJK-Regular.ttc"

    def test_where_there_is_none_there_is_none(self, tmp_path: Path) -> None:
        assert fonts.font(None, (tmp_path,)) is None
        assert all(folder.is_absolute() for folder in fonts.folders())


class TestAlbum:
    def test_a_picture_is_kept_whole_and_only_for_its_owner(self, tmp_path: Path) -> None:
        album = Album(tmp_path / "pictures")
        assert album.get("a") is None
        album.keep("a", PNG)
        assert album.get("a") == PNG
        assert [path.name for path in (tmp_path / "pictures").iterdir()] == ["a.png"]
        assert (tmp_path / "pictures").stat().st_mode & 0o077 == 0

    @pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n", PNG[:-1], PNG.replace(b"picture", b"x" * LARGEST)])
    def test_a_damaged_one_is_none(self, tmp_path: Path, content: bytes) -> None:
        (tmp_path / "a.png").write_bytes(content)
        assert Album(tmp_path).get("a") is None
        assert not is_picture(content)

    def test_the_oldest_go(self, tmp_path: Path) -> None:
        album, folder = Album(tmp_path / "pictures"), tmp_path / "pictures"
        for number in range(KEPT + 3):
            album.keep(f"{number}", PNG)
            os.utime(folder / f"{number}.png", (number, number))
        album.keep("new", PNG)
        assert len(list(folder.iterdir())) == KEPT
        assert album.get("0") is None

    def test_where_nothing_can_be_kept_nothing_is(self, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        for folder in (None, tmp_path / "file"):
            Album(folder).keep("a", PNG)
            assert Album(folder).get("a") is None


class TestStudio:
    async def test_two_who_ask_at_once_get_one_drawing(self, tmp_path: Path) -> None:
        pen = Pen()
        pen.let.clear()
        there = Studio(None, tmp_path, pen)
        both = [asyncio.create_task(there.draw(drawing())) for _ in range(2)]
        await pen.begun.wait()
        pen.let.set()
        one, other = await asyncio.gather(*both)
        assert isinstance(one, Picture)
        assert one == other
        assert pen.count == 1

    async def test_who_stops_waiting_takes_nothing_from_the_other(self, tmp_path: Path) -> None:
        pen = Pen()
        pen.let.clear()
        there = Studio(None, tmp_path, pen)
        first, second = (asyncio.create_task(there.draw(drawing())) for _ in range(2))
        await pen.begun.wait()
        first.cancel()
        pen.let.set()
        assert isinstance(await second, Picture)

    async def test_one_is_drawn_at_a_time(self, tmp_path: Path) -> None:
        pen = Pen()
        pen.let.clear()
        there = Studio(None, tmp_path, pen)
        several = [asyncio.create_task(there.draw(drawing(title))) for title in "abc"]
        await pen.begun.wait()
        await asyncio.to_thread(lambda: None)
        assert pen.count == 1
        pen.let.set()
        assert len({picture.key for picture in await asyncio.gather(*several) if isinstance(picture, Picture)}) == 3

    async def test_what_was_drawn_is_drawn_no_more_not_even_after_a_restart(self, tmp_path: Path) -> None:
        pen = Pen()
        first = await Studio(None, tmp_path, pen).draw(drawing())
        assert await Studio(None, tmp_path, pen).draw(drawing()) == first
        assert pen.count == 1

    async def test_another_drawing_or_font_or_engine_is_another_picture(
        self, tmp_path: Path, where: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def key(of: Drawing) -> str:
            picture = await Studio(None, tmp_path, Pen()).draw(of)
            assert isinstance(picture, Picture)
            return picture.key

        keys = [await key(drawing()), await key(drawing("Brim"))]
        (where / "NotoSansSC-Regular.otf").write_bytes(b"1")
        keys.append(await key(drawing()))
        (where / "NotoSansSC-Regular.otf").write_bytes(b"22")
        keys.append(await key(drawing()))
        monkeypatch.setattr(studio, "_engine", lambda: b"newer")
        keys.append(await key(drawing()))
        assert len(set(keys)) == len(keys)

    @pytest.mark.parametrize(
        ("error", "missing", "mend"),
        [
            (UnfitFontError("no glyph"), "font", "fonts-noto-cjk"),
            (NotDrawnError("broken"), "failed", "doctor"),
            (OSError("no memory"), "failed", "doctor"),
        ],
    )
    async def test_what_cannot_be_drawn_is_told_once_and_tried_again_after_a_while(
        self,
        error: Exception,
        missing: str,
        mend: str,
        monkeypatch: pytest.MonkeyPatch,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        pen = Pen(error)
        there = Studio(None, None, pen)
        with caplog.at_level(logging.WARNING):
            assert [await there.draw(drawing()) for _ in range(2)] == [missing, missing]
        assert pen.count == 1
        (record,) = caplog.records
        assert mend in vars(record)["mend"]
        monkeypatch.setattr(studio, "AGAIN", 0)
        pen.outcome = PNG
        assert isinstance(await there.draw(drawing()), Picture)

    async def test_at_the_end_nothing_is_drawn_any_more(self) -> None:
        pen = Pen()
        pen.let.clear()
        there = Studio(None, None, pen)
        waiting = asyncio.create_task(there.draw(drawing()))
        await pen.begun.wait()
        await there.stop()
        with pytest.raises(asyncio.CancelledError):
            await waiting


class TestProcess:
    """The process itself, by small programs in its place."""

    @pytest.fixture
    def run(self, monkeypatch: pytest.MonkeyPatch) -> Run:
        async def run(program: str) -> bytes:
            monkeypatch.setattr(process, "COMMAND", (sys.executable, "-c", program))
            return await drawn(b"{}", None, None)

        return run

    async def test_its_output_is_the_picture(self, run: Run) -> None:
        assert await run(f"import sys; sys.stdin.read(); sys.stdout.buffer.write({PNG!r})") == PNG

    @pytest.mark.parametrize(
        ("program", "said"),
        [
            ("raise ValueError('what went wrong')", "ValueError: what went wrong"),
            ("import os; os.abort()", "no picture, exit -6"),
            ("print('no picture at all')", "no picture, exit 0"),
            ("import resource as r; r.setrlimit(r.RLIMIT_AS, (2**28, 2**28)); bytes(2**30)", "MemoryError"),
        ],
    )
    async def test_a_crash_is_told_by_its_last_line(self, run: Run, program: str, said: str) -> None:
        with pytest.raises(NotDrawnError, match=said):
            await run(program)

    async def test_one_that_hangs_is_killed(self, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(process, "PATIENCE", 2)
        note = tmp_path / "pid"
        program = f"import os, pathlib, time; pathlib.Path({str(note)!r}).write_text(str(os.getpid())); time.sleep(600)"
        with pytest.raises(NotDrawnError, match="still drawing after 2 seconds, and stopped"):
            await run(program)
        with pytest.raises(ProcessLookupError):
            os.kill(int(note.read_text(encoding="utf-8")), 0)

    async def test_it_ends_with_who_waits_for_it(self, run: Run, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pid")
        program = (
            f"import os, pathlib, time; pathlib.Path({str(tmp_path / 'pid')!r}).write_text(str(os.getpid()));"
            "time.sleep(600)"
        )
        waiting = asyncio.ensure_future(run(program))
        pid = int(await asyncio.to_thread((tmp_path / "pid").read_text, encoding="utf-8"))
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)

    async def test_it_is_told_no_settings_and_no_secrets(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("BOT_TOKEN", "123:secret")
        assert "BOT_TOKEN" not in surroundings()
        assert surroundings(MPLCONFIGDIR=None, OMP_NUM_THREADS=1)["OMP_NUM_THREADS"] == "1"
        with pytest.raises(NotDrawnError, match="told nothing"):
            await run("import os; raise SystemExit('told ' + os.environ.get('BOT_TOKEN', 'nothing'))")


class TestDrawing:
    """The real process, as the bot runs it."""

    async def test_a_picture_is_as_wide_as_a_phone_shows_it_and_no_more_than_telegram_takes(
        self, tmp_path: Path
    ) -> None:
        picture = await drawn(drawing().written(), None, tmp_path)
        assert picture[16:20] == (1080).to_bytes(4, "big")
        assert 400 < int.from_bytes(picture[20:24], "big") < 2000

    async def test_without_a_font_for_it_chinese_is_not_drawn_as_boxes(self, tmp_path: Path) -> None:
        with pytest.raises(UnfitFontError, match="“堰”"):
            await drawn(drawing("堰城").written(), None, tmp_path)

    async def test_what_is_no_drawing_is_none(self, tmp_path: Path) -> None:
        with pytest.raises(NotDrawnError, match="KeyError"):
            await drawn(b"{}", None, tmp_path)


@pytest.mark.parametrize("module", ["bot.app", "bot.playground.running", "bot.doctor.here"])
async def test_the_bot_itself_never_loads_what_draws(module: str) -> None:
    heavy = ("matplotlib", "PIL", "fontTools", "contourpy")
    program = f"import sys, {module}; print([name for name in {heavy!r} if name in sys.modules])"
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", program), cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert (await process.communicate())[0].strip() == b"[]"
