"""Databases to test on: SQLite in a file, and a PostgreSQL database of its own."""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING

import asyncpg  # type: ignore[import-untyped]  # it has no types
import pytest

from bot.config import Settings
from bot.storage.database import Database
from bot.storage.migrating import migrate

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

SERVER = "postgresql://postgres@127.0.0.1:5432"


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Neither the machine's settings nor a developer's `.env` reach a test."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"BOT_{name.upper()}", raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture(params=["sqlite", "postgresql"])
async def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'var' / 'bot.db'}"
        return
    name = f"bot_{secrets.token_hex(6)}"
    await _on_server(f"CREATE DATABASE {name}")
    yield f"postgresql+asyncpg://postgres@127.0.0.1:5432/{name}"
    await _on_server(f"DROP DATABASE {name} WITH (FORCE)")


async def _on_server(statement: str) -> None:
    try:
        server = await asyncpg.connect(f"{SERVER}/test", timeout=5)
    except (OSError, TimeoutError, asyncpg.PostgresError) as error:
        missing = f"PostgreSQL does not answer on {SERVER}/test: {error!r}"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(f"LEFT OUT: {missing}")
    try:
        await server.execute(statement)
    finally:
        await server.close()


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    opened = await Database.open(database_url)
    await migrate(opened)
    yield opened
    await opened.close()
