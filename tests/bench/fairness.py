"""How long others wait for their answers while one person does as much as they can. Prints a Markdown table.

The bot is a process of its own and polls the local Bot API server here; those who ask are ten people who take turns, so
that none of them meets the limit for one person. `--rate 0` takes that limit away from everybody, the busy one too.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import os
import statistics
import sys
import tempfile
import time
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bot.config import PREFIX, ROOT, load_settings
from bot.playground import acting, places, uploading
from bot.playground.acting import Spot
from bot.playground.acts import Sim
from bot.playground.server import LocalBotApi
from bot.playground.values import Values
from facts.loading import load
from tests.facts.bases import fact

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

    from bot.playground.refusals import Json

ASKED, PAUSE = 60, 0.25
"""Questions of the others, one after the other, and the seconds between an answer and the next question."""
ASKERS = 10
BURST, TAPS, FILES = 10_000, 2_000, 3
QUESTIONS = ("how much is the maximum reward", "how big is the gathering area", "最高能奖多少", "哪些企业签约了")
BUSY = 1001
CURATOR = 1003
PATIENCE = 60.0


class Crowd:
    """Those who ask, and the one who keeps the bot busy."""

    def __init__(self, api: LocalBotApi) -> None:
        self.world = api.world
        self.sim = Sim(api.world, api.wire, api.clock)
        self.others = [places.add_person(api.world, f"Asker {number}", "en").id for number in range(ASKERS)]

    async def said(self, person: int, text: str) -> tuple[float, Json]:
        """Write, and return the seconds until the bot's next message there, and that message."""
        return await self.answered(person, lambda: acting.say(self.world, Spot(person, person), text))

    async def answered(self, person: int, act: Callable[[], object]) -> tuple[float, Json]:
        """Act, and return the seconds until the bot's next message there, and that message."""
        last = max(self.world.chats[person].messages, default=0) if person in self.world.chats else 0
        with self.world.events.reading() as news:
            act()
            began = time.perf_counter()
            async with asyncio.timeout(PATIENCE):
                while True:
                    for message in reversed(self.world.chats[person].messages.values()):
                        if message["message_id"] <= last:
                            break
                        if message["from"]["is_bot"]:
                            return time.perf_counter() - began, message
                    await news.get()

    async def waited(self) -> list[float]:
        """Ask in turns; return how long each answer took."""
        waits = []
        for number in range(ASKED):
            seconds, _ = await self.said(self.others[number % ASKERS], QUESTIONS[number % len(QUESTIONS)])
            waits.append(seconds)
            await asyncio.sleep(PAUSE)
        return waits

    def write(self, count: int, text: str, person: int = BUSY) -> None:
        for number in range(count):
            acting.say(self.world, Spot(person, person), text.format(number))

    async def tap(self) -> None:
        _, card = await self.said(BUSY, "/topics")
        data = card["reply_markup"]["inline_keyboard"][0][0]["callback_data"] if "reply_markup" in card else "x"
        for _ in range(TAPS):
            acting.tap(self.world, BUSY, BUSY, card["message_id"], data)

    def upload(self, person: int, content: bytes, size: int = 0, times: int = FILES) -> None:
        """Send files of the facts' kind, which are looked at one after the other if a curator sent them."""
        encoded = base64.b64encode(content).decode()
        for _ in range(times):
            values: Json = {"user_id": person, "chat_id": person, "name": "new.yaml", "content": encoded}
            uploading.document(self.sim, Values(values | ({"size": size} if size else {})))


def loads(crowd: Crowd) -> dict[str, Callable[[], object]]:
    """What the one does, by name. A curator's reviews check the whole base each, and ask all its question sets."""
    more = fact(topic=load(load_settings(None).folder).topics[0].id)
    return {
        "nothing": lambda: None,
        f"{BURST:,} questions at once": lambda: crowd.write(BURST, "/ask how much is reward number {}"),
        f"{BURST:,} long texts at once": lambda: crowd.write(BURST, "{} " + "多少钱 how much " * 200),
        f"{TAPS:,} × /quiz": lambda: crowd.write(TAPS, "/quiz"),
        f"{TAPS:,} × /figures": lambda: crowd.write(TAPS, "/figures"),
        f"{TAPS:,} taps on one button": crowd.tap,
        f"{TAPS:,} inline queries": lambda: [
            acting.type_inline(crowd.world, BUSY, f"reward {number}") for number in range(TAPS)
        ],
        f"{FILES} files of 20 MB": lambda: crowd.upload(BUSY, b"- id: x\n", 20 * 2**20),
        f"{FILES} × /reload by a curator": lambda: crowd.write(FILES, "/reload", CURATOR),
        f"{FILES} files by a curator, each reviewed": lambda: crowd.upload(CURATOR, more),
    }


@asynccontextmanager
async def running(
    api: LocalBotApi, rate: int, state: Path, facts: Path | None = None, arguments: Sequence[str] = ("-m", "bot", "run")
) -> AsyncIterator[asyncio.subprocess.Process]:
    """A bot that serves `facts` or what is shipped, in a process of its own; Python's `arguments` begin it."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)} | {
        "BOT_TOKEN": api.token,
        "BOT_API_URL": api.url,
        "BOT_CURATOR_IDS": str(CURATOR),
        "BOT_DATABASE_URL": f"sqlite:///{state / 'bot.db'}",
        "BOT_FACTS_DIR": str(facts or load_settings(None).folder.resolve()),
        "BOT_LOG_LEVEL": "ERROR",
        "BOT_SEND_RATE": "0",
        "BOT_ASK_RATE": str(rate),
        "PYTHONPATH": str(ROOT),
    }
    process = await asyncio.create_subprocess_exec(sys.executable, *arguments, cwd=state, env=environment)
    try:
        yield process
    finally:
        process.terminate()
        await process.wait()


async def _one(name: str, rate: int) -> list[float]:
    """A bot and a world of its own for each: what one load leaves behind is not the next one's."""
    with tempfile.TemporaryDirectory() as folder:
        async with LocalBotApi() as api, running(api, rate, Path(folder)):
            crowd = Crowd(api)
            for person in (*crowd.others, BUSY, CURATOR):
                await crowd.said(person, "/start")
            doing = loads(crowd)[name]()
            if asyncio.iscoroutine(doing):
                await doing
            return await crowd.waited()


async def measure(rate: int, only: str) -> None:
    print(f"| what one person does (limit: {rate or 'none'} a minute) | median, ms | slowest of {ASKED}, ms | load |")
    print("| --- | --- | --- | --- |")
    async with LocalBotApi() as api:
        names = [name for name in loads(Crowd(api)) if only in name]
    for name in names:
        waits = [1000 * each for each in await _one(name, rate)]
        print(f"| {name} | {statistics.median(waits):.0f} | {max(waits):.0f} | {os.getloadavg()[0]:.1f} |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.fairness", description=__doc__)
    parser.add_argument("--rate", type=int, default=30, help="BOT_ASK_RATE (default: 30, as the bot has it)")
    parser.add_argument("--only", default="", help="only loads with this in their names")
    chosen = parser.parse_args(sys.argv[1:] if Path(sys.argv[0]).stem == "fairness" else [])
    asyncio.run(measure(chosen.rate, chosen.only))


if __name__ == "__main__":
    main()
