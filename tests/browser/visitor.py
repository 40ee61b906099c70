"""Somebody before the page: what they see, and what they do with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Self

from playwright.async_api import expect

from handlers.texts import catalogues

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.async_api import Browser, BrowserContext, Locator, Page, Request

    from bot.playground.server import LocalBotApi
    from facts.model import FactBase

DESKTOP, PHONE, SMALL_PHONE = (1280, 800), (390, 844), (360, 640)
TEXTS = catalogues()


class Visitor:
    """A page of its own profile. On leaving, anything in its console and any request to elsewhere fails the test."""

    page: Page

    def __init__(
        self,
        browser: Browser,
        url: str,
        size: tuple[int, int] = DESKTOP,
        colours: Literal["light", "dark"] = "light",
        scale: float = 1,
        *,
        locale: str = "en-GB",
    ) -> None:
        self.url = url
        self.complaints: list[str] = []
        self._browser = browser
        self._context: BrowserContext | None = None
        self._size, self._colours, self._scale, self._locale = size, colours, scale, locale

    async def __aenter__(self) -> Self:
        width, height = self._size
        self._context = await self._browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=self._colours,
            device_scale_factor=self._scale,
            has_touch=width < 720,
            locale=self._locale,
        )
        self.page = await self._context.new_page()
        self.page.on("console", lambda said: self.complaints.append(f"{said.type}: {said.text}"))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._stays_here)
        await self.page.goto(self.url)
        await expect(self.page.locator("#chat-title")).not_to_be_empty()
        return self

    async def __aexit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self._context:
            await self._context.close()
        if kind is None:
            assert self.complaints == []

    def _stays_here(self, request: Request) -> None:
        if not request.url.startswith(f"{self.url}/"):
            self.complaints.append(f"a request left this server: {request.url}")

    @property
    def messages(self) -> Locator:
        return self.page.locator(".message")

    @property
    def last(self) -> Locator:
        return self.messages.last

    @property
    def answers(self) -> Locator:
        return self.page.locator(".theirs .message")

    def keys(self, label: str) -> Locator:
        """Buttons under messages with exactly that label, the newest last."""
        return self.page.locator(".key").filter(has=self.page.get_by_text(label, exact=True))

    async def become(self, name: str) -> None:
        await self.page.locator(".person", has_text=name).click()

    async def open(self, chat: str) -> None:
        await self.page.locator(".chat-item", has_text=chat).click()
        await expect(self.page.locator("#chat-title")).to_have_text(chat)

    async def write(self, text: str) -> None:
        await self.page.locator("#field").fill(text)
        await self.page.locator("#field").press("Enter")


@dataclass(frozen=True)
class Served:
    """A playground with its bot. `folder` is the copy of the facts that it serves, `base` as it was at first."""

    api: LocalBotApi
    base: FactBase
    folder: Path


@dataclass(frozen=True)
class Demo:
    """The page with the real bot behind it, and what that bot serves."""

    visitor: Visitor
    base: FactBase
    folder: Path
