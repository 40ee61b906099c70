"""The real Application and the local Bot API server, talking over HTTP on loopback, with simulated people."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr

from bot.app import Running, running
from bot.config import Settings, load_settings
from bot.playground.clock import MovableClock
from bot.playground.server import LocalBotApi
from tests.facts.bases import copied
from tests.flows.sim import LIN, WAIT, Sim

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Neither the machine's settings nor a developer's `.env` reach a test."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"BOT_{name.upper()}", raising=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copied(load_settings(None).folder, tmp_path / "facts")


@pytest.fixture
async def api() -> AsyncIterator[LocalBotApi]:
    async with LocalBotApi(MovableClock()) as server:
        yield server


@pytest.fixture
def settings(api: LocalBotApi, folder: Path, tmp_path: Path) -> Settings:
    return settings_for(api, folder, tmp_path)


def settings_for(api: LocalBotApi, facts: Path, state: Path) -> Settings:
    return load_settings(None).model_copy(
        update={
            "token": SecretStr(api.token),
            "api_url": api.url,
            "admin_ids": frozenset({LIN}),
            "facts_dir": facts,
            "database_url": f"sqlite+aiosqlite:///{state / 'bot.db'}",
            "ask_rate": 0,  # as does how much one person may ask
            "send_rate": 0,  # the pace has a test of its own; all others would wait for it
        }
    )


@pytest.fixture
async def sim(api: LocalBotApi) -> AsyncIterator[Sim]:
    async with Sim(api.url) as people:
        yield people


@pytest.fixture
async def bot(settings: Settings, api: LocalBotApi, sim: Sim) -> AsyncIterator[Running]:
    async with running(settings, api.clock) as started:
        yield started


class Logged(logging.Handler):
    """Waits for a line of the log: what happens inside the bot and shows nowhere else."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: asyncio.Queue[str] = asyncio.Queue()

    def emit(self, record: logging.LogRecord) -> None:
        self._lines.put_nowait(record.getMessage())

    async def __call__(self, message: str) -> None:
        async with asyncio.timeout(WAIT):
            while await self._lines.get() != message:
                pass


@pytest.fixture
def logged() -> Iterator[Logged]:
    handler = Logged()
    logging.getLogger("bot").addHandler(handler)
    yield handler
    logging.getLogger("bot").removeHandler(handler)
