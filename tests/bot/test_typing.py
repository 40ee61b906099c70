"""Whoever waits sees that an answer is being worked on; nothing comes of it where there is nothing to wait for."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from telegram.error import BadRequest

from bot.telegram import typing as waiting
from bot.telegram.typing import typing

if TYPE_CHECKING:
    import pytest


class Shown:
    def __init__(self, error: Exception | None = None) -> None:
        self.times = 0
        self.once, self.again = asyncio.Event(), asyncio.Event()
        self._error = error

    async def __call__(self) -> None:
        self.times += 1
        (self.again if self.once.is_set() else self.once).set()
        if self._error:
            raise self._error


async def test_a_quick_answer_shows_nothing() -> None:
    shown = Shown()
    async with typing(shown):
        pass
    assert shown.times == 0


async def test_a_slow_answer_shows_it_until_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "PATIENCE", 0)
    monkeypatch.setattr(waiting, "AGAIN", 0)
    shown = Shown()
    async with asyncio.timeout(10), typing(shown):
        await shown.again.wait()
    before = shown.times
    await asyncio.sleep(0)
    assert shown.times == before


async def test_it_is_of_no_account_whether_it_can_be_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "PATIENCE", 0)
    shown = Shown(BadRequest("chat not found"))
    async with asyncio.timeout(10), typing(shown):
        await shown.once.wait()
    assert shown.times == 1
