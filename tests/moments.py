"""Typical moments in a chat, played on the page with the real bot behind it, to have pictures taken of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from playwright.async_api import expect

from tests.browser.visitor import TEXTS, Visitor
from tests.playground.talking import GROUP, TOM, Talk

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from playwright.async_api import Locator

    from facts.model import FactBase

ROOM = "Chancheng readers"
BOT = "chancheng_facts_bot"
MONDAY = "2026-03-09T01:00:00+00:00"


@dataclass(frozen=True)
class Moment:
    """`lang`: what is spoken; the page speaks it because the person does."""

    visitor: Visitor
    talk: Talk
    base: FactBase
    lang: Literal["en", "zh"]

    def words(self, key: str) -> str:
        return TEXTS[self.lang](key)

    def of(self, en: str, zh: str) -> str:
        return en if self.lang == "en" else zh

    async def enter(self, person: str = "", chat: str = "") -> None:
        """Be Tom, or Mei where Chinese is spoken, or who is named; in the private chat or the group."""
        name = person or self.of("Tom", "Mei")
        to_chats = self.visitor.page.locator("#to-chats")
        small = await to_chats.is_visible()
        if small:
            await to_chats.tap()
        await self.visitor.become(name)
        item = self.visitor.page.locator(".chat-item", has_text=chat) if chat else self._private
        if small and await to_chats.is_visible():  # another person leads to their chat
            await to_chats.tap()
        await item.click()
        await expect(self.visitor.page.locator("#field")).to_be_visible()

    @property
    def _private(self) -> Locator:
        return self.visitor.page.locator(".chat-item").first

    async def say(self, text: str, answers: int = 1) -> Locator:
        """Write, and return the newest of so many answers."""
        await self.visitor.write(text)
        await expect(self.visitor.answers).to_have_count(answers)
        return self.visitor.answers.last

    async def ask(self, en: str, zh: str) -> None:
        await self.enter()
        await self.say(self.of(en, zh))

    async def tap(self, key: str) -> None:
        await self.visitor.keys(self.words(key)).last.click()


async def welcome(moment: Moment) -> None:
    await moment.enter()
    await moment.visitor.page.locator("#start").click()
    await expect(moment.visitor.answers).to_have_count(1)


async def answer(moment: Moment) -> None:
    example = moment.base.source.examples[0]
    await moment.ask(example.ask.en, example.ask.zh)


async def doubt(moment: Moment) -> None:
    await moment.ask("what is the GDP of Chancheng?", "禅城的GDP是多少？")


async def absent(moment: Moment) -> None:
    await moment.ask("how many digital firms does Nanhai have?", "南海有多少家数字经济企业？")


async def gap(moment: Moment) -> None:
    await moment.ask("how do I apply for the money?", "这个钱怎么申请？")


async def choices(moment: Moment) -> None:
    await moment.ask("money", "钱")


async def digest(moment: Moment) -> None:
    await moment.enter(moment.of("Tom", "Lin"), ROOM)
    await moment.say(f"/subscribe@{BOT}")
    await moment.tap("panel.turn_on")
    await expect(moment.visitor.keys(moment.words("panel.turn_off"))).to_be_visible()
    await moment.talk.sim("clock", to=MONDAY)
    await expect(moment.visitor.answers).to_have_count(2)


async def panel(moment: Moment) -> None:
    await moment.enter()
    await moment.say("/subscribe")
    await moment.tap("panel.turn_on")
    await expect(moment.visitor.keys(moment.words("panel.turn_off"))).to_be_visible()


async def quiz(moment: Moment) -> None:
    await moment.enter(chat=ROOM)
    await moment.visitor.write(f"/quiz@{BOT}")
    options = moment.visitor.page.locator(".poll-option")
    await options.last.click()
    await expect(moment.visitor.page.locator(".poll-why")).to_be_visible()


async def inline(moment: Moment) -> None:
    await moment.enter(chat=ROOM)
    question = moment.of("how big is the gathering area", "集聚区有多大")
    await moment.talk.sim("message", user_id=TOM, chat_id=GROUP, text=moment.of("How big will it be?", "到底有多大？"))
    await moment.visitor.page.locator("#field").fill(f"@{BOT} {question}")
    await expect(moment.visitor.page.locator("#suggest .result").first).to_contain_text("20")


async def figures(moment: Moment) -> None:
    await moment.enter()
    picture = (await moment.say("/figures")).locator(".picture img")
    await picture.evaluate("image => image.decode()")
    await picture.scroll_into_view_if_needed()


MOMENTS: dict[str, Callable[[Moment], Awaitable[None]]] = {
    "welcome": welcome,
    "answer": answer,
    "doubt": doubt,
    "absent": absent,
    "gap": gap,
    "choices": choices,
    "digest": digest,
    "panel": panel,
    "quiz": quiz,
    "inline": inline,
    "figures": figures,
}
