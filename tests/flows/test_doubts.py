"""A doubt about what is printed travels with it wherever it goes, unfolded, over real HTTP; on a base with just one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.facts.bases import FACTS, written
from tests.flows.sim import GROUP, LIN, MEI, TOM, Json, Sim, button

if TYPE_CHECKING:
    from pathlib import Path

    from bot.app import Running

QUESTION, MARK = "what does the article say", "⚠️"
DOUBT = {"en": "Another paragraph has it otherwise.", "zh": "另一段的说法不一样。"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = written(tmp_path / "base")
    file = folder / FACTS
    note = f"  notes:\n    - {{kind: doubt, en: {DOUBT['en']}, zh: {DOUBT['zh']}}}\n  evidence:"
    file.write_text(file.read_text(encoding="utf-8").replace("  evidence:", note, 1), encoding="utf-8")
    return folder


@pytest.fixture(autouse=True)
async def _started(bot: Running, sim: Sim) -> None:
    for user in (TOM, MEI, LIN):
        await sim.post("start", user_id=user)
        await sim.heard(user)


def doubted(message: Json, lang: str = "en") -> bool:
    """Whether the title bears the mark and the doubt stands outside the folded quote."""
    text, entities = str(message["text"]), message.get("entities", [])
    folded = [each for each in entities if each["type"] == "expandable_blockquote"]
    start = folded[0]["offset"] if folded else len(text)
    return MARK in text.splitlines()[0] and DOUBT[lang] in text[: start + 2]


async def test_on_the_card_in_both_languages_and_under_a_deep_link(sim: Sim) -> None:
    assert doubted(await sim.ask(TOM, QUESTION))
    assert doubted(await sim.ask(MEI, "这篇文章说了什么"), "zh")
    await sim.post("start", user_id=TOM, payload="f_the-article")
    assert doubted(await sim.heard(TOM))


async def test_in_the_list_of_inline_results_and_on_what_is_posted(sim: Sim) -> None:
    await sim.post("start", user_id=TOM, payload="f_the-article")
    card = await sim.heard(TOM)
    shared = button(card, "Share")["switch_inline_query"]
    query = (await sim.post("inline", user_id=TOM, query=shared))["inline_query_id"]
    result = (await sim.next("inline", lambda e: e["inline_query_id"] == query))["results"][0]
    assert result["title"].startswith(MARK)
    assert result["description"].startswith(f"Doubt: {DOUBT['en']}")
    await sim.post("choose", user_id=TOM, chat_id=GROUP, inline_query_id=query, result_id=result["id"])
    posted = await sim.next("message", lambda e: e["chat_id"] == GROUP and "via_bot" in e["message"])
    assert doubted(posted["message"])


async def test_in_the_preview_and_the_post_of_a_series(sim: Sim, bot: Running) -> None:
    assert doubted(await sim.ask(TOM, "/digest"))
    panel = await sim.ask(TOM, "/subscribe")
    await sim.tap(TOM, panel, "Turn on")
    await sim.edited(TOM)
    kept = await bot.services.subscriptions.get(TOM, None)
    assert kept is not None
    assert kept.next_due_at is not None
    await sim.post("clock", to=kept.next_due_at.isoformat())
    assert doubted(await sim.heard(TOM))


async def test_a_quiz_is_never_made_of_it(sim: Sim) -> None:
    asked = await sim.ask(TOM, "/quiz")
    assert "poll" not in asked
    assert MARK not in asked["text"]
