"""A fact that changes its meaning after it was posted is put right once, under its post."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from facts.digest import series
from tests.facts.bases import fact, small
from tests.flows.sim import LIN, TOM, Json, Sim

if TYPE_CHECKING:
    from pathlib import Path

    from bot.app import Running


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A base of two facts, which is built in no time."""
    folder = tmp_path / "base"
    for name, content in (small() | {"facts/second.yaml": fact(digest="true")}).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(re.sub(rb" +#.*", b"", content))
    return folder


def change(folder: Path, fact: str, was: str, now: str) -> None:
    """Replace something in a fact's entry."""
    path = next(path for path in folder.rglob("facts/*.yaml") if f"id: {fact}\n" in path.read_text(encoding="utf-8"))
    before, entry = path.read_text(encoding="utf-8").split(f"id: {fact}\n")
    assert was in entry
    path.write_text(f"{before}id: {fact}\n{entry.replace(was, now, 1)}", encoding="utf-8")


async def posted(sim: Sim, bot: Running) -> Json:
    """Tom's first post."""
    for user in (TOM, LIN):
        await sim.post("start", user_id=user)
        await sim.heard(user)
    panel = await sim.ask(TOM, "/subscribe")
    await sim.tap(TOM, panel, "Turn on")
    await sim.edited(TOM)
    kept = await bot.services.subscriptions.get(TOM, None)
    assert kept is not None
    assert kept.next_due_at is not None
    await sim.post("clock", to=kept.next_due_at.isoformat())
    return await sim.heard(TOM)


@pytest.mark.usefixtures("bot")
async def test_a_changed_fact_is_corrected_once_by_a_reply_and_other_words_are_not(
    sim: Sim, bot: Running, folder: Path
) -> None:
    post = await posted(sim, bot)
    fact = series(bot.services.library.base)[0]
    change(folder, fact.id, fact.title.en, fact.title.en + " again")
    assert "已换上" in await reloaded(sim)
    change(folder, fact.id, f"standing: {fact.standing}", "standing: done")
    assert "已换上" in await reloaded(sim)
    correction = await sim.heard(TOM)
    assert correction["text"].startswith(f"Corrected – {fact.title.en} again\n")
    assert "Done, reported" in correction["text"]
    assert correction["reply_to_message"]["message_id"] == post["message_id"]
    change(folder, fact.id, fact.title.en + " again", fact.title.en)
    assert "已换上" in await reloaded(sim)
    await sim.move_clock(timedelta(days=7).total_seconds())
    assert "2 of 2" in (await sim.heard(TOM))["text"]


async def reloaded(sim: Sim) -> str:
    await sim.tap(LIN, await sim.reload(), "换上")
    return str((await sim.decided(LIN))["text"])
