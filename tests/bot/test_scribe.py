"""Who reads Traditional waits for a process once for each base, and is told by OpenCC itself where that fails."""

from __future__ import annotations

import asyncio
import logging
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot import processes
from bot.scribe import Scribe
from facts.library import Library
from facts.traditional import Spelling, traditional
from tests.handlers.town import BASE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.processes import Done

FAILING = "import sys; sys.exit('no memory')"
SILENT = ""
ENDLESS = "import time; print('[', flush=True); time.sleep(60)"


@pytest.fixture
def library() -> Library:
    return Library(BASE)


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """What was given to each process."""
    told: list[bytes] = []
    really = processes.run

    async def run(command: Sequence[str], given: bytes, patience: float, env: Mapping[str, str] | None = None) -> Done:
        told.append(given)
        return await really(command, given, patience, env)

    monkeypatch.setattr(processes, "run", run)
    return told


async def test_whoever_asks_meanwhile_waits_for_the_same_process(library: Library, begun: list[bytes]) -> None:
    scribe = Scribe(library, ("推送设置",))
    first, other = await asyncio.gather(scribe.traditional(), scribe.traditional())
    assert first is other is await scribe.traditional()
    assert len(begun) == 1
    assert isinstance(first, Spelling)
    assert first("推送设置：头发、发展") == "推送設置：頭髮、發展"


async def test_the_bot_itself_loads_none_of_what_opencc_holds(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It takes 28 MB, and a tenth of a second in which nobody else is answered."""
    monkeypatch.setattr("facts.traditional._converters", None)
    scribe = Scribe(library, ("推送设置",))
    assert (await scribe.traditional())("推送设置") == "推送設置"


async def test_who_stops_waiting_stops_only_that(library: Library, begun: list[bytes]) -> None:
    scribe = Scribe(library, ())
    impatient = asyncio.create_task(scribe.traditional())
    patient = asyncio.create_task(scribe.traditional())
    await asyncio.sleep(0)
    impatient.cancel()
    assert isinstance(await patient, Spelling)
    assert len(begun) == 1


async def test_another_base_is_told_anew_and_both_without_the_questions(library: Library, begun: list[bytes]) -> None:
    scribe = Scribe(library, ())
    await scribe.traditional()
    library._base = replace(BASE, version="another")
    await scribe.traditional()
    assert len(begun) == 2
    assert all(fact.title.zh.encode() in begun[0] for fact in BASE.facts)
    assert any(question.encode() not in begun[0] for fact in BASE.facts for question in fact.ask.zh)


@pytest.mark.parametrize("program", [FAILING, SILENT])
async def test_where_the_process_fails_opencc_itself_writes(
    library: Library, program: str, caplog: pytest.LogCaptureFixture
) -> None:
    scribe = Scribe(library, (), (sys.executable, "-c", program))
    with caplog.at_level(logging.WARNING):
        assert await scribe.traditional() is traditional
    assert "has failed" in caplog.text


async def test_stopping_ends_a_process_under_way(library: Library) -> None:
    scribe = Scribe(library, (), (sys.executable, "-c", ENDLESS))
    await scribe.stop()
    waiting = asyncio.create_task(scribe.traditional())
    await asyncio.sleep(0)
    await scribe.stop()
    with pytest.raises(asyncio.CancelledError):
        await waiting
