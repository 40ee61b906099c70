"""What only a client of Telegram's can show: the list of inline results, and a quiz, with the real bot behind them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.browser.visitor import TEXTS

if TYPE_CHECKING:
    from playwright.async_api import Locator

    from tests.browser.visitor import Demo

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

AUDIT = (Path(__file__).parent / "audit.js").read_text(encoding="utf-8")
BOT, GROUP = "@chancheng_facts_bot", "Chancheng readers"
HOW_BIG = "how big is the gathering area"


async def listed(demo: Demo, question: str) -> Locator:
    """Type the bot's name and a question, letter by letter as a person does; return the results."""
    await demo.visitor.page.locator("#field").press_sequentially(f"{BOT} {question}")
    results = demo.visitor.page.locator("#suggest .result")
    await expect(results.first).to_contain_text("20 km²")
    return results


async def test_typing_the_bots_name_lists_results_and_the_chosen_one_is_posted(demo: Demo) -> None:
    visitor, page = demo.visitor, demo.visitor.page
    await visitor.open(GROUP)
    results = await listed(demo, HOW_BIG)
    assert 1 < await results.count() <= 10
    assert await page.evaluate(AUDIT) == []
    title = await results.first.locator("strong").inner_text()
    await results.first.click()
    await expect(page.locator("#suggest")).to_be_hidden()
    await expect(page.locator("#field")).to_have_value("")
    posted = page.locator(".mine .message").last
    await expect(posted).to_contain_text(title)
    await expect(posted.locator(".via")).to_have_text(f"via {BOT}")
    await expect(visitor.answers).to_have_count(0)
    await posted.get_by_role("link", name=TEXTS["en"]("button.ask_more")).click()
    await expect(page.locator("#chat-title")).not_to_have_text(GROUP)
    await expect(visitor.answers.last).to_contain_text(title)


async def test_a_result_is_chosen_with_the_keyboard_alone(demo: Demo) -> None:
    page, keyboard = demo.visitor.page, demo.visitor.page.keyboard
    await demo.visitor.open(GROUP)
    results = await listed(demo, HOW_BIG)
    second = await results.nth(1).locator("strong").inner_text()
    await keyboard.press("ArrowDown")
    await expect(results.nth(1)).to_have_attribute("aria-selected", "true")
    await keyboard.press("Enter")
    await expect(page.locator(".mine .message").last).to_contain_text(second)


async def test_escape_leaves_the_list_and_a_question_without_an_answer_offers_the_private_chat(demo: Demo) -> None:
    page = demo.visitor.page
    await demo.visitor.open(GROUP)
    await listed(demo, HOW_BIG)
    await page.keyboard.press("Escape")
    await expect(page.locator("#suggest")).to_be_hidden()
    await page.locator("#field").fill(f"{BOT} zqx vvv")
    offered = page.locator("#suggest").get_by_role("option")
    await expect(offered).to_have_count(1)
    await expect(offered).to_contain_text(TEXTS["en"]("inline.nothing"))
    await offered.click()
    await expect(page.locator("#chat-title")).not_to_have_text(GROUP)
    await expect(demo.visitor.answers).to_have_count(1)


async def test_a_quiz_shows_the_right_option_and_why_only_to_who_has_answered(demo: Demo) -> None:
    visitor, page = demo.visitor, demo.visitor.page
    await visitor.open(GROUP)
    await visitor.write(f"/quiz{BOT}")
    poll = page.locator(".poll")
    options = poll.get_by_role("button")
    await expect(options.first).to_be_visible()
    count = await options.count()
    assert count > 1
    await expect(poll.locator(".poll-why, .right")).to_have_count(0)
    assert await page.evaluate(AUDIT) == []
    chosen = await options.last.inner_text()
    await options.last.click()
    await expect(poll.locator(".poll-option.right")).to_have_count(1)
    await expect(poll.locator(".poll-option", has_text="your answer")).to_contain_text(chosen)
    await expect(poll.locator(".poll-why")).to_contain_text("19 June 2022")
    await expect(poll).to_contain_text("1 answered")
    await expect(options).to_have_count(0)
    assert await page.evaluate(AUDIT) == []
    await visitor.become("Mei")
    await expect(options).to_have_count(count)
    await expect(poll.locator(".poll-why, .right")).to_have_count(0)
    await options.first.click()
    await expect(poll).to_contain_text("2人答过")
