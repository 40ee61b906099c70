"""A curator changes a file and reloads; people see it at once, or nothing of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.flows.sim import LIN, TOM, Sim

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("bot")
QUESTION = "how much is the maximum reward"


async def start(sim: Sim) -> None:
    for user in (TOM, LIN):
        await sim.post("start", user_id=user)
        await sim.heard(user)


def change(folder: Path, old: str, new: str) -> None:
    for path in folder.rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        if old in text:
            path.write_text(text.replace(old, new), encoding="utf-8")
            return
    raise AssertionError(f"{old!r} is nowhere in the base")


async def test_a_changed_fact_is_answered_after_a_reload_and_not_before(sim: Sim, folder: Path) -> None:
    await start(sim)
    before = (await sim.ask(TOM, QUESTION))["text"].splitlines()[0]
    change(folder, before, before + " at most")
    assert (await sim.ask(TOM, QUESTION))["text"].splitlines()[0] == before
    await sim.ask(LIN, "/reload")
    assert (await sim.ask(TOM, QUESTION))["text"].splitlines()[0] == before + " at most"


async def test_a_broken_file_is_named_and_the_old_facts_stay(sim: Sim, folder: Path) -> None:
    await start(sim)
    before = (await sim.ask(TOM, QUESTION))["text"]
    broken = min((folder / "facts").glob("*.yaml"))
    broken.write_text("- id: [\n", encoding="utf-8")
    assert broken.name in (await sim.ask(LIN, "/reload"))["text"]
    assert (await sim.ask(TOM, QUESTION))["text"] == before


async def test_questions_are_answered_while_two_reloads_run(sim: Sim) -> None:
    await start(sim)
    await sim.say(LIN, "/reload")
    await sim.say(LIN, "/reload")
    assert "200 million" in (await sim.ask(TOM, QUESTION))["text"]
    await sim.heard(LIN)
    await sim.heard(LIN)
