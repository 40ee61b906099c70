"""`make screenshots`: pictures of typical moments of the playground, into docs/pictures. Needs a Chromium."""

from __future__ import annotations

import asyncio
import sys
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import aiohttp
from playwright.async_api import async_playwright, expect

from bot.config import load_settings
from bot.playground.running import playground
from facts.digest import series
from facts.loading import load
from tests.browser.chromium import ARGUMENTS, MISSING, executable
from tests.browser.visitor import TEXTS, Served, Visitor
from tests.playground.talking import Talk

if TYPE_CHECKING:
    from playwright.async_api import Browser

FOLDER = Path(__file__).parent.parent / "docs" / "pictures"
# A fixed Monday, so that pictures differ only where the page or the bot does.
DAY = datetime(2026, 3, 2, 2, 30, tzinfo=UTC)
DESKTOP, PHONE = (1280, 800), (375, 760)
GROUP = "Chancheng readers"


class Camera:
    """Opens the page on a world in which nothing was said, and takes pictures of it."""

    def __init__(self, browser: Browser, served: Served, http: aiohttp.ClientSession) -> None:
        self.browser = browser
        self.served = served
        self.talk = Talk(served.api, http)

    async def visitor(
        self, size: tuple[int, int], colours: Literal["light", "dark"], stack: AsyncExitStack, person: str = "Tom"
    ) -> Visitor:
        self.served.api.clock.move_to(DAY)
        await self.talk.sim("reset")
        scale = 2 if size == PHONE else 1.5
        visitor = await stack.enter_async_context(Visitor(self.browser, self.served.api.url, size, colours, scale))
        if person != "Tom":
            if size == PHONE:
                await visitor.page.locator("#to-chats").tap()
            await visitor.become(person)
            await visitor.page.locator(".chat-item").first.click()
        return visitor

    async def shoot(self, visitor: Visitor, name: str) -> None:
        page = visitor.page
        await page.mouse.move(0, 0)
        await page.evaluate("document.activeElement.blur()")
        await expect(page.locator("#toasts .toast")).to_have_count(0)
        await page.screenshot(path=FOLDER / f"{name}.png", animations="disabled")
        sys.stdout.write(f"{FOLDER / name}.png\n")


async def first_words(camera: Camera) -> None:
    for name, person in (("first-words-en", "Tom"), ("first-words-zh", "Mei")):
        async with AsyncExitStack() as stack:
            visitor = await camera.visitor(PHONE, "light", stack, person)
            await camera.shoot(visitor, name)


async def answers(camera: Camera) -> None:
    example = camera.served.base.source.examples[0]
    moments: tuple[tuple[str, str, tuple[int, int], Literal["light", "dark"]], ...] = (
        ("answer-en", "Tom", DESKTOP, "light"),
        ("answer-zh-dark", "Mei", DESKTOP, "dark"),
        ("phone-en", "Tom", PHONE, "light"),
        ("phone-zh-dark", "Mei", PHONE, "dark"),
    )
    for name, person, size, colours in moments:
        async with AsyncExitStack() as stack:
            visitor = await camera.visitor(size, colours, stack, person)
            await visitor.write(example.ask.en if person == "Tom" else example.ask.zh)
            await expect(visitor.answers).to_have_count(1)
            await visitor.answers.last.locator(".fold").click()
            await camera.shoot(visitor, name)


async def digest(camera: Camera) -> None:
    async with AsyncExitStack() as stack:
        visitor = await camera.visitor(DESKTOP, "light", stack)
        await visitor.open(GROUP)
        await visitor.write("/subscribe")
        await visitor.keys(TEXTS["en"]("panel.turn_on")).click()
        await expect(visitor.keys(TEXTS["en"]("panel.turn_off"))).to_be_visible()
        await visitor.page.get_by_role("button", name="Next Mon 09:00").click()
        await expect(visitor.answers.last).to_contain_text(series(camera.served.base)[0].title.en)
        await camera.shoot(visitor, "digest")


async def figures(camera: Camera) -> None:
    """The picture of /figures itself, and how a phone shows it."""
    looks: tuple[tuple[str, str, Literal["light", "dark"]], ...] = (("en", "Tom", "light"), ("zh", "Mei", "dark"))
    for lang, person, colours in looks:
        async with AsyncExitStack() as stack:
            visitor = await camera.visitor(PHONE, colours, stack, person)
            await visitor.write("/figures")
            picture = visitor.answers.last.locator(".picture img")
            await picture.evaluate("image => image.decode()")
            found = await visitor.page.request.get(f"{visitor.url}{await picture.get_attribute('src')}")
            (FOLDER / f"figures-{lang}.png").write_bytes(await found.body())
            await picture.scroll_into_view_if_needed()
            await camera.shoot(visitor, f"figures-phone-{lang}")


async def main() -> int:
    path = executable()
    if path is None:
        sys.stderr.write(f"{MISSING}: install one, for example with apt-get install chromium\n")
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    expect.set_options(timeout=20_000)
    settings = load_settings(None)
    async with AsyncExitStack() as stack:
        api, _ = await stack.enter_async_context(playground(settings, port=0))
        playwright = await stack.enter_async_context(async_playwright())
        browser = await playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        stack.push_async_callback(browser.close)
        http = await stack.enter_async_context(aiohttp.ClientSession())
        camera = Camera(browser, Served(api, load(settings.folder), settings.folder), http)
        await first_words(camera)
        await answers(camera)
        await digest(camera)
        await figures(camera)
    return 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
