"""The page for everyone: names, contrast, landmarks, no sideways scrolling, whatever stands in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest
from playwright.async_api import expect

from tests.browser.visitor import DESKTOP, PHONE, SMALL_PHONE, Visitor
from tests.playground.talking import GROUP, LIN, MEI, TOM

if TYPE_CHECKING:
    from playwright.async_api import Browser, Locator

    from tests.playground.talking import Talk

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

AUDIT = (Path(__file__).parent / "audit.js").read_text(encoding="utf-8")
# Lets the page finish what it draws in the next frame.
FRAME = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
RICH = (
    "<b>bold</b> <i>italic</i> <code>code</code> <a href='https://example.org'>link</a> /help\n"
    "<pre>a line of code that is too long for a phone and has to be scrolled sideways within its own frame</pre>"
    "<blockquote>quote</blockquote><blockquote expandable>" + "a long quote. " * 30 + "</blockquote>"
)
LONG = "W" * 400 + " " + "禅" * 400 + "\n" + "https://example.org/" + "x" * 300


async def furnish(talk: Talk) -> None:
    """Say something of every kind in the private chats and the group."""
    keys = [
        [
            {"text": "A label of twenty-eight chars", "callback_data": "a"},
            {"text": "禅城有多大禅城有多大", "callback_data": "b"},
        ],
        [{"text": "W" * 60, "url": "https://example.org"}],
    ]
    for user in (TOM, MEI, LIN):
        await talk.sim("start", user_id=user)
        await talk.call(
            "sendMessage", chat_id=user, text=RICH, parse_mode="HTML", reply_markup={"inline_keyboard": keys}
        )
        await talk.call("sendMessage", chat_id=user, text=LONG)
        await talk.call("sendMessage", chat_id=user, text="مرحبا بالعالم، هذا نص طويل من اليمين إلى اليسار")
        await talk.sim("message", user_id=user, chat_id=GROUP, text=LONG)
    sent = await talk.call("sendMessage", chat_id=GROUP, text="before")
    await talk.call("editMessageText", chat_id=GROUP, message_id=sent["message_id"], text="edited")
    await talk.call("sendMessage", chat_id=GROUP, text="a reply", reply_parameters={"message_id": sent["message_id"]})
    await talk.answer("sendMessage", chat_id=5, text="refused")
    await talk.call("setMyCommands", commands=[{"command": "help", "description": "What " + "x" * 200}])


async def audited(visitor: Visitor) -> None:
    await visitor.page.evaluate(FRAME)
    assert await visitor.page.evaluate(AUDIT) == []


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("person", ["Tom", "Mei"])
async def test_names_landmarks_and_contrast_hold_on_a_desktop(
    browser: Browser, talk: Talk, colours: Literal["light", "dark"], person: str
) -> None:
    await furnish(talk)
    async with Visitor(browser, talk.api.url, DESKTOP, colours) as visitor:
        page = visitor.page
        await visitor.become(person)
        await page.locator(".call summary").first.click()
        await page.locator(".fold").first.click()
        await scroll_to_top(page.locator("#log"))
        await audited(visitor)
        await visitor.open("Chancheng readers")
        await scroll_to_top(page.locator("#log"))
        await page.locator("#field").fill("/")
        await expect(page.locator("#suggest")).to_be_visible()
        await audited(visitor)
        await page.locator("#field").fill("")
        await page.locator("#chat-more").click()
        await audited(visitor)
        await page.keyboard.press("Escape")
        await page.locator("#reset").click()
        await audited(visitor)


async def test_the_audit_would_find_what_is_wrong(visitor: Visitor) -> None:
    await visitor.page.evaluate("""() => {
        document.documentElement.style.setProperty("--soft", "#b9b4aa");
        document.getElementById("send").removeAttribute("aria-label");
    }""")
    found = " ".join(await visitor.page.evaluate(AUDIT))
    assert "contrast" in found
    assert 'no name: <button id="send"' in found


@pytest.mark.parametrize("size", [SMALL_PHONE, PHONE])
async def test_nothing_scrolls_sideways_on_a_phone(browser: Browser, talk: Talk, size: tuple[int, int]) -> None:
    await furnish(talk)
    async with Visitor(browser, talk.api.url, size, "dark") as visitor:
        page = visitor.page
        await scroll_to_top(page.locator("#log"))
        await audited(visitor)
        await within(page.locator("#log"))
        await page.locator("#to-tools").tap()
        await expect(page.locator("#tools")).to_be_visible()
        await page.locator(".call summary").first.tap()
        await audited(visitor)
        await page.locator("#from-tools").tap()
        await page.locator("#to-chats").tap()
        await audited(visitor)
        await within(page.locator(".side-scroll"))
        await page.locator(".chat-item").last.tap()
        await expect(page.locator("#chat-title")).to_have_text("Chancheng readers")
        await within(page.locator("#log"))


async def test_on_a_phone_a_long_press_replies(browser: Browser, talk: Talk) -> None:
    await talk.call("sendMessage", chat_id=TOM, text="hold me")
    async with Visitor(browser, talk.api.url, PHONE) as visitor:
        touch = {"pointerType": "touch", "bubbles": True, "clientX": 50, "clientY": 300}
        await visitor.last.locator(".text").dispatch_event("pointerdown", touch)
        await expect(visitor.page.locator("#replying-what")).to_have_text("hold me")


async def test_arrows_walk_the_messages_and_r_replies(talk: Talk, visitor: Visitor) -> None:
    await talk.call("sendMessage", chat_id=TOM, text="one")
    await talk.call("sendMessage", chat_id=TOM, text="two")
    await expect(visitor.last).to_contain_text("two")
    await visitor.page.locator("#log").focus()
    await visitor.page.keyboard.press("ArrowUp")
    await expect(visitor.last).to_be_focused()
    await visitor.page.keyboard.press("ArrowUp")
    await visitor.page.keyboard.press("r")
    await expect(visitor.page.locator("#replying-what")).to_have_text("one")
    await expect(visitor.page.locator("#field")).to_be_focused()


async def test_no_tab_is_a_trap(talk: Talk, visitor: Visitor) -> None:
    await furnish(talk)
    await expect(visitor.last).to_contain_text("مرحبا")
    seen = set()
    for _ in range(200):
        await visitor.page.keyboard.press("Tab")
        focused = await visitor.page.evaluate("document.activeElement.id || document.activeElement.tagName")
        if focused == "BODY" and "reset" in seen:
            return
        seen.add(focused)
    pytest.fail(f"Tab never left the page: {seen}")


async def scroll_to_top(log: Locator) -> None:
    await log.evaluate("log => { log.scrollTop = 0; }")


async def within(pane: Locator) -> None:
    assert await pane.evaluate("pane => pane.scrollWidth - pane.clientWidth") <= 0
