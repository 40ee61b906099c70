"""The page in a real headless Chromium, against the real local Bot API server and, where asked for, the real bot.

Without a browser these tests are left out, and the end of the run says so; where CI is set they fail instead.
"""

from __future__ import annotations

import os
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import async_playwright, expect

from bot.config import Settings, load_settings
from bot.playground.running import playground
from bot.playground.server import LocalBotApi
from facts.loading import load
from tests.browser.chromium import ARGUMENTS, MISSING, executable
from tests.browser.visitor import Demo, Served, Visitor
from tests.facts.bases import copied
from tests.playground.talking import TOM, Talk

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from playwright.async_api import Browser

PATIENCE = 20_000  # ms that an expectation waits for its event; two cores may be busy with other tests

expect.set_options(timeout=PATIENCE)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    path = executable()
    if path is None:
        if os.environ.get("CI"):
            pytest.fail(f"{MISSING}, and CI must not leave the page untested")
        pytest.skip(MISSING)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def talk() -> AsyncIterator[Talk]:
    """A server without a bot, where Tom has pressed start: the test itself speaks for the bot."""
    async with LocalBotApi() as api, aiohttp.ClientSession() as session:
        talk = Talk(api, session)
        await talk.sim("start", user_id=TOM)
        yield talk


@pytest_asyncio.fixture(loop_scope="session")
async def visitor(browser: Browser, talk: Talk) -> AsyncIterator[Visitor]:
    """Tom, who opened the page of that server; he speaks English."""
    async with Visitor(browser, talk.api.url) as opened:
        yield opened


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def served(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Served]:
    """The whole playground with its bot, on a copy of the served facts. Its world begins anew for each test."""
    folder = copied(own_settings().folder, tmp_path_factory.mktemp("served") / "facts")
    async with serving(folder) as served:
        yield served


def own_settings() -> Settings:
    """The settings without what the machine's environment says."""
    with pytest.MonkeyPatch.context() as patch:
        for name in Settings.model_fields:
            patch.delenv(f"BOT_{name.upper()}", raising=False)
        return load_settings(None)


@asynccontextmanager
async def serving(folder: Path) -> AsyncIterator[Served]:
    changed = own_settings().model_copy(update={"facts_dir": folder, "ask_rate": 0})
    async with playground(changed, port=0) as (api, _):
        yield Served(api, load(folder), folder)


@pytest_asyncio.fixture(loop_scope="session")
async def demo(browser: Browser, served: Served) -> AsyncIterator[Demo]:
    """Tom before the whole playground, in which nothing was said yet."""
    async with aiohttp.ClientSession() as session:
        await Talk(served.api, session).sim("reset")
    async with Visitor(browser, served.api.url) as visitor:
        yield Demo(visitor, served.base, served.folder)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    left_out = [report for report in terminalreporter.getreports("skipped") if MISSING in str(report.longrepr)]
    if not left_out:
        return
    lines = (
        f"{len(left_out)} BROWSER TESTS WERE LEFT OUT: {MISSING}.",
        "The web page was NOT tested. Install one, for example: apt-get install chromium",
    )
    edge = "+" + "-" * (max(map(len, lines)) + 2) + "+"
    terminalreporter.section("browser tests", sep="!", red=True, bold=True)
    for line in (edge, *(f"| {line.ljust(len(edge) - 4)} |" for line in lines), edge):
        terminalreporter.write_line(line, red=True, bold=True)
