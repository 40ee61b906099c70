"""`make screenshots`: typical moments on a phone, each in both languages, light and dark, into docs/pictures.

One picture a moment: English and Chinese in light, English and Chinese in dark. `make screenshots ARGS="quiz inline"`
takes only those named. Needs a Chromium.
"""

from __future__ import annotations

import asyncio
import sys
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import aiohttp
from PIL import Image
from playwright.async_api import async_playwright, expect

from bot.config import load_settings
from bot.playground.running import playground
from facts.loading import load
from tests.browser.chromium import ARGUMENTS, MISSING, executable
from tests.browser.visitor import DESKTOP, Served, Visitor
from tests.moments import MOMENTS, Moment
from tests.playground.talking import GROUP, LIN, MEI, TOM, Talk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.async_api import Browser

    from bot.app import Running

FOLDER = Path(__file__).parent.parent / "docs" / "pictures"
# A fixed Monday: pictures differ only where the page or the bot does, but for the quiz, which every second is another.
DAY = datetime(2026, 3, 2, 2, 30, tzinfo=UTC)
PHONE, SCALE = (375, 760), 1.5
GAP, BEHIND = 18, (128, 122, 112)
COLOURS = 128
LOOKS: tuple[tuple[Literal["light", "dark"], Literal["en", "zh"]], ...] = (
    ("light", "en"), ("light", "zh"), ("dark", "en"), ("dark", "zh"),
)  # fmt: skip


class Camera:
    """Opens the page on a world in which nothing was said, and takes pictures of it."""

    def __init__(self, browser: Browser, served: Served, bot: Running, http: aiohttp.ClientSession) -> None:
        self._browser = browser
        self._served = served
        self._bot = bot
        self._talk = Talk(served.api, http)

    async def _begin_anew(self) -> None:
        """Empty the world, and what the bot remembers of it."""
        self._served.api.clock.move_to(DAY)
        await self._talk.sim("reset")
        for chat in (TOM, MEI, LIN, GROUP):
            await self._bot.services.subscriptions.remove(chat, None)

    async def sheet(self, name: str) -> None:
        """Take one moment in every look."""
        shots = [await self._shot(name, colours, lang) for colours, lang in LOOKS]
        keep(side_by_side(shots), name)

    async def _shot(self, name: str, colours: Literal["light", "dark"], lang: Literal["en", "zh"]) -> Image.Image:
        await self._begin_anew()
        async with Visitor(self._browser, self._served.api.url, PHONE, colours, SCALE) as visitor:
            moment = Moment(visitor, self._talk, self._served.base, lang)
            await MOMENTS[name](moment)
            if name != "inline":  # its list goes with the field
                await visitor.page.evaluate("document.activeElement.blur()")
            return await taken(visitor)

    async def overview(self) -> None:
        """The whole page on a desktop, for the README's first screen."""
        await self._begin_anew()
        async with Visitor(self._browser, self._served.api.url, DESKTOP, "light", SCALE) as visitor:
            await MOMENTS["answer"](Moment(visitor, self._talk, self._served.base, "en"))
            await visitor.answers.last.locator(".fold").click()
            keep(await taken(visitor), "answer-en")

    async def drawing(self, lang: Literal["en", "zh"]) -> None:
        """The picture of /figures itself."""
        await self._begin_anew()
        async with Visitor(self._browser, self._served.api.url, DESKTOP) as visitor:
            await MOMENTS["figures"](Moment(visitor, self._talk, self._served.base, lang))
            picture = await visitor.answers.last.locator(".picture img").get_attribute("src")
            found = await visitor.page.request.get(f"{visitor.url}{picture}")
            (FOLDER / f"figures-{lang}.png").write_bytes(await found.body())


async def taken(visitor: Visitor) -> Image.Image:
    page = visitor.page
    await page.mouse.move(0, 0)
    await expect(page.locator("#toasts .toast")).to_have_count(0)
    await expect(page.locator(".typing, .key[aria-busy]")).to_have_count(0)
    return Image.open(BytesIO(await page.screenshot(animations="disabled", caret="hide"))).convert("RGB")


def side_by_side(shots: Sequence[Image.Image]) -> Image.Image:
    width, height = shots[0].size
    sheet = Image.new("RGB", (len(shots) * (width + GAP) - GAP, height), BEHIND)
    for number, shot in enumerate(shots):
        sheet.paste(shot, (number * (width + GAP), 0))
    return sheet


def keep(picture: Image.Image, name: str) -> None:
    """Write it in few colours: the page has few."""
    path = FOLDER / f"{name}.png"
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    sys.stdout.write(f"{path} {path.stat().st_size // 1024} KiB\n")


async def main(names: Sequence[str]) -> int:
    path = executable()
    if path is None:
        sys.stderr.write(f"{MISSING}: install one, for example with apt-get install chromium\n")
        return 1
    if unknown := set(names) - set(MOMENTS):
        sys.stderr.write(f"there is no moment {', '.join(sorted(unknown))}; there are {', '.join(MOMENTS)}\n")
        return 2
    FOLDER.mkdir(parents=True, exist_ok=True)
    expect.set_options(timeout=20_000)
    settings = load_settings(None).model_copy(update={"ask_rate": 0})
    async with AsyncExitStack() as stack:
        api, bot = await stack.enter_async_context(playground(settings, port=0))
        playwright = await stack.enter_async_context(async_playwright())
        browser = await playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        stack.push_async_callback(browser.close)
        http = await stack.enter_async_context(aiohttp.ClientSession())
        camera = Camera(browser, Served(api, load(settings.folder), settings.folder), bot, http)
        if not names:
            await camera.overview()
            await camera.drawing("en")
            await camera.drawing("zh")
        for name in names or MOMENTS:
            await camera.sheet(name)
    return 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main(sys.argv[1:])))
