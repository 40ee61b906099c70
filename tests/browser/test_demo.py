"""What a person can do on the page, with the real bot behind it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from facts.digest import series
from tests.browser.visitor import TEXTS

REVIEW = 60_000
"""Milliseconds: the base is built and asked all its test questions aside."""

if TYPE_CHECKING:
    from playwright.async_api import Locator

    from tests.browser.visitor import Demo

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

GROUP = "Chancheng readers"


async def test_the_first_words_say_what_this_is_and_offer_three_questions(demo: Demo) -> None:
    intro = demo.visitor.page.locator(".intro")
    await expect(intro.locator("h1")).to_have_text("Chancheng Facts, running here without Telegram")
    await expect(intro.locator(".try")).to_have_count(3)
    await expect(intro.locator(".try").first).to_have_text(demo.base.source.examples[0].ask.en)


async def test_a_question_is_answered_with_evidence_that_unfolds(demo: Demo) -> None:
    example, visitor = demo.base.source.examples[0], demo.visitor
    fact = demo.base.fact_by_id[example.fact]
    await visitor.page.locator(".intro .try").first.click()
    answer = visitor.answers.last
    await expect(answer).to_contain_text(fact.title.en)
    quote = answer.locator("blockquote.folded")
    await expect(quote).to_contain_text(fact.evidence[0].phrase)
    handle = quote.get_by_role("button")
    folded = await height(quote)
    await handle.click()
    await expect(handle).to_have_attribute("aria-expanded", "true")
    assert await height(quote) > folded
    await handle.click()
    await expect(handle).to_have_attribute("aria-expanded", "false")
    assert await height(quote) == folded


async def height(quote: Locator) -> float:
    box = await quote.bounding_box()
    assert box is not None
    return float(box["height"])


async def test_the_same_question_in_chinese_is_answered_in_chinese(demo: Demo) -> None:
    example, visitor = demo.base.source.examples[0], demo.visitor
    await visitor.become("Mei")
    await expect(visitor.page.locator("html")).to_have_attribute("lang", "zh-Hans")
    await expect(visitor.page.locator(".intro .try").first).to_have_text(example.ask.zh)
    await visitor.write(example.ask.zh)
    await expect(visitor.answers.last).to_contain_text(demo.base.fact_by_id[example.fact].title.zh)


async def test_start_greets_and_a_tapped_button_is_answered(demo: Demo) -> None:
    example, page = demo.base.source.examples[1], demo.visitor.page
    await page.get_by_role("button", name="Start", exact=True).click()
    await demo.visitor.keys(example.ask.en).click()
    await expect(demo.visitor.answers.last).to_contain_text(demo.base.fact_by_id[example.fact].title.en)
    await expect(page.locator(".key[aria-busy]")).to_have_count(0)


async def test_a_button_that_changes_its_own_message_does_so_in_place(demo: Demo) -> None:
    page = demo.visitor.page
    await demo.visitor.write("/topics")
    topics = demo.visitor.answers.last
    await expect(topics.locator(".key").first).to_be_visible()
    words = await topics.locator(".text").inner_text()
    await topics.locator(".key").first.click()
    await expect(topics.locator(".text")).not_to_have_text(words)
    await expect(demo.visitor.answers).to_have_count(1)
    await expect(page.locator(".call .method", has_text="editMessageText")).to_have_count(1)


async def test_a_group_subscribes_and_its_digest_comes_when_the_clock_is_moved(demo: Demo) -> None:
    visitor, page, words = demo.visitor, demo.visitor.page, TEXTS["en"]
    await visitor.open(GROUP)
    await page.locator(".intro .try", has_text="/subscribe").click()
    await visitor.keys(words("panel.turn_on")).click()
    await expect(visitor.keys(words("panel.turn_off"))).to_be_visible()
    await page.get_by_role("button", name="Next Mon 09:00").click()
    await expect(visitor.answers.last).to_contain_text(series(demo.base)[0].title.en)
    await expect(visitor.answers.last.locator("time")).to_have_text("09:00")
    await expect(page.locator("#clock-now")).to_have_text(re.compile(r"^Mon.* 09:0\d$"))


async def test_a_groups_posts_are_set_up_in_private_by_taps_alone(demo: Demo) -> None:
    visitor, words = demo.visitor, TEXTS["en"]
    await visitor.open(GROUP)
    await visitor.write("/unsubscribe")  # what an earlier visitor turned on
    await expect(visitor.answers).to_have_count(1)
    await visitor.write("/subscribe")
    await expect(visitor.answers).to_have_count(2)
    panel = visitor.answers.last  # the card that the earlier visitor was shown follows, and has the same keys
    await visitor.keys(words("panel.turn_on")).last.click()
    await expect(panel).to_contain_text(words("panel.turn_off"))
    await visitor.keys(words("panel.settings")).last.click()
    await expect(panel).to_contain_text(f"“{GROUP}”")
    for label in ("panel.zones", "panel.regions", "region.Africa"):
        await visitor.keys(words(label)).last.click()
    await visitor.page.locator(".key", has_text="Abidjan –").click()
    await visitor.keys("Accra").click()
    await expect(panel).to_contain_text("(Africa/Accra)")
    await visitor.keys(words("panel.hours")).last.click()
    await visitor.keys("20:00").click()
    await expect(panel).to_contain_text("Every Monday at 20:00")


async def test_a_member_who_may_not_subscribe_the_group_is_told_so(demo: Demo) -> None:
    visitor = demo.visitor
    await visitor.open(GROUP)
    await visitor.become("Mei")
    await expect(visitor.page.locator(".intro .try", has_text="/subscribe")).to_have_count(0)
    await visitor.write("/subscribe")
    await expect(visitor.answers.last).to_be_visible()
    await expect(visitor.keys(TEXTS["zh"]("panel.turn_on"))).to_have_count(0)


async def test_a_fact_changed_on_disk_is_told_after_a_reload(demo: Demo) -> None:
    example, visitor = demo.base.source.examples[0], demo.visitor
    before = demo.base.fact_by_id[example.fact].title.zh
    after = before + "！"
    await visitor.become("Lin")
    await visitor.write(example.ask.zh)
    await expect(visitor.answers).to_have_count(1)
    await expect(visitor.answers.last).to_contain_text(before)
    await expect(visitor.answers.last).not_to_contain_text(after)
    change(demo, before, after)
    await visitor.page.locator("#tries .try", has_text="/reload").click()
    await expect(visitor.answers).to_have_count(2, timeout=REVIEW)
    await visitor.keys(TEXTS["zh"]("reload.serve")).click()
    await expect(visitor.answers.last).to_contain_text(TEXTS["zh"]("reload.served", number=2))
    await visitor.write(example.ask.zh)
    await expect(visitor.answers).to_have_count(3)
    await expect(visitor.answers.last).to_contain_text(after)


def change(demo: Demo, before: str, after: str) -> None:
    changed = 0
    for path in demo.folder.glob("facts/*.yaml"):
        text = path.read_text(encoding="utf-8")
        changed += text.count(f"zh: {before}\n")
        path.write_text(text.replace(f"zh: {before}\n", f"zh: {after}\n"), encoding="utf-8")
    assert changed == 1


async def test_a_question_is_asked_and_followed_up_with_the_keyboard_alone(demo: Demo) -> None:
    example, page = demo.base.source.examples[0], demo.visitor.page
    keyboard = page.keyboard
    await keyboard.press("Tab")
    await expect(page.locator(".skip")).to_be_focused()
    await keyboard.press("Enter")
    await expect(page.locator("#field")).to_be_focused()
    await keyboard.type(example.ask.en)
    await keyboard.press("Enter")
    await expect(demo.visitor.answers.last).to_contain_text(demo.base.fact_by_id[example.fact].title.en)
    keys = demo.visitor.answers.last.locator(".key")
    for _ in range(2 + await keys.count()):  # past the paper clip and the button of the command menu
        await keyboard.press("Shift+Tab")
    await expect(keys.first).to_be_focused()
    await keyboard.press("Enter")
    await expect(demo.visitor.answers).to_have_count(2)


async def test_the_command_menu_is_the_bots_own_and_narrows_as_one_types(demo: Demo) -> None:
    page = demo.visitor.page
    field, menu = page.locator("#field"), page.locator("#suggest")
    await field.press("/")
    await expect(menu.get_by_role("option").first).to_be_visible()
    await expect(field).to_have_attribute("aria-expanded", "true")
    await field.press_sequentially("he")
    await expect(menu.get_by_role("option")).to_have_count(1)
    await field.press("Tab")
    await expect(field).to_have_value("/help ")
    await field.fill("/")
    await field.press("ArrowDown")
    await field.press("Escape")
    await expect(menu).to_be_hidden()
    await field.fill("/hel")
    await field.press("Enter")
    await expect(demo.visitor.page.locator(".mine .message").last).to_contain_text("/help")
    await expect(demo.visitor.answers).to_have_count(1)


async def test_the_command_menu_comes_back_after_starting_over(demo: Demo) -> None:
    page = demo.visitor.page
    await demo.visitor.write("/help")
    await expect(demo.visitor.answers).to_have_count(1)
    await page.get_by_role("button", name="Start over").click()
    await page.locator("#dialog").get_by_role("button", name="Start over").click()
    await expect(demo.visitor.messages).to_have_count(0)
    await page.locator("#field").press("/")
    await expect(page.locator("#suggest").get_by_role("option").first).to_be_visible()
