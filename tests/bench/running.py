"""Start, memory and answered updates a second, beside a bare stock python-telegram-bot echo bot in the same run.

Each bot is a process of its own and polls the same small server here, which answers at once. Prints a Markdown table.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import random
import statistics
import sys
import tempfile
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil
from aiohttp import web

from bot.config import ROOT, load_settings
from facts.loading import load
from tests.bench.starting import compiled
from tests.matching.clinc import edited

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

TOKEN = "7000000001:bench-only-and-local-only"
UPDATES, CHATS, ROUNDS = 1500, 300, 7
ME = {"id": 7000000001, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
ECHO = """
import os
from telegram.ext import Application, MessageHandler, filters

async def echo(update, context):
    await update.message.reply_text(update.message.text)

app = Application.builder().token(os.environ["BOT_TOKEN"]).base_url(os.environ["BOT_API_URL"] + "/bot").build()
app.add_handler(MessageHandler(filters.TEXT, echo))
app.run_polling()
"""


@dataclass(slots=True)
class Server:
    """Just enough of a Bot API: hands out updates by the hundred and counts messages."""

    waiting: list[dict[str, Any]] = field(default_factory=list)
    news: asyncio.Event = field(default_factory=asyncio.Event)
    sent: int = 0
    wanted: int = 0
    reached: asyncio.Event = field(default_factory=asyncio.Event)
    last_id: int = 0

    async def handle(self, request: web.Request) -> web.Response:
        form = await request.post()
        method = request.match_info["method"].lower()
        if method == "getupdates":
            return _result(await self._updates(int(str(form.get("offset", 0))), int(str(form.get("timeout", 0)))))
        if method == "sendmessage":
            self._count()
            chat = {"id": int(str(form["chat_id"])), "type": "private"}
            return _result({"message_id": self.sent, "date": 1, "chat": chat, "from": ME, "text": "x"})
        return _result(ME if method == "getme" else True)

    async def _updates(self, offset: int, wait: int) -> list[dict[str, Any]]:
        self.waiting = [update for update in self.waiting if update["update_id"] >= offset]
        if not self.waiting and wait:
            self.news.clear()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(wait):
                    await self.news.wait()
        return self.waiting[:100]

    def _count(self) -> None:
        self.sent += 1
        if self.sent >= self.wanted:
            self.reached.set()

    async def answer_all(self, questions: Sequence[str]) -> float:
        """Send these questions from many chats; return the seconds until as many messages came back."""
        self.sent, self.wanted = 0, len(questions)
        self.reached.clear()
        began = time.perf_counter()
        self.waiting += [self._update(number, text) for number, text in enumerate(questions)]
        self.news.set()
        async with asyncio.timeout(300):
            await self.reached.wait()
        return time.perf_counter() - began

    def _update(self, number: int, text: str) -> dict[str, Any]:
        self.last_id += 1
        person = {"id": 1000 + number % CHATS, "is_bot": False, "first_name": "Tom", "language_code": "en"}
        chat = {"id": person["id"], "type": "private", "first_name": "Tom"}
        message = {"message_id": self.last_id, "date": 1, "chat": chat, "from": person, "text": text}
        return {"update_id": self.last_id, "message": message}


def _result(result: object) -> web.Response:
    return web.Response(text=json.dumps({"ok": True, "result": result}), content_type="application/json")


@dataclass(slots=True)
class Bot:
    """A process that polls a server of its own, from its first answer on."""

    server: Server
    process: asyncio.subprocess.Process
    start: float
    rates: dict[str, list[float]] = field(default_factory=dict)

    async def round(self, questions: Sequence[str], kind: str = "") -> None:
        self.rates.setdefault(kind, []).append(len(questions) / await self.server.answer_all(questions))

    def rate(self, kind: str) -> float:
        return statistics.median(self.rates[kind])

    @property
    def megabytes(self) -> float:
        return float(psutil.Process(self.process.pid).memory_info().rss / 2**20)


@asynccontextmanager
async def started(arguments: Sequence[str], facts: Path, cache: Path) -> AsyncIterator[Bot]:
    """Start a bot that a first question already awaits, with an empty database; stop it on leaving."""
    server = Server()
    app = web.Application()
    app.router.add_route("*", "/bot{token}/{method}", server.handle)
    runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.5)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    with tempfile.TemporaryDirectory() as folder:
        environment = compiled() | {
            "BOT_TOKEN": TOKEN,
            "BOT_API_URL": f"http://127.0.0.1:{runner.addresses[0][1]}",
            "BOT_DATABASE_URL": f"sqlite:///{Path(folder) / 'bot.db'}",
            "BOT_FACTS_DIR": str(facts),
            "BOT_LOG_LEVEL": "WARNING",
            "PYTHONPATH": str(ROOT),
            "XDG_CACHE_HOME": str(cache),
            "BOT_SEND_RATE": "0",
            "BOT_ASK_RATE": "0",
        }
        began = time.perf_counter()
        process = await asyncio.create_subprocess_exec(sys.executable, *arguments, cwd=folder, env=environment)
        try:
            await server.answer_all(["hello"])
            yield Bot(server, process, time.perf_counter() - began)
        finally:
            process.terminate()
            await process.wait()
            await runner.cleanup()


def questions_of(facts: Path) -> list[str]:
    phrasings = [text for fact in load(facts).facts for text in fact.ask.every]
    return random.Random(1).choices(phrasings, k=UPDATES)  # noqa: S311 - which questions, no secret


def with_slips(questions: Sequence[str]) -> list[str]:
    """Return the questions with a slip of the finger each: none is looked up word for word, all must be ranked."""
    chance = random.Random(2)  # noqa: S311 - which slips, no secret
    return [edited(question, 1, chance) for question in questions]


async def compare() -> None:
    facts = load_settings(None).folder.resolve()
    questions = questions_of(facts)
    with tempfile.TemporaryDirectory() as folder:
        await _compare(questions, facts, Path(folder))


async def _compare(questions: Sequence[str], facts: Path, cache: Path) -> None:
    run, load = ["-m", "bot", "run"], os.getloadavg()
    cold = []
    for number in range(4):
        async with started(run, facts, cache / str(number)) as bot:
            cold.append((bot.start, bot.megabytes))
    first, at_first = (
        statistics.median(each) for each in zip(*cold[1:], strict=True)
    )  # the first compiled our modules
    cache = cache / "1"
    # One after the other, and round by round in turn: what else the machine does then strikes both alike.
    async with started(run, facts, cache) as ours, started(["-c", ECHO], facts, cache) as echo:
        asked = {"the base's own questions": questions, "a slip in each": with_slips(questions)}
        for _ in range(ROUNDS):
            for kind, texts in asked.items():
                await ours.round(texts, kind)
                await echo.round(texts, kind)
        print(
            f"| median of {ROUNDS} rounds of {UPDATES} questions from {CHATS} chats | this bot | stock echo | wanted |"
        )
        print("| --- | --- | --- | --- |")
        print(f"| start to first answered update, nothing kept, s | {first:.2f} | | ≤ 3 |")
        print(f"| start to first answered update, s | {ours.start:.2f} | {echo.start:.2f} | ≤ 3 |")
        for kind in asked:
            print(f"| answered updates a second, {kind} | {ours.rate(kind):.0f} | {echo.rate(kind):.0f} | level |")
        print(f"| resident memory, MB | {ours.megabytes:.0f} | {echo.megabytes:.0f} | ≤ 170 |")
        print(f"| … at the first answer, nothing kept | {at_first:.0f} | | ≤ 170 |")
        print(f"\nLoad average at the start and at the end: {load[0]:.1f}, {os.getloadavg()[0]:.1f}")


def main() -> None:
    asyncio.run(compare())


if __name__ == "__main__":
    main()
