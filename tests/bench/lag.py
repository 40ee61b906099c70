"""How long the bot's event loop stands still while one person does as much as they can. Prints a Markdown table.

What falls due every 2 ms is looked at: whatever comes due while the loop is busy waits, and counts with its own wait,
so that one long stop is not one sample among thousands. The bot is a process of its own, as in `fairness`.
"""

from __future__ import annotations

import argparse
import array
import asyncio
import os
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import bot.__main__ as program
from bot.config import load_settings
from bot.playground import acting
from bot.playground.server import LocalBotApi
from facts.gathering import FILE_AT_MOST
from facts.loading import load
from tests.bench.fairness import BURST, BUSY, CURATOR, Crowd, running
from tests.facts.bases import copied, fact
from tests.flows.sim import WORKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine
    from typing import Any

    from bot.playground.refusals import Json

    Load = Callable[["Crowd", Path], Awaitable[object]]

PERIOD = 0.002
IDLE, SHORTEST = 10.0, 5.0
"""Seconds of a load that has no end of its own; and looked at, at least."""
PATIENCE = 300.0
WANTED = 50.0
"""Milliseconds at the 99th percentile."""


class Lags(NamedTuple):
    """Milliseconds. `busy`: the most CPU that the loop's thread took between two looks, whatever others did."""

    median: float
    late: float
    most: float
    busy: float


async def _watch(file: Path) -> None:
    """Write when the loop looked, how late that was, and the CPU that it took since the last look."""
    seen = array.array("d")
    due, used = time.monotonic(), time.thread_time()
    try:
        while True:
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            now, cpu = time.monotonic(), time.thread_time()
            while due <= now:
                seen.extend((due, now - due, cpu - used))
                due += PERIOD
            used = time.thread_time()
    finally:
        file.write_bytes(seen.tobytes())  # noqa: ASYNC240 - the bot has ended


def watched(file: Path) -> int:
    """Run the bot, and watch its loop until it ends."""
    until_signal = program._until_signal

    async def both(work: Coroutine[Any, Any, int]) -> int:
        watching = asyncio.create_task(_watch(file))
        try:
            return await until_signal(work)
        finally:
            watching.cancel()
            with suppress(asyncio.CancelledError):
                await watching

    program._until_signal = both
    return program.main(["run"])


def lags(file: Path, began: float, ended: float) -> Lags:
    seen = array.array("d", file.read_bytes())
    looks = [seen[at : at + 3] for at in range(0, len(seen), 3) if began <= seen[at] <= ended]
    waits = sorted(1000 * look[1] for look in looks)
    busy = max(1000 * look[2] for look in looks)
    return Lags(waits[len(waits) // 2], waits[len(waits) * 99 // 100], waits[-1], busy)


async def _idle(_: Crowd, __: Path) -> None:
    await asyncio.sleep(IDLE)


async def _reload(crowd: Crowd, folder: Path) -> None:
    """A fact more than is served: all of it is built, asked, and put in place."""
    (folder / "facts" / "more.yaml").write_bytes(_facts(folder, 1))
    _, message = await crowd.said(CURATOR, "/reload")
    review = await _outcome(crowd, message)
    data = review["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    await crowd.answered(CURATOR, lambda: acting.tap(crowd.world, CURATOR, CURATOR, review["message_id"], data))


async def _outcome(crowd: Crowd, message: Json) -> Json:
    """Wait until a message that says how far a look is says what came of it."""
    messages = crowd.world.chats[CURATOR].messages
    with crowd.world.events.reading() as news:
        async with asyncio.timeout(PATIENCE):
            while messages[message["message_id"]]["text"].startswith(WORKING):
                await news.get()
    return messages[message["message_id"]]


async def _figures(crowd: Crowd, _: Path) -> None:
    await crowd.said(BUSY, "/figures")


async def _burst(crowd: Crowd, _: Path) -> None:
    crowd.write(BURST, "/ask how much is reward number {}")
    await asyncio.sleep(IDLE)


def _upload(content: Callable[[Path], bytes]) -> Load:
    async def upload(crowd: Crowd, folder: Path) -> None:
        made = content(folder)
        _, message = await crowd.answered(CURATOR, lambda: crowd.upload(CURATOR, made, times=1))
        await _outcome(crowd, message)

    return upload


def _facts(folder: Path, count: int) -> bytes:
    topic = load(folder).topics[0].id
    return b"".join(
        fact(
            id=f"more-{number}",
            topic=topic,
            title=f"{{en: Lantern {number}, zh: 第{number}盏灯笼}}",
            label=f"{{en: Lantern {number}, zh: 灯笼{number}}}",
            ask=f"{{en: [where is lantern {number}], zh: [第{number}盏灯笼在哪]}}",
        )
        for number in range(count)
    )


def _large(folder: Path) -> bytes:
    one = len(_facts(folder, 1))
    return _facts(folder, (FILE_AT_MOST - 100_000) // (one + 20))


def _slips(folder: Path) -> bytes:
    return _large(folder).replace(b"standing: reported", b"standing: nonsense")


LOADS: dict[str, Load] = {
    "nothing": _idle,
    "/reload by a curator, and what it shows is served": _reload,
    "/figures, drawn for the first time": _figures,
    f"{BURST:,} messages at once": _burst,
    "a file of 2 MB by a curator, refused": _upload(lambda _: b"# " + b"x" * 2 * 2**20),
    "a file of nearly 1 MB (the most), with a slip in each fact": _upload(_slips),
    "a file of nearly 1 MB (the most), reviewed": _upload(_large),
}


async def _one(name: str) -> Lags:
    with tempfile.TemporaryDirectory() as place:
        state = Path(place)
        file, folder = state / "lags", copied(load_settings(None).folder, state / "facts")
        arguments = (
            "-c",
            f"import sys; from tests.bench.lag import Path, watched; sys.exit(watched(Path({str(file)!r})))",
        )
        async with LocalBotApi() as api:
            async with running(api, 30, state, folder, arguments):
                crowd = Crowd(api)
                for person in (*crowd.others, BUSY, CURATOR):
                    await crowd.said(person, "/start")
                # What the start, and the first question that must be ranked, leave in caches is not the load's to do.
                await crowd.said(BUSY, "how much is reward number one")
                await asyncio.sleep(1)
                began = time.monotonic()
                await asyncio.gather(LOADS[name](crowd, folder), asyncio.sleep(SHORTEST))
                ended = time.monotonic()
            return lags(file, began, ended)


async def measure(only: str) -> None:
    print(f"| what one person does | median, ms | 99 % (≤ {WANTED:.0f}) | most, ms | most CPU at once, ms | load |")
    print("| --- | --- | --- | --- | --- | --- |")
    for name in LOADS:
        if only in name:
            found = await _one(name)
            shown = " | ".join(f"{each:.1f}" for each in found)
            print(f"| {name} | {shown} | {os.getloadavg()[0]:.1f} |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.lag", description=__doc__)
    parser.add_argument("--only", default="", help="only loads with this in their names")
    chosen = parser.parse_args(sys.argv[1:] if Path(sys.argv[0]).stem == "lag" else [])
    asyncio.run(measure(chosen.only))


if __name__ == "__main__":
    main()
