"""The pages of docs/ that are made from the program say what it says today: `make docs` writes them anew."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from bot.config import ROOT, Settings
from tests.documents import commands, conversations
from tests.moments import MOMENTS

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


def test_they_are_linked_from_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in ("commands.md", "conversations.md", "moments.md"):
        assert f"(docs/{name})" in readme


def test_another_port_is_chosen_as_the_readme_says() -> None:
    command = "make run PORT=8081"
    assert f"`{command}`" in (ROOT / "README.md").read_text(encoding="utf-8")
    # Only said, not done; and nothing is installed first.
    said = subprocess.run([*command.split(), "-n", "-o", ".venv/.run"], cwd=ROOT, capture_output=True, check=True)  # noqa: S603 - ours
    assert b"-m bot playground --port 8081;" in said.stdout


def test_every_moment_has_its_picture_and_the_page_shows_it() -> None:
    page = written("moments.md")
    for name in MOMENTS:
        assert f"(pictures/{name}.png)" in page
        assert (ROOT / "docs" / "pictures" / f"{name}.png").is_file()
    assert page.count("(pictures/") == len(MOMENTS) >= 10
