"""The page on a phone, where one pane fills the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.browser.visitor import PHONE, Visitor
from tests.playground.talking import TOM, keys

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser, Locator

    from tests.playground.talking import Talk

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


@pytest_asyncio.fixture(loop_scope="session", params=["light", "dark"])
async def phone(browser: Browser, talk: Talk, request: pytest.FixtureRequest) -> AsyncIterator[Visitor]:
    async with Visitor(browser, talk.api.url, PHONE, request.param) as opened:
        yield opened


async def box(place: Locator) -> tuple[float, float]:
    """The top and bottom edges."""
    found = await place.bounding_box()
    assert found is not None
    return found["y"], found["y"] + found["height"]


async def test_a_tap_on_a_person_leads_to_their_chat(phone: Visitor) -> None:
    await phone.page.locator("#to-chats").tap()
    await phone.page.locator(".person", has_text="Lin").tap()
    await expect(phone.page.locator("#start")).to_be_visible()
    await expect(phone.page.locator("#side")).not_to_be_in_viewport()


async def test_so_does_a_tap_on_who_one_is_already(phone: Visitor) -> None:
    await phone.page.locator("#to-chats").tap()
    await phone.page.locator(".person", has_text="Tom").tap()
    await expect(phone.page.locator("#field")).to_be_visible()
    await expect(phone.page.locator("#side")).not_to_be_in_viewport()


async def test_a_notice_covers_neither_the_date_nor_what_is_said(talk: Talk, phone: Visitor) -> None:
    await talk.call("sendMessage", chat_id=TOM, text="tap me", reply_markup=keys(text="Here", callback_data="x"))
    await phone.keys("Here").tap()
    (update,) = [each for each in await talk.updates() if "callback_query" in each]
    await talk.call("answerCallbackQuery", callback_query_id=update["callback_query"]["id"], text="Done. " * 10)
    toast = phone.page.locator(".toast")
    await expect(toast).to_be_visible()
    await toast.evaluate("shown => Promise.all(shown.getAnimations().map(each => each.finished))")
    top, bottom = await box(toast)
    assert top >= (await box(phone.keys("Here")))[1]
    assert bottom <= PHONE[1]


async def test_what_arrives_once_the_clock_was_moved_is_seen(talk: Talk, phone: Visitor) -> None:
    await phone.page.locator("#to-tools").tap()
    await expect(phone.page.locator("#clock-moves")).to_be_in_viewport()
    await phone.page.locator("#clock-moves button").last.tap()
    await expect(phone.page.locator(".toast")).to_be_visible()
    await talk.call("sendMessage", chat_id=TOM, text="a post")
    await expect(phone.last).to_contain_text("a post")
    await expect(phone.last).to_be_in_viewport()
    await expect(phone.page.locator("#to-tools")).to_have_attribute("aria-expanded", "false")


async def test_what_a_deep_link_carries_is_not_shown(talk: Talk, phone: Visitor) -> None:
    await talk.sim("start", user_id=TOM, payload="s_-1001000000001_0")
    await expect(phone.last.locator(".text")).to_have_text("/start")
    await phone.page.locator("#to-chats").tap()
    await expect(phone.page.locator(".chat-item", has_text="s_-100")).to_have_count(0)


async def test_a_folded_quote_shows_its_first_line_alone(talk: Talk, phone: Visitor) -> None:
    words = "<blockquote expandable>Money\nReward: 200\n\nAreas\nAll of it: 150</blockquote>"
    await talk.call("sendMessage", chat_id=TOM, text=words, parse_mode="HTML")
    quote = phone.last.locator(".quote-text")
    folded = (await box(quote))[1] - (await box(quote))[0]
    await phone.last.locator(".fold").tap()
    unfolded = (await box(quote))[1] - (await box(quote))[0]
    assert unfolded > 4 * folded
    assert (await quote.inner_text()).splitlines() == ["Money", "Reward: 200", "", "Areas", "All of it: 150"]


async def test_a_reply_to_the_bot_begins_with_a_tap_that_can_be_seen(talk: Talk, phone: Visitor) -> None:
    await talk.call("sendMessage", chat_id=TOM, text="Reply to this with what it doesn't say. " * 9)
    reply = phone.last.get_by_role("button", name="Reply")
    await expect(reply).to_be_in_viewport(ratio=1)
    await expect(reply).to_have_css("opacity", "1")
    (wide, room) = await phone.last.evaluate("message => [message.scrollWidth, message.clientWidth]")
    assert wide <= room
    await reply.tap()
    await expect(phone.page.locator("#replying-what")).to_contain_text("Reply to this")
    await expect(phone.page.locator("#field")).to_be_focused()


async def test_notices_take_each_others_place_and_do_not_pile_up(phone: Visitor) -> None:
    await phone.page.locator("#to-tools").tap()
    for button in (0, 1, 2):
        async with phone.page.expect_response("**/sim/clock"):
            await phone.page.locator("#clock-moves button").nth(button).tap()
    await phone.page.wait_for_function(
        """() => {
            const day = document.querySelector("#clock-now").textContent.replace(/ [^ ]+$/, "");
            return [...document.querySelectorAll(".toast")].some((toast) => toast.textContent.includes(day));
        }"""
    )
    await expect(phone.page.locator(".toast").filter(has_text="It's now")).to_have_count(1)


async def test_a_list_shows_where_one_line_of_a_message_ends(talk: Talk, phone: Visitor) -> None:
    await talk.call("sendMessage", chat_id=TOM, text="<b>The title</b>\n\nThe text", parse_mode="HTML")
    await expect(phone.last).to_be_visible()
    await phone.page.locator("#to-chats").tap()
    await expect(phone.page.locator(".chat-last").first).to_have_text("The title · The text")


async def test_each_script_has_its_own_glyphs(talk: Talk, phone: Visitor) -> None:
    for text, lang in (
        ("文章没说", "zh-Hans"),
        ("文章沒說", "zh-Hant"),
        ("最高獎勵2億元", "zh-Hant"),
        ("the text", "en"),
    ):
        await talk.call("sendMessage", chat_id=TOM, text=text)
        await expect(phone.last.locator(".text")).to_have_attribute("lang", lang)


async def test_a_full_stop_after_a_command_begins_no_line(talk: Talk, phone: Visitor) -> None:
    await talk.call("sendMessage", chat_id=TOM, text="\n".join("字" * length + " /listen。" for length in range(30)))
    commands = phone.last.locator(".text a")
    await expect(commands).to_have_count(30)
    apart = await commands.evaluate_all(
        """commands => commands.filter(command => {
            const stop = new Range();
            stop.setStart(command.nextSibling, 0);
            stop.setEnd(command.nextSibling, 1);
            return stop.getBoundingClientRect().top >= command.getBoundingClientRect().bottom;
        }).map(command => command.previousSibling.data)"""
    )
    assert apart == []
    await commands.first.tap()
    await expect(phone.last.locator(".text")).to_have_text("/listen")
