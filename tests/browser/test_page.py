"""The page itself: the test speaks for the bot, so that any message can be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.browser.visitor import Visitor
from tests.playground.talking import GROUP, MEI, TOM

if TYPE_CHECKING:
    from playwright.async_api import Browser

    from tests.playground.talking import Json, Talk

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

HOSTILE = (
    "<script>window.hit=1</script><img src=x onerror='window.hit=2'><iframe src='/sim/state'></iframe>"
    '"><svg onload=window.hit=3> {{7*7}} ${window.hit=4} javascript:window.hit=5 &lt;b&gt; \u202e\u0000'
)


def keyboard(*rows: list[Json]) -> Json:
    return {"inline_keyboard": list(rows)}


async def said(talk: Talk, text: str, **more: object) -> Json:
    sent: Json = await talk.call("sendMessage", chat_id=TOM, text=text, **more)
    return sent


async def test_entities_are_shown_at_utf16_offsets_and_nested(talk: Talk, visitor: Visitor) -> None:
    await said(
        talk,
        "😀 <b>bold <i>both</i></b> <code>1 &lt; 2</code>\n<blockquote>quoted</blockquote>\nend",
        parse_mode="HTML",
    )
    text = visitor.last.locator(".text")
    await expect(text.locator("strong")).to_have_text("bold both")
    await expect(text.locator("strong em")).to_have_text("both")
    await expect(text.locator("code")).to_have_text("1 < 2")
    await expect(text.locator("blockquote")).to_have_text("quoted")
    assert await text.inner_text() == "😀 bold both 1 < 2\nquoted\nend"


async def test_hidden_words_are_shown_when_tapped(talk: Talk, visitor: Visitor) -> None:
    await said(talk, "guess: <tg-spoiler>four</tg-spoiler>", parse_mode="HTML")
    hidden = visitor.last.get_by_role("button", name="Hidden words")
    await hidden.click()
    await expect(visitor.last.locator(".spoiler.shown")).to_have_text("four")
    await expect(hidden).to_have_count(0)


async def test_whatever_is_written_stays_text(talk: Talk, visitor: Visitor) -> None:
    await visitor.write(HOSTILE.replace("\0", ""))
    await expect(visitor.last).to_contain_text("<script>window.hit=1</script>")
    button = {"text": "<img src=x onerror=window.hit=6>", "callback_data": "<script>"}
    link = '<a href="javascript:window.hit=7">js</a> <a href="data:text/html,x">data</a>'
    await said(talk, link, parse_mode="HTML", reply_markup=keyboard([button]))
    await expect(visitor.last.locator(".key")).to_have_text(button["text"])
    await talk.sim("message", user_id=MEI, chat_id=GROUP, text=HOSTILE.replace("\0", ""))
    await expect(visitor.page.locator(".chat-item", has_text="Mei: <script>")).to_be_visible()
    await visitor.page.locator(".call summary").first.click()
    await expect(visitor.page.locator(".json").first).to_be_visible()
    assert await visitor.page.evaluate("window.hit") is None
    assert await visitor.page.locator(":is(.log, .side, .tools) :is(script, img, iframe, svg[onload])").count() == 0
    assert await visitor.page.locator("a[href^='javascript'], a[href^='data']").count() == 0


async def test_only_addresses_of_the_web_and_mail_are_followed(visitor: Visitor) -> None:
    """The server lets no others through; the page doesn't rely on it."""
    followed = await visitor.page.evaluate(
        """async raws => {
            const { webAddress } = await import("/page/entities.js");
            return raws.filter(webAddress);
        }""",
        [
            "https://example.org/a",
            "example.org",
            "mailto:a@example.org",
            "javascript:alert(1)",
            " JavaScript://example.org/%0aalert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "tg://resolve?domain=x",
            "https://",
        ],
    )
    assert followed == ["https://example.org/a", "example.org", "mailto:a@example.org"]


async def test_an_edit_changes_the_message_in_place_and_says_so(talk: Talk, visitor: Visitor) -> None:
    first = await said(talk, "before")
    await said(talk, "after it")
    await talk.call("editMessageText", chat_id=TOM, message_id=first["message_id"], text="changed")
    message = visitor.page.locator(f"[data-message='{first['message_id']}']")
    await expect(message.locator(".text")).to_have_text("changed")
    await expect(message.locator(".edited")).to_be_visible()
    await expect(visitor.last.locator(".text")).to_have_text("after it")


async def test_a_tap_waits_for_its_answer_which_is_a_toast_or_an_alert(talk: Talk, visitor: Visitor) -> None:
    await said(talk, "tap", reply_markup=keyboard([{"text": "Key", "callback_data": "k"}]))
    await talk.updates()
    for show_alert, place in ((False, "#toasts"), (True, "#dialog")):
        await visitor.keys("Key").click()
        await expect(visitor.keys("Key")).to_have_attribute("aria-busy", "true")
        query = (await talk.updates(timeout=10))[0]["callback_query"]
        await talk.call("answerCallbackQuery", callback_query_id=query["id"], text="<b>Done</b>", show_alert=show_alert)
        await expect(visitor.page.locator(place)).to_contain_text("<b>Done</b>")
        await expect(visitor.keys("Key")).not_to_have_attribute("aria-busy", "true")
    await visitor.page.keyboard.press("Escape")
    await expect(visitor.page.locator("#dialog")).to_be_hidden()


async def test_a_notice_goes_as_one_begins_to_write_under_it(visitor: Visitor) -> None:
    await visitor.page.get_by_role("button", name="+1 day").click()
    await expect(visitor.page.locator(".toast")).to_be_visible()
    await visitor.page.locator("#field").press_sequentially("a")
    assert await visitor.page.locator(".toast").count() == 0


async def test_a_deep_link_stays_on_the_page_and_presses_start(talk: Talk, visitor: Visitor) -> None:
    bot = (await talk.call("getMe"))["username"]
    link = {"text": "A fact", "url": f"https://t.me/{bot}?start=f_some-fact"}
    await talk.call("sendMessage", chat_id=GROUP, text="See", reply_markup=keyboard([link]))
    await visitor.open("Chancheng readers")
    await visitor.page.locator("a.key").click()
    await expect(visitor.page.locator("#chat-title")).to_have_text("Chancheng Facts")
    await expect(visitor.last.locator(".text")).to_have_text("/start")
    sent = [update["message"].get("text") for update in await talk.updates() if "message" in update]
    assert sent[-1] == "/start f_some-fact"


async def test_a_reply_shows_what_it_answers_and_leads_there(talk: Talk, visitor: Visitor) -> None:
    first = await said(talk, "the first words")
    await visitor.last.hover()
    await visitor.last.get_by_role("button", name="Reply").click()
    await expect(visitor.page.locator("#replying")).to_contain_text("the first words")
    await visitor.write("mine")
    quoted = visitor.last.locator(".quoted")
    await expect(quoted).to_contain_text("the first words")
    await expect(visitor.page.locator("#replying")).to_be_hidden()
    await quoted.click()
    await expect(visitor.page.locator(f"[data-message='{first['message_id']}']")).to_be_focused()


async def test_typing_is_shown_until_the_message_comes(talk: Talk, visitor: Visitor) -> None:
    await talk.call("sendChatAction", chat_id=TOM, action="typing")
    await expect(visitor.page.locator(".typing")).to_be_visible()
    await expect(visitor.page.locator("#chat-about")).to_contain_text("typing…")
    await said(talk, "done")
    await expect(visitor.last.locator(".text")).to_have_text("done")
    await expect(visitor.page.locator(".typing")).to_have_count(0)


async def test_a_lost_connection_is_told_and_mended_with_what_was_missed(talk: Talk, visitor: Visitor) -> None:
    port, lost = talk.api.port, visitor.page.locator("#lost")
    await talk.api.stop()
    await expect(lost).to_be_visible()
    await expect(lost).to_have_text("Connection lost. Reconnecting…")
    await visitor.write("unheard")
    await expect(visitor.page.locator("#toasts")).to_contain_text("No answer from the server")
    await expect(visitor.page.locator("#field")).to_have_value("unheard")
    await talk.api.start(port=port)
    await said(talk, "while you were away")
    await expect(visitor.last.locator(".text")).to_have_text("while you were away")
    await expect(lost).to_be_hidden()
    visitor.complaints.clear()  # the browser itself reports the connections that it lost


async def test_a_refused_message_is_told_and_given_back(talk: Talk, visitor: Visitor) -> None:
    text = "\u200b" * 3 + "."
    await talk.sim("block", user_id=TOM, blocked=True)
    await expect(visitor.page.locator("#barred")).to_contain_text("You've blocked the bot.")
    await visitor.page.get_by_role("button", name="Unblock").click()
    await visitor.write(text)
    await expect(visitor.page.locator(".mine .message").last).to_contain_text(".")
    await visitor.page.locator("#field").fill("a" * 4097)
    await expect(visitor.page.locator("#count")).to_contain_text("1 over Telegram's limit")
    await expect(visitor.page.get_by_role("button", name="Send")).to_be_disabled()


async def test_enter_that_picks_chinese_characters_does_not_send(talk: Talk, visitor: Visitor) -> None:
    before = await visitor.messages.count()
    field = visitor.page.locator("#field")
    await field.fill("奖励")
    await field.dispatch_event("keydown", {"key": "Enter", "isComposing": True, "bubbles": True})
    await field.press("Shift+Enter")
    await expect(field).to_have_value("奖励\n")
    assert await visitor.messages.count() == before


async def test_of_many_messages_the_newest_show_at_once_and_the_oldest_can_be_scrolled_to(
    talk: Talk, visitor: Visitor
) -> None:
    world = talk.api.world
    for number in range(1000):
        world.post(world.chats[TOM], world.bot, {"text": f"message {number}"})
    await expect(visitor.last.locator(".text")).to_have_text("message 999")
    assert await visitor.messages.count() < 400
    log = visitor.page.locator("#log")
    while not await visitor.page.locator(".intro").count():
        first = await visitor.messages.first.get_attribute("data-message")
        await log.evaluate("log => { log.scrollTop = 0; }")
        await expect(visitor.messages.first).not_to_have_attribute("data-message", first or "")
    assert await visitor.messages.count() == 1001
    await visitor.page.get_by_role("button", name="To the newest message").click()
    await expect(visitor.last).to_be_in_viewport()


async def test_the_wire_shows_each_call_and_its_answer_and_can_be_filtered(talk: Talk, visitor: Visitor) -> None:
    await talk.answer("sendMessage", chat_id=5, text="nobody")
    await said(talk, "somebody")
    calls = visitor.page.locator(".call")
    await expect(calls).to_have_count(2)
    await visitor.page.get_by_role("searchbox").fill("400")
    await expect(calls).to_have_count(1)
    await calls.locator("summary").click()
    await expect(calls).to_contain_text('"description": "Bad Request: chat not found"')
    await visitor.page.get_by_role("searchbox").fill("getGame")
    await expect(visitor.page.locator("#wire-none")).to_have_text("No call matches.")


async def test_the_clock_is_set_to_any_time(visitor: Visitor) -> None:
    await visitor.page.get_by_label("Date and time").fill("2030-05-06T07:08")
    await visitor.page.get_by_role("button", name="Set", exact=True).click()
    await expect(visitor.page.locator("#clock-now")).to_have_text("Mon, 6 May 2030, 07:08")
    await visitor.page.get_by_role("button", name="+1 day").click()
    await expect(visitor.page.locator("#clock-now")).to_have_text("Tue, 7 May 2030, 07:08")


async def test_the_first_words_are_in_the_language_of_the_browser(browser: Browser, talk: Talk) -> None:
    for locale, name, words in (
        ("zh-CN", "Mei", "这里就能聊"),
        ("en-GB", "Tom", "Telegram"),
        ("fr-FR", "Tom", "Telegram"),
    ):
        async with Visitor(browser, talk.api.url, locale=locale) as visitor:
            await expect(visitor.page.locator(".person:has(:checked)")).to_contain_text(name)
            await expect(visitor.page.locator(".brand small")).to_contain_text(words)


async def test_language_and_theme_are_chosen_and_kept(visitor: Visitor) -> None:
    page = visitor.page
    await page.locator("#choose-language label", has_text="中文").click()
    await page.locator("#choose-theme label", has_text="深色").click()
    await page.reload()
    await expect(page.locator(".intro h1")).to_contain_text("这里就能聊")
    await expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert await page.evaluate("getComputedStyle(document.body).colorScheme") == "dark"
