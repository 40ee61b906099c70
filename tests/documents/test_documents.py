"""The pages of docs/ that are made from the program say what it says today: `make docs` writes them anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.config import ROOT, Settings
from tests.documents import commands, conversations

if TYPE_CHECKING:
    import pytest


def written(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def test_the_table_of_commands_is_that_of_the_routes() -> None:
    assert written("commands.md") == commands.page(), "stale: make docs"


async def test_the_conversations_are_what_the_bot_says_today(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"BOT_{name.upper()}", raising=False)
    assert written("conversations.md") == await conversations.page(), "stale: make docs"


def test_both_are_linked_from_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in ("commands.md", "conversations.md"):
        assert f"(docs/{name})" in readme
