"""docs/local-bot-api.md lists what there is."""

from __future__ import annotations

import re
from pathlib import Path

from bot.playground.acts import ACTS
from bot.playground.methods import METHODS

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "local-bot-api.md").read_text(encoding="utf-8")


def test_every_act_is_documented_and_no_other() -> None:
    assert set(re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)) == set(ACTS)


def test_every_method_is_documented_and_no_other() -> None:
    listed = PAGE.partition("says so with 404.")[2].partition("Not emulated")[0]
    assert {name.lower() for name in re.findall(r"`(\w+)`", listed)} == {*METHODS, "getupdates"}
