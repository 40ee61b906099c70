"""The five steps of the README, taken by somebody new, with our own server in Telegram's place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.app import running
from bot.config import ROOT, load_settings
from bot.doctor import there
from tests.facts.bases import written
from tests.flows.sim import BOT, GROUP, LIN, TOM, Sim, labels

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from bot.playground.server import LocalBotApi

# What step 2 says of each, and what the bot finds of it: the server's own bot has them so.
BOTFATHER = ("/newbot", "/setprivacy", "/setjoingroups", "/setinline", "/setdescription", "/setcommands")


def test_the_readme_lists_five_steps_with_every_setting_of_botfather() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    steps = readme.partition("## Run it on Telegram\n")[2].partition("\n## ")[0]
    assert re.findall(r"^([0-9])\. ", steps, re.MULTILINE) == list("12345")
    for each in (*BOTFATHER, "cp .env.example .env", "BOT_TOKEN=", "BOT_ADMIN_IDS=", "make run", "/subscribe"):
        assert f"`{each}`" in steps, each


def filled(example: str, **values: str) -> str:
    """The `.env` of steps 3 and 4: lines without their `#`, and something behind them."""
    for name, value in values.items():
        example, changed = re.subn(rf"^#?{name}=.*$", f"{name}={value}", example, count=1, flags=re.MULTILINE)
        assert changed, name
    return example


async def test_whoever_takes_them_has_a_bot_that_answers_posts_and_takes_changes(
    api: LocalBotApi, sim: Sim, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    folder = written(tmp_path / "base")
    env = filled(
        example,
        BOT_TOKEN=api.token,
        BOT_ADMIN_IDS=str(LIN),
        BOT_API_URL=api.url,
        BOT_FACTS_DIR=str(folder),
        BOT_CACHE_DIR=str(tmp_path / "cache"),
    )
    (tmp_path / ".env").write_text(env, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    settings = load_settings()
    await sim.post("member", chat_id=GROUP, user_id=BOT, status="left", by=LIN)
    async with running(settings, api.clock):
        for user in (TOM, LIN):
            await sim.post("start", user_id=user)
            await sim.heard(user)
        assert "The fact itself" in (await sim.ask(TOM, "what does the article say"))["text"]
        await sim.post("member", chat_id=GROUP, user_id=BOT, status="member", by=TOM)
        assert "/ask" in (await sim.heard(GROUP))["text"]
        panel = await sim.ask(TOM, "/subscribe", GROUP)
        await sim.tap(TOM, panel, "Turn on")
        assert "Every Monday at 09:00" in (await sim.edited(GROUP))["text"]
        assert (await sim.reload())["text"].startswith("没有变化")
        assert labels(await sim.ask(LIN, "/facts"))
    monkeypatch.setattr(there, "LISTEN", 1)  # nobody polls by now
    findings = [finding async for finding in there.examined(settings)]
    assert [(each.subject, each.said) for each in findings if each.mend] == []
