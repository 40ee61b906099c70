"""Pictures on the page: the figures as the real bot draws them, with their words, and enlarged, on a phone too."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest
from playwright.async_api import expect

from bot.playground.images import grey
from tests.browser.visitor import DESKTOP, PHONE, TEXTS, Visitor
from tests.playground.talking import TOM
from tests.playground.test_photos import upload

if TYPE_CHECKING:
    from playwright.async_api import Browser

    from tests.browser.visitor import Demo
    from tests.playground.talking import Talk

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

AUDIT = (Path(__file__).parent / "audit.js").read_text(encoding="utf-8")


async def test_the_figures_come_as_a_picture_that_says_where_its_words_are(demo: Demo) -> None:
    visitor, page = demo.visitor, demo.visitor.page
    await page.locator("#start").click()
    await visitor.write("/figures")
    title = TEXTS["en"]("figures.title", subject=demo.base.source.subject.en)
    picture = visitor.answers.last.get_by_role(
        "img", name=f"Picture: {title}. The words below it tell all that it shows"
    )
    await expect(picture).to_be_visible()
    assert await picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 1080
    await expect(visitor.answers.last.locator(".text")).to_contain_text("Doubt: ")
    await expect(visitor.answers.last.locator(".text")).to_contain_text("Top reward: 200 million yuan · Plan")
    await expect(visitor.answers.last.locator(".folded")).to_have_count(0)
    assert await page.evaluate(AUDIT) == []


@pytest.mark.parametrize(("size", "colours"), [(PHONE, "dark"), (DESKTOP, "light")])
async def test_a_picture_is_enlarged_looked_at_closely_and_put_away(
    browser: Browser, talk: Talk, size: tuple[int, int], colours: Literal["light", "dark"]
) -> None:
    await upload(talk, grey(1080, 1500), caption="what it shows\nand more")
    async with Visitor(browser, talk.api.url, size, colours) as visitor:
        page, view = visitor.page, visitor.page.locator("#view")
        small = visitor.last.locator(".picture img")
        await small.evaluate("image => image.decode()")
        shown = await small.bounding_box()
        assert shown is not None
        assert shown["width"] <= size[0]
        assert shown["height"] / shown["width"] == pytest.approx(1500 / 1080, rel=0.02)
        assert await page.evaluate(AUDIT) == []
        await visitor.last.locator(".picture").click()
        large = view.get_by_role("img", name="Picture: what it shows.")
        whole = await large.bounding_box()
        assert whole is not None
        assert whole["height"] <= size[1]
        assert whole["width"] <= size[0]
        assert await page.evaluate(AUDIT) == []
        await large.click()
        close = await large.bounding_box()
        assert close is not None
        assert close["width"] == pytest.approx(1080, abs=1)
        await page.get_by_role("button", name="Close the picture").click()
        await expect(view).to_be_hidden()
        await visitor.last.locator(".picture").focus()
        await page.keyboard.press("Enter")
        await expect(view).to_be_visible()
        await page.keyboard.press("Escape")
        await expect(view).to_be_hidden()


async def test_a_picture_that_is_gone_is_named_instead(browser: Browser, talk: Talk) -> None:
    await upload(talk, grey(40, 30), caption="words")
    talk.api.world.files.forget()
    async with Visitor(browser, talk.api.url) as visitor:
        await expect(visitor.last.locator(".media")).to_have_text("Photo")
        await expect(visitor.last.locator(".text")).to_have_text("words")
        visitor.complaints.clear()  # the browser reports what is missing by itself


async def test_a_veiled_picture_is_bared_first_and_words_may_stand_above(talk: Talk, visitor: Visitor) -> None:
    await upload(talk, grey(400, 300), caption="words", has_spoiler="true", show_caption_above_media="true")
    picture = visitor.last.locator(".picture")
    await expect(picture.locator("img")).to_have_css("filter", "blur(28px)")
    await picture.click()
    await expect(picture.locator("img")).to_have_css("filter", "none")
    words, shown = await visitor.last.locator(".text").bounding_box(), await picture.bounding_box()
    assert words is not None
    assert shown is not None
    assert words["y"] < shown["y"]
    await picture.click()
    await expect(visitor.page.locator("#view")).to_be_visible()


async def test_people_send_pictures_too(talk: Talk, visitor: Visitor) -> None:
    await talk.sim("media", user_id=TOM, chat_id=TOM, kind="photo")
    await expect(visitor.last.get_by_alt_text("Photo")).to_be_visible()
    await expect(visitor.page.locator(".chat-item").first).to_contain_text("Photo")
