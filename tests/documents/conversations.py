"""docs/conversations.md: ten conversations in both languages, held by the real bot over real HTTP."""

from __future__ import annotations

import re
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.app import running
from bot.config import load_settings
from bot.playground.clock import MovableClock
from bot.playground.running import local
from bot.playground.server import LocalBotApi
from handlers.texts import catalogues
from tests.flows.sim import BOT, GROUP, MEI, TOM, Json, Sim, button, labels

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from facts.model import Lang

TEXTS = catalogues()
START = datetime(2026, 3, 2, 2, 30, tzinfo=UTC)
_HEAD = """# Ten conversations

Held by the real bot against the local Bot API server and written down by `make docs`; a test holds them again.
▸ is a folded quote, `[ ]` a button.
"""
_LISTED = 3


class Teller:
    """Speaks for one person and writes down what both sides say."""

    def __init__(self, sim: Sim, lang: Lang) -> None:
        self.sim, self.lang, self.words = sim, lang, TEXTS[lang]
        self.me, self.name = (TOM, "Tom") if lang == "en" else (MEI, "Mei")
        self.lines: list[str] = []

    def either(self, en: str, zh: str) -> str:
        return en if self.lang == "en" else zh

    async def say(self, en: str, zh: str, chat: int | None = None) -> Json:
        text = self.either(en, zh)
        self.lines.append(f"**{self.name}:** {_plain(text)}\n")
        return self._heard(await self.sim.ask(self.me, text, chat))

    async def tap(self, message: Json, label: str, *, edits: bool = False) -> Json:
        self.lines.append(f"**{self.name}** → `[{label}]`\n")
        await self.sim.tap(self.me, message, label)
        chat = message["chat"]["id"]
        return self._heard(await (self.sim.edited(chat) if edits else self.sim.heard(chat)))

    async def type_and_choose(self, en: str, zh: str) -> None:
        text = self.either(en, zh)
        self.lines.append(f"**{self.name}:** @chancheng\\_facts\\_bot {_plain(text)}\n")
        query = (await self.sim.post("inline", user_id=self.me, query=text))["inline_query_id"]
        listed = await self.sim.next("inline", lambda e: e["inline_query_id"] == query)
        titles = [result["title"] for result in listed["results"]]
        self.lines += [f"1. {_plain(title)}" for title in titles[:_LISTED]]
        self.lines.append("1. …\n" if len(titles) > _LISTED else "")
        first = listed["results"][0]["id"]
        await self.sim.post("choose", user_id=self.me, chat_id=GROUP, inline_query_id=query, result_id=first)
        self.lines.append(f"**{self.name}** → 1\n")
        self._heard((await self.sim.next("message", lambda e: "via_bot" in e["message"]))["message"])

    def _heard(self, message: Json) -> Json:
        shown = "  \n".join(f"> {line}" for line in _marked(message).split("\n"))
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        keys = [" ".join(f"`[{key['text']}]`" for key in row) for row in rows]
        self.lines.append("  \n".join([shown, *(f"> {row}" for row in keys)]) + "\n")
        return message


async def _first_words(teller: Teller) -> None:
    await teller.sim.post("start", user_id=teller.me)
    card = teller._heard(await teller.sim.heard(teller.me))
    await teller.tap(card, labels(card)[0])


async def _typos(teller: Teller) -> None:
    await teller.say("how mcuh is teh reward", "最高能讲多少")


async def _doubt(teller: Teller) -> None:
    await teller.say("GDP of Chancheng", "禅城GDP是多少")


async def _absent(teller: Teller) -> None:
    await teller.say("how many digital firms are in Nanhai", "南海有多少家数字经济企业")


async def _gap(teller: Teller) -> None:
    await teller.say("how do I apply", "怎么申请")


async def _choices(teller: Teller) -> None:
    card = await teller.say("fund", "企业")
    await teller.tap(card, labels(card)[0])


async def _missed(teller: Teller) -> None:
    card = await teller.say("how big is Chancheng", "禅城有多大")
    await teller.tap(card, teller.words("button.not_meant"), edits=True)


async def _group(teller: Teller) -> None:
    made = await teller.sim.post("chat", kind="supergroup", title="Readers", user_id=teller.me)
    chat = int(made["chat"]["id"])
    await teller.sim.post("member", chat_id=chat, user_id=BOT, status="member", by=teller.me)
    teller._heard(await teller.sim.heard(chat))
    await teller.say("/ask which companies signed", "/ask 哪些企业签约了", chat)
    await teller.say("/ask companies", "/ask 企业", chat)


async def _anywhere(teller: Teller) -> None:
    await teller.type_and_choose("how big is the gathering area", "集聚区有多大")


async def _posts(teller: Teller) -> None:
    card = await teller.say("/subscribe", "/subscribe")
    turn_on = teller.words("panel.turn_on")
    assert button(card, turn_on)
    await teller.tap(card, turn_on, edits=True)


CONVERSATIONS: tuple[tuple[str, str, Callable[[Teller], Awaitable[None]]], ...] = (
    ("First words", "第一次见面", _first_words),
    ("With typos", "打错字", _typos),
    ("A figure in doubt", "存疑的数字", _doubt),
    ("A name that the article doesn't mention", "文章没提到的名字", _absent),
    ("What the article leaves out", "文章没写的", _gap),
    ("One word only", "只说一个词", _choices),
    ("Not what was meant", "答的不是想问的", _missed),
    ("In a group", "在群里", _group),
    ("From any chat", "在任何聊天里", _anywhere),
    ("Scheduled posts", "定时推送", _posts),
)


async def page() -> str:
    lines = [_HEAD]
    with tempfile.TemporaryDirectory() as folder:
        async with LocalBotApi(MovableClock(START, frozen=True)) as api, Sim(api.url) as sim:
            settings = local(load_settings(None), api, Path(folder)).model_copy(update={"send_rate": 0, "ask_rate": 0})
            async with running(settings, api.clock):
                for number, (en, zh, hold) in enumerate(CONVERSATIONS, 1):
                    lines.append(f"## {number}. {en} · {zh}\n")
                    for lang in ("en", "zh"):
                        teller = Teller(sim, lang)
                        await hold(teller)
                        lines += [*teller.lines, *(["---\n"] if lang == "en" else [])]
    return "\n".join(lines)


def _marked(message: Json) -> str:
    """Return the text as Markdown: bold as it is, a folded quote behind ▸."""
    raw = message["text"].encode("utf-16-le")
    parts, at = [], 0
    for entity in sorted(message.get("entities", []), key=lambda each: int(each["offset"])):
        if entity["type"] not in {"bold", "expandable_blockquote"}:
            continue
        start, end = 2 * entity["offset"], 2 * (entity["offset"] + entity["length"])
        inside = _plain(raw[start:end].decode("utf-16-le"))
        parts += [
            _plain(raw[at:start].decode("utf-16-le")),
            f"**{inside}**" if entity["type"] == "bold" else f"▸ {inside}",
        ]
        at = end
    return "".join([*parts, _plain(raw[at:].decode("utf-16-le"))])


def _plain(text: str) -> str:
    return re.sub(r"([\\*_\[\]<>`|])", r"\\\1", text)
