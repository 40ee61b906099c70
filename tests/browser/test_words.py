"""The page's own words: the same keys and placeholders in both languages, and every key that is used."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import bot.playground

if TYPE_CHECKING:
    from tests.browser.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

PAGE = Path(bot.playground.__file__).parent / "page"
USED = re.compile(r"""\bt\((?:\w+ \? )?"(\w+)"(?: : "(\w+)")?|\blist\("(\w+)"|data-t(?:-\w+)?="(\w+)\"""")


async def test_both_languages_say_the_same_things_and_all_that_is_used(visitor: Visitor) -> None:
    words = await visitor.page.evaluate("import('/page/words.js').then(({ WORDS }) => WORDS)")
    assert words["en"].keys() == words["zh"].keys()
    for key, english in words["en"].items():
        assert placeholders(english) == placeholders(words["zh"][key]), key
    sources = [path.read_text(encoding="utf-8") for path in PAGE.iterdir() if path.suffix in {".js", ".html"}]
    used = {key for source in sources for found in USED.findall(source) for key in found if key}
    assert len(used) > 50
    assert used <= words["en"].keys()


def placeholders(words: str | list[str]) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", words)) if isinstance(words, str) else set()
