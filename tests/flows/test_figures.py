"""/figures over real HTTP: drawn and uploaded once, sent by its file id afterwards, told in words where it can't be."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from bot.app import running
from bot.pictures import process, studio
from tests.facts.bases import fact, small
from tests.flows.schema import schema
from tests.flows.sim import BOT, GROUP, LIN, MEI, TOM, Json, Sim
from tests.playground.test_shapes import problems

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bot.config import Settings
    from bot.playground.server import LocalBotApi

WORDS = "Boats: 26 boats"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A base that draws one figure, which is built in no time."""
    figure = "{of: boats, value: 26, unit: boats, drawn: {chart: boats, en: 26 boats, zh: 26条船}}"
    files = small() | {
        "facts/boats.yaml": fact(
            label="{en: Boats, zh: 船}",
            text="{en: 26 boats., zh: 26条船。}",
            evidence="[{paragraph: 1, phrase: 26 boats came}]",
            figures=f"[{figure}]",
        )
    }
    files["source.yaml"] += "charts: [{id: boats, title: {en: Boats, zh: 船}}]\n".encode()
    for name, content in files.items():
        (tmp_path / "base" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "base" / name).write_bytes(content)
    return tmp_path / "base"


@pytest.fixture
def settings(settings: Settings, tmp_path: Path) -> Settings:
    return settings.model_copy(update={"cache_dir": tmp_path / "cache"})


async def started(sim: Sim) -> None:
    for user in (TOM, MEI, LIN):
        await sim.post("start", user_id=user)
        await sim.heard(user)


async def uploads(sim: Sim) -> list[bool]:
    """Of each call of sendPhoto, whether it brought a file along."""
    calls = (await sim.get("outbox", method="sendPhoto"))["calls"]
    return [str(call["request"]["photo"]).startswith(("<file ", "attach://")) for call in calls]


@pytest.fixture
def drawing_by(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Let another program draw, or not, with little patience."""

    def drawing_by(program: str, patience: float = 20) -> None:
        monkeypatch.setattr(process, "COMMAND", (sys.executable, "-c", program))
        monkeypatch.setattr(process, "PATIENCE", patience)

    return drawing_by


@pytest.mark.usefixtures("bot")
async def test_the_first_picture_is_uploaded_and_the_second_sent_by_its_file_id(sim: Sim) -> None:
    await started(sim)
    first, second = await sim.ask(TOM, "/figures"), await sim.ask(TOM, "/figures")
    assert first["photo"] == second["photo"]
    assert first["photo"][0]["width"] == 1080
    assert WORDS in first["caption"]
    assert await uploads(sim) == [True, False]
    assert schema() is None or problems(schema(), first, ["Message"]) == []


@pytest.mark.usefixtures("bot")
async def test_a_file_id_that_telegram_refuses_is_dropped_and_the_picture_uploaded_anew(
    sim: Sim, api: LocalBotApi
) -> None:
    await started(sim)
    first = await sim.ask(TOM, "/figures")
    api.world.files.forget()
    second = await sim.ask(TOM, "/figures")
    assert second["photo"][0]["file_id"] != first["photo"][0]["file_id"]
    assert (await sim.ask(TOM, "/figures"))["photo"] == second["photo"]
    assert await uploads(sim) == [True, False, True, False]


async def test_a_restart_neither_draws_nor_uploads(
    sim: Sim, api: LocalBotApi, settings: Settings, drawing_by: Callable[[str], None]
) -> None:
    async with running(settings, api.clock):
        await started(sim)
        await sim.ask(TOM, "/figures")
    drawing_by("raise SystemExit('drawn again')")
    async with running(settings, api.clock):
        assert (await sim.ask(TOM, "/figures"))["photo"]
    assert await uploads(sim) == [True, False]


async def test_two_people_who_ask_at_once_are_drawn_for_once(
    sim: Sim, api: LocalBotApi, settings: Settings, tmp_path: Path, drawing_by: Callable[[str], None]
) -> None:
    drawing_by(
        f"import pathlib, runpy; pathlib.Path({str(tmp_path / 'count')!r}).open('a').write('x');"
        "runpy.run_module('bot.drawing', run_name='__main__', alter_sys=True)"
    )
    async with running(settings, api.clock):
        await started(sim)
        await sim.post("message", user_id=TOM, chat_id=TOM, text="/figures")
        await sim.post("message", user_id=TOM, chat_id=GROUP, text="/figures@chancheng_facts_bot")
        assert (await sim.heard(TOM))["photo"]
        assert (await sim.heard(GROUP))["photo"]
    assert (tmp_path / "count").read_text(encoding="utf-8") == "x"


@pytest.mark.parametrize(
    ("program", "mend"),
    [
        ("import time; time.sleep(600)", "python -m bot doctor"),
        ("import os; os.abort()", "python -m bot doctor"),
        ("import sys; sys.exit(3)", "BOT_FONT"),
    ],
)
async def test_where_drawing_hangs_crashes_or_has_no_font_people_get_the_words(  # noqa: PLR0917 - parameters and fixtures
    program: str, mend: str, sim: Sim, api: LocalBotApi, settings: Settings, drawing_by: Callable[[str, float], None]
) -> None:
    drawing_by(program, 2)
    async with running(settings, api.clock):
        await started(sim)
        told = await sim.ask(TOM, "/figures")
        assert WORDS in told["text"]
        assert mend not in told["text"]
        assert mend in (await sim.ask(LIN, "/figures"))["text"]
    assert await uploads(sim) == []


@pytest.mark.usefixtures("bot")
async def test_a_group_that_takes_no_pictures_gets_the_words(sim: Sim) -> None:
    await sim.post("member", chat_id=GROUP, user_id=BOT, status="restricted", denied=["can_send_photos"])
    told: Json = await sim.ask(TOM, "/figures@chancheng_facts_bot", GROUP)
    assert WORDS in told["text"]
    assert await uploads(sim) == [True]


async def test_chinese_without_a_font_is_told_in_words_and_english_is_drawn_all_the_same(
    sim: Sim, api: LocalBotApi, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(studio, "folders", lambda: (tmp_path / "no fonts",))
    async with running(settings, api.clock) as bot:
        await started(sim)
        assert "船：26条船" in (await sim.ask(MEI, "/figures"))["text"]
        assert (await sim.ask(TOM, "/figures"))["photo"]
        assert not await bot.services.failures.last(bot.services.clock.now())
